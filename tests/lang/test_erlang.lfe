;; Erlang's module erlang, as used at the prompt, with its name and without.

;;; Numbers are computed
(+ 1 2 3)
;=> 6
(/ 6 3)
;=> 2.0
(div -7 2)
;=> -3
(rem -7 2)
;=> -1
(erlang:- 5)
;=> -5
(band 12 10)
;=> 8
(bsl 1 10)
;=> 1024
(abs -2.5)
;=> 2.5
(round -2.5)
;=> -3
(trunc 2.7)
;=> 2
(ceil 2.1)
;=> 3
(floor -2.1)
;=> -3
(max 1 1.0)
;=> 1
(float 3)
;=> 3.0

;;; Terms of all kinds are compared
(< 1 'a)
;=> true
(== 1 1.0)
;=> true
(=:= 1 1.0)
;=> false
(=< #(1 2) #(1 2))
;=> true
(/= 'a 'b)
;=> true

;;; Values are converted
(atom_to_list 'abc)
;=> "abc"
(list_to_atom "x y")
;=> |x y|
(integer_to_list 255 16)
;=> "FF"
(list_to_integer "ff" 16)
;=> 255
(list_to_integer "4 ")
;=> ** exception error: bad argument
;=>   in (erlang : list_to_integer "4 ")
(float_to_list 1.5)
;=> "1.50000000000000000000e+00"
(float_to_list 1.5 '(#(decimals 2)))
;=> "1.50"
(float_to_binary 2.5 '(short))
;=> #"2.5"
(binary_to_integer #"42")
;=> 42
(list_to_tuple '(1 2))
;=> #(1 2)
(tuple_to_list #(1 2))
;=> (1 2)
(list_to_binary '("ab" #"c" 100))
;=> #"abcd"
(iolist_size '("ab" #"c"))
;=> 3
(binary_to_list #"abc" 2 3)
;=> "bc"
(term_to_binary '(1))
;=> #B(131 107 0 1 1)
(binary_to_term (term_to_binary #(a "b" 1.5 #M(k v))))
;=> #(a "b" 1.5 #M(k v))

;;; Tuples and lists are taken apart
(element 1 #(a b))
;=> a
(setelement 1 #(a b) 'z)
;=> #(z b)
(tuple_size #(a b))
;=> 2
(erlang:append_element #(1) 2)
;=> #(1 2)
(erlang:delete_element 1 #(a b))
;=> #(b)
(make_tuple 2 'x)
;=> ** exception error: function make_tuple/2 undefined
(hd '(1 2))
;=> 1
(tl '(1 2))
;=> (2)
(length '(1 2 3))
;=> 3
(++ '(1) '(2) '(3))
;=> (1 2 3)
(-- '(1 2 3 2) '(2))
;=> (1 3 2)

;;; Types are told
(is_atom 'a)
;=> true
(is_function #'car/1 1)
;=> true
(is_map #M())
;=> true
(is_record #(pt 1) 'pt)
;=> true
(is_pid (self))
;=> true
(is_reference (make_ref))
;=> true

;;; Maps and binaries are asked
(map_size #M(a 1))
;=> 1
(map_get 'a #M(a 1))
;=> 1
(is_map_key 'z #M(a 1))
;=> false
(byte_size #"abc")
;=> 3
(bit_size #"abc")
;=> 24
(split_binary #"abc" 1)
;=> #(#"a" #"bc")
(binary_part #"hello" 1 3)
;=> #"ell"

;;; Hashes and sums are Erlang's
(erlang:phash2 'a)
;=> 97
(erlang:phash2 '(1 2) 100)
;=> 73
(erlang:md5 "a")
;=> #B(12 193 117 185 192 241 182 168 49 195 153 226 105 119 38 97)
(erlang:crc32 "hello")
;=> 907060870
(erlang:adler32 "hello")
;=> 103547413

;;; Functions are called by name
(apply 'lists 'sum '((1 2)))
;=> 3
(erlang:apply 'erlang '+ '(1 2))
;=> 3
(function_exported 'lists 'map 2)
;=> ** exception error: function function_exported/3 undefined
(erlang:function_exported 'lists 'map 2)
;=> true
(erlang:fun_info #'car/1 'arity)
;=> #(arity 1)

;;; Errors have a class, a reason and the call
(error 'x)
;=> ** exception error: x
(throw 'x)
;=> ** exception throw: x
(exit 'x)
;=> ** exception exit: x
(/ 1 0)
;=> ** exception error: error in arithmetic expression
;=>   in (erlang : / 1 0)
(+ 'a 1)
;=> ** exception error: error in arithmetic expression
;=>   in (erlang : + a 1)
(hd ())
;=> ** exception error: bad argument
;=>   in (erlang : hd ())
(element 5 #(a))
;=> ** exception error: bad argument
;=>   in (erlang : element 5 #(a))
(atom_to_list 5)
;=> ** exception error: bad argument
;=>   in (erlang : atom_to_list 5)
(list_to_integer "x")
;=> ** exception error: bad argument
;=>   in (erlang : list_to_integer "x")
(length '(1 . 2))
;=> ** exception error: bad argument
;=>   in (erlang : length (1 . 2))
(map_get 'z #M())
;=> ** exception error: #(badkey z)
;=>   in (erlang : map_get z #M())
(tuple_size 5)
;=> ** exception error: bad argument
;=>   in (erlang : tuple_size 5)
(erlang:nope 1)
;=> ** exception error: undefined function
;=>   in (erlang : nope 1)

;;; Time is counted in units
(erlang:convert_time_unit 1500 'millisecond 'second)
;=> 1
(is_integer (erlang:system_time 'second))
;=> true
(tuple_size (erlang:timestamp))
;=> 3
(erlang:universaltime_to_localtime #(1 2))
;=> ** exception error: bad argument
;=>   in (erlang : universaltime_to_localtime #(1 2))
