"The part of Erlang's lists that sorts, merges and leaves out repeated elements.

`lists.hy` takes these in; this is no module of the language by itself. Sorting is stable; the order of terms is in
`_terms.hy`."

(import heapq
        xrepl.dialect.data [Atom NIL from-iterable map-key]
        xrepl.dialect.raising [error function-clause]
        xrepl.dialect.runs [run-of]
        xrepl.lang.erlang._terms [by-rank fun? in-order list-or-clause need-function tail-of without-repeats])

(setv __lfe_module__ "lists"
      ASC (Atom "asc"))

(defn sortable [function xs #* call]
  (list-or-clause "lists" function xs call))

(defn check-order [f items]
  "Fail as the first comparison of items would, if a function cannot compare."
  (when (> (len items) 1) (need-function f #* (cut items 2))))

(defn before? [f a b]
  "Say whether a function puts one term before another, or calls them equal."
  (setv answer (f a b))
  (when (not (or (is answer True) (is answer False)))
    (raise (error #((Atom "case_clause") answer))))
  answer)

(defn sort/1 [xs]
  "Sort a list in the order of terms."
  (run-of (in-order (sortable "sort" xs xs))))

(defn sort/2 [f xs]
  "Sort a list; the function says whether its first argument may come before the second."
  (run-of (merged-by f (sortable "sort" xs f xs))))

(defn merged-by [f items]
  "Sort by merging runs: unlike Python's sort it asks with the element that came first as first argument."
  (check-order f items)
  (setv runs (lfor item items [item]))
  (while (> (len runs) 1)
    (setv pairs (lfor i (range 0 (- (len runs) 1) 2) (merge-two f (get runs i) (get runs (+ i 1)))))
    (when (% (len runs) 2) (.append pairs (get runs -1)))
    (setv runs pairs))
  (if runs (get runs 0) []))

(defn merge-two [f xs ys]
  (when (and xs ys) (check-order f [(get xs 0) (get ys 0)]))
  (setv merged [] i 0 j 0 m (len xs) n (len ys))
  (while (and (< i m) (< j n))
    (if (before? f (get xs i) (get ys j))
        (do (.append merged (get xs i)) (setv i (+ i 1)))
        (do (.append merged (get ys j)) (setv j (+ j 1)))))
  (+ merged (cut xs i None) (cut ys j None)))

(defn usort/1 [xs]
  "Sort a list in the order of terms, and keep the first of equal elements."
  (run-of (without-repeats (in-order (sortable "usort" xs xs)))))

(defn usort/2 [f xs]
  "Sort a list by a function, and keep the first of elements that it takes for equal."
  (run-of (distinct f (merged-by f (sortable "usort" xs f xs)))))

(defn distinct [f items]
  (setv kept [])
  (for [item items]
    (when (not (and kept (before? f item (get kept -1))))
      (.append kept item)))
  kept)

(defn merged [function lists #* call]
  "Merge sorted lists; of equal elements those of the first list come first."
  (list (heapq.merge #* (gfor xs lists (list-or-clause "lists" function xs call)) :key by-rank)))

(defn merge/1 [lists]
  "Merge sorted lists."
  (run-of (merged "mergel" (sortable "mergel" lists lists NIL) lists NIL)))

(defn merge/2 [xs ys]
  "Merge two sorted lists."
  (run-of (merged "merge" [xs ys] xs ys)))

(defn merge3/3 [xs ys zs]
  "Merge three sorted lists."
  (run-of (merged "merge3" [xs ys zs] xs ys zs)))

(defn merge/3 [f xs ys]
  "Merge two lists sorted by a function."
  (run-of (merge-two f (sortable "merge" xs f xs ys) (sortable "merge" ys f xs ys))))

(defn umerge/1 [lists]
  "Merge sorted lists, and keep the first of equal elements."
  (run-of (without-repeats (merged "umergel" (sortable "umergel" lists lists NIL ASC) lists NIL ASC))))

(defn umerge/2 [xs ys]
  "Merge two sorted lists, and keep the first of equal elements."
  (run-of (without-repeats (merged "umerge" [xs ys] xs ys))))

(defn umerge3/3 [xs ys zs]
  "Merge three sorted lists, and keep the first of equal elements."
  (run-of (without-repeats (merged "umerge3" [xs ys zs] xs ys zs))))

(defn umerge/3 [f xs ys]
  "Merge two lists sorted by a function, and keep the first of elements that it takes for equal."
  (from-iterable
    (distinct f (merge-two f (sortable "umerge" xs f xs ys) (sortable "umerge" ys f xs ys)))))

(defn uniq/1 [xs]
  "Keep the first of elements that are =:=."
  (run-of (first-seen (sortable "uniq_1" xs (tail-of xs) {}) (fn [x] x))))

(defn uniq/2 [f xs]
  "Keep the first of elements for which a function gives the same (=:=)."
  (when (not (fun? f 1)) (raise (function-clause "lists" "uniq" f xs)))
  (run-of (first-seen (sortable "uniq_2" xs (tail-of xs) f {}) f)))

(defn first-seen [items choose]
  (setv seen (set) kept [])
  (for [item items]
    (setv key (map-key (choose item)))
    (when (not-in key seen)
      (.add seen key)
      (.append kept item)))
  kept)
