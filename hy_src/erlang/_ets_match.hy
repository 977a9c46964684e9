"Match patterns and match specifications, as `ets` has them, to Python functions.

A pattern is data with variables `$0`, `$1` ... and `_`. A specification is a list of `#(pattern guards body)`; guards
and body are calls written as tuples, `#(> $1 5)`. What has no meaning is a ValueError when it is compiled."

(import collections [namedtuple]
        functools [partial]
        xrepl.dialect.match-specs [CALLS]
        xrepl.dialect.data [Atom Cons elements from-iterable is-list map-items map-key uncons]
        xrepl.lang.erlang._terms [nil? same?])

(setv ANYTHING (Atom "_")
      WHOLE (Atom "$_")
      ALL (Atom "$$")
      EXIT (Atom "EXIT")
      Clause (namedtuple "Clause" ["matches" "guards" "body"]))

(defn variable? [term]
  "Say whether a term is a variable of patterns."
  (and (is (type term) Atom) (.startswith term.name "$") (.isdecimal (cut term.name 1 None))))

(defn constant? [pattern]
  "Say whether a pattern has no variables, so that it matches one term."
  (cond
    (is (type pattern) Atom) (not (or (is pattern ANYTHING) (variable? pattern)))
    (is (type pattern) tuple) (all (map constant? pattern))
    (isinstance pattern dict) (all (map constant? (.values pattern)))
    (is (type pattern) Cons) (and (constant? pattern.head) (constant? pattern.tail))
    True True))

;; --- patterns: functions of a term and the bindings so far, which say whether it matches and bind

