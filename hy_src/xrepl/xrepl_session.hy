"One session: evaluate in it, save it, end its process.

Evaluating in the session that asks, or in one that waits for it, is `#(error busy)`. Values cross as plain data; a value
that holds a process, a reference or a function is `#(error #(not-plain text))`, with the text that its shell shows."

(import xrepl.dialect.data [Atom]
        xrepl.dialect.plain [NotPlain decode encode]
        xrepl.dialect.printer [write]
        xrepl.lang.xrepl._asking [ERROR OK about only-ok plain? reason]
        xrepl.lang.xrepl.xrepl-store [session-process-name/1])

(setv __lfe_module__ "xrepl-session"
      NOT-PLAIN (Atom "not-plain"))

(defn eval/2 [session form]
  "Evaluate a form in another session: `#(ok value)` or `#(error reason)`."
  (try
    (encode form)
    (except [problem NotPlain]
      (return #(ERROR (reason problem)))))
  (setv result (about "eval" session (fn [outcome] outcome) :code (write form)))
  (if (is (get result 0) OK) (outcome-of (get result 1)) result))

(defn outcome-of [outcome]
  "Give the result that an outcome of the server's stands for."
  (cond
    (in "data" outcome) #(OK (decode (get outcome "data")))
    (in "not-plain" outcome) #(ERROR #(NOT-PLAIN (get outcome "text")))
    (.get outcome "problem") #(ERROR (get (decode (get outcome "problem")) 1))
    True #(ERROR (get outcome "text"))))

(defn save-state/1 [session]
  "Write a session's state now."
  (only-ok (about "save" session (fn [_] OK))))

(defn stop/1 [session]
  "Save a session's state and end its process; the next use starts another. `#(error busy)` while it evaluates."
  (only-ok (about "stop" session (fn [_] OK))))

(defn is-serializable?/1 [value]
  "Say whether a value is plain data, which can go to another session or to an exported file."
  (plain? value))

(defn process-name/1 [session]
  "Give the name that a session's process goes by: an atom."
  (session-process-name/1 session))
