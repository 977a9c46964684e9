"Shell functions for Python's side: calls that may block."

(import xrepl.dialect.interop [to-python]
        xrepl.dialect [processes])

(setv HELP ["Python"
            "(blocking f arg ...) -- call a Python function that waits, in a thread: other processes go on"])

(defn call-in-thread [function arguments]
  (processes.blocking function #* (map to-python arguments)))

(defn blocking/1 [function]
  "Call a Python function that may block, in a thread; only the calling process waits."
  (call-in-thread function []))

(defn blocking/2 [function a]
  "Call a Python function with an argument in a thread."
  (call-in-thread function [a]))

(defn blocking/3 [function a b]
  "Call a Python function with two arguments in a thread."
  (call-in-thread function [a b]))

(defn blocking/4 [function a b c]
  "Call a Python function with three arguments in a thread."
  (call-in-thread function [a b c]))

(defn blocking/5 [function a b c d]
  "Call a Python function with four arguments in a thread."
  (call-in-thread function [a b c d]))
