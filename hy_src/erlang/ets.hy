"Erlang's ets: tables of tuples, found by a key, that all processes of a session share and one of them owns.

A table ends with its owner. Kept in memory, in this evaluator: kinds of tables are in `_ets_tables.hy`, searching in
`_ets_search.hy`, patterns in `_ets_match.hy`, what is known of a table and tables in files in `_ets_facts.hy`."

(import xrepl.dialect.data [Atom elements from-iterable is-list]
        xrepl.dialect.identifiers [Pid numbering]
        xrepl.dialect.processes [ATOMIC]
        xrepl.dialect.signals [scheduler send]
        xrepl.lang.erlang._ets-access [PRIVATE PROTECTED PUBLIC TRANSFER UNDEFINED bad give owned readable writable]
        xrepl.lang.erlang._ets-facts *
        xrepl.lang.erlang._ets-search *
        xrepl.lang.erlang._ets-tables [KINDS add-table by-ref find-table named remove-table rename-table])

(import xrepl.lang.erlang._ets-state)  ; so that tables are kept

(setv __lfe_module__ "ets"
      NONE (Atom "none"))

;; --- tables as a whole

(defn new/2 [name options]
  "Make a table and give its name when it is a named one, else a reference. Options: set, ordered_set, bag,
duplicate_bag, named_table, public, protected, private, `#(keypos n)`, `#(heir pid data)`."
  (when (not (and (is (type name) Atom) (is-list options))) (raise (bad "new" name options)))
  (setv kind (Atom "set") place 1 protection PROTECTED named-table False heir None rest {})
  (for [option (elements options)]
    (match option
      #(key value) :if (and (= (str key) "keypos") (is (type value) int) (> value 0)) (setv place value)
      #(key pid data) :if (and (= (str key) "heir") (is (type pid) Pid)) (setv heir #(pid data))
      #(key value) :if (in (str key) TUNING) (setv (get rest key) value)
      _ (cond
          (is-not (type option) Atom) (raise (bad "new" name options))
          (in option KINDS) (setv kind option)
          (in option #(PUBLIC PROTECTED PRIVATE)) (setv protection option)
          (= option.name "named_table") (setv named-table True)
          (= option.name "compressed") (setv (get rest option) True)
          True (raise (bad "new" name options)))))
  (when (and named-table (in name named)) (raise (bad "new" name options)))
  (setv table ((get KINDS kind) (numbering.make-ref) name (- place 1) protection)
        table.is-named named-table
        table.heir heir
        table.options rest)
  (with [_ ATOMIC]
    (add-table table)
    (give table scheduler.current))
  table.id)

(defn delete/1 [id]
  "Remove a table."
  (remove-table (writable "delete" id))
  True)

(defn rename/2 [id name]
  "Give a table another name."
  (setv table (writable "rename" id name))
  (when (or (is-not (type name) Atom) (and table.is-named (in name named) (is-not table.name name)))
    (raise (bad "rename" id name)))
  (with [_ ATOMIC] (rename-table table name))
  table.id)

(defn give_away/3 [id pid data]
  "Make another process the owner of a table; it gets `#(ETS-TRANSFER table former-owner data)`."
  (setv table (owned "give_away" id pid data)
        process (when (is (type pid) Pid) pid.process))
  (when (or (is process None) (is process scheduler.current)) (raise (bad "give_away" id pid data)))
  (with [_ ATOMIC]
    (setv former (if (is table.owner None) pid table.owner.pid))
    (give table process)
    (send pid #(TRANSFER table.id former data)))
  True)

(defn setopts/2 [id options]
  "Change who inherits a table: `#(heir pid data)` or `#(heir none)`."
  (setv table (owned "setopts" id options))
  (for [option (if (is-list options) (elements options) [options])]
    (match option
      #(key value) :if (and (= (str key) "heir") (is value NONE)) (setv table.heir None)
      #(key pid data) :if (and (= (str key) "heir") (is (type pid) Pid)) (setv table.heir #(pid data))
      _ (raise (bad "setopts" id options))))
  True)

(defn whereis/1 [name]
  "Give the reference of a named table, or `undefined`."
  (setv table (find-table name))
  (if (is table None) UNDEFINED table.ref))

(defn all/0 []
  "Give all tables."
  (from-iterable (lfor table (.values by-ref) table.id)))

(defn safe_fixtable/2 [id flag]
  "Change nothing: a table may always be changed while one goes through it."
  (readable "safe_fixtable" id flag)
  True)

;; --- objects

(defn object? [table object]
  (and (is (type object) tuple) (> (len object) table.place)))

(defn given-objects [table objects function id]
  "Give the object or list of objects of a call as a Python list."
  (setv given (if (is-list objects) (list (elements objects)) [objects]))
  (when (not (all (gfor object given (object? table object)))) (raise (bad function id objects)))
  given)

(defn insert/2 [id objects]
  "Keep an object, or a list of them, in place of those with the same key; a bag keeps both."
  (setv table (writable "insert" id objects))
  (if (and (is (type objects) tuple) (> (len objects) table.place))
      (.insert table objects)
      (.insert-all table (given-objects table objects "insert" id)))
  True)

(defn insert_new/2 [id objects]
  "Keep an object, or a list of them, if none of their keys is there; say whether they were kept."
  (setv table (writable "insert_new" id objects)
        given (given-objects table objects "insert_new" id))
  (with [_ ATOMIC]
    (setv fresh? (not (any (gfor object given (.lookup table (.key-of table object))))))
    (when fresh? (.insert-all table given)))
  fresh?)

(defn lookup/2 [id key]
  "Give the objects with a key."
  (from-iterable (.lookup (readable "lookup" id key) key)))

(defn lookup_element/3 [id key position]
  "Give an element, counted from 1, of the object with a key; in a bag of all of them."
  (setv table (readable "lookup_element" id key position)
        found (.lookup table key))
  (when (or (not found) (is-not (type position) int) (< position 1) (> position (min (map len found))))
    (raise (bad "lookup_element" id key position)))
  (setv items (lfor object found (get object (- position 1))))
  (if table.is-bag (from-iterable items) (get items 0)))

(defn lookup_element/4 [id key position default]
  "Give an element of the object with a key, or a default when there is none."
  (if (.lookup (readable "lookup_element" id key position default) key)
      (lookup_element/3 id key position)
      default))

(defn member/2 [id key]
  "Say whether there is an object with a key."
  (bool (.lookup (readable "member" id key) key)))

(defn take/2 [id key]
  "Remove the objects with a key and give them."
  (setv table (writable "take" id key))
  (with [_ ATOMIC]
    (setv found (.lookup table key))
    (.delete table key))
  (from-iterable found))

(defn delete/2 [id key]
  "Remove the objects with a key."
  (.delete (writable "delete" id key) key)
  True)

(defn delete_object/2 [id object]
  "Remove an object, and no other one with its key."
  (setv table (writable "delete_object" id object))
  (when (not (object? table object)) (raise (bad "delete_object" id object)))
  (with [_ ATOMIC] (.delete-object table object))
  True)

(defn delete_all_objects/1 [id]
  "Remove all objects."
  (.clear (writable "delete_all_objects" id))
  True)

;; --- changing elements of an object

(defn changed [table object positions values]
  "Give an object with elements replaced, or None when a position is out of it or the key's."
  (when (all (gfor position positions
                   (and (is (type position) int) (<= 1 position (len object)) (!= (- position 1) table.place))))
    (setv items (list object))
    (for [[position value] (zip positions values)]
      (setv (get items (- position 1)) value))
    (tuple items)))

(defn pairs-of [change]
  "Give the `#(position value)` of a change, one or a list of them; None for anything else."
  (setv pairs (if (is-list change) (list (elements change)) [change]))
  (when (all (gfor pair pairs (and (is (type pair) tuple) (= (len pair) 2)))) pairs))

(defn update_element/3 [id key change]
  "Replace elements of the object with a key, as `#(position value)` or a list of such say; false without such a key."
  (setv table (writable "update_element" id key change)
        pairs (pairs-of change))
  (when (or (is pairs None) table.is-bag) (raise (bad "update_element" id key change)))
  (with [_ ATOMIC]
    (setv found (.lookup table key))
    (when (not found) (return False))
    (setv new (changed table (get found 0) (lfor pair pairs (get pair 0)) (lfor pair pairs (get pair 1))))
    (when (is new None) (raise (bad "update_element" id key change)))
    (.replace table (get found 0) new))
  True)

(defn counted [object step place]
  "Give the position and the new value that a step makes: an increment of the element after the key, or
`#(position increment)`, or `#(position increment threshold value)`; None when there is no such counter."
  (setv parts (if (is (type step) tuple) step #((+ place 2) step)))
  (when (not (and (in (len parts) #(2 4)) (all (gfor part parts (is (type part) int)))
                  (<= 1 (get parts 0) (len object)) (is (type (get object (- (get parts 0) 1))) int)))
    (return None))
  (setv [position increment #* limits] parts
        value (+ (get object (- position 1)) increment))
  (when limits
    (setv [threshold replacement] limits)
    (when (if (< increment 0) (< value threshold) (> value threshold)) (setv value replacement)))
  #(position value))

(defn update_counter/3 [id key steps]
  "Add to counters of the object with a key and give their new values: a step or a list of them."
  (count-up (writable "update_counter" id key steps) key steps None [id key steps]))

(defn update_counter/4 [id key steps default]
  "Add to counters of the object with a key, which is made of the default when there is none."
  (setv table (writable "update_counter" id key steps default))
  (when (not (object? table default)) (raise (bad "update_counter" id key steps default)))
  (setv begin (+ (cut default table.place) #(key) (cut default (+ table.place 1) None)))
  (count-up table key steps begin [id key steps default]))

(defn count-up [table key steps default call]
  (when table.is-bag (raise (bad "update_counter" #* call)))
  (with [_ ATOMIC]
    (setv found (.lookup table key)
          object (if found (get found 0) default)
          values [])
    (when (is object None) (raise (bad "update_counter" #* call)))
    (for [step (if (is-list steps) (elements steps) [steps])]
      (setv place-and-value (counted object step table.place)
            object (when place-and-value (changed table object #* (zip place-and-value))))
      (when (is object None) (raise (bad "update_counter" #* call)))
      (.append values (get place-and-value 1)))
    (if found (.replace table (get found 0) object) (.insert table object)))
  (if (is-list steps) (from-iterable values) (get values 0)))
