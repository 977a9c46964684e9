;; Erlang's binary, as used at the prompt.

;;; Binaries are searched, split and replaced
(binary:match #"hello" #"l")
;=> #(2 1)
(binary:matches #"hello" #"l")
;=> (#(2 1) #(3 1))
(binary:match #"hello" (list #"z" #"lo"))
;=> #(3 2)
(binary:split #"a,b,c" #",")
;=> (#"a" #"b,c")
(binary:split #"a,b,c" #"," '(global))
;=> (#"a" #"b" #"c")
(binary:split #"a,b," #"," '(global trim))
;=> (#"a" #"b")
(binary:replace #"a-b-c" #"-" #"+" '(global))
;=> #"a+b+c"

;;; Binaries are cut and asked
(binary:part #"hello" 1 3)
;=> #"ell"
(binary:part #"hello" 5 -2)
;=> #"lo"
(binary:at #"abc" 1)
;=> 98
(binary:first #"abc")
;=> 97
(binary:last #"abc")
;=> 99
(binary:copy #"ab" 2)
;=> #"abab"
(binary:bin_to_list #"abc")
;=> "abc"
(binary:list_to_bin '(1 2))
;=> #B(1 2)
(binary:longest_common_prefix (list #"abc" #"abd"))
;=> 2
(binary:encode_unsigned 258)
;=> #B(1 2)
(binary:decode_unsigned #B(1 2))
;=> 258
(binary:encode_hex #"az")
;=> #"617A"
(binary:decode_hex #"617A")
;=> #"az"

;;; What does not fit is an error
(binary:at #"abc" 9)
;=> ** exception error: bad argument
;=>   in (binary : at #"abc" 9)
(binary:part #"abc" 2 5)
;=> ** exception error: bad argument
;=>   in (binary : part #"abc" 2 5)
(binary:match "abc" #"a")
;=> ** exception error: bad argument
;=>   in (binary : match "abc" #"a")
(binary:first #"")
;=> ** exception error: bad argument
;=>   in (binary : first #"")

;;; Binaries cut, searched and counted
(binary:split #"a,b,c" #",")
;=> (#"a" #"b,c")
(binary:split #"a,b,c" #"," '(global))
;=> (#"a" #"b" #"c")
(binary:split #"a,,b," #"," '(global trim))
;=> (#"a" #"" #"b")
(binary:split #"a,,b," #"," '(global trim_all))
;=> (#"a" #"b")
(binary:replace #"aXbX" #"X" #"-")
;=> #"a-bX"
(binary:replace #"aXbX" #"X" #"-" '(global))
;=> #"a-b-"
(binary:replace #"aXb" #"X" #"()" '(#(insert_replaced 1)))
;=> #"a(X)b"
(binary:longest_common_suffix '(#"erlang" #"fang"))
;=> 3
(binary:longest_common_prefix '(#"erlang" #"ergonomy"))
;=> 2
(binary:part #"abcd" #(1 2))
;=> #"bc"
(binary:part #"abcd" 3 -2)
;=> #"bc"
(binary:copy #"ab")
;=> #"ab"
(binary:copy #"ab" 2)
;=> #"abab"
(binary:referenced_byte_size #"ab")
;=> 2
(binary:bin_to_list #"abcd" #(1 2))
;=> "bc"
(binary:bin_to_list #"abcd" 1 2)
;=> "bc"
(binary:encode_hex #"az")
;=> #"617A"
(binary:decode_hex #"617A")
;=> #"az"
(binary:decode_hex #"6")
;=> ** exception error: bad argument
;=>   in (binary : decode_hex #"6")
(binary:encode_unsigned 258)
;=> #B(1 2)
(binary:encode_unsigned 258 'little)
;=> #B(2 1)
(binary:decode_unsigned #B(1 2))
;=> 258
(binary:decode_unsigned #B(1 2) 'little)
;=> 513
(binary:match #"abcabc" #"c" '(#(scope #(3 3))))
;=> #(5 1)
(binary:matches #"abcabc" '(#"a" #"bc"))
;=> (#(0 1) #(1 2) #(3 1) #(4 2))
(binary:match #"abc" (binary:compile_pattern #"z"))
;=> nomatch
(binary:at #"abc" 9)
;=> ** exception error: bad argument
;=>   in (binary : at #"abc" 9)
(binary:part #"abc" 2 5)
;=> ** exception error: bad argument
;=>   in (binary : part #"abc" 2 5)
