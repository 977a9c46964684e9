;;; Task 8, integration tests.

(defun isolated-sessions-test ()
  "Test that sessions are isolated."
  (let (((tuple 'ok id1) (xrepl-session-manager:create))
        ((tuple 'ok id2) (xrepl-session-manager:create)))
    ;; Set x in session 1
    (xrepl-session:eval id1 '(set x 42))
    ;; x should not exist in session 2
    (case (xrepl-session:eval id2 'x)
      ((tuple 'error _) 'ok)  ;; Expected - x unbound
      (_ (error "sessions not isolated")))))
