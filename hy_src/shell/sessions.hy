"Shell functions on sessions that the specification names: see `xrepl-commands`, whose functions they are.

Those beside them are in `keeping.hy`; here are the names that the first xrepl had for both."

(import xrepl.lang.xrepl.xrepl-commands [close-session/1 current-session/0 new-session/0 new-session/1 purge-sessions/0
                                         reopen-session/1 session-info/1 sessions/0 switch-session/1])

(setv HELP ["Session Management"
            "(sessions) -- list all sessions"
            "(new-session) -- create a new session"
            "(new-session name) -- create a new session with name"
            "(switch-session id) -- switch to a different session"
            "(close-session id) -- close a session"
            "(current-session) -- show current session"
            "(session-info id) -- show detailed session info"])

;; the names that the first xrepl had

(defn sesh-ls/0 []
  "List the sessions."
  (sessions/0))

(defn sesh-new/0 []
  "Make a session."
  (new-session/0))

(defn sesh-new/1 [name]
  "Make a session with a name."
  (new-session/1 name))

(defn sesh-switch/1 [session]
  "Go to a session."
  (switch-session/1 session))

(defn sesh-close/1 [session]
  "Close a session."
  (close-session/1 session))

(defn sesh-cur/0 []
  "Show the current session."
  (current-session/0))

(defn sesh-info/1 [session]
  "Show what is known of a session."
  (session-info/1 session))

(defn sesh-reopen/1 [session]
  "Take a session out of the archive."
  (reopen-session/1 session))

(defn sesh-purge/0 []
  "Delete all archived sessions for good."
  (purge-sessions/0))
