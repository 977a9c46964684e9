"The part of `ets` that goes through tables: by key, by folding, by patterns and specifications.

A search sees the table as it was when it began. `ets.hy` takes these in."

(import xrepl.dialect.data [Atom NIL elements from-iterable is-list]
        xrepl.dialect.processes [ATOMIC]
        xrepl.dialect.raising [function-clause]
        xrepl.lang.erlang._ets-access [END bad readable writable]
        xrepl.lang.erlang._ets-match [compile-specification constant? matcher run values-in-order]
        xrepl.lang.erlang._terms [fun? same?])

(setv __lfe_module__ "ets")

;; --- by key

(defn stepped [function id key by]
  (setv found (.step (readable function id key) key by))
  (when (is found None) (raise (bad function id key)))
  (if found (get found 0) END))

(defn ended [function id by]
  (setv found (.end (readable function id) by))
  (if found (get found 0) END))

(defn first/1 [id]
  "Give the first key, or `$end_of_table`."
  (ended "first" id 1))

(defn last/1 [id]
  "Give the last key, or `$end_of_table`; a table without order has the first one at both ends."
  (ended "last" id -1))

(defn next/2 [id key]
  "Give the key after one, or `$end_of_table`; only an ordered set takes a key that is not there."
  (stepped "next" id key 1))

(defn prev/2 [id key]
  "Give the key before one, or `$end_of_table`; in a table without order that is the next one."
  (stepped "prev" id key -1))

(defn slot/2 [id index]
  "Give the objects at a place, counted from 0, or `$end_of_table`."
  (setv objects (.objects (readable "slot" id index)))
  (when (not (and (is (type index) int) (<= 0 index (len objects)))) (raise (bad "slot" id index)))
  (if (= index (len objects)) END (from-iterable (cut objects index (+ index 1)))))

;; --- all objects

(defn tab2list/1 [id]
  "Give all objects."
  (from-iterable (.objects (readable "match_object" id (Atom "_")))))

(defn fold [function f start id objects]
  (when (not (fun? f 2))
    (raise (function-clause "lists" function f start (from-iterable (cut objects 1)))))
  (setv value start)
  (for [object objects] (setv value (f object value)))
  value)

(defn foldl/3 [f start id]
  "Fold a function of object and value over all objects."
  (fold "foldl" f start id (.objects (readable "safe_fixtable" id True))))

(defn foldr/3 [f start id]
  "Fold a function of object and value over all objects from the last to the first."
  (fold "foldr" f start id (list (reversed (.objects (readable "safe_fixtable" id True))))))

;; --- patterns

(defn candidates [table pattern]
  "Give the objects that a pattern could match: those with its key when it has one."
  (if (and (is (type pattern) tuple) (> (len pattern) table.place) (constant? (get pattern table.place)))
      (.lookup table (get pattern table.place))
      (.objects table)))

