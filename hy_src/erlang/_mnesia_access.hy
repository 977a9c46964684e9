"The tables of `mnesia.hy`, what a transaction may undo, and access without one (`dirty_...`).

One transaction runs at a time: another process that begins one waits. A transaction in a transaction is undone alone
when it aborts, and with the outer one when that does."

(import xrepl.dialect [processes registry]
        xrepl.dialect.data [Atom elements from-iterable]
        xrepl.dialect.identifiers [numbering]
        xrepl.dialect.raising [LfeError]
        xrepl.dialect.signals [scheduler]
        xrepl.lang.erlang [ets]
        xrepl.lang.erlang._ets-access [END]
        xrepl.lang.erlang._ets-tables [KINDS add-table find-table remove-table]
        xrepl.lang.erlang._terms [same?])

(setv OK (Atom "ok")
      ERROR (Atom "error")
      ATOMIC (Atom "atomic")
      ABORTED (Atom "aborted")
      HERE registry.NODE
      BAD-TYPE (Atom "bad_type")
      NO-EXISTS (Atom "no_exists")
      DEFAULT-ATTRIBUTES [(Atom "key") (Atom "val")]
      IGNORED #("ram_copies" "disc_copies" "disc_only_copies" "index" "access_mode" "load_order" "majority"
                "storage_properties" "local_content" "user_properties" "snmp"))

