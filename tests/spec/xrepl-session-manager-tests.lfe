;;; Task 8, session manager tests.

(defun create-and-destroy-test ()
  "Test session lifecycle."
  (let (((tuple 'ok id) (xrepl-session-manager:create)))
    (assert (xrepl-session-manager:is-active? id))
    (xrepl-session-manager:destroy id)
    (assert (not (xrepl-session-manager:is-active? id)))))

(defun switch-session-test ()
  "Test switching between sessions."
  (let (((tuple 'ok id1) (xrepl-session-manager:create #m(name "s1")))
        ((tuple 'ok id2) (xrepl-session-manager:create #m(name "s2"))))
    (xrepl-session-manager:switch "s1")
    (assert-equal id1 (xrepl-session-manager:get-current))
    (xrepl-session-manager:switch "s2")
    (assert-equal id2 (xrepl-session-manager:get-current))))

(defun attach-and-detach-test ()
  "Attaching makes a session current and runs it; detaching leaves it running."
  (let (((tuple 'ok id) (xrepl-store:create-session #m(name "s"))))
    (assert-equal 'ok (xrepl-session-manager:attach id))
    (assert (xrepl-session-manager:is-active? id))
    (assert-equal id (xrepl-session-manager:get-current))
    (assert-equal 'ok (xrepl-session-manager:detach id))
    (assert-equal 'no-session (xrepl-session-manager:get-current))
    (assert-equal #(error not-current-session) (xrepl-session-manager:detach id))
    (assert (xrepl-session-manager:is-active? id))))

(defun set-and-clear-current-test ()
  "The current session is set, asked for and cleared."
  (let (((tuple 'ok id) (xrepl-session-manager:create)))
    (assert-equal 'ok (xrepl-session-manager:set-current id))
    (assert-equal id (xrepl-session-manager:get-current))
    (assert-equal 'ok (xrepl-session-manager:clear-current))
    (assert-equal 'no-session (xrepl-session-manager:get-current))
    (assert-equal #(error not-found) (xrepl-session-manager:set-current "nope"))))

(defun info-test ()
  "Sessions are listed with whether they are active, and their process."
  (let* (((tuple 'ok id) (xrepl-session-manager:create #m(name "n" timeout 5000 metadata #m(a 1))))
         ((tuple 'ok info) (xrepl-session-manager:get-info id)))
    (assert-equal 'true (mref info 'active?))
    (assert (is_pid (mref info 'pid)))
    (assert-equal 5000 (mref info 'timeout))
    (assert-equal #m(name "n" a 1) (mref info 'metadata))
    (assert-equal (list id) (xrepl-session-manager:list))
    (assert-equal (list info) (xrepl-session-manager:list-detailed))
    (assert-equal #(error not-found) (xrepl-session-manager:get-info "nope"))
    (assert-equal #(error session-not-found) (xrepl-session-manager:switch "nope"))
    (assert-equal id (xrepl-session-manager:resolve-session "n"))
    (assert-equal 'undefined (xrepl-session-manager:resolve-session "nope"))))

(defun unique-names-test ()
  "Beyond the specification: two sessions never have one name."
  (let (((tuple 'ok _) (xrepl-session-manager:create #m(name "n"))))
    (assert-equal #(error name-taken) (xrepl-session-manager:create #m(name "n")))))

(defun create-sessions-test ()
  "Task 10: many sessions in one call."
  (let ((made (xrepl-session-manager:create-sessions 10)))
    (assert-equal 10 (length (lists:usort made)))
    (assert-equal 10 (length (xrepl-session-manager:list)))))

(defun cached-session-test ()
  "Task 10: the data of a session as the process has first seen it."
  (let* (((tuple 'ok id) (xrepl-store:create-session #m()))
         ((tuple 'ok data) (xrepl-store:get-session-cached id)))
    (xrepl-store:set-metadata id #m(a 1))
    (assert-equal (tuple 'ok data) (xrepl-store:get-session-cached id))
    (assert-equal #(error not-found) (xrepl-store:get-session-cached "nope"))))
