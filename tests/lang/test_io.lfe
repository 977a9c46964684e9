;; Erlang's io, as used at the prompt.

;;; Control sequences write their arguments
(io:format "~p ~w ~s~n" '("abc" "abc" "abc"))
;=> "abc" [97,98,99] abc
;=> ok
(io:format "~a|~5w|~-5w|~5..0B~n" '(x 1 2 42))
;=> ** exception error: bad argument
;=>   in (io : format "~a|~5w|~-5w|~5..0B~n" (x 1 2 42))
(io:format "~p|~5w|~-5w|~5..0B~n" '(x 1 2 42))
;=> x|    1|2    |00042
;=> ok
(io:format "~.2f ~e ~g~n" '(1.234 1.5 2.5))
;=> 1.23 1.50000e+0 2.50000
;=> ok
(io:format "~b ~.16b ~.16B ~.16#~n" '(10 255 255 255))
;=> 10 ff FF 16#FF
;=> ok
(io:format "~c~3c~n" '(97 98))
;=> abbb
;=> ok
(io:format "~10s|~-10s|~.2s~n" '("ab" "ab" "abc"))
;=>         ab|ab        |ab
;=> ok
(io:format "~*w|~~|~i~w~n" '(5 1 2 3))
;=>     1|~|3
;=> ok
(io:format "~ts ~tp~n" '("λ" "λ"))
;=> λ "λ"
;=> ok
(io:format "plain~n" ())
;=> plain
;=> ok
(io:format "plain~n")
;=> plain
;=> ok

;;; A format that does not fit is an error
(io:format "~p" ())
;=> ** exception error: bad argument
;=>   in (io : format "~p" ())
(io:format "~p" '(1 2))
;=> ** exception error: bad argument
;=>   in (io : format "~p" (1 2))
(io:format "~s" '(5))
;=> ** exception error: bad argument
;=>   in (io : format "~s" (5))
(io:format "~s" '("λ"))
;=> ** exception error: bad argument
;=>   in (io : format "~s" ("λ"))
(io:format "~d" '(1))
;=> ** exception error: bad argument
;=>   in (io : format "~d" (1))
(io:format "~q" '(1))
;=> ** exception error: bad argument
;=>   in (io : format "~q" (1))
(io:format "~p" 5)
;=> ** exception error: bad argument
;=>   in (io : format "~p" 5)

;;; Text is written as it is
(io:put_chars "abc")
;=> abcok
(io:put_chars '("a" #"b" (99)))
;=> abcok
(io:nl)
;=>
;=> ok
(io:write '(1 "a"))
;=> [1,[97]]ok
(io:fwrite "~w" '(a))
;=> aok
(io:put_chars 5)
;=> ** exception error: bad argument
;=>   in (io : put_chars 5)

;;; There is no input for a program
(io:get_line "? ")
;=> eof
(io:read "? ")
;=> eof

;;; What is empty shares a line with its neighbours, and a pair that fits is not broken
(io:format "~p~n" '((alphabet () betabet gammabet deltabet epsilonbet zetabet etabet thetabet iotabet)))
;=> [alphabet,[],betabet,gammabet,deltabet,epsilonbet,zetabet,etabet,thetabet,
;=>  iotabet]
;=> ok
(io:format "~p~n" '(#M(key1 () key2 (()) key3 #(a "some words of text") key4 "more words of text here")))
;=> #{key1 => [],
;=>   key2 => [[]],
;=>   key3 => {a,"some words of text"},
;=>   key4 => "more words of text here"}
;=> ok

;;; A depth cuts binaries where they are not printable, strings to dots, and a map's values all alike
(io:format "~P~n" '(#B(97 97 97 0 98 98 98 98 98 98) 4))
;=> <<"aaa"...>>
;=> ok
(io:format "~P~n" '(#B(97 0 98 98 98 98 98 98 98 98) 4))
;=> <<97,0,98,...>>
;=> ok
(io:format "~P~n" '((true "hello world") 3))
;=> [true,[...]]
;=> ok
(io:format "~W~n" '(#M(a 1 b (1 2 3 4 5) c (1 2 3 4 5) d 4) 4))
;=> #{a => 1,b => [1,2|...],c => [1,2|...],...}
;=> ok
(pp '(#M(a 1 b 2)) 3)
;=> (#M(a 1 b 2 ...))
;=> ok

;;; Bytes are filled into lines, whose last leaves room for the brackets that close
(io:format "~20.5p|~n" '((cond #B(40 88 169 59 114 174 0 88) delta #B(16 15 24 205 168 148 106 51))))
;=> ['cond',
;=>      <<40,88,169,
;=>        59,114,174,
;=>        0,88>>,
;=>      delta,
;=>      <<16,15,24,
;=>        205,168,
;=>        148,106,51>>]|
;=> ok
