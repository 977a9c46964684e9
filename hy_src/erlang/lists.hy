"Erlang's lists: going through lists with a function, asking for elements.

Building lists is in `_lists_building.hy`, cutting and zipping in `_lists_parts.hy`, lists of tuples by a key in
`_lists_keys.hy`, order in `_lists_order.hy`. Every function is a loop: no list is too long for it."

(import xrepl.dialect.arithmetic [add exactly-equal greater less]
        xrepl.dialect.data [Atom Cons NIL elements is-list string uncons]
        xrepl.dialect.raising [badarg error]
        xrepl.dialect.runs [run-of]
        xrepl.lang.erlang._lists-building *
        xrepl.lang.erlang._lists-keys *
        xrepl.lang.erlang._lists-order *
        xrepl.lang.erlang._lists-parts *
        xrepl.lang.erlang._terms [fun? list-or-clause nil? same? tail-of])

(setv __lfe_module__ "lists")

(setv AT-ONCE (frozenset ["all" "any" "map" "foldl"])  ; these look at the list before they go through it
      WITH-RESULTS {"partition" [NIL NIL]  "splitwith" [NIL]})

(defn applied [function arity name value #* call]
  "Give the elements for a function to be called with; the call's errors are Erlang's."
  (when (not (fun? function arity))
    (raise (clause name #* call)))
  (when (is-list value)
    (try
      (return (list (elements value)))
      (except [TypeError])))
  (when (and (in name AT-ONCE) (not (is-list value)))
    (raise (error #((Atom "case_clause") value))))
  (raise (clause (+ name "_1") #* (cut call -1) (tail-of value) #* (.get WITH-RESULTS name []))))

;; --- with a function

(defn all/2 [pred xs]
  "Say whether a predicate holds for every element."
  (for [x (applied pred 1 "all" xs pred xs)]
    (when (not (truth (pred x) "all" pred xs)) (return False)))
  True)

(defn any/2 [pred xs]
  "Say whether a predicate holds for some element."
  (for [x (applied pred 1 "any" xs pred xs)]
    (when (truth (pred x) "any" pred xs) (return True)))
  False)

(defn truth [value function #* call]
  "Give a predicate's answer; anything but true and false is an error."
  (when (not (or (is value True) (is value False)))
    (raise (error #((Atom "case_clause") value))))
  value)

(defn map/2 [f xs]
  "Apply a function to every element."
  (run-of (map f (applied f 1 "map" xs f xs))))

(defn filter/2 [pred xs]
  "Keep the elements for which a predicate holds."
  (when (not (fun? pred 1)) (raise (clause "filter" pred xs)))
  (when (not (is-list xs)) (raise (error #((Atom "bad_generator") xs))))
  (setv kept [])
  (for [x (filterable xs)]
    (setv answer (pred x))
    (cond
      (is answer True) (.append kept x)
      (is-not answer False) (raise (error #((Atom "bad_filter") answer)))))
  (run-of kept))

(defn filterable [xs]
  (try
    (list (elements xs))
    (except [TypeError]
      (raise (error #((Atom "bad_generator") (tail-of xs)))))))

(defn filtermap/2 [f xs]
  "Keep the elements for which a function gives true, and what it gives as `#(true value)` instead."
  (setv kept [])
  (for [x (applied f 1 "filtermap" xs f xs)]
    (setv answer (f x))
    (cond
      (is answer True) (.append kept x)
      (is answer False) None
      (and (is (type answer) tuple) (= (len answer) 2) (is (get answer 0) True))
        (.append kept (get answer 1))
      True (raise (error #((Atom "case_clause") answer)))))
  (run-of kept))

(defn zf/2 [f xs]
  "Do what `filtermap` does, under its old name."
  (filtermap/2 f xs))

(defn flatmap/2 [f xs]
  "Apply a function that gives lists, and join these."
  (setv joined [])
  (for [x (applied f 1 "flatmap" xs f xs)]
    (setv part (f x))
    (when (not (is-list part)) (raise (badarg "erlang" "++" part NIL)))
    (.extend joined (elements part)))
  (run-of joined))

(defn foreach/2 [f xs]
  "Call a function with every element, for its effect."
  (for [x (applied f 1 "foreach" xs f xs)]
    (f x))
  (Atom "ok"))

(defn foldl/3 [f start xs]
  "Fold from the left: the function takes an element and what there is so far."
  (setv sofar start)
  (for [x (applied f 2 "foldl" xs f start xs)]
    (setv sofar (f x sofar)))
  sofar)

(defn foldr/3 [f start xs]
  "Fold from the right: the function takes an element and what there is so far."
  (setv sofar start)
  (for [x (reversed (applied f 2 "foldr" xs f start xs))]
    (setv sofar (f x sofar)))
  sofar)

(defn mapping-fold [f start items]
  (setv sofar start mapped [])
  (for [x items]
    (setv answer (f x sofar))
    (when (not (and (is (type answer) tuple) (= (len answer) 2)))
      (raise (error #((Atom "badmatch") answer))))
    (.append mapped (get answer 0))
    (setv sofar (get answer 1)))
  #(mapped sofar))

(defn mapfoldl/3 [f start xs]
  "Map and fold at once, from the left."
  (setv [mapped sofar] (mapping-fold f start (applied f 2 "mapfoldl" xs f start xs)))
  #((run-of mapped) sofar))

(defn mapfoldr/3 [f start xs]
  "Map and fold at once, from the right."
  (setv [mapped sofar] (mapping-fold f start (reversed (applied f 2 "mapfoldr" xs f start xs))))
  #((run-of (reversed mapped)) sofar))

(defn partition/2 [pred xs]
  "Give the elements for which a predicate holds, and the others."
  (setv kept [] others [])
  (for [x (applied pred 1 "partition" xs pred xs)]
    (.append (if (truth (pred x) "partition" pred xs) kept others) x))
  #((run-of kept) (run-of others)))

(defn run-end [pred items call]
  "Count the elements at the front for which a predicate holds."
  (setv count 0)
  (for [x items]
    (when (not (truth (pred x) #* call)) (break))
    (setv count (+ count 1)))
  count)

(defn splitwith/2 [pred xs]
  "Split before the first element for which a predicate does not hold."
  (setv items (applied pred 1 "splitwith" xs pred xs)
        at (run-end pred items ["splitwith" pred xs]))
  #((run-of (cut items at)) (run-of (cut items at None))))

(defn takewhile/2 [pred xs]
  "Take elements while a predicate holds."
  (setv items (applied pred 1 "takewhile" xs pred xs))
  (run-of (cut items (run-end pred items ["takewhile" pred xs]))))

(defn dropwhile/2 [pred xs]
  "Drop elements while a predicate holds."
  (setv items (applied pred 1 "dropwhile" xs pred xs))
  (run-of (cut items (run-end pred items ["dropwhile" pred xs]) None)))

(defn search/2 [pred xs]
  "Give `#(value element)` for the first element for which a predicate holds, or false."
  (for [x (applied pred 1 "search" xs pred xs)]
    (when (truth (pred x) "search" pred xs) (return #((Atom "value") x))))
  False)

;; --- asking

(defn member/2 [x xs]
  "Say whether an element is in a list (=:=)."
  (when (not (is-list xs)) (raise (badarg "lists" "member" x xs)))
  (for [item (elements xs)]
    (when (or (is item x) (and (= item x) (exactly-equal item x))) (return True)))
  False)

(defn nth/2 [n xs]
  "Give an element, counted from 1."
  (number-first n xs)
  (setv [left rest] (walk "nth" (if (is (type n) int) (- n 1) n) xs n))
  (setv cell (uncons rest))
  (when (is cell None) (raise (clause "nth" (+ left 1) rest)))
  cell.head)

(defn number-first [n xs]
  "Fail for what cannot be counted down; without an element there is nothing to count."
  (when (and (not (in (type n) #(int float))) (uncons xs)) (raise (error (Atom "badarith")))))

(defn nthtail/2 [n xs]
  "Give what follows this many elements."
  (number-first n xs)
  (setv [left rest] (walk "nthtail" n xs n))
  (when (or left (not (is-list rest))) (raise (clause "nthtail" left rest)))
  rest)

(defn last/1 [xs]
  "Give the last element."
  (setv items (if (is (type xs) Cons) (proper "last" xs) (listed "last" xs xs)))
  (when (not items) (raise (clause "last" xs)))
  (get items -1))

(defn proper [function xs #* before]
  "Give the elements; of a list that ends in something else the failure names the last element and that."
  (try
    (list (elements xs))
    (except [TypeError]
      (setv heads [] rest xs)
      (while (setx cell (uncons rest))
        (.append heads cell.head)
        (setv rest cell.tail))
      (raise (clause function #* before (get heads -1) rest)))))

(defn droplast/1 [xs]
  "Give all but the last element."
  (setv items (listed "droplast" xs (tail-of xs)))
  (when (not items) (raise (clause "droplast" xs)))
  (run-of (cut items -1)))

(defn sum/1 [xs]
  "Add up numbers."
  (setv items (listed "sum" xs xs 0))
  (when (<= (set (map type items)) #{int})
    (return (sum items)))
  (setv total 0)
  (for [x items]
    (setv total (add total x)))
  total)

(defn max/1 [xs]
  "Give the largest element."
  (extreme "max" less xs))

(defn min/1 [xs]
  "Give the smallest element."
  (extreme "min" greater xs))

(defn extreme [function worse? xs]
  (setv items (listed function xs xs))
  (when (not items) (raise (clause function xs)))
  (setv best (get items 0))
  (for [x items]
    (when (worse? best x) (setv best x)))
  best)

(defn prefix/2 [start xs]
  "Say whether a list begins with another."
  (setv heads (listed "prefix" start start xs))
  (for [x (if (is-list xs) (elements xs) (raise (clause "prefix" start xs)))]
    (when (not heads) (return True))
    (when (not (same? (.pop heads 0) x)) (return False)))
  (not heads))

(defn countable [xs]
  (try
    (list (elements xs))
    (except [TypeError]
      (raise (badarg "erlang" "length" xs)))))

(defn suffix/2 [end xs]
  "Say whether a list ends with another."
  (setv items (countable xs) tails (countable end)
        skipped (- (len items) (len tails)))
  (and (>= skipped 0)
       (all (map same? tails (cut items skipped None)))))
