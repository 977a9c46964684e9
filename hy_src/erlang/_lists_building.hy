"The part of Erlang's lists that makes lists: counting, joining, reversing, flattening, numbering.

`lists.hy` takes these in; this is no module of the language by itself."

(import xrepl.dialect.data [Atom Cons NIL elements from-iterable is-list string uncons]
        xrepl.dialect.raising [LfeError badarg]
        xrepl.dialect.runs [run-of]
        xrepl.lang.erlang._lists-parts [clause listed]
        xrepl.lang.erlang._terms [nil? tail-of])

(setv __lfe_module__ "lists")

(defn seq/2 [first last]
  "Count from a number to another."
  (when (not (and (is (type first) int) (is (type last) int) (<= (- first 1) last)))
    (raise (clause "seq" first last)))
  (run-of (range first (+ last 1))))

(defn seq/3 [first last step]
  "Count from a number to another by steps."
  (for [number #(first last step)]
    (when (is-not (type number) int) (raise (badarg "lists" "seq" first last step))))
  (cond
    (and (> step 0) (<= (- first step) last)) (run-of (range first (+ last 1) step))
    (and (< step 0) (>= (- first step) last)) (run-of (range first (- last 1) step))
    (and (= step 0) (= first last)) (run-of [first])
    True (raise (badarg "lists" "seq" first last step))))

(defn duplicate/2 [n x]
  "Give a list of this many equal elements."
  (when (or (is-not (type n) int) (< n 0)) (raise (clause "duplicate" n x)))
  (run-of (* [x] n)))

(defn append/1 [lists]
  "Join lists."
  (setv parts (listed "append" lists (tail-of lists)))
  (when (not parts) (return NIL))
  (setv joined (.pop parts))
  (while parts
    (setv joined (append/2 (.pop parts) joined)))
  joined)

(defn append/2 [xs ys]
  "Join two lists."
  (try
    (if (nil? xs) ys (from-iterable (list (elements xs)) (if (nil? ys) NIL ys)))
    (except [TypeError]
      (raise (badarg "erlang" "++" xs ys)))))

(defn reverse/1 [xs]
  "Turn a list round."
  (when (is (type xs) str) (return (string (cut xs None None -1))))
  (try
    (setv items (list (elements xs)))
    (except [TypeError]
      (raise (not-reversible xs))))
  (.reverse items)
  (run-of items))

(defn not-reversible [xs]
  "Make Erlang's failure, which turns the first two elements round by itself."
  (setv first (uncons xs) second (if first (uncons first.tail) None))
  (if (is second None)
      (clause "reverse" xs)
      (badarg "lists" "reverse" second.tail (run-of [second.head first.head]))))

(defn reverse/2 [xs tail]
  "Turn a list round, before a tail."
  (try
    (setv items (list (elements xs)) end tail)
    (except [TypeError]
      (raise (badarg "lists" "reverse" xs tail))))
  (for [x items]
    (setv end (Cons x end)))
  end)

(defn flat [function xs #* call]
  "Give the elements of nested lists as a Python list."
  (when (not (is-list xs)) (raise (clause function #* call)))
  (setv found [] pending [(elements xs)])
  (try
    (while pending
      (for [x (get pending -1)]
        (if (is-list x)
            (do
              (.append pending (elements x))
              (break))
            (.append found x))
        (else (.pop pending))))
    (except [TypeError]
      (raise (clause function #* call))))
  found)

(defn flatlength/1 [xs]
  "Count the elements of nested lists."
  (len (flat "flatlength" xs xs 0)))

(defn not-flat [xs tail]
  "Make Erlang's failure for nested lists of which one is improper: it goes through them from the end."
  (setv heads [] cell xs)
  (while (setx step (uncons cell))
    (.append heads step.head)
    (setv cell step.tail))
  (when (not (is-list cell)) (raise (clause "do_flatten" cell tail)))
  (for [x (reversed heads)]
    (setv tail (if (is-list x) (not-flat x tail) (Cons x tail))))
  tail)

(defn flatten/1 [xs]
  "Give the elements of nested lists."
  (try
    (run-of (flat "flatten" xs xs))
    (except [LfeError]
      (when (is-list xs) (not-flat xs NIL))
      (raise))))

(defn flatten/2 [xs tail]
  "Give the elements of nested lists, before a tail."
  (when (not (is-list tail)) (raise (clause "flatten" xs tail)))
  (try
    (from-iterable (flat "flatten" xs xs tail) tail)
    (except [LfeError]
      (when (is-list xs) (not-flat xs tail))
      (raise))))

(defn thing_to_list [thing]
  (raise (clause "thing_to_list" thing)))

(defn concat/1 [things]
  "Join the texts of atoms, numbers and strings."
  (setv joined [])
  (for [thing (listed "flatmap_1" things thing_to_list (tail-of things))]
    (setv kind (type thing))
    (cond
      (is-list thing) (.extend joined (elements thing))
      (in kind #{int Atom bool}) (.extend joined (map ord (str (if (is kind bool) (.lower (str thing)) thing))))
      (is kind float) (.extend joined (map ord (format thing ".20e")))
      True (thing_to_list thing)))
  (run-of joined))

(defn join/2 [separator xs]
  "Put a separator between elements."
  (setv joined [])
  (for [x (listed "join" xs separator xs)]
    (when joined (.append joined separator))
    (.append joined x))
  (run-of joined))

(defn enumerate/1 [xs]
  "Number the elements from 1."
  (numbered xs 1 1 [xs]))

(defn numbered [xs start step call]
  (when (not (is-list xs)) (raise (clause "enumerate" #* call)))
  (run-of (lfor [i x] (enumerate (listed "enumerate" xs #* call)) #((+ start (* i step)) x))))

(defn enumerate/2 [start xs]
  "Number the elements from a number on."
  (when (is-not (type start) int) (raise (clause "enumerate" start xs)))
  (numbered xs start 1 [start xs]))

(defn enumerate/3 [start step xs]
  "Number the elements from a number on, by steps."
  (numbered xs start step [start step xs]))
