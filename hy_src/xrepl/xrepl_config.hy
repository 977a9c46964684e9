"The settings of a session: get, set, merge, check. `docs/commands.md` says what each does."

(import xrepl.dialect.data [Atom NIL map-key]
        xrepl.dialect.plain [NotPlain decode]
        xrepl.dialect.raising [badarg error]
        xrepl.lang.xrepl._asking [BADARG ERROR OK UNDEFINED asked faults reason settings]
        xrepl.lang.xrepl.xrepl-store [get-config/1 set-config/2])

(setv __lfe_module__ "xrepl-config")

(defn default/0 []
  "Give the settings of a session that has set none."
  (decode (asked "default-config")))

(defn get/2 [session key]
  "Give a setting of a session; `undefined` if there is no such setting, `#(error reason)` if there is no such session."
  (setv found (get-config/1 session))
  (if (is (get found 0) OK) (.get (get found 1) (map-key key) UNDEFINED) found))

(defn set/3 [session key value]
  "Set a setting of a session, at once: `ok`, or `#(error message)` for a value that it cannot have."
  (setv result (set-config/2 session {(map-key key) value}))
  (if (and (is-not result OK) (not (isinstance (get result 1) Atom)) (not (isinstance (get result 1) tuple)))
      #(ERROR (get (get result 1) 0 1))
      result))

(defn validate-config-key/2 [key value]
  "Check one setting: `ok`, or `#(error message)` for a value that it cannot have."
  (setv found (validate/1 {(map-key key) value}))
  (if (or (is found OK) (isinstance (get found 1) #(Atom tuple)))
      found
      #(ERROR (get (get found 1) 0 1))))

(defn merge/2 [first second]
  "Merge two maps of settings; the second wins."
  (when (not (and (isinstance first dict) (isinstance second dict)))
    (raise (error #((Atom "badmap") (if (isinstance first dict) second first)))))
  (| first second))

(defn validate/1 [config]
  "Check settings: `ok`, or `#(error faults)` with `#(key message)` for each that is wrong."
  (when (not (isinstance config dict)) (return #(ERROR BADARG)))
  (try
    (setv wrong (faults {"faults" (asked "check-config" :config (settings config))}))
    (except [problem NotPlain]
      (return #(ERROR (reason problem)))))
  (if (is wrong NIL) OK #(ERROR wrong)))
