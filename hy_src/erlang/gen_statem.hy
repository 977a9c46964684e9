"Erlang's gen_statem: a process that is in a state and goes to another as events come.

A machine is a module with the functions `init/1`, `callback_mode/0`, one function of each state's name, `name/3`, or
`handle_event/4`, and, when it needs it, `terminate/3`. What events are and how answers are done is in `_statem_loop.hy`."

(import xrepl.dialect [processes]
        xrepl.dialect.data [Atom elements from-iterable is-list]
        xrepl.dialect.mailbox [INFINITY]
        xrepl.dialect.raising [LfeError]
        xrepl.dialect.signals [NORMAL]
        xrepl.lang.erlang [_gen :as gen gen-server proc-lib]
        xrepl.lang.erlang._statem-loop [Machine enter read-mode serve])

(setv __lfe_module__ "gen_statem"
      OK (Atom "ok")
      REPLY (Atom "reply"))

;; --- starting

(defn started [spawner name module argument options]
  (gen.start spawner name (fn [parent found-by] (serve (Machine module found-by name parent) argument)) options))

(defn start/3 [module argument options]
  "Start a machine: `#(ok pid)`, `ignore` or `#(error reason)`."
  (started processes.spawn None module argument options))

(defn start/4 [name module argument options]
  "Start a machine under a name, `#(local name)`: `#(ok pid)`, `ignore` or `#(error reason)`."
  (started processes.spawn name module argument options))

(defn start_link/3 [module argument options]
  "Start a machine that is linked with the caller."
  (started processes.spawn-link None module argument options))

(defn start_link/4 [name module argument options]
  "Start a machine under a name that is linked with the caller."
  (started processes.spawn-link name module argument options))

(defn start_monitor/3 [module argument options]
  "Start a machine and monitor it: `#(ok #(pid ref))`."
  (gen-server.monitored (start/3 module argument options)))

(defn start_monitor/4 [name module argument options]
  "Start a machine under a name and monitor it: `#(ok #(pid ref))`."
  (gen-server.monitored (start/4 name module argument options)))

(defn enter_loop/4 [module options state data]
  "Become a machine: the calling process, which proc_lib has started, goes on from a state."
  (enter_loop/6 module options state data (processes.self-) None))

(defn enter_loop/5 [module options state data name]
  "Become a machine that has a name, or that begins with actions."
  (if (is-list name)
      (enter_loop/6 module options state data (processes.self-) name)
      (enter_loop/6 module options state data name None)))

(defn enter_loop/6 [module options state data name actions]
  "Become a machine that has a name and begins with actions."
  (setv machine (Machine module (gen.name-of-start name) name (proc-lib.parent)))
  (read-mode machine)
  (enter machine state data actions))

;; --- asking

(defn call/2 [server request]
  "Send an event that is to be answered and wait for the answer."
  (call/3 server request INFINITY))

(defn call/3 [server request wait]
  "Send an event that is to be answered and wait for the answer, a time in milliseconds or `infinity`."
  (try
    (gen.call server request (milliseconds wait))
    (except [problem LfeError]
      (raise (LfeError "exit" #(problem.reason
                                 #((Atom "gen_statem") (Atom "call") (from-iterable [server request wait]))))))))

(defn milliseconds [wait]
  "Give a time that may stand in `#(clean_timeout ms)` or `#(dirty_timeout ms)`."
  (if (is (type wait) tuple) (get wait 1) wait))

(defn cast/2 [server event]
  "Send an event that is not answered."
  (gen.send-to server #(gen.CAST event))
  OK)

(defn reply/1 [replies]
  "Answer events: `#(reply client answer)`, or a list of them."
  (for [[_ client answer] (if (is-list replies) (list (elements replies)) [replies])]
    (gen.reply client answer))
  OK)

(defn reply/2 [client answer]
  "Answer an event that was kept; `client` is what came with it."
  (gen.reply client answer)
  OK)

(defn stop/1 [server]
  "End a machine and wait until it has ended."
  (stop/3 server NORMAL INFINITY))

(defn stop/3 [server reason wait]
  "End a machine with a reason and wait until it has ended."
  (proc-lib.stop/3 (or (gen.find-server server) server) reason wait))

;; --- asking now, taking the answer later

(defn send_request/2 [server request]
  "Send an event that is to be answered and give its identifier, for `receive_response` and the others."
  (gen.ask server request))

(defn receive_response/1 [id]
  "Wait for the answer to an event: `#(reply answer)` or `#(error reason)`."
  (gen-server.receive_response/2 id INFINITY))

(defn receive_response/2 [id wait]
  "Wait for the answer to a request; after `timeout` it will not come any more."
  (gen-server.receive_response/2 id wait))

(defn wait_response/2 [id wait]
  "Wait for the answer to a request; after `timeout` one may wait again."
  (gen-server.wait_response/2 id wait))

(defn check_response/2 [message id]
  "Say whether a message is the answer to a request: `#(reply answer)`, `#(error reason)` or `no_reply`."
  (gen-server.check_response/2 message id))

(defn wait_response/1 [id]
  "Wait for the answer to an event: `#(reply answer)` or `#(error reason)`."
  (gen-server.wait_response/2 id INFINITY))
