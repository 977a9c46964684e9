;; LFE's clj, as used at the prompt.

;;; A value is threaded through steps
(clj:-> 2 (+ 2) (* 3))
;=> 12
(clj:->> '(1 2 3) (lists:map (lambda (x) (* x x))) (lists:sum))
;=> 14
(clj:-> '(1 2) (cons 5))
;=> ((1 2) . 5)
(clj:-> 5 'a)
;=> (a 5)
(clj:->> 5 '(a b))
;=> (a b 5)
(clj:as-> 3 x (+ x 1) (list x x))
;=> (4 4)
(clj:cond-> 1 'true (+ 1) 'false (* 100) (> 2 1) (* 3))
;=> 6
(clj:cond->> '(1 2) 'undefined (lists:map #'abs/1))
;=> (1 2)
(clj:some-> #M(a #M(b 7)) (mref 'a) (mref 'b))
;=> 7
(clj:some-> 'undefined (+ 1))
;=> undefined
(clj:doto 'k (put 1) (put 2))
;=> k
(: clj -> 1 (+ 2))
;=> 3

;;; A threaded value is evaluated once
(clj:some-> (progn (io:format "once ") 1) (+ 1) (+ 1))
;=> once 3
(clj:cond-> (progn (io:format "once ") 1) 'true (+ 1) 'true (+ 1))
;=> once 3

;;; Conditions take false and undefined for false
(clj:if-let (x 5) (* x 2) 'no)
;=> 10
(clj:if-let (x 'undefined) x 'no)
;=> no
(clj:iff-let ((x 1)) x x)
;=> 1
(clj:if-not 'false 1 2)
;=> 1
(clj:iff 1 2 3)
;=> 3
(clj:when-not 1 2)
;=> undefined
(clj:condp #'==/2 5 1 'one 5 'five 'none)
;=> five
(clj:condp #'==/2 6 1 'one 'none)
;=> none
(clj:condp (lambda (a b) (if (== a b) (* b 2) 'false)) 5 5 >> (lambda (x) (+ x 1)))
;=> 11
(clj:not= 1 2)
;=> true

;;; Predicates are macros, so a guard may hold them
(defun parity ((x) (when (clj:even? x)) 'even) ((_) 'odd))
;=> parity
(list (parity 1) (parity 2))
;=> (odd even)
(clj:tuple? #(1))
;=> true
(clj:nil? ())
;=> true
(clj:falsy? 'undefined)
;=> true
(clj:record? #(a 1) 'a)
;=> true
(clj:func? #'car/1 1)
;=> true
(lists:filter #'clj:odd?/1 '(1 2 3))
;=> ** exception error: undefined function
;=>   in (clj : odd? 1)

;;; Functions are composed and applied in part
(funcall (clj:comp #'abs/1 #'trunc/1) -1.5)
;=> 1
(clj:comp (list #'abs/1) -5)
;=> 5
(funcall (clj:comp) 'x)
;=> x
(funcall (clj:partial #'+/2 1) 2)
;=> 3
(funcall (clj:partial #'+/2 '(1)) '(2))
;=> 3
(clj:inc 1)
;=> 2

;;; Lazy sequences give as much as is taken
(clj:take 5 (clj:range))
;=> (1 2 3 4 5)
(clj:take 3 (clj:range 0 5))
;=> (0 5 10)
(clj:take 4 (clj:cycle '(a b)))
;=> (a b a b)
(clj:take 3 (clj:repeat 'x))
;=> (x x x)
(clj:take 4 (clj:next (lambda (x y) (* x 2)) 1 1))
;=> (1 2 4 8)
(clj:take 2 (clj:lazy-seq '(1 2 3)))
;=> (1 2)
(clj:take 3 (clj:drop 2 (clj:range 1)))
;=> (3 4 5)

;;; Lists are cut into runs
(clj:split-at 2 '(1 2 3))
;=> #((1 2) (3))
(clj:partition 2 '(1 2 3 4 5))
;=> ((1 2) (3 4))
(clj:partition 3 1 '(1 2 3 4))
;=> ((1 2 3) (2 3 4))
(clj:partition 3 3 '(a b) '(1 2 3 4))
;=> ((1 2 3) (4 a b))
(clj:partition-all 2 '(1 2 3))
;=> ((1 2) (3))
(clj:interleave '(1 2 3) '(a b))
;=> (1 a 2 b)

;;; Nested data is reached by a path
(clj:get-in #M(a #M(b #M(c 9))) '(a b c))
;=> 9
(clj:get-in #M(a 1) '(x y) 'none)
;=> none
(clj:get-in '((1 2) (3 4)) '(2 1))
;=> 3
(clj:get-in '(#(a (#(b 5)))) '(a b))
;=> 5

;;; Values are joined to collections and to strings
(clj:conj '(1 2) 3 4)
;=> (4 3 1 2)
(clj:conj #(1 2) 3)
;=> #(1 2 3)
(clj:conj #M(a 1) #M(b 2))
;=> #M(a 1 b 2)
(clj:str "a" 'b 1 2.5)
;=> "ab12.5"
(clj:str)
;=> ()

;;; Functions are defined
(clj:defn sq (x) (* x x))
;=> ()
(sq 5)
;=> 25
(clj:defn- priv (x) x)
;=> priv
(funcall (clj:fn (x) (* x 2)) 4)
;=> 8

;;; A macro that is misused says so
(clj:->)
;=> 1: error expanding (: clj ->):
;=>     function_clause
;=> error
(clj:odd? 1 2)
;=> 1: error expanding (: clj odd? 1 2):
;=>     #(case_clause (1 2))
;=> error
(clj:if-let ((x 1)) x)
;=> 1: error expanding (: clj if-let ((x 1)) x):
;=>     #(case_clause (((x 1)) x))
;=> error
(clj:cond-> 5 'true)
;=> 1: error expanding (: clj cond-> 5 'true):
;=>     "cond-> requires test/sexp pairs."
;=> error
(clj:nope)
;=> ** exception error: undefined function
;=>   in (clj : nope)

;;; The macros are callable without the module
(include-lib "lfe/include/clj.lfe")
;=> str
(-> 2 (+ 2) (* 3))
;=> 12
(str "x=" 5)
;=> "x=5"
(even? 4)
;=> true
(defn hello [name] (str "hi " name))
;=> ()
(hello "bob")
;=> "hi bob"

;;; Functions of functions, and lazy beginnings
(funcall (clj:constantly 7) 1)
;=> 7
(clj:dec 3)
;=> 2
(clj:every? (lambda (x) (> x 0)) '(1 2))
;=> true
(clj:all? (lambda (x) (> x 0)) '(1 2))
;=> true
(clj:any? (lambda (x) (> x 1)) '(1 2))
;=> true
(clj:not-any? (lambda (x) (> x 5)) '(1 2))
;=> true
(clj:element? 1 '(1 2))
;=> true
(clj:seq 3)
;=> (1 2 3)
(clj:seq 1 3)
;=> (1 2 3)
(clj:seq 1 6 2)
;=> (1 3 5)
(clj:repeat 3 'x)
;=> (x x x)
(clj:take 2 '(1 2 3))
;=> (1 2)
(clj:partition 2 '(1 2 3))
;=> ((1 2))
(clj:partition-all 2 '(1 2 3))
;=> ((1 2) (3))
(clj:reduce #'+/2 '(1 2 3))
;=> 6
(clj:reduce #'+/2 10 '(1 2 3))
;=> 16
(clj:atom? 'a)
;=> true
(clj:binary? #"a")
;=> true
(clj:bool? 'true)
;=> true
(clj:float? 1.0)
;=> true
(clj:int? 1)
;=> true
(clj:number? 1)
;=> true
(clj:map? #M())
;=> true
(clj:function? #'car/1)
;=> true
(clj:undefined? 'undefined)
;=> true
(clj:undef? 'undef)
;=> false
(clj:true? 'true)
;=> true
(clj:false? 'false)
;=> true
(clj:zero? 0)
;=> true
(clj:pos? 1)
;=> true
(clj:neg? -1)
;=> true
(clj:identical? 1 1)
;=> true
(clj:string? "a")
;=> true
(clj:unicode? "a")
;=> true
(clj:list? ())
;=> false
(clj:set? (sets:new))
;=> true
(clj:dict? (dict:new))
;=> true
(clj:queue? (queue:new))
;=> true
(clj:empty? ())
;=> true
(clj:nil? 'nil)
;=> true
(clj:tuple? #(1))
;=> true
(clj:odd? 1)
;=> true
(clj:even? 2)
;=> true
