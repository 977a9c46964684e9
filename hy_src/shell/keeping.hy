"Shell functions that name, save, move and bring back sessions: see `xrepl-commands`, whose functions they are."

(import xrepl.lang.xrepl.xrepl-commands [archived-sessions/0 export-session/2 import-session/1 import-session/2
                                         purge-sessions/0 purge-sessions/1 rename-session/2 reopen-session/1
                                         save-session/0 save-session/1])

(setv HELP ["Keeping sessions"
            "(rename-session id name) -- give a session another name"
            "(save-session) (save-session id) -- write a session's state now"
            "(export-session id file) -- write a session to a file"
            "(import-session file) (import-session file name) -- make a session of an exported file"
            "(archived-sessions) -- list the closed and expired sessions"
            "(reopen-session id) -- take a session out of the archive"
            "(purge-sessions) (purge-sessions id) -- delete what is in the archive for good"])
