"Erlang's os: the environment, commands of the operating system's shell, the time, the process."

(import platform
        shutil
        sys
        time
        xrepl.dialect.data [Atom elements from-iterable is-list string text-of]
        xrepl.dialect.raising [badarg]
        xrepl.lang.erlang._commands [run-command]
        xrepl.lang.erlang._paths [path-text]
        xrepl.lang.erlang.erlang [system_time/0 system_time/1 timestamp/0])

;; this module's own name hides Python's
(setv system (__import__ "os")
      __lfe_module__ "os")

(defn name-of [value function #* call]
  "Give the text of a variable's name or value."
  (setv text (if (is-list value) (text-of (elements value)) None))
  (when (or (is text None) (in "\0" text))
    (raise (badarg "os" function #* call)))
  text)

;; --- the environment

(defn getenv/0 []
  "Give all variables as `NAME=value`."
  (from-iterable (sorted (lfor [name value] (.items system.environ) f"{name}={value}"))))

(defn getenv/1 [name]
  "Give a variable's value, or false."
  (getenv/2 name False))

(defn getenv/2 [name default]
  "Give a variable's value, or a default."
  (setv value (system.environ.get (name-of name "getenv" name)))
  (if (is value None) default (string value)))

(defn putenv/2 [name value]
  "Set a variable."
  (setv text (name-of name "putenv" name value))
  (when (in "=" text) (raise (badarg "os" "putenv" name value)))
  (when text (setv (get system.environ text) (name-of value "putenv" name value)))
  True)

(defn unsetenv/1 [name]
  "Remove a variable."
  (.pop system.environ (name-of name "unsetenv" name) None)
  True)

(defn env/0 []
  "Give all variables as `#(name value)`."
  (from-iterable (lfor [name value] (sorted (.items system.environ)) #((string name) (string value)))))

;; --- commands

(defn cmd/1 [command]
  "Run a command in the shell and give what it writes, errors too; its process alone waits."
  (cmd/2 command {}))

(defn cmd/2 [command options]
  "Run a command in the shell and give what it writes, `max_size` bytes at most."
  (try
    (setv text (path-text command))
    (except [ValueError]
      (raise (badarg "os" "cmd" command))))
  (setv output (run-command text))
  (string (.decode (cut output (.get options (Atom "max_size") None)) "utf-8" "replace")))

(defn find_executable/1 [name]
  "Give the path of a program, or false."
  (setv found (shutil.which (path-text name)))
  (if (is found None) False (string found)))

(defn find_executable/2 [name path]
  "Give the path of a program in directories that are joined by `:`, or false."
  (setv found (shutil.which (path-text name) :path (path-text path)))
  (if (is found None) False (string found)))

;; --- the system

(defn type/0 []
  "Give the family and the name of the operating system."
  #((Atom "unix") (Atom (.lower (platform.system)))))

(defn version/0 []
  "Give the operating system's version as three numbers."
  (setv parts (.split (get (.split (platform.release) "-") 0) "."))
  (tuple (lfor part (cut [#* parts "0" "0"] 3) (if (.isdigit part) (int part) 0))))

(defn getpid/0 []
  "Give the number of the operating system's process, as a string."
  (str (system.getpid)))

(defn perf_counter/0 []
  "Give a counter of high resolution, in nanoseconds."
  (time.perf-counter-ns))

(defn perf_counter/1 [unit]
  "Give a counter of high resolution, in a unit."
  (import xrepl.lang.erlang.erlang [convert_time_unit/3])
  (convert_time_unit/3 (time.perf-counter-ns) (Atom "nanosecond") unit))

(defn set_signal/2 [signal option]
  "Say what a signal does: the session's process handles its signals itself, nothing changes."
  (Atom "ok"))
