"The part of `ets` on what is known of tables, and on tables in files. `ets.hy` takes these in.

A file holds kind, options and objects in the external term format, and is read by `file2tab` only."

(import errno
        sys
        xrepl.dialect [registry]
        xrepl.dialect.data [Atom elements from-iterable is-list text-of]
        xrepl.dialect.erlang-printer [write]
        xrepl.dialect.signals [scheduler]
        xrepl.lang.erlang._ets-access [UNDEFINED bad]
        xrepl.lang.erlang._ets-tables [by-ref find-table named]
        xrepl.lang.erlang._external [decode encode])

(setv __lfe_module__ "ets"
      TUNING (frozenset ["read_concurrency" "write_concurrency" "decentralized_counters"])
      EMPTY-WORDS 139
      OBJECT-WORDS 10
      NONE (Atom "none")
      OK (Atom "ok"))

(defn owner-pid [table]
  (. (or table.owner scheduler.shell) pid))

(defn tuned [option]
  (fn [table] (.get table.options (Atom option) False)))

(setv FACTS {
  "id" (fn [table] table.ref)
  "decentralized_counters" (tuned "decentralized_counters")
  "read_concurrency" (tuned "read_concurrency")
  "write_concurrency" (tuned "write_concurrency")
  "compressed" (tuned "compressed")
  "memory" (fn [table] (+ EMPTY-WORDS (* OBJECT-WORDS (.size table))))
  "owner" owner-pid
  "heir" (fn [table] (if table.heir (get table.heir 0) NONE))
  "name" (fn [table] table.name)
  "size" (fn [table] (.size table))
  "node" (fn [table] registry.NODE)
  "named_table" (fn [table] table.is-named)
  "type" (fn [table] table.kind)
  "keypos" (fn [table] (+ table.place 1))
  "protection" (fn [table] table.protection)})

(defn info/1 [id]
  "Give what is known of a table, as pairs, or `undefined` when there is none."
  (setv table (find-table id))
  (if (is table None)
      UNDEFINED
      (from-iterable (lfor [item fact] (.items FACTS) #((Atom item) (fact table))))))

(defn info/2 [id item]
  "Give one thing that is known of a table: size, type, name, owner, protection, keypos, memory ..."
  (setv table (find-table id))
  (cond
    (is table None) UNDEFINED
    (in (str item) FACTS) ((get FACTS (str item)) table)
    (in (str item) #("fixed" "safe_fixed" "stats")) False
    True (raise (bad "info" id item))))

(defn i/0 []
  "Write a line about every table."
  (.write sys.stdout " id              name              type  size   mem      owner\n")
  (.write sys.stdout (+ " " (* "-" 76) "\n"))
  (for [table (.values by-ref)]
    (setv owner (owner-pid table)
          name (when owner.process owner.process.name))
    (.write sys.stdout (.format " {:<15} {:<17} {:<5} {:<6} {:<8} {}\n" (str (write table.id)) (write table.name)
                                (write table.kind) (.size table) ((get FACTS "memory") table) (write (or name owner)))))
  OK)

;; --- files

(defn path-of [name]
  (if (is-list name) (text-of (elements name)) (str name)))

(defn failed [#* reason]
  #((Atom "error") #((Atom "read_error") #((Atom "file_error") #* reason))))

(defn tab2file/2 [id name]
  "Write a table to a file."
  (setv table (find-table id))
  (when (is table None) (return #((Atom "error") (Atom "badtab"))))
  (setv kept #(table.name table.kind table.is-named table.protection (+ table.place 1)
               (from-iterable (.objects table))))
  (try
    (with [file (open (path-of name) "wb")] (.write file (encode kept)))
    (except [problem OSError]
      (return (failed name (Atom (.lower (.get errno.errorcode problem.errno "eio"))))))
    (except [ValueError] (return #((Atom "error") (Atom "badarg")))))
  OK)

(defn tab2file/3 [id name options]
  "Write a table to a file; the options change nothing."
  (tab2file/2 id name))

(defn read-table [name]
  "Give what `tab2file` wrote: name, options of the table, objects."
  (with [file (open (path-of name) "rb")]
    (setv [kept _] (decode (.read file))
          [title kind named-table protection place objects] kept))
  #(title (from-iterable [kind protection #((Atom "keypos") place) #* (if named-table [(Atom "named_table")] [])])
    objects))

(defn file2tab/1 [name]
  "Make the table that a file holds: `#(ok table)`."
  (import xrepl.lang.erlang.ets :as ets)  ; which takes this file in
  (try
    (setv [title options objects] (read-table name))
    (except [problem OSError]
      (return (failed name (Atom (.lower (.get errno.errorcode problem.errno "eio"))))))
    (except [ValueError] (return #((Atom "error") (Atom "badfile")))))
  (when (and (in (Atom "named_table") (list options)) (in title named))
    (return #((Atom "error") (Atom "cannot_create_table"))))
  (setv id (ets.new/2 title options))
  (ets.insert/2 id objects)
  #(OK id))

(defn file2tab/2 [name options]
  "Make the table that a file holds; the options change nothing."
  (file2tab/1 name))
