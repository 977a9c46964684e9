"Erlang's counters: integers that all processes count with."

(import xrepl.dialect.data [Atom]
        xrepl.lang.erlang._integer-arrays [facts make-array place wrapped])

(setv __lfe_module__ "counters"
      OK (Atom "ok")
      KIND (Atom "atomics"))

(defn ref-of [counters]
  (if (and (is (type counters) tuple) (= (len counters) 2)) (get counters 1) None))

(defn new/2 [size options]
  "Make so many counters of 0."
  #(KIND (make-array "counters" size options)))

(defn at [function counters index #* rest]
  (try
    (place "counters" function (ref-of counters) index #* rest)
    (except [problem Exception]
      (setv problem.called #("counters" function #(counters index #* rest)))
      (raise))))

(defn get/2 [counters index]
  "Give a counter."
  (setv [array i] (at "get" counters index))
  (get array i))

(defn put/3 [counters index value]
  "Set a counter."
  (setv [array i] (at "put" counters index value)
        (get array i) (wrapped value))
  OK)

(defn add/3 [counters index step]
  "Add to a counter."
  (setv [array i] (at "add" counters index step)
        (get array i) (wrapped (+ (get array i) step)))
  OK)

(defn sub/3 [counters index step]
  "Subtract from a counter."
  (add/3 counters index (- step)))

(defn info/1 [counters]
  "Give size and memory of counters."
  (facts "counters" (ref-of counters)))
