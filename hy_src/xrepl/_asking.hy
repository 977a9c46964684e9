"What the modules on sessions share: asking the server, and its answers as data of the language.

Results are `#(ok value)`, `ok`, or `#(error reason)`. The reason is the code of the error as an atom; `not-found` for a
session that is not listed; for settings a list of `#(key message)`."

(import xrepl.dialect [processes]
        xrepl.dialect.data [Atom NIL elements from-iterable is-list string text-of]
        xrepl.dialect.host [call]
        xrepl.dialect.identifiers [Pid]
        xrepl.dialect.plain [NotPlain decode encode]
        xrepl.errors [XreplError])

(setv OK (Atom "ok")
      ERROR (Atom "error")
      UNDEFINED (Atom "undefined")
      BADARG (Atom "badarg")
      NO-VALUE (Atom "no-value")
      REASONS {"unknown-session" "not-found"}
      NOT-FOUND #(ERROR (Atom "not-found")))

;; --- arguments

(defn text [value]
  "Give a name or id that code gave as a string, an atom or a binary; None for anything else."
  (cond
    (isinstance value str) value
    (isinstance value Atom) value.name
    (isinstance value bool) (if value "true" "false")
    (isinstance value bytes) (.decode value "utf-8" "replace")
    (is-list value) (text-of (elements value))))

(defn target [value]
  "Give what names a session for the server.

  Raises:
      XreplError: `badarg`, for what can be no name."
  (setv name (text value))
  (when (not name) (raise (bad-argument)))
  name)

(defn bad-argument []
  (setv problem (XreplError "a session is named by a string or an atom"))
  (setv problem.code "badarg")
  problem)

(defn settings [config]
  "Give settings as plain data; a value that is none goes as an atom, which no setting takes, so that each says its own.

  Raises:
      NotPlain: a key is none."
  (if (isinstance config dict)
      (encode (dfor [key value] (.items config) key (if (plain? value) value NO-VALUE)))
      (encode config)))

(defn plain? [value]
  "Say whether a value is plain data."
  (try
    (encode value)
    (except [NotPlain]
      (return False)))
  True)

;; --- asking

(defn reason [problem]
  "Give an error's reason."
  (if (isinstance problem NotPlain)
      #((Atom "not-plain") problem.message)
      (Atom (.get REASONS problem.code problem.code))))

(defn faults [answer]
  "Give the faults of settings that an answer tells of; None if it tells of none."
  (when (and (isinstance answer dict) (in "faults" answer))
    (from-iterable (lfor [key message] (get answer "faults") #((decode key) message)))))

(defn ask [op value-of #** arguments]
  "Ask the server: `#(ok value)` with what a function makes of its answer, or `#(error reason)`."
  (try
    (setv answer (call op #** arguments))
    (except [problem XreplError]
      (return #(ERROR (reason problem)))))
  (setv wrong (faults answer))
  (if (is wrong None) #(OK (value-of answer)) #(ERROR wrong)))

(defn about [op session value-of #** arguments]
  "Ask the server about a session that code has named."
  (setv name (text session))
  (if name
      (ask op value-of :target name #** arguments)
      #(ERROR BADARG)))

(defn only-ok [result]
  "Give `ok` in the place of `#(ok value)`."
  (if (is (get result 0) OK) OK result))

(defn asked [op #** arguments]
  "Ask the server what it does not refuse, and give its answer."
  (call op #** arguments))

;; --- answers

(defn fields [told]
  "Give a dictionary that the server told as a map with atoms for keys."
  (dfor [key value] (.items told) (Atom key) (decode value)))

(defn session-data [told]
  "Give the data of a session, as the specification has it."
  (setv kept (dfor key ["id" "created-at" "last-active" "timeout" "metadata" "config"] key (get told key)))
  (fields (| kept (get told "beside"))))

(defn process [told]
  "Give what stands for a session's process: a pid that no message reaches; `undefined` when there is none."
  (setv number (get told "pid"))
  (if number (Pid number) UNDEFINED))

(defn detailed [told]
  "Give the data of a session with what is known of its process."
  (| (session-data told)
     {(Atom "active?") (is-not (get told "pid") None)
      (Atom "pid") (process told)}))

(defn shell? []
  "Say whether the calling process is the shell's, whose current session is the client's."
  (= (processes.self-) (processes.shell-pid)))
