"Shell functions on the session's own history: every acknowledged form is a revision.

Going back is a new revision: nothing is ever lost by it.  A step takes effect when the form has ended."

(import sys
        time
        xrepl.errors [XreplError]
        xrepl.dialect.data [Atom key-value string]
        xrepl.dialect.host [call]
        xrepl.dialect.raising [badarg])

(setv HELP ["History of the session's state"
            "(revisions) -- list the latest acknowledged forms"
            "(revisions opts) -- list those that #M(search \"text\" limit n before n) says"
            "(revision n) -- show one of them whole"
            "(undo) -- go back before the last change"
            "(undo n) -- go back n changes"
            "(redo) -- take an undo back"
            "(redo n) -- take n undos back"
            "(checkout n) -- go to the state after revision n"
            "(diff n m) -- show what changed from revision n to m"
            "(branch-session name) -- make a session with this one's state"
            "(branch-session name n) -- make one with its state after revision n"]
      OK (Atom "ok")
      ERROR (Atom "error")
      LISTED 20
      FORM-WIDTH 44
      VALUE-WIDTH 24)

(defn say [text]
  (.write sys.stdout (+ text "\n")))

(defn attempt [what function]
  "Do what the server may refuse; then say why and give the error."
  (try
    (function)
    (except [problem XreplError]
      (say f"Error {what}: {problem}")
      #(ERROR (Atom problem.code)))))

(defn shortened [text width]
  "Give the text on one line, with an ellipsis if it is too long."
  (setv line (.join " " (.split text)))
  (if (> (len line) width) (+ (get line (slice None (- width 1))) "…") line))

(defn age [started-at]
  "Give how long ago a time was."
  (setv seconds (- (time.time) started-at))
  (cond
    (< seconds 60) "just now"
    (< seconds 3600) f"{(int (/ seconds 60))} min ago"
    (< seconds 86400) f"{(int (/ seconds 3600))} hrs ago"
    True f"{(int (/ seconds 86400))} days ago"))

(defn what-of [told]
  (if (= (get told "kind") "form") (get told "form") f"[{(get told "kind")}]"))

(defn outcome-of [told]
  (or (get told "error") (get told "value") ""))

;; --- looking

(defn list-revisions [limit before search]
  (attempt "listing revisions"
    (fn []
      (setv found (call "revisions" :limit limit :before before :search search))
      (say "\nRevisions:")
      (say (.rstrip (.format "{:>6} {:12} {:>9} {:44} {}" "No" "When" "ms" "Form" "Value")))
      (for [told found]
        (say (.rstrip (.format "{:>6} {:12} {:>9.1f} {:44} {}"
                        (get told "number")
                        (age (get told "started-at"))
                        (get told "ms")
                        (shortened (what-of told) FORM-WIDTH)
                        (shortened (outcome-of told) VALUE-WIDTH)))))
      OK)))

(defn revisions/0 []
  "List the latest revisions, newest first."
  (list-revisions LISTED None ""))

(defn revisions/1 [options]
  "List revisions: a number of them, or what a map with `search`, `limit` and `before` says."
  (if (is (type options) int)
    (list-revisions options None "")
    (do
      (when (not (isinstance options dict))
        (raise (badarg "shell" "revisions" options)))
      (setv asked (dfor [key value] (.items options) (str (key-value key)) value))
      (list-revisions (.get asked "limit" LISTED)
                      (.get asked "before")
                      (str (.get asked "search" ""))))))

(defn revision/1 [number]
  "Show a revision whole: its form, what it printed, its value, what it changed."
  (attempt "showing a revision"
    (fn []
      (setv told (call "revision" :number number))
      (say f"\nRevision {number}: {(get told "kind")}, {(age (get told "started-at"))}, {(round (get told "ms") 3)} ms")
      (for [[title text] [["Form" (get told "form")]
                          ["Output" (.rstrip (get told "output"))]
                          ["Value" (or (get told "value") "")]
                          ["Error" (or (get told "error") "")]
                          ["Set" (.join " " (get told "set"))]
                          ["Removed" (.join " " (get told "gone"))]
                          ["By" (.join ", " (gfor [key value] (.items (get told "who")) f"{key} {value}"))]]
            :if text]
        (say (+ (.format "  {:8} " (+ title ":")) (.replace text "\n" "\n           "))))
      OK)))

(defn diff/2 [first second]
  "Show the names that were added, changed and removed from one revision to another."
  (attempt "comparing revisions"
    (fn []
      (tell-names (call "diff" :first first :second second))
      OK)))

(defn tell-names [told]
  (for [what ["added" "changed" "removed"] :if (get told what)]
    (say (.format "  {:9}{}" (+ what ":") (.join " " (get told what)))))
  (when (not (or (get told "added") (get told "changed") (get told "removed")))
    (say "  no binding differs")))

;; --- going

(defn go [kind number what]
  (attempt what
    (fn []
      (setv told (call "travel" :kind kind :number number))
      (say f"The state of revision {(get told "target")}:")
      (tell-names told)
      OK)))

(defn undo/0 []
  "Go back before the last change."
  (undo/1 1))

(defn undo/1 [steps]
  "Go back some changes; again goes further back."
  (go "undo" steps "undoing"))

(defn redo/0 []
  "Go forward again after an undo."
  (redo/1 1))

(defn redo/1 [steps]
  "Go forward some changes after undos."
  (go "redo" steps "redoing"))

(defn checkout/1 [number]
  "Go to the state after a revision, as a new revision."
  (go "checkout" number "checking out"))

;; --- branching

(defn branch-session/1 [name]
  "Make a session with this one's state, as of the last acknowledged form; give its id."
  (branch-session/2 name None))

(defn branch-session/2 [name number]
  "Make a session with this one's state after a revision; give its id."
  (attempt "branching"
    (fn []
      (setv told (call "branch" :name (str name) :at number))
      (say f"Created session {(get told "id")}")
      (for [[lost reason] (.items (get told "not-kept"))]
        (say f"  not kept: {lost} ({reason})"))
      (string (get told "id")))))