(defn matching [table pattern]
  "Give the objects that match, each with its bindings."
  (setv matches (matcher pattern)
        found [])
  (for [object (candidates table pattern)]
    (setv bound {})
    (when (matches object bound) (.append found #(object bound))))
  found)

(defn limited [items limit function #* call]
  "Give the first items and what goes on with the others: `#(items continuation)`, or `$end_of_table`."
  (when (not (and (is (type limit) int) (> limit 0))) (raise (bad function #* call)))
  (setv first (cut items limit) rest (cut items limit None))
  (cond
    (not items) END
    rest #((from-iterable first) #((Atom "continuation") limit (from-iterable rest)))
    True #((from-iterable first) END)))

(defn continued [continuation function]
  (when (is continuation END) (return END))
  (when (not (and (is (type continuation) tuple) (= (len continuation) 3) (is-list (get continuation 2))))
    (raise (bad function continuation)))
  (limited (list (elements (get continuation 2))) (get continuation 1) function continuation))

(defn bindings [table pattern]
  (lfor #(_ bound) (matching table pattern) (values-in-order bound)))

(defn whole [table pattern]
  (lfor #(object _) (matching table pattern) object))

(defn match/2 [id pattern]
  "Give for each object that matches the values of the pattern's variables, as lists."
  (from-iterable (bindings (readable "match" id pattern) pattern)))

(defn match/3 [id pattern limit]
  "Give the first matches and what `match/1` goes on with."
  (limited (bindings (readable "match" id pattern limit) pattern) limit "match" id pattern limit))

(defn match/1 [continuation]
  "Give the next matches."
  (continued continuation "match"))

(defn match_object/2 [id pattern]
  "Give the objects that match a pattern."
  (from-iterable (whole (readable "match_object" id pattern) pattern)))

(defn match_object/3 [id pattern limit]
  "Give the first objects that match and what `match_object/1` goes on with."
  (limited (whole (readable "match_object" id pattern limit) pattern) limit "match_object" id pattern limit))

(defn match_object/1 [continuation]
  "Give the next objects that match."
  (continued continuation "match_object"))

(defn match_delete/2 [id pattern]
  "Remove the objects that match a pattern."
  (setv clause (from-iterable [#(pattern NIL (from-iterable [True]))])
        table (writable "internal_select_delete" id clause))
  (for [object (whole table pattern)] (.delete-object table object))
  True)

;; --- specifications

(defn compiled [function specification #* call]
  (try
    (compile-specification specification)
    (except [ValueError] (raise (bad function #* call)))))

(defn chosen [table specification function #* call]
  "Give objects and values of a specification's matches."
  (setv clauses (compiled function specification #* call)
        patterns (lfor clause (elements specification) (get clause 0))
        objects (if (= (len patterns) 1) (candidates table (get patterns 0)) (.objects table)))
  (lfor object objects value (run clauses object) #(object value)))

(defn values-of [table specification function #* call]
  (lfor #(_ value) (chosen table specification function #* call) value))

(defn select/2 [id specification]
  "Give the values that a specification, a list of `#(pattern guards body)`, makes of the objects that it takes."
  (from-iterable (values-of (readable "select" id specification) specification "select" id specification)))

(defn select/3 [id specification limit]
  "Give the first values and what `select/1` goes on with."
  (setv values (values-of (readable "select" id specification limit) specification "select" id specification limit))
  (limited values limit "select" id specification limit))

(defn select/1 [continuation]
  "Give the next values."
  (continued continuation "select"))

(defn select_reverse/2 [id specification]
  "Give the values as `select` does, from the last object to the first."
  (setv values (values-of (readable "select_reverse" id specification) specification
                          "select_reverse" id specification))
  (from-iterable (list (reversed values))))

(defn select_reverse/3 [id specification limit]
  "Give the last values and what `select_reverse/1` goes on with."
  (setv values (values-of (readable "select_reverse" id specification limit) specification
                          "select_reverse" id specification limit))
  (limited (list (reversed values)) limit "select_reverse" id specification limit))

(defn select_reverse/1 [continuation]
  "Give the next values."
  (continued continuation "select_reverse"))

(defn true-for [table specification function #* call]
  "Give the objects for which a specification's value is true."
  (lfor #(object value) (chosen table specification function #* call) :if (is value True) object))

(defn select_count/2 [id specification]
  "Count the objects for which a specification's value is true."
  (len (true-for (readable "select_count" id specification) specification "select_count" id specification)))

(defn select_delete/2 [id specification]
  "Remove the objects for which a specification's value is true, and count them."
  (setv name "internal_select_delete"
        table (writable name id specification)
        objects (true-for table specification name id specification))
  (for [object objects] (.delete-object table object))
  (len objects))

(defn select_replace/2 [id specification]
  "Put the values of a specification in the place of the objects, with the same keys, and count them."
  (setv table (writable "select_replace" id specification)
        pairs (chosen table specification "select_replace" id specification))
  (for [#(old new) pairs]
    (when (or table.is-bag
              (not (and (is (type new) tuple) (> (len new) table.place)
                        (same? (get old table.place) (get new table.place)))))
      (raise (bad "select_replace" id specification))))
  (with [_ ATOMIC]
    (for [#(old new) pairs] (.replace table old new)))
  (len pairs))

(defn match_spec_compile/1 [specification]
  "Give what `match_spec_run` takes."
  (compiled "match_spec_compile" specification specification)
  #((Atom "match_spec") specification))

(defn match_spec_run/2 [objects specification]
  "Give the values that a compiled specification makes of a list of objects."
  (setv clauses (compile-specification (get specification 1)))
  (from-iterable (lfor object (elements objects) value (run clauses object) value)))

(defn is_compiled_ms/1 [term]
  "Say whether a term is a compiled specification."
  (and (is (type term) tuple) (= (len term) 2) (is (get term 0) (Atom "match_spec"))))

(defn test_ms/2 [object specification]
  "Try a specification on one object: `#(ok value)`, or `#(error reasons)`; the value is false when it takes it not."
  (try
    (setv found (run (compile-specification specification) object))
    (except [problem ValueError]
      (return #((Atom "error") (from-iterable [#((Atom "error") (str problem))])))))
  #((Atom "ok") (if found (get found 0) False)))

(defn fun2ms/1 [function]
  "Fail: a function is not turned into a specification here; the macro `ets-ms` makes one."
  (when (not (callable function)) (raise (function-clause "ets" "fun2ms" function)))
  (raise (bad "fun2ms" function)))
