"LFE's cl: functions of Common Lisp on lists and tuples.

Nothing found is `()`, as in Common Lisp, but truth is LFE's `true` and `false`. Sequences are in `_cl_sequences.hy`, trees, sets
and association lists in `_cl_lists.hy`. The predicates (`boolp`, `listp`, ...) are macros of `lfe/include/cl.lfe`."

(import sys
        xrepl.dialect.bifs [atom-to-list list-to-atom truncated]
        xrepl.dialect.data [Atom Cons NIL elements from-iterable is-list map-key uncons]
        xrepl.dialect.raising [function-clause]
        xrepl.dialect.state-hooks [Provider register]
        xrepl.lang.erlang._terms [asked nil? same?]
        xrepl.lang.erlang [erlang io-lib lists]
        xrepl.lang.lfe._cl-lists *
        xrepl.lang.lfe._cl-sequences *
        xrepl.lang.lfe._macro-forms [form parts])

(setv __lfe_module__ "cl")

;; --- truth

(defn make-lfe-bool/1 [value]
  "Give `false` for `()` and `true` for all else."
  (not (nil? value)))

(defn make-cl-bool/1 [value]
  "Give `()` for `false` and `true` for `true`."
  (cond
    (is value False) NIL
    (is value True) True
    True (raise (function-clause "cl" "make-cl-bool" value))))

;; --- going through lists

(defn mapcar/2 [f xs]
  "Apply a function to every element."
  (lists.map/2 f xs))

(defn tails [xs]
  "Go through a list and what is left of it after each element; what it does not end with comes last."
  (setv rest xs)
  (while (setx cell (uncons rest))
    (yield rest)
    (setv rest cell.tail))
  (when (not (nil? rest)) (yield rest)))

(defn maplist/2 [f xs]
  "Apply a function to a list and to what is left of it after each element."
  (from-iterable (lfor rest (tails xs)
                       (if (is-list rest) (asked f rest) (raise (function-clause "cl" "maplist" f rest))))))

(defn mapc/2 [f xs]
  "Call a function with every element, and give the list."
  (lists.foreach/2 f xs)
  xs)

(defn mapl/2 [f xs]
  "Call a function with a list and what is left of it after each element, and give the list."
  (for [rest (tails xs)]
    (when (not (is-list rest)) (raise (function-clause "cl" "-lfe-mapl/2-local-mapl-loop/1-0-" rest f)))
    (asked f rest))
  xs)

;; --- symbols and their property lists

(setv plists {}
      changes [0])

(defn keep-plist [symbol plist]
  (+= (get changes 0) 1)
  (if (nil? plist)
      (.pop plists (map-key symbol) None)
      (setv (get plists (map-key symbol)) plist)))

(defn load-plists [parts gone]
  (for [name gone] (keep-plist (Atom name) NIL))
  (for [[name plist] (.items parts)] (keep-plist (Atom name) plist)))

(register (Provider "plists"
                    (fn [] (get changes 0))
                    (fn [] (dfor [symbol plist] (.items plists) :if (isinstance symbol Atom) symbol.name plist))
                    load-plists))

(defn symbol-plist/1 [symbol]
  "Give a symbol's property list."
  (.get plists (map-key symbol) NIL))

(defn symbol-name/1 [symbol]
  "Give a symbol's name."
  (atom-to-list symbol))

(defn get/2 [symbol name]
  "Give a symbol's property, or `()`."
  (getf/3 (symbol-plist/1 symbol) name NIL))

(defn get/3 [symbol name default]
  "Give a symbol's property, or a default."
  (getf/3 (symbol-plist/1 symbol) name default))

(defn getl/2 [symbol names]
  "Give a symbol's property list from the first of these properties on."
  (first-property "-lfe-getl/2-local-getl-loop/2-0-" (symbol-plist/1 symbol) names))

(defn putprop/3 [symbol value name]
  "Give a symbol a property."
  (keep-plist symbol (putf/3 (symbol-plist/1 symbol) value name))
  True)

(defn remprop/2 [symbol name]
  "Take a property from a symbol."
  (keep-plist symbol (remf/2 (symbol-plist/1 symbol) name))
  True)

;; --- property lists

