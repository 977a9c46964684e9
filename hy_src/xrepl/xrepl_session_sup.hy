"The supervisor of sessions' processes, as far as code asks it: start one, stop one."

(import xrepl.dialect.identifiers [Pid]
        xrepl.lang.xrepl._asking [NOT-FOUND about asked process]
        xrepl.lang.xrepl.xrepl-session [stop/1])

(setv __lfe_module__ "xrepl-session-sup")

(defn start-session/1 [session]
  "Start a session's process, if it is not running, with the state last saved: `#(ok pid)`."
  (about "start" session process))

(defn stop-session/1 [session]
  "Save a session's state and end its process, which is given by its pid or by the session."
  (stop/1 (if (is (type session) Pid) (session-of session) session)))

(defn session-of [pid]
  "Give the id of the session that a process serves; a text that no session has when there is none."
  (next (gfor told (asked "sessions") :if (= (process told) pid) (get told "id")) "-"))
