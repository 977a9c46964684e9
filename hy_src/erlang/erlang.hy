"Erlang's module erlang, whose functions every form sees without a module: time, errors, calls, the system.

Numbers are in `_erlang_numbers.hy`, data in `_erlang_data.hy`; the most used functions are in `xrepl.dialect.bifs`, and
those of processes in `_erlang_processes.hy`."

(import datetime
        gc
        itertools
        os
        sys
        time
        xrepl.dialect.calls [call-function find]
        xrepl.dialect.data [Atom NIL elements from-iterable is-list string]
        xrepl.dialect.printer [write]
        xrepl.dialect.raising [LfeError badarg]
        xrepl.lang.erlang._erlang-data *
        xrepl.lang.erlang._erlang-numbers *
        xrepl.lang.erlang._erlang-processes *)

(setv __lfe_module__ "erlang"
      UNITS {"second" 1  "millisecond" 1000  "microsecond" 1000000  "nanosecond" 1000000000
             "native" 1000000000  "perf_counter" 1000000000
             "seconds" 1  "milli_seconds" 1000  "micro_seconds" 1000000  "nano_seconds" 1000000000}
      NANO 1000000000
      unique-numbers (itertools.count 1)
      NOBODY (Atom "nonode@nohost"))

(defn bad [function #* call]
  (badarg "erlang" function #* call))

;; --- time

(defn parts-of-second [unit function #* call]
  "Give how many of a unit make a second."
  (cond
    (and (is (type unit) int) (> unit 0)) unit
    (and (is (type unit) Atom) (in unit.name UNITS)) (get UNITS unit.name)
    True (raise (bad function #* call))))

(defn scaled [nanoseconds unit function #* call]
  (// (* nanoseconds (parts-of-second unit function #* call)) NANO))

(defn system_time/0 []
  "Give the time since 1970 in nanoseconds."
  (time.time-ns))

(defn system_time/1 [unit]
  "Give the time since 1970 in a unit."
  (scaled (time.time-ns) unit "system_time" unit))

(defn monotonic_time/0 []
  "Give a time that never goes back, in nanoseconds."
  (time.monotonic-ns))

(defn monotonic_time/1 [unit]
  "Give a time that never goes back, in a unit."
  (scaled (time.monotonic-ns) unit "monotonic_time" unit))

(defn time_offset/0 []
  "Give what the monotonic time lacks to the system time, in nanoseconds."
  (- (time.time-ns) (time.monotonic-ns)))

(defn time_offset/1 [unit]
  "Give what the monotonic time lacks to the system time, in a unit."
  (scaled (- (time.time-ns) (time.monotonic-ns)) unit "time_offset" unit))

(defn convert_time_unit/3 [amount from to]
  "Convert a time from one unit to another."
  (// (* amount (parts-of-second to "convert_time_unit" amount from to))
      (parts-of-second from "convert_time_unit" amount from to)))

(defn timestamp/0 []
  "Give the time since 1970 as `#(megaseconds seconds microseconds)`."
  (setv micro (// (time.time-ns) 1000))
  #((// micro 1000000000000) (% (// micro 1000000) 1000000) (% micro 1000000)))

(defn now/0 []
  "Give the time since 1970 as `timestamp` does."
  (timestamp/0))

(defn parts [moment]
  #(#(moment.year moment.month moment.day) #(moment.hour moment.minute moment.second)))

(defn localtime/0 []
  "Give the local date and time."
  (parts (datetime.datetime.now)))

(defn universaltime/0 []
  "Give the date and time in UTC."
  (parts (datetime.datetime.now datetime.timezone.utc)))

(defn date/0 []
  "Give the local date."
  (get (localtime/0) 0))

(defn time/0 []
  "Give the local time."
  (get (localtime/0) 1))

(defn moment-of [moment zone]
  "Give Python's moment for a date and time; ValueError when it is none."
  (when (not (and (is (type moment) tuple) (= (list (map len moment)) [3 3]) (all (gfor part moment (is (type part) tuple)))))
    (raise (ValueError "no date and time")))
  (datetime.datetime #* (get moment 0) #* (get moment 1) :tzinfo zone))

(defn localtime_to_universaltime/1 [moment]
  "Convert a local date and time to UTC."
  (try
    (parts (.astimezone (moment-of moment None) datetime.timezone.utc))
    (except [[TypeError ValueError IndexError OverflowError]]
      (raise (bad "localtime_to_universaltime" moment)))))

(defn universaltime_to_localtime/1 [moment]
  "Convert a date and time in UTC to the local one."
  (try
    (parts (.astimezone (moment-of moment datetime.timezone.utc)))
    (except [[TypeError ValueError IndexError OverflowError]]
      (raise (bad "universaltime_to_localtime" moment)))))

(defn unique_integer/0 []
  "Give an integer that was never given before."
  (next unique-numbers))

(defn unique_integer/1 [modifiers]
  "Give an integer that was never given before; all are positive and each larger than the one before."
  (when (not (and (is-list modifiers)
                  (<= (set (map str (elements modifiers))) #{"positive" "monotonic"})))
    (raise (bad "unique_integer" modifiers)))
  (next unique-numbers))

;; --- errors and calls

(defn error/2 [reason arguments]
  "Fail with a reason; the arguments are for a trace."
  (raise (LfeError "error" reason)))

(defn error/3 [reason arguments options]
  "Fail with a reason; arguments and options are for a trace."
  (raise (LfeError "error" reason)))

(defn nif_error/1 [reason]
  "Fail with a reason."
  (raise (LfeError "error" reason)))

(defn nif_error/2 [reason arguments]
  "Fail with a reason; the arguments are for a trace."
  (raise (LfeError "error" reason)))

(defn raise/3 [kind reason trace]
  "Raise an exception of a class: error, exit or throw."
  (when (not-in (str kind) #("error" "exit" "throw"))
    (return (Atom "badarg")))
  (setv problem (LfeError (str kind) reason)
        problem.stack trace)
  (raise problem))

(defn apply/3 [module function arguments]
  "Call a function of a module with a list of arguments."
  (call-function module function (tuple (elements arguments))))

(defn check-name [called module function arity]
  "Check that two atoms and a number name a function."
  (when (not (and (is (type module) (type function) Atom) (is (type arity) int) (>= arity 0)))
    (raise (bad called module function arity))))

(defn function_exported/3 [module function arity]
  "Say whether a module has a function."
  (check-name "function_exported" module function arity)
  (is-not (find module function arity) None))

(defn get_module_info/1 [module]
  "Give what a module says of itself, as pairs."
  (when (is (exports-of-atom module) None) (raise (bad "get_module_info" module)))
  (from-iterable (lfor item #("module" "exports" "attributes" "compile")
                       #((Atom item) (get_module_info/2 module (Atom item))))))

(defn get_module_info/2 [module item]
  "Give one item of what a module says of itself: module, exports, functions, attributes or compile."
  (setv exports (exports-of-atom module))
  (when (is exports None) (raise (bad "get_module_info" module item)))
  (match (str item)
    "module" module
    (| "exports" "functions") (from-iterable (gfor [name arity] exports #((Atom name) arity)))
    (| "attributes" "compile") NIL
    _ (raise (bad "get_module_info" module item))))

(defn exports-of-atom [module]
  "Give names and arities of a module's functions; None when it is none."
  (import xrepl.lang.erlang._module-facts [exports-named])  ; it loads what few need
  (if (is (type module) Atom) (exports-named module.name) None))

(defn is_builtin/3 [module function arity]
  "Say whether a function belongs to the module erlang."
  (check-name "is_builtin" module function arity)
  (and (is module (Atom "erlang")) (is-not (find module function arity) None)))

(defn module_loaded/1 [module]
  "Say whether a library module has been used."
  (in f"xrepl.lang.erlang.{module}" sys.modules))

(defn loaded/0 []
  "Give the library modules that have been used."
  (from-iterable (lfor name (sorted sys.modules)
                       :setv [package _ module] (.rpartition name ".")
                       :if (and (in package #("xrepl.lang.erlang" "xrepl.lang.lfe")) (not (.startswith module "_")))
                       (Atom module))))

(defn fun_info/2 [function item]
  "Give an item of what is known of a function: arity, name, module, type or env."
  (setv code (getattr function "__code__" None))
  (when (is code None) (raise (bad "fun_info" function item)))
  #(item (match (str item)
           "arity" code.co-argcount
           "name" (Atom code.co-name)
           "module" (Atom "lfe_eval")
           "type" (Atom "local")
           "env" NIL
           _ (raise (bad "fun_info" function item)))))

(defn fun_info/1 [function]
  "Give what is known of a function, as pairs."
  (from-iterable (lfor item #("arity" "name" "module" "type" "env") (fun_info/2 function (Atom item)))))

(defn fun_to_list/1 [function]
  "Write a function as the shell shows it."
  (when (not (callable function)) (raise (bad "fun_to_list" function)))
  (write function))

(defn pid_to_list/1 [pid]
  "Write a process identifier, as `<0.N.0>`."
  (when (not (is_pid/1 pid)) (raise (bad "pid_to_list" pid)))
  (.removeprefix (write pid) "#Pid"))

(defn ref_to_list/1 [reference]
  "Write a reference as the shell shows it."
  (when (not (is_reference/1 reference)) (raise (bad "ref_to_list" reference)))
  (write reference))

;; --- the system

(defn display_string/1 [text]
  "Write a string as it is."
  (when (not (is-list text)) (raise (bad "display_string" text)))
  (.write sys.stdout (.join "" (map chr (elements text))))
  True)

(defn display/1 [term]
  "Write a term and a new line."
  (.write sys.stdout (+ (write term) "\n"))
  True)

(defn node/0 []
  "Give this node's name: nodes are not connected."
  NOBODY)

(defn nodes/0 []
  "Give the nodes that this one is connected to: none."
  NIL)

(defn nodes/1 [kind]
  "Give the nodes of a kind: this one is all there is."
  (if (in (str kind) #("this" "known")) (from-iterable [NOBODY]) NIL))

(defn is_alive/0 []
  "Say whether this node can be reached by others."
  False)

(defn get_cookie/0 []
  "Give this node's cookie: there is none."
  (Atom "nocookie"))

(defn garbage_collect/0 []
  "Collect what nobody refers to."
  (gc.collect)
  True)

(defn memory/0 []
  "Give this process's memory in bytes, as pairs."
  (from-iterable [#((Atom "total") (resident-bytes)) #((Atom "processes") (resident-bytes))]))

(defn memory/1 [kind]
  "Give this process's memory in bytes."
  (when (not-in (str kind) #("total" "processes" "system" "atom" "binary" "code" "ets"))
    (raise (bad "memory" kind)))
  (resident-bytes))

(defn resident-bytes []
  (with [file (open "/proc/self/statm")]
    (* (int (get (.split (.read file)) 1)) (os.sysconf "SC_PAGE_SIZE"))))

(defn statistics/1 [item]
  "Give a figure of this process: runtime or wall_clock, in milliseconds in all and since the last time."
  (setv now (match (str item)
              "runtime" (int (* 1000 (time.process-time)))
              "wall_clock" (// (- (time.monotonic-ns) STARTED) 1000000)
              "reductions" (int (* 1000000 (time.process-time)))
              "run_queue" (return 0)
              _ (raise (bad "statistics" item)))
        before (.get last-asked item 0)
        (get last-asked item) now)
  #(now (- now before)))

(setv last-asked {}
      STARTED (time.monotonic-ns))

(defn system_info/1 [item]
  "Give a figure of the system, as far as it has a counterpart here."
  (match (str item)
    "otp_release" (string "25")
    "version" (string "13.0")
    "wordsize" 8
    "schedulers" 1
    "schedulers_online" 1
    "logical_processors" (or (os.cpu-count) 1)
    "process_limit" 262144
    "process_count" (len (list (elements (processes/0))))
    "atom_count" (len Atom._interned)
    "atom_limit" 1048576
    "endian" (Atom sys.byteorder)
    "system_architecture" (string "x86_64-unknown-linux-gnu")
    "machine" (string "BEAM")
    _ (raise (bad "system_info" item))))
