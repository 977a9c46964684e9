"Erlang's sys: looking into servers and changing their state from outside."

(import xrepl.dialect [processes]
        xrepl.dialect.data [Atom]
        xrepl.dialect.mailbox [INFINITY TIMEOUT]
        xrepl.dialect.raising [LfeError]
        xrepl.dialect.signals [PROCESS]
        xrepl.lang.erlang [_gen :as gen proc-lib]
        xrepl.lang.erlang.proc-lib [SYSTEM exit-with])

(setv __lfe_module__ "sys"
      DEFAULT-MS 5000
      OK (Atom "ok"))

(defn asked [server request wait]
  "Send a system request and give its answer."
  (setv pid (gen.find-server server))
  (when (is pid None) (raise (exit-with (Atom "noproc"))))
  (setv ref (processes.alias (processes.monitor PROCESS pid) :once True))
  (processes.send pid #(SYSTEM #((processes.self-) (gen.Cons gen.ALIAS ref)) request))
  (setv answer (gen.await-answer ref wait))
  (gen.forget ref)
  (cond
    (is answer TIMEOUT) (raise (exit-with (Atom "timeout")))
    (get answer 0) (get answer 1)
    True (raise (exit-with (get answer 1)))))

(defn get_state/1 [server]
  "Give a server's state."
  (get_state/2 server DEFAULT-MS))

(defn get_state/2 [server wait]
  "Give a server's state."
  (get (asked server (Atom "get_state") wait) 1))

(defn replace_state/2 [server function]
  "Replace a server's state by what a function makes of it, and give that."
  (replace_state/3 server function DEFAULT-MS))

(defn replace_state/3 [server function wait]
  "Replace a server's state by what a function makes of it, and give that."
  (get (asked server #((Atom "replace_state") function) wait) 1))

(defn terminate/2 [server reason]
  "Ask a server to end with a reason, and wait until it has."
  (terminate/3 server reason INFINITY))

(defn terminate/3 [server reason wait]
  "Ask a server to end with a reason, and wait until it has."
  (proc-lib.stop/3 (or (gen.find-server server) server) reason wait))
