"Which table a call of `ets` means, whether the caller may use it so, and whose tables are."

(import xrepl.dialect.data [Atom]
        xrepl.dialect.raising [badarg]
        xrepl.dialect.signals [scheduler send]
        xrepl.lang.erlang._ets-tables [find-table remove-table])

(setv PUBLIC (Atom "public")
      PROTECTED (Atom "protected")
      PRIVATE (Atom "private")
      TRANSFER (Atom "ETS-TRANSFER")
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

;; --- owners

(defn give [table process]
  "Make a process the owner of a table: the table ends with it."
  (.change table)
  (setv table.owner process)
  (when (is-not process None)
    (.append process.ending (fn [] (when (is table.owner process) (end-table table))))))

(defn end-table [table]
  "Remove a table whose owner ends, or hand it to its heir."
  (setv heir (when table.heir (. (get table.heir 0) process)))
  (if (or (is heir None) (not heir.is-alive))
      (remove-table table)
      (do
        (setv former table.owner.pid)
        (give table heir)
        (send heir.pid #(TRANSFER table.id former (get table.heir 1))))))
