"Which table a call of `ets` means, and whether the caller may use it so."

(import xrepl.dialect.data [Atom]
        xrepl.dialect.raising [badarg]
        xrepl.dialect.signals [scheduler]
        xrepl.lang.erlang._ets-tables [find-table])

(setv PUBLIC (Atom "public")
      PROTECTED (Atom "protected")
      PRIVATE (Atom "private")
      UNDEFINED (Atom "undefined")
      END (Atom "$end_of_table"))

(defn bad [function #* call]
  (badarg "ets" function #* call))

(defn own? [table]
  (or (is table.owner None) (is table.owner scheduler.current)))

(defn readable [function id #* rest]
  "Give a table that the caller may read; `badarg` of the call otherwise."
  (setv table (find-table id))
  (when (or (is table None) (and (is table.protection PRIVATE) (not (own? table))))
    (raise (bad function id #* rest)))
  table)

(defn writable [function id #* rest]
  "Give a table that the caller may change; `badarg` of the call otherwise."
  (setv table (find-table id))
  (when (or (is table None) (not (or (is table.protection PUBLIC) (own? table))))
    (raise (bad function id #* rest)))
  table)

(defn owned [function id #* rest]
  "Give a table that is the caller's; `badarg` of the call otherwise."
  (setv table (find-table id))
  (when (or (is table None) (not (own? table))) (raise (bad function id #* rest)))
  table)
