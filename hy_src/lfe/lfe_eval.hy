"LFE's lfe_eval: evaluating code that is data. Without an environment nothing of the session is seen."

(import xrepl.dialect.data [elements from-iterable]
        xrepl.dialect.evaluation [evaluate])

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
