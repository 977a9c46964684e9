"Sessions with their processes: make, end, list, and which one is current.

Each process of the language has a current session; the shell's is the one that the client is in. It moves when the form
that asks for it has ended."

(import xrepl.dialect [processes]
        xrepl.dialect.data [Atom from-iterable]
        xrepl.dialect.plain [encode]
        xrepl.lang.xrepl._asking [ERROR NOT-FOUND OK UNDEFINED about ask asked detailed only-ok shell?]
        xrepl.lang.xrepl.xrepl-store [delete-session/1 list-sessions/0 make])

(setv __lfe_module__ "xrepl-session-manager"
      CURRENT (Atom "xrepl-current-session")
      NO-SESSION (Atom "no-session")
      NOT-CURRENT #(ERROR (Atom "not-current-session"))
      SESSION-NOT-FOUND #(ERROR (Atom "session-not-found")))

;; --- making and ending

(defn create/0 []
  "Make a session and start its process: `#(ok id)`."
  (make {} True))

(defn create/1 [options]
  "Make a session with the options name, timeout, metadata and config, and start its process: `#(ok id)`."
  (make options True))

(defn create-sessions/1 [count]
  "Make a number of sessions at once: a list of `#(ok id)`."
  (setv made (ask "new-many" (fn [told] told) :count (encode count)))
  (if (is (get made 0) OK)
      (from-iterable (lfor one (get made 1) (if (in "id" one) #(OK (get one "id")) #(ERROR (Atom (get one "error"))))))
      made))

(defn destroy/1 [session]
  "End a session's process and take the session out of every listing; it goes to the archive."
  (delete-session/1 session))

;; --- asking

(defn list/0 []
  "Give the ids of all sessions."
  (list-sessions/0))

(defn list-detailed/0 []
  "Give the data of all sessions, each with `active?` and `pid`."
  (from-iterable (map detailed (asked "sessions"))))

(defn get-info/1 [session]
  "Give the data of a session with `active?` and `pid`: `#(ok data)`."
  (about "info" session detailed))

(defn is-active?/1 [session]
  "Say whether a session's process is running."
  (setv found (about "info" session (fn [told] (is-not (get told "pid") None))))
  (and (is (get found 0) OK) (get found 1)))

(defn resolve-session/1 [session]
  "Give the id of a session that is given by its id, its name, or the beginning of its id; or `undefined`."
  (setv found (about "info" session (fn [told] (get told "id"))))
  (if (is (get found 0) OK) (get found 1) UNDEFINED))

;; --- the current session

(defn get-current/0 []
  "Give the id of the calling process's session, or `no-session`."
  (if (shell?)
      (or (asked "current") NO-SESSION)
      (do
        (setv session (processes.get CURRENT))
        (if (is session UNDEFINED) NO-SESSION session))))

(defn set-current/1 [session]
  "Make a session the calling process's."
  (only-ok (enter session False)))

(defn clear-current/0 []
  "Leave the calling process without a session; a client whose shell is left so goes to the default one."
  (if (shell?) (asked "detach") (processes.erase CURRENT))
  OK)

(defn attach/1 [session]
  "Make a session the calling process's, and see to it that it runs; one in the archive is reopened."
  (only-ok (enter session True)))

(defn detach/1 [session]
  "Leave a session that is the calling process's; it goes on."
  (setv current (get-current/0))
  (if (or (= current session) (= current (resolve-session/1 session)))
      (clear-current/0)
      NOT-CURRENT))

(defn switch/1 [session]
  "Make a session, given by its id, its name or the beginning of its id, the calling process's."
  (only-ok (switched session)))

(defn switched [session]
  "Switch: `#(ok lines)` with what is to be told of it."
  (setv result (enter session True))
  (if (= result NOT-FOUND) SESSION-NOT-FOUND result))

(defn enter [session start]
  (setv shell (shell?)
        result (about "enter" session (fn [told] told) :start start :move shell))
  (when (is (get result 0) ERROR) (return result))
  (setv told (get result 1))
  (when (not shell) (processes.put CURRENT (get told "id")))
  #(OK (get told "notices")))
