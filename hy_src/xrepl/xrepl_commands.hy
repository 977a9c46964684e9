"The shell's functions on sessions: each prints, and gives a result that code can use."

(import errno
        sys
        xrepl.dialect.data [Atom]
        xrepl.dialect.plain [encode]
        xrepl.lang.xrepl._asking [BADARG ERROR OK about ask asked only-ok plain? text]
        xrepl.lang.xrepl._texts [archive-listing details listing term]
        xrepl.lang.xrepl.xrepl-store [inside]
        xrepl.lang.xrepl.xrepl-session-manager [NO-SESSION create/1 destroy/1 get-current/0 switched])

(setv __lfe_module__ "xrepl-commands")

(defn say [line]
  (.write sys.stdout (+ line "\n")))

(defn shown [session]
  "Give what the user called a session by."
  (or (text session) (term session)))

(defn finished [result said what]
  "Say what was done, or that it failed and why; give `ok` or the error."
  (if (is (get result 0) ERROR)
      (failed result what)
      (do (say said) OK)))

(defn failed [result what]
  (say f"Error {what}: {(term (get result 1))}")
  result)

(defn told-lines [told]
  (for [line (.get told "notices" [])] (say line)))

;; --- the specification's

(defn sessions/0 []
  "List the sessions; the current one has a star."
  (setv found (asked "sessions" :brief True))
  (if found
      (.write sys.stdout (listing found (get-current/0)))
      (say "No sessions."))
  OK)

(defn new-session/0 []
  "Make a session and give its id; the client stays where it is."
  (new-session/1 ""))

(defn new-session/1 [name]
  "Make a session with a name and give its id; the client stays where it is."
  (setv result (create/1 (if name {(Atom "name") name} {})))
  (if (is (get result 0) ERROR)
      (failed result "creating session")
      (do
        (say f"Created session {(get result 1)}")
        (get result 1))))

(defn switch-session/1 [session]
  "Go to a session, given by its name, its id or the beginning of its id; one in the archive is reopened."
  (setv result (switched session)
        done (finished result f"Switched to session {(shown session)}" "switching session"))
  (when (is done OK)
    (for [line (get result 1)] (say line)))
  done)

(defn close-session/1 [session]
  "Close a session; it goes to the archive. Those who are in it go to the default one."
  (setv result (destroy/1 session))
  (finished (if (is result OK) #(OK) result) f"Closed session {(shown session)}" "closing session"))

(defn current-session/0 []
  "Show the session that the client is in, and give its id."
  (setv session (get-current/0))
  (when (is session NO-SESSION)
    (say "No current session")
    (return session))
  (setv result (about "info" session (fn [told] told)))
  (if (is (get result 0) ERROR)
      (say f"Current session: {session} (info unavailable)")
      (do
        (say f"Current session: {session}")
        (.write sys.stdout (details (get result 1)))))
  session)

(defn session-info/1 [session]
  "Show what is known of a session."
  (setv result (about "info" session (fn [told] told)))
  (if (is (get result 0) ERROR)
      (failed result "getting session info")
      (do
        (.write sys.stdout (details (get result 1)))
        OK)))

;; --- ours

(defn rename-session/2 [session name]
  "Give a session another name."
  (setv result (about "rename" session (fn [_] OK) :name (name-argument name)))
  (finished result f"Renamed session {(shown session)} to {(shown name)}" "renaming session"))

(defn reopen-session/1 [session]
  "Take a session out of the archive, and give its id."
  (setv result (about "reopen" session (fn [told] told)))
  (when (is (get result 0) ERROR) (return (failed result "reopening session")))
  (told-lines (get result 1))
  (get result 1 "id"))

(defn archived-sessions/0 []
  "List the closed and expired sessions."
  (setv found (asked "archived"))
  (if found
      (.write sys.stdout (archive-listing found))
      (say "No archived sessions."))
  OK)

(defn purge-sessions/0 []
  "Delete all archived sessions for good."
  (purged (ask "purge" (fn [count] count))))

(defn purge-sessions/1 [session]
  "Delete an archived session for good."
  (purged (about "purge" session (fn [count] count))))

(defn purged [result]
  (setv count (get result 1))
  (cond
    (is (get result 0) ERROR) (failed result "purging sessions")
    (not count) (finished result "No archived sessions to purge." "")
    True (finished result f"Purged {count} archived session(s)." "")))

(defn save-session/0 []
  "Write the current session's state now."
  (finished (ask "save" (fn [_] OK)) "Saved" "saving session"))

(defn save-session/1 [session]
  "Write a session's state now."
  (finished (about "save" session (fn [_] OK)) f"Saved session {(shown session)}" "saving session"))

(defn export-session/2 [session file]
  "Write a session to a file, from which `import-session` makes it again, here or elsewhere."
  (when (not (text file)) (return (failed #(ERROR BADARG) "exporting session")))
  (setv result (about "export-file" session (fn [told] told) :inside (inside session)))
  (when (is (get result 0) ERROR) (return (failed result "exporting session")))
  (try
    (with [out (open (text file) "wb")]
      (.write out (get result 1 "content")))
    (except [problem [OSError ValueError]]
      (return (failed #(ERROR (error-word problem)) "exporting session"))))
  (say f"Exported session {(shown session)} to {(text file)}")
  (told-lines (get result 1))
  OK)

(defn import-session/1 [file]
  "Make a session of an exported file, and give its id."
  (imported file))

(defn import-session/2 [file name]
  "Make a session of an exported file under another name, and give its id."
  (imported file :name (name-argument name)))

(defn imported [file #** options]
  (when (not (text file)) (return (failed #(ERROR BADARG) "importing session")))
  (try
    (with [source (open (text file) "rb")]
      (setv content (.read source)))
    (except [problem [OSError ValueError]]
      (return (failed #(ERROR (error-word problem)) "importing session"))))
  (setv result (ask "import-file" (fn [told] told) :content content #** options))
  (when (is (get result 0) ERROR) (return (failed result "importing session")))
  (say f"Imported session {(or (get result 1 "name") (get result 1 "id"))}")
  (told-lines (get result 1))
  (get result 1 "id"))

(defn name-argument [name]
  "Give a name that code gave, for the server, which refuses what can be none."
  (if (plain? name) (encode name) 0))

(defn error-word [problem]
  "Give the word of an error of the system, as Erlang's `file` does."
  (if (isinstance problem OSError)
      (Atom (.lower (.get errno.errorcode problem.errno "eio")))
      BADARG))

(defn history/0 []
  "Show the forms of the current session."
  (setv forms (asked "history"))
  (if forms
      (for [[number form] (enumerate forms 1)]
        (say f"{number :>4}  {(.replace form "\n" "\n      ")}"))
      (say "No history available."))
  OK)

(defn clear-history/0 []
  "Let the history of the current session begin anew; its revisions stay."
  (only-ok (ask "clear-history" (fn [_] OK))))
