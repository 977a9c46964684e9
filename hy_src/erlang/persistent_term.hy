"Erlang's persistent_term: values by key for all processes, kept with the session."

(import itertools
        xrepl.dialect.data [Atom from-iterable key-value map-key]
        xrepl.dialect.raising [badarg]
        xrepl.dialect.state-hooks [Provider register])

(setv __lfe_module__ "persistent_term"
      PART "all"
      terms {}
      changes (itertools.count 1)
      changed [0])

(defn note-change []
  (setv (get changed 0) (next changes)))

(defn put/2 [key value]
  "Keep a value under a key: `ok`."
  (note-change)
  (setv (get terms (map-key key)) value)
  (Atom "ok"))

(defn get/0 []
  "Give all values: `#(key value)`."
  (from-iterable (lfor [key value] (.items terms) #((key-value key) value))))

(defn get/1 [key]
  "Give the value of a key; `badarg` when there is none."
  (when (not-in (map-key key) terms) (raise (badarg "persistent_term" "get" key)))
  (get terms (map-key key)))

(defn get/2 [key default]
  "Give the value of a key, or a default."
  (.get terms (map-key key) default))

(defn erase/1 [key]
  "Remove a value; say whether it was there."
  (setv was-there (in (map-key key) terms))
  (note-change)
  (.pop terms (map-key key) None)
  was-there)

;; --- as part of a session's state

(defn save []
  (if terms {PART (dict terms)} {}))

(defn load [parts gone]
  (.clear terms)
  (.update terms (.get parts PART {})))

(register (Provider "persistent_term" (fn [] (get changed 0)) save load))
