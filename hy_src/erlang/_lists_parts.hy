"The part of Erlang's lists that cuts lists, and that goes through several at once.

`lists.hy` takes these in; this is no module of the language by itself."

(import xrepl.dialect.data [NIL elements from-iterable is-list map-key uncons]
        xrepl.dialect.raising [badarg function-clause]
        xrepl.dialect.runs [run-of]
        xrepl.lang.erlang._terms [list-or-clause need-function nil? same? tail-of])

(setv __lfe_module__ "lists")

(defn clause [function #* call]
  (function-clause "lists" function #* call))

(defn listed [function value #* call]
  "Give the elements as a Python list; `function_clause` of the call for what is no proper list."
  (list-or-clause "lists" function value call))

(defn walk [function count xs n]
  "Step over elements; give the steps left and the rest of the list."
  (when (or (is-not (type count) int) (< count 0)) (raise (clause function n xs)))
  (setv left count rest xs)
  (while left
    (setv cell (uncons rest))
    (when (is cell None) (break))
    (setv rest cell.tail
          left (- left 1)))
  #(left rest))

;; --- cutting

(defn delete/2 [x xs]
  "Leave out the first element that is =:=."
  (setv items (listed "delete" xs x (tail-of xs)))
  (for [[i item] (enumerate items)]
    (when (same? item x)
      (return (run-of (+ (cut items i) (cut items (+ i 1) None))))))
  xs)

(defn subtract/2 [xs ys]
  "Leave out the first occurrence of every element of another list."
  (subtracted "subtract" xs ys))

(defn subtracted [function xs ys]
  (when (not (and (is-list xs) (is-list ys))) (raise (badarg "erlang" "--" xs ys)))
  (setv unwanted {} kept [])
  (for [y (elements ys)]
    (setv key (map-key y)
          (get unwanted key) (+ 1 (.get unwanted key 0))))
  (for [x (elements xs)]
    (setv key (map-key x)
          count (.get unwanted key 0))
    (if count
        (setv (get unwanted key) (- count 1))
        (.append kept x)))
  (run-of kept))

(defn sublist/2 [xs count]
  "Give as many elements, or as many as there are."
  (when (not (and (is (type count) int) (is-list xs))) (raise (clause "sublist" xs count)))
  (when (< count 0) (raise (clause "sublist_2" xs count)))
  (setv taken [])
  (for [x (if count (elements xs) [])]
    (.append taken x)
    (when (>= (len taken) count) (break)))
  (run-of taken))

(defn sublist/3 [xs start count]
  "Give as many elements from a place on, counted from 1."
  (when (not (and (is (type start) int) (>= start 1) (is (type count) int) (>= count 0) (is-list xs)))
    (raise (clause "sublist" xs start count)))
  (setv [left rest] (walk "sublist" (- start 1) xs start))
  (if left NIL (sublist/2 rest count)))

(defn split/2 [n xs]
  "Split after this many elements."
  (when (not (and (is (type n) int) (>= n 0) (is-list xs))) (raise (badarg "lists" "split" n xs)))
  (setv front [] rest xs)
  (for [_ (range n)]
    (setv cell (uncons rest))
    (when (is cell None) (raise (badarg "lists" "split" n xs)))
    (.append front cell.head)
    (setv rest cell.tail))
  #((run-of front) rest))

;; --- several lists at once

(defn together [function before #* lists]
  "Give the tuples of elements at one place; lists of different length are an error that names what is left."
  (setv rows [] rests (list lists))
  (while True
    (setv cells (lfor rest rests (uncons rest)))
    (when (not (all cells)) (break))
    (.append rows (tuple (gfor cell cells cell.head)))
    (setv rests (lfor cell cells cell.tail)))
  (when (not (all (map nil? rests)))
    (raise (clause function #* before #* rests)))
  rows)

(defn zip/2 [xs ys]
  "Pair the elements of two lists."
  (run-of (list (together "zip" [] xs ys))))

(defn zip3/3 [xs ys zs]
  "Make triples of the elements of three lists."
  (run-of (list (together "zip3" [] xs ys zs))))

(defn zipwith/3 [f xs ys]
  "Combine the elements of two lists with a function."
  (setv pairs (list (together "zipwith" [f] xs ys)))
  (when pairs (need-function f #* (get pairs 0)))
  (run-of (lfor [x y] pairs (f x y))))

(defn zipwith3/4 [f xs ys zs]
  "Combine the elements of three lists with a function."
  (setv triples (list (together "zipwith3" [f] xs ys zs)))
  (when triples (need-function f #* (get triples 0)))
  (run-of (lfor [x y z] triples (f x y z))))

(defn unzipped [function width xs]
  (setv rows [] rest xs)
  (while (setx cell (uncons rest))
    (when (not (and (is (type cell.head) tuple) (= (len cell.head) width))) (break))
    (.append rows cell.head)
    (setv rest cell.tail))
  (setv columns (if rows (lfor column (zip #* rows) (list column)) (* [[]] width)))
  (when (not (nil? rest))
    (raise (clause function rest #* (lfor column columns (run-of (cut column None None -1))))))
  (tuple (map from-iterable columns)))

(defn unzip/1 [pairs]
  "Give the first and the second elements of pairs as two lists."
  (unzipped "unzip" 2 pairs))

(defn unzip3/1 [triples]
  "Give the elements of triples as three lists."
  (unzipped "unzip3" 3 triples))
