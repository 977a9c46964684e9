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
