"What a `gen_statem` does: call its module for each event, and do what the answer says.

Events wait in a queue: those of an answer's actions come first, then those postponed in an earlier state, then messages.
Timers send messages to the machine itself, so that they come in their order."

(import collections [deque]
        time
        xrepl.dialect [processes]
        xrepl.dialect.data [Atom NIL elements is-list]
        xrepl.dialect.mailbox [INFINITY]
        xrepl.dialect.signals [EXIT hooks]
        xrepl.lang.erlang [_gen :as gen proc-lib]
        xrepl.lang.erlang._server-loop [Ended Server answer-of fail-start give-up knows? on-system orderly?]
        xrepl.lang.erlang._state-answers [Answer answer-from bad-answer failure]
        xrepl.lang.erlang._terms [same?]
        xrepl.lang.erlang.proc-lib [OK SYSTEM TERMINATE exit-with])

(setv IGNORE (Atom "ignore")
      STOP (Atom "stop")
      CAST (Atom "cast")
      CALL (Atom "call")
      INFO (Atom "info")
      ENTER (Atom "enter")
      TIME-OUT (Atom "timeout")
      STATE-TIME-OUT (Atom "state_timeout")
      CANCEL (Atom "cancel")
      HANDLE-EVENT (Atom "handle_event")
      CALLBACK-MODE (Atom "callback_mode")
      STATE-FUNCTIONS (Atom "state_functions")
      STATE-ENTER (Atom "state_enter"))

