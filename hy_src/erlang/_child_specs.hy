"What a supervisor is told: its strategy, and what is known of each child. Texts of errors are Erlang's reasons."

(import xrepl.dialect.data [Atom elements from-iterable is-list map-key]
        xrepl.dialect.mailbox [INFINITY])

(setv RESTARTS #("permanent" "transient" "temporary")
      STRATEGIES #("one_for_one" "one_for_all" "rest_for_one" "simple_one_for_one")
      TYPES #("worker" "supervisor")
      BRUTAL-KILL (Atom "brutal_kill")
      WORKER (Atom "worker")
      UNDEFINED (Atom "undefined")
      WORKER-SHUTDOWN-MS 5000)

(defclass Bad [Exception]
  "What a supervisor was told makes no sense: the reason, for the language."

  (defn __init__ [self reason]
    (.__init__ (super) reason)
    (setv self.reason reason)))

(defclass Flags []
  "How a supervisor restarts: the strategy, and how many restarts in how many seconds are too many."

  (defn __init__ [self strategy intensity period]
    (when (not-in (str strategy) STRATEGIES) (raise (Bad #((Atom "invalid_strategy") strategy))))
    (when (not (and (is (type intensity) int) (>= intensity 0)))
      (raise (Bad #((Atom "invalid_intensity") intensity))))
    (when (not (and (is (type period) int) (> period 0))) (raise (Bad #((Atom "invalid_period") period))))
    (setv self.strategy strategy.name
          self.intensity intensity
          self.period-s period)))

(defn read-flags [term]
  "Read the flags, a map or `#(strategy intensity period)`.

Raises:
    Bad: they make no sense."
  (cond
    (isinstance term dict)
      (Flags (.get term (Atom "strategy") (Atom "one_for_one"))
             (.get term (Atom "intensity") 1)
             (.get term (Atom "period") 5))
    (and (is (type term) tuple) (= (len term) 3)) (Flags #* term)
    True (raise (Bad #((Atom "invalid_type") term)))))

(defclass Child []
  "One child: what it is started by, when it is started again, how it is ended, and its process."

  (defn __init__ [self id start restart shutdown kind modules]
    (when (not (and (is (type start) tuple) (= (len start) 3) (is (type (get start 0)) Atom)
                    (is (type (get start 1)) Atom) (is-list (get start 2))))
      (raise (Bad #((Atom "invalid_mfa") start))))
    (when (not-in (str restart) RESTARTS) (raise (Bad #((Atom "invalid_restart_type") restart))))
    (when (not-in (str kind) TYPES) (raise (Bad #((Atom "invalid_child_type") kind))))
    (when (not (or (is shutdown INFINITY) (is shutdown BRUTAL-KILL)
                   (and (is (type shutdown) int) (>= shutdown 0))))
      (raise (Bad #((Atom "invalid_shutdown") shutdown))))
    (setv self.id id
          self.start start
          self.restart restart.name
          self.shutdown shutdown
          self.kind kind
          self.modules modules
          self.pid UNDEFINED
          self.is-restarting False))

  (defn with-arguments [self extra]
    "Give a child of the same kind with more arguments, for simple_one_for_one."
    (setv [module function arguments] self.start)
    (Child UNDEFINED #(module function (from-iterable [#* (elements arguments) #* (elements extra)]))
           (Atom self.restart) self.shutdown self.kind self.modules))

  (defn [property] is-alive [self]
    (and (is-not self.pid UNDEFINED) (is-not self.pid.process None)))

  (defn as-record [self]
    "Give it as Erlang's supervisor names it in errors."
    #((Atom "child") UNDEFINED self.id self.start (Atom self.restart) False self.shutdown self.kind self.modules))

  (defn as-map [self]
    "Give what is known of it as the language has it."
    (dfor [key value] (.items {"id" self.id  "start" self.start  "restart" (Atom self.restart)
                               "shutdown" self.shutdown  "type" self.kind  "modules" self.modules  "significant" False})
          (map-key (Atom key)) value)))

(defn read-child [term]
  "Read what is said of a child: a map, or `#(id start restart shutdown type modules)`.

Raises:
    Bad: it makes no sense."
  (cond
    (isinstance term dict) (read-map term)
    (and (is (type term) tuple) (= (len term) 6)) (Child #* term)
    True (raise (Bad #((Atom "invalid_child_spec") term)))))

(defn read-map [term]
  (when (not-in (Atom "id") term) (raise (Bad (Atom "missing_id"))))
  (when (not-in (Atom "start") term) (raise (Bad (Atom "missing_start"))))
  (setv start (get term (Atom "start"))
        kind (.get term (Atom "type") WORKER)
        default (if (= (str kind) "supervisor") INFINITY WORKER-SHUTDOWN-MS)
        module (if (is (type start) tuple) (get start 0) start))
  (Child (get term (Atom "id")) start (.get term (Atom "restart") (Atom "permanent"))
         (.get term (Atom "shutdown") default) kind
         (.get term (Atom "modules") (from-iterable [module]))))

(defn read-children [terms]
  "Read a list of children; no two have one id."
  (when (not (is-list terms)) (raise (Bad #((Atom "invalid_children") terms))))
  (setv children [] ids (set))
  (for [term (elements terms)]
    (setv child (read-child term))
    (when (in (map-key child.id) ids) (raise (Bad #((Atom "duplicate_child_name") child.id))))
    (.add ids (map-key child.id))
    (.append children child))
  children)
