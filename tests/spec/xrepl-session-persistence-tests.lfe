;;; Task 8, session persistence tests.

(defun save-and-restore-test ()
  "Test session state persistence."
  (xrepl-store:new)
  (let (((tuple 'ok id) (xrepl-session-manager:create)))
    ;; Evaluate some expressions
    (xrepl-session:eval id '(set x 42))
    (xrepl-session:eval id '(set y 100))
    ;; Force save
    (xrepl-session:save-state id)
    ;; Stop and restart session
    (xrepl-session:stop id)
    (xrepl-session-sup:start-session id)
    ;; Check bindings restored
    (let (((tuple 'ok result) (xrepl-session:eval id 'x)))
      (assert-equal 42 result))))

(defun functions-survive-too-test ()
  "Beyond the specification: functions and macros are restored."
  (let (((tuple 'ok id) (xrepl-session-manager:create)))
    (xrepl-session:eval id '(defun twice (x) (* 2 x)))
    (xrepl-session:eval id '(defmacro four (x) `(twice (twice ,x))))
    (assert-equal 'ok (xrepl-session:stop id))
    (assert-equal #(ok 12) (xrepl-session:eval id '(four 3)))))

(defun process-name-test ()
  "Tasks 1 to 3: a session's process goes by a name, as long as it runs."
  (let* (((tuple 'ok id) (xrepl-session-manager:create))
         (name (xrepl-session:process-name id))
         ((tuple 'ok info) (xrepl-session-manager:get-info id))
         (pid (erlang:whereis name)))
    (assert-equal name (xrepl-store:session-process-name id))
    (assert-equal (mref info 'pid) pid)
    (assert-equal 'ok (xrepl-session-sup:stop-session pid))
    (assert-equal 'undefined (erlang:whereis name))
    (assert-equal 'undefined (erlang:whereis 'xrepl-session-nope))))

(defun is-serializable-test ()
  "Task 2.2: data is, at any depth; processes, references and functions are not."
  (lists:foreach (lambda (value) (assert (xrepl-session:is-serializable? value)))
                 (list 'a 1 2.5 "s" #"b" '(1 (a)) #(a #(b)) #m(a (1)) (bsl 1 100)))
  (lists:foreach (lambda (value) (assert-equal 'false (xrepl-session:is-serializable? value)))
                 (list (self) (make_ref) (lambda (x) x) (list 1 (self)) (tuple 'a (make_ref)))))

(defun supervisor-test ()
  "Processes are started and stopped by the supervisor."
  (let* (((tuple 'ok id) (xrepl-store:create-session #m()))
         ((tuple 'ok pid) (xrepl-session-sup:start-session id)))
    (assert (is_pid pid))
    (assert (xrepl-session-manager:is-active? id))
    (assert-equal 'ok (xrepl-session-sup:stop-session pid))
    (assert-equal 'false (xrepl-session-manager:is-active? id))
    (assert (is_atom (xrepl-session:process-name id)))))