(defn pairs-of [plist function #* call]
  "Give a property list's names and values; what it does not end with is no clause of the function."
  (setv pairs [] rest plist)
  (while (and (setx name (uncons rest)) (setx value (uncons name.tail)))
    (.append pairs #(name.head value.head))
    (setv rest value.tail))
  (when (not (nil? rest)) (raise (function-clause "cl" function rest #* call)))
  pairs)

(defn plist-of [pairs]
  (from-iterable (lfor pair pairs item pair item)))

(defn getf/2 [plist name]
  "Give a property of a list, or `()`."
  (getf/3 plist name NIL))

(defn getf/3 [plist name default]
  "Give a property of a list, or a default."
  (for [[key value] (pairs-of plist "getf" name default)]
    (when (same? key name) (return value)))
  default)

(defn putf/3 [plist value name]
  "Give a property list in which a name has a value."
  (setv pairs (pairs-of plist "putf" value name)
        at (next (gfor [i pair] (enumerate pairs) :if (same? (get pair 0) name) i) (len pairs)))
  (setv (cut pairs at (+ at 1)) [#(name value)])
  (plist-of pairs))

(defn remf/2 [plist name]
  "Give a property list without a name."
  (setv pairs (pairs-of plist "remf" name)
        at (next (gfor [i pair] (enumerate pairs) :if (same? (get pair 0) name) i) (len pairs)))
  (plist-of (+ (cut pairs at) (cut pairs (+ at 1) None))))

(defn first-property [function plist names]
  (setv pairs (pairs-of plist function names))
  (for [[i [name _]] (enumerate pairs)]
    (when (member/2 name names)
      (return (plist-of (cut pairs i None)))))
  NIL)

(defn get-properties/2 [plist names]
  "Give `#(name value rest)` of the first of these properties, or `#(() () ())`."
  (setv found (first-property "get-properties" plist names))
  (if (nil? found)
      #(NIL NIL NIL)
      (do
        (setv items (list (elements found)))
        #((get items 0) (get items 1) found))))

;; --- types

(defn type-of/1 [value]
  "Give the name of a value's type."
  (setv kind (type value))
  (Atom (cond
          (is kind bool) "boolean"
          (is kind Atom) "atom"
          (is kind tuple) "tuple"
          (is kind int) "integer"
          (is kind float) "float"
          (is-list value) (type-of-list value)
          (is kind bytes) "binary"
          (isinstance value dict) "map"
          (hasattr value "kind") (str value.kind)
          (callable value) "function"
          True "bitstring")))

(defn type-of-list [value]
  (cond
    (io-lib.printable_latin1_list/1 value) "string"
    (io-lib.printable_unicode_list/1 value) "unicode"
    (and (is (type value) Cons) (not (is-list value.tail))) "cons"
    True "list"))

(defn coerce/2 [value kind]
  "Convert a value to a vector, list, atom, character, integer or float."
  (setv list? (is-list value) atom? (in (type value) #(Atom bool)))
  (match #((str kind) (type value))
    (| #("vector" _) #("tuple" _)) :if list? (tuple (elements value))
    #("atom" _) :if list? (list-to-atom value)
    #("list" _) :if atom? (atom-to-list value)
    #("list" _) :if (is (type value) tuple) (from-iterable value)
    #("list" _) :if (is (type value) bytes) (erlang.binary_to_list/1 value)
    #("character" _) :if atom? (car/1 (atom-to-list value))
    #("character" _) :if list? (car/1 value)
    #("integer" _) :if (is (type value) float) (truncated value)
    #("float" _) :if (is (type value) int) (erlang.list_to_float/1 (str value))
    #("float" _) :if list? (erlang.list_to_float/1 value)
    #("float" _) :if atom? (erlang.list_to_float/1 (atom-to-list value))
    #("t" _) value
    _ (raise (function-clause "cl" "coerce" value kind))))

(defn posix-argv/0 []
  "Give the program's arguments."
  (from-iterable sys.argv))

;; --- a loop

(defn do/macro [arguments environment]
  "((var start step) ...) (test result) body ...: a loop whose variables take new values until a test holds."
  (setv [variables ending #* body] (parts arguments)
        triples (lfor variable (elements variables) (parts variable))
        loop (Atom "|-do-func-|")
        [test result] (parts ending))
  (form "letrec-function"
        (form (form loop (form "lambda" (from-iterable (lfor triple triples (get triple 0)))
                               (form "if" test result
                                     (form "let" (form (form "do-state" (form "progn" #* body)))
                                           (form loop #* (lfor triple triples (get triple 2))))))))
        (form loop #* (lfor triple triples (get triple 1)))))
