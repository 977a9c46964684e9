"The part of Erlang's lists that finds, replaces and sorts tuples by one of their elements, their key.

`lists.hy` takes these in; this is no module of the language by itself. Keys are compared with ==."

(import xrepl.dialect.data [Atom NIL elements from-iterable is-list]
        xrepl.dialect.raising [badarg error function-clause]
        xrepl.dialect.runs [run-of]
        xrepl.lang.erlang._terms [alike? in-order-by need-function tail-of])

(setv __lfe_module__ "lists")

(defn key-clause [function #* call]
  (function-clause "lists" function #* call))

(setv WALKERS {"keydelete" "keydelete3"  "keyreplace" "keyreplace3"  "keystore" "keystore2"})

(defn keyed [function position xs #* call]
  "Give the elements; `function_clause` of the call when the position is none, of what goes through the list when that is none."
  (when (not (and (is (type position) int) (> position 0)))
    (raise (key-clause function #* call)))
  (when (is-list xs)
    (try
      (return (list (elements xs)))
      (except [TypeError])))
  (setv inner (.get WALKERS function function)
        inside (lfor part call (if (is part xs) (tail-of part) part)))
  (when (in function SORTERS) (raise (error #((Atom "case_clause") xs))))
  (raise (key-clause inner #* inside #* (if (= function "keytake") [NIL] []))))

(setv SORTERS (frozenset ["keysort" "ukeysort" "keymerge" "ukeymerge"]))

(defn has-key? [item key position]
  (and (is (type item) tuple)
       (>= (len item) position)
       (alike? (get item (- position 1)) key)))

(defn place-of [items key position]
  "Give the index of the first tuple with a key, or None."
  (for [[i item] (enumerate items)]
    (when (has-key? item key position) (return i)))
  None)

(defn found [function key position xs]
  "Give the first tuple with a key, or None; `badarg` for bad arguments."
  (when (not (and (is (type position) int) (> position 0) (is-list xs)))
    (raise (badarg "lists" function key position xs)))
  (for [item (elements xs)]
    (when (has-key? item key position) (return item)))
  None)

(defn keyfind/3 [key position tuples]
  "Give the first tuple with a key, or false."
  (setv item (found "keyfind" key position tuples))
  (if (is item None) False item))

(defn keymember/3 [key position tuples]
  "Say whether there is a tuple with a key."
  (is-not (found "keymember" key position tuples) None))

(defn keysearch/3 [key position tuples]
  "Give `#(value tuple)` for the first tuple with a key, or false."
  (setv item (found "keysearch" key position tuples))
  (if (is item None) False #((Atom "value") item)))

(defn keydelete/3 [key position tuples]
  "Leave out the first tuple with a key."
  (setv items (keyed "keydelete" position tuples key position tuples)
        at (place-of items key position))
  (when (is-not at None) (del (get items at)))
  (run-of items))

(defn keyreplace/4 [key position tuples new]
  "Put a tuple in the place of the first one with a key."
  (when (is-not (type new) tuple) (raise (key-clause "keyreplace" key position tuples new)))
  (setv items (keyed "keyreplace" position tuples key position tuples new)
        at (place-of items key position))
  (when (is-not at None) (setv (get items at) new))
  (run-of items))

(defn keystore/4 [key position tuples new]
  "Put a tuple in the place of the first one with a key, or at the end."
  (when (is-not (type new) tuple) (raise (key-clause "keystore" key position tuples new)))
  (setv items (keyed "keystore" position tuples key position tuples new)
        at (place-of items key position))
  (if (is at None)
      (.append items new)
      (setv (get items at) new))
  (run-of items))

(defn keytake/3 [key position tuples]
  "Give `#(value tuple rest)` for the first tuple with a key, or false."
  (setv items (keyed "keytake" position tuples key position tuples)
        at (place-of items key position))
  (if (is at None)
      False
      #((Atom "value") (get items at) (run-of (+ (cut items at) (cut items (+ at 1) None))))))

(defn keymap/3 [f position tuples]
  "Apply a function to every tuple's key."
  (setv items (keyed "keymap" position tuples f position tuples))
  (when items (need-function f (key-of (get items 0) position)))
  (setv i (- position 1))
  (run-of (lfor item items
                       :setv new (f (key-of item position))
                       #(#* (cut item i) new #* (cut item (+ i 1) None)))))

(defn key-of [item position]
  (when (not (and (is (type item) tuple) (<= position (len item))))
    (raise (badarg "erlang" "element" position item)))
  (get item (- position 1)))

(defn keysort/2 [position tuples]
  "Sort tuples by their keys; those with one key stay as they came."
  (from-iterable (sorted-by-key position (keyed "keysort" position tuples position tuples))))

(defn sorted-by-key [position items]
  "Sort; a single element is looked at no more than Erlang does."
  (if (< (len items) 2) items (in-order-by (fn [item] (key-of item position)) items)))

(defn ukeysort/2 [position tuples]
  "Sort tuples by their keys, and keep the first of those with one key."
  (from-iterable
    (first-of-each position (sorted-by-key position (keyed "ukeysort" position tuples position tuples)))))

(defn first-of-each [position items]
  (setv kept [])
  (for [item items]
    (when (not (and kept (alike? (key-of (get kept -1) position) (key-of item position))))
      (.append kept item)))
  kept)

(defn keymerge/3 [position xs ys]
  "Merge two lists sorted by key; of equal keys the first list's come first."
  (run-of (key-merged "keymerge" position xs ys)))

(defn key-merged [function position xs ys]
  (in-order-by (fn [item] (key-of item position))
               (+ (keyed function position xs position xs ys)
                  (keyed function position ys position xs ys))))

(defn ukeymerge/3 [position xs ys]
  "Merge two lists sorted by key, and keep the first of those with one key."
  (from-iterable
    (first-of-each position (key-merged "ukeymerge" position xs ys))))
