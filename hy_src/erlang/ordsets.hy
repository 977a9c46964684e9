"Erlang's ordsets: sets as sorted lists.

Elements are compared with ==. Every function that takes a set takes it as sorted and does not check it."

(import xrepl.dialect.arithmetic [less]
        xrepl.dialect.data [NIL elements from-iterable is-list]
        xrepl.dialect.raising [function-clause]
        xrepl.lang.erlang [lists]
        xrepl.lang.erlang._terms [alike? in-order list-or-clause without-repeats])

(setv __lfe_module__ "ordsets")

(defn listed [function value #* call]
  (list-or-clause "ordsets" function value call))

(defn merged [a b]
  (without-repeats (in-order (+ a b))))

(defn common [a b take-common]
  "Give the first list's elements that are, or are not, in the second."
  (setv kept [] j 0)
  (for [x a]
    (while (and (< j (len b)) (less (get b j) x))
      (+= j 1))
    (when (= take-common (and (< j (len b)) (alike? (get b j) x)))
      (.append kept x)))
  kept)

(defn new/0 []
  "Give the empty set."
  NIL)

(defn is_set/1 [value]
  "Say whether a value is a sorted list without repeats."
  (when (not (is-list value)) (return False))
  (setv items (list (elements value)))
  (all (gfor [a b] (zip items (cut items 1 None)) (less a b))))

(defn size/1 [s]
  "Count the elements."
  (len (listed "size" s s)))

(defn is_empty/1 [s]
  "Say whether a set is empty."
  (not (listed "is_empty" s s)))

(defn to_list/1 [s]
  "Give the elements."
  s)

(defn from_list/1 [xs]
  "Make a set of elements."
  (from-iterable (without-repeats (in-order (list-or-clause "lists" "usort" xs [xs])))))

(defn is_element/2 [item s]
  "Say whether a set has an element."
  (any (gfor other (listed "is_element" s item s) (alike? item other))))

(defn add_element/2 [item s]
  "Give a set with an element."
  (setv items (listed "add_element" s item s) at 0)
  (while (and (< at (len items)) (less (get items at) item))
    (+= at 1))
  (when (not (and (< at (len items)) (alike? (get items at) item)))
    (.insert items at item))
  (from-iterable items))

(defn del_element/2 [item s]
  "Give a set without an element."
  (from-iterable (lfor other (listed "del_element" s item s) :if (not (alike? item other)) other)))

(defn union/2 [a b]
  "Give the elements of both sets."
  (from-iterable (merged (listed "union" a a b) (listed "union" b a b))))

(defn union/1 [sets]
  "Give the elements of all sets."
  (setv all-of [])
  (for [s (elements sets)]
    (.extend all-of (elements s)))
  (from-iterable (merged all-of [])))

(defn intersection/2 [a b]
  "Give the elements that both sets have."
  (from-iterable (common (listed "intersection" a a b) (listed "intersection" b a b) True)))

(defn intersection/1 [sets]
  "Give the elements that all sets have; there must be one."
  (setv parts (lfor s (elements sets) (list (elements s))))
  (when (not parts) (raise (function-clause "ordsets" "intersection" sets)))
  (setv made (get parts 0))
  (for [part (cut parts 1 None)]
    (setv made (common made part True)))
  (from-iterable made))

(defn is_disjoint/2 [a b]
  "Say whether two sets have no element in common."
  (not (common (listed "is_disjoint" a a b) (listed "is_disjoint" b a b) True)))

(defn subtract/2 [a b]
  "Give the elements of a set that another has not."
  (from-iterable (common (listed "subtract" a a b) (listed "subtract" b a b) False)))

(defn is_subset/2 [a b]
  "Say whether all elements of a set are in another."
  (not (common (listed "is_subset" a a b) (listed "is_subset" b a b) False)))

(defn is_equal/2 [a b]
  "Say whether two sets have the same elements."
  (= (listed "is_equal" a a b) (listed "is_equal" b a b)))

(defn fold/3 [f start s]
  "Fold over the elements in order: the function takes one and what there is so far."
  (lists.foldl/3 f start s))

(defn filter/2 [pred s]
  "Keep the elements for which a predicate holds."
  (lists.filter/2 pred s))

(defn map/2 [f s]
  "Give the set of what a function makes of the elements."
  (from-iterable (merged (list (map f (listed "map" s f s))) [])))
