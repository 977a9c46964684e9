"What a `gen_event` does with its handlers: adding, calling, exchanging and ending them.

A handler is a module, or `#(module id)`, with a state; one that fails is ended, the others go on. All of it happens in
the manager's process."

(import xrepl.dialect [processes]
        xrepl.dialect.calls [call-function find]
        xrepl.dialect.data [Atom from-iterable]
        xrepl.dialect.mailbox [INFINITY]
        xrepl.dialect.raising [LfeError]
        xrepl.dialect.signals [EXIT NORMAL as-raised exit-reason hooks]
        xrepl.lang.erlang [_gen :as gen proc-lib]
        xrepl.lang.erlang._gen [tagged?]
        xrepl.lang.erlang._server-loop [on-system]
        xrepl.lang.erlang.proc-lib [ERROR OK SYSTEM TERMINATE exit-with])

(setv NOTIFY (Atom "notify")
      SYNC-NOTIFY (Atom "sync_notify")
      STOP (Atom "stop")
      HANDLE-EVENT (Atom "handle_event")
      HANDLE-CALL (Atom "handle_call")
      HANDLE-INFO (Atom "handle_info")
      INIT (Atom "init")
      SWAP-HANDLER (Atom "swap_handler")
      REMOVE-HANDLER (Atom "remove_handler")
      SWAPPED (Atom "swapped")
      MODULE-NOT-FOUND (Atom "module_not_found")
      BAD-MODULE (Atom "bad_module")
      HANDLER-EXIT (Atom "gen_event_EXIT"))

