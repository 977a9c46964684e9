"Erlang's gen_server: a process that answers requests one after the other and keeps a state.

A server is a module with the functions `init/1`, `handle_call/3`, `handle_cast/2`, and, when it needs them,
`handle_info/2`, `handle_continue/2` and `terminate/2`. How servers are found and asked is in `_gen.hy`, what a server
does with its callbacks' answers in `_server_loop.hy`."

(import xrepl.dialect [processes]
        xrepl.dialect.data [Atom from-iterable]
        xrepl.dialect.mailbox [INFINITY TIMEOUT]
        xrepl.dialect.raising [LfeError]
        xrepl.dialect.signals [NORMAL]
        xrepl.lang.erlang [_gen :as gen proc-lib]
        xrepl.lang.erlang._server-loop [Server enter serve])

(setv __lfe_module__ "gen_server"
      OK (Atom "ok")
      ERROR (Atom "error")
      REPLY (Atom "reply")
      DEFAULT-MS 5000)

;; --- starting

(defn started [spawner name module argument options]
  (gen.start spawner name (fn [parent found-by] (serve (Server module found-by name parent) argument)) options))

(defn start/3 [module argument options]
  "Start a server: `#(ok pid)`, `ignore` or `#(error reason)`."
  (started processes.spawn None module argument options))

(defn start/4 [name module argument options]
  "Start a server under a name, `#(local name)`: `#(ok pid)`, `ignore` or `#(error reason)`."
  (started processes.spawn name module argument options))

(defn start_link/3 [module argument options]
  "Start a server that is linked with the caller."
  (started processes.spawn-link None module argument options))

(defn start_link/4 [name module argument options]
  "Start a server under a name that is linked with the caller."
  (started processes.spawn-link name module argument options))

(defn monitored [answer]
  "Monitor a server that was started: `#(ok #(pid ref))`."
  (if (gen.tagged? answer OK 2)
      #(OK #((get answer 1) (processes.monitor (Atom "process") (get answer 1))))
      answer))

(defn start_monitor/3 [module argument options]
  "Start a server and monitor it: `#(ok #(pid ref))`."
  (monitored (start/3 module argument options)))

(defn start_monitor/4 [name module argument options]
  "Start a server under a name and monitor it: `#(ok #(pid ref))`."
  (monitored (start/4 name module argument options)))

(defn enter_loop/3 [module options state]
  "Become a server: the calling process, which proc_lib has started, serves from now on."
  (enter_loop/5 module options state (processes.self-) INFINITY))

(defn enter_loop/4 [module options state name]
  "Become a server that has a name, or that is told of a time without messages."
  (if (or (is name INFINITY) (is (type name) int))
      (enter_loop/5 module options state (processes.self-) name)
      (enter_loop/5 module options state name INFINITY)))

(defn enter_loop/5 [module options state name wait]
  "Become a server that has a name and is told of a time without messages."
  (enter (Server module (gen.name-of-start name) name (proc-lib.parent)) state wait))

;; --- asking

(defn blamed [problem function #* call]
  "Give an exit with the call that it came from."
  (LfeError "exit" #(problem.reason #((Atom "gen_server") (Atom function) (from-iterable call)))))

(defn call/2 [server request]
  "Send a request and wait five seconds at most for its answer."
  (try
    (gen.call server request DEFAULT-MS)
    (except [problem LfeError] (raise (blamed problem "call" server request)))))

(defn call/3 [server request wait]
  "Send a request and wait for its answer, a time in milliseconds or `infinity`."
  (try
    (gen.call server request wait)
    (except [problem LfeError] (raise (blamed problem "call" server request wait)))))

(defn cast/2 [server request]
  "Send a request that is not answered."
  (gen.send-to server #(gen.CAST request))
  OK)

(defn abcast/2 [name request]
  "Send a request to the servers of a name on all nodes: there is one node."
  (cast/2 name request)
  (Atom "abcast"))

(defn reply/2 [client answer]
  "Answer a request that a server has kept; `client` is what came with it."
  (gen.reply client answer)
  OK)

(defn stop/1 [server]
  "End a server and wait until it has ended."
  (stop/3 server NORMAL INFINITY))

(defn stop/3 [server reason wait]
  "End a server with a reason and wait until it has ended."
  (proc-lib.stop/3 (or (gen.find-server server) server) reason wait))

;; --- asking now, taking the answer later

(defn send_request/2 [server request]
  "Send a request and give its identifier, for `receive_response` and the others."
  (gen.ask server request))

(defn outcome [id answer]
  (cond
    (is answer TIMEOUT) (Atom "timeout")
    (get answer 0) #(REPLY (get answer 1))
    True #(ERROR #((get answer 1) id))))

(defn receive_response/1 [id]
  "Wait for the answer to a request: `#(reply answer)` or `#(error reason)`."
  (receive_response/2 id INFINITY))

(defn receive_response/2 [id wait]
  "Wait for the answer to a request; after `timeout` it will not come any more."
  (setv answer (gen.await-answer id wait))
  (gen.forget id)
  (outcome id answer))

(defn wait_response/2 [id wait]
  "Wait for the answer to a request; after `timeout` one may wait again."
  (setv answer (gen.await-answer id wait))
  (when (is-not answer TIMEOUT) (gen.forget id))
  (outcome id answer))

(defn check_response/2 [message id]
  "Say whether a message is the answer to a request: `#(reply answer)`, `#(error reason)` or `no_reply`."
  (setv answer (gen.answer-in message id))
  (if (is answer None)
      (Atom "no_reply")
      (do (gen.forget id) (outcome id answer))))
