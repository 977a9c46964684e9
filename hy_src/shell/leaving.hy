"Shell functions that leave: the client ends, the session goes on without it."

(import xrepl.lang.erlang.c [q/0])

(setv HELP ["Leaving"
            "(exit) -- leave; the session stays"
            "(q) -- leave; the session stays"
            "(quit) -- leave; the session stays"])

(defn exit/0 []
  "Leave: the client ends when the form has."
  (q/0))

(defn quit/0 []
  "Leave: the client ends when the form has."
  (q/0))
