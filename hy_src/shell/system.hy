"Shell functions on processes, modules, memory, and the last error."

(import sys
        xrepl.dialect [host]
        xrepl.dialect.current [current]
        xrepl.dialect.data [Atom from-iterable]
        xrepl.dialect.tracebacks [traceback-text]
        xrepl.lang.erlang.c [flush/0 i/0 i/1 i/3 memory/0 memory/1 nregs/0 pid/3 regs/0 uptime/0]
        xrepl.errors [XreplError]
        xrepl.lang.shell.files [call-of])

(setv HELP ["System"
            "(clear) -- clear the screen"
            "(e) -- show the last error in full"
            "(flush) -- show and remove the shell's messages"
            "(i) -- show all processes"
            "(i pids) -- show some processes"
            "(i x y z) -- show the process #Pid<x.y.z>"
            "(m) -- show the modules that are loaded"
            "(m module) -- show what a module exports"
            "(memory) -- show how much memory is used"
            "(memory type) -- show how much memory of a type is used"
            "(nregs) -- show the registered processes of all nodes"
            "(pid x y z) -- make a pid of three numbers"
            "(regs) -- show the registered processes"
            "(uptime) -- show how long this session's process has run"]
      OK (Atom "ok")
      CLEAR "\x1b[H\x1b[J")

(defn cleared? []
  "Let the client clear its screen; say whether it has one."
  (try
    (host.call "clear")
    (except [XreplError] False)))

(defn clear/0 []
  "Clear the screen."
  (when (not (cleared?))
    (.write sys.stdout CLEAR))
  OK)

(defn m/macro [arguments environment]
  "Show modules: `(m)`, `(m module ...)`."
  (call-of "lfe_shell" "m" (if arguments [(from-iterable [(Atom "list") #* arguments])] [])))

(defn e/0 []
  "Show the last error in full: its reason, and the calls that led to it, the innermost first."
  (setv problem current.problem)
  (print (if (is problem None) "no error yet" (traceback-text problem current.failure)))
  OK)
