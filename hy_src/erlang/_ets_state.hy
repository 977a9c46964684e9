"Tables as part of a session's state: those of the shell's process are there again after a restart.

A table that another process owns ends with it, and no process survives a restart. Called by the evaluator's state
keeper, through `xrepl.dialect.state_hooks`."

(import xrepl.dialect.data [Atom]
        xrepl.dialect.identifiers [Ref]
        xrepl.dialect.processes [shell-pid]
        xrepl.dialect.signals [scheduler]
        xrepl.dialect.state-hooks [Provider register]
        xrepl.lang.erlang._ets-access [give]
        xrepl.lang.erlang._ets-tables [KINDS add-table by-ref find-table remove-table])

(setv NAMED "n:"
      UNNAMED "r:")

(defn kept? [table]
  (and (is-not table.owner None) (is table.owner scheduler.shell)))

(defn part-name [table]
  (if table.is-named (+ NAMED table.name.name) f"{UNNAMED}{table.ref.number}"))

(defn kept-tables []
  (lfor table (list (.values by-ref)) :if (kept? table) table))

(defn revision []
  "Give a number for each of the shell's tables that changes with it."
  (lfor table (kept-tables) table.changed))

(defn save []
  "Give what the shell's tables are and hold, by their names: plain data of the language."
  (dfor table (kept-tables) (part-name table) (content table)))

(defn content [table]
  #(table.kind table.ref.number table.name table.is-named table.place table.protection (dict table.options)
    (tuple (.objects table))))

(defn find-part [part]
  (setv text (cut part (len NAMED) None))
  (find-table (if (.startswith part NAMED) (Atom text) (Ref (int text)))))

(defn load [parts gone]
  "Make tables as they were saved, in the place of those that are there."
  (for [part [#* parts #* gone]]
    (setv table (find-part part))
    (when table (remove-table table)))
  (setv shell (. (shell-pid) process))
  (for [kept (.values parts)]
    (give (restored #* kept) shell)))

(defn restored [kind number name named? place protection options objects]
  (setv table ((get KINDS kind) (Ref number) name place protection)
        table.is-named named?
        table.options options)
  (.insert-all table (if (= kind.name "bag") (list (reversed objects)) objects))
  (add-table table)
  table)

(register (Provider "ets" revision save load))