(defn aborted [reason]
  "Make the exit that ends a transaction, or a call outside of one."
  (LfeError "exit" #(ABORTED reason)))

;; --- tables

(defclass Definition []
  "A table: its records' name and attributes, and where they are."

  (defn __init__ [self table record-name attributes]
    (setv self.table table
          self.record-name record-name
          self.attributes attributes)))

(defclass System []
  "What there is on this node."

  (defn __init__ [self]
    (setv self.is-running False
          self.tables {}
          self.holder None  ; the process whose transaction runs
          self.undo []  ; for each transaction under way, what takes its changes back, the last change last
          self.is-dirty False)))

(setv system (System))

(defn add-definition [name options]
  "Make a table as the options say."
  (setv kind (Atom "set") attributes DEFAULT-ATTRIBUTES record-name name)
  (for [option options]
    (match option
      #(key value) :if (= (str key) "attributes") (setv attributes (list (elements value)))
      #(key value) :if (and (= (str key) "type") (in value KINDS)) (setv kind value)
      #(key value) :if (= (str key) "record_name") (setv record-name value)
      #(key _) :if (in (str key) IGNORED) None
      #(key #* others) (raise (aborted #((Atom "badarg") name key)))
      _ (raise (aborted #((Atom "badarg") name option)))))
  (when (< (len attributes) 2)
    (raise (aborted #(BAD-TYPE name #((Atom "attributes") (from-iterable attributes))))))
  (when (find-table name) (raise (aborted #((Atom "already_exists") name))))
  (setv table ((get KINDS kind) (numbering.make-ref) name 1 (Atom "public"))
        table.is-named True)
  (add-table table)
  (setv (get system.tables name) (Definition table record-name attributes)))

(defn definition-of [name [where None]]
  "Give a table; an abort when there is none."
  (setv definition (.get system.tables name))
  (when (is definition None) (raise (aborted #(NO-EXISTS (if (is where None) name where)))))
  definition)

(defn drop [name]
  (remove-table (. (.pop system.tables name) table)))

(defn name-of [record]
  "Give the table that a record or pattern belongs to."
  (when (not (and (is (type record) tuple) record)) (raise (aborted #(BAD-TYPE record))))
  (get record 0))

(defn place-of [definition attribute]
  "Give where in a record an attribute is, counted from 0: an attribute's name, or its position counted from 1."
  (cond
    (in attribute definition.attributes) (+ (.index definition.attributes attribute) 1)
    (is (type attribute) int) (- attribute 1)
    True (raise (aborted #(BAD-TYPE definition.table.name attribute)))))

;; --- transactions

(defn in-transaction? []
  (and (bool system.undo) (is system.holder scheduler.current)))

(defn need-activity []
  "Abort unless the caller is in a transaction or something dirty."
  (when (not (or (in-transaction?) system.is-dirty)) (raise (aborted (Atom "no_transaction")))))

(defn begin []
  "Begin a transaction, when no other process has one; give the list of what takes its changes back."
  (while (and system.undo (is-not system.holder scheduler.current))
    (processes.sleep 1))
  (setv system.holder scheduler.current)
  (.append system.undo [])
  (get system.undo -1))

(defn commit [undo]
  "End a transaction; what could undo it is the outer one's now."
  (.pop system.undo)
  (if system.undo
      (.extend (get system.undo -1) undo)
      (setv system.holder None)))

(defn roll-back [undo]
  "End a transaction and take its changes back, the last one first."
  (for [action (reversed undo)] (action))
  (.pop system.undo)
  (when (not system.undo) (setv system.holder None)))

(defn enter-dirty []
  (setv outer system.is-dirty system.is-dirty True)
  outer)

(defn leave-dirty [outer]
  (setv system.is-dirty outer))

(defn note-undo [table key]
  "Remember what the objects of a key are before a change."
  (when (in-transaction?)
    (setv before (.lookup table key))
    (.append (get system.undo -1) (fn []
                                    (.delete table key)
                                    (for [record before] (.insert table record))))))

;; --- reading and writing

(defn put-record [name record]
  (setv definition (definition-of name))
  (when (not (and (is (type record) tuple) (= (len record) (+ (len definition.attributes) 1))
                  (is (get record 0) definition.record-name)))
    (raise (aborted #(BAD-TYPE record))))
  (note-undo definition.table (get record 1))
  (.insert definition.table record)
  OK)

(defn remove-key [name key]
  (setv table (. (definition-of name) table))
  (note-undo table key)
  (.delete table key)
  OK)

(defn remove-record [name record]
  (setv table (. (definition-of name) table))
  (note-undo table (get record 1))
  (.delete-object table record)
  OK)

(defn matching-records [name pattern]
  (definition-of name)
  (ets.match_object/2 name pattern))

(defn selected [name specification]
  (definition-of name)
  (ets.select/2 name specification))

(defn keys-of [name]
  (setv keys [] table (. (definition-of name) table))
  (for [record (.objects table)]
    (when (not (and table.is-bag (any (gfor key keys (same? key (get record 1))))))
      (.append keys (get record 1))))
  (from-iterable keys))

(defn records-with [name value attribute]
  (setv definition (definition-of name)
        place (place-of definition attribute))
  (from-iterable (lfor record (.objects definition.table) :if (same? (get record place) value) record)))

(defn end-of [name by]
  (setv found (.end (. (definition-of name) table) by))
  (if found (get found 0) END))

(defn step-of [name key by]
  (setv found (.step (. (definition-of name) table) key by))
  (if found (get found 0) END))

;; --- dirty access: outside of transactions, at once

(defn dirty_write/1 [record]
  "Write a record, at once."
  (put-record (name-of record) record))

(defn dirty_write/2 [name record]
  "Write a record to a table, at once."
  (put-record name record))

(defn dirty_read/1 [where]
  "Give the records of `#(table key)`."
  (dirty_read/2 #* where))

(defn dirty_read/2 [name key]
  "Give the records with a key."
  (from-iterable (.lookup (. (definition-of name (from-iterable [name key])) table) key)))

(defn dirty_delete/1 [where]
  "Remove the records of `#(table key)`, at once."
  (remove-key #* where))

(defn dirty_delete/2 [name key]
  "Remove the records with a key, at once."
  (remove-key name key))

(defn dirty_delete_object/1 [record]
  "Remove a record, at once."
  (remove-record (name-of record) record))

(defn dirty_match_object/1 [pattern]
  "Give the records that match a pattern."
  (matching-records (name-of pattern) pattern))

(defn dirty_match_object/2 [name pattern]
  "Give a table's records that match a pattern."
  (matching-records name pattern))

(defn dirty_select/2 [name specification]
  "Give what a match specification makes of a table's records."
  (selected name specification))

(defn dirty_all_keys/1 [name]
  "Give all keys of a table."
  (keys-of name))

(defn dirty_index_read/3 [name value attribute]
  "Give the records that have a value in an attribute."
  (records-with name value attribute))

(defn dirty_first/1 [name]
  "Give the first key, or `$end_of_table`."
  (end-of name 1))

(defn dirty_last/1 [name]
  "Give the last key, or `$end_of_table`."
  (end-of name -1))

(defn dirty_next/2 [name key]
  "Give the next key, or `$end_of_table`."
  (step-of name key 1))

(defn dirty_prev/2 [name key]
  "Give the key before, or `$end_of_table`."
  (step-of name key -1))

(defn dirty_update_counter/2 [where step]
  "Add to the counter of `#(table key)`, at once, and give its new value."
  (dirty_update_counter/3 #* where step))

(defn dirty_update_counter/3 [name key step]
  "Add to a counter, the second attribute, at once, and give its new value; one that is not there begins at 0."
  (setv definition (definition-of name)
        found (.lookup definition.table key)
        value (+ step (if found (get found 0 2) 0)))
  (put-record name #(definition.record-name key value))
  value)
