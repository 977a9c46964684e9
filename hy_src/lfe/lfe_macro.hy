"LFE's lfe_macro: macro expansion of code that is data, for programs that evaluate or compile."

(import xrepl.dialect.data [Atom]
        xrepl.dialect.evaluation [macroexpand macroexpand-1 macroexpand-all])

(setv __lfe_module__ "lfe_macro")

(defn told [form expanded]
  "Give what a form became: `#(yes form)`, or `no` if it is no macro's."
  (if (= form expanded) (Atom "no") #((Atom "yes") expanded)))

(defn expand_expr/2 [form environment]
  "Expand the macros at the head of a form: `#(yes form)` or `no`."
  (told form (macroexpand form environment)))

(defn expand_expr_1/2 [form environment]
  "Expand the macro at the head of a form once: `#(yes form)` or `no`."
  (told form (macroexpand-1 form environment)))

(defn expand_expr_all/2 [form environment]
  "Expand all macros in a form."
  (macroexpand-all form environment))
