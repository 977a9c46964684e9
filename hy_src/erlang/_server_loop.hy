"What a `gen_server` does: call its module for each message, and do what the answer says.

A callback that fails ends the server with its reason, after `terminate/2`; one that throws has given what it threw."

(import xrepl.dialect [processes]
        xrepl.dialect.calls [call-function find]
        xrepl.dialect.data [Atom]
        xrepl.dialect.mailbox [INFINITY TIMEOUT]
        xrepl.dialect.signals [EXIT NORMAL as-raised exit-reason hooks]
        xrepl.lang.erlang [_gen :as gen proc-lib]
        xrepl.lang.erlang.proc-lib [ERROR OK SYSTEM TERMINATE exit-with])

(setv HIBERNATE (Atom "hibernate")
      CONTINUE (Atom "continue")
      IGNORE (Atom "ignore")
      STOP (Atom "stop")
      REPLY (Atom "reply")
      NO-REPLY (Atom "noreply")
      SHUTDOWN (Atom "shutdown")
      TIME-OUT (Atom "timeout")
      HANDLE-CALL (Atom "handle_call")
      HANDLE-CAST (Atom "handle_cast")
      HANDLE-INFO (Atom "handle_info")
      HANDLE-CONTINUE (Atom "handle_continue"))

(defclass Ended [Exception]
  "A server is over: its reason, and what is to be told of it."

  (defn __init__ [self reason [raised None]]
    (.__init__ (super) reason)
    (setv self.reason reason
          self.raised raised)))

(defclass Server []
  "One server: its module, what it is found by, its parent, its state."

  (defn __init__ [self module found-by name parent]
    (setv self.module module
          self.found-by found-by
          self.name name
          self.parent parent
          self.state None)))

