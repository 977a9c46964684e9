"Shell functions on a session's metadata and settings: the current session's, or those of a session that is named."

(import sys
        xrepl.dialect.data [Atom]
        xrepl.lang.xrepl._asking [ERROR OK]
        xrepl.lang.xrepl._texts [term]
        xrepl.lang.xrepl [xrepl-config xrepl-session-manager xrepl-store])

(setv HELP ["Metadata and settings"
            "(get-metadata) (get-metadata id) -- give a session's metadata"
            "(set-metadata map) (set-metadata id map) -- merge metadata; a name in it renames the session"
            "(get-config) -- give all settings of this session"
            "(get-config key) (get-config id key) -- give a setting"
            "(set-config key value) (set-config id key value) -- set a setting, at once"])

(defn here []
  "Give the current session."
  (xrepl-session-manager.get-current/0))

(defn value [result what]
  "Give the value of a result, or say that it is an error."
  (if (is (get result 0) OK) (get result 1) (refused result what)))

(defn done [result what]
  (if (is result OK) OK (refused result what)))

(defn refused [result what]
  (.write sys.stdout f"Error {what}: {(term (get result 1))}\n")
  result)

(defn get-metadata/0 []
  "Give the current session's metadata."
  (get-metadata/1 (here)))

(defn get-metadata/1 [session]
  "Give a session's metadata."
  (value (xrepl-store.get-metadata/1 session) "getting metadata"))

(defn set-metadata/1 [metadata]
  "Merge metadata into the current session's."
  (set-metadata/2 (here) metadata))

(defn set-metadata/2 [session metadata]
  "Merge metadata into a session's."
  (done (xrepl-store.set-metadata/2 session metadata) "setting metadata"))

(defn get-config/0 []
  "Give all settings of the current session."
  (value (xrepl-store.get-config/1 (here)) "getting config"))

(defn get-config/1 [key]
  "Give a setting of the current session."
  (get-config/2 (here) key))

(defn get-config/2 [session key]
  "Give a setting of a session."
  (setv found (xrepl-config.get/2 session key))
  (if (and (isinstance found tuple) (= (len found) 2) (is (get found 0) ERROR))
      (refused found "getting config")
      found))

(defn set-config/2 [key value]
  "Set a setting of the current session."
  (set-config/3 (here) key value))

(defn set-config/3 [session key value]
  "Set a setting of a session."
  (done (xrepl-config.set/3 session key value) "setting config"))
