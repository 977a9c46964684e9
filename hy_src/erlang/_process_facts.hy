"What `process_info` knows of a process, by name. Sizes of memory are not kept by process here: they are those that
Erlang gives to a small one."

(import types
        xrepl.dialect.data [Atom NIL from-iterable key-value]
        xrepl.dialect.signals [scheduler])

(defn status [process]
  (cond
    (is process scheduler.current) (Atom "running")
    process.is-waiting (Atom "waiting")
    True (Atom "runnable")))

(defn standing [process]
  "Give the function that a process is in: the innermost one of the language or its library."
  (setv frame (getattr process.greenlet "gr_frame" None))
  (while (and frame (in "__xrepl_atomic__" frame.f-globals))
    (setv frame frame.f-back))
  (if (is frame None)
      #((Atom "shell") (Atom "eval_loop") 0)
      #((Atom (str (.get frame.f-globals "__lfe_module__" "shell")))
        (Atom (get (.partition frame.f-code.co-name "__") 0))
        frame.f-code.co-argcount)))

(defn monitored [process]
  (lfor other (.values process.watches) #((Atom "process") other.pid)))

(setv FACTS {
  "current_function" standing
  "initial_call" (fn [process] #((Atom "erlang") (Atom "apply") 2))
  "status" status
  "message_queue_len" (fn [process] (len (.messages process)))
  "messages" (fn [process] (from-iterable (.messages process)))
  "links" (fn [process] (from-iterable (lfor other process.links other.pid)))
  "monitors" (fn [process] (from-iterable (monitored process)))
  "monitored_by" (fn [process] (from-iterable (lfor #(watcher _) (.values process.watched-by) watcher.pid)))
  "dictionary" (fn [process] (from-iterable (lfor [key value] (.items process.dictionary) #((key-value key) value))))
  "trap_exit" (fn [process] process.traps-exits)
  "error_handler" (fn [process] (Atom "error_handler"))
  "priority" (fn [process] (.get process.flags (Atom "priority") (Atom "normal")))
  "group_leader" (fn [process] (. (or scheduler.shell process) pid))
  "registered_name" (fn [process] (or process.name NIL))
  "total_heap_size" (fn [process] 233)
  "heap_size" (fn [process] 233)
  "stack_size" (fn [process] 1)
  "memory" (fn [process] 2688)
  "reductions" (fn [process] 0)
  "suspending" (fn [process] NIL)
  "current_stacktrace" (fn [process] NIL)
  "message_queue_data" (fn [process] (Atom "on_heap"))}
      SHOWN-AT-ONCE ["registered_name" "current_function" "initial_call" "status" "message_queue_len" "links"
                     "dictionary" "trap_exit" "error_handler" "priority" "group_leader" "total_heap_size" "heap_size"
                     "stack_size" "reductions" "suspending"])