(defclass Machine [Server]
  "One state machine: its module, its state's name and data, what waits to be done."

  (defn __init__ [self module found-by name parent]
    (setv self.name-of-state None
          self.data None
          self.calls-functions True
          self.calls-enter False
          self.queue (deque)
          self.postponed []
          self.timers {})  ; by kind: the timer's reference and the content of its event
    (.__init__ (super) module found-by name parent))

  (defn [property] state [self]
    "What `sys` shows: the state's name and the data."
    #(self.name-of-state self.data))

  (defn [state.setter] state [self pair]
    (when pair
      (setv [self.name-of-state self.data] pair))))

;; --- beginning

(defn serve [machine argument]
  "Begin a machine and let it run until it ends: what its process runs."
  (try
    (setv answer (answer-of machine (Atom "init") argument))
    (read-mode machine)
    (except [ended Ended]
      (fail-start machine ended.reason ended.reason)))
  (match answer
    #(tag state data) :if (is tag OK) (begin machine state data None)
    #(tag state data actions) :if (is tag OK) (begin machine state data actions)
    #(tag reason) :if (is tag STOP) (fail-start machine reason reason)
    tag :if (is tag IGNORE) (do
                              (give-up machine)
                              (proc-lib.init_ack/2 machine.parent IGNORE))
    _ (do
        (setv reason #((Atom "bad_return_from_init") answer))
        (fail-start machine reason reason))))

(defn read-mode [machine]
  "Ask the module how it wants to be called."
  (setv answer (answer-of machine CALLBACK-MODE)
        modes (if (is-list answer) (list (elements answer)) [answer])
        kinds (lfor mode modes :if (is-not mode STATE-ENTER) mode))
  (when (not (and (= (len kinds) 1) (in (get kinds 0) [STATE-FUNCTIONS (Atom "handle_event_function")])))
    (raise (Ended #((Atom "bad_return_from_callback_mode") answer))))
  (setv machine.calls-functions (is (get kinds 0) STATE-FUNCTIONS)
        machine.calls-enter (> (len modes) 1)))

(defn begin [machine state data actions]
  (proc-lib.init_ack/2 machine.parent #(OK (processes.self-)))
  (enter machine state data actions))

(defn enter [machine state data actions]
  "Let a machine run from a state on."
  (setv machine.state #(state data))
  (try
    (when machine.calls-enter (call-enter machine state))
    (act machine None (.acting (Answer actions) (if (is actions None) NIL actions)))
    (while True
      (while machine.queue (step machine #* (.popleft machine.queue)))
      (take machine))
    (except [ended Ended]
      (end machine ended))))

;; --- events

(defn any-message [message]
  [message])

(defn take [machine]
  "Wait for a message and put its event into the queue."
  (setv message (get (processes.receive any-message INFINITY) 0)
        tag (when (is (type message) tuple) (get #(#* message None) 0))
        size (if (is (type message) tuple) (len message) 0))
  (setv kind (when (and (is tag TIME-OUT) (= size 3)) (timer-of machine (get message 1))))
  (cond
    (and (is tag gen.CALL) (= size 3)) (happen machine #(CALL (get message 1)) (get message 2))
    (and (is tag gen.CAST) (= size 2)) (happen machine CAST (get message 1))
    (and (is tag SYSTEM) (= size 3)) (on-system machine (get message 1) (get message 2))
    (and (is tag EXIT) (= size 3) (= (get message 1) machine.parent)) (raise (Ended (get message 2)))
    (is-not kind None) (happen machine kind (get (.pop machine.timers kind) 1))
    True (happen machine INFO message)))

(defn happen [machine kind content]
  (.append machine.queue #(kind content)))

(defn step [machine kind content]
  "Let the module see one event, and do what it answers."
  (stop-timer machine TIME-OUT)  ; any event ends it
  (act machine #(kind content) (answer-from (called machine kind content))))

(defn called [machine kind content]
  (setv [state data] machine.state)
  (cond
    (not machine.calls-functions) (answer-of machine HANDLE-EVENT kind content state data)
    (is (type state) Atom) (answer-of machine state kind content data)
    True (raise (failure #((Atom "bad_state_name") state)))))

;; --- answers

(defn act [machine event answer]
  "Do what an answer to an event says.

Raises:
    Ended: it says to stop."
  (for [[client value] answer.replies] (gen.reply client value))
  (when answer.has-data (setv machine.data answer.data))
  (when answer.stops (raise (Ended answer.reason)))
  (setv old machine.name-of-state
        new (if answer.has-state answer.state old)
        changes (not (same? old new)))
  (when answer.postpones (.append machine.postponed event))
  (when (or changes answer.repeats)
    (setv machine.name-of-state new)
    (.extendleft machine.queue (reversed machine.postponed))
    (setv machine.postponed [])
    (stop-timer machine STATE-TIME-OUT))
  (setv entered (and machine.calls-enter (or changes answer.repeats)))
  (when entered (call-enter machine old))
  (.extendleft machine.queue (reversed answer.events))
  (for [timer answer.timers] (set-timer machine #* timer)))

(defn call-enter [machine old]
  "Let the module see that a state is entered; its answer may not leave the state."
  (setv answer (answer-from (called machine ENTER old)))
  (when (or answer.postpones answer.events (and answer.has-state (not (same? answer.state machine.name-of-state))))
    (raise (bad-answer answer.whole)))
  (setv answer.repeats False)
  (act machine None answer))

;; --- timers

(defn timer-of [machine ref]
  "Give the kind of the timer with a reference, None for another's."
  (next (gfor [kind [known _]] (.items machine.timers) :if (= known ref) kind) None))

(defn stop-timer [machine kind]
  (setv known (.pop machine.timers kind None))
  (when known
    (processes.cancel-timer (get known 0))
    (processes.receive (fn [message]
                         (match message
                           #(tag ref _) :if (and (is tag TIME-OUT) (= ref (get known 0))) [message]
                           _ None))
                       0)))

(defn set-timer [machine kind wait content absolute]
  "Start, change or stop a timer; one of no time is an event after those that wait."
  (cond
    (is wait CANCEL) (stop-timer machine kind)
    (is wait None) (when (in kind machine.timers)  ; the content alone is another
                     (setv (get machine.timers kind) #((get machine.timers kind 0) content)))
    True (do
           (stop-timer machine kind)
           (setv left (if absolute (max (- wait (int (* (time.monotonic) 1000))) 0) wait))
           (cond
             (is left INFINITY) None
             (and (is kind TIME-OUT) machine.queue) None  ; an event is there: it ended the wait
             (= left 0) (happen machine kind content)
             True (setv (get machine.timers kind) #((processes.start-timer left (processes.self-) kind) content))))))

;; --- ending

(defn end [machine ended]
  "End a machine: its process exits with the reason, and the user is told when it is none of the orderly ones."
  (try
    (when (knows? machine "terminate" 3)
      (answer-of machine TERMINATE (if ended.raised ended.raised.reason ended.reason) #* machine.state))
    (except [failed Ended] (setv ended failed)))
  (when (not (orderly? ended.reason))
    (hooks.report (processes.self-) (or ended.raised (exit-with ended.reason))))
  (raise (exit-with ended.reason)))
