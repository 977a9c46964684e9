"The store of sessions: what is kept of them, by id. Each function takes a name or a unique prefix of an id, too.

An update's function and a predicate run in the calling process. Deleting a session moves it to the archive."

(import secrets
        xrepl.dialect [processes]
        xrepl.dialect.data [Atom from-iterable]
        xrepl.dialect.host [host]
        xrepl.dialect.plain [NotPlain decode encode]
        xrepl.dialect.raising [badarg]
        xrepl.lang.xrepl._asking [BADARG ERROR OK UNDEFINED about ask asked fields only-ok plain? reason session-data settings
                                     text])

(setv __lfe_module__ "xrepl-store"
      CONFLICT #(ERROR (Atom "conflict"))
      MOST-TRIES 1000
      IN-DATA (frozenset ["name" "timeout" "metadata" "config"])
      FIRST-KEYS ["prompt" "history-enabled" "max-history" "timeout"]
      DATA-KEYS (frozenset ["id" "created-at" "last-active" "timeout" "metadata" "config"])
      DEFAULT-TIMEOUT-MS 3600000
      ID (Atom "id")
      CACHE (Atom "session-cache"))

(defn new/0 []
  "Give `ok`: the store is there already, and nothing in it is erased."
  OK)

;; --- making and deleting

(defn options [given]
  "Give the options of a new session that the server knows, as plain data."
  (dfor [key value] (.items given)
        :if (and (isinstance key Atom) (in key.name IN-DATA))
        key.name (cond
                   (= key.name "config") (settings value)
                   (and (in key.name ["name" "timeout"]) (not (plain? value))) 0 ; which neither can be
                   True (encode value))))

(defn make [given start]
  "Make a session of a map of options: `#(ok id)`."
  (if (isinstance given dict)
      (try
        (ask "new" (fn [told] (get told "id")) :start start #** (options given))
        (except [problem NotPlain]
          #(ERROR (reason problem))))
      #(ERROR BADARG)))

(defn create-session/1 [options]
  "Store a new session with the options timeout, metadata, config and name; its process is not started."
  (make options False))

(defn delete-session/1 [session]
  "Take a session out of every listing; it goes to the archive."
  (only-ok (about "close" session (fn [_] OK))))

;; --- reading

(defn get-session/1 [session]
  "Give a session's data: `#(ok data)`."
  (about "info" session session-data))

(defn get-session-cached/1 [session]
  "Give a session's data as the calling process has first seen it: `#(ok data)`."
  (setv key #(CACHE session)
        known (processes.get key))
  (when (is-not known UNDEFINED) (return #(OK known)))
  (setv found (get-session/1 session))
  (when (is (get found 0) OK) (processes.put key (get found 1)))
  found)

(defn list-sessions/0 []
  "Give the ids of all sessions."
  (from-iterable (asked "ids")))

(defn list-sessions-detailed/0 []
  "Give the data of all sessions."
  (from-iterable (map session-data (asked "sessions"))))

(defn find-sessions/1 [predicate]
  "Give the data of the sessions for which a function of the data gives true."
  (when (not (callable predicate)) (raise (badarg "xrepl-store" "find-sessions" predicate)))
  (from-iterable (lfor data (map session-data (asked "sessions")) :if (is (predicate data) True) data)))

;; --- changing

(defn update-session/2 [session change]
  "Put what a function makes of a session's data in its place; called again if the session has changed meanwhile."
  (when (not (callable change)) (return #(ERROR BADARG)))
  (for [_ (range MOST-TRIES)]
    (setv found (about "info" session (fn [told] told)))
    (when (is (get found 0) ERROR) (return found))
    (setv told (get found 1)
          result (put session (change (session-data told)) (get told "version")))
    (when (!= result CONFLICT) (return result)))
  CONFLICT)

(defn put [session data version]
  "Put session data in the place of what it was at a version."
  (when (not (and (isinstance data dict) (all (gfor key data (isinstance key Atom)))))
    (return #(ERROR BADARG)))
  (try
    (setv plain (dfor [key value] (.items data) key.name (encode value)))
    (except [problem NotPlain]
      (return #(ERROR (reason problem)))))
  (only-ok (about "update" session (fn [_] OK) :data plain :version version)))

(defn touch-session/1 [session]
  "Note that a session is in use now."
  (only-ok (about "touch" session (fn [_] OK))))

(defn get-metadata/1 [session]
  "Give a session's metadata with its name: `#(ok map)`."
  (about "info" session (fn [told] (decode (get told "metadata")))))

(defn set-metadata/2 [session metadata]
  "Merge metadata; a `name` in it is the session's new name."
  (merged "set-metadata" session "metadata" metadata))

(defn get-config/1 [session]
  "Give all settings of a session: `#(ok map)`."
  (about "info" session (fn [told] (decode (get told "config")))))

(defn set-config/2 [session config]
  "Merge settings, all or none: `#(error faults)` if any has a value that it cannot have."
  (merged "set-config" session "config" config))

(defn merged [op session field value]
  (when (not (isinstance value dict)) (return #(ERROR BADARG)))
  (try
    (only-ok (about op session (fn [_] OK) #** {field (if (= field "config") (settings value) (encode value))}))
    (except [problem NotPlain]
      #(ERROR (reason problem)))))

(defn cleanup-expired-sessions/0 []
  "Move the sessions whose time is up to the archive; give how many."
  (asked "cleanup"))

;; --- moving a session to another store

(defn export-session/1 [session]
  "Give all that can be kept of a session elsewhere, as a map: `#(ok map)`; its data are in it as `get-session` has them."
  (about "export" session (fn [exported] (| (session-data (get exported "session")) (decode exported)))
         :inside (inside session)))

(defn inside [session]
  "Give what this process says of itself, if it is the session's."
  (setv found (about "info" session (fn [told] (get told "id"))))
  (when (= (get found 1) host.session) (host.export)))

(defn import-session/1 [exported]
  "Make a session of what `export-session` gave, or of a session's data alone: `#(ok id)` with a new id."
  (when (not (isinstance exported dict)) (return #(ERROR BADARG)))
  (try
    (setv plain (if (and (in ID exported) (not-in "session" exported)) (without-state exported) (encode exported)))
    (except [problem NotPlain]
      (return #(ERROR (reason problem)))))
  (ask "import" (fn [told] (get told "id")) :exported plain))

(defn without-state [data]
  "Give session data as an exported session that has neither bindings nor a history."
  (setv told {"timeout" DEFAULT-TIMEOUT-MS  "beside" {}})
  (for [[key value] (.items data)]
    (setv name (or (text key) "")
          place (if (in name DATA-KEYS) told (get told "beside"))
          (get place name) (encode value)))
  {"session" told  "bindings" []  "definitions" []  "history" []  "left-out" {}})

;; --- names

(defn generate-session-id/0 []
  "Give a new id: 128 random bits as 32 hex digits."
  (secrets.token-hex 16))

(defn default-session-config/0 []
  "Give the settings that the specification names; `(xrepl-config:default)` gives all."
  (setv all (decode (asked "default-config")))
  (dfor key (map Atom FIRST-KEYS) key (get all key)))

(defn session-process-name/1 [session]
  "Give the name that a session's process goes by: an atom."
  (Atom (+ "xrepl-session-" (or (text session) ""))))

(defn server-name/0 []
  "Give the store's name."
  (Atom "xrepl-store"))
