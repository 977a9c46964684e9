;; Erlang's ordsets, as used at the prompt.

;;; Ordsets is a sorted list, whose elements are compared with ==
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

;;; All of the ordered sets
(ordsets:new)
;=> ()
(ordsets:is_set '(1 2))
;=> true
(ordsets:is_set '(2 1))
;=> false
(ordsets:size '(1 2))
;=> 2
(ordsets:is_empty ())
;=> true
(ordsets:del_element 1 '(1 2))
;=> (2)
(ordsets:union '((1 2) (2 3) ()))
;=> (1 2 3)
(ordsets:intersection '((1 2 3) (2 3)))
;=> (2 3)
(ordsets:is_equal '(1) '(1))
;=> true
(ordsets:fold #'+/2 0 '(1 2 3))
;=> 6
(ordsets:filter (lambda (x) (> x 1)) '(1 2 3))
;=> (2 3)
