"Erlang's net_adm: other nodes, of which there are none."

(import socket
        xrepl.dialect.data [Atom NIL string])

(setv __lfe_module__ "net_adm")

(defn ping/1 [node]
  "Say whether a node can be reached: `pang`, it cannot."
  (Atom "pang"))

(defn localhost/0 []
  "Give the name of this machine."
  (string (socket.gethostname)))

(defn names/0 []
  "Give the nodes of this machine: there are none."
  #((Atom "error") (Atom "address")))

(defn world/0 []
  "Give the nodes that can be reached: none."
  NIL)
