"The tables of mnesia as part of a session's state: they are there again after a restart."

(import xrepl.dialect.data [Atom]
        xrepl.dialect.state-hooks [Provider register]
        xrepl.lang.erlang._ets-state [content restored]
        xrepl.lang.erlang._mnesia-access [Definition drop system])

(setv RUNNING "running"
      TABLE "table ")

(defn revision []
  "Give a number for each table that changes with it, and whether the system runs."
  [system.is-running #* (gfor definition (.values system.tables) definition.table.changed)])

(defn save []
  "Give what the tables are and hold, by their names."
  {#** (dfor [name definition] (.items system.tables)
             (+ TABLE name.name)
             #(definition.record-name (tuple definition.attributes) (content definition.table)))
   #** (if system.is-running {RUNNING True} {})})

(defn load [parts gone]
  "Make tables as they were saved, in the place of those that are there."
  (for [part [#* parts #* gone]]
    (setv name (Atom (.removeprefix part TABLE)))
    (when (in name system.tables) (drop name)))
  (when (in RUNNING gone) (setv system.is-running False))
  (for [[part kept] (.items parts)]
    (if (= part RUNNING)
        (setv system.is-running True)
        (make #* kept))))

(defn make [record-name attributes kept]
  (setv table (restored #* kept)
        (get system.tables table.name) (Definition table record-name (list attributes))))

(register (Provider "mnesia" revision save load))
