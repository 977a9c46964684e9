"Erlang's dict: keys with values, in a table that the shell shows raw.

Keys are compared with =:=. The table is in `_segments.hy`; maps do the same and print better."

(import xrepl.dialect.data [Atom Cons elements from-iterable is-list]
        xrepl.dialect.raising [badarg error function-clause]
        xrepl.lang.erlang._segments [bucket changed entries grown new-table replaced shrunk slot-of table?]
        xrepl.lang.erlang._terms [need-function same?])

(setv __lfe_module__ "dict"
      DICT (Atom "dict"))

(defn entries-for [d f #* more]
  "Give a dict's entries for a function, which must take what they hold."
  (setv items (list (entries d)))
  (when items (need-function f (. (get items 0) head) (. (get items 0) tail) #* more))
  items)

(defn key-of [entry]
  entry.head)

(defn table [value function #* call]
  (when (not (table? value DICT)) (raise (error #((Atom "badrecord") value))))
  value)

(defn entry-of [d key]
  "Give a key's entry `(key . value)`, or None."
  (for [entry (elements (bucket (get d 8) (slot-of d key)))]
    (when (same? entry.head key) (return entry)))
  None)

(defn stored [d key change start]
  "Give a dict in which a key has what `change` makes of its value, or a first value."
  (setv slot (slot-of d key) found False made [])
  (for [entry (elements (bucket (get d 8) slot))]
    (if (and (not found) (same? entry.head key))
        (do
          (setv found True)
          (.append made (Cons key (change entry.tail))))
        (.append made entry)))
  (when (not found) (.append made (Cons key start)))
  (setv new (replaced d slot (from-iterable made)))
  (if found new (grown new key-of)))

(defn new/0 []
  "Give the empty dict."
  (new-table DICT))

(defn store/3 [key value d]
  "Give a dict in which a key has a value."
  (stored (table d "store" key value d) key (fn [_] value) value))

(defn from_list/1 [pairs]
  "Make a dict of pairs; a later one wins."
  (when (not (is-list pairs)) (raise (function-clause "dict" "from_list" pairs)))
  (setv made (new/0))
  (for [[key value] (elements pairs)]
    (setv made (store/3 key value made)))
  made)

(defn to_list/1 [d]
  "Give the pairs, in the order of the table."
  (from-iterable (list (reversed (lfor entry (entries (table d "to_list" d)) #(entry.head entry.tail))))))

(defn fetch/2 [key d]
  "Give a key's value; a bad argument when it has none."
  (setv entry (entry-of (table d "fetch" key d) key))
  (when (is entry None) (raise (badarg "dict" "fetch" key d)))
  entry.tail)

(defn find/2 [key d]
  "Give `#(ok value)`, or `error` when there is no such key."
  (setv entry (entry-of (table d "find" key d) key))
  (if (is entry None) (Atom "error") #((Atom "ok") entry.tail)))

(defn is_key/2 [key d]
  "Say whether a dict has a key."
  (is-not (entry-of (table d "is_key" key d) key) None))

(defn fetch_keys/1 [d]
  "Give the keys, in the order of the table."
  (from-iterable (list (reversed (list (map key-of (entries (table d "fetch_keys" d))))))))

(defn size/1 [d]
  "Count the keys."
  (get (table d "size" d) 1))

(defn is_empty/1 [d]
  "Say whether a dict is empty."
  (= (get (table d "is_empty" d) 1) 0))

(defn without [d key]
  (setv slot (slot-of d key)
        held (list (elements (bucket (get d 8) slot)))
        kept (lfor entry held :if (not (same? entry.head key)) entry))
  (if (= (len kept) (len held))
      d
      (shrunk (replaced d slot (from-iterable kept)) 1)))

(defn erase/2 [key d]
  "Give a dict without a key."
  (without (table d "erase" key d) key))

(defn take/2 [key d]
  "Give `#(value rest)`, or `error` when there is no such key."
  (setv entry (entry-of (table d "take" key d) key))
  (if (is entry None) (Atom "error") #(entry.tail (without d key))))

(defn append/3 [key value d]
  "Give a dict with a value appended to a key's list."
  (stored (table d "append" key value d) key
          (fn [old] (from-iterable [#* (elements old) value]))
          (from-iterable [value])))

(defn append_list/3 [key values d]
  "Give a dict with values appended to a key's list."
  (stored (table d "append_list" key values d) key
          (fn [old] (from-iterable [#* (elements old) #* (elements values)]))
          values))

(defn update/3 [key f d]
  "Give a dict in which a key has what a function makes of its value; it must have one."
  (setv entry (entry-of (table d "update" key f d) key))
  (when (is entry None) (raise (badarg "dict" "update" key f d)))
  (stored d key f None))

(defn update/4 [key f start d]
  "Give a dict in which a key has what a function makes of its value, or a first value."
  (stored (table d "update" key f start d) key f start))

(defn update_counter/3 [key amount d]
  "Give a dict in which a key's number is larger."
  (stored (table d "update_counter" key amount d) key (fn [old] (+ old amount)) amount))

(defn fold/3 [f start d]
  "Fold over keys and values: the function takes both and what there is so far."
  (setv sofar start)
  (for [entry (entries-for (table d "fold" f start d) f start)]
    (setv sofar (f entry.head entry.tail sofar)))
  sofar)

(defn map/2 [f d]
  "Apply a function to every key and value; it gives the new value."
  (entries-for (table d "map" f d) f)
  (changed d (fn [held] (lfor entry held (Cons entry.head (f entry.head entry.tail))))))

(defn filter/2 [pred d]
  "Keep the keys and values for which a predicate holds."
  (entries-for (table d "filter" pred d) pred)
  (changed d
           (fn [held] (lfor entry held :if (is (pred entry.head entry.tail) True) entry))))

(defn merge/3 [f a b]
  "Give a dict of both dicts' keys; a function of key and values decides where both have one."
  (setv made (table b "merge" f a b))
  (for [entry (entries (table a "merge" f a b))]
    (setv made (stored made entry.head (fn [other [entry entry]] (f entry.head entry.tail other)) entry.tail)))
  made)
