"The part of Erlang's module erlang on processes: starting and ending them, messages, names, timers, what is known of one.

`erlang.hy` takes these in; this is no module of the language by itself. What the functions do is in
`xrepl.dialect.processes`; those that programs call most are its functions themselves. There is one node, so that
a function that takes a node's name knows only this one."

(import re
        time
        xrepl.dialect [host processes :as p registry]
        xrepl.dialect.calls [call-function]
        xrepl.dialect.data [Atom NIL elements from-iterable is-list text-of]
        xrepl.dialect.identifiers [Pid Ref numbering]
        xrepl.dialect.raising [LfeError badarg]
        xrepl.dialect.signals [own scheduler]
        xrepl.errors [XreplError]
        xrepl.lang.erlang._process-facts [FACTS SHOWN-AT-ONCE])

(setv __lfe_module__ "erlang"
      UNDEFINED (Atom "undefined")
      OK (Atom "ok")
      SESSION "xrepl-session-")

(defn bad [function #* call]
  (badarg "erlang" function #* call))

(defn options-of [options function #* call]
  "Give the elements of a list of options."
  (when (not (is-list options)) (raise (bad function #* call)))
  (list (elements options)))

(defn here? [node]
  (is node registry.NODE))

;; --- starting

(setv self/0 p.self-
      make_ref/0 p.make-ref
      spawn/1 p.spawn
      spawn/3 p.spawn
      spawn_link/1 p.spawn-link
      spawn_link/3 p.spawn-link
      spawn_monitor/1 p.spawn-monitor
      spawn_monitor/3 p.spawn-monitor)

(defn spawn/2 [node function]
  "Start a process at a node: only this one can be reached."
  (if (here? node) (p.spawn function) (raise (bad "spawn" node function))))

(defn spawn/4 [node module function arguments]
  "Start a process at a node: only this one can be reached."
  (if (here? node) (p.spawn module function arguments) (raise (bad "spawn" node module function arguments))))

(defn spawn_link/2 [node function]
  "Start a process at a node and link with it."
  (if (here? node) (p.spawn-link function) (raise (bad "spawn_link" node function))))

(defn spawn_link/4 [node module function arguments]
  "Start a process at a node and link with it."
  (if (here? node) (p.spawn-link module function arguments) (raise (bad "spawn_link" node module function arguments))))

(defn started-with [options #* what]
  "Start a process linked, monitored or both, as the options say; the others change nothing."
  (setv wanted (options-of options "spawn_opt" #* what options)
        link? (in (Atom "link") wanted)
        monitor? (any (gfor option wanted (or (is option (Atom "monitor"))
                                              (and (is (type option) tuple) (is (get option 0) (Atom "monitor")))))))
  (cond
    (and link? monitor?) (do (setv pid (p.spawn-link #* what))
                             #(pid (p.monitor (Atom "process") pid)))
    link? (p.spawn-link #* what)
    monitor? (p.spawn-monitor #* what)
    True (p.spawn #* what)))

(defn spawn_opt/2 [function options]
  "Start a process with options: link, monitor."
  (started-with options function))

(defn spawn_opt/4 [module function arguments options]
  "Start a process with options: link, monitor."
  (started-with options module function arguments))

;; --- messages

(setv !/2 p.send
      send/2 p.send)

(defn send/3 [destination message options]
  "Send a message: `ok`, the options change nothing."
  (options-of options "send" destination message options)
  (p.send destination message)
  OK)

(defn send_nosuspend/2 [destination message]
  "Send a message: nothing ever waits for it."
  (p.send destination message)
  True)

(defn alias/0 []
  "Give an alias of the calling process: a reference that takes messages until `unalias`."
  (p.alias))

(defn alias/1 [options]
  "Give an alias of the calling process; with the option `reply` it takes one message."
  (p.alias :once (in (Atom "reply") (options-of options "alias" options))))

(setv unalias/1 p.unalias)

;; --- ends, links, monitors

(setv exit/2 p.exit-signal
      link/1 p.link
      unlink/1 p.unlink
      monitor/2 p.monitor
      demonitor/1 p.demonitor
      demonitor/2 p.demonitor
      is_process_alive/1 p.is-process-alive
      processes/0 p.processes)

(defn monitor/3 [kind item options]
  "Ask to be told of a process's end; with the option `#(alias how)` the reference takes messages too."
  (setv ref (p.monitor kind item))
  (for [option (options-of options "monitor" kind item options)]
    (when (and (is (type option) tuple) (is (get option 0) (Atom "alias")))
      (p.alias ref :once (is (get option 1) (Atom "reply_demonitor")))))
  ref)

(defn halt/0 []
  "Leave: the client ends when the form has."
  (halt/1 0))

(defn halt/1 [status]
  "Leave: the form ends, and the client with it; a command's exit status is this one, 1 for text and `abort`."
  (when (not (or (is-list status) (is status (Atom "abort")) (and (is (type status) int) (>= status 0))))
    (raise (bad "halt" status)))
  (host.request-leave (if (is (type status) int) status 1))
  (when (!= status 0) (raise (LfeError "exit" #((Atom "halt") status))))
  OK)

(defn halt/2 [status options]
  "Leave, as `halt/1` does."
  (halt/1 status))

(setv process_flag/2 p.process-flag
      yield/0 p.yield-)

(defn bump_reductions/1 [count]
  "Change nothing: time slices are of processor time."
  (when (not (and (is (type count) int) (> count 0))) (raise (bad "bump_reductions" count)))
  True)

(defn hibernate/3 [module function arguments]
  "Wait for a message, then go on with this call and end; to save memory is not needed here."
  (setv process (own "hibernate" module function arguments))
  (while (not process.inbox) (scheduler.park process))
  (call-function module function (tuple (elements arguments)))
  (raise (LfeError "exit" (Atom "normal"))))

(defn group_leader/0 []
  "Give the process that output goes to: the shell's."
  (p.shell-pid))

(defn group_leader/2 [leader pid]
  "Change nothing: output goes to the shell."
  (when (not (and (is (type leader) Pid) (is (type pid) Pid))) (raise (bad "group_leader" leader pid)))
  True)

;; --- the dictionary, names

(setv put/2 p.put
      get/0 p.get
      get/1 p.get
      get_keys/0 p.get-keys
      get_keys/1 p.get-keys
      erase/0 p.erase
      erase/1 p.erase
      register/2 p.register
      unregister/1 p.unregister
      registered/0 p.registered)

(defn whereis/1 [name]
  "Give the pid of a name, or `undefined`; a session's process has a name, too: `(xrepl-session:process-name id)`."
  (setv found (p.whereis name))
  (if (and (is found UNDEFINED) (.startswith name.name SESSION))
      (session-process (.removeprefix name.name SESSION))
      found))

(defn session-process [session]
  "Give what stands for a session's process, which is one of the operating system's: no message reaches it."
  (try
    (setv number (get (host.call "info" :target session) "pid"))
    (except [XreplError]
      (return UNDEFINED)))
  (if number (Pid number) UNDEFINED))

(defn node/1 [identifier]
  "Give the node of a process or reference: this one."
  (when (not (isinstance identifier #(Pid Ref))) (raise (bad "node" identifier)))
  registry.NODE)

(defn monitor_node/2 [node flag]
  "Change nothing: there are no other nodes."
  True)

(defn list_to_pid/1 [text]
  "Read a process identifier as `pid_to_list` writes it."
  (setv found (when (is-list text) (re.fullmatch r"<0\.(\d+)\.(\d+)>" (or (text-of (elements text)) ""))))
  (when (is found None) (raise (bad "list_to_pid" text)))
  (setv [serial high] (map int (.groups found)))
  (numbering.local-pid (| (<< high 15) serial)))

;; --- timers

(setv send_after/3 p.send-after
      start_timer/3 p.start-timer
      cancel_timer/1 p.cancel-timer
      read_timer/1 p.read-timer)

(defn relative [moment options function #* call]
  "Give how many milliseconds from now a timer is due: the option `#(abs true)` counts from the start."
  (if (in #((Atom "abs") True) (options-of options function #* call))
      (max 0 (- moment (// (time.monotonic-ns) 1000000)))
      moment))

(defn send_after/4 [moment destination message options]
  "Send a message after a time in milliseconds, or at a monotonic time."
  (p.send-after (relative moment options "send_after" moment destination message options) destination message))

(defn start_timer/4 [moment destination message options]
  "Send `#(timeout ref message)` after a time in milliseconds, or at a monotonic time."
  (p.start-timer (relative moment options "start_timer" moment destination message options) destination message))

(defn answered [timer options function action]
  "Cancel or read a timer and answer as the options say: at once, by message, or not."
  (setv wanted (options-of options function timer options)
        left (action timer))
  (cond
    (in #((Atom "async") True) wanted)
      (do (when (not-in #((Atom "info") False) wanted)
            (p.send (p.self-) #((Atom function) timer left)))
          OK)
    (in #((Atom "info") False) wanted) OK
    True left))

(defn cancel_timer/2 [timer options]
  "Cancel a timer; options: `#(async true)`, `#(info false)`."
  (answered timer options "cancel_timer" p.cancel-timer))

(defn read_timer/2 [timer options]
  "Give the milliseconds left to a timer; option: `#(async true)`."
  (answered timer options "read_timer" p.read-timer))

;; --- what is known of a process

(defn fact [pid process item]
  "Give what is known under a name, as a pair; a process without a registered name has none: ()."
  (setv known (.get FACTS (str item)))
  (when (or (is known None) (is-not (type item) Atom)) (raise (bad "process_info" pid item)))
  (setv value (known process))
  (if (and (is value NIL) (= item.name "registered_name")) NIL #(item value)))

(defn process_info/1 [pid]
  "Give what is known of a process, as pairs, or `undefined` when it has ended."
  (when (is-not (type pid) Pid) (raise (bad "process_info" pid)))
  (setv process pid.process)
  (if (is process None)
      UNDEFINED
      (from-iterable (lfor item SHOWN-AT-ONCE
                           :setv pair (fact pid process (Atom item))
                           :if (is-not pair NIL)
                           pair))))

(defn process_info/2 [pid item]
  "Give one thing that is known of a process, or a list of things; `undefined` when it has ended."
  (when (is-not (type pid) Pid) (raise (bad "process_info" pid item)))
  (setv process pid.process)
  (cond
    (is process None) UNDEFINED
    (is-list item) (from-iterable (lfor one (elements item) (or (fact pid process one) #(one NIL))))
    True (fact pid process item)))
