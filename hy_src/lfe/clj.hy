"LFE's clj: functions and macros after Clojure's.

A lazy sequence is a function of no arguments that gives `()` or a first element and the function for the rest. Macros are in
`_clj_macros.hy` and `_clj_predicates.hy`; `lfe/include/clj.lfe` makes them callable without a module."

(import xrepl.dialect.arithmetic [add subtract]
        xrepl.dialect.data [Atom Cons NIL elements from-iterable is-list uncons]
        xrepl.dialect.raising [LfeError error function-clause]
        xrepl.lang.erlang [dict io-lib lists maps ordsets proplists queue sets]
        xrepl.lang.erlang._terms [fun? nil?]
        xrepl.lang.lfe._clj-macros *
        xrepl.lang.lfe._clj-predicates *)

(setv __lfe_module__ "clj"
      ALL (Atom "all"))

(defn clause [function #* call]
  (function-clause "clj" function #* call))

;; --- functions of functions

(defn identity/1 [x]
  "Give a value."
  x)

(defn constantly/1 [x]
  "Make a function of one argument that always gives a value."
  (fn [_] x))

(defn comp/0 []
  "Make the function that gives its argument."
  identity/1)

(defn comp/1 [functions]
  "Make a function that applies functions from right to left."
  (lists.foldr/3 comp/2 identity/1 functions))

(defn comp/2 [f g]
  "Make a function that applies g and then f; with a list of functions, apply them to a value."
  (if (callable g) (fn [x] (f (g x))) ((comp/1 f) g)))

(defn comp/3 [f g x]
  "Apply g and then f."
  (f (g x)))

(defn partial/2 [f first]
  "Make a function that applies f to a first argument, or a list of them, and to its own argument or list of them."
  (setv before (if (is-list first) (list (elements first)) [first]))
  (fn [rest] (f #* before #* (if (is-list rest) (elements rest) [rest]))))

(defn inc/1 [x]
  "Add 1."
  (counted add x))

(defn dec/1 [x]
  "Subtract 1."
  (counted subtract x))

(defn counted [operator x]
  (if (in (type x) #(int float)) (operator x 1) (raise (error (Atom "badarith")))))

;; --- asking

(defn string?/1 [value]
  "Say whether a value is a list of printable characters."
  (io-lib.printable_list/1 value))

(defn unicode?/1 [value]
  "Say whether a value is a list of printable characters of Unicode."
  (io-lib.printable_unicode_list/1 value))

(defn list?/1 [value]
  "Say whether a value is a list and no string."
  (and (is-list value) (not (string?/1 value))))

(defn set?/1 [value]
  "Say whether a value is a set or an ordered set."
  (or (sets.is_set/1 value) (ordsets.is_set/1 value)))

(defn dict?/1 [value]
  "Say whether a value is a dict."
  (and (is (type value) tuple) (> (len value) 1) (is (get value 0) (Atom "dict"))))

(defn proplist?/1 [value]
  "Say whether a value is a list of atoms and pairs whose first element is an atom."
  (and (is-list value) (all (map proplist-kv?/1 (elements value)))))

(defn proplist-kv?/1 [value]
  "Say whether a value is an atom or a pair whose first element is an atom."
  (setv key (if (and (is (type value) tuple) (= (len value) 2)) (get value 0) value))
  (in (type key) #(Atom bool)))

(defn queue?/1 [value]
  "Say whether a value is a queue."
  (queue.is_queue/1 value))

(defn empty?/1 [value]
  "Say whether a list, tuple, map, dict, queue or balanced set is empty."
  (cond
    (is-list value) (nil? value)
    (isinstance value dict-type) (not value)
    (dict?/1 value) (dict.is_empty/1 value)
    (is-not (type value) tuple) False
    (queue?/1 value) (queue.is_empty/1 value)
    True (in value #(#() #(0 (Atom "nil"))))))

(setv dict-type (type {}))  ; `dict` is the module here

(defn every?/2 [pred xs]
  "Say whether a predicate holds for every element."
  (lists.all/2 pred xs))

(defn all?/2 [pred xs]
  "Say whether a predicate holds for every element."
  (lists.all/2 pred xs))

(defn any?/2 [pred xs]
  "Say whether a predicate holds for some element."
  (lists.any/2 pred xs))

(defn not-any?/2 [pred xs]
  "Say whether a predicate holds for no element."
  (not (lists.any/2 pred xs)))

(defn element?/2 [x xs]
  "Say whether a value is an element of a list or a set."
  (cond
    (is-list xs) (lists.member/2 x xs)
    (sets.is_set/1 xs) (sets.is_element/2 x xs)
    True False))

;; --- sequences

(defn seq/1 [last]
  "Count from 1."
  (lists.seq/3 1 last 1))

(defn seq/2 [first last]
  "Count from a number to another."
  (lists.seq/3 first last 1))

(defn seq/3 [first last step]
  "Count from a number to another by steps."
  (lists.seq/3 first last step))

(defn next/1 [f]
  "Give a lazy sequence from 1: the function makes each element of the one before and 1."
  (next/3 f 1 1))

(defn next/2 [f start]
  "Give a lazy sequence from a value: the function makes each element of the one before and 1."
  (next/3 f start 1))

(defn next/3 [f start step]
  "Give a lazy sequence from a value: the function makes each element of the one before and the step."
  (fn [] (Cons start (next/3 f (f start step) step))))

(defn range/0 []
  "Give a lazy sequence of the numbers from 1."
  (range/2 1 1))

(defn range/1 [start]
  "Give a lazy sequence of the numbers from one on."
  (range/2 start 1))

(defn range/2 [start step]
  "Give a lazy sequence of the numbers from one on, by steps."
  (fn [] (Cons start (range/2 (add start step) step))))

(defn repeat/1 [x]
  "Give a lazy sequence of one value."
  (fn [] (Cons x (repeat/1 x))))

(defn repeat/2 [n x]
  "Give a list of n values, or of what n calls of a function give."
  (if (and (fun? x 0) (is (type n) int) (>= n 0))
      (from-iterable (list (reversed (lfor _ (range n) (x)))))
      (lists.duplicate/2 n x)))

(defn cycle/1 [xs]
  "Give a lazy sequence that repeats a list, or another lazy sequence, for ever."
  (if (nil? xs) NIL (fn [] (cycled xs xs))))

(defn cycled [rest xs]
  (setv cell (unrolled rest))
  (when (nil? cell) (setv cell (unrolled xs)))
  (Cons cell.head (fn [] (cycled cell.tail xs))))

(defn unrolled [xs]
  "Give a lazy sequence's first cell, or a list's, or `()`."
  (if (callable xs) (xs) (or (uncons xs) NIL)))

(defn -unrolled/1 [xs]
  "Give what a lazy sequence of a list, or of another one, unrolls to: `lazy-seq` is made with it."
  (setv cell (unrolled xs))
  (cond
    (nil? cell) NIL
    (callable xs) cell
    True (Cons cell.head (fn [] (-unrolled/1 cell.tail)))))

(defn take/2 [n xs]
  "Give the first elements of a list or lazy sequence, or `all` of a list."
  (cond
    (or (nil? xs) (and (is (type n) int) (= n 0))) NIL
    (and (is n ALL) (is-list xs)) xs
    (is-list xs) (lists.sublist/2 xs n)
    (and (callable xs) (is (type n) int) (> n 0)) (from-iterable (taken-from n xs))
    True (raise (clause "take" n xs))))

(defn taken-from [n xs]
  (setv items [] rest xs)
  (while (< (len items) n)
    (setv cell (unrolled rest))
    (when (nil? cell) (break))
    (.append items cell.head)
    (setv rest cell.tail))
  items)

(defn drop/2 [n xs]
  "Give what follows the first elements of a list or lazy sequence, or `()` for `all`."
  (cond
    (nil? xs) NIL
    (and (is n ALL) (is-list xs)) NIL
    (callable xs) (fn [] (dropped n (unrolled xs)))
    True (do
           (setv left n rest xs)
           (while (not (or (nil? rest) (= left 0)))
             (setv cell (uncons rest))
             (when (is cell None) (raise (clause "drop" left rest)))
             (setv left (counted subtract left) rest cell.tail))
           rest)))

(defn dropped [n cell]
  (while (and (> n 0) (not (nil? cell)))
    (setv cell (unrolled cell.tail) n (- n 1)))
  cell)

(defn split-at/2 [n xs]
  "Give what `take` and `drop` give, as a tuple."
  #((take/2 n xs) (drop/2 n xs)))

(defn partition/2 [n xs]
  "Give the runs of n elements; fewer at the end are left out."
  (runs n n NIL False xs))

(defn partition/3 [n step xs]
  "Give runs of n elements, one at each step; fewer at the end are left out."
  (runs n step NIL False xs))

(defn partition/4 [n step pad xs]
  "Give runs of n elements, one at each step; the last one is filled from a list."
  (runs n step pad True xs))

(defn partition-all/2 [n xs]
  "Give the runs of n elements, fewer at the end."
  (runs n n NIL True xs))

(defn partition-all/3 [n step xs]
  "Give runs of n elements, one at each step, fewer at the end."
  (runs n step NIL True xs))

(defn runs [n step pad partial xs]
  (when (= n 0) (return xs))
  (setv made [] rest xs)
  (while (not (nil? rest))
    (setv run (list (elements (take/2 n rest))))
    (when (< (len run) n)
      (when partial (.append made (from-iterable (cut [#* run #* (elements pad)] n))))
      (break))
    (.append made (from-iterable run))
    (setv rest (drop/2 step rest)))
  (from-iterable made))

(defn interleave/2 [xs ys]
  "Give the elements of two lists in turn, up to the end of the shorter one."
  (setv items [])
  (while (and (setx x (uncons xs)) (setx y (uncons ys)))
    (+= items [x.head y.head])
    (setv xs x.tail ys y.tail))
  (from-iterable items))

(defn reduce/2 [f xs]
  "Fold a list from the left, starting with its first element."
  (setv cell (uncons xs))
  (when (is cell None) (raise (clause "reduce" f xs)))
  (lists.foldl/3 f cell.head cell.tail))

(defn reduce/3 [f start xs]
  "Fold a list from the left."
  (lists.foldl/3 f start xs))

(defn -joined/2 [xs items]
  "Put values before a list, after a tuple, or into a map: `conj` is made with it."
  (cond
    (is-list xs) (lists.reverse/2 items xs)
    (is (type xs) tuple) #(#* xs #* (elements items))
    (isinstance xs dict-type) (lists.foldl/3 (fn [x made] (maps.merge/2 made x)) xs items)
    True False))

;; --- nested data

(defn get-in/2 [data keys]
  "Give the value at a path of keys and indices in nested maps, dicts, property lists and lists, or `undefined`."
  (get-in/3 data keys (Atom "undefined")))

(defn get-in/3 [data keys missing]
  "Give the value at a path of keys and indices in nested data, or another value."
  (for [key (elements keys)]
    (setv data (cond
                 (proplist?/1 data) (proplists.get_value/3 key data missing)
                 (dict?/1 data) (found-in-dict key data missing)
                 (list?/1 data) (nth-of key data keys missing)
                 (isinstance data dict-type) (maps.get/3 key data missing)
                 True missing)))
  data)

(defn found-in-dict [key data missing]
  (setv found (dict.find/2 key data))
  (if (is (type found) tuple) (get found 1) missing))

(defn nth-of [n data keys missing]
  (when (is-not (type n) int) (raise (clause "-get-in-list" data keys missing)))
  (try
    (lists.nth/2 n data)
    (except [LfeError]
      missing)))
