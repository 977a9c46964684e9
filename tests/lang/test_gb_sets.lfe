;; Erlang's gb_sets, as used at the prompt.

;;; Gb_sets is shown as it is balanced
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

;;; Sets made, asked and taken apart
(gb_sets:to_list (gb_sets:union (gb_sets:singleton 1) (gb_sets:from_ordset '(2 3))))
;=> (1 2 3)
(gb_sets:to_list (gb_sets:union (list (gb_sets:from_list '(1 2)) (gb_sets:empty) (gb_sets:from_list '(3)))))
;=> (1 2 3)
(gb_sets:to_list (gb_sets:intersection (list (gb_sets:from_list '(1 2 3)) (gb_sets:from_list '(2 3)))))
;=> (2 3)
(gb_sets:is_equal (gb_sets:from_list '(1 2)) (gb_sets:from_list '(2 1)))
;=> true
(gb_sets:smallest (gb_sets:from_list '(3 1 2)))
;=> 1
(gb_sets:largest (gb_sets:from_list '(3 1 2)))
;=> 3
(gb_sets:smallest (gb_sets:new))
;=> ** exception error: no function clause matching
;=>   in (gb_sets : smallest_1 nil)
(gb_sets:to_list (gb_sets:add_element 2 (gb_sets:from_list '(1 3))))
;=> (1 2 3)
(gb_sets:to_list (gb_sets:del_element 2 (gb_sets:from_list '(1 2 3))))
;=> (1 3)
(gb_sets:to_list (gb_sets:delete_any 9 (gb_sets:from_list '(1))))
;=> (1)
(gb_sets:delete 9 (gb_sets:from_list '(1)))
;=> ** exception error: no function clause matching
;=>   in (gb_sets : delete_1 9 nil)
(gb_sets:to_list (element 2 (gb_sets:take_smallest (gb_sets:from_list '(3 1 2)))))
;=> (2 3)
(gb_sets:to_list (gb_sets:balance (gb_sets:from_list '(3 1 2))))
;=> (1 2 3)
(gb_sets:to_list (gb_sets:difference (gb_sets:from_list '(1 2 3)) (gb_sets:from_list '(2))))
;=> (1 3)
(gb_sets:fold #'+/2 0 (gb_sets:from_list '(1 2 3)))
;=> 6

;;; Walking through a set
(let ((it (gb_sets:iterator (gb_sets:from_list '(2 1))))) (element 1 (gb_sets:next it)))
;=> 1
(let (((tuple x it) (gb_sets:next (gb_sets:iterator_from 2 (gb_sets:from_list '(1 2 3)))))) (tuple x (element 1 (gb_sets:next it))))
;=> #(2 3)
(gb_sets:next (gb_sets:iterator (gb_sets:new)))
;=> none