(defn matcher [pattern]
  "Compile a pattern."
  (cond
    (is pattern ANYTHING) (fn [term bound] True)
    (variable? pattern) (partial bind pattern)
    (constant? pattern) (partial match-constant pattern)
    (is (type pattern) tuple) (partial match-tuple (len pattern) (list (map matcher pattern)))
    (isinstance pattern dict) (partial match-map (lfor [key value] (.items pattern) #(key (matcher value))))
    True (partial match-cons (matcher pattern.head) (matcher pattern.tail))))

(defn bind [name term bound]
  (if (in name bound)
      (same? (get bound name) term)
      (do (setv (get bound name) term) True)))

(defn match-constant [value term bound]
  (same? value term))

(defn match-tuple [size parts term bound]
  (and (is (type term) tuple) (= (len term) size)
       (all (gfor [part item] (zip parts term) (part item bound)))))

(defn match-map [parts term bound]
  (and (isinstance term dict)
       (all (gfor [key part] parts (and (in key term) (part (get term key) bound))))))

(defn match-cons [head tail term bound]
  (setv cell (uncons term))
  (and (is-not cell None) (head cell.head bound) (tail cell.tail bound)))

(defn number-of [variable]
  (int (cut variable.name 1 None)))

(defn values-in-order [bound]
  "Give the bound terms in the order of their variables' numbers."
  (from-iterable (lfor name (sorted bound :key number-of) (get bound name))))

;; --- expressions: functions of the object and the bindings

(defn expression [term names]
  "Compile a guard or a part of a body; `names` are the pattern's variables."
  (setv kind (type term))
  (cond
    (is term WHOLE) (fn [object bound] object)
    (is term ALL) (fn [object bound] (values-in-order bound))
    (variable? term) (reference term names)
    (is kind tuple) (call-of term names)
    (isinstance term dict) (map-of term names)
    (is kind Cons) (list-of term names)
    True (fn [object bound] term)))

(defn reference [name names]
  (when (not-in name names) (raise (ValueError f"Variable {name} is unbound.")))
  (fn [object bound] (get bound name)))

(defn list-of [term names]
  (setv head (expression term.head names)
        tail (expression term.tail names))
  (fn [object bound] (Cons (head object bound) (tail object bound))))

(defn map-of [term names]
  (setv parts (lfor [key value] (map-items term) #((expression key names) (expression value names))))
  (fn [object bound] (dfor [key value] parts (map-key (key object bound)) (value object bound))))

(defn call-of [term names]
  "Compile what is written as a tuple: a call, or `#(#(x ...))` for a tuple, or `#(const x)`."
  (cond
    (and (= (len term) 1) (is (type (get term 0)) tuple)) (tuple-of (get term 0) names)
    (or (not term) (is-not (type (get term 0)) Atom)) (raise (ValueError f"{term} is no call"))
    (and (= (. (get term 0) name) "const") (= (len term) 2)) (fn [object bound] (get term 1))
    True (named-call (. (get term 0) name) (lfor argument (cut term 1 None) (expression argument names)))))

(defn tuple-of [items names]
  (setv parts (lfor item items (expression item names)))
  (fn [object bound] (tuple (gfor part parts (part object bound)))))

(defn named-call [name arguments]
  (cond
    (= name "andalso") (fn [object bound] (all (gfor argument arguments (truth (argument object bound)))))
    (= name "orelse") (fn [object bound] (any (gfor argument arguments (truth (argument object bound)))))
    (and (= name "is_record") (in (len arguments) #(2 3))) (record-test arguments)
    (in f"{name}/{(len arguments)}" CALLS) (function-call (function-named name (len arguments)) arguments)
    True (raise (ValueError f"function {name}/{(len arguments)} does_not_exist"))))

(defn truth [value]
  (when (is-not (type value) bool) (raise (TypeError "not a boolean")))
  value)

(defn function-named [name arity]
  (import xrepl.dialect.library [find-function])  ; it imports the module erlang, which this one is at the side of
  (find-function "erlang" name arity))

(defn function-call [function arguments]
  (fn [object bound] (function #* (gfor argument arguments (argument object bound)))))

(defn record-test [arguments]
  (defn record? [object bound]
    (setv [value name #* size] (gfor argument arguments (argument object bound)))
    (and (is (type value) tuple) value (is (get value 0) name) (or (not size) (= (len value) (get size 0)))))
  record?)

;; --- specifications

(defn names-in [pattern]
  "Give the variables of a pattern."
  (cond
    (variable? pattern) #{pattern}
    (is (type pattern) tuple) (.union (set) #* (map names-in pattern))
    (isinstance pattern dict) (.union (set) #* (map names-in (.values pattern)))
    (is (type pattern) Cons) (| (names-in pattern.head) (names-in pattern.tail))
    True (set)))

(defn compile-clause [clause]
  (when (not (and (is (type clause) tuple) (= (len clause) 3) (is-list (get clause 1)) (is-list (get clause 2))))
    (raise (ValueError "a clause is #(pattern guards body)")))
  (setv [pattern guards body] clause
        names (names-in pattern))
  (when (not (or (is (type pattern) tuple) (is pattern ANYTHING) (variable? pattern)))
    (raise (ValueError "the pattern must be a tuple or a variable")))
  (when (nil? body) (raise (ValueError "the body is empty")))
  (Clause (matcher pattern)
          (lfor guard (elements guards) (expression guard names))
          (lfor part (elements body) (expression part names))))

(defn compile-specification [specification]
  "Give what `run` takes for a list of clauses.

Raises:
    ValueError: it is no specification; the text says why."
  (when (not (is-list specification)) (raise (ValueError "a specification is a list")))
  (try
    (lfor clause (elements specification) (compile-clause clause))
    (except [TypeError] (raise (ValueError "a specification is a proper list")))))

(defn passes? [guards object bound]
  (try
    (all (gfor guard guards (is (guard object bound) True)))
    (except [Exception] False)))

(defn body-value [body object bound]
  (try
    (for [part body] (setv value (part object bound)))
    (except [Exception] (return EXIT)))
  value)

(defn run [clauses object]
  "Give the value of the first clause that takes the object, as a list of one; empty when none does."
  (for [clause clauses]
    (setv bound {})
    (when (and (clause.matches object bound) (passes? clause.guards object bound))
      (return [(body-value clause.body object bound)])))
  [])
