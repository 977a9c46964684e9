"Erlang's rpc: calls at another node. There is one node, so they are calls in a process of their own."

(import xrepl.dialect [processes registry]
        xrepl.dialect.calls [call-function]
        xrepl.dialect.data [Atom NIL Cons elements from-iterable]
        xrepl.dialect.mailbox [INFINITY TIMEOUT]
        xrepl.dialect.signals [as-raised exit-reason])

(setv __lfe_module__ "rpc"
      BADRPC (Atom "badrpc")
      VALUE (Atom "value"))

(defn call/4 [node module function arguments]
  "Call a function of a module: its value, what it throws, or `#(badrpc reason)`."
  (if (is node registry.NODE)
      (outcome module function arguments)
      #(BADRPC (Atom "nodedown"))))

(defn call/5 [node module function arguments wait]
  "Call a function of a module and wait so long at most: `#(badrpc timeout)` afterwards."
  (if (is node registry.NODE)
      (awaited (async_call/4 node module function arguments) wait)
      #(BADRPC (Atom "nodedown"))))

(defn outcome [module function arguments]
  (try
    (call-function module function (tuple (elements arguments)))
    (except [problem Exception]
      (setv raised (as-raised problem))
      (if (= raised.kind "throw")
          raised.reason
          #(BADRPC #((Atom "EXIT") (exit-reason raised)))))))

(defn block_call/4 [node module function arguments]
  "Call a function of a module."
  (call/4 node module function arguments))

(defn cast/4 [node module function arguments]
  "Call a function of a module in a process of its own, and wait for nothing."
  (when (is node registry.NODE) (processes.spawn (fn [] (outcome module function arguments))))
  True)

(defn async_call/4 [node module function arguments]
  "Begin a call, and give the key by which `yield` waits for its value."
  (setv ref (processes.make-ref) me (processes.self-))
  (processes.spawn (fn [] (processes.send me #(ref VALUE (call/4 node module function arguments)))))
  ref)

(defn awaited [key wait]
  (setv found (processes.receive (fn [message]
                                   (match message
                                     #(ref tag value) :if (and (= ref key) (is tag VALUE)) [value]
                                     _ None))
                                 wait))
  (if (is found TIMEOUT) #(BADRPC (Atom "timeout")) (get found 0)))

(defn yield/1 [key]
  "Wait for the value of a call that was begun."
  (awaited key INFINITY))

(defn nb_yield/1 [key]
  "Give `#(value v)` of a call that was begun, or `timeout` when it is not over."
  (nb_yield/2 key 0))

(defn nb_yield/2 [key wait]
  "Give `#(value v)` of a call that was begun, or `timeout` after a time."
  (setv value (awaited key wait))
  (if (= value #(BADRPC (Atom "timeout"))) (Atom "timeout") #(VALUE value)))

(defn multicall/3 [module function arguments]
  "Call a function at all nodes: the values, and the nodes that cannot be reached."
  #((from-iterable [(outcome module function arguments)]) NIL))

(defn pmap/3 [function more xs]
  "Call `#(module function)` with each element and more arguments, all at once, and give the values in order."
  (setv [module name] function
        keys (lfor x (elements xs)
                   (async_call/4 registry.NODE module name (Cons x more))))
  (from-iterable (lfor key keys (yield/1 key))))
