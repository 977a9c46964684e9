"The part of Erlang's module erlang on numbers, atoms and their texts.

`erlang.hy` takes these in; this is no module of the language by itself. Arithmetic that is written in place is in
`xrepl.dialect.arithmetic`."

(import math
        re
        xrepl.dialect.arithmetic [exactly-equal equal negate plus]
        xrepl.dialect.data [Atom atom elements is-list text-of]
        xrepl.dialect.number-text [digits fixed]
        xrepl.dialect.printer [write]
        xrepl.dialect.raising [badarg badarith])

(setv __lfe_module__ "erlang"
      FLOAT (re.compile r"[+-]?[0-9]+[.,][0-9]+([eE][+-]?[0-9]+)?")
      INTEGER (re.compile r"[+-]?[0-9A-Za-z]+")
      UTF-8 (Atom "utf8"))

(defn bad [function #* call]
  (badarg "erlang" function #* call))

(defn number? [value]
  (in (type value) #(int float)))

(defn integer? [value]
  (is (type value) int))

(defn +/1 [number]
  "Give a number."
  (plus number))

(defn -/1 [number]
  "Give a number with the other sign."
  (negate number))

;; --- bits and truth

(defn integers [function a b]
  (when (not (and (integer? a) (integer? b))) (raise (badarith function a b))))

(defn band/2 [a b]
  "Give the bits that both integers have."
  (integers "band" a b)
  (& a b))

(defn bor/2 [a b]
  "Give the bits that one of two integers has."
  (integers "bor" a b)
  (| a b))

(defn bxor/2 [a b]
  "Give the bits that just one of two integers has."
  (integers "bxor" a b)
  (^ a b))

(defn bnot/1 [a]
  "Turn the bits of an integer."
  (when (not (integer? a)) (raise (badarith "bnot" a)))
  (bnot a))

(defn bsl/2 [a count]
  "Shift the bits of an integer to the left."
  (integers "bsl" a count)
  (if (< count 0) (>> a (- count)) (<< a count)))

(defn bsr/2 [a count]
  "Shift the bits of an integer to the right."
  (integers "bsr" a count)
  (if (< count 0) (<< a (- count)) (>> a count)))

(defn truths [function a b]
  (when (not (and (is (type a) bool) (is (type b) bool))) (raise (bad function a b))))

(defn and/2 [a b]
  "Say whether both are true."
  (truths "and" a b)
  (and a b))

(defn or/2 [a b]
  "Say whether one is true."
  (truths "or" a b)
  (or a b))

(defn xor/2 [a b]
  "Say whether just one is true."
  (truths "xor" a b)
  (is-not a b))

(defn /=/2 [a b]
  "Say whether two terms are not ==."
  (not (equal a b)))

(defn =/=/2 [a b]
  "Say whether two terms are not =:=."
  (not (exactly-equal a b)))

;; --- rounding

(defn rounding [function f value]
  (when (not (number? value)) (raise (bad function value)))
  (int (f value)))

(defn round/1 [value]
  "Give the nearest integer, halves away from zero."
  (rounding "round" (fn [x] (if (integer? x) x (int (math.copysign (half-up (abs x)) x)))) value))

(defn half-up [size]
  (setv whole (math.floor size))
  (if (>= (- size whole) 0.5) (+ whole 1) whole))

(defn trunc/1 [value]
  "Give the integer towards zero."
  (rounding "trunc" int value))

(defn ceil/1 [value]
  "Give the least integer that is not less."
  (rounding "ceil" math.ceil value))

(defn floor/1 [value]
  "Give the largest integer that is not more."
  (rounding "floor" math.floor value))

(defn float/1 [value]
  "Give a number as a float."
  (when (not (number? value)) (raise (bad "float" value)))
  (try
    (float value)
    (except [OverflowError]
      (raise (bad "float" value)))))

;; --- integers and their texts

(defn in-base [function value base]
  (when (not (and (integer? value) (integer? base) (<= 2 base 36)))
    (raise (bad function value base)))
  (+ (if (< value 0) "-" "") (digits (abs value) base)))

(defn integer_to_list/2 [value base]
  "Write an integer in a base from 2 to 36."
  (in-base "integer_to_list" value base))

(defn integer_to_binary/1 [value]
  "Write an integer as a binary."
  (when (not (integer? value)) (raise (bad "integer_to_binary" value)))
  (.encode (str value)))

(defn integer_to_binary/2 [value base]
  "Write an integer in a base from 2 to 36 as a binary."
  (.encode (in-base "integer_to_binary" value base)))

(defn characters [value function #* call]
  "Give the text of a flat list of characters."
  (when (not (is-list value)) (raise (bad function #* call)))
  (try
    (setv text (text-of (elements value)))
    (except [TypeError]
      (raise (bad function #* call))))
  (when (is text None) (raise (bad function #* call)))
  text)

(defn latin-text [value function #* call]
  "Give the text of a binary, a byte a character."
  (when (is-not (type value) bytes) (raise (bad function #* call)))
  (.decode value "latin-1"))

(defn read-integer [text base function #* call]
  (when (not (and (integer? base) (<= 2 base 36) (.fullmatch INTEGER text)))
    (raise (bad function #* call)))
  (try
    (int text base)
    (except [ValueError]
      (raise (bad function #* call)))))

(defn list_to_integer/1 [value]
  "Read an integer."
  (read-integer (characters value "list_to_integer" value) 10 "list_to_integer" value))

(defn list_to_integer/2 [value base]
  "Read an integer in a base from 2 to 36."
  (read-integer (characters value "list_to_integer" value base) base "list_to_integer" value base))

(defn binary_to_integer/1 [value]
  "Read an integer from a binary."
  (read-integer (latin-text value "binary_to_integer" value) 10 "binary_to_integer" value))

(defn binary_to_integer/2 [value base]
  "Read an integer in a base from 2 to 36 from a binary."
  (read-integer (latin-text value "binary_to_integer" value base) base "binary_to_integer" value base))

;; --- floats and their texts

(defn read-float [text function value]
  (when (not (.fullmatch FLOAT text)) (raise (bad function value)))
  (setv found (float (.replace text "," ".")))
  (when (not (math.isfinite found)) (raise (bad function value)))
  found)

(defn list_to_float/1 [value]
  "Read a float; it must have a point."
  (read-float (characters value "list_to_float" value) "list_to_float" value))

(defn binary_to_float/1 [value]
  "Read a float from a binary; it must have a point."
  (read-float (latin-text value "binary_to_float" value) "binary_to_float" value))

(defn float-text [value options function]
  "Write a float as the options say: scientific, decimals, compact or short."
  (when (is-not (type value) float) (raise (bad function value options)))
  (setv form "scientific" places 20 compact False)
  (for [option (elements options)]
    (cond
      (= option (Atom "compact")) (setv compact True)
      (= option (Atom "short")) (setv form "short")
      (and (is (type option) tuple) (= (len option) 2) (in (str (get option 0)) #("decimals" "scientific"))
           (integer? (get option 1)) (<= 0 (get option 1) 253))
        (setv form (str (get option 0)) places (get option 1))
      True (raise (bad function value options))))
  (cond
    (= form "short") (short-text value)
    (= form "scientific") (format value f".{places}e")
    (and compact places) (compacted (fixed value places))
    True (fixed value places)))

(defn short-text [value]
  "Write a float with as few digits as tell it from all others."
  (write value))

(defn compacted [text]
  "Take zeros off the end of the decimals, but for one."
  (setv [whole _ decimals] (.partition text "."))
  (+ whole "." (or (.rstrip decimals "0") "0")))

(defn float_to_list/1 [value]
  "Write a float with 20 decimals and an exponent."
  (when (is-not (type value) float) (raise (bad "float_to_list" value)))
  (format value ".20e"))

(defn float_to_list/2 [value options]
  "Write a float as options say: `#(decimals n)`, `#(scientific n)`, `compact`, `short`."
  (float-text value options "float_to_list"))

(defn float_to_binary/1 [value]
  "Write a float with 20 decimals and an exponent, as a binary."
  (when (is-not (type value) float) (raise (bad "float_to_binary" value)))
  (.encode (format value ".20e")))

(defn float_to_binary/2 [value options]
  "Write a float as options say, as a binary."
  (.encode (float-text value options "float_to_binary")))

;; --- atoms and their texts

(defn name-of-atom [value function #* call]
  (cond
    (is (type value) Atom) value.name
    (is (type value) bool) (if value "true" "false")
    True (raise (bad function #* call))))

(defn atom_to_binary/1 [value]
  "Give an atom's name as a binary."
  (.encode (name-of-atom value "atom_to_binary" value) "utf-8"))

(defn atom_to_binary/2 [value encoding]
  "Give an atom's name as a binary: latin1, utf8 or unicode."
  (setv name (name-of-atom value "atom_to_binary" value encoding))
  (try
    (.encode name (python-encoding encoding))
    (except [[UnicodeEncodeError KeyError]]
      (raise (bad "atom_to_binary" value encoding)))))

(defn python-encoding [encoding]
  (get {"latin1" "latin-1"  "utf8" "utf-8"  "unicode" "utf-8"} (str encoding)))

(defn named [value encoding function #* call]
  (when (is-not (type value) bytes) (raise (bad function #* call)))
  (try
    (.decode value (python-encoding encoding))
    (except [[UnicodeDecodeError KeyError]]
      (raise (bad function #* call)))))

(defn binary_to_atom/1 [value]
  "Give the atom of a name."
  (atom (named value UTF-8 "binary_to_atom" value)))

(defn binary_to_atom/2 [value encoding]
  "Give the atom of a name: latin1, utf8 or unicode."
  (atom (named value encoding "binary_to_atom" value encoding)))

(defn existing [name]
  "Say whether there is an atom of a name, or a library module, whose atoms are there in Erlang."
  (import importlib.util)
  (or (in name #("true" "false"))
      (in name Atom._interned)
      (is-not (importlib.util.find-spec f"xrepl.lang.erlang.{(.replace name "." "_")}") None)))

(defn binary_to_existing_atom/1 [value]
  "Give the atom of a name that is there already."
  (setv name (named value UTF-8 "binary_to_existing_atom" value))
  (if (existing name) (atom name) (raise (bad "binary_to_existing_atom" value))))

(defn binary_to_existing_atom/2 [value encoding]
  "Give the atom of a name that is there already: latin1, utf8 or unicode."
  (setv name (named value encoding "binary_to_existing_atom" value encoding))
  (if (existing name) (atom name) (raise (bad "binary_to_existing_atom" value encoding))))

(defn list_to_existing_atom/1 [value]
  "Give the atom of a name that is there already."
  (setv name (characters value "list_to_existing_atom" value))
  (if (existing name) (atom name) (raise (bad "list_to_existing_atom" value))))
