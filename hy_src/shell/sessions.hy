"Shell functions on sessions: see `xrepl-commands`, whose functions they are."

(import xrepl.lang.xrepl.xrepl-commands [archived-sessions/0 close-session/1 current-session/0 export-session/2
                                         import-session/1 import-session/2 new-session/0 new-session/1
                                         purge-sessions/0 purge-sessions/1 rename-session/2 reopen-session/1
                                         save-session/0 save-session/1 session-info/1 sessions/0 switch-session/1])

(setv HELP ["Session Management"
            "(sessions) -- list all sessions"
            "(new-session) -- create a new session"
            "(new-session name) -- create a new session with name"
            "(switch-session id) -- switch to a different session"
            "(close-session id) -- close a session"
            "(current-session) -- show current session"
            "(session-info id) -- show detailed session info"
            "(rename-session id name) -- give a session another name"
            "(save-session) (save-session id) -- write a session's state now"
            "(export-session id file) -- write a session to a file"
            "(import-session file) (import-session file name) -- make a session of an exported file"
            "(archived-sessions) -- list the closed and expired sessions"
            "(reopen-session id) -- take a session out of the archive"
            "(purge-sessions) (purge-sessions id) -- delete what is in the archive for good"])

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
