;; Erlang's sets, as used at the prompt.

;;; Sets holds elements once, compared with =:=
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

;;; Sets of both versions
(lists:sort (sets:to_list (sets:union (list (sets:from_list '(1 2)) (sets:from_list '(2 3))))))
;=> (1 2 3)
(lists:sort (sets:to_list (sets:intersection (list (sets:from_list '(1 2)) (sets:from_list '(2 3))))))
;=> (2)
(lists:sort (sets:to_list (sets:add_element 3 (sets:new '(#(version 2))))))
;=> (3)
(sets:is_set (sets:new))
;=> true
(sets:is_set 'no)
;=> false
(sets:is_empty (sets:new))
;=> true
(sets:is_equal (sets:from_list '(1 2)) (sets:from_list '(2 1)))
;=> true
(sets:to_list (sets:del_element 1 (sets:from_list '(1 2))))
;=> (2)
(sets:to_list (sets:del_element 1 (sets:from_list '(1 2) '(#(version 2)))))
;=> (2)
(sets:fold #'+/2 0 (sets:from_list '(1 2 3) '(#(version 2))))
;=> 6
(lists:sort (sets:to_list (sets:filter (lambda (x) (> x 1)) (sets:from_list '(1 2 3)))))
;=> (2 3)
(sets:is_subset (sets:from_list '(1)) (sets:from_list '(1 2) '(#(version 2))))
;=> true
(sets:is_disjoint (sets:from_list '(1)) (sets:from_list '(2)))
;=> true
(sets:size (sets:subtract (sets:from_list '(1 2)) (sets:from_list '(2))))
;=> 1
