"How sessions are shown: columns, times, details. Asks nothing and prints nothing."

(import time
        unicodedata [east-asian-width]
        xrepl.dialect.data [Atom NIL]
        xrepl.dialect.formatting [format-text]
        xrepl.dialect.plain [decode]
        xrepl.dialect.styles [ERLANG])

(setv COLUMNS [36 20 10 12]
      TITLES ["ID" "Name" "Active" "Last Active"]
      RULE (* "-" 80)
      ELLIPSIS "…")

(defn width [text]
  "Give how many columns of a terminal a text takes."
  (sum (gfor c text (if (in (east-asian-width c) "WF") 2 1))))

(defn fit [text size]
  "Cut a text that is wider than a column, with an ellipsis."
  (when (<= (width text) size) (return text))
  (while (>= (width text) size) (setv text (cut text 0 -1)))
  (+ text ELLIPSIS))

(defn row [cells]
  "Give one line of the listing."
  (+ (.join " " (gfor [cell size] (zip cells COLUMNS) (padded (fit cell size) size))) "\n"))

(defn padded [text size]
  (+ text (* " " (- size (width text)))))

(defn since [time-s [now-s None]]
  "Give how long ago a time was, in words."
  (setv past (- (if (is now-s None) (int (time.time)) now-s) time-s))
  (cond
    (< past 60) "just now"
    (< past 3600) f"{(// past 60)} min ago"
    (< past 86400) f"{(// past 3600)} hrs ago"
    True f"{(// past 86400)} days ago"))

(defn date-time [time-s]
  "Give a time as Erlang's date and time, in UTC."
  (setv t (time.gmtime time-s))
  (term #(#(t.tm-year t.tm-mon t.tm-mday) #(t.tm-hour t.tm-min t.tm-sec))))

(defn term [value]
  "Give a value in Erlang's syntax, as `~p` does."
  (format-text "~p" [value] ERLANG))

(defn listed [told current]
  "Give the line of a session; the current one has a star before its name."
  (setv name (or (get told "name") "-")
        name (if (= (get told "id") current) (+ "* " name) name))
  (row [(get told "id") name (if (get told "pid") "yes" "no") (since (get told "last-active"))]))

(defn listing [sessions current]
  "Give the listing of sessions."
  (+ "\nSessions:\n" (row TITLES) RULE "\n" (.join "" (gfor told sessions (listed told current)))))

(defn archive-listing [sessions]
  "Give the listing of archived sessions."
  (+ "\nArchived sessions:\n" (row ["ID" "Name" "Why" "Since"]) RULE "\n"
     (.join "" (gfor told sessions
                     (row [(get told "id") (or (get told "name") "-") (get told "why")
                           (since (get told "archived-at"))])))))

(defn details [told]
  "Give the block on one session."
  (setv timeout (decode (get told "timeout"))
        metadata (decode (get told "metadata"))
        lines [#("ID" (get told "id"))
               #("Name" (or (get told "name") "-"))
               #("Active" (if (get told "pid") "yes" "no"))
               #("Created" (date-time (get told "created-at")))
               #("Last Active" (date-time (get told "last-active")))
               #("Timeout" (if (isinstance timeout Atom) timeout.name f"{timeout} ms"))])
  (when metadata (.append lines #("Metadata" (term metadata))))
  (when (= (get told "status") "failed") (.append lines #("Status" "failed: its process ended too often; see the log")))
  (for [[name why] (sorted (.items (get told "not-kept")))]
    (.append lines #("Not kept" f"{name} ({why})")))
  (+ "\nSession Details:\n" (.join "" (gfor [label value] lines f"  {(.ljust (+ label ":") 13)} {value}\n"))))
