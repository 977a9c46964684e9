"Erlang's c: the commands of its shell on files, processes and modules. The LFE shell's own are in `xrepl.lang.shell`.

What it writes has the columns that Erlang's has. It compiles nothing: LFE's files are compiled by `lfe_comp` and the
shell's `c`, and there is no Erlang compiler."

(import os
        sys
        time
        xrepl.dialect [host processes]
        xrepl.dialect.data [Atom NIL elements from-iterable is-list text-of]
        xrepl.dialect.erlang-printer [write]
        xrepl.dialect.formatting [format-text]
        xrepl.dialect.raising [badarg]
        xrepl.dialect.styles [ERLANG]
        xrepl.lang.erlang._module-facts [load-module print-module print-modules]
        xrepl.lang.erlang._process-facts [FACTS]
        xrepl.dialect.bifs [integer-to-list]
        xrepl.lang.erlang.erlang [list_to_pid/1 memory/0 memory/1 process_info/1])

(setv __lfe_module__ "c"
      OK (Atom "ok")
      ERROR (Atom "error")
      WIDTH 80
      NAME-WIDTH 40  ; longer names are cut in a listing
      GAP 5)

(defn say [text]
  (.write sys.stdout (+ text "\n")))

;; --- files

(defn path-of [name function]
  "Give a file's name as Python's str; `badarg` for what is none."
  (setv text (cond
               (is (type name) Atom) name.name
               (is (type name) bytes) (os.fsdecode name)
               (is-list name) (text-of (elements name))
               True None))
  (when (is text None) (raise (badarg "c" function name)))
  text)

(defn pwd/0 []
  "Write the working directory."
  (say (os.getcwd))
  OK)

(defn cd/1 [directory]
  "Change the working directory, if it can be, and write it."
  (try
    (os.chdir (path-of directory "cd"))
    (except [Exception]))  ; as in Erlang's shell: the directory stays, and is written
  (pwd/0))

(defn ls/0 []
  "List the files of the working directory."
  (ls/1 "."))

(defn ls/1 [directory]
  "List the files of a directory, or name a file."
  (try
    (setv path (path-of directory "ls"))
    (list-names (if (os.path.isdir path) (sorted (os.listdir path)) [(do (os.stat path) path)]))
    (except [problem OSError]
      (say (.lower problem.strerror)))
    (except [Exception]
      (say "bad argument")))
  OK)

(defn list-names [names]
  "Write names in columns as wide as the longest."
  (when names
    (setv width (+ GAP (min NAME-WIDTH (max (map len names))))
          column 0)
    (for [name names]
      (.write sys.stdout (.ljust (cut name width) width))
      (+= column width)
      (when (>= (+ column width) WIDTH)
        (say "")
        (setv column 0)))
    (say "")))

;; --- messages and processes

(defn flush/0 []
  "Write and remove the messages that the shell has got."
  (for [message (processes.drain)]
    (.write sys.stdout (format-text "Shell got ~tp~n" (from-iterable [message]) ERLANG)))
  OK)

(defn pid/3 [x y z]
  "Give the pid of three numbers."
  (list_to_pid/1 (.join "." [(+ "<" (str (integer-to-list x))) (str (integer-to-list y))
                             (+ (str (integer-to-list z)) ">")])))

(defn function-text [parts]
  (setv [module function arity] parts)
  f"{(write module)}:{(write function)}/{arity}")

(defn process-lines [a b c d e]
  f"{(cut a 21):<21} {(cut b 33):<33} {c :>8} {d :>8} {e :>4}")

(defn fact [process name]
  ((get FACTS name) process))

(defn write-process [process]
  (say (process-lines (write process.pid) (function-text (fact process "initial_call")) (fact process "heap_size")
                      (fact process "reductions") (fact process "message_queue_len")))
  (say (process-lines (if process.name (write process.name) "") (function-text (fact process "current_function"))
                      (fact process "stack_size") "" "")))

(defn living [pids]
  (lfor pid pids :if (is-not pid.process None) pid.process))

(defn i/0 []
  "Write what is known of all processes."
  (i/1 (processes.processes)))

(defn i/1 [pids]
  "Write what is known of these processes."
  (setv found (living (elements pids)))
  (say (process-lines "Pid" "Initial Call" "Heap" "Reds" "Msgs"))
  (say (process-lines "Registered" "Current Function" "Stack" "" ""))
  (for [process found] (write-process process))
  (defn total [name] (sum (gfor process found (fact process name))))
  (say (process-lines "Total" "" (total "heap_size") (total "reductions") (total "message_queue_len")))
  (say (process-lines "" "" (total "stack_size") "" ""))
  OK)

(defn i/3 [x y z]
  "Give what is known of the process with this number, or `undefined`."
  (process_info/1 (pid/3 x y z)))

(defn regs/0 []
  "Write the registered processes."
  (say "\n** Registered procs on node nonode@nohost **")
  (say (named-line "Name" "Pid" "Initial Call" "Reds" "Msgs"))
  (for [name (sorted (elements (processes.registered)) :key str)]
    (setv process (. (processes.whereis name) process))
    (say (named-line (write name) (write process.pid) (function-text (fact process "initial_call"))
                     (fact process "reductions") (fact process "message_queue_len"))))
  (say "\n** Registered ports on node nonode@nohost **")
  (say f"{"Name" :<21} {"Id" :<15} {"Command" :<40}")
  OK)

(defn named-line [a b c d e]
  f"{(cut a 21) :<21} {b :<12} {(cut c 25) :<25} {d :>12} {e :>4}")

(defn nregs/0 []
  "Write the registered processes of all nodes: there is one."
  (regs/0))

(defn process-age []
  "Give how many seconds ago this process was started."
  (with [file (open "/proc/self/stat")]
    (setv ticks (int (get (.split (get (.rpartition (.read file) ")") 2)) 19))))
  (- (time.clock-gettime time.CLOCK-BOOTTIME) (/ ticks (os.sysconf "SC_CLK_TCK"))))

(defn uptime/0 []
  "Write how long this session's process has run."
  (setv seconds (int (process-age))
        [minutes seconds] (divmod seconds 60)
        [hours minutes] (divmod minutes 60)
        [days hours] (divmod hours 24))
  (say (+ (if days f"{days} days, " "")
          (if (or days hours) f"{hours} hours, " "")
          (if (or days hours minutes) f"{minutes} minutes and " "")
          f"{seconds} seconds"))
  OK)

(defn q/0 []
  "Leave the session: the client ends, the session goes on."
  (host.request-leave)
  OK)

;; --- modules

(defn l/1 [module]
  "Load a module: `#(module m)`, or `#(error nofile)`."
  (load-module module))

(defn m/0 []
  "Write which modules are loaded."
  (print-modules)
  OK)

(defn m/1 [module]
  "Write what is known of a module."
  (print-module module)
  OK)

(defn lm/0 []
  "Load the modules that have changed on disk: none does."
  NIL)

(defn c/1 [module]
  "Compile an Erlang file: there is no Erlang compiler here."
  (c/2 module NIL))

(defn c/2 [module options]
  "Compile an Erlang file: there is no Erlang compiler here."
  (setv path (path-of module "c")
        file (if (.endswith path ".erl") path (+ path ".erl")))
  (say (if (os.path.exists file)
           f"{file}: this is no Erlang system: it has no compiler for Erlang; write the module in LFE or Python"
           f"{file}: no such file or directory"))
  ERROR)
