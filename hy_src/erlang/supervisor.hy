"Erlang's supervisor: a process that starts others and starts them again when they end.

It is a `gen_server` whose callbacks are here. What it is told is read in `_child_specs.hy`; starting, restarting and
ending children is in `_children.hy`."

(import xrepl.dialect [processes]
        xrepl.dialect.calls [call-function]
        xrepl.dialect.data [Atom NIL elements from-iterable is-list]
        xrepl.dialect.identifiers [Pid]
        xrepl.dialect.mailbox [INFINITY]
        xrepl.dialect.signals [EXIT]
        xrepl.lang.erlang [gen-server]
        xrepl.lang.erlang._child-specs [Bad UNDEFINED read-child read-children read-flags]
        xrepl.lang.erlang._children [Supervisor])

(setv __lfe_module__ "supervisor"
      ME (Atom "supervisor")
      OK (Atom "ok")
      ERROR (Atom "error")
      IGNORE (Atom "ignore")
      REPLY (Atom "reply")
      NO-REPLY (Atom "noreply")
      STOP (Atom "stop")
      NOT-FOUND (Atom "not_found")
      SHUTDOWN (Atom "shutdown"))

;; --- for programs

(defn start_link/2 [module argument]
  "Start a supervisor, whose `module:init/1` says what it supervises: `#(ok pid)`, `ignore` or `#(error reason)`."
  (gen-server.start_link/3 ME #(module argument) NIL))

(defn start_link/3 [name module argument]
  "Start a supervisor under a name, `#(local name)`."
  (gen-server.start_link/4 name ME #(module argument) NIL))

(defn asked [supervisor #* request]
  (gen-server.call/3 supervisor (if (= (len request) 1) (get request 0) request) INFINITY))

(defn start_child/2 [supervisor child]
  "Start a child that is described, or, for simple_one_for_one, one more with these arguments: `#(ok pid)`."
  (asked supervisor (Atom "start_child") child))

(defn terminate_child/2 [supervisor id]
  "End a child by its id (simple_one_for_one: its pid): `ok` or `#(error not_found)`; it can be started again."
  (asked supervisor (Atom "terminate_child") id))

(defn restart_child/2 [supervisor id]
  "Start a child again that was ended: `#(ok pid)` or `#(error reason)`."
  (asked supervisor (Atom "restart_child") id))

(defn delete_child/2 [supervisor id]
  "Forget a child that was ended: `ok` or `#(error reason)`."
  (asked supervisor (Atom "delete_child") id))

(defn which_children/1 [supervisor]
  "Give all children, the last one first (simple_one_for_one: last): `#(id pid type modules)`."
  (asked supervisor (Atom "which_children")))

(defn count_children/1 [supervisor]
  "Count what is specified, what lives, and of which kinds."
  (asked supervisor (Atom "count_children")))

(defn get_childspec/2 [supervisor id]
  "Give what is known of a child: `#(ok map)` or `#(error not_found)`."
  (asked supervisor (Atom "get_childspec") id))

(defn check_childspecs/1 [children]
  "Say whether a list describes children: `ok` or `#(error reason)`."
  (try
    (read-children children)
    (except [bad Bad] (return #(ERROR bad.reason))))
  OK)

;; --- the server's callbacks

(defn init/1 [argument]
  "Begin: ask the module what to supervise, and start it."
  (setv [module given] argument)
  (processes.process-flag (Atom "trap_exit") True)
  (setv told (call-function module (Atom "init") #(given)))
  (match told
    #(tag #(flags children)) :if (is tag OK) (begin module given flags children)
    tag :if (is tag IGNORE) IGNORE
    _ #(STOP #((Atom "bad_return") #(module (Atom "init") told)))))

(defn begin [module given flags children]
  (try
    (setv flags (read-flags flags))
    (except [bad Bad] (return #(STOP #((Atom "supervisor_data") bad.reason)))))
  (try
    (setv children (read-children children))
    (except [bad Bad] (return #(STOP #((Atom "start_spec") bad.reason)))))
  (setv supervisor (Supervisor flags children)
        failed (.start-all supervisor))
  (if (is failed None)
      #(OK supervisor)
      #(STOP #(SHUTDOWN #((Atom "failed_to_start_child") #* failed)))))

(defn handle_call/3 [request client supervisor]
  "Do what the functions above ask for."
  (setv [what #* arguments] (if (is (type request) tuple) request #(request)))
  #(REPLY ((get REQUESTS what.name) supervisor #* arguments) supervisor))

(defn handle_cast/2 [request supervisor]
  "Ignore what no function sends."
  #(NO-REPLY supervisor))

(defn handle_info/2 [message supervisor]
  "Do what is due when a child has ended."
  (match message
    #(tag pid reason) :if (is tag EXIT) (if (.on-exit supervisor pid reason)
                                            #(NO-REPLY supervisor)
                                            #(STOP SHUTDOWN supervisor))
    _ #(NO-REPLY supervisor)))

(defn terminate/2 [reason supervisor]
  "End all children, the last one first."
  (.end-all supervisor)
  OK)

;; --- requests

(defn start-child [supervisor term]
  (if supervisor.is-simple
      (.start-another supervisor term)
      (try
        (.start-new supervisor (read-child term))
        (except [bad Bad] #(ERROR bad.reason)))))

(defn terminate-child [supervisor id]
  (setv child (.find supervisor id))
  (cond
    (and supervisor.is-simple (is-not (type id) Pid)) #(ERROR (Atom "simple_one_for_one"))
    (is child None) #(ERROR NOT-FOUND)
    True (do (.end-child supervisor child)
             (when (or supervisor.is-simple (= child.restart "temporary")) (.forget supervisor child))
             OK)))

(defn idle-child [supervisor id action]
  "Do something to a child that has no process."
  (setv child (.find supervisor id))
  (cond
    supervisor.is-simple #(ERROR (Atom "simple_one_for_one"))
    (is child None) #(ERROR NOT-FOUND)
    child.is-alive #(ERROR (Atom "running"))
    child.is-restarting #(ERROR (Atom "restarting"))
    True (action child)))

(defn restart-child [supervisor id]
  (idle-child supervisor id (fn [child] (.start-child supervisor child))))

(defn delete-child [supervisor id]
  (idle-child supervisor id (fn [child] (.forget supervisor child) OK)))

(defn which-children [supervisor]
  (from-iterable (lfor child (cut supervisor.children None None (if supervisor.is-simple 1 -1))
                       #(child.id (if child.is-restarting (Atom "restarting") child.pid) child.kind child.modules))))

(defn count-children [supervisor]
  (setv children supervisor.children
        kinds (lfor child children (str child.kind)))
  (from-iterable [#((Atom "specs") (if supervisor.is-simple 1 (len children)))
                  #((Atom "active") (sum (gfor child children child.is-alive)))
                  #((Atom "supervisors") (.count kinds "supervisor"))
                  #((Atom "workers") (.count kinds "worker"))]))

(defn childspec [supervisor id]
  (setv child (if supervisor.is-simple supervisor.template (.find supervisor id)))
  (if (is child None) #(ERROR NOT-FOUND) #(OK (.as-map child))))

(setv REQUESTS {"start_child" start-child
                "terminate_child" terminate-child
                "restart_child" restart-child
                "delete_child" delete-child
                "which_children" which-children
                "count_children" count-children
                "get_childspec" childspec})
