"Erlang's array: values by index from 0, `#(array size limit default tree)`.

Arrays grow unless they are fixed (limit 0). A node of the tree has ten parts and how many values each may hold; a part that was
never set is that number alone. What was not set has the default value."

(import xrepl.dialect.data [Atom NIL elements from-iterable is-list]
        xrepl.dialect.raising [LfeError]
        xrepl.lang.erlang._terms [fun? same?])

(setv __lfe_module__ "array"
      WIDTH 10
      TAG (Atom "array")
      UNDEFINED (Atom "undefined"))

(defn wrong []
  "Make the failure of all bad arguments."
  (LfeError "error" (Atom "badarg")))

(defn parts [a]
  "Give an array's size, limit, default and tree."
  (when (not (is_array/1 a)) (raise (wrong)))
  (cut a 1 None))

(defn made [size limit default tree]
  #(TAG size limit default tree))

(defn room-for [count]
  "Give how many values the smallest tree for this many holds."
  (setv room WIDTH)
  (while (< room count) (setv room (* room WIDTH)))
  room)

;; --- trees: a leaf is a tuple of ten values; an inner node has eleven elements, the last of which is its parts' size

(defn value-at [tree i room default]
  (while (is (type tree) tuple)
    (when (= room WIDTH) (return (get tree i)))
    (setv room (// room WIDTH)
          tree (get tree (// i room))
          i (% i room)))
  default)

(defn with-value [tree i room value default]
  (when (= room WIDTH)
    (setv leaf (if (is (type tree) tuple) (list tree) (* [default] WIDTH))
          (get leaf i) value)
    (return (tuple leaf)))
  (setv below (// room WIDTH)
        node (if (is (type tree) tuple) (list tree) (* [below] (+ WIDTH 1)))
        at (// i below)
        (get node at) (with-value (get node at) (% i below) below value default))
  (tuple node))

(defn tree-of [values room default]
  "Build a tree of values from index 0 on."
  (when (not values) (return room))
  (when (= room WIDTH)
    (return (tuple (+ values (* [default] (- WIDTH (len values)))))))
  (setv below (// room WIDTH))
  #(#* (lfor i (range WIDTH) (tree-of (cut values (* i below) (* (+ i 1) below)) below default)) below))

(defn grown [tree room wanted]
  "Give a tree with room for an index, and its room."
  (while (>= wanted room)
    (setv tree (if (is (type tree) tuple) #(tree #* (* [room] WIDTH)) (* room WIDTH))
          room (* room WIDTH)))
  #(tree room))

(defn all-values [a]
  "Give the values from index 0 on, as a Python list."
  (setv [size limit default tree] (parts a)
        room (or limit (room-for size)) found [])
  (collect tree room default found)
  (cut found size))

(defn collect [tree room default found]
  (cond
    (is-not (type tree) tuple) (.extend found (* [default] room))
    (= room WIDTH) (.extend found tree)
    True (for [part (cut tree WIDTH)]
           (collect part (// room WIDTH) default found))))

(defn set-values [a]
  "Give index and value of those that are not the default."
  (setv default (get a 3))
  (lfor [i value] (enumerate (all-values a)) :if (not (same? value default)) #(i value)))

;; --- making

(defn new/0 []
  "Make an array that grows, of default `undefined`."
  (made 0 WIDTH UNDEFINED WIDTH))

(defn new/1 [options]
  "Make an array: options are a size, `fixed`, `#(size n)`, `#(fixed true)`, `#(default value)`, or a list of them."
  (made-with options 0 False))

(defn new/2 [size options]
  "Make an array of a fixed size, with options."
  (when (or (is-not (type size) int) (< size 0)) (raise (wrong)))
  (made-with options size True))

(defn made-with [options size fixed]
  (setv default UNDEFINED)
  (for [option (if (is-list options) (elements options) [options])]
    (setv [name value] (if (and (is (type option) tuple) (= (len option) 2)) option [option True]))
    (cond
      (and (is (type name) int) (>= name 0)) (setv size name fixed True)
      (is name (Atom "fixed")) (setv fixed (is value True))
      (and (is name (Atom "size")) (is (type value) int) (>= value 0)) (setv size value fixed True)
      (and (is name (Atom "default")) (is (type option) tuple)) (setv default value)
      True (raise (wrong))))
  (setv room (room-for size))
  (made size (if fixed 0 room) default room))

(defn from_list/1 [xs]
  "Make an array of a list's elements, of default `undefined`."
  (from_list/2 xs UNDEFINED))

(defn from_list/2 [xs default]
  "Make an array of a list's elements, of a default."
  (when (not (is-list xs)) (raise (wrong)))
  (setv values (list (elements xs)) room (room-for (len values)))
  (made (len values) room default (tree-of values room default)))

(defn from_orddict/1 [pairs]
  "Make an array of pairs of index and value, in order."
  (from_orddict/2 pairs UNDEFINED))

(defn from_orddict/2 [pairs default]
  "Make an array of pairs of index and value, in order, of a default."
  (when (not (is-list pairs)) (raise (wrong)))
  (setv values [])
  (for [pair (elements pairs)]
    (when (not (and (is (type pair) tuple) (= (len pair) 2) (is (type (get pair 0)) int)
                    (>= (get pair 0) (len values))))
      (raise (wrong)))
    (.extend values (* [default] (- (get pair 0) (len values))))
    (.append values (get pair 1)))
  (from_list/2 values default))

;; --- asking

(defn is_array/1 [value]
  "Say whether a value looks like an array."
  (and (is (type value) tuple) (= (len value) 5) (is (get value 0) TAG)
       (is (type (get value 1)) int) (is (type (get value 2)) int)))

(defn size/1 [a]
  "Give the number of values: the last index and one."
  (get (parts a) 0))

(defn default/1 [a]
  "Give the default."
  (get (parts a) 2))

(defn is_fix/1 [a]
  "Say whether an array has a fixed size."
  (and (is_array/1 a) (= (get a 2) 0)))

(defn sparse_size/1 [a]
  "Give the number of values up to the last that is not the default."
  (parts a)
  (setv pairs (set-values a))
  (if pairs (+ (get pairs -1 0) 1) 0))

(defn get/2 [i a]
  "Give the value at an index; one past the end of an array that grows is the default."
  (setv [size limit default tree] (parts a))
  (cond
    (not (and (is (type i) int) (>= i 0))) (raise (wrong))
    (< i size) (value-at tree i (or limit (room-for size)) default)
    (> limit 0) default
    True (raise (wrong))))

;; --- changing

(defn set/3 [i value a]
  "Give an array with a value at an index; an array that grows does so."
  (setv [size limit default tree] (parts a))
  (when (or (not (and (is (type i) int) (>= i 0))) (and (= limit 0) (>= i size)))
    (raise (wrong)))
  (setv [tree room] (if limit (grown tree limit i) [tree (room-for size)]))
  (made (max size (+ i 1)) (if limit room 0) default (with-value tree i room value default)))

(defn reset/2 [i a]
  "Give an array with the default at an index."
  (setv [size limit default tree] (parts a))
  (cond
    (not (and (is (type i) int) (>= i 0))) (raise (wrong))
    (< i size) (set/3 i default a)
    (> limit 0) a
    True (raise (wrong))))

(defn resize/2 [size a]
  "Give an array of another size."
  (setv [_ limit default tree] (parts a))
  (when (not (and (is (type size) int) (>= size 0))) (raise (wrong)))
  (setv [tree room] (grown tree (or limit (room-for (size/1 a))) (- size 1)))
  (made size (if limit room 0) default tree))

(defn resize/1 [a]
  "Give an array that ends with the last value that is not the default."
  (resize/2 (sparse_size/1 a) a))

(defn fix/1 [a]
  "Give an array that does not grow."
  (setv [size _ default tree] (parts a))
  (made size 0 default tree))

(defn relax/1 [a]
  "Give an array that grows."
  (setv [size _ default tree] (parts a))
  (made size (room-for size) default tree))

;; --- all of it

(defn to_list/1 [a]
  "Give the values."
  (from-iterable (all-values a)))

(defn sparse_to_list/1 [a]
  "Give the values that are not the default."
  (parts a)
  (from-iterable (lfor [_ value] (set-values a) value)))

(defn to_orddict/1 [a]
  "Give pairs of index and value."
  (from-iterable (enumerate (all-values a))))

(defn sparse_to_orddict/1 [a]
  "Give pairs of index and value, of those that are not the default."
  (parts a)
  (from-iterable (set-values a)))

(defn filled [a pairs]
  (setv result a)
  (for [[i value] pairs] (setv result (set/3 i value result)))
  result)

(defn with-function [f arity a pairs]
  (when (not (and (fun? f arity) (is_array/1 a))) (raise (wrong)))
  (pairs a))

(defn every [a]
  (enumerate (all-values a)))

(defn map/2 [f a]
  "Give an array of what a function gives for every index and value."
  (setv pairs (with-function f 2 a every))
  (filled a (lfor [i value] pairs #(i (f i value)))))

(defn sparse_map/2 [f a]
  "Give an array in which values that are not the default are what a function gives for index and value."
  (setv pairs (with-function f 2 a set-values))
  (filled a (lfor [i value] pairs #(i (f i value)))))

(defn folded [f start pairs]
  (setv sofar start)
  (for [[i value] pairs] (setv sofar (f i value sofar)))
  sofar)

(defn foldl/3 [f start a]
  "Fold over the values from the first: the function takes index, value and what there is so far."
  (folded f start (with-function f 3 a every)))

(defn foldr/3 [f start a]
  "Fold over the values from the last: the function takes index, value and what there is so far."
  (folded f start (reversed (list (with-function f 3 a every)))))

(defn sparse_foldl/3 [f start a]
  "Fold over the values that are not the default, from the first."
  (folded f start (with-function f 3 a set-values)))

(defn sparse_foldr/3 [f start a]
  "Fold over the values that are not the default, from the last."
  (folded f start (reversed (with-function f 3 a set-values))))
