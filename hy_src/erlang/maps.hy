"Erlang's maps: making, asking, changing and going through maps.

A map is a Python dict that is never changed once made; keys are compared with =:= (see `map_key`). Functions go through a
map in the order of its keys, iterators over more than 32 keys in the order in which these were put."

(import itertools
        xrepl.dialect.data [Atom Cons NIL elements is-list key-value map-items
                            map-key]
        xrepl.dialect.raising [badarg error]
        xrepl.dialect.runs [run-of]
        xrepl.lang.erlang._terms [fun? map-or-bad sorted-pairs])

(setv __lfe_module__ "maps"
      ERROR (Atom "error")
      NONE (Atom "none")
      CHUNK 32)

(defn mapped [value function #* call]
  (map-or-bad value "maps" function #* call))

(defn badkey [key function #* call]
  (setv problem (error #((Atom "badkey") key)))
  (setv problem.called #("maps" function call))
  problem)

(defn pairs-of [source function #* call]
  "Give the pairs of a map or an iterator."
  (cond
    (isinstance source dict) (sorted-pairs source)
    (iterator? source) (iterated source)
    True (mapped source function #* call)))

(defn with-function [f arity source function #* call]
  "Give the pairs for a function to be called with: first its arity is checked, then the map."
  (when (not (fun? f arity)) (raise (badarg "maps" function #* call)))
  (pairs-of source function #* call))

(defn listed [value function #* call]
  (when (not (is-list value)) (raise (badarg "maps" function #* call)))
  (try
    (list (elements value))
    (except [TypeError]
      (raise (badarg "maps" function #* call)))))

(defn keyed [pairs]
  (dfor [key value] pairs (map-key key) value))

;; --- making

(defn new/0 []
  "Give the empty map."
  {})

(defn from_list/1 [pairs]
  "Make a map of pairs; a later one wins."
  (setv made {})
  (for [pair (listed pairs "from_list" pairs)]
    (when (not (and (is (type pair) tuple) (= (len pair) 2)))
      (raise (badarg "maps" "from_list" pairs)))
    (setv (get made (map-key (get pair 0))) (get pair 1)))
  made)

(defn from_keys/2 [keys value]
  "Make a map of keys that all have one value."
  (dfor key (listed keys "from_keys" keys value) (map-key key) value))

(defn groups_from_list/2 [f xs]
  "Group elements by what a function gives for them."
  (grouped f (fn [x] x) (groupable f xs [f xs]) [f xs]))

(defn groups_from_list/3 [f value-of xs]
  "Group what a function makes of elements by what another gives for them."
  (when (not (fun? value-of 1)) (raise (badarg "maps" "groups_from_list" f value-of xs)))
  (grouped f value-of (groupable f xs [f value-of xs]) [f value-of xs]))

(defn groupable [f xs call]
  (when (not (fun? f 1)) (raise (badarg "maps" "groups_from_list" #* call)))
  (listed xs "groups_from_list" #* call))

(defn grouped [f value-of items call]
  (setv groups {})
  (for [item items]
    (.append (.setdefault groups (map-key (f item)) []) (value-of item)))
  (dfor [key group] (.items groups) key (run-of group)))

;; --- asking

(defn get/2 [key m]
  "Give a key's value; `badkey` when it has none."
  (mapped m "get" key m)
  (try
    (get m (map-key key))
    (except [KeyError]
      (raise (badkey key "get" key m)))))

(defn get/3 [key m default]
  "Give a key's value, or a default."
  (.get (mapped m "get" key m default) (map-key key) default))

(defn find/2 [key m]
  "Give `#(ok value)`, or `error` when there is no such key."
  (setv found (mapped m "find" key m) k (map-key key))
  (if (in k found) #((Atom "ok") (get found k)) ERROR))

(defn is_key/2 [key m]
  "Say whether a map has a key."
  (in (map-key key) (mapped m "is_key" key m)))

(defn keys/1 [m]
  "Give the keys."
  (run-of (lfor [key _] (sorted-pairs (mapped m "keys" m)) key)))

(defn values/1 [m]
  "Give the values, in the order of their keys."
  (run-of (lfor [_ value] (sorted-pairs (mapped m "values" m)) value)))

(defn to_list/1 [m]
  "Give the pairs, in the order of keys."
  (run-of (sorted-pairs (mapped m "to_list" m))))

(defn size/1 [m]
  "Count the keys."
  (len (mapped m "size" m)))

;; --- changing

(defn put/3 [key value m]
  "Give a map in which a key has a value."
  {#** (mapped m "put" key value m) (map-key key) value})

(defn update/3 [key value m]
  "Give a map in which a key has another value; `badkey` when it had none."
  (when (not-in (map-key key) (mapped m "update" key value m))
    (raise (badkey key "update" key value m)))
  {#** m (map-key key) value})

(defn update_with/3 [key f m]
  "Give a map in which a key has what a function makes of its value."
  (changeable f m [key f m])
  (when (not-in (map-key key) m)
    (raise (badkey key "update_with" key f m)))
  {#** m (map-key key) (f (get m (map-key key)))})

(defn update_with/4 [key f start m]
  "Give a map in which a key has what a function makes of its value, or a first value."
  (changeable f m [key f start m])
  (setv k (map-key key))
  {#** m k (if (in k m) (f (get m k)) start)})

(defn changeable [f m call]
  (mapped m "update_with" #* call)
  (when (not (fun? f 1)) (raise (badarg "maps" "update_with" #* call))))

(defn remove/2 [key m]
  "Give a map without a key."
  (setv made (dict (mapped m "remove" key m)))
  (.pop made (map-key key) None)
  made)

(defn take/2 [key m]
  "Give `#(value rest)`, or `error` when there is no such key."
  (setv made (dict (mapped m "take" key m)) k (map-key key))
  (if (in k made) #((.pop made k) made) ERROR))

(defn with/2 [keys m]
  "Give a map of those keys only that are listed."
  (mapped m "with" keys m)
  (dfor key (map map-key (listed keys "with" keys m)) :if (in key m) key (get m key)))

(defn without/2 [keys m]
  "Give a map without the keys that are listed."
  (mapped m "without" keys m)
  (setv unwanted (set (map map-key (listed keys "without" keys m))))
  (dfor [key value] (.items m) :if (not-in key unwanted) key value))

(defn merge/2 [a b]
  "Give a map of both maps' keys; the second one's values win."
  {#** (mapped a "merge" a b) #** (mapped b "merge" a b)})

(defn merge_with/3 [f a b]
  "Give a map of both maps' keys; a function of key and values decides where both have one."
  (combinable "merge_with" f a b)
  (setv made (dict a))
  (for [[key value] (.items b)]
    (setv (get made key) (if (in key a) (f (key-value key) (get a key) value) value)))
  made)

(defn combinable [function f a b]
  (when (not (fun? f 3)) (raise (badarg "maps" function f a b)))
  (mapped a function f a b)
  (mapped b function f a b))

(defn intersect/2 [a b]
  "Give a map of the keys that both maps have, with the second one's values."
  (mapped a "intersect" a b)
  (dfor [key value] (.items (mapped b "intersect" a b)) :if (in key a) key value))

(defn intersect_with/3 [f a b]
  "Give a map of the keys that both maps have; a function of key and values decides."
  (combinable "intersect_with" f a b)
  (dfor [key value] (.items a) :if (in key b) key (f (key-value key) value (get b key))))

;; --- with a function

(defn map/2 [f m]
  "Apply a function to every key and value; it gives the new value."
  (dfor [key value] (with-function f 2 m "map" f m) (map-key key) (f key value)))

(defn filter/2 [pred m]
  "Keep the keys and values for which a predicate holds."
  (keyed (lfor [key value] (with-function pred 2 m "filter" pred m) :if (truth (pred key value)) #(key value))))

(defn truth [answer]
  (when (not (or (is answer True) (is answer False)))
    (raise (error #((Atom "case_clause") answer))))
  answer)

(defn filtermap/2 [f m]
  "Keep keys for which a function gives true, or a value of its own as `#(true value)`."
  (setv made {})
  (for [[key value] (with-function f 2 m "filtermap" f m)]
    (setv answer (f key value))
    (cond
      (is answer True) (setv (get made (map-key key)) value)
      (and (is (type answer) tuple) (= (len answer) 2) (is (get answer 0) True))
        (setv (get made (map-key key)) (get answer 1))
      True (truth answer)))
  made)

(defn fold/3 [f start m]
  "Fold over keys and values: the function takes both and what there is so far."
  (setv sofar start)
  (for [[key value] (with-function f 3 m "fold" f start m)]
    (setv sofar (f key value sofar)))
  sofar)

(defn foreach/2 [f m]
  "Call a function with every key and value, for its effect."
  (for [[key value] (with-function f 2 m "foreach" f m)]
    (f key value))
  (Atom "ok"))

;; --- iterators: `(n . map)`, the keys from a number on, or `#(key value iterator)`

(defn iterator? [value]
  (or (is value NONE)
      (and (is (type value) tuple) (= (len value) 3))
      (and (is (type value) Cons) (is (type value.head) int) (isinstance value.tail dict))))

(defn iterator/1 [m]
  "Give an iterator, for `next`."
  (Cons 0 (mapped m "iterator" m)))

(defn next/1 [iterator]
  "Give `#(key value iterator)`, or `none` at the end."
  (when (not (iterator? iterator)) (raise (badarg "maps" "next" iterator)))
  (if (is (type iterator) Cons)
      (chunk iterator.tail iterator.head)
      iterator))

(defn chunk [m start]
  "Unroll some pairs: an iterator with them is about as large as Erlang's."
  (setv pairs (if (<= (len m) CHUNK)
                  (cut (sorted-pairs m) start None)
                  (list (itertools.islice (map-items m) start (+ start CHUNK))))
        end (+ start (len pairs))
        rest (if (< end (len m)) (Cons end m) NONE))
  (for [[key value] (reversed pairs)]
    (setv rest #(key value rest)))
  rest)

(defn iterated [iterator]
  (setv pairs [] rest (next/1 iterator))
  (while (is-not rest NONE)
    (.append pairs #((get rest 0) (get rest 1)))
    (setv rest (next/1 (get rest 2))))
  pairs)
