"The macros of LFE's clj: threading, conditionals, predicates, `str`, `conj`.

`clj.hy` takes these in; this is no module of the language by itself. What counts as false is `false` and `undefined`."

(import xrepl.dialect.data [Atom Cons NIL from-iterable is-list uncons]
        xrepl.dialect.raising [LfeError error]
        xrepl.lang.lfe._macro-forms [form head? list-form? misused parts quoted taken])

(setv __lfe_module__ "clj"
      FALSE (quoted False)
      UNDEFINED (quoted (Atom "undefined"))
      ARGUMENT (Atom "arg"))

(defn unless-false [test then otherwise]
  "Make a form that chooses by a test."
  (form "case" test
        (form FALSE otherwise)
        (form UNDEFINED otherwise)
        (form "_" then)))

(defn progn [body]
  (form "progn" #* body))

;; --- functions

(defn defn/macro [arguments environment]
  "name args-or-clauses ...: define a function, and export it from the module."
  (form "progn" (Cons (Atom "defun") arguments) NIL))

(defn defn-/macro [arguments environment]
  "name args-or-clauses ...: define a function."
  (Cons (Atom "defun") arguments))

(defn fn/macro [arguments environment]
  "args body ...: make a function."
  (Cons (Atom "lambda") arguments))

;; --- threading

(defn threaded [x step at-end]
  "Put a form into another one, as its second or last element."
  (cond
    (head? step "fun") (form "funcall" step x)
    (head? step "quote") (in-quoted x (get (parts step) 1) at-end)
    (not (list-form? step)) (form "list" step x)
    True (do
           (setv items (parts step))
           (from-iterable (if at-end [#* items x] [(get items 0) x #* (cut items 1 None)])))))

(defn in-quoted [x data at-end]
  (cond
    (not (list-form? data)) (form "list" (quoted data) x)
    at-end (form "++" (quoted data) (form "list" x))
    True (do
           (setv cell (uncons data))
           (form "list*" (quoted cell.head) x (quoted cell.tail)))))

(defn thread [arguments at-end]
  (setv items (parts arguments))
  (when (not items) (raise (error (Atom "function_clause"))))
  (setv made (get items 0))
  (for [step (cut items 1 None)]
    (setv made (threaded made step at-end)))
  made)

(defn ->/macro [arguments environment]
  "x step ...: put x into the first step as its first argument, that into the next one, and so on."
  (thread arguments False))

(defn ->>/macro [arguments environment]
  "x step ...: put x into the first step as its last argument, that into the next one, and so on."
  (thread arguments True))

(defn as->/macro [arguments environment]
  "x name step ...: evaluate the steps in turn; the name is the value of the one before."
  (setv items (parts arguments))
  (when (< (len items) 2) (raise (error (Atom "function_clause"))))
  (setv [made name #* steps] items)
  (for [step steps]
    (setv made (form "let" (form (form name made)) step)))
  made)

(defn cond-thread [name arguments at-end]
  (setv [made #* clauses] (or (parts arguments) (raise (error (Atom "function_clause")))))
  (when (% (len clauses) 2)
    (raise (LfeError "error" (+ name " requires test/sexp pairs."))))
  (setv x (Atom "|-threaded-|"))
  (for [[test step] (zip (cut clauses 0 None 2) (cut clauses 1 None 2))]
    (setv made (form "let" (form (form x made)) (unless-false test (threaded x step at-end) x))))
  made)

(defn cond->/macro [arguments environment]
  "x test step ...: thread x, as its first argument, through each step whose test is true."
  (cond-thread "cond->" arguments False))

(defn cond->>/macro [arguments environment]
  "x test step ...: thread x, as its last argument, through each step whose test is true."
  (cond-thread "cond->>" arguments True))

(defn some-thread [arguments at-end]
  (setv [made #* steps] (or (parts arguments) (raise (error (Atom "function_clause"))))
        x (Atom "|-threaded-|"))
  (for [step steps]
    (setv made (form "let" (form (form x made))
                     (form "if" (form "=:=" UNDEFINED x) UNDEFINED (threaded x step at-end)))))
  made)

(defn some->/macro [arguments environment]
  "x step ...: thread x, as the first argument, while it is not undefined."
  (some-thread arguments False))

(defn some->>/macro [arguments environment]
  "x step ...: thread x, as the last argument, while it is not undefined."
  (some-thread arguments True))

(defn doto/macro [arguments environment]
  "x step ...: evaluate the steps with x as their first argument, and give x."
  (setv [x #* steps] (or (parts arguments) (raise (misused arguments)))
        name (Atom "|-x-|"))
  (form "let" (form (form name x))
        #* (lfor step steps (if (list-form? step)
                                (form (. (uncons step) head) name #* (cut (parts step) 1 None))
                                (form step name)))
        name))

;; --- conditionals

(defn binding [pair arguments]
  "Give pattern and test of a `(pattern test)`."
  (when (not (and (is-list pair) (= (len (parts pair)) 2))) (raise (misused arguments)))
  (parts pair))

(defn let-case [pattern test then otherwise]
  (form "case" test
        (form FALSE otherwise)
        (form UNDEFINED otherwise)
        (form pattern #* then)
        (form "_" otherwise)))

(defn if-let/macro [arguments environment]
  "(pattern test) then else: bind the pattern to the test's value if that is true."
  (setv [pair then #* rest] (taken arguments 2 3))
  (let-case #* (binding pair arguments) [then] (if rest (get rest 0) UNDEFINED)))

(defn iff-let/macro [arguments environment]
  "((pattern test)) body ...: bind the pattern to the test's value if that is true."
  (setv [pairs #* body] (or (parts arguments) (raise (misused arguments))))
  (when (not (and (is-list pairs) (= (len (parts pairs)) 1))) (raise (misused arguments)))
  (let-case #* (binding (get (parts pairs) 0) arguments) body UNDEFINED))

(defn if-not/macro [arguments environment]
  "test then else: choose by a test that is false."
  (setv [test then #* rest] (taken arguments 2 3))
  (unless-false test (if rest (get rest 0) UNDEFINED) then))

(defn iff/macro [arguments environment]
  "test body ...: evaluate the body if the test is true."
  (setv [test #* body] (or (parts arguments) (raise (misused arguments))))
  (unless-false test (progn body) UNDEFINED))

(defn when-not/macro [arguments environment]
  "test body ...: evaluate the body if the test is false."
  (setv [test #* body] (or (parts arguments) (raise (misused arguments))))
  (unless-false test UNDEFINED (progn body)))

(defn condp/macro [arguments environment]
  "pred x (value result | value >> f) ... default: choose by a predicate of each value and x."
  (setv items (parts arguments))
  (when (< (len items) 2) (raise (error (Atom "function_clause"))))
  (setv [pred x #* clauses] items)
  (chosen pred x clauses))

(defn chosen [pred x clauses]
  (when (not clauses)
    (return (form "error" (quoted (Atom "no-matching-clause")) (form "list" x))))
  (when (= (len clauses) 1)
    (return (get clauses 0)))
  (setv passed (and (is (get clauses 1) (Atom ">>")) (> (len clauses) 2))
        otherwise (chosen pred x (cut clauses (if passed 3 2) None))
        name (Atom "|-P-|"))
  (form "case" (form "funcall" pred (get clauses 0) x)
        (form FALSE otherwise)
        (form UNDEFINED otherwise)
        (if passed
            (form name (form "funcall" (get clauses 2) name))
            (form "_" (get clauses 1)))))

(defn not=/macro [arguments environment]
  "x y ...: say whether values are not all ==."
  (setv items (or (parts arguments) (raise (misused arguments))))
  (if (= (len items) 1) FALSE (form "not" (form "==" #* items))))

;; --- collections

(defn str/macro [arguments environment]
  "x ...: give the texts of values as one string."
  (form "lists:flatmap"
        (form "lambda" (form "arg") (form "if" (form "clj:string?" ARGUMENT) ARGUMENT (form "lfe_io:print1" ARGUMENT)))
        (form "list" #* (parts arguments))))

(defn lazy-seq/macro [arguments environment]
  "xs: give a lazy sequence of a list, or of another one."
  (setv [xs] (taken arguments 1))
  (if (is xs NIL) NIL (form "lambda" NIL (form "clj:-unrolled" xs))))

(defn conj/macro [arguments environment]
  "xs x ...: put values before a list, after a tuple, or into a map."
  (setv [xs #* items] (or (parts arguments) (raise (misused arguments))))
  (form "clj:-joined" xs (form "list" #* items)))
