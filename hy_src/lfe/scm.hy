"LFE's scm: `begin`, `define`, and macros after Scheme's, whose rules are a pattern and a template each.

In a rule `|...|` after a part stands for any number of such parts. `lfe/include/scm.lfe` makes the macros callable without
a module."

(import xrepl.dialect.arithmetic [exactly-equal]
        xrepl.dialect.data [Atom NIL elements from-iterable is-list uncons]
        xrepl.dialect.raising [error]
        xrepl.lang.lfe._macro-forms [form head? parts quoted])

(setv __lfe_module__ "scm"
      ELLIPSIS (Atom "...")
      ENVIRONMENT (Atom "$ENV"))

;; --- patterns and templates

(defn variable? [pattern keywords]
  (and (is (type pattern) Atom) (not-in pattern keywords)))

(defn split [pattern]
  "Give head and tail of a part of a rule, or None, and what follows an ellipsis after the head, or None."
  (setv cell (uncons pattern)
        second (if (is cell None) None (uncons cell.tail)))
  (if (and (is-not second None) (is second.head ELLIPSIS))
      #(cell second.tail)
      #(cell None)))

(defn quote? [pattern]
  (and (head? pattern "quote") (is-not (uncons (. (uncons pattern) tail)) None)))

(defn quoted-in [pattern]
  (. (uncons (. (uncons pattern) tail)) head))

(defn tuple-parts [form]
  "Give the parts of a form of a tuple, or of a tuple that stands for itself; None when it is neither."
  (cond
    (head? form "tuple") (. (uncons form) tail)
    (is (type form) tuple) (from-iterable form)))

(defn matches? [pattern form keywords]
  "Say whether a form has a pattern's shape."
  (when (quote? pattern) (return (exactly-equal (quoted-in pattern) form)))
  (when (head? pattern "tuple")
    (setv inner (tuple-parts form))
    (return (and (is-not inner None) (matches? (. (uncons pattern) tail) inner keywords))))
  (setv [cell rest] (split pattern))
  (cond
    (is-not rest None) (and (proper? form)
                            (all (gfor item (elements form) (matches? cell.head item keywords))))
    (is-not cell None) (do
                         (setv found (uncons form))
                         (and (is-not found None)
                              (matches? cell.head found.head keywords)
                              (matches? cell.tail found.tail keywords)))
    (variable? pattern keywords) True
    True (exactly-equal pattern form)))

(defn proper? [form]
  (try
    (for [_ (elements form)])
    (except [TypeError]
      (return False)))
  True)

(defn nestings [pattern keywords]
  "Give a pattern's variables, those under an ellipsis in a list of their own."
  (when (quote? pattern) (return []))
  (when (head? pattern "tuple") (return (nestings (. (uncons pattern) tail) keywords)))
  (setv [cell rest] (split pattern))
  (cond
    (is-not rest None) [(nestings cell.head keywords) #* (nestings rest keywords)]
    (is-not cell None) (+ (nestings cell.head keywords) (nestings cell.tail keywords))
    (variable? pattern keywords) [pattern]
    True []))

(defn bindings [pattern form keywords]
  "Give what a pattern that matches binds: pairs of variable and form, or of nestings and the bindings of each part."
  (when (quote? pattern) (return []))
  (when (head? pattern "tuple")
    (return (bindings (. (uncons pattern) tail) (tuple-parts form) keywords)))
  (setv [cell rest] (split pattern))
  (cond
    (is-not rest None) [#((nestings cell.head keywords)
                          (lfor item (elements form) (bindings cell.head item keywords)))]
    (is-not cell None) (do
                         (setv found (uncons form))
                         (+ (bindings cell.head found.head keywords) (bindings cell.tail found.tail keywords)))
    (variable? pattern keywords) [#(pattern form)]
    True []))

(defn meet? [one other]
  "Say whether nestings have a variable in common, equally deep."
  (if (and (isinstance one list) (isinstance other list))
      (any (gfor a one b other (meet? a b)))
      (is one other)))

(defn filled [template bound keywords]
  "Give a template's form with what is bound in the place of its variables."
  (when (quote? template) (return (quoted (filled (quoted-in template) bound keywords))))
  (setv [cell rest] (split template))
  (cond
    (is-not rest None) (repeated cell.head rest bound keywords)
    (is-not cell None) (from-iterable [(filled cell.head bound keywords)] (filled cell.tail bound keywords))
    (variable? template keywords) (next (gfor [known value] bound :if (is known template) value) template)
    True template))

(defn repeated [part rest bound keywords]
  "Give a part as often as its variables have values, and what follows it."
  (setv wanted (nestings part keywords)
        found (next (gfor [known values] bound :if (and (isinstance known list) (meet? wanted known)) values) None))
  (when (is found None) (raise (error (Atom "function_clause"))))
  (from-iterable (lfor inner found (filled part (+ inner bound) keywords)) (filled rest bound keywords)))

(defn mbe_match_pat/3 [pattern form keywords]
  "Say whether a form has a pattern's shape; keywords stand for themselves."
  (matches? pattern form (parts keywords)))

(defn mbe_syntax_rules_proc/4 [name keywords rules arguments]
  "Expand a call of a macro by the first of its rules that matches."
  (setv known [name #* (elements keywords)])
  (for [rule (elements rules)]
    (setv [pattern template] (cut (parts rule) 2))
    (when (matches? pattern arguments known)
      (return (filled template (bindings pattern arguments known) known))))
  (raise (error #((Atom "expand_macro") (from-iterable [name] arguments) (Atom "macro_clause")))))

;; --- macros

(defn by-rules [name rules]
  "Give the lambda of a macro that has rules."
  (form "lambda" (from-iterable [(Atom "args") ENVIRONMENT])
        (form ":" (Atom "scm") (Atom "mbe_syntax_rules_proc")
              (quoted name) (quoted NIL) (quoted rules) (Atom "args"))))

(defn syntax [name definition]
  "Give the lambda of a macro from `(macro clause ...)` or `(syntax-rules rule ...)`."
  (cond
    (head? definition "syntax-rules") (by-rules name (. (uncons definition) tail))
    (head? definition "macro") (form "match-lambda"
                                     #* (gfor clause (elements (. (uncons definition) tail))
                                              :setv cell (uncons clause)
                                              (from-iterable [(from-iterable [cell.head ENVIRONMENT])] cell.tail)))
    True (raise (error #((Atom "case_clause") definition)))))

(defn no-macro [name arguments]
  "Give the call that fails since there is no such function."
  (form "call" (quoted (Atom "scm")) (quoted (Atom name)) #* (elements arguments)))

(defn begin/macro [arguments environment]
  "form ...: evaluate forms in order; the value is the last one's."
  (form "progn" #* (elements arguments)))

(defn define/macro [arguments environment]
  "(name argument ...) form ...: define a function."
  (setv items (parts arguments))
  (when (not items) (return (no-macro "define" arguments)))
  (setv [head #* body] items
        names (if (is-list head) (parts head) []))
  (if (and names (all (gfor name names (is (type name) Atom))))
      (form "define-function" (get names 0) NIL (form "lambda" (from-iterable (cut names 1 None)) #* body))
      (form "define-function" head NIL (from-iterable body))))

(defn define-syntax/macro [arguments environment]
  "name definition: define a macro, by `(macro clause ...)` or `(syntax-rules rule ...)`."
  (setv items (parts arguments))
  (if (= (len items) 2)
      (form "define-macro" (get items 0) NIL (syntax #* items))
      (no-macro "define-syntax" arguments)))

(defn let-syntax/macro [arguments environment]
  "((name definition) ...) form ...: evaluate forms with macros of their own."
  (setv items (parts arguments))
  (when (not items) (return (no-macro "let-syntax" arguments)))
  (setv macros (lfor pair (elements (get items 0))
                     :setv [name definition] (parts pair)
                     (from-iterable [name (syntax name definition)])))
  (form "let-macro" (from-iterable macros) #* (cut items 1 None)))

(defn defsyntax/macro [arguments environment]
  "name rule ...: define a macro by rules of a pattern and a template."
  (setv items (parts arguments))
  (if items
      (form "define-macro" (get items 0) NIL (by-rules (get items 0) (from-iterable (cut items 1 None))))
      (no-macro "defsyntax" arguments)))
