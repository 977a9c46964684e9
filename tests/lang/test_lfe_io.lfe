;; LFE's lfe_io, as used at the prompt.

;;; LFE's terms are written in LFE's syntax
(lfe_io:format "~p ~w~n" '("abc" "abc"))
;=> "abc" (97 98 99)
;=> ok
(lfe_io:print '(a "b" #(c)))
;=> (a (98) #(c))ok
(lfe_io:prettyprint '(defun f (x) (if (> x 1) (list x "a string") 'none)))
;=> (defun f (x) (if (> x 1) (list x "a string") 'none))ok
(lfe_io:print1 '(a "b"))
;=> (40 ("a" 32 (40 ("98") 41)) 41)
(lfe_io:read_string "(a . b) #(1) \"s\"")
;=> #(ok ((a . b) #(1) "s"))
(lfe_io:read_string "(a")
;=> #(error #(1 lfe_parse missing_token))
(io_lib:printable_list "abc")
;=> true
(io_lib:fread "~d ~s" "12 ab rest")
;=> #(ok (12 "ab") " rest")
(io_lib:char_list "abc")
;=> true

;;; Terms printed in LFE's syntax
(lists:flatten (lfe_io:prettyprint1 '(defun f (x) x)))
;=> "(defun f (x) x)"
(lists:flatten (lfe_io:prettyprint1 '(a b) 10))
;=> "(a b)"
(lists:flatten (lfe_io:fwrite1 "~w ~p" '(a (quote b))))
;=> "a 'b"
(lists:flatten (lfe_io:format1 "~w~n" '((a))))
;=> "(a)\n"
(lfe_io:read_string "(a #(b)) c")
;=> #(ok ((a #(b)) c))
(lfe_io:read_file "no-such-file")
;=> #(error #(none file enoent))
(lfe_io:parse_file "no-such-file")
;=> #(error #(none file enoent))
