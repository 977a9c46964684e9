"Erlang's logger: messages of eight levels, a line each to the server's log, the file `log` in `XREPL_HOME`.

Nothing is printed in the session. Handlers and filters of the program's own are not here. All levels are written, until
the program sets a primary one: then those below it are dropped."

(import xrepl.dialect [processes]
        xrepl.dialect.data [Atom NIL from-iterable is-list map-key]
        xrepl.dialect.formatting [FormatError format-text]
        xrepl.dialect.host [call host]
        xrepl.dialect.raising [function-clause]
        xrepl.dialect.styles [ERLANG])

(setv __lfe_module__ "logger"
      OK (Atom "ok")
      LEVELS ["emergency" "alert" "critical" "error" "warning" "notice" "info" "debug"]
      METADATA (Atom "$logger_metadata$")
      primary {(Atom "level") (Atom "notice") (Atom "filters") NIL (Atom "filter_default") (Atom "log")
               (Atom "metadata") {}}
      module-levels {}
      limits [])  ; holds `level` when the program has set one

(defn rank [level function]
  "Give a level's number: 0 is the most severe."
  (setv name (str level))
  (when (not-in name LEVELS) (raise (function-clause "logger" function level)))
  (.index LEVELS name))

(defn text-of [message arguments]
  "Give the text of a message: a format with its arguments, or a report."
  (cond
    (callable message) (text-of #* (or (report-parts (message #* (if (is arguments None) [] [arguments]))) []))
    (or (isinstance message dict) (and (is-list message) (is arguments None) (not (text? message))))
      (format-text "~tp" [message] ERLANG)
    True (try
           (format-text message (if (is arguments None) [] arguments) ERLANG)
           (except [FormatError]
             (+ "FORMAT ERROR: " (format-text "~tp - ~tp" [message (or arguments NIL)] ERLANG))))))

(defn text? [message]
  (or (is (type message) str) (all (gfor item message (is (type item) int)))))

(defn report-parts [answer]
  (if (is (type answer) tuple) answer [answer None]))

(defn write-line [level message arguments]
  (when (or (not limits) (<= (rank level "log") (rank (get primary (Atom "level")) "log")))
    (setv text (text-of message arguments))
    (when host.session (call "log" :text f"{level}: {(.replace text "\n" " ")}")))
  OK)

(defn log/2 [level message]
  "Log a message or a report at a level."
  (write-line level message None))

(defn log/3 [level form arguments]
  "Log a format with its arguments at a level."
  (write-line level form (if (isinstance arguments dict) None arguments)))

(defn log/4 [level form arguments metadata]
  "Log a format with its arguments at a level."
  (write-line level form arguments))

(defmacro deflevel [name]
  "Define the functions of one level."
  (setv symbol (fn [arity] (hy.models.Symbol f"{name}/{arity}")) level (str name))
  `(do
     (defn ~(symbol 1) [message]
       "Log a message or a report at this level."
       (log/2 (Atom ~level) message))
     (defn ~(symbol 2) [form arguments]
       "Log a format with its arguments at this level."
       (log/3 (Atom ~level) form arguments))
     (defn ~(symbol 3) [form arguments metadata]
       "Log a format with its arguments at this level."
       (log/4 (Atom ~level) form arguments metadata))))

(deflevel emergency)
(deflevel alert)
(deflevel critical)
(deflevel error)
(deflevel warning)
(deflevel notice)
(deflevel info)
(deflevel debug)

;; --- settings

(defn compare_levels/2 [a b]
  "Compare two levels: `gt` when the first is more severe, `lt` or `eq`."
  (setv difference (- (rank b "compare_levels") (rank a "compare_levels")))
  (Atom (cond (> difference 0) "gt" (< difference 0) "lt" True "eq")))

(defn get_primary_config/0 []
  "Give the settings, as a map."
  (dict primary))

(defn set_primary_config/2 [key value]
  "Change a setting: `level` is what matters."
  (when (is key (Atom "level"))
    (rank value "set_primary_config")
    (.append limits value))
  (setv (get primary (map-key key)) value)
  OK)

(defn set_primary_config/1 [config]
  "Change settings, given as a map."
  (for [[key value] (.items config)] (set_primary_config/2 key value))
  OK)

(defn set_module_level/2 [module level]
  "Take a level for a module; what is logged does not say its module, so that nothing changes."
  (rank level "set_module_level")
  (setv (get module-levels module) level)
  OK)

(defn get_module_level/0 []
  "Give the levels that were set for modules."
  (from-iterable (.items module-levels)))

(defn allow/2 [level module]
  "Say whether a level is logged."
  (<= (rank level "allow") (rank (get primary (Atom "level")) "allow")))

(defn get_handler_ids/0 []
  "Give the handlers: there is one."
  (from-iterable [(Atom "default")]))

(defn set_process_metadata/1 [metadata]
  "Keep data with the process, to be logged with its messages."
  (processes.put METADATA metadata)
  OK)

(defn update_process_metadata/1 [metadata]
  "Add to the data that is kept with the process."
  (setv known (processes.get METADATA))
  (processes.put METADATA {#** (if (isinstance known dict) known {}) #** metadata})
  OK)

(defn get_process_metadata/0 []
  "Give the data that is kept with the process, or `undefined`."
  (processes.get METADATA))

(defn unset_process_metadata/0 []
  "Forget the data that is kept with the process."
  (processes.erase METADATA)
  OK)
