;; Erlang's string, as used at the prompt.

;;; Text is split and joined
(string:split "a,b,c" ",")
;=> ("a" "b,c")
(string:split "a,b,c" "," 'trailing)
;=> ("a,b" "c")
(string:split "a,b,c" "," 'all)
;=> ("a" "b" "c")
(string:split #"a,b" ",")
;=> (#"a" #"b")
(string:split "abc" "")
;=> ("abc")
(string:split "" ",")
;=> (())
(string:lexemes "a b  c" " ")
;=> ("a" "b" "c")
(string:lexemes #"a b" " ")
;=> (#"a" #"b")
(string:nth_lexeme "a b c" 2 " ")
;=> "b"
(string:nth_lexeme "a b" 5 " ")
;=> ()
(string:tokens "a, b" ", ")
;=> ("a" "b")
(string:join '("a" "b") ", ")
;=> "a, b"
(string:join () ",")
;=> ()
(string:replace "a,b,c" "," ";")
;=> ("a" ";" "b,c")
(string:replace "a,b,c" "," ";" 'all)
;=> ("a" ";" "b" ";" "c")

;;; Text is found and cut
(string:find "hello" "l")
;=> "llo"
(string:find "hello" "l" 'trailing)
;=> "lo"
(string:find "hello" "z")
;=> nomatch
(string:prefix "hello" "he")
;=> "llo"
(string:prefix "hello" "xx")
;=> nomatch
(string:slice "hello" 1 3)
;=> "ell"
(string:slice #"hello" 1)
;=> #"ello"
(string:slice "hello" 10)
;=> ()
(string:substr "hello" 2 3)
;=> "ell"
(string:sub_string "abcde" 2 4)
;=> "bcd"
(string:sub_word "a b c" 2)
;=> "b"
(string:take "aabc" "a")
;=> #("aa" "bc")
(string:take "aabc" "a" 'true)
;=> #(() "aabc")
(string:take "abcc" "c" 'false 'trailing)
;=> #("ab" "cc")
(string:left "abc" 5)
;=> "abc  "
(string:right "abc" 5 #\.)
;=> "..abc"
(string:centre "abc" 7)
;=> "  abc  "

;;; White space and other characters are taken off the ends
(string:trim "  a b  ")
;=> "a b"
(string:trim #"  a b  ")
;=> #"a b"
(string:trim "xxaxx" 'both "x")
;=> "a"
(string:trim "  a  " 'leading)
;=> "a  "
(string:chomp "a\r\n")
;=> "a"
(string:strip "  a  ")
;=> "a"
(string:strip "xxaxx" 'left #\x)
;=> "axx"
(string:pad "a" 3)
;=> ("a" 32 32)
(string:pad "a" 3 'leading #\0)
;=> ("00" "a")
(string:pad "a" 4 'both)
;=> (" " "a" " " 32)

;;; Case is changed, by more than one letter where a letter needs it
(string:uppercase "straße")
;=> "STRASSE"
(string:lowercase "ÀÉ")
;=> "àé"
(string:titlecase "éa")
;=> "Éa"
(string:casefold "ÀßΣ")
;=> "àssσ"
(string:to_upper "abc é")
;=> "ABC É"
(string:to_lower #\A)
;=> 97
(string:uppercase #"abc")
;=> #"ABC"

;;; Text is measured and compared by what a reader takes for a character
(string:length "héllo")
;=> 5
(string:length '("ab" #"cd"))
;=> 4
(string:is_empty "")
;=> true
(string:equal "abc" #"abc")
;=> true
(string:equal "ABC" "abc" 'true)
;=> true
(string:reverse "abc")
;=> "cba"
(string:reverse #"abc")
;=> "cba"
(string:to_graphemes "aé")
;=> "aé"
(string:next_codepoint "abc")
;=> "abc"
(string:next_grapheme "")
;=> ()

;;; Positions in a list count from 1, and 0 is nowhere
(string:chr "hello" #\l)
;=> 3
(string:rchr "hello" #\l)
;=> 4
(string:str "hello" "ll")
;=> 3
(string:rstr "hello" "l")
;=> 4
(string:str "hello" "")
;=> 0
(string:str '(a b c) '(b))
;=> 2
(string:span "aabc" "a")
;=> 2
(string:cspan "aabc" "c")
;=> 3
(string:words "a b c")
;=> 3
(string:len "abc")
;=> 3

;;; A number at the front of a text is read
(string:to_integer "12abc")
;=> #(12 "abc")
(string:to_integer #"12")
;=> #(12 #"")
(string:to_integer "-5")
;=> #(-5 ())
(string:to_integer "abc")
;=> #(error no_integer)
(string:to_integer 'a)
;=> #(error badarg)
(string:to_float "1.5e3x")
;=> #(1.5e3 "x")
(string:to_float "1")
;=> #(error no_float)

;;; Text is repeated
(string:copies "ab" 2)
;=> "abab"
(string:chars #\a 3)
;=> "aaa"
(string:chars #\a 2 "x")
;=> "aax"
(string:concat "ab" "cd")
;=> "abcd"

;;; What is no text is an error of the function that met it
(string:length 'abc)
;=> ** exception error: no function clause matching
;=>   in (unicode_util : cp abc)
(string:uppercase 5)
;=> ** exception error: bad argument 5
(string:split 'abc ",")
;=> ** exception error: no match of value abc
(string:find 'abc "a")
;=> ** exception error: no match of value abc
(string:trim 5)
;=> ** exception error: no function clause matching
;=>   in (string : trim_l 5 ("\r\n" 9 10 11 12 13 32 133 8206 ...))
(string:lexemes 'abc ",")
;=> ** exception error: no function clause matching
;=>   in (string : lexemes_m abc #("," "," undefined) ())
(string:len 'a)
;=> ** exception error: bad argument
;=>   in (erlang : length a)
(string:concat 'a "b")
;=> ** exception error: bad argument
;=>   in (erlang : ++ a "b")
(string:chr "abc" "b")
;=> ** exception error: no function clause matching
;=>   in (string : chr "abc" "b")
(string:str 'a "b")
;=> ** exception error: no function clause matching
;=>   in (string : str a "b" 1)
(string:tokens "abc" 'a)
;=> ** exception error: no case clause matching a
(string:substr "abc" 5)
;=> ** exception error: no function clause matching
;=>   in (string : substr2 () 2)
(string:left "abc" 'a)
;=> ** exception error: no function clause matching
;=>   in (string : left "abc" a)
(string:copies "a" -1)
;=> ** exception error: no function clause matching
;=>   in (string : copies "a" -1)
(string:join '(a b) ",")
;=> ** exception error: bad argument
;=>   in (erlang : ++ a (44 . b))
(string:slice "abc" -1)
;=> ** exception error: no function clause matching
;=>   in (string : slice "abc" -1)
(string:strip "a" 'foo)
;=> ** exception error: no function clause matching
;=>   in (string : strip "a" foo)
