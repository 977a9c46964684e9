;; Erlang's lists, as used at the prompt.

;;; A function is applied to every element, in order
(lists:map (lambda (x) (* x x)) '(1 2 3))
;=> (1 4 9)
(lists:map (lambda (x) x) ())
;=> ()
(lists:map #'integer_to_list/1 '(1 20))
;=> ("1" "20")
(lists:flatmap (lambda (x) (list x x)) '(a b))
;=> (a a b b)
(lists:foreach (lambda (x) (io:format "~p " (list x))) '(1 2))
;=> 1 2 ok
(lists:filtermap (lambda (x) (if (> x 1) (tuple 'true (* x 10)) 'false)) '(1 2 3))
;=> (20 30)
(lists:mapfoldl (lambda (x acc) (tuple (* 2 x) (+ x acc))) 0 '(1 2 3))
;=> #((2 4 6) 6)
(lists:mapfoldr (lambda (x acc) (tuple (cons x acc) (cons x acc))) () '(1 2))
;=> #(((1 2) (2)) (1 2))

;;; Lists are folded from either end
(lists:foldl (lambda (x acc) (cons x acc)) () '(1 2 3))
;=> (3 2 1)
(lists:foldr (lambda (x acc) (cons x acc)) () '(1 2 3))
;=> (1 2 3)
(lists:foldl #'+/2 0 '(1 2 3))
;=> 6

;;; Elements are chosen by a predicate
(lists:filter (lambda (x) (> x 1)) '(1 2 3))
;=> (2 3)
(lists:partition (lambda (x) (> x 1)) '(1 2 3))
;=> #((2 3) (1))
(lists:takewhile (lambda (x) (< x 3)) '(1 2 3 1))
;=> (1 2)
(lists:dropwhile (lambda (x) (< x 3)) '(1 2 3 1))
;=> (3 1)
(lists:splitwith #'is_atom/1 '(a b 1 c))
;=> #((a b) (1 c))
(lists:search #'is_atom/1 '(1 a b))
;=> #(value a)
(lists:search #'is_atom/1 '(1 2))
;=> false
(lists:all #'is_atom/1 '(a b))
;=> true
(lists:any #'is_atom/1 '(1 2))
;=> false

;;; Elements are found by place and by value
(lists:nth 2 '(a b c))
;=> b
(lists:nthtail 1 '(a b c))
;=> (b c)
(lists:last '(a b c))
;=> c
(lists:droplast '(a b c))
;=> (a b)
(lists:member 1 '(1.0 2))
;=> false
(lists:delete b '(a b c b))
;=> ** exception error: symbol b is unbound
(lists:delete 'b '(a b c b))
;=> (a c b)
(lists:subtract '(1 2 3 2) '(2 5))
;=> (1 3 2)
(lists:sublist '(a b c d) 2)
;=> (a b)
(lists:sublist '(a b c d) 2 2)
;=> (b c)
(lists:split 1 '(a b c))
;=> #((a) (b c))

;;; Lists are made by counting and joining
(lists:seq 1 5)
;=> (1 2 3 4 5)
(lists:seq 1 10 3)
;=> (1 4 7 10)
(lists:seq 5 1 -2)
;=> (5 3 1)
(lists:seq 1 0)
;=> ()
(lists:duplicate 3 'a)
;=> (a a a)
(lists:append '((1) (2 3) ()))
;=> (1 2 3)
(lists:append '(1 2) '(3 . 4))
;=> (1 2 3 . 4)
(lists:join 'x '(a b c))
;=> (a x b x c)
(lists:reverse "abc")
;=> "cba"
(lists:reverse '(1 2) '(3))
;=> (2 1 3)
(lists:flatten '(1 (2 (3 "ab")) ()))
;=> (1 2 3 97 98)
(lists:flatten '(1 (2)) '(3))
;=> (1 2 3)
(lists:concat '(a 1 "b" 2.5))
;=> "a1b2.50000000000000000000e+00"
(lists:enumerate '(a b))
;=> (#(1 a) #(2 b))
(lists:enumerate 0 '(a b))
;=> (#(0 a) #(1 b))

;;; Lists go together element by element
(lists:zip '(1 2) '(a b))
;=> (#(1 a) #(2 b))
(lists:zip3 '(1) '(2) '(3))
;=> (#(1 2 3))
(lists:zipwith #'+/2 '(1 2) '(3 4))
;=> (4 6)
(lists:zipwith3 (lambda (x y z) (list x y z)) '(1) '(2) '(3))
;=> ((1 2 3))
(lists:unzip '(#(1 a) #(2 b)))
;=> #((1 2) (a b))
(lists:unzip3 '(#(1 a x)))
;=> #((1) (a) (x))
(lists:prefix '(1) '(1 2))
;=> true
(lists:suffix '(2) '(1 2))
;=> true

;;; Terms of all kinds have one order, and sorting keeps equal ones as they came
(lists:sort '(3 a #(1) "b" #"x" 1.0 () #M(a 1)))
;=> (1.0 3 a #(1) #M(a 1) () "b" #"x")
(lists:sort '(1.0 1 1.0))
;=> (1.0 1 1.0)
(lists:usort '(2 1 2.0 1 3))
;=> (1 2 3)
(lists:sort (lambda (x y) (> x y)) '(1 3 2))
;=> (3 2 1)
(lists:merge '(1 3) '(2 4))
;=> (1 2 3 4)
(lists:merge (lambda (x y) (> x y)) '(3 1) '(4 2))
;=> (4 3 2 1)
(lists:umerge '((1 2) (2 3)))
;=> (1 2 3)
(lists:max '(1 a 2))
;=> a
(lists:min '(1 a 2))
;=> 1
(lists:sum '(1 2.5))
;=> 3.5
(lists:uniq '(1 2 1 1.0))
;=> (1 2 1.0)

;;; Tuples are found, replaced and sorted by a key, which is compared with ==
(lists:keyfind 1 1 '(#(1.0 a)))
;=> #(1.0 a)
(lists:keyfind 'z 1 '(#(a 1)))
;=> false
(lists:keymember 'a 1 '(#(a 1)))
;=> true
(lists:keysearch 'a 1 '(#(a 1)))
;=> #(value #(a 1))
(lists:keydelete 'a 1 '(#(a 1) #(a 2)))
;=> (#(a 2))
(lists:keyreplace 'a 1 '(#(a 1) #(b 2)) #(a 9))
;=> (#(a 9) #(b 2))
(lists:keystore 'c 1 '(#(a 1)) #(c 9))
;=> (#(a 1) #(c 9))
(lists:keytake 'b 1 '(#(a 1) #(b 2)))
;=> #(value #(b 2) (#(a 1)))
(lists:keymap (lambda (x) (* 2 x)) 2 '(#(a 1) #(b 2)))
;=> (#(a 2) #(b 4))
(lists:keysort 2 '(#(a 2) #(b 1) #(c 1)))
;=> (#(b 1) #(c 1) #(a 2))
(lists:ukeysort 1 '(#(b 1) #(a 1) #(b 2)))
;=> (#(a 1) #(b 1))
(lists:keymerge 1 '(#(a 1)) '(#(a 2) #(b 1)))
;=> (#(a 1) #(a 2) #(b 1))

;;; What is no list is an error of the function that met it
(lists:map (lambda (x) x) 5)
;=> ** exception error: no case clause matching 5
(lists:filter (lambda (x) x) 5)
;=> ** exception error: bad generator 5
(lists:foldr (lambda (x y) x) 0 5)
;=> ** exception error: no function clause matching
;=>   in (lists : foldr_1 #Fun<> 0 5)
(lists:filtermap (lambda (x) 'true) 5)
;=> ** exception error: no function clause matching
;=>   in (lists : filtermap_1 #Fun<> 5)
(lists:partition (lambda (x) 'true) 5)
;=> ** exception error: no function clause matching
;=>   in (lists : partition_1 #Fun<> 5 () ())
(lists:map (lambda (x) x) '(1 . 2))
;=> ** exception error: no function clause matching
;=>   in (lists : map_1 #Fun<> 2)
(lists:reverse '(1 2 . 3))
;=> ** exception error: bad argument
;=>   in (lists : reverse 3 (2 1))
(lists:last ())
;=> ** exception error: no function clause matching
;=>   in (lists : last ())
(lists:max ())
;=> ** exception error: no function clause matching
;=>   in (lists : max ())
(lists:nth 4 '(a b c))
;=> ** exception error: no function clause matching
;=>   in (lists : nth 1 ())
(lists:nth 'a '(1))
;=> ** exception error: error in arithmetic expression
(lists:sum '(1 a))
;=> ** exception error: error in arithmetic expression
;=>   in (erlang : + 1 a)
(lists:append 5 '(1))
;=> ** exception error: bad argument
;=>   in (erlang : ++ 5 (1))
(lists:zip '(1 2) '(1))
;=> ** exception error: no function clause matching
;=>   in (lists : zip (2) ())
(lists:keyfind 'a 0 '(#(a 1)))
;=> ** exception error: bad argument
;=>   in (lists : keyfind a 0 (#(a 1)))
(lists:keysort 1 '(1 2))
;=> ** exception error: bad argument
;=>   in (erlang : element 1 1)
(lists:seq 5 1)
;=> ** exception error: no function clause matching
;=>   in (lists : seq 5 1)
(lists:flatten '(1) 5)
;=> ** exception error: no function clause matching
;=>   in (lists : flatten (1) 5)
(lists:concat '(#(a)))
;=> ** exception error: no function clause matching
;=>   in (lists : thing_to_list #(a))

;;; A function of the wrong kind is an error
(lists:map 5 '(1))
;=> ** exception error: no function clause matching
;=>   in (lists : map 5 (1))
(lists:map (lambda (x y) x) '(1))
;=> ** exception error: no function clause matching
;=>   in (lists : map #Fun<> (1))
(lists:filter (lambda (x) 5) '(1))
;=> ** exception error: #(bad_filter 5)
(lists:all (lambda (x) 5) '(1))
;=> ** exception error: no case clause matching 5
(lists:sort 5 '(2 1))
;=> ** exception error: bad function 5
(lists:zipwith 5 '(1) '(1))
;=> ** exception error: bad function 5

;;; Long lists are no trouble
(length (lists:map (lambda (x) x) (lists:seq 1 100000)))
;=> 100000
(lists:sum (lists:reverse (lists:seq 1 100000)))
;=> 5000050000
(length (lists:flatten (lists:duplicate 1000 (lists:seq 1 100))))
;=> 100000
