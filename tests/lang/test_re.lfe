;; Erlang's re, as used at the prompt.

;;; A match is told by offset and length, in bytes
(re:run "hello world" "wor")
;=> #(match (#(6 3)))
(re:run "hello" "z")
;=> nomatch
(re:run "hello" "(l)(z)?(o)?")
;=> #(match (#(2 1) #(2 1)))
(re:run "hello" "(z)?(l)")
;=> #(match (#(2 1) #(-1 0) #(2 1)))
(re:run "héllo" "l")
;=> #(match (#(2 1)))
(re:run "héllo" "l" '(unicode))
;=> #(match (#(3 1)))
(re:run "hello" "l" '(#(offset 3)))
;=> #(match (#(3 1)))
(re:run "hello" "l*" '(global))
;=> #(match ((#(0 0)) (#(1 0)) (#(2 2)) (#(4 0)) (#(5 0))))
(re:run "hello" "l*" '(notempty))
;=> #(match (#(2 2)))

;;; What is captured is chosen by number and name, and given as text
(re:run "hello" "l+" '(#(capture all list)))
;=> #(match ("ll"))
(re:run "hello" "l+" '(#(capture none)))
;=> match
(re:run #"hello" "(l)(o)?" '(#(capture all_but_first binary)))
;=> #(match (#"l"))
(re:run "foo123" "([a-z]+)(\\d+)" '(#(capture (2 1 9) list)))
;=> #(match ("123" "foo" ()))
(re:run "hello" "(?<b>l)(?<a>l)?" '(#(capture all_names list)))
;=> #(match ("l" "l"))
(re:run "hello" "(?<a>l)" '(#(capture (a "a" x) binary)))
;=> #(match (#"l" #"l" #""))
(re:run "hello" "(l)" '(global #(capture all_but_first list)))
;=> #(match (("l") ("l")))

;;; Options change how a pattern is read
(re:run "HÉ" "hé" '(caseless))
;=> #(match (#(0 2)))
(re:run "a\nb" "^b" '(multiline #(capture first list)))
;=> #(match ("b"))
(re:run "a\nb" "a.b" '(dotall))
;=> #(match (#(0 3)))
(re:run "ab" "a b" '(extended))
;=> #(match (#(0 2)))
(re:run "aab" "a+" '(ungreedy))
;=> #(match (#(0 1)))
(re:run "hello" "l" '(anchored))
;=> nomatch
(re:run "a\r\nb" "a$" '(multiline #(newline crlf)))
;=> #(match (#(0 1)))
(re:run "é" "\\w")
;=> #(match (#(0 1)))
(re:run "x-1" "[[:alpha:]]-\\d\\Z" '(#(capture first list)))
;=> #(match ("x-1"))
(re:run "aXb" "(?i)axB" '(#(capture first list)))
;=> #(match ("aXb"))

;;; Matches are replaced
(re:replace "hello world" "o" "0")
;=> (#"hell" #"0" . #" world")
(re:replace "hello world" "o" "0" '(global))
;=> (#"hell" #"0" #" w" #"0" . #"rld")
(re:replace "hello" "z" "x")
;=> "hello"
(re:replace "hello" "l" "[\\1&\\0\\g1\\g{0}\\&]")
;=> (#"he" (#"[" #"" #"l" #"0" #"" #"l" #"&]") . #"lo")
(re:replace "John Smith" "(\\w+) (\\w+)" "\\2, \\1" '(#(return list)))
;=> "Smith, John"
(re:replace "abc" "x*" "-" '(global #(return binary)))
;=> #"-a-b-c-"
(re:replace "abc" "b" (lambda (whole groups) (list #"<" whole #">")) '(#(return list)))
;=> "a<b>c"

;;; Text is split at matches
(re:split "a,b;c" "[,;]")
;=> (#"a" #"b" #"c")
(re:split "a,b,,c,," "," '(trim))
;=> (#"a" #"b" #"" #"c")
(re:split "a,b,c" "," '(#(parts 2) #(return list)))
;=> ("a" "b,c")
(re:split "a-b" "(-)" '(#(return list)))
;=> ("a" "-" "b")
(re:split "a,b" "(,)" '(group))
;=> ((#"a" #",") (#"b"))
(re:split "abc" "")
;=> (#"a" #"b" #"c" #"")

;;; A compiled pattern serves as the pattern itself
(progn (set (tuple (quote ok) p) (re:compile "b+" (quote (caseless)))) (quote compiled))
;=> compiled
(re:run "aBBbc" p '(#(capture first list)))
;=> #(match ("BBb"))
(re:replace "aBBbc" p "-" '(#(return list)))
;=> "a-c"
(re:run "abc" p '(caseless))
;=> ** exception error: bad argument
;=>   in (re : run "abc" #(re_pattern 0 0 0 #B(69 82 67 80 99 ...)) (caseless))
(re:inspect (element 2 (re:compile "(?<b>x)(?<a>y)")) 'namelist)
;=> #(namelist (#"a" #"b"))

;;; A wrong pattern is told by message and place
(re:compile "a(")
;=> #(error #("missing )" 2))
(re:compile "a)")
;=> #(error #("unmatched parentheses" 1))
(re:compile "*a")
;=> #(error #("nothing to repeat" 0))
(re:compile "[a")
;=> #(error #("missing terminating ] for character class" 2))
(re:compile "a{2,1}")
;=> #(error #("numbers out of order in {} quantifier" 5))
(re:compile "[z-a]")
;=> #(error #("range out of order in character class" 3))
(re:compile "(?<n>a)(?<n>b)")
;=> #(error #("two named subpatterns have the same name" 11))
(re:run "hello" "(" '(report_errors))
;=> #(error #(compile #("missing )" 1)))

;;; Wrong arguments are errors of the call
(re:run "x" "(unclosed")
;=> ** exception error: bad argument
;=>   in (re : run "x" "(unclosed")
(re:run 'abc "a")
;=> ** exception error: bad argument
;=>   in (re : run abc "a")
(re:run "abc" "a" '(foo))
;=> ** exception error: bad argument
;=>   in (re : run "abc" "a" (foo))
(re:run "λ" "a")
;=> ** exception error: bad argument
;=>   in (re : run "λ" "a")
(re:compile "a" '(foo))
;=> ** exception error: bad argument
;=>   in (re : compile "a" (foo))
(re:replace "abc" "b" 'x)
;=> ** exception error: bad argument
;=>   in (re : replace "abc" "b" x)
(re:split "abc" "b" '(#(parts a)))
;=> ** exception error: bad argument
;=>   in (re : split "abc" "b" (#(parts a)))
(re:inspect "x" 'namelist)
;=> ** exception error: bad argument
;=>   in (re : inspect "x" namelist)
(re:compile "(?<n")
;=> #(error #("syntax error in subpattern name (missing terminator)" 4))
