"Erlang's init: leaving, and the arguments of the command line."

(import xrepl.dialect.current [current]
        xrepl.dialect [host]
        xrepl.dialect.data [Atom NIL is-list])

(setv __lfe_module__ "init"
      OK (Atom "ok"))

(defn stop/0 []
  "Leave: the client ends when the form has."
  (host.request-leave)
  OK)

(defn stop/1 [status]
  "Leave: the client ends when the form has; a command's exit status is this one, 1 for text."
  (host.request-leave (if (is (type status) int) status 1))
  OK)

(defn get_plain_arguments/0 []
  "Give the arguments of the script that runs; none without one."
  (setv name (when current.interpreter (.variable current.interpreter.globals "script-args"))
        found (when name (.get current.interpreter.namespace name)))
  (if (is-list found) found NIL))

(defn get_arguments/0 []
  "Give the flags of the command line: there are none."
  NIL)

(defn get_argument/1 [flag]
  "Give a flag of the command line: there are none, `error`."
  (Atom "error"))

(defn get_status/0 []
  "Say what the system is doing."
  #((Atom "started") (Atom "started")))