(defclass Handler []
  "One handler: its module, its id when it has one, its state, and who is told of its end."

  (defn __init__ [self named supervisor]
    (setv self.named named
          self.module (if (is (type named) tuple) (get named 0) named)
          self.supervisor supervisor
          self.state None))

  (defn call [self function #* arguments]
    "Call one of the module's functions; a failure is `#(EXIT reason)`, what is thrown is as if it were answered."
    (try
      (call-function self.module function arguments)
      (except [problem Exception]
        (setv raised (as-raised problem))
        (if (= raised.kind "throw") raised.reason #(EXIT (exit-reason raised))))))

  (defn knows? [self function arity]
    (is-not (find self.module function arity) None)))

(defclass Manager []
  "An event manager: its handlers, the last one added first."

  (defn __init__ [self found-by name parent]
    (setv self.found-by found-by
          self.name name
          self.parent parent
          self.handlers []))

  (defn [property] state [self]
    "What `sys` shows: module, id and state of each handler."
    (from-iterable (gfor each self.handlers
                         #(each.module (if (is (type each.named) tuple) (get each.named 1) False) each.state))))

  (defn find [self named]
    (next (gfor each self.handlers :if (= each.named named) each) None))

  ;; --- adding and ending

  (defn add [self named argument supervisor]
    "Add a handler: `ok`, `#(EXIT reason)`, or what its init gives instead of a state."
    (setv handler (Handler named supervisor)
          answer (.call handler INIT argument))
    (when (or (tagged? answer OK 2) (tagged? answer OK 3))
      (setv handler.state (get answer 1))
      (.insert self.handlers 0 handler)
      (when supervisor (processes.link supervisor))
      (return OK))
    answer)

  (defn end [self handler argument reason]
    "End a handler: its terminate is called with an argument, who supervises it hears a reason; gives what it gives."
    (.remove self.handlers handler)
    (setv answer (if (.knows? handler TERMINATE 2) (.call handler TERMINATE argument handler.state) OK))
    (when handler.supervisor
      (processes.send handler.supervisor #(HANDLER-EXIT handler.named reason))
      (when (not (any (gfor each self.handlers (= each.supervisor handler.supervisor))))
        (processes.unlink handler.supervisor)))
    answer)

  (defn fail [self handler wrong]
    "End a handler that failed or gave what is no answer, and tell the user; gives what it gave."
    (.end self handler #(ERROR wrong) wrong)
    (hooks.report (processes.self-) (exit-with (if (tagged? wrong EXIT 2) (get wrong 1) wrong)))
    wrong)

  (defn swap [self handler argument new supervisor new-argument]
    "Put a handler in the place of another one, whose terminate gives the second half of its argument."
    (setv told (if handler
                   (.end self handler argument #(SWAPPED new (or handler.supervisor supervisor (processes.self-))))
                   ERROR))
    (.add self new #(new-argument told) supervisor))

  (defn end-all [self argument reason]
    (for [each (list self.handlers)] (.end self each argument reason)))

  ;; --- events

  (defn tell [self function event]
    "Let all handlers see an event or a message."
    (for [handler (list self.handlers)]
      (when (or (is function HANDLE-EVENT) (.knows? handler function 2))
        (.obey self handler (.call handler function event handler.state)))))

  (defn obey [self handler answer]
    "Do what a handler answers to an event."
    (match answer
      #(tag state) :if (is tag OK) (setv handler.state state)
      #(tag state _) :if (is tag OK) (setv handler.state state)
      #(tag argument state new new-argument) :if (is tag SWAP-HANDLER)
        (do (setv handler.state state) (.swap self handler argument new handler.supervisor new-argument))
      tag :if (is tag REMOVE-HANDLER) (.end self handler REMOVE-HANDLER NORMAL)
      _ (.fail self handler answer)))

  (defn ask [self named request]
    "Let one handler answer a request."
    (setv handler (.find self named))
    (when (is handler None) (return #(ERROR BAD-MODULE)))
    (setv answer (.call handler HANDLE-CALL request handler.state))
    (match answer
      #(tag value state) :if (is tag OK) (.obey self handler #(OK state))
      #(tag value state _) :if (is tag OK) (.obey self handler #(OK state))
      #(tag value argument state new new-argument) :if (is tag SWAP-HANDLER)
        (.obey self handler #(SWAP-HANDLER argument state new new-argument))
      #(tag value) :if (is tag REMOVE-HANDLER) (.obey self handler REMOVE-HANDLER)
      _ (return #(ERROR (.fail self handler answer))))
    value)

  ;; --- requests

  (defn answer [self request]
    "Do what the functions of `gen_event` ask for, and give the answer."
    (match (list request)
      [tag event] :if (is tag SYNC-NOTIFY) (do (.tell self HANDLE-EVENT event) OK)
      ["add" named argument supervisor] (.add self named argument supervisor)
      ["delete" named argument] (do
                                  (setv handler (.find self named))
                                  (if handler
                                      (.end self handler argument NORMAL)
                                      #(ERROR MODULE-NOT-FOUND)))
      ["swap" named argument new new-argument supervisor] (do
        (.swap self (.find self named) argument new supervisor new-argument))
      ["which"] (from-iterable (gfor each self.handlers each.named))
      ["call" named question] (.ask self named question)))

  (defn on-exit [self pid reason]
    "End what the end of a process ends: all when it is the parent, else the handlers that it supervises."
    (when (= pid self.parent)
      (.finish self reason))
    (setv ended (lfor each self.handlers :if (= each.supervisor pid) each))
    (for [each ended]
      (.end self each #(STOP reason) reason))
    (bool ended))

  (defn finish [self reason]
    (.end-all self STOP reason)
    (raise (exit-with reason))))

(defn any-message [message]
  [message])

(defn serve [manager]
  "Begin a manager and serve until it ends: what its process runs."
  (processes.process-flag (Atom "trap_exit") True)
  (proc-lib.init_ack/2 manager.parent #(OK (processes.self-)))
  (while True
    (setv message (get (processes.receive any-message INFINITY) 0))
    (match message
      #(tag client request) :if (and (is tag gen.CALL) (is (type request) tuple))
        (gen.reply client (.answer manager request))
      #(tag event) :if (is tag NOTIFY) (.tell manager HANDLE-EVENT event)
      #(tag _ #(what reason)) :if (and (is tag SYSTEM) (is what TERMINATE)) (.finish manager reason)
      #(tag client request) :if (is tag SYSTEM) (on-system manager client request)
      #(tag pid reason) :if (and (is tag EXIT) (.on-exit manager pid reason)) None
      _ (.tell manager HANDLE-INFO message))))
