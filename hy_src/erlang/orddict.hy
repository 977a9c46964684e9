"Erlang's orddict: keys with values as a list of pairs, sorted by key.

Keys are compared with ==. Every function takes its list as sorted and does not check it."

(import xrepl.dialect.arithmetic [add less]
        xrepl.dialect.data [Atom NIL elements from-iterable]
        xrepl.dialect.raising [function-clause]
        xrepl.lang.erlang._terms [alike? fun? list-or-clause need-function])

(setv __lfe_module__ "orddict")

(defn clause [function #* call]
  (function-clause "orddict" function #* call))

(defn listed [function value #* call]
  "Give the pairs; `function_clause` of the call for what is no list of pairs."
  (setv pairs (list-or-clause "orddict" function value call))
  (for [pair pairs]
    (when (not (and (is (type pair) tuple) (= (len pair) 2))) (raise (clause function #* call))))
  pairs)

(defn pairs-for [function d f call #* more]
  "Give the pairs for a function, which must take what they hold."
  (setv pairs (listed function d #* call))
  (cond
    pairs (need-function f #* (get pairs 0) #* more)
    (not (fun? f (+ 2 (len more)))) (raise (clause function #* call)))
  pairs)

(defn place [pairs key]
  "Give the index of the first pair whose key is not less, and whether it is the key's."
  (for [[i pair] (enumerate pairs)]
    (when (not (less (get pair 0) key))
      (return #(i (alike? (get pair 0) key)))))
  #((len pairs) False))

(defn stored [pairs key change start]
  (setv [at found] (place pairs key))
  (if found
      (setv (get pairs at) #(key (change (get pairs at 1))))
      (.insert pairs at #(key start)))
  (from-iterable pairs))

(defn found-value [function pairs key #* before]
  "Give a key's value; `function_clause` that names what is left of the list when it has none."
  (setv [at found] (place pairs key))
  (when (not found)
    (raise (clause function key #* before (from-iterable (cut pairs at None)))))
  (get pairs at 1))

(defn new/0 []
  "Give the empty dictionary."
  NIL)

(defn from_list/1 [pairs]
  "Make a dictionary of pairs; a later one wins."
  (setv made NIL)
  (for [[key value] (listed "reverse_pairs" pairs pairs NIL)]
    (setv made (store/3 key value made)))
  made)

(defn to_list/1 [d]
  "Give the pairs."
  d)

(defn size/1 [d]
  "Count the keys."
  (len (listed "size" d d)))

(defn is_empty/1 [d]
  "Say whether a dictionary is empty."
  (not (listed "is_empty" d d)))

(defn is_key/2 [key d]
  "Say whether a dictionary has a key."
  (get (place (listed "is_key" d key d) key) 1))

(defn fetch/2 [key d]
  "Give a key's value; it must have one."
  (found-value "fetch" (listed "fetch" d key d) key))

(defn find/2 [key d]
  "Give `#(ok value)`, or `error` when there is no such key."
  (setv pairs (listed "find" d key d)
        [at found] (place pairs key))
  (if found #((Atom "ok") (get pairs at 1)) (Atom "error")))

(defn fetch_keys/1 [d]
  "Give the keys."
  (from-iterable (lfor [key _] (listed "fetch_keys" d d) key)))

(defn store/3 [key value d]
  "Give a dictionary in which a key has a value."
  (stored (listed "store" d key value d) key (fn [_] value) value))

(defn erase/2 [key d]
  "Give a dictionary without a key."
  (from-iterable (lfor pair (listed "erase" d key d) :if (not (alike? (get pair 0) key)) pair)))

(defn take/2 [key d]
  "Give `#(value rest)`, or `error` when there is no such key."
  (setv pairs (listed "take" d key d)
        [at found] (place pairs key))
  (if found #((get (.pop pairs at) 1) (from-iterable pairs)) (Atom "error")))

(defn append/3 [key value d]
  "Give a dictionary with a value appended to a key's list."
  (stored (listed "append" d key value d) key
          (fn [old] (from-iterable [#* (elements old) value])) (from-iterable [value])))

(defn append_list/3 [key values d]
  "Give a dictionary with values appended to a key's list."
  (stored (listed "append_list" d key values d) key
          (fn [old] (from-iterable [#* (elements old) #* (elements values)])) values))

(defn update/3 [key f d]
  "Give a dictionary in which a key has what a function makes of its value; it must have one."
  (setv pairs (listed "update" d key f d))
  (found-value "update" pairs key f)
  (stored pairs key f None))

(defn update/4 [key f start d]
  "Give a dictionary in which a key has what a function makes of its value, or a first value."
  (stored (listed "update" d key f start d) key f start))

(defn update_counter/3 [key amount d]
  "Give a dictionary in which a key's number is larger."
  (stored (listed "update_counter" d key amount d) key (fn [old] (add old amount)) amount))

(defn fold/3 [f start d]
  "Fold over keys and values in order: the function takes both and what there is so far."
  (setv sofar start)
  (for [[key value] (pairs-for "fold" d f [f start d] start)]
    (setv sofar (f key value sofar)))
  sofar)

(defn map/2 [f d]
  "Apply a function to every key and value; it gives the new value."
  (from-iterable (lfor [key value] (pairs-for "map" d f [f d]) #(key (f key value)))))

(defn filter/2 [pred d]
  "Keep the keys and values for which a predicate holds."
  (from-iterable (lfor [key value] (pairs-for "filter" d pred [pred d]) :if (is (pred key value) True) #(key value))))

(defn merge/3 [f a b]
  "Give a dictionary of both dictionaries' keys; a function of key and values decides where both have one."
  (setv made [] left (listed "merge" a f a b) right (listed "merge" b f a b) i 0 j 0)
  (while (and (< i (len left)) (< j (len right)))
    (setv [k v] (get left i) [l w] (get right j))
    (cond
      (less k l) (do (.append made #(k v)) (+= i 1))
      (less l k) (do (.append made #(l w)) (+= j 1))
      True (do (.append made #(k (f k v w))) (+= i 1) (+= j 1))))
  (from-iterable (+ made (cut left i None) (cut right j None))))
