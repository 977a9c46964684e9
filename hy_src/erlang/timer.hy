"Erlang's timer: waiting, measuring, and messages and calls after a time, once or again and again.

Times are in milliseconds. What is planned is in the evaluator's own timers (`xrepl.dialect.delays`): there is no timer
process, and an interval ends with the process that it is for."

(import time
        xrepl.dialect [processes registry]
        xrepl.dialect.arithmetic [multiply]
        xrepl.dialect.calls [call-function]
        xrepl.dialect.data [Atom elements is-list]
        xrepl.dialect.delays [call-after]
        xrepl.dialect.identifiers [Pid Ref]
        xrepl.dialect.raising [LfeError error])

(setv __lfe_module__ "timer"
      OK (Atom "ok")
      ERROR #((Atom "error") (Atom "badarg"))
      SEND-LOCAL (Atom "send_local")
      ONCE (Atom "once")
      INSTANT (Atom "instant")
      INTERVAL (Atom "interval")
      KILL (Atom "kill")
      PARTS-OF-SECOND {"second" 1  "millisecond" 1000  "microsecond" 1000000  "nanosecond" 1000000000
                       "native" 1000000000}
      MICROSECOND (Atom "microsecond")
      intervals {})  ; what is planned next, by an interval's reference

(defn start/0 []
  "Give `ok`: nothing has to be started."
  OK)

(setv sleep/1 processes.sleep)

;; --- measuring

