"Erlang's gen_event: a process that tells events to handlers, which come and go.

A handler is a module with the functions `init/1`, `handle_event/2` and `handle_call/2`, and, when it needs them,
`handle_info/2` and `terminate/2`. It is named by its module, or by `#(module id)` when there are several."

(import xrepl.dialect [processes]
        xrepl.dialect.data [Atom NIL from-iterable is-list]
        xrepl.dialect.mailbox [INFINITY]
        xrepl.dialect.raising [LfeError badarg]
        xrepl.dialect.signals [NORMAL]
        xrepl.lang.erlang [_gen :as gen gen-server proc-lib]
        xrepl.lang.erlang._event-handlers [Manager NOTIFY SYNC-NOTIFY serve])

(setv __lfe_module__ "gen_event"
      OK (Atom "ok")
      DEFAULT-MS 5000)

;; --- starting

(defn started [spawner name options]
  (gen.start spawner name (fn [parent found-by] (serve (Manager found-by name parent))) options))

(defn started-either [spawner choice]
  (if (is-list choice) (started spawner None choice) (started spawner choice NIL)))

(defn start/0 []
  "Start a manager: `#(ok pid)`."
  (started processes.spawn None NIL))

(defn start/1 [name]
  "Start a manager under a name, `#(local name)`, or with a list of options."
  (started-either processes.spawn name))

(defn start/2 [name options]
  "Start a manager under a name, with options."
  (started processes.spawn name options))

(defn start_link/0 []
  "Start a manager that is linked with the caller."
  (started processes.spawn-link None NIL))

(defn start_link/1 [name]
  "Start a manager that is linked with the caller, under a name or with a list of options."
  (started-either processes.spawn-link name))

(defn start_link/2 [name options]
  "Start a manager under a name that is linked with the caller, with options."
  (started processes.spawn-link name options))

(defn start_monitor/0 []
  "Start a manager and monitor it: `#(ok #(pid ref))`."
  (gen-server.monitored (start/0)))

(defn start_monitor/1 [name]
  "Start a manager under a name or with a list of options, and monitor it."
  (gen-server.monitored (start/1 name)))

(defn start_monitor/2 [name options]
  "Start a manager under a name, with options, and monitor it."
  (gen-server.monitored (start/2 name options)))

(defn stop/1 [manager]
  "End a manager, after all its handlers, and wait until it has ended."
  (stop/3 manager NORMAL INFINITY))

(defn stop/3 [manager reason wait]
  "End a manager with a reason and wait until it has ended."
  (proc-lib.stop/3 (or (gen.find-server manager) manager) reason wait))

;; --- events

(defn notify/2 [manager event]
  "Tell an event and go on."
  (setv message #(NOTIFY event))
  (when (and (is (type manager) Atom) (is (gen.find-server manager) None))
    (raise (badarg "erlang" "send" manager message)))
  (gen.send-to manager message)
  OK)

(defn sync_notify/2 [manager event]
  "Tell an event and wait until all handlers have seen it."
  (gen.call manager #(SYNC-NOTIFY event) INFINITY))

;; --- handlers

(defn add_handler/3 [manager handler argument]
  "Add a handler: `ok`, `#(EXIT reason)`, or what its init gives instead."
  (gen.call manager #("add" handler argument None) INFINITY))

(defn add_sup_handler/3 [manager handler argument]
  "Add a handler that ends with the caller; the caller is told of its end: `#(gen_event_EXIT handler reason)`."
  (gen.call manager #("add" handler argument (processes.self-)) INFINITY))

(defn delete_handler/3 [manager handler argument]
  "End a handler: what its terminate gives, or `#(error module_not_found)`."
  (gen.call manager #("delete" handler argument) INFINITY))

(defn swap_handler/3 [manager old new]
  "Put a handler in the place of another: `#(handler argument)` each."
  (gen.call manager #("swap" #* old #* new None) INFINITY))

(defn swap_sup_handler/3 [manager old new]
  "Put a handler in the place of another; the new one ends with the caller."
  (gen.call manager #("swap" #* old #* new (processes.self-)) INFINITY))

(defn which_handlers/1 [manager]
  "Give the handlers, the last one added first."
  (gen.call manager #("which") INFINITY))

;; --- asking

(defn blamed [problem #* call]
  (LfeError "exit" #(problem.reason #((Atom "gen_event") (Atom "call") (from-iterable call)))))

(defn call/3 [manager handler request]
  "Ask one handler and wait five seconds at most for its answer."
  (try
    (gen.call manager #("call" handler request) DEFAULT-MS)
    (except [problem LfeError] (raise (blamed problem manager handler request)))))

(defn call/4 [manager handler request wait]
  "Ask one handler and wait for its answer, a time in milliseconds or `infinity`."
  (try
    (gen.call manager #("call" handler request) wait)
    (except [problem LfeError] (raise (blamed problem manager handler request wait)))))

(defn send_request/3 [manager handler request]
  "Ask one handler and give the request's identifier, for `receive_response` and the others."
  (gen.ask manager #("call" handler request)))

(defn receive_response/2 [id wait]
  "Wait for the answer to a request; after `timeout` it will not come any more."
  (gen-server.receive_response/2 id wait))

(defn wait_response/2 [id wait]
  "Wait for the answer to a request; after `timeout` one may wait again."
  (gen-server.wait_response/2 id wait))

(defn check_response/2 [message id]
  "Say whether a message is the answer to a request: `#(reply answer)`, `#(error reason)` or `no_reply`."
  (gen-server.check_response/2 message id))
