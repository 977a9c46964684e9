"Erlang's pg: groups of processes by name, of one node. A process that ends leaves its groups."

(import xrepl.dialect [processes]
        xrepl.dialect.data [Atom elements from-iterable is-list key-value map-key])

(setv __lfe_module__ "pg"
      OK (Atom "ok")
      NOT-JOINED (Atom "not_joined")
      SCOPE (Atom "pg")
      groups {})  ; by scope and name: pids in the order of joining

(defn start_link/0 []
  "Give `#(ok pid)`: nothing has to be started."
  #(OK (processes.shell-pid)))

(defn start_link/1 [scope]
  "Give `#(ok pid)`: nothing has to be started."
  (start_link/0))

(defn start/1 [scope]
  "Give `#(ok pid)`: nothing has to be started."
  (start_link/0))

(defn members [scope name]
  (setv found (.get groups #(scope (map-key name)) [])
        living (lfor pid found :if (is-not pid.process None) pid))
  (if living
      (setv (get groups #(scope (map-key name))) living)
      (.pop groups #(scope (map-key name)) None))
  living)

(defn pids-of [pids]
  (if (is-list pids) (list (elements pids)) [pids]))

(defn join/2 [name pids]
  "Let a process, or a list of them, join a group."
  (join/3 SCOPE name pids))

(defn join/3 [scope name pids]
  "Let a process, or a list of them, join a group of a scope."
  (setv (get groups #(scope (map-key name))) [#* (members scope name) #* (pids-of pids)])
  OK)

(defn leave/2 [name pids]
  "Let a process, or a list of them, leave a group: `ok` or `not_joined`."
  (leave/3 SCOPE name pids))

(defn leave/3 [scope name pids]
  "Let a process, or a list of them, leave a group of a scope."
  (setv found (members scope name) left? False)
  (for [pid (pids-of pids)]
    (when (in pid found)
      (.remove found pid)
      (setv left? True)))
  (setv (get groups #(scope (map-key name))) found)
  (members scope name)
  (if left? OK NOT-JOINED))

(defn get_members/1 [name]
  "Give the processes of a group."
  (get_members/2 SCOPE name))

(defn get_members/2 [scope name]
  "Give the processes of a group of a scope."
  (from-iterable (list (reversed (members scope name)))))

(defn get_local_members/1 [name]
  "Give the processes of a group at this node."
  (get_members/1 name))

(defn get_local_members/2 [scope name]
  "Give the processes of a group of a scope at this node."
  (get_members/2 scope name))

(defn which_groups/0 []
  "Give the names of all groups."
  (which_groups/1 SCOPE))

(defn which_groups/1 [scope]
  "Give the names of the groups of a scope."
  (from-iterable (lfor [of name] (list groups) :if (and (is of scope) (members scope (key-value name))) (key-value name))))
