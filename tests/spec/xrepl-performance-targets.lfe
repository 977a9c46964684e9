;;; The specification's performance targets, as medians.

(defun median-ms (count function)
  (let ((times (lists:map (lambda (_) (element 1 (timer:tc function))) (lists:seq 1 count))))
    (/ (lists:nth (+ 1 (div count 2)) (lists:sort times)) 1000)))

(defun assert-under (limit ms)
  (if (< ms limit) 'ok (error (tuple 'took-ms ms 'of limit))))

(defun session-creation-test ()
  "Session creation: under 10 ms."
  (assert-under 10 (median-ms 21 (lambda () (xrepl-session-manager:create)))))

(defun session-switch-test ()
  "Session switch: under 5 ms."
  (xrepl-session-manager:create #m(name "a"))
  (xrepl-session-manager:create #m(name "b"))
  (assert-under 10 (median-ms 21 (lambda ()
                                   (xrepl-session-manager:switch "a")
                                   (xrepl-session-manager:switch "b")))))

(defun session-lookup-test ()
  "Session lookup: under 1 ms."
  (let (((tuple 'ok id) (xrepl-store:create-session #m())))
    (assert-under 1 (median-ms 101 (lambda () (xrepl-store:get-session id))))))

(defun list-sessions-test ()
  "List sessions: under 50 ms for 100 sessions."
  (lists:foreach (lambda (_) (xrepl-store:create-session #m())) (lists:seq 1 100))
  (assert-under 50 (median-ms 11 (lambda () (xrepl-session-manager:list-detailed)))))

(defun cleanup-test ()
  "Cleanup: under 100 ms for 1000 sessions."
  (lists:foreach (lambda (_) (xrepl-store:create-session #m(timeout 1))) (lists:seq 1 1000))
  (timer:sleep 1100)
  (let (((tuple took count) (timer:tc #'xrepl-store:cleanup-expired-sessions/0)))
    (assert-equal 1000 count)
    (assert-under 100 (/ took 1000))))
