"Shell functions on the current session's history of forms."

(import xrepl.lang.xrepl.xrepl-commands [clear-history/0 history/0])

(setv HELP ["History"
            "(history) (hist) -- show the forms of this session"
            "(clear-history) (hist-clear) -- let the history begin anew"])

(defn hist/0 []
  "Show the forms of the current session."
  (history/0))

(defn hist-clear/0 []
  "Let the history begin anew."
  (clear-history/0))
