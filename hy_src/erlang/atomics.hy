"Erlang's atomics: integers that all processes change, each change whole."

(import xrepl.dialect.data [Atom]
        xrepl.dialect.processes [ATOMIC]
        xrepl.lang.erlang._integer-arrays [facts make-array place wrapped])

(setv __lfe_module__ "atomics"
      OK (Atom "ok"))

(defn new/2 [size options]
  "Make an array of so many zeros."
  (make-array "atomics" size options))

(defn get/2 [ref index]
  "Give an element."
  (setv [array i] (place "atomics" "get" ref index))
  (get array i))

(defn put/3 [ref index value]
  "Set an element."
  (setv [array i] (place "atomics" "put" ref index value)
        (get array i) (wrapped value))
  OK)

(defn add_get/3 [ref index step]
  "Add to an element and give what it is then."
  (setv [array i] (place "atomics" "add_get" ref index step))
  (with [_ ATOMIC] (setv (get array i) (wrapped (+ (get array i) step))))
  (get array i))

(defn sub_get/3 [ref index step]
  "Subtract from an element and give what it is then."
  (add_get/3 ref index (- step)))

(defn add/3 [ref index step]
  "Add to an element."
  (add_get/3 ref index step)
  OK)

(defn sub/3 [ref index step]
  "Subtract from an element."
  (add/3 ref index (- step)))

(defn exchange/3 [ref index value]
  "Set an element and give what it was."
  (setv [array i] (place "atomics" "exchange" ref index value))
  (with [_ ATOMIC]
    (setv before (get array i)
          (get array i) (wrapped value)))
  before)

(defn compare_exchange/4 [ref index expected value]
  "Set an element if it is what is expected: `ok`, or what it is."
  (setv [array i] (place "atomics" "compare_exchange" ref index expected value))
  (with [_ ATOMIC]
    (setv before (get array i))
    (when (= before expected) (setv (get array i) (wrapped value))))
  (if (= before expected) OK before))

(defn info/1 [ref]
  "Give size and memory of an array."
  (facts "atomics" ref))
