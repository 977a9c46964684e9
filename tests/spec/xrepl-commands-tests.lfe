;;; The commands' results (task 4); what they print is tested in tests/sessions/test_commands.py.

(defun new-session-test ()
  "A new session's id is the value; the current session stays."
  (let ((before (xrepl-session-manager:get-current))
        (id (xrepl-commands:new-session "n")))
    (assert-equal 32 (length id))
    (assert-equal before (xrepl-session-manager:get-current))
    (assert-equal #(error name-taken) (xrepl-commands:new-session "n"))
    (assert-equal 32 (length (xrepl-commands:new-session)))))

(defun switch-and-current-test ()
  "Switching by name, and the current session."
  (let ((id (xrepl-commands:new-session "n")))
    (assert-equal 'ok (xrepl-commands:switch-session "n"))
    (assert-equal id (xrepl-commands:current-session))
    (assert-equal #(error session-not-found) (xrepl-commands:switch-session "nope"))))

(defun close-and-info-test ()
  "Closing, and what is known of a session."
  (let ((id (xrepl-commands:new-session "n")))
    (assert-equal 'ok (xrepl-commands:session-info id))
    (assert-equal 'ok (xrepl-commands:sessions))
    (assert-equal 'ok (xrepl-commands:close-session id))
    (assert-equal #(error not-found) (xrepl-commands:session-info id))
    (assert-equal #(error not-found) (xrepl-commands:close-session id))
    (assert-equal 'ok (xrepl-commands:sessions))))