(defn measured [function arguments unit]
  (when (not (callable function)) (raise (error #((Atom "badfun") function))))
  (setv start (time.perf-counter-ns)
        value (function #* arguments)
        taken (- (time.perf-counter-ns) start))
  #((// (* taken (get PARTS-OF-SECOND unit.name)) 1000000000) value))

(defn unit? [value]
  (and (is (type value) Atom) (in value.name PARTS-OF-SECOND)))

(defn tc/1 [function]
  "Call a function: `#(microseconds value)`."
  (measured function [] MICROSECOND))

(defn tc/2 [function arguments]
  "Call a function with a list of arguments, or give the time in a unit."
  (if (unit? arguments)
      (measured function [] arguments)
      (measured function (elements arguments) MICROSECOND)))

(defn tc/3 [module function arguments]
  "Call a function of a module, or a function with arguments and a unit for the time."
  (if (and (callable module) (unit? arguments))
      (measured module (elements function) arguments)
      (tc/4 module function arguments MICROSECOND)))

(defn tc/4 [module function arguments unit]
  "Call a function of a module and give the time in a unit."
  (measured (fn [] (call-function module function (tuple (elements arguments)))) [] unit))

(defn now_diff/2 [later earlier]
  "Give the microseconds between two times as `erlang:timestamp` gives them."
  (setv [m2 s2 u2] later
        [m1 s1 u1] earlier)
  (+ (* (+ (* (- m2 m1) 1000000) (- s2 s1)) 1000000) (- u2 u1)))

(defn seconds/1 [count]
  "Give the milliseconds of so many seconds."
  (multiply count 1000))

(defn minutes/1 [count]
  "Give the milliseconds of so many minutes."
  (multiply count 60000))

(defn hours/1 [count]
  "Give the milliseconds of so many hours."
  (multiply count 3600000))

(defn hms/3 [h m s]
  "Give the milliseconds of hours, minutes and seconds."
  (+ (hours/1 h) (minutes/1 m) (seconds/1 s)))

;; --- once

(defn time? [value]
  (and (is (type value) int) (>= value 0)))

(defn process? [value]
  (or (is (type value) Pid) (is (type value) Atom)
      (and (is (type value) tuple) (= (len value) 2) (is (get value 1) registry.NODE))))

(defn deliver [destination message]
  (try
    (processes.send destination message)
    (except [LfeError])))  ; nobody has the name by now

(defn once [wait action [kind ONCE]]
  "Plan an action: `#(ok timer)`."
  #(OK #((if wait kind INSTANT) (call-after wait action))))

(defn send_after/2 [wait message]
  "Send the caller a message after a time: `#(ok timer)`."
  (send_after/3 wait (processes.self-) message))

(defn send_after/3 [wait destination message]
  "Send a message to a process or a registered name after a time: `#(ok timer)`."
  (if (and (time? wait) (process? destination))
      (once wait (fn [] (deliver destination message)) (if (is (type destination) Pid) SEND-LOCAL ONCE))
      ERROR))

(defn call? [module function arguments]
  (and (is (type module) Atom) (is (type function) Atom) (is-list arguments)))

(defn apply_after/2 [wait function]
  "Call a function in a process of its own after a time: `#(ok timer)`."
  (if (and (time? wait) (callable function)) (once wait (fn [] (processes.spawn function))) ERROR))

(defn apply_after/3 [wait function arguments]
  "Call a function with a list of arguments in a process of its own after a time: `#(ok timer)`."
  (if (and (time? wait) (callable function) (is-list arguments))
      (once wait (fn [] (processes.spawn (fn [] (function #* (elements arguments))))))
      ERROR))

(defn apply_after/4 [wait module function arguments]
  "Call a function of a module in a process of its own after a time: `#(ok timer)`."
  (if (and (time? wait) (call? module function arguments))
      (once wait (fn [] (processes.spawn module function arguments)))
      ERROR))

(defn exit_after/2 [wait reason]
  "Send the caller an exit signal after a time: `#(ok timer)`."
  (exit_after/3 wait (processes.self-) reason))

(defn exit_after/3 [wait destination reason]
  "Send a process an exit signal after a time: `#(ok timer)`."
  (if (and (time? wait) (process? destination)) (once wait (fn [] (end-process destination reason))) ERROR))

(defn end-process [destination reason]
  (setv pid (if (is (type destination) Pid) destination (processes.whereis destination)))
  (when (is (type pid) Pid) (processes.exit-signal pid reason)))

(defn kill_after/1 [wait]
  "Kill the caller after a time: `#(ok timer)`."
  (exit_after/2 wait KILL))

(defn kill_after/2 [wait destination]
  "Kill a process after a time: `#(ok timer)`."
  (exit_after/3 wait destination KILL))

;; --- again and again

(defn repeat [wait alive? action]
  "Plan an action for every so many milliseconds, as long as the process that it is for lives."
  (setv ref (processes.make-ref)
        start (time.monotonic)
        count 0)
  (defn plan []
    (nonlocal count)
    (+= count 1)
    (setv left (- (+ start (/ (* count wait) 1000)) (time.monotonic))
          (get intervals ref) (call-after (max 0 (round (* 1000 left))) tick)))
  (defn tick []
    (if (alive?)
        (do (plan) (action))
        (.pop intervals ref None)))
  (plan)
  #(OK #(INTERVAL ref)))

(defn interval? [value]
  (and (is (type value) int) (> value 0)))

(defn send_interval/2 [wait message]
  "Send the caller a message again and again: `#(ok timer)`."
  (send_interval/3 wait (processes.self-) message))

(defn send_interval/3 [wait destination message]
  "Send a process a message again and again, until it ends: `#(ok timer)`."
  (if (and (interval? wait) (process? destination))
      (repeat wait
              (if (is (type destination) Pid) (fn [] (is-not destination.process None)) (fn [] True))
              (fn [] (deliver destination message)))
      ERROR))

(defn apply_interval/4 [wait module function arguments]
  "Call a function of a module again and again, each time in a process of its own, until the caller ends."
  (if (and (interval? wait) (call? module function arguments))
      (do
        (setv owner (processes.self-))
        (repeat wait (fn [] (is-not owner.process None)) (fn [] (processes.spawn module function arguments))))
      ERROR))

(defn cancel/1 [timer]
  "Cancel what was planned: `#(ok cancel)`; no error when it is over."
  (when (not (and (is (type timer) tuple) (= (len timer) 2) (is (type (get timer 1)) Ref)
                  (in (get timer 0) #(SEND-LOCAL ONCE INSTANT INTERVAL))))
    (return ERROR))
  (setv ref (get timer 1))
  (processes.cancel-timer (.pop intervals ref ref))
  #(OK (Atom "cancel")))
