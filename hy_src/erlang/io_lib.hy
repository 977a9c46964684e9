"Erlang's io_lib: formatted text as data, and what kind of text a list is.

It writes to no device (see `io`); pieces of a result that `~p ~w ~s` make are nested strings, the rest is flat."

(import xrepl.dialect.data [Atom NIL elements from-iterable is-list string]
        xrepl.dialect.erlang-pretty [data-of pieces write-pieces]
        xrepl.dialect.formatted-data [format-data]
        xrepl.dialect.formatting [EncodingError FormatError flatten]
        xrepl.dialect.raising [badarg function-clause]
        xrepl.dialect.scanned-input [ScanError scan]
        xrepl.dialect.styles [ERLANG])

(setv __lfe_module__ "io_lib"
      LATIN-1-ESCAPES (frozenset (map ord "\n\r\t\v\b\f\x1b")))

(defn formatted [form arguments function call]
  (try
    (format-data form arguments ERLANG)
    (except [FormatError]
      (raise (badarg "io_lib" function #* call)))))

(defn format/2 [form arguments]
  "Give the arguments as the format says."
  (formatted form arguments "format" [form arguments]))

(defn format/3 [form arguments options]
  "Give the arguments as the format says; the option `chars_limit` cuts the text."
  (limited (formatted form arguments "format" [form arguments options]) options))

(defn fwrite/2 [form arguments]
  "Give the arguments as the format says."
  (formatted form arguments "fwrite" [form arguments]))

(defn fwrite/3 [form arguments options]
  "Give the arguments as the format says; the option `chars_limit` cuts the text."
  (limited (formatted form arguments "fwrite" [form arguments options]) options))

(defn limited [text options]
  (setv flat (flatten text))
  (for [option (elements options)]
    (when (and (isinstance option tuple) (= (len option) 2) (is (get option 0) (Atom "chars_limit"))
               (<= 0 (get option 1)) (< (get option 1) (len flat)))
      (return (string (+ (cut flat 0 (max 0 (- (get option 1) 3))) "...")))))
  text)

;; --- terms

(defn write/1 [term]
  "Give a term in Erlang's syntax, strings as lists, in nested pieces."
  (write/2 term -1))

(defn write/2 [term depth]
  "Give a term in Erlang's syntax down to a depth, in nested pieces."
  (data-of (write-pieces term depth :unicode False)))

(defn print/1 [term]
  "Give a term on as many lines as it needs."
  (print/4 term 1 80 -1))

(defn print/4 [term column width depth]
  "Give a term on lines of this width, from a column on, down to a depth, in nested pieces."
  (data-of (pieces term column width depth :unicode False :strings True)))

(defn write_atom/1 [name]
  "Give an atom as it is written, quoted where needed."
  (when (not (isinstance name #(Atom bool))) (raise (function-clause "io_lib" "write_atom" name)))
  (ERLANG.write name -1 True))

(defn write_string/1 [text]
  "Give a string in double quotes, escaped."
  (write_string/2 text 34))

(defn write_string/2 [text quote]
  "Give a string between quotes, escaped."
  (setv mark (chr quote))
  (+ mark (.join "" (gfor c (flatten text) (escaped c mark))) mark))

(setv ESCAPES {"\n" "\\n" "\r" "\\r" "\t" "\\t" "\v" "\\v" "\b" "\\b" "\f" "\\f" "\x1b" "\\e"
               "\x7f" "\\d" "\\" "\\\\"})

(defn escaped [character mark]
  (cond
    (= character mark) (+ "\\" mark)
    (in character ESCAPES) (get ESCAPES character)
    (or (< character " ") (< "\x7f" character "\xa0")) (.format "\\{:03o}" (ord character))
    True character))

(defn write_char/1 [character]
  "Give a character as it is written, after a dollar sign."
  (+ "$" (if (= character 32) "\\s" (escaped (chr character) "")))) 

(defn nl/0 []
  "Give a newline."
  "\n")

;; --- what kind of text a list is

(defn all-codes? [value good?]
  (when (not (is-list value)) (return False))
  (try
    (for [item (elements value)]
      (when (not (and (is (type item) int) (good? item))) (return False)))
    (except [TypeError]
      (return False)))
  True)

(defn latin-1-printable? [code]
  (or (<= 32 code 126) (<= 160 code 255) (in code LATIN-1-ESCAPES)))

(defn unicode-printable? [code]
  (or (latin-1-printable? code) (<= 256 code 0xd7ff) (<= 0xe000 code 0xfffd) (<= 0x10000 code 0x10ffff)))

(defn printable_list/1 [value]
  "Say whether a value is a flat list of characters that `~p` shows as a string."
  (all-codes? value latin-1-printable?))

(defn printable_latin1_list/1 [value]
  "Say whether a value is a flat list of printable Latin-1 characters."
  (all-codes? value latin-1-printable?))

(defn printable_unicode_list/1 [value]
  "Say whether a value is a flat list of printable characters."
  (all-codes? value unicode-printable?))

(defn latin1_char_list/1 [value]
  "Say whether a value is a flat list of Latin-1 characters."
  (all-codes? value (fn [code] (<= 0 code 255))))

(defn character? [code]
  (or (<= 0 code 0xd7ff) (<= 0xe000 code 0x10ffff)))

(defn char_list/1 [value]
  "Say whether a value is a flat list of characters."
  (all-codes? value character?))

(defn deep_latin1_char_list/1 [value]
  "Say whether a value is a nested list of Latin-1 characters."
  (deep-codes? value (fn [code] (<= 0 code 255))))

(defn deep_char_list/1 [value]
  "Say whether a value is a nested list of characters."
  (deep-codes? value character?))

(defn deep-codes? [value good?]
  (setv pending [value])
  (while pending
    (setv items (.pop pending))
    (when (not (is-list items)) (return False))
    (try
      (for [item (elements items)]
        (cond
          (is-list item) (.append pending item)
          (not (and (is (type item) int) (good? item))) (return False)))
      (except [TypeError]
        (return False))))
  True)

(defn chars_length/1 [text]
  "Count the characters of nested text."
  (len (flatten text)))

(defn indentation/2 [text start]
  "Give the column after a text that starts at a column."
  (setv column start)
  (for [c (flatten text)]
    (setv column (cond
                   (= c "\n") 0
                   (= c "\t") (* 8 (// (+ column 8) 8))
                   True (+ column 1))))
  column)

;; --- reading

(defn fread/2 [form text]
  "Read values out of a text as a format says: `#(ok values rest)`, `#(more ...)` or `#(error #(fread reason))`."
  (setv source (flatten text))
  (try
    (setv [values end] (scan (flatten form) source))
    (except [failure ScanError]
      (return #((Atom "error") #((Atom "fread") (Atom failure.reason))))))
  (if (is values None)
      #((Atom "more") (string "") (len source) NIL)
      #((Atom "ok") (from-iterable values) (string (cut source end None)))))
