"Erlang's proplists: lists of `#(key value)` pairs and of atoms that stand for `#(atom true)`.

Entries of other kinds are skipped. The functions that rewrite whole lists are at the end."

(import xrepl.dialect.data [Atom elements from-iterable is-list map-key uncons]
        xrepl.dialect.raising [LfeError error function-clause]
        xrepl.lang.erlang [sets]
        xrepl.lang.erlang._terms [list-or-clause nil? same? sorted-pairs])

(setv __lfe_module__ "proplists"
      ATOMS #(Atom bool)
      NONE (Atom "none")
      UNDEFINED (Atom "undefined"))

(defn atom? [value]
  (in (type value) ATOMS))

(defn entries [function xs #* call]
  (list-or-clause "proplists" function xs call))

(defn key-of? [entry key]
  "Say whether an entry is of a key."
  (if (atom? entry)
      (is entry key)
      (and (is (type entry) tuple) entry (same? (get entry 0) key))))

(defn first-of [function key xs #* call]
  "Give a key's first entry, or None; a tail that is no list is an error that names the tail."
  (setv rest xs)
  (while True
    (setv cell (uncons rest))
    (when (is cell None)
      (when (not (nil? rest)) (raise (function-clause "proplists" function key rest #* call)))
      (return None))
    (when (key-of? cell.head key) (return cell.head))
    (setv rest cell.tail)))

(defn property/1 [entry]
  "Give an entry in its shortest form."
  (if (and (is (type entry) tuple) (= (len entry) 2) (is (get entry 1) True) (atom? (get entry 0)))
      (get entry 0)
      entry))

(defn property/2 [key value]
  "Give the shortest entry for a key and a value."
  (property/1 #(key value)))

(defn unfolded [entry]
  (if (atom? entry) #(entry True) entry))

(defn unfold/1 [xs]
  "Give the list with `#(atom true)` for every atom."
  (from-iterable (list (map unfolded (entries "unfold" xs xs)))))

(defn generated [xs]
  (when (not (is-list xs)) (raise (error #((Atom "bad_generator") xs))))
  (entries "compact" xs xs))

(defn compact/1 [xs]
  "Give the list with every entry in its shortest form."
  (from-iterable (list (map property/1 (generated xs)))))

;; --- asking

(defn lookup/2 [key xs]
  "Give a key's first entry as a tuple, or `none`."
  (setv entry (first-of "lookup" key xs))
  (if (is entry None) NONE (unfolded entry)))

(defn lookup_all/2 [key xs]
  "Give all entries of a key as tuples."
  (from-iterable (lfor entry (entries "lookup_all" xs key xs) :if (key-of? entry key) (unfolded entry))))

(defn is_defined/2 [key xs]
  "Say whether a key has an entry."
  (is-not (first-of "is_defined" key xs) None))

(defn get_value/2 [key xs]
  "Give a key's value, or `undefined`."
  (get_value/3 key xs UNDEFINED))

(defn get_value/3 [key xs default]
  "Give a key's value, or a default."
  (setv entry (first-of "get_value" key xs default))
  (cond
    (is entry None) default
    (atom? entry) True
    (= (len entry) 2) (get entry 1)
    True default))

(defn get_bool/2 [key xs]
  "Say whether a key's value is true."
  (setv entry (first-of "get_bool" key xs))
  (or (and (atom? entry) True)
      (and (is-not entry None) (= (len entry) 2) (is (get entry 1) True))))

(defn get_all_values/2 [key xs]
  "Give the values of all entries of a key."
  (from-iterable (lfor entry (entries "get_all_values" xs key xs)
                       :if (and (key-of? entry key) (= (len (unfolded entry)) 2))
                       (get (unfolded entry) 1))))

(defn append_values/2 [key xs]
  "Give the values of all entries of a key, lists joined."
  (setv joined [])
  (for [value (elements (get_all_values/2 key xs))]
    (if (is-list value)
        (.extend joined (elements value))
        (.append joined value)))
  (from-iterable joined))

(defn get_keys/1 [xs]
  "Give the keys, each once, in the order of a set."
  (sets.to_list/1
    (sets.from_list/1
      (from-iterable (lfor entry (entries "get_keys" xs xs)
                           :if (or (atom? entry) (and (is (type entry) tuple) entry))
                           (get (unfolded entry) 0))))))

;; --- changing

(defn delete/2 [key xs]
  "Leave out all entries of a key."
  (from-iterable (lfor entry (entries "delete" xs key xs) :if (not (key-of? entry key)) entry)))

(defn split/2 [xs keys]
  "Give the lists of entries of each of the keys, and the other entries."
  (setv found (dfor key (elements keys) (map-key key) []) others [])
  (for [entry (entries "split" xs xs keys)]
    (setv key (if (and (is (type entry) tuple) entry) (get entry 0) entry))
    (.append (.get found (map-key key) others) entry))
  #((from-iterable (list (map from-iterable (.values found)))) (from-iterable others)))

(defn replaced [xs change]
  "Give the list with other entries for some: `change` gives a list of them, or None."
  (setv made [])
  (for [entry xs]
    (setv others (change entry))
    (if (is others None)
        (.append made entry)
        (.extend made others)))
  made)

(defn aliased [pairs xs]
  (setv names (dfor [old new] pairs (map-key old) new))
  (replaced xs (fn [entry]
                 (setv whole (unfolded entry))
                 (when (and (is (type whole) tuple) whole (in (map-key (get whole 0)) names))
                   [(property/1 #((get names (map-key (get whole 0))) #* (cut whole 1 None)))]))))

(defn negated [pairs xs]
  (setv names (dfor [old new] pairs (map-key old) new))
  (replaced xs (fn [entry]
                 (setv whole (unfolded entry))
                 (when (and (is (type whole) tuple) whole (in (map-key (get whole 0)) names))
                   (setv new (get names (map-key (get whole 0))))
                   [(cond
                      (is (get whole 1) True) #(new False)
                      (is (get whole 1) False) (property/1 #(new True))
                      True (property/1 #(new #* (cut whole 1 None))))]))))

(defn expanded [pairs xs]
  (setv known (dfor [old new] pairs (map-key (property/1 old)) (list (elements new))))
  (replaced xs (fn [entry]
                 (setv plain (property/1 entry))
                 (.get known (map-key plain)))))

(defn substitute_aliases/2 [aliases xs]
  "Rename keys: pairs of an old and a new key."
  (from-iterable (aliased (elements aliases) (entries "substitute_aliases" xs aliases xs))))

(defn substitute_negations/2 [negations xs]
  "Rename keys and negate their values: pairs of an old and a new key."
  (from-iterable (negated (elements negations) (entries "substitute_negations" xs negations xs))))

(defn expand/2 [expansions xs]
  "Replace entries by lists of entries: pairs of an entry and a list."
  (from-iterable (expanded (elements expansions) (entries "expand" xs expansions xs))))

(setv STAGES {"aliases" aliased  "negations" negated  "expand" expanded})

(defn normalize/2 [xs stages]
  "Do a sequence of `#(aliases as)`, `#(negations ns)` and `#(expand es)`, then compact."
  (setv made (entries "normalize" xs xs stages))
  (for [stage (elements stages)]
    (setv made ((get STAGES (. (get stage 0) name)) (elements (get stage 1)) made)))
  (from-iterable (list (map property/1 made))))

(defn from_map/1 [m]
  "Give the pairs of a map as entries."
  (when (not (isinstance m dict)) (raise (LfeError "error" #((Atom "badmap") m) #("maps" "to_list" #(m)))))
  (from-iterable (sorted-pairs m)))

(defn to_map/1 [xs]
  "Give a map of the first value of every key."
  (setv made {})
  (for [entry (entries "to_map" xs xs)]
    (cond
      (atom? entry) (.setdefault made (map-key entry) True)
      (and (is (type entry) tuple) (= (len entry) 2)) (.setdefault made (map-key (get entry 0)) (get entry 1))))
  made)

(defn to_map/2 [xs stages]
  "Normalise a list and give the map of it."
  (to_map/1 (normalize/2 xs stages)))
