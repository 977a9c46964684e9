;; Erlang's os, as used at the prompt.

;;; Commands are run and the environment is kept
(os:cmd "echo hi")
;=> "hi\n"
(os:cmd "echo error >&2")
;=> "error\n"
(os:putenv "XREPL_TEST_VARIABLE" "value")
;=> true
(os:getenv "XREPL_TEST_VARIABLE")
;=> "value"
(os:cmd "printf $XREPL_TEST_VARIABLE")
;=> "value"
(os:unsetenv "XREPL_TEST_VARIABLE")
;=> true
(os:getenv "XREPL_TEST_VARIABLE")
;=> false
(os:getenv "XREPL_TEST_VARIABLE" "default")
;=> "default"
(os:type)
;=> #(unix linux)
(os:find_executable "no-such-program-xyz")
;=> false
(os:putenv "A=" "b")
;=> ** exception error: bad argument
;=>   in (os : putenv "A=" "b")
