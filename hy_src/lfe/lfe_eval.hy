"LFE's lfe_eval: evaluating code that is data. Without an environment nothing of the session is seen."

(import xrepl.dialect.data [Atom Cons elements from-iterable is-list]
        xrepl.dialect.evaluation [evaluate]
        xrepl.lang.lfe [lfe-env])

(setv __lfe_module__ "lfe_eval")

(defn expr/1 [form]
  "Evaluate a form."
  (evaluate form))

(defn expr/2 [form environment]
  "Evaluate a form in an environment."
  (evaluate form environment))

(defn eval/1 [form]
  "Evaluate a form."
  (evaluate form))

(defn eval/2 [form environment]
  "Evaluate a form in an environment."
  (evaluate form environment))

(defn exprs/1 [forms]
  "Evaluate forms in order and give the list of their values."
  (from-iterable (lfor form (elements forms) (evaluate form))))

(defn exprs/2 [forms environment]
  "Evaluate forms in order in an environment and give the list of their values."
  (from-iterable (lfor form (elements forms) (evaluate form environment))))

(defn body/1 [forms]
  "Evaluate forms in order and give the last one's value."
  (evaluate (Cons (Atom "progn") forms)))

(defn body/2 [forms environment]
  "Evaluate forms in order in an environment and give the last one's value."
  (evaluate (Cons (Atom "progn") forms) environment))

(defn gexpr/1 [form]
  "Evaluate the test of a guard."
  (evaluate form))

(defn gexpr/2 [form environment]
  "Evaluate the test of a guard in an environment."
  (evaluate form environment))

(defn literal/1 [value]
  "Give a value that is its own form."
  value)

(defn literal/2 [value environment]
  "Give a value that is its own form."
  value)

(defn eval_list/2 [forms environment]
  "Evaluate forms in order in an environment and give the list of their values."
  (exprs/2 forms environment))

(defn apply/2 [function arguments]
  "Call a function, or what a lambda expression makes, with a list of arguments."
  (apply/3 function arguments None))

(defn apply/3 [function arguments environment]
  "Call a function, or what a lambda expression makes in an environment, with a list of arguments."
  ((if (is-list function) (evaluate function environment) function) #* (elements arguments)))

;; --- functions of environments

(defn add_dynamic_func/4 [name arity definition environment]
  "Define a function, a lambda expression, in an environment."
  (lfe-env.add_fbinding/4 name arity definition environment))

(defn add_lexical_func/4 [name arity definition environment]
  "Define a function, a lambda expression, in an environment."
  (lfe-env.add_fbinding/4 name arity definition environment))

(defn make_letrec_env/2 [functions environment]
  "Define functions that call each other in an environment: `#(name arity definition)`."
  (for [[name arity definition] (elements functions)]
    (setv environment (lfe-env.add_fbinding/4 name arity definition environment)))
  environment)
