"The part of LFE's cl on sequences, which are lists and tuples: elements, mapping, removing, searching, counting.

`cl.hy` takes these in; this is no module of the language by itself."

(import xrepl.dialect.arithmetic [exactly-equal]
        xrepl.dialect.data [Atom NIL elements from-iterable is-list uncons]
        xrepl.dialect.raising [badarg error function-clause]
        xrepl.lang.erlang [lists]
        xrepl.lang.erlang._terms [asked nil? same? tail-of truth])

(setv __lfe_module__ "cl")

(defn clause [function #* call]
  (function-clause "cl" function #* call))

(defn items-of [value function #* call]
  "Give the elements of a list or tuple."
  (cond
    (is (type value) tuple) (list value)
    (not (is-list value)) (raise (clause function #* call))
    (is-list (tail-of value)) (list (elements value))
    True (raise (clause function #* call))))

(defn like [sample items]
  "Give elements as a tuple for a tuple, as a list for a list."
  (if (is (type sample) tuple) (tuple items) (from-iterable items)))

;; --- elements

(defn car/1 [xs]
  "Give the first element; `()` of `()`."
  (if (nil? xs) NIL (. (cell-of xs "hd") head)))

(defn cdr/1 [xs]
  "Give the list after the first element; `()` of `()`."
  (if (nil? xs) NIL (. (cell-of xs "tl") tail)))

(defn cell-of [xs function]
  (setv cell (uncons xs))
  (when (is cell None) (raise (badarg "erlang" function xs)))
  cell)

(defn first/1 [xs]
  "Give the first element; `()` of `()`."
  (car/1 xs))

(defn rest/1 [xs]
  "Give the list after the first element; `()` of `()`."
  (cdr/1 xs))

(defn nth/2 [n xs]
  "Give an element, counted from 0; `()` when there is none."
  (setv number? (in (type n) #(int float)))
  (when (and number? (< n 0)) (return NIL))
  (setv left n rest xs)
  (while (not (nil? rest))
    (when (and (is (type left) int) (= left 0)) (return (car/1 rest)))
    (when (not number?) (raise (error (Atom "badarith"))))
    (setv left (- left 1) rest (cdr/1 rest)))
  NIL)

(defn nthcdr/2 [n xs]
  "Give what follows the element with this index, counted from 0."
  (when (is-not (type n) int) (raise (error (Atom "badarith"))))
  (lists.nthtail/2 (+ n 1) xs))

(defn last/1 [xs]
  "Give the last element."
  (lists.last/1 xs))

(defn butlast/1 [xs]
  "Give all but the last element."
  (lists.droplast/1 xs))

(defn elt/2 [n seq]
  "Give an element of a list or tuple, counted from 0."
  (cond
    (is-list seq) (nth/2 n seq)
    (is-not (type seq) tuple) (raise (clause "elt" n seq))
    (and (is (type n) int) (< -1 n (len seq))) (get seq n)
    True (raise (badarg "erlang" "element" (if (is (type n) int) (+ n 1) n) seq))))

(defn length/1 [seq]
  "Count the elements."
  (when (and (is-list seq) (not (is-list (tail-of seq)))) (raise (badarg "erlang" "length" seq)))
  (len (items-of seq "length" seq)))

(defn reverse/1 [seq]
  "Turn a list or tuple round."
  (like seq (cut (items-of seq "reverse" seq) None None -1)))

;; --- asking

(defn some/2 [pred seq]
  "Say whether a predicate holds for some element; of a tuple the last one is not asked, as in LFE."
  (if (is (type seq) tuple)
      (any (gfor x (cut seq -1) (truth (asked pred x))))
      (lists.any/2 pred (listed seq "some" pred seq))))

(defn listed [seq function #* call]
  (if (is-list seq) seq (raise (clause function #* call))))

(defn every/2 [pred seq]
  "Say whether a predicate holds for every element."
  (lists.all/2 pred (if (is (type seq) tuple) (from-iterable seq) (listed seq "every" pred seq))))

(defn notany/2 [pred seq]
  "Say whether a predicate holds for no element."
  (every/2 (fn [x] (negated (asked pred x))) seq))

(defn notevery/2 [pred seq]
  "Say whether there is an element for which a predicate does not hold."
  (some/2 (fn [x] (negated (asked pred x))) seq))

(defn negated [answer]
  (if (is (type answer) bool) (not answer) (raise (badarg "erlang" "not" answer))))

;; --- reducing

(defn reduce/2 [f xs]
  "Fold a list from the left, starting with `()`."
  (lists.foldl/3 f NIL xs))

(defn reduce/4 [f xs option value]
  "Fold a list with an option: `initial-value x` or `from-end true`."
  (cond
    (is option (Atom "initial-value")) (lists.foldl/3 f value xs)
    (and (is option (Atom "from-end")) (is value True)) (lists.foldr/3 f NIL xs)
    True (raise (clause "reduce" f xs option value))))

(defn reduce/6 [f xs option value option2 value2]
  "Fold a list from the right, with both options."
  (setv options {option value option2 value2}
        start (Atom "initial-value"))
  (when (not (and (= (set options) #{start (Atom "from-end")}) (is (get options (Atom "from-end")) True)))
    (raise (clause "reduce" f xs option value option2 value2)))
  (lists.foldr/3 f (get options start) xs))

;; --- removing, replacing

(defn remove/2 [item seq]
  "Leave out the elements that are equal to an item."
  (like seq (lfor x (items-of seq "remove" item seq) :if (not (same? x item)) x)))

(defn remove-if/2 [pred seq]
  "Leave out the elements for which a predicate holds."
  (like seq (lfor x (items-of seq "remove-if" pred seq) :if (not (denied (asked pred x))) x)))

(defn denied [answer]
  (if (is (type answer) bool) answer (raise (error (Atom "badarg")))))

(defn remove-if-not/2 [pred seq]
  "Keep the elements for which a predicate holds."
  (like seq (lfor x (items-of seq "remove-if-not" pred seq) :if (filtered (asked pred x)) x)))

(defn filtered [answer]
  (if (is (type answer) bool) answer (raise (error #((Atom "bad_filter") answer)))))

(defn remove-duplicates/1 [seq]
  "Keep the last of equal elements."
  (setv kept [])
  (for [x (reversed (items-of seq "remove-duplicates" seq))]
    (when (not (any (gfor y kept (same? x y)))) (.append kept x)))
  (like seq (list (reversed kept))))

(defn substitute/3 [new old seq]
  "Put a new element in the place of every one equal to an old one."
  (like seq (lfor x (items-of seq "substitute" new old seq) (if (same? x old) new x))))

(defn substitute-if/3 [new pred seq]
  "Put a new element in the place of every one for which a predicate holds."
  (like seq (lfor x (items-of seq "substitute-if" new pred seq) (if (truth (asked pred x)) new x))))

(defn substitute-if-not/3 [new pred seq]
  "Put a new element in the place of every one for which a predicate does not hold."
  (like seq (lfor x (items-of seq "substitute-if-not" new pred seq) (if (truth (asked pred x)) x new))))

;; --- searching, counting: lists only

(defn found-in [function loop good? call]
  "Go through index and element of those in a list that are good.

Args:
    function: the one that was called.
    loop: the name of LFE's loop in it, with its arity, which failures tell.
    good?: a test of an element.
    call: what the function was called with, the list last."
  (setv [first xs] call rest xs i 0)
  (while (setx cell (uncons rest))
    (when (good? cell.head) (yield #(i cell.head)))
    (setv rest cell.tail)
    (+= i 1))
  (when (not (nil? rest))
    (setv counted (if (.endswith loop "3") [i] []))
    (raise (clause f"-lfe-{function}/2-local-{loop}-0-" first #* counted rest))))

(defn element-of [pairs]
  (get (next pairs #(0 NIL)) 1))

(defn index-of [pairs]
  (get (next pairs #(NIL 0)) 0))

(defn equal-to [item]
  (fn [x] (same? x item)))

(defn holds [pred]
  (fn [x] (truth (asked pred x))))

(defn fails [pred]
  (fn [x] (not (truth (asked pred x)))))

(defn find/2 [item xs]
  "Give the first element equal to an item, or `()`."
  (element-of (found-in "find" "find-loop/2" (equal-to item) [item xs])))

(defn find-if/2 [pred xs]
  "Give the first element for which a predicate holds, or `()`."
  (element-of (found-in "find-if" "find-if-loop/2" (holds pred) [pred xs])))

(defn find-if-not/2 [pred xs]
  "Give the first element for which a predicate does not hold, or `()`."
  (element-of (found-in "find-if-not" "find-if-not-loop/2" (fails pred) [pred xs])))

(defn position/2 [item xs]
  "Give the index of the first element equal to an item, or `()`."
  (index-of (found-in "position" "pos-loop/3" (equal-to item) [item xs])))

(defn position-if/2 [pred xs]
  "Give the index of the first element for which a predicate holds, or `()`."
  (index-of (found-in "position-if" "pos-if-loop/3" (holds pred) [pred xs])))

(defn position-if-not/2 [pred xs]
  "Give the index of the first element for which a predicate does not hold, or `()`."
  (index-of (found-in "position-if-not" "pos-if-not-loop/3" (fails pred) [pred xs])))

(defn count/2 [item xs]
  "Count the elements equal to an item."
  (counted "count" (equal-to item) [item xs]))

(defn count-if/2 [pred xs]
  "Count the elements for which a predicate holds."
  (counted "count-if" (holds pred) [pred xs]))

(defn count-if-not/2 [pred xs]
  "Count the elements for which a predicate does not hold."
  (counted "count-if-not" (fails pred) [pred xs]))

(defn counted [function good? call]
  (setv [first xs] call n 0 rest xs)
  (while (setx cell (uncons rest))
    (when (good? cell.head) (+= n 1))
    (setv rest cell.tail))
  (if (nil? rest) n (raise (clause f"-lfe-{function}/2-local-{function}-loop/3-0-" first n rest))))
