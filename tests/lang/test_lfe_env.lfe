;; LFE's lfe_env and lfe_macro, as an evaluator written in LFE uses them.

;;; An environment's variables are seen by what is evaluated in it
(set e (lfe_env:add_vbinding 'x 1 (lfe_env:new)))
;=> #(env #M(x 1) #M() #M())
(lfe_eval:expr '(list x (+ x 1)) e)
;=> (1 2)
(lfe_eval:expr 'y e)
;=> ** exception error: symbol y is unbound
(list (lfe_env:get_vbinding 'x e) (lfe_env:get_vbinding 'y e))
;=> (#(yes 1) no)
(lfe_env:del_vbinding 'x e)
;=> #(env #M() #M() #M())

;;; A macro hides the functions of its name
(set e (lfe_env:add_fbinding 'f 1 'one (lfe_env:add_fbinding 'f 2 'two (lfe_env:new))))
;=> #(env #M() #M(f #(function (#(2 two) #(1 one)))) #M())
(list (lfe_env:get_fbinding 'f 2 e) (lfe_env:get_fbinding 'f 3 e))
;=> (#(yes two) no)
(set m (lfe_env:add_mbinding 'f 'made e))
;=> #(env #M() #M(f #(macro made)) #M())
(list (lfe_env:is_fbound 'f 1 m) (lfe_env:get_mbinding 'f m))
;=> (false #(yes made))
(lfe_env:get_fbinding 'g 1 (lfe_env:add_ibinding 'lists 'max 1 'g m))
;=> #(yes lists max)

;;; Expansion tells whether there was a macro
(lfe_macro:expand_expr '(cadr x) (lfe_env:new))
;=> #(yes (car (cdr x)))
(lfe_macro:expand_expr '(foo x) (lfe_env:new))
;=> no
(lfe_macro:expand_expr_all '(list (caar x)) (lfe_env:new))
;=> (list (car (car x)))

;;; Functions that are lambda expressions are called by what is evaluated
(set e (lfe_eval:add_dynamic_func 'foo 2 '(lambda (a b) (list a b)) (lfe_env:add_vbinding 'x 1 (lfe_env:new))))
;=> #(env #M(x 1) #M(foo #(function (#(2 (lambda (a b) (list a b)))))) #M())
(lfe_eval:expr '(foo x 2) e)
;=> (1 2)
(lfe_eval:body '(1 (foo x x)) e)
;=> (1 1)
(lfe_eval:apply '(lambda (y) (foo x y)) '(3) e)
;=> (1 3)

;;; Variables and functions of environments
(lfe_env:get_vbinding 'x (lfe_env:add_vbinding 'x 1 (lfe_env:new)))
;=> #(yes 1)
(lfe_env:get_vbinding 'y (lfe_env:new))
;=> no
(lfe_env:is_vbound 'x (lfe_env:add_vbinding 'x 1 (lfe_env:new)))
;=> true
(lfe_env:fetch_vbinding 'x (lfe_env:add_vbinding 'x 1 (lfe_env:new)))
;=> 1
(lfe_env:get_vars (lfe_env:add_vbinding 'x 1 (lfe_env:new)))
;=> #M(x 1)
(lfe_env:get_vars (lfe_env:clr_vars (lfe_env:add_vbinding 'x 1 (lfe_env:new))))
;=> #M()
(lfe_env:get_vars (lfe_env:set_vars #M(z 1) (lfe_env:new)))
;=> #M(z 1)
(lfe_env:fold_vars (lambda (k v acc) (cons (tuple k v) acc)) () (lfe_env:add_vbinding 'x 1 (lfe_env:new)))
;=> (#(x 1))
(lfe_env:is_fbound 'f 1 (lfe_env:add_fbinding 'f 1 'v (lfe_env:new)))
;=> true
(lfe_env:is_mbound 'm (lfe_env:add_mbinding 'm '(lambda (x) x) (lfe_env:new)))
;=> true
(lfe_env:get_vbinding 'b (lfe_env:add_env (lfe_env:add_vbinding 'a 1 (lfe_env:new)) (lfe_env:add_vbinding 'b 2 (lfe_env:new))))
;=> #(yes 2)
