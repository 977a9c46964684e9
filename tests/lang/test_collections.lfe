;; Erlang's dict, orddict, sets, ordsets, queue, gb_trees, gb_sets and array, as used at the prompt.

;;; dict keeps values by key in a table that is shown raw
(set d (dict:from_list '(#(a 1) #(b 2))))
;=> #(dict 2 16 16 8 80 48
;=>   #(() () () () () () () () () () () () () () () ())
;=>   #(#(() ((a . 1)) ((b . 2)) () () () () () () () () () () () () ())))
(dict:fetch 'a d)
;=> 1
(dict:find 'z d)
;=> error
(lists:sort (dict:to_list (dict:store 'c 3 d)))
;=> (#(a 1) #(b 2) #(c 3))
(dict:size (dict:erase 'a d))
;=> 1
(dict:is_key 'a d)
;=> true
(lists:sort (dict:fetch_keys d))
;=> (a b)
(dict:fold (lambda (k v acc) (+ v acc)) 0 d)
;=> 3
(dict:to_list (dict:update 'a (lambda (v) (* v 10)) (dict:from_list '(#(a 1)))))
;=> (#(a 10))
(dict:to_list (dict:update_counter 'a 5 (dict:from_list '(#(a 1)))))
;=> (#(a 6))
(dict:to_list (dict:append 'a 3 (dict:from_list '(#(a (1))))))
;=> (#(a (1 3)))
(dict:fetch 'z d)
;=> ** exception error: bad argument
;=>   in (dict : fetch z #(dict 2 16 16 8 80 48 #(() ...) #(...)))
(dict:fetch 'a 5)
;=> ** exception error: #(badrecord 5)

;;; orddict is a sorted list of pairs
(orddict:from_list '(#(b 2) #(a 1)))
;=> (#(a 1) #(b 2))
(orddict:store 'c 3 '(#(a 1)))
;=> (#(a 1) #(c 3))
(orddict:fetch 'a '(#(a 1)))
;=> 1
(orddict:find 'z '(#(a 1)))
;=> error
(orddict:update_counter 'a 5 '(#(a 1)))
;=> (#(a 6))
(orddict:merge (lambda (k x y) (+ x y)) '(#(a 1)) '(#(a 2) #(b 3)))
;=> (#(a 3) #(b 3))
(orddict:filter (lambda (k v) (> v 1)) '(#(a 1) #(b 2)))
;=> (#(b 2))
(orddict:fetch 'z '(#(a 1)))
;=> ** exception error: no function clause matching
;=>   in (orddict : fetch z ())

;;; sets holds elements once, compared with =:=
(set s (sets:from_list '(1 2 2 1.0)))
;=> #(set 3 16 16 8 80 48
;=>   #(() () () () () () () () () () () () () () () ())
;=>   #(#((1.0) () () () () () (2) () () () () (1) () () () ())))
(sets:size s)
;=> 3
(sets:is_element 1.0 s)
;=> true
(lists:sort (sets:to_list (sets:union s (sets:from_list '(5)))))
;=> (1.0 1 2 5)
(lists:sort (sets:to_list (sets:intersection s (sets:from_list '(2 9)))))
;=> (2)
(lists:sort (sets:to_list (sets:subtract s (sets:from_list '(2)))))
;=> (1.0 1)
(sets:is_subset (sets:from_list '(1)) s)
;=> true
(sets:is_disjoint (sets:from_list '(9)) s)
;=> true
(sets:from_list '(b a) '(#(version 2)))
;=> #M(a () b ())
(sets:size 5)
;=> ** exception error: no function clause matching
;=>   in (sets : size 5)

;;; ordsets is a sorted list, whose elements are compared with ==
(ordsets:from_list '(3 1 2 1))
;=> (1 2 3)
(ordsets:add_element 2 '(1 3))
;=> (1 2 3)
(ordsets:union '(1 2) '(2 3))
;=> (1 2 3)
(ordsets:intersection '(1 2) '(2 3))
;=> (2)
(ordsets:subtract '(1 2) '(2 3))
;=> (1)
(ordsets:is_subset '(1) '(1 2))
;=> true
(ordsets:from_list 5)
;=> ** exception error: no function clause matching
;=>   in (lists : usort 5)

;;; queue takes in at one end and out at the other
(set q (queue:from_list '(1 2 3)))
;=> #((3 2) (1))
(queue:in 4 q)
;=> #((4 3 2) (1))
(queue:out q)
;=> #(#(value 1) #((3) (2)))
(queue:out_r q)
;=> #(#(value 3) #((2) (1)))
(queue:to_list (queue:in_r 0 q))
;=> (0 1 2 3)
(queue:get q)
;=> 1
(queue:peek (queue:new))
;=> empty
(queue:len q)
;=> 3
(queue:member 2 q)
;=> true
(queue:to_list (queue:reverse q))
;=> (3 2 1)
(queue:to_list (queue:join q q))
;=> (1 2 3 1 2 3)
(queue:split 1 q)
;=> #(#((1) ()) #((3) (2)))
(queue:filter (lambda (x) (> x 1)) q)
;=> #((3) (2))
(queue:get (queue:new))
;=> ** exception error: empty
;=>   in (queue : get #(() ()))
(queue:in 1 5)
;=> ** exception error: bad argument
;=>   in (queue : in 1 5)

;;; gb_trees is shown as it is balanced
(gb_trees:from_orddict '(#(1 a) #(2 b) #(3 c)))
;=> #(3 #(2 b #(1 a nil nil) #(3 c nil nil)))
(set t (lists:foldl (lambda (k t) (gb_trees:insert k (* k k) t)) (gb_trees:empty) '(5 3 8 1 4 7 9 2 6)))
;=> #(9
;=>   #(5 25
;=>     #(3 9 #(1 1 nil #(2 4 nil nil)) #(4 16 nil nil))
;=>     #(8 64 #(7 49 #(6 36 nil nil) nil) #(9 81 nil nil))))
(gb_trees:delete 5 t)
;=> #(8
;=>   #(6 36
;=>     #(3 9 #(1 1 nil #(2 4 nil nil)) #(4 16 nil nil))
;=>     #(8 64 #(7 49 nil nil) #(9 81 nil nil))))
(gb_trees:lookup 3 t)
;=> #(value 9)
(gb_trees:get 3.0 t)
;=> 9
(gb_trees:take_smallest t)
;=> #(1 1
;=>   #(8
;=>     #(5 25
;=>       #(3 9 #(2 4 nil nil) #(4 16 nil nil))
;=>       #(8 64 #(7 49 #(6 36 nil nil) nil) #(9 81 nil nil)))))
(gb_trees:largest t)
;=> #(9 81)
(gb_trees:keys t)
;=> (1 2 3 4 5 6 7 8 9)
(gb_trees:next (gb_trees:iterator_from 8 t))
;=> #(8 64 (#(9 81 nil nil)))
(gb_trees:insert 3 1 t)
;=> ** exception error: #(key_exists 3)
(gb_trees:get 99 t)
;=> ** exception error: no function clause matching
;=>   in (gb_trees : get_1 99 nil)
(gb_trees:smallest (gb_trees:empty))
;=> ** exception error: no function clause matching
;=>   in (gb_trees : smallest_1 nil)

;;; gb_sets is shown as it is balanced
(set a (gb_sets:from_list '(3 1 2 5 4 1)))
;=> #(5 #(3 #(2 #(1 nil nil) nil) #(5 #(4 nil nil) nil)))
(gb_sets:union a (gb_sets:from_list '(4 5 6 7)))
;=> #(7 #(4 #(2 #(1 nil nil) #(3 nil nil)) #(6 #(5 nil nil) #(7 nil nil))))
(gb_sets:intersection a (gb_sets:from_list '(4 5 6 7)))
;=> #(2 #(4 nil #(5 nil nil)))
(gb_sets:subtract a (gb_sets:from_list '(4 5 6 7)))
;=> #(3 #(2 #(1 nil nil) #(3 nil nil)))
(gb_sets:add 9 a)
;=> #(6 #(3 #(2 #(1 nil nil) nil) #(5 #(4 nil nil) #(9 nil nil))))
(gb_sets:take_largest a)
;=> #(5 #(4 #(3 #(2 #(1 nil nil) nil) #(4 nil nil))))
(gb_sets:filter (lambda (x) (> x 2)) a)
;=> #(3 #(4 #(3 nil nil) #(5 nil nil)))
(gb_sets:delete 99 a)
;=> ** exception error: no function clause matching
;=>   in (gb_sets : delete_1 99 nil)

;;; array grows unless it is fixed
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
