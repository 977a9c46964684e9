;;; Task 7.

(defun default-config-test ()
  "The specified settings and defaults."
  (let ((config (xrepl-config:default)))
    (assert-equal "lfe> " (mref config 'prompt))
    (assert-equal 'false (mref config 'show-session-in-prompt))
    (assert-equal 'true (mref config 'history-enabled))
    (assert-equal 1000 (mref config 'max-history))
    (assert-equal 3600000 (mref config 'timeout))
    (assert-equal 60000 (mref config 'save-interval))
    (assert-equal 'true (mref config 'auto-save))))

(defun get-and-set-test ()
  "Getting and setting, right and wrong."
  (let (((tuple 'ok id) (xrepl-store:create-session #m())))
    (assert-equal "lfe> " (xrepl-config:get id 'prompt))
    (assert-equal 'ok (xrepl-config:set id 'prompt "x> "))
    (assert-equal "x> " (xrepl-config:get id 'prompt))
    (assert-equal 'undefined (xrepl-config:get id 'nothing))
    (assert-equal #(error not-found) (xrepl-config:get "nope" 'prompt))
    (assert-equal #(error "prompt must be string") (xrepl-config:set id 'prompt 'x))
    (assert-equal #(error "must be boolean") (xrepl-config:set id 'show-session-in-prompt 1))
    (assert-equal #(error "must be boolean") (xrepl-config:set id 'history-enabled 1))
    (assert-equal #(error "must be boolean") (xrepl-config:set id 'auto-save 1))
    (assert-equal #(error "must be positive integer") (xrepl-config:set id 'max-history 0))
    (assert-equal #(error "must be positive integer") (xrepl-config:set id 'timeout -1))
    (assert-equal #(error "must be positive integer") (xrepl-config:set id 'save-interval "1"))
    (assert-equal #(error "unknown config key") (xrepl-config:set id 'nothing 1))))

(defun merge-and-validate-test ()
  "Merging, and checking a whole map."
  (assert-equal #m(a 1 b 3) (xrepl-config:merge #m(a 1 b 2) #m(b 3)))
  (assert-equal 'ok (xrepl-config:validate (xrepl-config:default)))
  (assert-equal #(error (#(timeout "must be positive integer")))
                (xrepl-config:validate #m(timeout 0 prompt "x"))))

(defun config-persists-test ()
  "A setting outlives the session's process."
  (let (((tuple 'ok id) (xrepl-session-manager:create)))
    (xrepl-config:set id 'max-history 7)
    (xrepl-session:stop id)
    (xrepl-session-sup:start-session id)
    (assert-equal 7 (xrepl-config:get id 'max-history))))
