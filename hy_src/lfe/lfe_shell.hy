"LFE's lfe_shell: the shell's functions, for programs that call them by module."

(import xrepl.dialect.data [Atom elements from-iterable]
        xrepl.lang.erlang [_module-facts c]
        xrepl.lang.lfe [lfe-comp]
        xrepl.lang.erlang.c [cd/1 flush/0 i/0 i/1 i/3 m/0 memory/0 memory/1 nregs/0 pid/3 pwd/0 q/0 regs/0 uptime/0]
        xrepl.lang.shell.documentation [doc/1 doc/2 doc/3 h/1 h/2 h/3]
        xrepl.lang.shell.help [h/0 help/0]
        xrepl.lang.shell.leaving [exit/0]
        xrepl.lang.shell.printing [ep/1 ep/2 epp/1 epp/2 p/1 p/2 pp/1 pp/2]
        xrepl.lang.shell.system [clear/0])

(setv __lfe_module__ "lfe_shell")

(defn c/1 [file]
  "Compile a file and bind its modules: `(#(module m) ...)`, or `error` when something is wrong, which is written."
  (setv report (lfe-comp.report file))
  (if report.problems
      (Atom "error")
      (from-iterable (lfor module report.modules #((Atom "module") (Atom module))))))

(defn c/2 [file options]
  "Compile a file and bind its modules; the options are taken and do nothing."
  (c/1 file))

(defn ls/1 [arguments]
  "List the files of the directory in a list, or of the working directory when it is empty."
  (setv found (list (elements arguments)))
  (if found (c.ls/1 (get found 0)) (c.ls/0)))

(defn l/1 [modules]
  "Load modules again: a list of `#(module m)` or `#(error reason)`."
  (from-iterable (lfor module (elements modules) (_module-facts.load-module module))))

(defn m/1 [modules]
  "Show what modules export."
  (for [module (elements modules)] (_module-facts.print-module module))
  (Atom "ok"))

(defn ec/1 [file]
  "Compile an Erlang file: says why it cannot be."
  (c.c/1 file))

(defn ec/2 [file options]
  "Compile an Erlang file: says why it cannot be."
  (c.c/2 file options))
