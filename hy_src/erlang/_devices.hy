"Open files as the language sees them: a device is a pid, as in Erlang, with which `file` and `io` read and write.

What is written is handed to the operating system at once. An open device is not kept when a session is stored; a closed
one is kept as the pid of a process that has ended."

(import gzip
        io
        os
        xrepl.dialect.data [Atom string]
        xrepl.dialect.identifiers [Pid numbering pid-of]
        xrepl.lang.erlang._paths [file-name])

(setv BAD-FILE (OSError 9 "not open for that")
      APPEND (| os.O-WRONLY os.O-APPEND os.O-CREAT))

(defclass Device [Pid]
  "An open file.

  Args:
    file: Python's binary file.
    binary: whether what is read comes as binaries.
    encoding: of the text that `io` reads and writes."

  (defn __init__ [self file binary [encoding "latin-1"] [readable True] [writable True]]
    (.__init__ (super) (next numbering._pids))
    (setv self.file file self.binary binary self.encoding encoding self.readable readable self.writable writable))

  (defn __reduce__ [self]
    (when (not self.closed) (raise (TypeError "cannot pickle an open file")))
    #(pid-of #(self.number)))

  (defn [property] closed [self]
    self.file.closed)

  (defn close [self]
    (.close self.file))

  (defn readable-file [self]
    (if self.readable self.file (raise BAD-FILE)))

  (defn write-bytes [self data]
    (when (not self.writable) (raise BAD-FILE))
    (.write self.file data)
    (.flush self.file))

  (defn given [self data]
    "Give bytes that were read as the language has them: a binary, or a string of bytes."
    (if self.binary data (string (.decode data "latin-1"))))

  (defn read-bytes [self count]
    "Read bytes; None at the end."
    (setv data (.read (self.readable-file) count))
    (if (or data (= count 0)) data None))

  (defn line-bytes [self]
    "Read a line, whose end is a newline alone; None at the end."
    (setv line (.readline (self.readable-file)))
    (cond
      (not line) None
      (.endswith line b"\r\n") (+ (cut line -2) b"\n")
      True line))

  ;; --- for `io`: text

  (defn write-text [self text]
    (self.write-bytes (.encode text self.encoding)))

  (defn text-given [self data]
    (if self.binary data (string (.decode data self.encoding))))

  (defn read-line [self]
    "Read a line of text; `eof` at the end."
    (setv line (self.line-bytes))
    (if (is line None) (Atom "eof") (self.text-given line)))

  (defn read-text [self count]
    "Read characters; `eof` at the end."
    (setv data (bytearray) file (self.readable-file))
    (while (and (< (len (.decode data self.encoding "ignore")) count) (setx more (.read file 1)))
      (.extend data more))
    (if data (self.text-given (.replace (bytes data) b"\r\n" b"\n")) (Atom "eof")))

  (defn rest-text [self]
    "Read all that is left as text, and say where it began."
    (setv start (.tell self.file))
    #((.decode (.read (self.readable-file)) self.encoding) start)))

(defn mode-names [modes]
  "Give the names among the modes of an open call, and the values of those that have one."
  (setv names (set) values {})
  (for [mode modes]
    (if (is (type mode) tuple)
        (setv (get values (str (get mode 0))) (get mode 1))
        (.add names (str mode))))
  #(names values))

(defn flags-of [names]
  "Give the flags with which the operating system opens a file for these modes."
  (setv writes (bool (& names #{"write" "append" "exclusive"}))
        reads (or (in "read" names) (not writes)))
  (| os.O-CLOEXEC
     (cond
       (and reads writes) (| os.O-RDWR os.O-CREAT (if (in "append" names) os.O-APPEND 0))
       (in "append" names) APPEND
       writes (| os.O-WRONLY os.O-CREAT os.O-TRUNC)
       True os.O-RDONLY)
     (if (in "exclusive" names) os.O-EXCL 0)))

(defn open-device [name modes]
  "Open a file; OSError or ValueError when that fails."
  (setv [names values] (mode-names modes)
        flags (flags-of names)
        access (& flags os.O-ACCMODE))
  (setv opened (os.fdopen (os.open (file-name name) flags 0o666)
                          (get {os.O-RDONLY "rb" os.O-WRONLY (if (in "append" names) "ab" "wb") os.O-RDWR "r+b"} access)))
  (when (in "compressed" names)
    (setv opened (gzip.open opened (if (= access os.O-RDONLY) "rb" "wb"))))
  (Device opened (in "binary" names) (encoding-of values) (!= access os.O-WRONLY) (!= access os.O-RDONLY)))

(defn encoding-of [values]
  (setv encoding (str (.get values "encoding" "latin1")))
  (match encoding
    "latin1" "latin-1"
    (| "utf8" "unicode") "utf-8"
    (| "utf16" "utf32") encoding
    _ (raise (ValueError "encoding"))))

(defn memory-device [data modes]
  "Make a device of bytes: the mode `ram`."
  (setv [names values] (mode-names modes))
  (Device (io.BytesIO data) (in "binary" names) (encoding-of values)))
