"Erlang's gb_sets: elements in a balanced tree, `#(size tree)`.

Elements are in the order of terms and compared with ==. How trees are balanced is in `_balanced.hy`."

(import functools
        math
        xrepl.dialect.arithmetic [less]
        xrepl.dialect.data [Atom NIL elements from-iterable is-list uncons]
        xrepl.dialect.raising [badarg error function-clause]
        xrepl.lang.erlang._balanced [NOTHING balanced balanced-right contents end-of find-node insert-into iterator
                                     iterator-from step take-end without]
        xrepl.lang.erlang._terms [fun? in-order list-or-clause nil? tail-of without-repeats])

(setv __lfe_module__ "gb_sets"
      NONE (Atom "none")
      FEW 10
      FACTOR 1.46)  ; from this many elements of one set on, inserting one by one is slower than merging

(defn clause [function #* call]
  (function-clause "gb_sets" function #* call))

(defn parts [s function #* call]
  "Give a set's size and its root."
  (when (not (is_set/1 s)) (raise (clause function #* call)))
  s)

(defn members [s function #* call]
  "Give a set's elements in order, as a Python list."
  (lfor [x] (contents (get (parts s function #* call) 1)) x))

(defn of-sorted [items]
  #((len items) (balanced (lfor x items #(x)))))

(defn of-merged [items]
  #((len items) (balanced-right (lfor x items #(x)))))

;; --- making

(defn empty/0 []
  "Give the empty set."
  #(0 NOTHING))

(defn new/0 []
  "Give the empty set."
  #(0 NOTHING))

(defn singleton/1 [x]
  "Make a set of one element."
  #(1 #(x NOTHING NOTHING)))

(defn from_list/1 [xs]
  "Make a set of a list's elements."
  (of-sorted (without-repeats (in-order (list-or-clause "lists" "usort" xs [xs])))))

(defn from_ordset/1 [xs]
  "Make a set of an ordered set."
  (when (not (is-list (tail-of xs))) (raise (badarg "erlang" "length" xs)))
  (of-sorted (list (elements xs))))

;; --- asking

(defn is_set/1 [value]
  "Say whether a value looks like a set."
  (and (is (type value) tuple) (= (len value) 2) (is (type (get value 0)) int)
       (or (is (get value 1) NOTHING) (and (is (type (get value 1)) tuple) (= (len (get value 1)) 3)))))

(defn is_empty/1 [s]
  "Say whether a set is empty."
  (= s #(0 NOTHING)))

(defn size/1 [s]
  "Count the elements."
  (get (parts s "size" s) 0))

(defn is_member/2 [x s]
  "Say whether a value is an element."
  (is-not (find-node x (get (parts s "is_member" x s) 1)) None))

(defn is_element/2 [x s]
  "Say whether a value is an element."
  (is_member/2 x s))

(defn is_subset/2 [a b]
  "Say whether every element of the first set is in the second."
  (parts b "is_subset" a b)
  (all (gfor x (members a "is_subset" a b) (is_member/2 x b))))

(defn is_disjoint/2 [a b]
  "Say whether sets have no element in common."
  (parts b "is_disjoint" a b)
  (not (any (gfor x (members a "is_disjoint" a b) (is_member/2 x b)))))

(defn is_equal/2 [a b]
  "Say whether sets have the same elements."
  (and (= (size/1 a) (size/1 b)) (is_subset/2 a b)))

(defn end [s side function]
  (parts s function s)
  (when (is_empty/1 s) (raise (clause (+ function "_1") NOTHING)))
  (get (end-of (get s 1) side) 0))

(defn smallest/1 [s]
  "Give the smallest element."
  (end s -2 "smallest"))

(defn largest/1 [s]
  "Give the largest element."
  (end s -1 "largest"))

;; --- changing

(defn insert/2 [x s]
  "Add an element; `key_exists` when it is there."
  (setv [size root] (parts s "insert" x s))
  (when (find-node x root) (raise (error #((Atom "key_exists") x))))
  #((+ size 1) (insert-into root #(x) (+ size 1))))

(defn add/2 [x s]
  "Add an element, whether it is there or not."
  (if (is_member/2 x s) s (insert/2 x s)))

(defn add_element/2 [x s]
  "Add an element, whether it is there or not."
  (add/2 x s))

(defn delete/2 [x s]
  "Remove an element; `function_clause` when it is not there."
  (setv [size root] (parts s "delete" x s))
  (when (not (find-node x root)) (raise (clause "delete_1" x NOTHING)))
  #((- size 1) (without root x)))

(defn delete_any/2 [x s]
  "Remove an element if it is there."
  (if (is_member/2 x s) (delete/2 x s) s))

(defn del_element/2 [x s]
  "Remove an element if it is there."
  (delete_any/2 x s))

(defn taken [s side function]
  (parts s function s)
  (when (is_empty/1 s) (raise (clause (+ function "1") NOTHING)))
  (setv [content rest] (take-end (get s 1) side))
  #((get content 0) #((- (get s 0) 1) rest)))

(defn take_smallest/1 [s]
  "Give the smallest element and the set without it."
  (taken s -2 "take_smallest"))

(defn take_largest/1 [s]
  "Give the largest element and the set without it."
  (taken s -1 "take_largest"))

(defn balance/1 [s]
  "Rebalance a set, after many elements were removed."
  (of-sorted (members s "balance" s)))

;; --- sets together

(defn union/2 [a b]
  "Give the elements of both sets."
  (parts a "union" a b)
  (setv [small large] (if (<= (size/1 (parts b "union" a b)) (size/1 a)) [b a] [a b])
        n (size/1 small) m (size/1 large))
  (if (or (< m FEW) (< m (* n (round-up (* FACTOR (math.log m))))))
      (of-merged (without-repeats (in-order [#* (members a "union" a b) #* (members b "union" a b)])))
      (functools.reduce (fn [made x] (add/2 x made)) (members small "union" a b) large)))

(defn round-up [number]
  (int (+ number 0.5)))

(defn union/1 [sets]
  "Give the elements of all sets of a list."
  (functools.reduce union/2 (elements sets) (empty/0)))

(defn intersection/2 [a b]
  "Give the elements that both sets have."
  (parts b "intersection" a b)
  (of-merged (lfor x (members a "intersection" a b) :if (is_member/2 x b) x)))

(defn intersection/1 [sets]
  "Give the elements that all sets of a list have."
  (setv items (list (elements sets)))
  (when (not items) (raise (clause "intersection" sets)))
  (functools.reduce intersection/2 items))

(defn subtract/2 [a b]
  "Give the elements of the first set that are not in the second."
  (parts b "difference" a b)
  (of-merged (lfor x (members a "difference" a b) :if (not (is_member/2 x b)) x)))

(defn difference/2 [a b]
  "Give the elements of the first set that are not in the second."
  (subtract/2 a b))

;; --- all of it

(defn to_list/1 [s]
  "Give the elements, in order."
  (from-iterable (members s "to_list" s)))

(defn members-for [f arity s function #* call]
  "Give a set's elements for a function, which must take so many arguments."
  (when (not (fun? f arity)) (raise (clause function #* call)))
  (members s function #* call))

(defn truth [answer]
  (if (is (type answer) bool) answer (raise (error #((Atom "bad_filter") answer)))))

(defn filter/2 [pred s]
  "Keep the elements for which a predicate holds."
  (of-sorted (lfor x (members-for pred 1 s "filter" pred s) :if (truth (pred x)) x)))

(defn filtermap/2 [f s]
  "Keep elements for which a function gives true, and what it gives as `#(true value)` instead."
  (setv made [])
  (for [x (members-for f 1 s "filtermap" f s)]
    (setv answer (f x))
    (cond
      (is answer True) (.append made x)
      (is-not answer False) (.append made (get answer 1))))
  (from_list/1 made))

(defn map/2 [f s]
  "Give the set of what a function gives for the elements."
  (from_list/1 (lfor x (members-for f 1 s "map" f s) (f x))))

(defn fold/3 [f start s]
  "Fold over the elements, in order: the function takes an element and what there is so far."
  (setv sofar start)
  (for [x (members-for f 2 s "fold" f start s)] (setv sofar (f x sofar)))
  sofar)

(defn smaller/2 [x s]
  "Give `#(found element)` for the largest element below a value, or `none`."
  (neighbour x s -1))

(defn larger/2 [x s]
  "Give `#(found element)` for the smallest element above a value, or `none`."
  (neighbour x s -2))

(defn neighbour [x s side]
  (setv node (get s 1) best NONE)
  (while (is-not node NOTHING)
    (setv fits (if (= side -1) (less (get node 0) x) (less x (get node 0))))
    (when fits (setv best #((Atom "found") (get node 0))))
    (setv node (get node (if (= fits (= side -1)) -1 -2))))
  best)

(defn iterator/1 [s]
  "Give an iterator, for `next`."
  (iterator (get (parts s "iterator" s) 1)))

(defn iterator_from/2 [x s]
  "Give an iterator from a value on, for `next`."
  (iterator-from (get (parts s "iterator_from" x s) 1) x))

(defn next/1 [iterator]
  "Give `#(element iterator)`, or `none` at the end."
  (setv cell (uncons iterator))
  (when (is cell None)
    (return (if (nil? iterator) NONE (raise (function-clause "gb_sets" "next" iterator)))))
  (setv [content rest] (step cell))
  #((get content 0) rest))
