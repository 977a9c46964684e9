;;; Task 8, store tests, and what task 1 asks beside them.

(defun multiple-sessions-test ()
  "Test creating multiple sessions."
  (xrepl-store:new)
  (let (((tuple 'ok id1) (xrepl-store:create-session #m()))
        ((tuple 'ok id2) (xrepl-store:create-session #m())))
    (assert-not-equal id1 id2)
    (let ((sessions (xrepl-store:list-sessions)))
      (assert-equal 2 (length sessions)))))

(defun session-timeout-test ()
  "Test session timeout and cleanup."
  (xrepl-store:new)
  ;; Create session with 1-second timeout
  (let (((tuple 'ok id) (xrepl-store:create-session #m(timeout 1000))))
    ;; Wait for timeout
    (timer:sleep 2000)
    ;; Manually trigger cleanup
    (xrepl-store:cleanup-expired-sessions)
    ;; Session should be gone
    (assert-equal #(error not-found)
                  (xrepl-store:get-session id))))

(defun metadata-test ()
  "Test session metadata."
  (xrepl-store:new)
  (let (((tuple 'ok id) (xrepl-store:create-session #m())))
    (xrepl-store:set-metadata id #m(name "test" user "alice"))
    (let (((tuple 'ok session) (xrepl-store:get-session id)))
      (assert-equal "test" (mref (mref session 'metadata) 'name))
      (assert-equal "alice" (mref (mref session 'metadata) 'user)))))

(defun defaults-test ()
  "A created session has the specified fields."
  (let (((tuple 'ok id) (xrepl-store:create-session #m())))
    (let (((tuple 'ok session) (xrepl-store:get-session id)))
      (assert-equal id (mref session 'id))
      (assert-equal 3600000 (mref session 'timeout))
      (assert-equal #m() (mref session 'metadata))
      (assert-equal "lfe> " (mref (mref session 'config) 'prompt))
      (assert-equal 'true (mref (mref session 'config) 'history-enabled))
      (assert-equal 1000 (mref (mref session 'config) 'max-history))
      (assert (is_integer (mref session 'created-at)))
      (assert (>= (mref session 'last-active) (mref session 'created-at))))))

(defun unknown-session-test ()
  "What is asked of a session that does not exist."
  (assert-equal #(error not-found) (xrepl-store:get-session "nope"))
  (assert-equal #(error not-found) (xrepl-store:touch-session "nope"))
  (assert-equal #(error not-found) (xrepl-store:get-metadata "nope"))
  (assert-equal #(error not-found) (xrepl-store:set-metadata "nope" #m(a 1)))
  (assert-equal #(error not-found) (xrepl-store:get-config "nope"))
  (assert-equal #(error not-found) (xrepl-store:set-config "nope" #m(prompt "x")))
  (assert-equal #(error not-found) (xrepl-store:update-session "nope" (lambda (data) data)))
  (assert-equal #(error not-found) (xrepl-store:delete-session "nope"))
  (assert-equal #(error not-found) (xrepl-store:export-session "nope")))

(defun touch-and-config-test ()
  "Touching is use; settings are merged."
  (let (((tuple 'ok id) (xrepl-store:create-session #m(config #m(prompt "a> ")))))
    (assert-equal 'ok (xrepl-store:touch-session id))
    (assert-equal 'ok (xrepl-store:set-config id #m(max-history 5)))
    (let (((tuple 'ok config) (xrepl-store:get-config id)))
      (assert-equal "a> " (mref config 'prompt))
      (assert-equal 5 (mref config 'max-history)))))

(defun list-and-find-test ()
  "Listing with and without data, and by a predicate."
  (let (((tuple 'ok id1) (xrepl-store:create-session #m(metadata #m(kind "a"))))
        ((tuple 'ok id2) (xrepl-store:create-session #m(metadata #m(kind "b")))))
    (assert-equal (lists:sort (list id1 id2)) (lists:sort (xrepl-store:list-sessions)))
    (assert-equal (lists:sort (list id1 id2))
                  (lists:sort (lists:map (lambda (data) (mref data 'id))
                                         (xrepl-store:list-sessions-detailed))))
    (let (((list found) (xrepl-store:find-sessions
                          (lambda (data) (== "b" (mref (mref data 'metadata) 'kind))))))
      (assert-equal id2 (mref found 'id)))))

(defun update-test ()
  "A function of the data takes its place."
  (let (((tuple 'ok id) (xrepl-store:create-session #m())))
    (assert-equal 'ok (xrepl-store:update-session
                        id (lambda (data) (maps:put 'env-snapshot #m(bindings ()) data))))
    (let (((tuple 'ok data) (xrepl-store:get-session id)))
      (assert-equal #m(bindings ()) (mref data 'env-snapshot)))))

(defun delete-test ()
  "A deleted session is in no listing."
  (let (((tuple 'ok id) (xrepl-store:create-session #m())))
    (assert-equal 'ok (xrepl-store:delete-session id))
    (assert-equal #(error not-found) (xrepl-store:get-session id))
    (assert-equal () (xrepl-store:list-sessions))))

(defun export-import-test ()
  "An exported session can be imported when it is gone."
  (let* (((tuple 'ok id) (xrepl-store:create-session #m(name "moving")))
         ((tuple 'ok 42) (xrepl-session:eval id '(set x 42)))
         ((tuple 'ok exported) (xrepl-store:export-session id)))
    (assert-equal 'ok (xrepl-store:delete-session id))
    (let (((tuple 'ok id2) (xrepl-store:import-session exported)))
      (assert-not-equal id id2)
      (assert-equal #(ok 42) (xrepl-session:eval id2 'x)))))

(defun import-data-test ()
  "Task 1.9: an exported session has the session's data in it; a session can be made of these alone."
  (let* (((tuple 'ok id) (xrepl-store:create-session
                           #m(name "moving" timeout 5000 metadata #m(a 1) config #m(prompt "q> "))))
         ((tuple 'ok data) (xrepl-store:get-session id))
         ((tuple 'ok exported) (xrepl-store:export-session id)))
    (assert-equal data (maps:with (maps:keys data) exported))
    (xrepl-store:delete-session id)
    (let* (((tuple 'ok id2) (xrepl-store:import-session data))
           ((tuple 'ok data2) (xrepl-store:get-session id2))
           (moved '(timeout metadata config)))
      (assert-not-equal id id2)
      (assert-equal (maps:with moved data) (maps:with moved data2)))
    (assert-equal #(error name-taken) (xrepl-store:import-session exported))
    (assert-equal #(error bad-export) (xrepl-store:import-session #m()))
    (assert-equal #(error badarg) (xrepl-store:import-session 'x))))

(defun names-test ()
  "The store's helper functions."
  (assert-equal 32 (length (xrepl-store:generate-session-id)))
  (assert-not-equal (xrepl-store:generate-session-id) (xrepl-store:generate-session-id))
  (assert-equal 'xrepl-store (xrepl-store:server-name))
  (assert-equal 'xrepl-session-abc (xrepl-store:session-process-name "abc"))
  (assert-equal "lfe> " (mref (xrepl-store:default-session-config) 'prompt)))
