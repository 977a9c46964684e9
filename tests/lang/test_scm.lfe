;; LFE's scm, as used at the prompt.

;;; Forms in a row, and functions
(scm:begin 1 2 3)
;=> 3
(scm:define (double x) (* 2 x))
;=> double
(double 4)
;=> 8
(scm:define-syntax 5)
;=> ** exception error: undefined function
;=>   in (scm : define-syntax 5)

;;; A macro has rules of a pattern and a template
(scm:define-syntax swapped (syntax-rules ((a b) (tuple b a))))
;=> swapped
(swapped 1 2)
;=> #(2 1)
(swapped 1)
;=> 1: error expanding (swapped 1):
;=>     #(expand_macro (swapped 1) macro_clause)
;=> error
(scm:defsyntax lit ((1 x) 'one) (('a x) 'b) (("s" x) 'text) ((x . y) '(x y)))
;=> lit
(list (lit 1 2) (lit 'a 2) (lit "s" 2) (lit 3 4 5))
;=> (one ('a (2)) text (3 (4 5)))

;;; The name |...| stands for any number of what is before it
(include-lib "lfe/include/scm.lfe")
;=> defsyntax
(define-syntax any (syntax-rules (() 'false) ((e) e) ((e r |...|) (let ((t e)) (if t t (any r |...|))))))
;=> any
(list (any) (any 'false 'true) (any 'false 'false))
;=> (false true false)
(defsyntax my-let ((((n v) |...|) body |...|) (funcall (lambda (n |...|) body |...|) v |...|)))
;=> my-let
(my-let ((a 1) (b 2)) (+ a b))
;=> 3
(defsyntax nested (((a |...|) |...|) (list (list a |...|) |...|)))
;=> nested
(nested (1 2) () (3))
;=> ((1 2) () (3))

;;; A macro may have clauses, and be local
(scm:define-syntax clauses (macro ((list a) `(list ,a)) ((list a b) `(tuple ,a ,b))))
;=> clauses
(list (clauses 1) (clauses 1 2))
;=> ((1) #(1 2))
(scm:let-syntax ((twice (syntax-rules ((x) (list x x))))) (twice 1))
;=> (1 1)
