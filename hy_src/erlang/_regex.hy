"What `re` works with: subjects with their offsets in bytes, compiled patterns, options, captures.

A compiled pattern is plain data: the tuple's binary holds the pattern and its options, and Python's compiled form is
kept in a cache. Patterns are translated in `xrepl.dialect.regex`."

(import bisect
        itertools
        xrepl.dialect.data [Atom NIL elements from-iterable is-list string text-of uncons]
        xrepl.dialect.regex [compile-pattern]
        xrepl.lang.erlang._terms [nil?])

(setv COMPILE-OPTIONS (frozenset (.split "unicode anchored caseless dollar_endonly dotall extended firstline multiline
                                          no_auto_capture dupnames ungreedy ucp never_utf no_start_optimize
                                          bsr_anycrlf bsr_unicode"))
      RUN-OPTIONS (frozenset (.split "global anchored notbol noteol notempty notempty_atstart report_errors"))
      LINE-ENDS (frozenset (.split "cr crlf lf any anycrlf"))
      MAGIC b"ERCP"
      PATTERN-TAG (Atom "re_pattern")
      NOWHERE #(-1 0))

;; --- text

(defn text-from [value unicode]
  "Give the text of nested lists of characters and binaries: bytes as Latin-1, or UTF-8 with `unicode`.

  ValueError when it is none."
  (cond
    (is (type value) str) (do
                            (when (not unicode) (.encode value "latin-1"))
                            value)
    (is (type value) bytes) (.decode value (if unicode "utf-8" "latin-1"))
    (is-list value) (.join "" (pieces-of value unicode))
    True (raise (ValueError "no text"))))

(defn pieces-of [value unicode]
  (setv pieces [] pending [value])
  (while pending
    (setv item (.pop pending))
    (cond
      (is (type item) int) (.append pieces (text-from (chr item) unicode))
      (nil? item) None
      (or (is (type item) bytes) (is (type item) str)) (.append pieces (text-from item unicode))
      True (do
             (setv cell (uncons item))
             (when (is cell None) (raise (ValueError "no text")))
             (when (is (type cell.tail) int) (raise (ValueError "improper list")))
             (.append pending cell.tail)
             (.append pending cell.head))))
  pieces)

(defclass Subject []
  "What is searched: its text, and where its characters are in bytes."

  (defn __init__ [self value unicode]
    (setv self.text (text-from value unicode)
          self.unicode unicode
          self.ascii (.isascii self.text)
          self.starts None)
    (when (and unicode (not self.ascii))
      (setv self.starts (list (itertools.accumulate (map utf-8-size self.text) :initial 0)))))

  (defn span [self start end]
    "Give `#(offset length)` in bytes for a part."
    (cond
      (< start 0) NOWHERE
      (is self.starts None) #(start (- end start))
      True #((get self.starts start) (- (get self.starts end) (get self.starts start)))))

  (defn index [self offset]
    "Give the index of the character at an offset; ValueError when there is none."
    (setv i (if (is self.starts None) offset (bisect.bisect-left self.starts offset)))
    (when (or (> i (len self.text)) (and self.starts (!= (get self.starts i) offset)))
      (raise (ValueError "no character begins there")))
    i)

  (defn binary [self text]
    (.encode text (if self.unicode "utf-8" "latin-1")))

  (defn given [self kind text]
    "Give a text as `list` or `binary`."
    (if (= kind "list") (string text) (self.binary text))))

(defn utf-8-size [character]
  (len (.encode character "utf-8")))

;; --- options

(defclass Options []
  "The options of one call: what the pattern is compiled with, what a search minds, what it captures."

  (defn __init__ [self options #* extra]
    (setv self.compiling (set) self.running (set) self.offset 0 self.capture ["all" "index"] self.extra {})
    (for [option (elements options)]
      (if (is (type option) tuple)
          (self.take-pair extra #* option)
          (self.take-name extra (str option)))))

  (defn take-name [self extra name]
    (when (in name COMPILE-OPTIONS) (.add self.compiling name))
    (when (in name RUN-OPTIONS) (.add self.running name))
    (when (in name extra) (setv (get self.extra name) True))
    (when (not (or (in name COMPILE-OPTIONS) (in name RUN-OPTIONS) (in name extra)))
      (raise (ValueError name))))

  (defn take-pair [self extra tag value #* more]
    (setv name (str tag))
    (cond
      (and (= name "newline") (in (str value) LINE-ENDS)) (.add self.compiling f"newline {value}")
      (and (= name "offset") (is (type value) int) (>= value 0) (not more)) (setv self.offset value)
      (= name "capture") (setv self.capture (capture-of value #* more))
      (in name #("match_limit" "match_limit_recursion")) None
      (and (in name extra) (not more)) (setv (get self.extra name) value)
      True (raise (ValueError name)))))

(defn capture-of [what [kind (Atom "index")]]
  (when (not-in (str kind) #("index" "list" "binary")) (raise (ValueError "capture")))
  (cond
    (is-list what) [(list (elements what)) (str kind)]
    (in (str what) #("all" "all_but_first" "first" "none" "all_names")) [(str what) (str kind)]
    True (raise (ValueError "capture"))))

;; --- patterns

(defn packed [pattern options groups]
  "Give the tuple that stands for a compiled pattern."
  (setv code (+ MAGIC (.encode (+ (.join "," (sorted options)) "\0" pattern) "utf-8")))
  #(PATTERN-TAG groups (int (in "unicode" options)) 0 code))

(defn compiled? [value]
  (and (is (type value) tuple) (= (len value) 5) (is (get value 0) PATTERN-TAG)
       (is (type (get value 4)) bytes) (.startswith (get value 4) MAGIC)))

(defn unpacked [value]
  "Give pattern and options of a tuple that stands for a compiled pattern."
  (setv [options _ pattern] (.partition (.decode (cut (get value 4) (len MAGIC) None) "utf-8") "\0"))
  #(pattern (if options (set (.split options ",")) (set))))

(defn chosen [value options]
  "Give pattern and options of a pattern or a compiled one; ValueError for options that come too late."
  (cond
    (compiled? value) (if (- options.compiling #{"anchored"}) (raise (ValueError "compiled")) (unpacked value))
    True #((text-from value (in "unicode" options.compiling)) options.compiling)))

(defn search-of [value pattern options]
  "Give a subject and Python's pattern for one call; ValueError for bad arguments."
  (setv [text compiling] (chosen pattern options)
        subject (Subject value (in "unicode" compiling)))
  (when (in "anchored" compiling) (.add options.running "anchored"))
  #(subject (compile-pattern text (frozenset (| compiling (& options.running #{"notbol" "noteol"}))) subject.ascii)))

(defn matches [subject pattern options]
  "Go through the matches: after an empty one a longer one at its place is tried, as Perl does."
  (setv start (subject.index options.offset)
        scanner (.scanner pattern subject.text start)
        next-match (if (in "anchored" options.running) scanner.match scanner.search))
  (while (setx found (next-match))
    (setv empty (= (.start found) (.end found)))
    (when (not (and empty (or (in "notempty" options.running)
                              (and (in "notempty_atstart" options.running) (= (.start found) start)))))
      (yield found))))

;; --- captures

(defn group-spans [found what]
  "Give the places of the groups that are asked for."
  (setv spans (list found.regs))
  (cond
    (= what "first") [(get spans 0)]
    (= what "all_names") (lfor name (sorted (. found re groupindex)) (.span found name))
    (in what #("all" "all_but_first"))
      (do
        (while (< (get spans -1 0) 0) (.pop spans))
        (if (= what "all") spans (cut spans 1 None)))
    True (lfor one what (span-of found one))))

(defn span-of [found one]
  (setv name (cond
               (is (type one) int) one
               (isinstance one Atom) one.name
               (is (type one) bytes) (.decode one "utf-8")
               True (text-of (elements one))))
  (try
    (.span found name)
    (except [IndexError]
      #(-1 -1))))

(defn captured [subject found capture]
  "Give what is captured of a match, as the option says."
  (setv [what kind] capture)
  (from-iterable
    (lfor [start end] (group-spans found what)
          (if (= kind "index")
              (subject.span start end)
              (subject.given kind (cut subject.text (max start 0) (max end 0)))))))

(defn captures-nothing? [pattern capture]
  (setv what (get capture 0))
  (or (in what #("none" [])) (and (= what "all_names") (not pattern.groupindex))))
