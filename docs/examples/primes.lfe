;; A sieve of processes: `xrepl docs/examples/primes.lfe 20`.
;; Each process holds one prime, drops its multiples and passes the rest on to the next.

(defun filter-loop (prime next)
  (receive
    ((tuple 'stop from) (if (is_pid next) (! next (tuple 'stop from)) (! from 'stopped)))
    (n (when (=:= 0 (rem n prime))) (filter-loop prime next))
    (n (when (is_pid next)) (! next n) (filter-loop prime next))
    (n
      (io:format "~p " (list n))
      (filter-loop prime (spawn (lambda () (filter-loop n 'none)))))))

(defun sieve (limit)
  (io:format "primes up to ~p: 2 " (list limit))
  (let ((first (spawn (lambda () (filter-loop 2 'none)))))
    (lists:foreach (lambda (n) (! first n)) (lists:seq 3 limit))
    (! first (tuple 'stop (self)))
    (receive ('stopped (io:nl)) (after 5000 (error 'timeout)))))

(set limit (case script-args ((list text) (list_to_integer text)) (_ 30)))
(sieve limit)
