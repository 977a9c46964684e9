"The children of a supervisor: starting, restarting and ending them by its strategy.

All of it happens in the supervisor's process."

(import time
        xrepl.dialect [processes]
        xrepl.dialect.calls [call-function]
        xrepl.dialect.data [Atom elements from-iterable]
        xrepl.dialect.mailbox [INFINITY TIMEOUT]
        xrepl.dialect.signals [EXIT KILL NORMAL PROCESS as-raised exit-reason]
        xrepl.lang.erlang._child-specs [BRUTAL-KILL UNDEFINED]
        xrepl.lang.erlang._gen [tagged?]
        xrepl.lang.erlang.proc-lib [wait-for-end])

(setv OK (Atom "ok")
      ERROR (Atom "error")
      IGNORE (Atom "ignore")
      SHUTDOWN (Atom "shutdown"))

(defclass Supervisor []
  "The state of a supervisor: its children in the order of their start, and when it restarted some."

  (defn __init__ [self flags children]
    (setv self.flags flags
          self.is-simple (= flags.strategy "simple_one_for_one")
          self.template (if self.is-simple (get children 0) None)
          self.children (if self.is-simple [] children)
          self.restarts []))  ; moments in seconds

  (defn find [self id]
    "Give a child by its id, or by its pid for simple_one_for_one; None for none."
    (for [child self.children]
      (when (= (if self.is-simple child.pid child.id) id) (return child))))

  (defn forget [self child]
    (.remove self.children child))

  ;; --- starting

  (defn start-child [self child]
    "Start a child's process: `#(ok pid)`, `#(ok pid info)`, `#(ok undefined)` or `#(error reason)`."
    (setv [module function arguments] child.start)
    (try
      (setv answer (call-function module function (tuple (elements arguments))))
      (except [problem Exception]
        (return #(ERROR #((Atom "EXIT") (exit-reason (as-raised problem)))))))
    (setv child.is-restarting False)
    (match answer
      #(tag pid) :if (is tag OK) (setv child.pid pid)
      #(tag pid info) :if (is tag OK) (setv child.pid pid)
      #(tag reason) :if (is tag ERROR) None
      tag :if (is tag IGNORE) (do (setv child.pid UNDEFINED) (return #(OK UNDEFINED)))
      _ (return #(ERROR answer)))
    answer)

  (defn start-all [self]
    "Start all children; give the id and the reason of one that cannot be, when those before it have been ended."
    (for [child (list self.children)]
      (setv answer (.start-child self child))
      (when (is (get answer 0) ERROR)
        (.end-all self)
        (return #(child.id (get answer 1))))
      (when (and (= child.restart "temporary") (is child.pid UNDEFINED)) (.forget self child))))

  (defn start-new [self child]
    "Start a child that was not there before."
    (setv known (.find self child.id))
    (when known
      (return #(ERROR (if known.is-alive #((Atom "already_started") known.pid) (Atom "already_present")))))
    (setv answer (.blaming self child (.start-child self child)))
    (when (and (is (get answer 0) OK) (not (and (= child.restart "temporary") (is child.pid UNDEFINED))))
      (.append self.children child))
    answer)

  (defn blaming [self child answer]
    "Give an answer; an error with the child that could not be started."
    (if (and (is (get answer 0) ERROR) (not self.is-simple))
        #(ERROR #((get answer 1) (.as-record child)))
        answer))

  (defn start-another [self extra]
    "Start a child of the kind of simple_one_for_one with more arguments."
    (setv child (.with-arguments self.template extra)
          answer (.blaming self child (.start-child self child)))
    (when (and (is (get answer 0) OK) (is-not child.pid UNDEFINED)) (.append self.children child))
    answer)

  ;; --- when a child has ended

  (defn on-exit [self pid reason]
    "Restart what a child's end asks for; False when there were too many restarts."
    (setv child (next (gfor child self.children :if (= child.pid pid) child) None))
    (cond
      (is child None) True
      (.restarts? self child reason) (.restart self child)
      True (do
             (setv child.pid UNDEFINED)
             (when (or self.is-simple (= child.restart "temporary")) (.forget self child))
             True)))

  (defn restarts? [self child reason]
    (setv orderly (or (is reason NORMAL) (is reason SHUTDOWN) (tagged? reason SHUTDOWN 2)))
    (or (= child.restart "permanent")
        (and (= child.restart "transient") (not orderly))))

  (defn restart [self child]
    "Restart a child, and with it those that its supervisor's strategy says; False when it is once too often."
    (setv child.pid UNDEFINED)
    (while (.may-restart self)
      (setv again (.ended-with self child))
      (when (all (lfor each again (is-not (get (.start-child self each) 0) ERROR)))
        (return True))
      (setv child.is-restarting True))
    False)

  (defn may-restart [self]
    "Take note of a restart; say whether there were not too many of late."
    (setv now (time.monotonic)
          self.restarts (lfor moment self.restarts :if (<= (- now moment) self.flags.period-s) moment))
    (.append self.restarts now)
    (<= (len self.restarts) self.flags.intensity))

  (defn ended-with [self child]
    "End the children that are restarted with this one, and give all of them in the order of their start."
    (setv place (.index self.children child)
          others (match self.flags.strategy
                   "one_for_all" (list self.children)
                   "rest_for_one" (cut self.children place None)
                   _ [child]))
    (for [other (reversed others)] (.end-child self other))
    (for [other others]
      (when (and (= other.restart "temporary") (is-not other child)) (.forget self other)))
    (lfor other others :if (in other self.children) other))

  ;; --- ending

  (defn end-child [self child]
    "End a child's process as its description says, and wait until it has ended."
    (when child.is-alive
      (setv pid child.pid
            ref (processes.monitor PROCESS pid)
            shutdown child.shutdown)
      (processes.exit-signal pid (if (is shutdown BRUTAL-KILL) KILL SHUTDOWN))
      (when (is (wait-for-end ref (if (is shutdown BRUTAL-KILL) INFINITY shutdown)) TIMEOUT)
        (processes.exit-signal pid KILL)
        (wait-for-end ref INFINITY))
      (take-exit pid))
    (setv child.pid UNDEFINED
          child.is-restarting False))

  (defn end-all [self]
    "End all children, the last one first."
    (for [child (reversed (list self.children))] (.end-child self child))))

(defn take-exit [pid]
  "Take a child's exit message out of the mailbox: its end was asked for."
  (processes.unlink pid)
  (processes.receive (fn [message]
                       (match message
                         #(tag source _) :if (and (is tag EXIT) (= source pid)) [message]
                         _ None))
                     0))
