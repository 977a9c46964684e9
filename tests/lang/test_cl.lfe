;; LFE's cl, as used at the prompt.

;;; Elements are reached, and what is not there is ()
(cl:nth 1 '(a b))
;=> b
(cl:nth 9 '(a b))
;=> ()
(cl:elt 0 #(a b c))
;=> a
(cl:car ())
;=> ()
(cl:first '(1 2))
;=> 1
(cl:rest '(1 2))
;=> (2)
(cl:last '(1 2))
;=> 2
(cl:butlast '(1 2))
;=> (1)
(cl:length #(a b))
;=> 2
(cl:reverse #(1 2 3))
;=> #(3 2 1)

;;; Elements are removed and replaced, in lists and tuples
(cl:remove 1 '(1 2 1.0 1))
;=> (2 1.0)
(cl:remove-if #'is_atom/1 '(a 1))
;=> (1)
(cl:remove-if-not #'is_atom/1 #(a 1))
;=> #(a)
(cl:remove-duplicates '(1 2 1 3 2))
;=> (1 3 2)
(cl:substitute 'x 1 '(1 2 1))
;=> (x 2 x)
(cl:substitute-if 'x #'is_atom/1 '(a 2))
;=> (x 2)

;;; Elements are searched and counted
(cl:find-if #'is_atom/1 '(1 a))
;=> a
(cl:position 'b '(a b))
;=> 1
(cl:position 'z '(a b))
;=> ()
(cl:count 1 '(1 2 1 1.0))
;=> 2
(cl:some #'is_atom/1 '(1 a 2))
;=> true
(cl:every #'is_atom/1 '(1 a 2))
;=> false
(cl:notany #'is_atom/1 '(1 2))
;=> true
(cl:member 2 '(1 2 3))
;=> true

;;; Lists are folded, from () unless told otherwise
(cl:reduce #'+/2 '(1 2 3) 'initial-value 10)
;=> 16
(cl:reduce (lambda (x acc) (cons x acc)) '(1 2 3))
;=> (3 2 1)
(cl:reduce (lambda (x acc) (cons x acc)) '(1 2 3) 'initial-value () 'from-end 'true)
;=> (1 2 3)
(cl:reduce #'+/2 '(1 2))
;=> ** exception error: error in arithmetic expression
;=>   in (erlang : + 1 ())
(cl:mapcar (lambda (x) (* x x)) '(1 2 3))
;=> (1 4 9)
(cl:maplist (lambda (x) x) '(1 2 3))
;=> ((1 2 3) (2 3) (3))

;;; Lists serve as sets, trees and association lists
(cl:union '(1 2) '(2 3))
;=> (1 2 3)
(cl:set-exclusive-or '(1 2) '(2 3))
;=> (1 3)
(cl:subsetp '(1) '(1 2))
;=> true
(cl:subst 'x 'b '(a b (c b)))
;=> (a x (c x))
(cl:sublis '((a . 1) (b . 2)) '(a (b c)))
;=> (1 (2 c))
(cl:assoc 'b (cl:pairlis '(a b) '(1 2)))
;=> (b . 2)
(cl:rassoc-if #'is_atom/1 '((a . 1) (b . c)))
;=> (b . c)
(cl:pairlis '(a b) '(1))
;=> ** exception error: no function clause matching
;=>   in (cl : pairlis (b) () ())

;;; Properties are kept in lists and with symbols
(cl:getf '(a 1 b 2) 'b)
;=> 2
(cl:getf '(a 1) 'z 'none)
;=> none
(cl:putf '(a 1) 2 'b)
;=> (a 1 b 2)
(cl:remf '(a 1 b 2) 'a)
;=> (b 2)
(cl:get-properties '(a 1 b 2) '(b))
;=> #(b 2 (b 2))
(cl:putprop 'apple 'red 'color)
;=> true
(cl:get 'apple 'color)
;=> red
(cl:symbol-plist 'apple)
;=> (color red)
(cl:remprop 'apple 'color)
;=> true
(cl:get 'apple 'color)
;=> ()

;;; Values have types and are converted
(cl:type-of "abc")
;=> string
(cl:type-of '(1 . 2))
;=> cons
(cl:type-of #M())
;=> map
(cl:coerce '(a b) 'vector)
;=> #(a b)
(cl:coerce 'a 'list)
;=> "a"
(cl:coerce 1 'float)
;=> ** exception error: bad argument
;=>   in (erlang : list_to_float "1")
(cl:make-lfe-bool ())
;=> false
(cl:make-cl-bool 'false)
;=> ()

;;; A loop goes on until its test holds
(cl:do ((i 0 (+ i 1)) (acc () (cons i acc))) ((> i 3) acc) ())
;=> (3 2 1 0)

;;; The predicates are macros of an include file
(include-lib "lfe/include/cl.lfe")
;=> dolist
(boolp 'true)
;=> true
(consp '(1 . 2))
;=> true
(vector 1 2)
;=> #(1 2)
(dolist (x '(1 2)) (io:format "~p " (list x)))
;=> 1 2 ok
(functionp #'car/1)
;=> true
