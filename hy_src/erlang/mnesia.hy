"Erlang's mnesia on one node: tables of records, and transactions that take effect as a whole or not at all.

The tables are those of `ets`, named, public and nobody's, so that they stay when the shell's process ends; a session keeps
them across restarts. Transactions run one after the other, and an aborted one is undone change by change; access, locks
and calls from outside are in `_mnesia_access.hy`. There are no other nodes, and no copies on disc but the session's."

(import xrepl.dialect.data [Atom NIL elements from-iterable is-list]
        xrepl.dialect.raising [LfeError]
        xrepl.dialect.signals [exit-reason as-raised]
        xrepl.lang.erlang._mnesia-access *)

(import xrepl.lang.erlang._mnesia-state)  ; so that tables are kept

(setv __lfe_module__ "mnesia"
      STOPPED (Atom "stopped")
      ALREADY-EXISTS (Atom "already_exists")
      SCHEMA (Atom "schema"))

;; --- the system

(defn start/0 []
  "Start: `ok`. The tables are in memory, and in the session."
  (setv system.is-running True)
  OK)

(defn start/1 [options]
  "Start; the options change nothing."
  (start/0))

(defn stop/0 []
  "Stop: `stopped`; the tables are gone."
  (for [name (list system.tables)] (drop name))
  (setv system.is-running False)
  STOPPED)

(defn create_schema/1 [nodes]
  "Say that there is a schema: it needs no files here."
  (if system.is-running
      #(ERROR #(HERE #(ALREADY-EXISTS HERE)))
      OK))

(defn delete_schema/1 [nodes]
  "Give `ok`: there are no files."
  OK)

