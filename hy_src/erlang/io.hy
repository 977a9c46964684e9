"Erlang's io: formatted and plain output to the shell, standard error or an open file.

What is read of the shell the user types, see `_console.hy`; where nobody can, every read is `eof`. Texts are made in
`xrepl.dialect.formatting`. Open files are devices, see `_devices.hy`."

(import re
        sys
        xrepl.dialect.data [Atom from-iterable]
        xrepl.dialect.erlang-terms [BadTerms read-term]
        xrepl.dialect.raising [LfeError badarg]
        xrepl.dialect.scanned-input [ScanError scan]
        xrepl.dialect.formatting [EncodingError FormatError flatten format-text]
        xrepl.dialect.styles [ERLANG]
        xrepl.lang.erlang._console [console-line console-rest console-text])

(setv __lfe_module__ "io"
      OK (Atom "ok")
      EOF (Atom "eof")
      ERROR (Atom "error")
      UNSUPPORTED #((Atom "error") (Atom "enotsup"))
      STANDARD-ERROR (Atom "standard_error")
      SHELL-DEVICES (frozenset [(Atom "standard_io") (Atom "user")]))

(defn writer [device]
  "Give what takes the text for a device, or None when it is no device."
  (cond
    (is device STANDARD-ERROR) sys.stderr
    (and (isinstance device Atom) (in device SHELL-DEVICES)) sys.stdout
    (callable (getattr device "write_text" None)) device))

