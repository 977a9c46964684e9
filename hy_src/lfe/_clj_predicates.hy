"The predicates of LFE's clj that are macros, so that guards may hold them.

`clj.hy` takes these in; this is no module of the language by itself."

(import xrepl.dialect.data [Atom NIL]
        xrepl.lang.lfe._macro-forms [form quoted taken])

(setv __lfe_module__ "clj")

(defn calling [function arguments]
  (form function #* (taken arguments 1)))

(defn tuple?/macro [arguments environment]
  "x: say whether a value is a tuple."
  (calling "is_tuple" arguments))

(defn atom?/macro [arguments environment]
  "x: say whether a value is an atom."
  (calling "is_atom" arguments))

(defn binary?/macro [arguments environment]
  "x: say whether a value is a binary."
  (calling "is_binary" arguments))

(defn bitstring?/macro [arguments environment]
  "x: say whether a value is a bit string."
  (calling "is_bitstring" arguments))

(defn boolean?/macro [arguments environment]
  "x: say whether a value is true or false."
  (calling "is_boolean" arguments))

(defn bool?/macro [arguments environment]
  "x: say whether a value is true or false."
  (calling "is_boolean" arguments))

(defn float?/macro [arguments environment]
  "x: say whether a value is a float."
  (calling "is_float" arguments))

(defn integer?/macro [arguments environment]
  "x: say whether a value is an integer."
  (calling "is_integer" arguments))

(defn int?/macro [arguments environment]
  "x: say whether a value is an integer."
  (calling "is_integer" arguments))

(defn number?/macro [arguments environment]
  "x: say whether a value is a number."
  (calling "is_number" arguments))

(defn map?/macro [arguments environment]
  "x: say whether a value is a map."
  (calling "is_map" arguments))

(defn reference?/macro [arguments environment]
  "x: say whether a value is a reference."
  (calling "is_reference" arguments))

(defn function?/macro [arguments environment]
  "f [arity]: say whether a value is a function, of an arity."
  (form "is_function" #* (taken arguments 1 2)))

(defn func?/macro [arguments environment]
  "f [arity]: say whether a value is a function, of an arity."
  (form "is_function" #* (taken arguments 1 2)))

(defn record?/macro [arguments environment]
  "x tag [size]: say whether a value is a record."
  (setv [x tag #* size] (taken arguments 2 3))
  (if size
      (form "is_record" x tag #* size)
      (form "andalso" (form "is_tuple" x) (form "=:=" (form "tref" x 1) tag))))

(defn equal-to [value arguments]
  (form "=:=" (quoted value) #* (taken arguments 1)))

(defn undefined?/macro [arguments environment]
  "x: say whether a value is undefined."
  (equal-to (Atom "undefined") arguments))

(defn undef?/macro [arguments environment]
  "x: say whether a value is undefined."
  (equal-to (Atom "undefined") arguments))

(defn nil?/macro [arguments environment]
  "x: say whether a value is nil or ()."
  (form "orelse" (equal-to (Atom "nil") arguments) (equal-to NIL arguments)))

(defn true?/macro [arguments environment]
  "x: say whether a value is true."
  (equal-to True arguments))

(defn false?/macro [arguments environment]
  "x: say whether a value is false."
  (equal-to False arguments))

(defn falsy?/macro [arguments environment]
  "x: say whether a value is false or undefined."
  (form "orelse" (equal-to False arguments) (equal-to (Atom "undefined") arguments)))

(defn lowest-bit [value arguments]
  (form "==" value (form "band" 1 #* (taken arguments 1))))

(defn odd?/macro [arguments environment]
  "x: say whether an integer is odd."
  (lowest-bit 1 arguments))

(defn even?/macro [arguments environment]
  "x: say whether an integer is even."
  (lowest-bit 0 arguments))

(defn zero?/macro [arguments environment]
  "x: say whether a number is zero."
  (form "==" 0 #* (taken arguments 1)))

(defn pos?/macro [arguments environment]
  "x: say whether a value is greater than zero."
  (form ">" #* (taken arguments 1) 0))

(defn neg?/macro [arguments environment]
  "x: say whether a value is less than zero."
  (form "<" #* (taken arguments 1) 0))

(defn identical?/macro [arguments environment]
  "x y: say whether values are =:=."
  (form "=:=" #* (taken arguments 2)))