(defn system_info/1 [item]
  "Give a figure of the system: tables, is_running, running_db_nodes ..."
  (match (str item)
    "tables" (from-iterable (sorted [SCHEMA #* system.tables] :key str))
    "is_running" (Atom (if system.is-running "yes" "no"))
    "running_db_nodes" (from-iterable (if system.is-running [HERE] []))
    "db_nodes" (from-iterable [HERE])
    "use_dir" False
    "transactions" (from-iterable [])
    "version" "4.21"
    _ (raise (aborted #((Atom "badarg") (Atom "system_info") item)))))

(defn info/0 []
  "Write the tables and how many records each has."
  (for [[name definition] (sorted (.items system.tables) :key (fn [pair] (str (get pair 0))))]
    (print f"{name}: with {(.size definition.table)} records"))
  OK)

;; --- tables

(defn done [action]
  "Do something to the schema: `#(atomic ok)` or `#(aborted reason)`."
  (try
    (when (not system.is-running) (raise (aborted #((Atom "node_not_running") HERE))))
    (action)
    (except [problem LfeError]
      (return #(ABORTED (get problem.reason 1)))))
  #(ATOMIC OK))

(defn create_table/2 [name options]
  "Make a table: `#(atomic ok)`. Options: `#(attributes names)`, `#(type set)` ordered_set or bag, `#(record_name name)`."
  (done (fn []
          (when (in name system.tables) (raise (aborted #(ALREADY-EXISTS name))))
          (add-definition name (list (elements options))))))

(defn delete_table/1 [name]
  "Remove a table."
  (done (fn [] (definition-of name) (drop name))))

(defn clear_table/1 [name]
  "Remove all records of a table."
  (done (fn [] (.clear (. (definition-of name) table)))))

(defn add_table_index/2 [name attribute]
  "Note that an attribute is searched for: `index_read` finds it anyway."
  (done (fn [] (place-of (definition-of name) attribute))))

(defn del_table_index/2 [name attribute]
  "Undo `add_table_index`."
  (add_table_index/2 name attribute))

(defn add_table_copy/3 [name node kind]
  "Change nothing: there is one copy."
  (done (fn [] None)))

(defn change_table_copy_type/3 [name node kind]
  "Change nothing: the session keeps what is in memory."
  (done (fn [] None)))

(defn wait_for_tables/2 [names wait]
  "Give `ok`: tables are there at once."
  OK)

(defn table_info/2 [name item]
  "Give what is known of a table: size, attributes, type, arity, record_name, wild_pattern ..."
  (setv definition (.get system.tables name))
  (when (is definition None)
    (return (if (= (str item) "size") 0 (raise (aborted #((Atom "no_exists") name item))))))
  (match (str item)
    "size" (.size definition.table)
    "attributes" (from-iterable definition.attributes)
    "type" definition.table.kind
    "arity" (+ (len definition.attributes) 1)
    "record_name" definition.record-name
    "wild_pattern" #(definition.record-name #* (* [(Atom "_")] (len definition.attributes)))
    "storage_type" (Atom "ram_copies")
    "ram_copies" (from-iterable [HERE])
    "disc_copies" NIL
    "index" NIL
    "memory" 0
    "all" (from-iterable (lfor key ["size" "attributes" "type" "arity" "record_name"]
                               #((Atom key) (table_info/2 name (Atom key)))))
    _ (raise (aborted #((Atom "no_exists") name item)))))

;; --- transactions

(defn transaction/1 [function]
  "Run a function as a transaction: `#(atomic value)`, or `#(aborted reason)` without any effect."
  (transaction/2 function NIL))

(defn transaction/2 [function arguments]
  "Run a function with arguments, or again so many times, as a transaction."
  (when (not (is-list arguments)) (setv arguments NIL))
  (cond
    (not system.is-running) #(ABORTED #((Atom "node_not_running") HERE))
    (not (callable function)) #(ABORTED #((Atom "badarg") function arguments (Atom "infinity") (Atom "mnesia")))
    True (transacted function (tuple (elements arguments)))))

(defn transaction/3 [function arguments retries]
  "Run a function with arguments as a transaction: there is nothing to try again."
  (transaction/2 function arguments))

(defn sync_transaction/1 [function]
  "Run a function as a transaction."
  (transaction/2 function NIL))

(defn transacted [function arguments]
  (setv undo (begin))
  (try
    (setv value (function #* arguments))
    (except [problem Exception]
      (roll-back undo)
      (return #(ABORTED (abort-reason (as-raised problem)))))
    (except [BaseException]
      (roll-back undo)
      (raise))
    (else (commit undo)))
  #(ATOMIC value))

(defn abort-reason [raised]
  (setv reason raised.reason)
  (cond
    (= raised.kind "throw") #((Atom "throw") reason)
    (and (is (type reason) tuple) (= (len reason) 2) (is (get reason 0) ABORTED)) (get reason 1)
    True (exit-reason raised)))

(defn abort/1 [reason]
  "End the transaction without effect."
  (raise (aborted reason)))

(defn is_transaction/0 []
  "Say whether the caller is in a transaction."
  (in-transaction?))

(defn dirty [function arguments]
  "Run a function whose reads and writes take effect at once."
  (setv outer (enter-dirty))
  (try
    (function #* (elements arguments))
    (finally (leave-dirty outer))))

(defn async_dirty/1 [function]
  "Run a function whose reads and writes take effect at once."
  (dirty function NIL))

(defn async_dirty/2 [function arguments]
  "Run a function with arguments; its reads and writes take effect at once."
  (dirty function arguments))

(defn sync_dirty/1 [function]
  "Run a function whose reads and writes take effect at once."
  (dirty function NIL))

(defn sync_dirty/2 [function arguments]
  "Run a function with arguments; its reads and writes take effect at once."
  (dirty function arguments))

(defn ets/1 [function]
  "Run a function whose reads and writes take effect at once."
  (dirty function NIL))

(defn activity/2 [kind function]
  "Run a function as a transaction, whose abort is an exit, or dirty."
  (if (not-in (str kind) #("transaction" "sync_transaction"))
      (dirty function NIL)
      (do
        (setv answer (transaction/1 function))
        (if (is (get answer 0) ATOMIC) (get answer 1) (raise (LfeError "exit" answer))))))

;; --- access in a transaction

(defn write/1 [record]
  "Write a record to the table of its name."
  (write/3 (name-of record) record (Atom "write")))

(defn write/3 [name record lock]
  "Write a record to a table."
  (need-activity)
  (put-record name record))

(defn read/1 [where]
  "Give the records of `#(table key)`."
  (when (is-not (type where) tuple) (raise (aborted #((Atom "bad_type") where))))
  (read/3 #* where (Atom "read")))

(defn read/2 [name key]
  "Give the records with a key."
  (read/3 name key (Atom "read")))

(defn read/3 [name key lock]
  "Give the records with a key."
  (need-activity)
  (from-iterable (.lookup (. (definition-of name) table) key)))

(defn wread/1 [where]
  "Give the records of `#(table key)`, to be written."
  (read/1 where))

(defn delete/1 [where]
  "Remove the records of `#(table key)`."
  (delete/3 #* where (Atom "write")))

(defn delete/3 [name key lock]
  "Remove the records with a key."
  (need-activity)
  (remove-key name key))

(defn delete_object/1 [record]
  "Remove a record."
  (need-activity)
  (remove-record (name-of record) record))

(defn match_object/1 [pattern]
  "Give the records that match a pattern."
  (match_object/3 (name-of pattern) pattern (Atom "read")))

(defn match_object/3 [name pattern lock]
  "Give a table's records that match a pattern."
  (need-activity)
  (matching-records name pattern))

(defn select/2 [name specification]
  "Give what a match specification makes of a table's records."
  (need-activity)
  (selected name specification))

(defn select/3 [name specification lock]
  "Give what a match specification makes of a table's records."
  (select/2 name specification))

(defn all_keys/1 [name]
  "Give all keys of a table."
  (need-activity)
  (keys-of name))

(defn foldl/3 [function start name]
  "Fold a function of record and value over a table."
  (need-activity)
  (setv value start)
  (for [record (.objects (. (definition-of name) table))] (setv value (function record value)))
  value)

(defn foldr/3 [function start name]
  "Fold a function of record and value over a table from its end."
  (need-activity)
  (setv value start)
  (for [record (reversed (.objects (. (definition-of name) table)))] (setv value (function record value)))
  value)

(defn index_read/3 [name value attribute]
  "Give the records that have a value in an attribute."
  (need-activity)
  (records-with name value attribute))

(defn first/1 [name]
  "Give the first key, or `$end_of_table`."
  (need-activity)
  (end-of name 1))

(defn last/1 [name]
  "Give the last key, or `$end_of_table`."
  (need-activity)
  (end-of name -1))

(defn next/2 [name key]
  "Give the next key, or `$end_of_table`."
  (need-activity)
  (step-of name key 1))

(defn prev/2 [name key]
  "Give the key before, or `$end_of_table`."
  (need-activity)
  (step-of name key -1))
