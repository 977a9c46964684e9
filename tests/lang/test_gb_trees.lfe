;; Erlang's gb_trees, as used at the prompt.

;;; Gb_trees is shown as it is balanced
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

;;; Trees balanced, mapped and walked through
(gb_trees:values (gb_trees:balance (gb_trees:from_orddict '(#(1 a) #(2 b) #(3 c)))))
;=> (a b c)
(gb_trees:to_list (gb_trees:map (lambda (k v) (tuple k v)) (gb_trees:from_orddict '(#(1 a) #(2 b)))))
;=> (#(1 #(1 a)) #(2 #(2 b)))
(let (((tuple v t) (gb_trees:take 1 (gb_trees:from_orddict '(#(1 a) #(2 b)))))) (tuple v (gb_trees:to_list t)))
;=> #(a (#(2 b)))
(gb_trees:take 9 (gb_trees:from_orddict '(#(1 a))))
;=> ** exception error: no function clause matching
;=>   in (gb_trees : take_1 9 nil)
(gb_trees:take_any 9 (gb_trees:empty))
;=> error
(let (((tuple v t) (gb_trees:take_any 1 (gb_trees:from_orddict '(#(1 a) #(2 b)))))) (tuple v (gb_trees:keys t)))
;=> #(a (2))
(let (((tuple k v t) (gb_trees:take_largest (gb_trees:from_orddict '(#(1 a) #(2 b)))))) (tuple k v (gb_trees:keys t)))
;=> #(2 b (1))
(let (((tuple k v it) (gb_trees:next (gb_trees:iterator (gb_trees:from_orddict '(#(1 a) #(2 b))))))) (tuple k v (element 1 (gb_trees:next it))))
;=> #(1 a 2)