(defn answer-of [server function #* arguments]
  "Give what a callback answers.

Raises:
    Ended: it failed."
  (try
    (call-function server.module function arguments)
    (except [problem Exception]
      (setv raised (as-raised problem))
      (if (= raised.kind "throw")
          raised.reason
          (raise (Ended (exit-reason raised) raised))))))

(defn knows? [server name arity]
  (is-not (find server.module (Atom name) arity) None))

;; --- beginning

(defn serve [server argument]
  "Begin a server and serve until it ends: what its process runs."
  (try
    (setv answer (answer-of server (Atom "init") argument))
    (except [ended Ended]
      (fail-start server ended.reason ended.reason)))
  (match answer
    #(tag state) :if (is tag OK) (begin server state INFINITY)
    #(tag state next) :if (is tag OK) (begin server state next)
    #(tag reason) :if (is tag STOP) (fail-start server reason reason)
    #(tag reason) :if (is tag ERROR) (fail-start server reason NORMAL)
    tag :if (is tag IGNORE) (do
                              (give-up server)
                              (proc-lib.init_ack/2 server.parent IGNORE))
    _ (do
        (setv reason #((Atom "bad_return_value") answer))
        (fail-start server reason reason))))

(defn give-up [server]
  (when server.name (gen.give-up-name server.name)))

(defn fail-start [server told reason]
  "Tell the parent that the server could not start, and end."
  (give-up server)
  (proc-lib.init_ack/2 server.parent #(ERROR told))
  (processes.yield-)  ; the parent goes on first: a link could end it before it has heard why
  (raise (exit-with reason)))

(defn begin [server state next]
  (proc-lib.init_ack/2 server.parent #(OK (processes.self-)))
  (enter server state next))

(defn enter [server state next]
  "Serve with a state; `next` is a time without messages, `hibernate` or `#(continue argument)`."
  (setv server.state state)
  (try
    (setv wait (continued server next))
    (while True
      (setv wait (step server wait)))
    (except [ended Ended]
      (end server ended))))

;; --- serving

(defn any-message [message]
  [message])

(defn step [server wait]
  "Take a message, or note that none came in time; give how long to wait for the next."
  (setv found (processes.receive any-message wait)
        message (if (is found TIMEOUT) TIME-OUT (get found 0))
        tag (when (is (type message) tuple) (get #(#* message None) 0)))
  (cond
    (and (is tag gen.CALL) (= (len message) 3))
      (answered server (get message 1) (answer-of server HANDLE-CALL (get message 2) (get message 1) server.state))
    (and (is tag gen.CAST) (= (len message) 2))
      (obeyed server (answer-of server HANDLE-CAST (get message 1) server.state))
    (and (is tag SYSTEM) (= (len message) 3)) (do (on-system server (get message 1) (get message 2)) wait)
    (and (is tag EXIT) (= (len message) 3) (= (get message 1) server.parent)) (raise (Ended (get message 2)))
    (knows? server "handle_info" 2) (obeyed server (answer-of server HANDLE-INFO message server.state))
    True wait))

(defn answered [server client answer]
  "Do what `handle_call` answers."
  (match answer
    #(tag value state) :if (is tag REPLY) (do (setv server.state state) (gen.reply client value) INFINITY)
    #(tag value state next) :if (is tag REPLY) (do
                                                  (setv server.state state)
                                                  (gen.reply client value)
                                                  (continued server next))
    #(tag reason value state) :if (is tag STOP) (do
                                                   (setv server.state state)
                                                   (stop-with-answer server client reason value))
    _ (obeyed server answer)))

(defn stop-with-answer [server client reason value]
  "End a server; the client has its answer when `terminate` has run."
  (try
    (end server (Ended reason))
    (finally (gen.reply client value))))

(defn obeyed [server answer]
  "Do what a callback without a client answers; give how long to wait for the next message."
  (match answer
    #(tag state) :if (is tag NO-REPLY) (do (setv server.state state) INFINITY)
    #(tag state next) :if (is tag NO-REPLY) (do (setv server.state state) (continued server next))
    #(tag reason state) :if (is tag STOP) (do (setv server.state state) (raise (Ended reason)))
    _ (raise (Ended #((Atom "bad_return_value") answer)))))

(defn continued [server next]
  "Give how long to wait for a message; a `#(continue argument)` is done first."
  (while (gen.tagged? next CONTINUE 2)
    (setv answer (answer-of server HANDLE-CONTINUE (get next 1) server.state))
    (match answer
      #(tag state) :if (is tag NO-REPLY) (setv server.state state next INFINITY)
      #(tag state more) :if (is tag NO-REPLY) (setv server.state state next more)
      #(tag reason state) :if (is tag STOP) (do (setv server.state state) (raise (Ended reason)))
      _ (raise (Ended #((Atom "bad_return_value") answer)))))
  (if (is next HIBERNATE) INFINITY next))

(defn on-system [server client request]
  "Do what the module `sys` asks for."
  (match request
    #(tag reason) :if (is tag TERMINATE) (raise (Ended reason))
    #(tag function) :if (= (str tag) "replace_state") (do
                                                        (setv server.state (function server.state))
                                                        (gen.reply client #(OK server.state)))
    tag :if (= (str tag) "get_state") (gen.reply client #(OK server.state))
    _ (gen.reply client OK)))

;; --- ending

(defn terminate [server reason]
  "Let the module clean up; give the reason that holds then, its own failure's if it fails."
  (when (knows? server "terminate" 2)
    (answer-of server TERMINATE reason server.state)))

(defn orderly? [reason]
  (or (is reason NORMAL) (is reason SHUTDOWN) (gen.tagged? reason SHUTDOWN 2)))

(defn end [server ended]
  "End a server: its process exits with the reason, and the user is told when it is none of the orderly ones."
  (try
    (terminate server ended.reason)
    (except [failed Ended] (setv ended failed)))
  (when (not (orderly? ended.reason))
    (hooks.report (processes.self-) (or ended.raised (exit-with ended.reason))))
  (raise (exit-with ended.reason)))
