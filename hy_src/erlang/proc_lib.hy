"Erlang's proc_lib: processes that tell their parent when they are ready, and know who started them.

A process that is started here has `$ancestors` and `$initial_call` in its dictionary, as in Erlang."

(import xrepl.dialect [processes]
        xrepl.dialect.calls [call-function]
        xrepl.dialect.data [Atom NIL elements from-iterable is-list]
        xrepl.dialect.identifiers [Pid]
        xrepl.dialect.mailbox [INFINITY TIMEOUT]
        xrepl.dialect.raising [LfeError badarg]
        xrepl.dialect.signals [DOWN KILL NOPROC NORMAL PROCESS scheduler])

(setv __lfe_module__ "proc_lib"
      OK (Atom "ok")
      ERROR (Atom "error")
      ACK (Atom "ack")
      LINK (Atom "link")
      SYSTEM (Atom "system")
      TERMINATE (Atom "terminate")
      TIME-OUT (Atom "timeout")
      ANCESTORS (Atom "$ancestors")
      INITIAL-CALL (Atom "$initial_call"))

(defn exit-with [reason]
  (LfeError "exit" reason))

;; --- starting

(defn ancestry []
  "Give the caller and those who started it, by name where they have one."
  (setv process scheduler.current
        earlier (if (is process None) NIL (.get process.dictionary ANCESTORS NIL))
        parent (or (when process process.name) (processes.self-)))
  (from-iterable [parent] earlier))

(defn described [run initial-call]
  "Give what a new process runs: first it notes where it comes from."
  (setv ancestors (ancestry))
  (fn []
    (processes.put ANCESTORS ancestors)
    (processes.put INITIAL-CALL initial-call)
    (run)))

(defn prepared [module function arguments]
  (described (fn [] (call-function module function (tuple (elements arguments))))
             #(module function (len (list (elements arguments))))))

(setv LAMBDA #((Atom "erlang") (Atom "apply") 2))

(defn spawn/1 [function]
  "Start a process that runs a function."
  (processes.spawn (described function LAMBDA)))

(defn spawn/3 [module function arguments]
  "Start a process that calls a function of a module."
  (processes.spawn (prepared module function arguments)))

(defn spawn_link/1 [function]
  "Start a process that runs a function, linked with the caller."
  (processes.spawn-link (described function LAMBDA)))

(defn spawn_link/3 [module function arguments]
  "Start a process that calls a function of a module, linked with the caller."
  (processes.spawn-link (prepared module function arguments)))

;; --- starting, and waiting until the process says that it is ready

(defn await-ready [pid ref wait]
  "Wait for `init_ack`: what the process says, or `#(error reason)` when it ended first or took too long."
  (defn of-it [message]
    (match message
      #(tag source value) :if (and (is tag ACK) (= source pid)) [value]
      #(tag mark _ _ reason) :if (and (is tag DOWN) (= mark ref)) [#(ERROR reason)]
      _ None))
  (setv answer (processes.receive of-it wait))
  (when (is answer TIMEOUT)
    (processes.unlink pid)
    (processes.exit-signal pid KILL)
    (setv answer [#(ERROR TIME-OUT)]))
  (processes.demonitor ref (from-iterable [(Atom "flush")]))
  (forget-exit pid answer)
  (get answer 0))

(defn forget-exit [pid answer]
  "Take the exit message of a process that could not start out of the mailbox of a caller that traps exits."
  (setv failed? (and (is (type (get answer 0)) tuple) (is (get (get answer 0) 0) ERROR)))
  (when (and failed? (is pid.process None))
    (processes.receive (fn [message]
                         (match message
                           #(tag source _) :if (and (is tag (Atom "EXIT")) (= source pid)) [message]
                           _ None))
                       0)))

(defn start-and-wait [spawner run wait]
  "Start a process by a function of `processes` and wait until it is ready."
  (setv pid (spawner run)
        ref (processes.monitor PROCESS pid))
  (await-ready pid ref wait))

(defn start/3 [module function arguments]
  "Start a process and give what it passes to `init_ack`."
  (start/4 module function arguments INFINITY))

(defn start/4 [module function arguments wait]
  "Start a process and give what it passes to `init_ack`, or `#(error timeout)` after a time."
  (start-and-wait processes.spawn (prepared module function arguments) wait))

(defn start_link/3 [module function arguments]
  "Start a linked process and give what it passes to `init_ack`."
  (start_link/4 module function arguments INFINITY))

(defn start_link/4 [module function arguments wait]
  "Start a linked process and give what it passes to `init_ack`, or `#(error timeout)` after a time."
  (start-and-wait processes.spawn-link (prepared module function arguments) wait))

(defn init_ack/1 [value]
  "Tell the process that started this one that it is ready."
  (init_ack/2 (parent) value))

(defn init_ack/2 [parent value]
  "Tell a process that this one is ready."
  (processes.send parent #(ACK (processes.self-) value))
  OK)

(defn parent []
  (setv ancestors (processes.get ANCESTORS))
  (when (not (and (is-list ancestors) ancestors)) (raise (badarg "proc_lib" "init_ack" ancestors)))
  (get ancestors 0))

;; --- ending

(defn pid-of [server]
  "Give the pid of a pid, a name, or a name at this node; None when nobody has it."
  (setv name (if (and (is (type server) tuple) (= (len server) 2)) (get server 0) server))
  (cond
    (is (type name) Pid) name
    (is (type name) Atom) (do (setv found (processes.whereis name)) (if (is (type found) Pid) found None))
    True None))

(defn stop/1 [server]
  "Ask a process to end and wait until it has."
  (stop/3 server NORMAL INFINITY))

(defn stop/3 [server reason wait]
  "Ask a process to end with a reason and wait until it has; it is killed when it takes too long."
  (setv pid (pid-of server))
  (when (or (is pid None) (is pid.process None)) (raise (exit-with NOPROC)))
  (setv ref (processes.monitor PROCESS pid))
  (processes.send pid #(SYSTEM #((processes.self-) ref) #(TERMINATE reason)))
  (setv ended (wait-for-end ref wait))
  (cond
    (is ended TIMEOUT) (do (processes.exit-signal pid KILL)
                           (wait-for-end ref INFINITY)
                           (raise (exit-with TIME-OUT)))
    (= (get ended 0) reason) OK
    True (raise (exit-with (get ended 0)))))

(defn wait-for-end [ref wait]
  "Wait for the end of a process that is monitored: its reason in a list, or `TIMEOUT`."
  (processes.receive (fn [message]
                       (match message
                         #(tag mark _ _ reason) :if (and (is tag DOWN) (= mark ref)) [reason]
                         _ None))
                     wait))

(defn hibernate/3 [module function arguments]
  "Go on with a call: to save memory is not needed here."
  (call-function module function (tuple (elements arguments))))
