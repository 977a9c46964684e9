"Shell functions that write a term: in LFE's or in Erlang's syntax, on one line or laid out."

(import sys
        xrepl.dialect [erlang-pretty erlang-printer printer]
        xrepl.dialect.data [Atom])

(setv HELP ["Printing"
            "(ep expr) -- write a term in Erlang's syntax"
            "(epp expr) -- lay out a term in Erlang's syntax"
            "(p expr) -- write a term"
            "(pp expr) -- lay out a term"]
      OK (Atom "ok"))

(defn say [text]
  (.write sys.stdout (+ text "\n"))
  OK)

(defn p/1 [term]
  "Write a term on one line, strings as lists."
  (say (printer.write term)))

(defn p/2 [term depth]
  "Write a term on one line, down to a depth."
  (say (printer.write term depth)))

(defn pp/1 [term]
  "Lay out a term."
  (pp/2 term -1))

(defn pp/2 [term depth]
  "Lay out a term, down to a depth."
  (say (printer.pretty term :depth depth)))

(defn ep/1 [term]
  "Write a term on one line in Erlang's syntax, strings as lists."
  (say (erlang-printer.write term)))

(defn ep/2 [term depth]
  "Write a term on one line in Erlang's syntax, down to a depth."
  (say (erlang-printer.write term depth)))

(defn epp/1 [term]
  "Lay out a term in Erlang's syntax."
  (epp/2 term -1))

(defn epp/2 [term depth]
  "Lay out a term in Erlang's syntax, down to a depth."
  (say (erlang-pretty.pretty term :depth depth)))
