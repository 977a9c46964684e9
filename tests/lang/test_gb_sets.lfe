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
