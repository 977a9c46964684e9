"The table that Erlang's dict and sets are made of: buckets in segments, one bucket split at a time as it grows.

A table is a raw tuple, shown as such by the shell:
`#(tag size buckets most-buckets buddy-offset expand-size contract-size empty-segment segments)`. Buckets are lists; the
caller says what they hold."

(import xrepl.dialect.data [NIL elements from-iterable]
        xrepl.lang.erlang._hashing [make-hash])

(setv SEGMENT 16
      EXPAND 5
      CONTRACT 3
      EMPTY (* #(NIL) SEGMENT)
      WIDTH 9)

(defn new-table [tag]
  #(tag 0 SEGMENT SEGMENT (// SEGMENT 2) (* SEGMENT EXPAND) (* SEGMENT CONTRACT) EMPTY #(EMPTY)))

(defn table? [value tag]
  (and (is (type value) tuple) (= (len value) WIDTH) (is (get value 0) tag)))

(defn slot-of [table key]
  "Give the number of a key's bucket, from 1."
  (setv [_ _ buckets most buddy] (cut table 5)
        slot (+ 1 (% (make-hash key) most)))
  (if (> slot buckets) (- slot buddy) slot))

(defn bucket [segments slot]
  (get segments (// (- slot 1) SEGMENT) (% (- slot 1) SEGMENT)))

(defn with-bucket [segments slot new]
  (setv i (// (- slot 1) SEGMENT) j (% (- slot 1) SEGMENT)
        segment (get segments i))
  #(#* (cut segments i)
    #(#* (cut segment j) new #* (cut segment (+ j 1) None))
    #* (cut segments (+ i 1) None)))

(defn replaced [table slot new]
  "Give a table with another bucket of as many entries."
  #(#* (cut table 8) (with-bucket (get table 8) slot new)))

(defn sized [table size buckets most buddy segments]
  #((get table 0) size buckets most buddy (* buckets EXPAND) (* buckets CONTRACT) (get table 7) segments))

(defn grown [table key-of]
  "Count one more entry, and split a bucket when there are too many."
  (setv [tag size buckets most buddy limit _ empty segments] table)
  (when (<= (+ size 1) limit)
    (return #(tag (+ size 1) #* (cut table 2 None))))
  (when (= buckets most)
    (setv segments (+ segments (* #(empty) (len segments)))
          most (* 2 most)
          buddy (* 2 buddy)))
  (setv last (+ buckets 1) first (- last buddy) stay [] move [])
  (for [entry (elements (bucket segments first))]
    (.append (if (= (+ 1 (% (make-hash (key-of entry)) most)) first) stay move) entry))
  (setv segments (with-bucket segments first (from-iterable stay))
        segments (with-bucket segments last (from-iterable move)))
  (sized table (+ size 1) last most buddy segments))

(defn shrunk [table count]
  "Count fewer entries, and join two buckets when there are too few."
  (setv [tag size buckets most buddy _ limit empty segments] table)
  (when (or (= count 0) (>= (- size count) limit) (<= buckets SEGMENT))
    (return #(tag (- size count) #* (cut table 2 None))))
  (setv first (- buckets buddy)
        joined (from-iterable [#* (elements (bucket segments first)) #* (elements (bucket segments buckets))])
        segments (with-bucket (with-bucket segments first joined) buckets NIL)
        buckets (- buckets 1))
  (when (= buckets buddy)
    (setv segments (cut segments (// (len segments) 2))
          most (// most 2)
          buddy (// buddy 2)))
  (sized table (- size count) buckets most buddy segments))

(defn entries [table]
  "Go through the entries in the order of Erlang's folds: the last bucket first."
  (for [segment (reversed (get table 8))]
    (for [held (reversed segment)]
      (when (is-not held NIL)
        (for [entry (elements held)] (yield entry))))))

(defn changed [table change]
  "Apply a change to every bucket; it gives the bucket's new entries."
  (setv count 0 segments [])
  (for [segment (get table 8)]
    (setv made [])
    (for [held segment]
      (setv kept (if (is held NIL) [] (change (list (elements held)))))
      (+= count (len kept))
      (.append made (from-iterable kept)))
    (.append segments (tuple made)))
  (shrunk #(#* (cut table 8) (tuple segments)) (- (get table 1) count)))
