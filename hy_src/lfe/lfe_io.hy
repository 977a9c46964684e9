"LFE's lfe_io: output and formatted text in LFE's own syntax, and reading forms out of text.

The text of terms is made in `xrepl.dialect.printer`; what is read of the shell the user types."

(import xrepl.errors [IncompleteInput InvalidInput]
        xrepl.dialect.data [Atom NIL from-iterable is-list string uncons]
        xrepl.dialect [printer]
        xrepl.dialect.formatted-data [format-data]
        xrepl.dialect.formatting [FormatError flatten]
        xrepl.dialect.raising [badarg]
        xrepl.dialect.reader [read-forms]
        xrepl.dialect.styles [LFE]
        xrepl.dialect.tokens [datum]
        xrepl.lang.erlang._console [EOF console-rest]
        xrepl.lang.erlang.io [HERE write-text])

(setv __lfe_module__ "lfe_io"
      OK (Atom "ok")
      ERROR (Atom "error"))

;; --- formatted output

(defn fwrite1/2 [form arguments]
  "Give the arguments as the format says, as nested text."
  (try
    (format-data form arguments LFE)
    (except [FormatError]
      (raise (badarg "lfe_io" "fwrite1" form arguments)))))

(defn format1/2 [form arguments]
  "Give the arguments as the format says, as nested text."
  (fwrite1/2 form arguments))

(defn put [device text function #* call]
  (write-text device (flatten text) function call))

(defn format/2 [form arguments]
  "Write the arguments as the format says."
  (put HERE (fwrite1/2 form arguments) "format"))

(defn format/3 [device form arguments]
  "Write the arguments as the format says to a device."
  (put device (fwrite1/2 form arguments) "format" device form arguments))

(defn fwrite/2 [form arguments]
  "Write the arguments as the format says."
  (put HERE (fwrite1/2 form arguments) "fwrite"))

(defn fwrite/3 [device form arguments]
  "Write the arguments as the format says to a device."
  (put device (fwrite1/2 form arguments) "fwrite" device form arguments))

;; --- terms

(defn print/1 [term]
  "Write a term on one line, strings as lists."
  (put HERE (printer.write term) "print"))

(defn print/2 [device term]
  "Write a term on one line to a device."
  (put device (printer.write term) "print" device term))

(defn print1/1 [term]
  "Give a term on one line as nested text."
  (nested term -1))

(defn print1/2 [term depth]
  "Give a term on one line down to a depth, as nested text."
  (nested term depth))

(defn nested [term depth]
  "Give nested text: the elements of a list or tuple are pieces of their own."
  (setv listed (and (is-list term) (is-not (uncons term) None)))
  (when (or (not (or listed (and (isinstance term tuple) term))) (quotation? term) (= depth 0))
    (return (string (printer.write term depth))))
  (setv parts [] rest (if listed term (from-iterable (if (isinstance term tuple) term []))))
  (while (is-not (setx cell (uncons rest)) None)
    (when parts (.append parts 32))
    (setv left (if (< depth 0) depth (- depth 1 (// (len parts) 2))))
    (when (= left 0)
      (.append parts "...")
      (setv rest NIL)
      (break))
    (.append parts (nested cell.head left))
    (setv rest cell.tail))
  (when (not (and (is-list rest) (is (uncons rest) None)))
    (.extend parts [" . " (nested rest (if (< depth 0) depth (- depth 1)))]))
  (from-iterable (if listed [40 (from-iterable parts) 41] ["#(" (from-iterable parts) ")"])))

(setv QUOTATIONS (frozenset (map Atom ["quote" "backquote" "comma" "comma-at"])))

(defn quotation? [term]
  "Say whether a term is printed with a quote before it."
  (setv cell (uncons term))
  (when (or (is cell None) (not (isinstance cell.head Atom)) (not-in cell.head QUOTATIONS))
    (return False))
  (setv rest (uncons cell.tail))
  (and (is-not rest None) (is rest.tail NIL)))

(defn prettyprint/1 [term]
  "Write a term on as many lines as it needs."
  (put HERE (prettyprint1/1 term) "prettyprint"))

(defn prettyprint/2 [device term]
  "Write a term on as many lines as it needs to a device."
  (put device (prettyprint1/1 term) "prettyprint" device term))

(defn prettyprint1/1 [term]
  "Give a term on as many lines as it needs."
  (prettyprint1/4 term -1 0 80))

(defn prettyprint1/2 [term depth]
  "Give a term down to a depth on as many lines as it needs."
  (prettyprint1/4 term depth 0 80))

(defn prettyprint1/3 [term depth indent]
  "Give a term down to a depth, from a column on."
  (prettyprint1/4 term depth indent 80))

(defn prettyprint1/4 [term depth indent width]
  "Give a term down to a depth, from a column on, on lines of this width."
  (LFE.pretty term indent width depth True True))

;; --- reading

(defn failure [problem]
  "Give the language's error tuple for what the reader said."
  (setv [line _ said] (.partition (str problem) ": "))
  (setv number (if (.isdigit line) (int line) 1))
  (cond
    (isinstance problem IncompleteInput) #(number (Atom "lfe_parse") (Atom "missing_token"))
    (.startswith said "illegal '") #(number (Atom "lfe_parse") #((Atom "illegal") (Atom (cut said 9 -1))))
    True #(number (Atom "lfe_scan") (string said))))

(defn forms-of [text]
  (lfor form (read-forms text) form))

(defn read_string/1 [text]
  "Read all forms of a string: `#(ok forms)` or `#(error reason)`."
  (try
    #(OK (from-iterable (lfor form (forms-of (flatten text)) (datum form.model))))
    (except [problem [IncompleteInput InvalidInput]]
      #(ERROR (failure problem)))))

(defn with-file [name value-of]
  (try
    (with [file (open (flatten name) :encoding "utf-8")]
      (setv text (.read file)))
    (except [OSError]
      (return #(ERROR #((Atom "none") (Atom "file") (Atom "enoent"))))))
  (try
    #(OK (from-iterable (map value-of (forms-of text))))
    (except [problem [IncompleteInput InvalidInput]]
      #(ERROR (failure problem)))))

(defn read_file/1 [name]
  "Read all forms of a file: `#(ok forms)` or `#(error reason)`."
  (with-file name (fn [form] (datum form.model))))

(defn parse_file/1 [name]
  "Read all forms of a file with the lines they start on: `#(ok (#(form line) ...))` or `#(error reason)`."
  (with-file name (fn [form] #((datum form.model) form.line))))

(defn read/0 []
  "Read a form that the user types: `#(ok form)` or `#(error reason)`."
  (read/1 NIL))

(defn read/1 [prompt]
  "Read a form that the user types, after a prompt: `#(ok form)` or `#(error reason)`."
  (setv found (console-rest prompt first-form))
  (if (is found EOF) #(ERROR EOF) found))

(defn first-form [text]
  "Read the first form of a text and say how far it goes; None when there is no whole one."
  (try
    (setv form (next (read-forms text) None))
    (when (is-not form None) #(#(OK (datum form.model)) form.end))
    (except [IncompleteInput]
      None)
    (except [problem InvalidInput]
      #(#(ERROR (failure problem)) (len text)))))
