"LFE's lfe: its functions on code, for who calls them by module. Its functions on association lists are Common Lisp's."

(import xrepl.dialect.data [string]
        xrepl.dialect.evaluation [evaluate macro-function macroexpand macroexpand-1 macroexpand-all])

(setv __lfe_module__ "lfe"
      VERSION "2.2.1")

(defn eval/1 [form]
  "Evaluate a form that sees nothing of the session."
  (evaluate form))

(defn eval/2 [form environment]
  "Evaluate a form in an environment."
  (evaluate form environment))

(defn macroexpand-1/1 [form]
  "Expand one of LFE's own macros once."
  (macroexpand-1 form))

(defn macroexpand-1/2 [form environment]
  "Expand a macro of an environment once."
  (macroexpand-1 form environment))

(defn macroexpand/1 [form]
  "Expand LFE's own macros at the head of a form."
  (macroexpand form))

(defn macroexpand/2 [form environment]
  "Expand the macros of an environment at the head of a form."
  (macroexpand form environment))

(defn macroexpand-all/1 [form]
  "Expand LFE's own macros in a form and all forms in it."
  (macroexpand-all form))

(defn macroexpand-all/2 [form environment]
  "Expand the macros of an environment in a form and all forms in it."
  (macroexpand-all form environment))

(defn macro-function/1 [name]
  "Give an empty list: LFE's own macros have no definition as data."
  (macro-function name))

(defn macro-function/2 [name environment]
  "Give the definition of an environment's macro as data."
  (macro-function name environment))

(defn version/0 []
  "Give the version of LFE whose language this is."
  (string VERSION))
