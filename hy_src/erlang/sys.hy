"Erlang's sys: looking into servers and changing their state from outside."

(import xrepl.dialect [processes]
        xrepl.dialect.data [Atom from-iterable]
        xrepl.dialect.mailbox [INFINITY TIMEOUT]
        xrepl.dialect.raising [LfeError]
        xrepl.dialect.signals [PROCESS]
        xrepl.lang.erlang [_gen :as gen proc-lib]
        xrepl.lang.erlang.proc-lib [SYSTEM exit-with])

(setv __lfe_module__ "sys"
      DEFAULT-MS 5000
      GET-STATE (Atom "get_state")
      REPLACE-STATE (Atom "replace_state")
      OK (Atom "ok"))

(defn asked [server request wait #* call]
  "Send a system request and give its answer.

Raises:
    LfeError: exit with what went wrong, the request, and `call`, what was said of server and time."
  (defn blamed [reason]
    (exit-with #(reason #((Atom "sys") request (from-iterable call)))))
  (setv pid (gen.find-server server))
  (when (is pid None) (raise (blamed (Atom "noproc"))))
  (setv ref (processes.alias (processes.monitor PROCESS pid) :once True))
  (processes.send pid #(SYSTEM #((processes.self-) (gen.Cons gen.ALIAS ref)) request))
  (setv answer (gen.await-answer ref wait))
  (gen.forget ref)
  (cond
    (is answer TIMEOUT) (raise (blamed (Atom "timeout")))
    (get answer 0) (get answer 1)
    True (raise (blamed (get answer 1)))))

(defn get_state/1 [server]
  "Give a server's state."
  (get (asked server GET-STATE DEFAULT-MS server) 1))

(defn get_state/2 [server wait]
  "Give a server's state."
  (get (asked server GET-STATE wait server wait) 1))

(defn replace_state/2 [server function]
  "Replace a server's state by what a function makes of it, and give that."
  (get (asked server #(REPLACE-STATE function) DEFAULT-MS server) 1))

(defn replace_state/3 [server function wait]
  "Replace a server's state by what a function makes of it, and give that."
  (get (asked server #(REPLACE-STATE function) wait server wait) 1))

(defn terminate/2 [server reason]
  "Ask a server to end with a reason, and wait until it has."
  (terminate/3 server reason INFINITY))

(defn terminate/3 [server reason wait]
  "Ask a server to end with a reason, and wait until it has."
  (proc-lib.stop/3 (or (gen.find-server server) server) reason wait))
