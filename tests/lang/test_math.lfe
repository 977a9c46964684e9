;; Erlang's math, as used at the prompt.

;;; Results are floats
(math:sqrt 16)
;=> 4.0
(math:pow 2 10)
;=> 1024.0
(math:exp 0)
;=> 1.0
(math:log 1)
;=> 0.0
(math:log2 8)
;=> 3.0
(math:log10 1000)
;=> 3.0
(math:sin 0)
;=> 0.0
(math:cos 0)
;=> 1.0
(math:atan2 1 1)
;=> 0.7853981633974483
(math:pi)
;=> 3.141592653589793
(math:floor 2.7)
;=> 2.0
(math:ceil 2.1)
;=> 3.0
(math:fmod 7 3)
;=> 1.0

;;; What has no result is an error
(math:sqrt -1)
;=> ** exception error: error in arithmetic expression
;=>   in (math : sqrt -1)
(math:log 0)
;=> ** exception error: error in arithmetic expression
;=>   in (math : log 0)
(math:log 'a)
;=> ** exception error: bad argument
;=>   in (math : log a)
(math:acos 2)
;=> ** exception error: error in arithmetic expression
;=>   in (math : acos 2)
(math:exp 1000)
;=> ** exception error: error in arithmetic expression
;=>   in (math : exp 1000)
(math:fmod 1 0)
;=> ** exception error: error in arithmetic expression
;=>   in (math : fmod 1 0)

;;; The rest of the functions
(math:tan 0.0)
;=> 0.0
(math:asin 0.0)
;=> 0.0
(math:atan 0.0)
;=> 0.0
(math:sinh 0.0)
;=> 0.0
(math:cosh 0.0)
;=> 1.0
(math:tanh 0.0)
;=> 0.0
(math:asinh 0.0)
;=> 0.0
(math:acosh 1.0)
;=> 0.0
(math:atanh 0.0)
;=> 0.0
(math:erf 0)
;=> 0.0
(math:erfc 0)
;=> 1.0
(math:acosh 0.5)
;=> ** exception error: error in arithmetic expression
;=>   in (math : acosh 0.5)
