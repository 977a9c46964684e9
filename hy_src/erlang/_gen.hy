"What servers of every kind share: names, starting under a name, asking and answering.

The messages are Erlang's: `#($gen_call #(pid tag) request)`, `#($gen_cast request)`, and `#(tag answer)` back."

(import xrepl.dialect [processes]
        xrepl.dialect.calls [call-function]
        xrepl.dialect.data [Atom Cons elements from-iterable is-list]
        xrepl.dialect.identifiers [Pid Ref]
        xrepl.dialect.mailbox [INFINITY TIMEOUT]
        xrepl.dialect.raising [LfeError function-clause]
        xrepl.dialect.signals [DOWN NOPROC PROCESS]
        xrepl.lang.erlang [proc-lib]
        xrepl.lang.erlang.proc-lib [exit-with])

(setv CALL (Atom "$gen_call")
      CAST (Atom "$gen_cast")
      ALIAS (Atom "alias")
      LOCAL (Atom "local")
      GLOBAL (Atom "global")
      VIA (Atom "via")
      OK (Atom "ok")
      ERROR (Atom "error")
      TIME-OUT (Atom "timeout")
      UNDEFINED (Atom "undefined")
      DEFAULT-MS 5000)

;; --- names

(defn tagged? [value tag size]
  (and (is (type value) tuple) (= (len value) size) (is (get value 0) tag)))

(defn find-server [server]
  "Give the pid of a server by pid or name, `#(name node)`, `#(global name)`, `#(via module name)`; None for nobody."
  (setv found (cond
                (tagged? server GLOBAL 2) (call-function GLOBAL (Atom "whereis_name") #((get server 1)))
                (tagged? server VIA 3) (call-function (get server 1) (Atom "whereis_name") #((get server 2)))
                True (proc-lib.pid-of server)))
  (if (and (is (type found) Pid) (is-not found.process None)) found None))

(defn name-of-start [name]
  "Give by what a started server is found: the name in `#(local name)`, the whole otherwise."
  (if (tagged? name LOCAL 2) (get name 1) name))

(defn take-name [name]
  "Register the calling process; give whether it has the name now."
  (cond
    (tagged? name LOCAL 2) (try
                             (processes.register (get name 1) (processes.self-))
                             (except [LfeError] False))
    (tagged? name GLOBAL 2) (is (call-function GLOBAL (Atom "register_name") #((get name 1) (processes.self-)))
                                (Atom "yes"))
    True (is (call-function (get name 1) (Atom "register_name") #((get name 2) (processes.self-))) (Atom "yes"))))

(defn give-up-name [name]
  "Take the name of the calling process away."
  (cond
    (tagged? name LOCAL 2) (processes.unregister (get name 1))
    (tagged? name GLOBAL 2) (call-function GLOBAL (Atom "unregister_name") #((get name 1)))
    (tagged? name VIA 3) (call-function (get name 1) (Atom "unregister_name") #((get name 2)))))

;; --- starting

(defn option [options key default]
  "Give a value of a list of `#(key value)`."
  (for [pair (if (is-list options) (elements options) [])]
    (when (tagged? pair key 2) (return (get pair 1))))
  default)

(defn start [spawner name run options]
  "Start a server and wait for its first word.

Args:
    spawner: `processes.spawn` or `processes.spawn-link`.
    name: None, or what the server registers itself as.
    run: called in the new process, when it has its name, with its parent and what it is found by.
    options: a list; `#(timeout ms)` limits the wait.

Returns:
    what it says by `init_ack`, or `#(error reason)`."
  (when (not (or (is name None) (tagged? name LOCAL 2) (tagged? name GLOBAL 2) (tagged? name VIA 3)))
    (raise (function-clause "gen" "where" name)))
  (setv other (when name (find-server (name-of-start name))))
  (when other (return #(ERROR #((Atom "already_started") other))))
  (setv parent (processes.self-))
  (defn begin []
    (when (and name (not (take-name name)))
      (proc-lib.init_ack/2 parent #(ERROR #((Atom "already_started") (find-server (name-of-start name)))))
      (return None))
    (run parent (if name (name-of-start name) (processes.self-))))
  (proc-lib.start-and-wait spawner
                           (proc-lib.described begin #((Atom "gen") (Atom "init_it") 3))
                           (option options TIME-OUT INFINITY)))

;; --- asking

(defn ask [server request]
  "Send a request and give the reference that its answer comes with.

Raises:
    LfeError: exit `noproc` or `calling_self`."
  (setv pid (find-server server))
  (cond
    (is pid None) (raise (exit-with NOPROC))
    (= pid (processes.self-)) (raise (exit-with (Atom "calling_self"))))
  (setv ref (processes.alias (processes.monitor PROCESS pid) :once True))
  (processes.send pid #(CALL #((processes.self-) (Cons ALIAS ref)) request))
  ref)

(defn answer-in [message ref]
  "Give what a message says about a request: its answer or the server's end; None for another message."
  (when (is (type message) tuple)
    (cond
      (= (len message) 2) (when (and (is (type (get message 0)) Cons) (= (. (get message 0) tail) ref))
                            #(True (get message 1)))
      (= (len message) 5) (when (and (is (get message 0) DOWN) (= (get message 1) ref))
                            #(False (get message 4))))))

(defn await-answer [ref wait]
  "Wait for the answer to a request: whether there is one, and it or the reason of the server's end; or `TIMEOUT`."
  (processes.receive (fn [message] (answer-in message ref)) wait))

(defn forget [ref]
  "Wait for a request's answer no longer: a late one is dropped."
  (processes.demonitor ref (from-iterable [(Atom "flush")])))

(defn call [server request wait]
  "Send a request and wait for its answer.

Raises:
    LfeError: exit with the reason of the server's end, `timeout`, `noproc` or `calling_self`."
  (setv ref (ask server request)
        answer (await-answer ref wait))
  (forget ref)
  (when (is answer TIMEOUT) (raise (exit-with TIME-OUT)))
  (setv [answered? value] answer)
  (if answered? value (raise (exit-with value))))

(defn reply [client answer]
  "Answer a request; `client` is what came with it."
  (setv [pid tag] client
        to (if (and (is (type tag) Cons) (is (type tag.tail) Ref)) tag.tail pid))
  (processes.send to #(tag answer)))

(defn send-to [server message]
  "Send a message to a server; nothing when nobody has the name."
  (setv pid (find-server server))
  (when pid (processes.send pid message)))
