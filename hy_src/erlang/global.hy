"Erlang's global: names of processes that are any term. There is one node, so they are this evaluator's."

(import xrepl.dialect [processes]
        xrepl.dialect.data [Atom from-iterable key-value map-key]
        xrepl.dialect.identifiers [Pid]
        xrepl.dialect.raising [LfeError])

(setv __lfe_module__ "global"
      UNDEFINED (Atom "undefined")
      names {})

(defn living [name]
  "Give the pid of a name, or None; a process that has ended has none."
  (setv pid (.get names (map-key name)))
  (when (and pid (is pid.process None))
    (.pop names (map-key name) None)
    (setv pid None))
  pid)

(defn register_name/2 [name pid]
  "Name a process: `yes`, or `no` when another one has the name."
  (if (or (living name) (is-not (type pid) Pid))
      (Atom "no")
      (re_register_name/2 name pid)))

(defn register_name/3 [name pid resolve]
  "Name a process; there is no other node whose names could clash."
  (register_name/2 name pid))

(defn re_register_name/2 [name pid]
  "Name a process, also when another one has the name."
  (setv (get names (map-key name)) pid)
  (Atom "yes"))

(defn unregister_name/1 [name]
  "Take a name away."
  (.pop names (map-key name) None)
  (Atom "ok"))

(defn whereis_name/1 [name]
  "Give the pid of a name, or `undefined`."
  (or (living name) UNDEFINED))

(defn registered_names/0 []
  "Give all names."
  (from-iterable (lfor key (list names) :if (living (key-value key)) (key-value key))))

(defn send/2 [name message]
  "Send a message to the process of a name, and give its pid.

Raises:
    LfeError: exit `#(badarg #(name message))` when nobody has it."
  (setv pid (living name))
  (when (is pid None) (raise (LfeError "exit" #((Atom "badarg") #(name message)))))
  (processes.send pid message)
  pid)
