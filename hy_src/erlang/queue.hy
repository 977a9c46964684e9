"Erlang's queue: first in, first out, at both ends.

A queue is the raw tuple `#(rear front)` of two lists, the rear one reversed. As in Erlang neither is empty when there
is more than one element, so both ends are at hand."

(import xrepl.dialect.data [Atom Cons NIL elements from-iterable is-list uncons]
        xrepl.dialect.raising [LfeError badarg]
        xrepl.lang.erlang._terms [fun? nil? same? truth])

(setv __lfe_module__ "queue"
      EMPTY #(NIL NIL)
      NOTHING (Atom "empty")
      VALUE (Atom "value"))

(defn queue? [value]
  (and (is (type value) tuple) (= (len value) 2) (is-list (get value 0)) (is-list (get value 1))))

(defn parts [q function #* call]
  "Give rear and front; `badarg` of the call for what is no queue."
  (when (not (queue? q)) (raise (badarg "queue" function #* call)))
  q)

(defn no-element [function q]
  (LfeError "error" NOTHING #("queue" function #(q))))

(defn single? [xs]
  (setv cell (uncons xs))
  (and (is-not cell None) (nil? cell.tail)))

(defn from-rear [rear]
  "Make a queue of a rear list alone."
  (setv items (list (elements rear)) half (// (len items) 2))
  #((from-iterable (cut items half)) (from-iterable (list (reversed (cut items half None))))))

(defn from-front [front]
  "Make a queue of a front list alone."
  (setv items (list (elements front)) half (// (len items) 2))
  #((from-iterable (list (reversed (cut items half None)))) (from-iterable (cut items half))))

(defn items-of [q]
  "Give the elements from front to rear as a Python list."
  (setv [rear front] q)
  (+ (list (elements front)) (list (reversed (list (elements rear))))))

;; --- making and asking

(defn new/0 []
  "Give the empty queue."
  EMPTY)

(defn is_queue/1 [value]
  "Say whether a value is a queue."
  (queue? value))

(defn is_empty/1 [q]
  "Say whether a queue is empty."
  (all (map nil? (parts q "is_empty" q))))

(defn len/1 [q]
  "Count the elements."
  (len (items-of (parts q "len" q))))

(defn to_list/1 [q]
  "Give the elements from front to rear."
  (from-iterable (items-of (parts q "to_list" q))))

(defn from_list/1 [xs]
  "Make a queue of elements from front to rear."
  (when (not (is-list xs)) (raise (badarg "queue" "from_list" xs)))
  (from-front xs))

(defn member/2 [item q]
  "Say whether an element is in a queue."
  (any (gfor other (items-of (parts q "member" item q)) (same? item other))))

;; --- in and out

(defn in/2 [item q]
  "Put an element in at the rear."
  (setv [rear front] (parts q "in" item q))
  (if (and (nil? front) (single? rear))
      #((from-iterable [item]) rear)
      #((Cons item rear) front)))

(defn in_r/2 [item q]
  "Put an element in at the front."
  (setv [rear front] (parts q "in_r" item q))
  (if (and (nil? rear) (single? front))
      #(front (from-iterable [item]))
      #(rear (Cons item front))))

(defn first-and-rest [q]
  "Give the front element in a tuple and the queue without it; nothing for an empty queue."
  (setv [rear front] q)
  (cond
    (not (nil? front)) (do
                         (setv cell (uncons front))
                         #(#(cell.head) (if (nil? cell.tail) (from-rear rear) #(rear cell.tail))))
    (nil? rear) #(None q)
    (single? rear) #(#((. (uncons rear) head)) EMPTY)
    True (do
           (setv [last #* others] (elements rear)
                 [first #* middle] (reversed others))
           #(#(first) #((from-iterable [last]) (from-iterable middle))))))

(defn turned [q]
  #((get q 1) (get q 0)))

(defn last-and-rest [q]
  (setv [item rest] (first-and-rest (turned q)))
  #(item (turned rest)))

(defn out/1 [q]
  "Take the front element: `#(#(value x) rest)`, or `#(empty queue)`."
  (setv [item rest] (first-and-rest (parts q "out" q)))
  (if (is item None) #(NOTHING q) #(#(VALUE (get item 0)) rest)))

(defn out_r/1 [q]
  "Take the rear element: `#(#(value x) rest)`, or `#(empty queue)`."
  (setv [item rest] (last-and-rest (parts q "out_r" q)))
  (if (is item None) #(NOTHING q) #(#(VALUE (get item 0)) rest)))

(defn taken [take function q]
  (setv [item rest] (take (parts q function q)))
  (when (is item None) (raise (no-element function q)))
  #((get item 0) rest))

(defn get/1 [q]
  "Give the front element."
  (get (taken first-and-rest "get" q) 0))

(defn get_r/1 [q]
  "Give the rear element."
  (get (taken last-and-rest "get_r" q) 0))

(defn peek/1 [q]
  "Give the front element as `#(value x)`, or `empty`."
  (setv [item _] (first-and-rest (parts q "peek" q)))
  (if (is item None) NOTHING #(VALUE (get item 0))))

(defn peek_r/1 [q]
  "Give the rear element as `#(value x)`, or `empty`."
  (setv [item _] (last-and-rest (parts q "peek_r" q)))
  (if (is item None) NOTHING #(VALUE (get item 0))))

(defn drop/1 [q]
  "Give a queue without its front element."
  (get (taken first-and-rest "drop" q) 1))

(defn drop_r/1 [q]
  "Give a queue without its rear element."
  (get (taken last-and-rest "drop_r" q) 1))

;; --- whole queues

(defn reverse/1 [q]
  "Turn a queue round."
  (turned (parts q "reverse" q)))

(defn join/2 [a b]
  "Put a queue behind another."
  (setv [rear _] (parts b "join" a b))
  (parts a "join" a b)
  (cond
    (= b EMPTY) (return a)
    (= a EMPTY) (return b))
  #(rear (from-iterable (+ (items-of a) (list (elements (get b 1)))))))

(defn split/2 [n q]
  "Split after this many elements."
  (setv [rear front] (parts q "split" n q)
        fronts (list (elements front)) rears (list (elements rear))
        left (- (+ (len fronts) (len rears)) n))
  (when (or (is-not (type n) int) (< n 0) (< left 0)) (raise (badarg "queue" "split" n q)))
  (cond
    (= n 0) #(EMPTY q)
    (= left 0) #(q EMPTY)
    (< n (len fronts)) #((from-front (from-iterable (cut fronts n))) #(rear (from-iterable (cut fronts n None))))
    (= n (len fronts)) #((from-front front) (from-rear rear))
    True #(#((from-iterable (cut rears left None)) front) (from-rear (from-iterable (cut rears left))))))

(defn both [q change]
  "Change rear and front by themselves; `change` takes elements from front to rear."
  (setv [rear front] q
        new-front (change (list (elements front)))
        new-rear (list (reversed (change (list (reversed (list (elements rear))))))))
  (cond
    (not new-rear) (from-front (from-iterable new-front))
    (not new-front) (from-rear (from-iterable new-rear))
    True #((from-iterable new-rear) (from-iterable new-front))))

(defn with-function [f arity q function #* call]
  (when (not (fun? f arity)) (raise (badarg "queue" function #* call)))
  (parts q function #* call))

(defn filter/2 [f q]
  "Keep the elements for which a function gives true; a list that it gives takes the element's place."
  (with-function f 1 q "filter" f q)
  (both q (fn [items]
            (setv kept [])
            (for [item items]
              (setv answer (f item))
              (cond
                (is answer True) (.append kept item)
                (is-list answer) (.extend kept (elements answer))))
            kept)))

(defn filtermap/2 [f q]
  "Keep the elements for which a function gives true, and what it gives as `#(true value)` instead."
  (with-function f 1 q "filtermap" f q)
  (both q (fn [items]
            (setv kept [])
            (for [item items]
              (setv answer (f item))
              (cond
                (is answer True) (.append kept item)
                (is (type answer) tuple) (.append kept (get answer 1))))
            kept)))

(defn fold/3 [f start q]
  "Fold from front to rear: the function takes an element and what there is so far."
  (setv sofar start)
  (for [item (items-of (with-function f 2 q "fold" f start q))]
    (setv sofar (f item sofar)))
  sofar)

(defn any/2 [f q]
  "Say whether a predicate holds for some element."
  (any (gfor item (items-of (with-function f 1 q "any" f q)) (truth (f item)))))

(defn all/2 [f q]
  "Say whether a predicate holds for every element."
  (all (gfor item (items-of (with-function f 1 q "all" f q)) (truth (f item)))))

(defn dropped [q items wanted?]
  (for [[i item] (enumerate items)]
    (when (wanted? item)
      (setv seen (- i (len (list (elements (get q 1)))))
            others (fn [part at] (+ (cut part at) (cut part (+ at 1) None))))
      (return
        (if (< seen 0)
            (rejoined (get q 0) (from-iterable (others (list (elements (get q 1))) i)))
            (do
              (setv rear (list (reversed (list (elements (get q 0))))))
              (rejoined (from-iterable (list (reversed (others rear seen)))) (get q 1)))))))
  q)

(defn rejoined [rear front]
  (cond
    (nil? rear) (from-front front)
    (nil? front) (from-rear rear)
    True #(rear front)))

(defn delete/2 [item q]
  "Leave out the front-most element that is =:=."
  (dropped q (items-of (parts q "delete" item q)) (fn [other] (same? item other))))

(defn delete_r/2 [item q]
  "Leave out the rear-most element that is =:=."
  (turned (delete/2 item (turned (parts q "delete_r" item q)))))

(defn delete_with/2 [f q]
  "Leave out the front-most element for which a predicate holds."
  (dropped q (items-of (with-function f 1 q "delete_with" f q)) (fn [other] (truth (f other)))))

(defn delete_with_r/2 [f q]
  "Leave out the rear-most element for which a predicate holds."
  (turned (delete_with/2 f (turned (with-function f 1 q "delete_with_r" f q)))))

;; --- the same by names of its own

(defn cons/2 [item q]
  "Put an element in at the head."
  (in_r/2 item q))

(defn snoc/2 [q item]
  "Put an element in at the tail."
  (in/2 item q))

(defn head/1 [q]
  "Give the head."
  (get (taken first-and-rest "head" q) 0))

(defn tail/1 [q]
  "Give a queue without its head."
  (get (taken first-and-rest "tail" q) 1))

(defn last/1 [q]
  "Give the last element."
  (get (taken last-and-rest "get_r" q) 0))

(defn daeh/1 [q]
  "Give the last element."
  (get (taken last-and-rest "get_r" q) 0))

(defn init/1 [q]
  "Give a queue without its last element."
  (get (taken last-and-rest "drop_r" q) 1))

(defn liat/1 [q]
  "Give a queue without its last element."
  (get (taken last-and-rest "drop_r" q) 1))

(defn lait/1 [q]
  "Give a queue without its last element."
  (get (taken last-and-rest "drop_r" q) 1))
