"Erlang's gb_trees: keys and values in a balanced tree, `#(size tree)`.

Keys are in the order of terms and compared with ==. How trees are balanced is in `_balanced.hy`."

(import xrepl.dialect.data [Atom NIL elements from-iterable uncons]
        xrepl.dialect.raising [error function-clause]
        xrepl.lang.erlang._balanced [NOTHING balanced contents end-of find-node insert-into iterator iterator-from put-in
                                     step take-end without]
        xrepl.lang.erlang._terms [fun? nil?])

(setv __lfe_module__ "gb_trees"
      NONE (Atom "none")
      ERROR (Atom "error"))

(defn parts [tree function #* call]
  "Give a tree's size and its root."
  (when (not (and (is (type tree) tuple) (= (len tree) 2) (is (type (get tree 0)) int)
                  (or (is (get tree 1) NOTHING) (and (is (type (get tree 1)) tuple) (= (len (get tree 1)) 4)))))
    (raise (clause function #* call)))
  tree)

(defn clause [function #* call]
  (function-clause "gb_trees" function #* call))

;; --- making

(defn empty/0 []
  "Give the empty tree."
  #(0 NOTHING))

(defn from_orddict/1 [pairs]
  "Make a tree of pairs that are in order."
  (setv items (list (elements pairs)))
  #((len items) (balanced items)))

(defn from_list/1 [pairs]
  "Make a tree of pairs; a later one wins."
  (setv tree (empty/0))
  (for [[key value] (elements pairs)] (setv tree (enter/3 key value tree)))
  tree)

;; --- asking

(defn is_empty/1 [tree]
  "Say whether a tree is empty."
  (= tree #(0 NOTHING)))

(defn size/1 [tree]
  "Count the keys."
  (get (parts tree "size" tree) 0))

(defn lookup/2 [key tree]
  "Give `#(value v)` of a key, or `none`."
  (setv node (find-node key (get (parts tree "lookup" key tree) 1)))
  (if (is node None) NONE #((Atom "value") (get node 1))))

(defn is_defined/2 [key tree]
  "Say whether a tree has a key."
  (is-not (find-node key (get (parts tree "is_defined" key tree) 1)) None))

(defn get/2 [key tree]
  "Give a key's value; `function_clause` when there is no such key."
  (setv node (find-node key (get (parts tree "get" key tree) 1)))
  (when (is node None) (raise (clause "get_1" key NOTHING)))
  (get node 1))

(defn end [tree side function]
  (parts tree function tree)
  (when (is_empty/1 tree) (raise (clause function NOTHING)))
  (tuple (cut (end-of (get tree 1) side) 2)))

(defn smallest/1 [tree]
  "Give the smallest key with its value."
  (end tree -2 "smallest_1"))

(defn largest/1 [tree]
  "Give the largest key with its value."
  (end tree -1 "largest_1"))

(defn smaller/2 [key tree]
  "Give the largest key below one, with its value, or `none`."
  (neighbour key tree -1))

(defn larger/2 [key tree]
  "Give the smallest key above one, with its value, or `none`."
  (neighbour key tree -2))

(defn neighbour [key tree side]
  (import xrepl.dialect.arithmetic [less])
  (setv node (get tree 1) best NONE)
  (while (is-not node NOTHING)
    (setv fits (if (= side -1) (less (get node 0) key) (less key (get node 0))))
    (when fits (setv best (cut node 2)))
    (setv node (get node (if (= fits (= side -1)) -1 -2))))
  best)

;; --- changing

(defn insert/3 [key value tree]
  "Add a key; `key_exists` when it is there."
  (setv [size root] (parts tree "insert" key value tree))
  (when (find-node key root) (raise (error #((Atom "key_exists") key))))
  #((+ size 1) (insert-into root #(key value) (+ size 1))))

(defn update/3 [key value tree]
  "Give a key another value; `function_clause` when there is no such key."
  (setv [size root] (parts tree "update" key value tree))
  (when (not (find-node key root)) (raise (clause "update_1" key value NOTHING)))
  #(size (put-in root #(key value))))

(defn enter/3 [key value tree]
  "Give a key a value, whether it is there or not."
  (if (is_defined/2 key tree) (update/3 key value tree) (insert/3 key value tree)))

(defn delete/2 [key tree]
  "Remove a key; `function_clause` when there is no such key."
  (setv [size root] (parts tree "delete" key tree))
  (when (not (find-node key root)) (raise (clause "delete_1" key NOTHING)))
  #((- size 1) (without root key)))

(defn delete_any/2 [key tree]
  "Remove a key if it is there."
  (if (is_defined/2 key tree) (delete/2 key tree) tree))

(defn take/2 [key tree]
  "Give a key's value and the tree without it; `function_clause` when there is no such key."
  (setv node (find-node key (get (parts tree "take" key tree) 1)))
  (when (is node None) (raise (clause "take_1" key NOTHING)))
  #((get node 1) (delete/2 key tree)))

(defn take_any/2 [key tree]
  "Give a key's value and the tree without it, or `error`."
  (if (is_defined/2 key tree) (take/2 key tree) ERROR))

(defn taken [tree side function]
  (parts tree function tree)
  (when (is_empty/1 tree) (raise (clause function NOTHING)))
  (setv [content rest] (take-end (get tree 1) side))
  #(#* content #((- (get tree 0) 1) rest)))

(defn take_smallest/1 [tree]
  "Give the smallest key, its value, and the tree without it."
  (taken tree -2 "take_smallest1"))

(defn take_largest/1 [tree]
  "Give the largest key, its value, and the tree without it."
  (taken tree -1 "take_largest1"))

(defn balance/1 [tree]
  "Rebalance a tree, after many keys were removed."
  (setv [size root] (parts tree "balance" tree))
  #(size (balanced (contents root))))

;; --- all of it

(defn to_list/1 [tree]
  "Give the pairs, in the order of keys."
  (from-iterable (contents (get (parts tree "to_list" tree) 1))))

(defn keys/1 [tree]
  "Give the keys, in order."
  (from-iterable (lfor [key _] (contents (get (parts tree "keys" tree) 1)) key)))

(defn values/1 [tree]
  "Give the values, in the order of their keys."
  (from-iterable (lfor [_ value] (contents (get (parts tree "values" tree) 1)) value)))

(defn map/2 [f tree]
  "Apply a function to every key and value; it gives the new value."
  (when (not (fun? f 2)) (raise (clause "map" f tree)))
  (setv [size root] (parts tree "map" f tree))
  #(size (mapped f root)))

(defn mapped [f node]
  (when (is node NOTHING) (return node))
  (setv [key value smaller bigger] node)
  #(key (f key value) (mapped f smaller) (mapped f bigger)))

(defn iterator/1 [tree]
  "Give an iterator, for `next`."
  (iterator (get (parts tree "iterator" tree) 1)))

(defn iterator_from/2 [key tree]
  "Give an iterator from a key on, for `next`."
  (iterator-from (get (parts tree "iterator_from" key tree) 1) key))

(defn next/1 [iterator]
  "Give `#(key value iterator)`, or `none` at the end."
  (setv cell (uncons iterator))
  (when (is cell None) (return (if (nil? iterator) NONE (raise (clause "next" iterator)))))
  (setv [content rest] (step cell))
  #(#* content rest))
