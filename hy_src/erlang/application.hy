"Erlang's application: what programs start before they use it. The library is always there; settings are kept by name."

(import xrepl.dialect.data [Atom NIL elements from-iterable is-list key-value map-key string]
        xrepl.dialect.state-hooks [Provider register]
        xrepl.lang.erlang._module-facts [exports-named])

(setv __lfe_module__ "application"
      OK (Atom "ok")
      ERROR (Atom "error")
      UNDEFINED (Atom "undefined")
      BUILT-IN #("kernel" "stdlib" "crypto" "mnesia" "lfe" "compiler" "inets" "ssl" "sasl" "public_key" "asn1")
      started (set ["kernel" "stdlib"])
      settings {}
      changed [0])

(defn known? [name]
  (or (in (str name) BUILT-IN) (is-not (exports-named (str name)) None)))

(defn unknown [name]
  #((string "no such file or directory") (string f"{name}.app")))

(defn start/1 [name]
  "Start an application: `ok` for what the library or the session has."
  (cond
    (in (str name) started) #(ERROR #((Atom "already_started") name))
    (known? name) (do (.add started (str name)) OK)
    True #(ERROR (unknown name))))

(defn start/2 [name kind]
  "Start an application of a kind."
  (start/1 name))

(defn ensure_started/1 [name]
  "Start an application, if it is not started."
  (if (in (str name) started) OK (start/1 name)))

(defn ensure_all_started/1 [names]
  "Start applications: `#(ok started)`."
  (setv new [])
  (for [name (if (is-list names) (elements names) [names])]
    (when (not-in (str name) started)
      (when (not (known? name)) (return #(ERROR #(name (unknown name)))))
      (.add started (str name))
      (.append new name)))
  #(OK (from-iterable new)))

(defn stop/1 [name]
  "Stop an application: its modules stay."
  (if (in (str name) started)
      (do (.discard started (str name)) OK)
      #(ERROR #((Atom "not_started") name))))

(defn load/1 [name]
  "Give `ok` for an application that is there."
  (if (known? name) OK #(ERROR (unknown name))))

(defn which_applications/0 []
  "Give the applications that were started: `#(name description version)`."
  (from-iterable (lfor name (sorted started :reverse True) #((Atom name) (string name) (string "1")))))

(defn get_application/0 []
  "Give the caller's application: it has none."
  UNDEFINED)

(defn get_key/2 [name key]
  "Give what an application's description says: there are none."
  UNDEFINED)

;; --- settings

(defn of [name]
  (.get settings name {}))

(defn get_env/2 [name key]
  "Give a setting of an application: `#(ok value)` or `undefined`."
  (setv found (of name))
  (if (in (map-key key) found) #(OK (get found (map-key key))) UNDEFINED))

(defn get_env/3 [name key default]
  "Give a setting of an application, or a default."
  (.get (of name) (map-key key) default))

(defn note-change []
  (+= (get changed 0) 1))

(defn set_env/3 [name key value]
  "Change a setting of an application."
  (note-change)
  (setv (get (.setdefault settings name {}) (map-key key)) value)
  OK)

(defn set_env/4 [name key value options]
  "Change a setting of an application."
  (set_env/3 name key value))

(defn unset_env/2 [name key]
  "Remove a setting of an application."
  (note-change)
  (.pop (of name) (map-key key) None)
  OK)

(defn get_all_env/1 [name]
  "Give all settings of an application."
  (from-iterable (lfor [key value] (.items (of name)) #((key-value key) value))))

;; --- as part of a session's state

(defn save []
  (dfor [name values] (.items settings) :if values (str name) #(name (dict values))))

(defn load [parts gone]
  (for [kept (.values parts)]
    (setv (get settings (get kept 0)) (dict (get kept 1))))
  (for [name gone] (.pop settings (Atom name) None)))

(register (Provider "application" (fn [] (get changed 0)) save load))
