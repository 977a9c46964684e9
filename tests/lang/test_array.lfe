;; Erlang's array, as used at the prompt.

;;; Array grows unless it is fixed
(set a (array:from_list '(a b c)))
;=> #(array 3 10 undefined
;=>   #(a b c undefined undefined undefined undefined undefined undefined
;=>     undefined))
(array:get 1 a)
;=> b
(array:to_list (array:set 5 'x a))
;=> (a b c undefined undefined x)
(array:sparse_to_list (array:set 5 'x a))
;=> (a b c x)
(array:set 20 'x a)
;=> #(array 21 100 undefined
;=>   #(#(a b c undefined undefined undefined undefined undefined
;=>       undefined undefined)
;=>     10
;=>     #(x undefined undefined undefined undefined undefined undefined
;=>       undefined undefined undefined)
;=>     10 10 10 10 10 10 10 10))
(array:size (array:new 5))
;=> 5
(array:get 9 (array:new '(#(default 0))))
;=> 0
(array:foldl (lambda (i v acc) (cons (tuple i v) acc)) () a)
;=> (#(2 c) #(1 b) #(0 a))
(array:set 9 1 (array:fix a))
;=> ** exception error: bad argument
(array:get -1 a)
;=> ** exception error: bad argument

;;; Arrays with a default and a fixed size
(array:default (array:new '(#(default 0))))
;=> 0
(array:is_fix (array:new 3 '(#(fixed true))))
;=> true
(array:to_list (array:new 3 '(#(default x))))
;=> (x x x)
(array:is_fix (array:relax (array:new 3 '(#(fixed true)))))
;=> false
(array:get 5 (array:new 3 '(#(fixed true))))
;=> ** exception error: bad argument
(array:set 5 'x (array:new 3 '(#(fixed true))))
;=> ** exception error: bad argument
(array:size (array:resize 5 (array:new 3)))
;=> 5
(array:size (array:resize (array:from_list '(1 2 undefined undefined))))
;=> 2
(array:to_list (array:reset 1 (array:from_list '(1 2 3))))
;=> (1 undefined 3)
(array:to_list (array:reset 9 (array:from_list '(1 2 3))))
;=> (1 2 3)

;;; Arrays and what has gaps
(array:to_list (array:from_orddict '(#(0 a) #(2 b))))
;=> (a undefined b)
(array:to_list (array:from_orddict '(#(0 a) #(2 b)) 'none))
;=> (a none b)
(array:to_orddict (array:from_list '(a b)))
;=> (#(0 a) #(1 b))
(array:sparse_to_orddict (array:from_orddict '(#(0 a) #(2 b))))
;=> (#(0 a) #(2 b))
(array:sparse_to_list (array:from_orddict '(#(0 a) #(2 b))))
;=> (a b)
(array:sparse_size (array:from_list '(1 2 undefined)))
;=> 2
(array:sparse_foldl (lambda (i x acc) (cons (tuple i x) acc)) () (array:from_orddict '(#(0 a) #(2 b))))
;=> (#(2 b) #(0 a))
(array:sparse_foldr (lambda (i x acc) (cons (tuple i x) acc)) () (array:from_orddict '(#(0 a) #(2 b))))
;=> (#(0 a) #(2 b))
(array:foldr (lambda (i x acc) (cons (tuple i x) acc)) () (array:from_list '(a b)))
;=> (#(0 a) #(1 b))
(array:to_list (array:map (lambda (i x) (+ i x)) (array:from_list '(1 2 3))))
;=> (1 3 5)
(array:sparse_to_list (array:sparse_map (lambda (i x) (tuple i x)) (array:from_orddict '(#(0 a) #(2 b)))))
;=> (#(0 a) #(2 b))
(array:from_orddict '(#(b a)))
;=> ** exception error: bad argument
(array:is_array '(1))
;=> false
