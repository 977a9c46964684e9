"Arne Andersson's general balanced trees, for `gb_trees` and `gb_sets`: shaped as Erlang's are, since users see them.

A node is a tuple of its key, in `gb_trees` its value, the smaller and the bigger part; `nil` is the empty part. A part is
rebalanced when it is deeper than its size allows. Keys are compared with ==."

(import xrepl.dialect.arithmetic [less]
        xrepl.dialect.data [Atom from-iterable])

(setv NOTHING (Atom "nil"))

(defn find-node [key node]
  "Give the node with a key, or None."
  (while (is-not node NOTHING)
    (cond
      (less key (get node 0)) (setv node (get node -2))
      (less (get node 0) key) (setv node (get node -1))
      True (return node)))
  None)

(defn nodes [node]
  "Go through the nodes in the order of their keys."
  (setv pending [])
  (while (or pending (is-not node NOTHING))
    (while (is-not node NOTHING)
      (.append pending node)
      (setv node (get node -2)))
    (setv node (.pop pending))
    (yield node)
    (setv node (get node -1))))

(defn contents [node]
  "Give what the nodes hold, in the order of keys: tuples without their parts."
  (lfor one (nodes node) (cut one -2)))

;; --- balancing

(defn balanced [items]
  "Build a balanced part of contents in order; of halves that differ the smaller part gets more."
  (build items 0 (len items)))

(defn build [items start end]
  (setv rest (- end start 1))
  (when (< rest 0) (return NOTHING))
  (setv middle (+ start (- rest (// rest 2))))
  #(#* (get items middle) (build items start middle) (build items (+ middle 1) end)))

(defn balanced-right [items]
  "Build a balanced part of contents in order; of halves that differ the bigger part gets more."
  (build-right items 0 (len items)))

(defn build-right [items start end]
  (setv rest (- end start 1))
  (when (< rest 0) (return NOTHING))
  (setv middle (+ start (// rest 2)))
  #(#* (get items middle) (build-right items start middle) (build-right items (+ middle 1) end)))

(defn measure [node]
  "Give a part's height, as a power of 2, and its size."
  (when (is node NOTHING) (return #(1 0)))
  (when (and (is (get node -2) NOTHING) (is (get node -1) NOTHING)) (return #(1 1)))
  (setv [h1 s1] (measure (get node -2)) [h2 s2] (measure (get node -1)))
  #((* 2 (max h1 h2)) (+ s1 s2 1)))

(defn insert-into [node content size]
  "Insert contents whose key is not there into a part of a tree that will have this size."
  (get (inserted node content (* size size)) 0))

(defn inserted [node content room]
  "Give the part with the content in it; with height and size while it may be too deep."
  (when (is node NOTHING)
    (return #(#(#* content NOTHING NOTHING) #* (if (= room 0) [1 1] []))))
  (setv left? (less (get content 0) (get node 0))
        [part #* deep] (inserted (get node (if left? -2 -1)) content (// room 2))
        made (if left? #(#* (cut node -2) part (get node -1)) #(#* (cut node -1) part)))
  (when (not deep) (return #(made)))
  (setv [h1 s1] deep
        [h2 s2] (measure (get node (if left? -1 -2)))
        height (* 2 (max h1 h2)) size (+ s1 s2 1))
  (if (> height (* size size))
      #((balanced (contents made)))
      #(made height size)))

(defn put-in [node content]
  "Replace the contents of the node that has their key."
  (cond
    (less (get content 0) (get node 0)) #(#* (cut node -2) (put-in (get node -2) content) (get node -1))
    (less (get node 0) (get content 0)) #(#* (cut node -1) (put-in (get node -1) content))
    True #(#* content (get node -2) (get node -1))))

;; --- deleting

(defn without [node key]
  "Give a part without the node that has a key."
  (cond
    (less key (get node 0)) #(#* (cut node -2) (without (get node -2) key) (get node -1))
    (less (get node 0) key) #(#* (cut node -1) (without (get node -1) key))
    True (merged (get node -2) (get node -1))))

(defn merged [smaller bigger]
  (cond
    (is smaller NOTHING) bigger
    (is bigger NOTHING) smaller
    True (do
           (setv [content rest] (take-end bigger -2))
           #(#* content smaller rest))))

(defn take-end [node side]
  "Take the smallest node (side -2) or the largest one (-1) off a part: its contents and the rest."
  (setv inner (get node side))
  (when (is inner NOTHING)
    (return #((cut node -2) (get node (if (= side -2) -1 -2)))))
  (setv [content rest] (take-end inner side))
  #(content (if (= side -2) #(#* (cut node -2) rest (get node -1)) #(#* (cut node -1) rest))))

(defn end-of [node side]
  "Give the smallest node (side -2) or the largest one (-1)."
  (while (is-not (get node side) NOTHING)
    (setv node (get node side)))
  node)

;; --- iterators: the nodes still to come, each with its bigger part

(defn iterator [node]
  (setv pending [])
  (while (is-not node NOTHING)
    (.insert pending 0 node)
    (setv node (get node -2)))
  (from-iterable pending))

(defn iterator-from [node key]
  (setv pending [])
  (while (is-not node NOTHING)
    (if (less (get node 0) key)
        (setv node (get node -1))
        (do
          (.insert pending 0 node)
          (setv node (if (less key (get node 0)) (get node -2) NOTHING)))))
  (from-iterable pending))

(defn step [cell]
  "Give an iterator's first contents and the iterator after it."
  (setv rest cell.tail pending [] node (get cell.head -1))
  (while (is-not node NOTHING)
    (.insert pending 0 node)
    (setv node (get node -2)))
  #((cut cell.head -2) (from-iterable pending rest)))
