"Shell functions on processes, modules, memory, and the last error."

(import sys
        traceback
        xrepl.dialect.current [current]
        xrepl.dialect.data [Atom from-iterable]
        xrepl.dialect.failures [reify]
        xrepl.dialect [printer]
        xrepl.lang.erlang.c [flush/0 i/0 i/1 i/3 memory/0 memory/1 nregs/0 pid/3 regs/0 uptime/0]
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

(defn clear/0 []
  "Clear the screen."
  (.write sys.stdout CLEAR)
  OK)

(defn m/macro [arguments environment]
  "Show modules: `(m)`, `(m module ...)`."
  (call-of "lfe_shell" "m" (if arguments [(from-iterable [(Atom "list") #* arguments])] [])))

(defn own-part [trace]
  "Give the part of a traceback that begins in the session's code; all of it when no part does."
  (setv part trace)
  (while (and part (not (.startswith part.tb-frame.f-code.co-filename "<")))
    (setv part part.tb-next))
  (or part trace))

(defn e/0 []
  "Show the last error in full: its reason, and where in Python it happened."
  (setv problem current.problem)
  (if (is problem None)
      (print "no error yet")
      (do
        (.write sys.stdout (.join "" (traceback.format-exception (type problem) problem (own-part problem.__traceback__))))
        (setv raised (try (reify problem) (except [BaseException] None)))
        (when raised (print (printer.pretty #((Atom raised.kind) raised.reason) :depth -1)))))
  OK)
