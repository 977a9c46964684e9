;; Erlang's io_lib, and how io writes terms, as used at the prompt.

;;; A term's text is nested as the term is
(io_lib:format "~p" '((1 2)))
;=> ((91 ("1" 44 "2") 93))
(io_lib:format "x=~p, y=~p~n" '((1) #(2)))
;=> (120 61 (91 ("1") 93) 44 32 121 61 (123 ("2") 125) 10)
(io_lib:format "~w" '(#(a "bc" (x #(y)))))
;=> ((123 ("a" 44 (91 ("98" 44 "99") 93) 44 (91 ("x" 44 (123 ("y") 125)) 93)) 125))
(io_lib:format "~p" '(#M(a 1 b (1 2))))
;=> ((35 123 (("a" " => " "1") 44 ("b" " => " (91 ("1" 44 "2") 93))) 125))
(io_lib:format "~p" '(#B(1 2 3)))
;=> ((60 60 ("1" 44 "2" 44 "3") 62 62))
(io_lib:format "~p ~s" '(abc "def"))
;=> ("abc" 32 "def")
(io_lib:format "~10w|" '((1 2)))
;=> (((32 "  " 32 32) 91 ("1" 44 "2") 93) 124)
(io_lib:format "~10s|" '("abc"))
;=> (((32 "   " 32 32 32) 97 98 99) 124)
(io_lib:format "~P" '((1 2 3 4 5) 3))
;=> ((91 ("1" 44 "2" 124 46 46 46) 93))
(io_lib:write '(1 2))
;=> (91 ("1" 44 "2") 93)
(io_lib:write_string "a\"b")
;=> "\"a\\\"b\""
(lists:flatten (io_lib:format "~s-~w" '("a" (1))))
;=> "a-[1]"

;;; A long term is broken into lines
(io:format "~p~n" (list (lists:seq 1 60)))
;=> [1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24,25,26,27,28,
;=>  29,30,31,32,33,34,35,36,37,38,39,40,41,42,43,44,45,46,47,48,49,50,51,52,53,
;=>  54,55,56,57,58,59,60]
;=> ok
(io:format "~p~n" (list (lists:map (lambda (x) (tuple 'item x (* x 1.5))) (lists:seq 1 10))))
;=> [{item,1,1.5},
;=>  {item,2,3.0},
;=>  {item,3,4.5},
;=>  {item,4,6.0},
;=>  {item,5,7.5},
;=>  {item,6,9.0},
;=>  {item,7,10.5},
;=>  {item,8,12.0},
;=>  {item,9,13.5},
;=>  {item,10,15.0}]
;=> ok
(io:format "~p~n" (list (tuple 'a_rather_long_tag_name_for_a_tuple_that_is_long (lists:seq 1 30) (lists:seq 1 30))))
;=> {a_rather_long_tag_name_for_a_tuple_that_is_long,
;=>     [1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24,25,26,27,
;=>      28,29,30],
;=>     [1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24,25,26,27,
;=>      28,29,30]}
;=> ok
(io:format "~p~n" (list (map 'key (lists:seq 1 40) 'other (map 'inner "value" 'deep (map 'a 1 'b (lists:seq 1 30))) "str" 5)))
;=> #{key =>
;=>       [1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24,25,26,
;=>        27,28,29,30,31,32,33,34,35,36,37,38,39,40],
;=>   other =>
;=>       #{deep =>
;=>             #{a => 1,
;=>               b =>
;=>                   [1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,
;=>                    23,24,25,26,27,28,29,30]},
;=>         inner => "value"},
;=>   "str" => 5}
;=> ok
(io:format "abc ~p def ~p~n" (list (lists:seq 1 40) '(a b c)))
;=> abc [1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24,25,26,27,
;=>      28,29,30,31,32,33,34,35,36,37,38,39,40] def [a,b,c]
;=> ok
(io:format "~10p|~n" (list '(alpha beta gamma)))
;=> [alpha,
;=>  beta,
;=>  gamma]|
;=> ok
(io:format "~p~n" (list (tuple 'binary (list_to_binary (lists:seq 100 160)) 'x)))
;=> {binary,<<100,101,102,103,104,105,106,107,108,109,110,111,112,113,114,115,116,
;=>           117,118,119,120,121,122,123,124,125,126,127,128,129,130,131,132,133,
;=>           134,135,136,137,138,139,140,141,142,143,144,145,146,147,148,149,150,
;=>           151,152,153,154,155,156,157,158,159,160>>,
;=>         x}
;=> ok
(io:format "~p~n" (list '(#(state #(one two three four five six seven eight nine ten) (eleven twelve thirteen) "fourteen" 15))))
;=> [{state,{one,two,three,four,five,six,seven,eight,nine,ten},
;=>         [eleven,twelve,thirteen],
;=>         "fourteen",15}]
;=> ok
(io:format "~p~n" (list (tuple 'aaaaaaaaaa (tuple 'bbbbbbbbbbbb (tuple 'cccccccccccc (tuple 'dddddddddd (lists:seq 1 20)))))))
;=> {aaaaaaaaaa,
;=>     {bbbbbbbbbbbb,
;=>         {cccccccccccc,
;=>             {dddddddddd,
;=>                 [1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20]}}}}
;=> ok

;;; A depth cuts what is shown
(io:format "~P~n" '((1 2 3 4 5 6) 4))
;=> [1,2,3|...]
;=> ok
(io:format "~P~n" '(#M(a 1 b 2 c 3 d 4) 3))
;=> #{a => 1,b => 2,...}
;=> ok
(io:format "~P~n" '((a (b (c (d (e))))) 4))
;=> [a,[b|...]]
;=> ok
(io:format "~P~n" '(#"a binary that is long" 5))
;=> <<"a binary that is"...>>
;=> ok
(io:format "~W~n" '("abcdefgh" 4))
;=> [97,98,99|...]
;=> ok
(io:format "~P~n" (list (lists:map (lambda (x) (tuple 'item x)) (lists:seq 1 20)) 8))
;=> [{item,1},{item,2},{item,3},{item,4},{item,5},{item,...},{...}|...]
;=> ok

;;; Text made of terms, and questions about text
(lists:flatten (io_lib:fwrite "~p~n" '(a)))
;=> "a\n"
(lists:flatten (io_lib:format "~w" '(a) '(#(chars_limit 3))))
;=> "a"
(lists:flatten (io_lib:print #(a b)))
;=> "{a,b}"
(lists:flatten (io_lib:print '(a b) 1 80 -1))
;=> "[a,b]"
(io_lib:write_atom 'a-b)
;=> "'a-b'"
(lists:flatten (io_lib:write_char #\a))
;=> "$a"
(lists:flatten (io_lib:write_string "a\"b"))
;=> "\"a\\\"b\""
(io_lib:nl)
;=> "\n"
(io_lib:latin1_char_list '(228))
;=> true
(io_lib:latin1_char_list '(300))
;=> false
(io_lib:deep_latin1_char_list '(1 (2 300)))
;=> false
(io_lib:deep_char_list '(1 (2 300)))
;=> true
(io_lib:char_list '(300))
;=> true
(io_lib:printable_list "abc")
;=> true
(io_lib:printable_list '(1))
;=> false
(io_lib:chars_length "abc")
;=> 3
(io_lib:indentation "ab\ncd" 0)
;=> 2
(io_lib:fread "~d ~s" "42 abc")
;=> #(ok (42 "abc") ())
(io_lib:fread "~d" "x")
;=> #(error #(fread integer))
(io_lib:fread "~z" "x")
;=> #(error #(fread format))
(io_lib:fread "~f" "1.5")
;=> #(ok (1.5) ())
