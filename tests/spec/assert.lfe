;;; The three functions that the specification's tests use.  Each gives ok, or fails with what it has seen.

(defun assert (value)
  (case value
    ('true 'ok)
    (_ (error (tuple 'assert-failed value)))))

(defun assert-equal (expected actual)
  (if (== expected actual)
    'ok
    (error (tuple 'expected expected 'but-got actual))))

(defun assert-not-equal (unexpected actual)
  (if (== unexpected actual)
    (error (tuple 'unexpected actual))
    'ok))