(defn write-text [device text function arguments]
  "Write a text to a device; `badarg` of the function when there is no such device."
  (setv target (writer device))
  (cond
    (is target None) (raise (badarg "io" function #* arguments))
    (is target device) (write-to device text function arguments)
    True (.write target text))
  OK)

(defn write-to [device text function arguments]
  "Write a text to an open file; one that is closed or only read is an error of the call."
  (try
    (when device.closed (raise (OSError 0 "closed")))
    (.write-text device text)
    (except [OSError]
      (raise (LfeError "error" (Atom (if device.closed "terminated" "ebadf")) #("io" function (tuple arguments)))))
    (except [UnicodeEncodeError]
      (raise (LfeError "error" (Atom "no_translation") #("io" function (tuple arguments)))))))

(defn formatted [device form arguments function call]
  "Write a formatted text; `badarg` of the call when format and arguments do not fit."
  (try
    (setv text (format-text form arguments ERLANG))
    (except [FormatError]
      (raise (badarg "io" function #* call))))
  (write-text device text function call))

(setv HERE (Atom "standard_io"))

(defn format/1 [form]
  "Write a format that takes no arguments."
  (formatted HERE form (from-iterable []) "format" [form]))

(defn format/2 [form arguments]
  "Write the arguments as the format says."
  (formatted HERE form arguments "format" [form arguments]))

(defn format/3 [device form arguments]
  "Write the arguments as the format says to a device."
  (formatted device form arguments "format" [device form arguments]))

(defn fwrite/1 [form]
  "Write a format that takes no arguments."
  (formatted HERE form (from-iterable []) "fwrite" [form]))

(defn fwrite/2 [form arguments]
  "Write the arguments as the format says."
  (formatted HERE form arguments "fwrite" [form arguments]))

(defn fwrite/3 [device form arguments]
  "Write the arguments as the format says to a device."
  (formatted device form arguments "fwrite" [device form arguments]))

(defn plain [device text call]
  (try
    (setv flat (flatten text))
    (except [EncodingError]
      (raise (badarg "io" "put_chars" #* call))))
  (write-text device flat "put_chars" call))

(defn put_chars/1 [text]
  "Write text: a string, a binary, or nested lists of them."
  (plain HERE text [text]))

(defn put_chars/2 [device text]
  "Write text to a device."
  (plain device text [device text]))

(defn nl/0 []
  "Write a newline."
  (write-text HERE "\n" "nl" []))

(defn nl/1 [device]
  "Write a newline to a device."
  (write-text device "\n" "nl" [device]))

(defn write/1 [term]
  "Write a term in Erlang's syntax, strings as lists."
  (write-text HERE (ERLANG.write term -1 False) "write" [term]))

(defn write/2 [device term]
  "Write a term in Erlang's syntax to a device."
  (write-text device (ERLANG.write term -1 False) "write" [device term]))

;; Input: a device is an open file, or the user, who types lines while a form waits for them.

(setv TERM-END (re.compile r"\.(\s|$)"))

(defn file? [device]
  (hasattr device "read_line"))

(defn input [device work]
  "Read of a device that is open; error tuples for one that is closed or only written."
  (cond
    device.closed #(ERROR (Atom "terminated"))
    True (try
           (work)
           (except [OSError]
             #(ERROR (Atom "ebadf")))
           (except [UnicodeDecodeError]
             #(ERROR #((Atom "no_translation") (Atom "unicode") (Atom "latin1")))))))

(defn get_line/1 [prompt]
  "Give the next line that the user types, or `eof`."
  (console-line prompt))

(defn get_line/2 [device prompt]
  "Give the next line of a device, or `eof`."
  (if (file? device)
      (input device (fn [] (.read-line device)))
      (console-line prompt)))

(defn get_chars/2 [prompt count]
  "Give this many characters that the user types, or `eof`."
  (console-text prompt count))

(defn get_chars/3 [device prompt count]
  "Give this many characters of a device, or `eof`."
  (if (file? device)
      (input device (fn [] (.read-text device count)))
      (console-text prompt count)))

(defn read/1 [prompt]
  "Read a term in Erlang's syntax that the user types: `#(ok term)`, `eof` or an error tuple."
  (console-rest prompt (fn [text] (when (.search TERM-END text) (next-term text)))))

(defn read/2 [device prompt]
  "Read a term in Erlang's syntax of a device: `#(ok term)`, `eof` or an error tuple."
  (if (file? device)
      (input device (fn [] (from-rest device next-term)))
      (read/1 prompt)))

(defn next-term [text]
  (try
    (setv found (read-term text))
    (except [problem BadTerms]
      (return #(#(ERROR (.as-tuple problem)) (len text)))))
  (if (is found None) #(EOF (len text)) #(#(OK (get found 0)) (get found 1))))

(defn from-rest [device take]
  "Read something out of what is left of a device: a function gives it and how many characters it took."
  (setv [text start] (.rest-text device)
        [answer used] (take text))
  (.seek device.file (+ start (len (.encode (cut text used) device.encoding))))
  answer)

(defn fread/2 [prompt form]
  "Read what the user types as a format says: `#(ok values)`, `eof` or an error tuple."
  (console-rest prompt (fn [text]
                         (setv found (scanned (flatten form) text))
                         (if (is (get found 0) EOF) None found))))

(defn fread/3 [device prompt form]
  "Read of a device as a format says: `#(ok values)`, `eof` or an error tuple."
  (if (file? device)
      (input device (fn [] (from-rest device (fn [text] (scanned (flatten form) text)))))
      (fread/2 prompt form)))

(defn scanned [form text]
  (try
    (setv [values used] (scan form text))
    (except [problem ScanError]
      (return #(#(ERROR #((Atom "fread") (Atom problem.reason))) (len text)))))
  #((if (is values None) EOF #(OK (from-iterable values))) used))

(defn columns/0 []
  "Give the terminal's width: output is no terminal of the program's."
  UNSUPPORTED)

(defn columns/1 [device]
  "Give a device's width."
  UNSUPPORTED)

(defn rows/0 []
  "Give the terminal's height: output is no terminal of the program's."
  UNSUPPORTED)

(defn rows/1 [device]
  "Give a device's height."
  UNSUPPORTED)

(defn setopts/1 [options]
  "Take options of the shell's output; none of them changes anything."
  OK)

(defn setopts/2 [device options]
  "Take options of a device; none of them changes anything."
  OK)

(defn getopts/0 []
  "Give the options of the shell's output."
  (from-iterable [#((Atom "encoding") (Atom "unicode"))]))

(defn printable_range/0 []
  "Say which characters `~p` takes for printable."
  (Atom "latin1"))
