"Erlang's erpc: calls at another node, whose failures are the caller's. There is one node."

(import xrepl.dialect [registry]
        xrepl.dialect.calls [call-function]
        xrepl.dialect.data [Atom elements]
        xrepl.dialect.raising [LfeError])

(setv __lfe_module__ "erpc")

(defn reach [node]
  (when (is-not node registry.NODE)
    (raise (LfeError "error" #((Atom "erpc") (Atom "noconnection"))))))

(defn call/2 [node function]
  "Call a function at a node."
  (reach node)
  (function))

(defn call/3 [node function wait]
  "Call a function at a node."
  (call/2 node function))

(defn call/4 [node module function arguments]
  "Call a function of a module at a node."
  (reach node)
  (call-function module function (tuple (elements arguments))))

(defn call/5 [node module function arguments wait]
  "Call a function of a module at a node."
  (call/4 node module function arguments))
