"Erlang's sets: elements in a table that the shell shows raw (version 1), or in a map (version 2).

Elements are compared with =:=. The table is in `_segments.hy`."

(import xrepl.dialect.data [Atom Cons NIL elements from-iterable is-list key-value map-key]
        xrepl.dialect.raising [error function-clause]
        xrepl.lang.erlang._segments [bucket changed entries grown new-table replaced shrunk slot-of table?]
        xrepl.lang.erlang._terms [fun? same? sorted-pairs])

(setv __lfe_module__ "sets"
      SET (Atom "set"))

(defn clause [function #* call]
  (function-clause "sets" function #* call))

(defn set-of [value function #* call]
  (when (not (or (isinstance value dict) (table? value SET))) (raise (clause function #* call)))
  value)

(defn map? [s]
  (isinstance s dict))

(defn held [s]
  "Go through the elements, in the order of folds."
  (if (map? s)
      (lfor [item _] (sorted-pairs s) item)
      (entries s)))

(defn version-of [options function #* call]
  (setv version 1)
  (for [option (elements options)]
    (when (not (and (is (type option) tuple) (= (get option 0) (Atom "version")) (in (get option 1) #(1 2))))
      (raise (clause function #* call)))
    (setv version (get option 1)))
  version)

(defn empty [like-map]
  (if like-map {} (new-table SET)))

(defn member? [item s]
  (if (map? s)
      (in (map-key item) s)
      (any (gfor other (elements (bucket (get s 8) (slot-of s item))) (same? item other)))))

(defn with-element [item s]
  (cond
    (member? item s) s
    (map? s) {#** s (map-key item) NIL}
    True (do
           (setv slot (slot-of s item))
           (grown (replaced s slot (Cons item (bucket (get s 8) slot))) (fn [x] x)))))

(defn without-element [item s]
  (cond
    (not (member? item s)) s
    (map? s) (dfor [key value] (.items s) :if (!= key (map-key item)) key value)
    True (do
           (setv slot (slot-of s item)
                 kept (lfor other (elements (bucket (get s 8) slot)) :if (not (same? item other)) other))
           (shrunk (replaced s slot (from-iterable kept)) 1))))

(defn kept-of [s wanted?]
  (if (map? s)
      (dfor key s :if (wanted? (key-value key)) key NIL)
      (changed s (fn [items] (lfor item items :if (wanted? item) item)))))

(defn filled [items s]
  (if (map? s)
      {#** s #** (dfor item items (map-key item) NIL)}
      (do
        (setv made s)
        (for [item items]
          (setv made (with-element item made)))
        made)))

(defn count-of [s]
  (if (map? s) (len s) (get s 1)))

;; --- making and asking

(defn new/0 []
  "Give the empty set."
  (empty False))

(defn new/1 [options]
  "Give the empty set of a `#(version n)`."
  (empty (= 2 (version-of options "new" options))))

(defn from_list/1 [xs]
  "Make a set of elements."
  (when (not (is-list xs)) (raise (error #((Atom "case_clause") xs))))
  (filled (elements xs) (empty False)))

(defn from_list/2 [xs options]
  "Make a set of elements, of a `#(version n)`."
  (when (not (is-list xs)) (raise (clause "from_list" xs options)))
  (filled (elements xs) (empty (= 2 (version-of options "from_list" xs options)))))

(defn to_list/1 [s]
  "Give the elements, in the order of the table."
  (setv items (list (held (set-of s "to_list" s))))
  (from-iterable (if (map? s) items (list (reversed items)))))

(defn is_set/1 [value]
  "Say whether a value is a set."
  (or (isinstance value dict) (table? value SET)))

(defn size/1 [s]
  "Count the elements."
  (count-of (set-of s "size" s)))

(defn is_empty/1 [s]
  "Say whether a set is empty."
  (= 0 (count-of (set-of s "is_empty" s))))

(defn is_element/2 [item s]
  "Say whether a set has an element."
  (member? item (set-of s "is_element" item s)))

(defn is_equal/2 [a b]
  "Say whether two sets have the same elements."
  (and (= (size/1 a) (size/1 b)) (is_subset/2 a b)))

(defn is_subset/2 [a b]
  "Say whether all elements of a set are in another."
  (set-of b "is_subset" a b)
  (all (gfor item (held (set-of a "is_subset" a b)) (member? item b))))

(defn is_disjoint/2 [a b]
  "Say whether two sets have no element in common."
  (size/1 a)
  (size/1 b)
  (not (any (gfor item (held (set-of a "is_disjoint" a b)) (member? item b)))))

;; --- changing

(defn add_element/2 [item s]
  "Give a set with an element."
  (with-element item (set-of s "add_element" item s)))

(defn del_element/2 [item s]
  "Give a set without an element."
  (without-element item (set-of s "del_element" item s)))

(defn union/2 [a b]
  "Give the elements of both sets."
  (set-of a "union" a b)
  (set-of b "union" a b)
  (if (< (count-of a) (count-of b)) (filled (held a) b) (filled (held b) a)))

(defn union/1 [sets]
  "Give the elements of all sets."
  (setv made None)
  (for [s (elements sets)]
    (setv made (if (is made None) s (union/2 made s))))
  (if (is made None) (new/0) made))

(defn intersection/2 [a b]
  "Give the elements that both sets have."
  (set-of a "intersection" a b)
  (set-of b "intersection" a b)
  (setv [small large] (if (< (count-of a) (count-of b)) #(a b) #(b a)))
  (kept-of small (fn [item] (member? item large))))

(defn intersection/1 [sets]
  "Give the elements that all sets have; there must be one."
  (setv made None)
  (for [s (elements sets)]
    (setv made (if (is made None) s (intersection/2 made s))))
  (if (is made None) (raise (clause "intersection" sets)) made))

(defn subtract/2 [a b]
  "Give the elements of a set that another has not."
  (set-of b "subtract" a b)
  (kept-of (set-of a "subtract" a b) (fn [item] (not (member? item b)))))

(defn held-for [f arity s function #* call]
  "Go through a set's elements for a function, which must take so many arguments."
  (when (not (fun? f arity)) (raise (clause function #* call)))
  (held (set-of s function #* call)))

(defn fold/3 [f start s]
  "Fold over the elements: the function takes one and what there is so far."
  (setv sofar start)
  (for [item (held-for f 2 s "fold" f start s)]
    (setv sofar (f item sofar)))
  sofar)

(defn filter/2 [pred s]
  "Keep the elements for which a predicate holds."
  (held-for pred 1 s "filter" pred s)
  (kept-of s (fn [item] (is (pred item) True))))

(defn map/2 [f s]
  "Give the set of what a function makes of the elements."
  (filled (list (map f (held-for f 1 s "map" f s))) (empty (map? s))))
