"What the macros of LFE's libraries are made with: forms as data, and the failures of a macro.

A macro is a function `name/macro` of a module: it is given the list of the form's arguments and the environment, and gives
the form that is evaluated in its place."

(import xrepl.dialect.data [Atom NIL elements from-iterable is-list uncons]
        xrepl.dialect.raising [error])

(defn form [head #* items]
  "Make a form; a head that is a text is the symbol of that name."
  (from-iterable [(if (is (type head) str) (Atom head) head) #* items]))

(defn quoted [value]
  (form "quote" value))

(defn parts [arguments]
  "Give a list's elements as a Python list."
  (list (elements arguments)))

(defn list-form? [value]
  "Say whether a form is a list that is not empty."
  (is-not (uncons value) None))

(defn head? [value name]
  "Say whether a form is a list that begins with a symbol."
  (setv cell (uncons value))
  (and (is-not cell None) (is cell.head (Atom name))))

(defn misused [arguments]
  "Make the failure of a macro that does not take these arguments."
  (error #((Atom "case_clause") (if (is-list arguments) arguments (from-iterable arguments)))))

(defn taken [arguments fewest [most None]]
  "Give a macro's arguments as a Python list, when it takes so many."
  (setv items (parts arguments))
  (when (not (<= fewest (len items) (if (is most None) fewest most)))
    (raise (misused arguments)))
  items)
