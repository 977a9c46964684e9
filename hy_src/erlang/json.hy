"Erlang's json, of OTP 27: terms to JSON and back, on Python's parser.

Objects are maps with binaries as keys, strings are binaries, null is the atom `null`. What is encoded comes as one binary, where
Erlang's comes in pieces."

(import json :as parser
        re
        xrepl.dialect.data [Atom NIL elements from-iterable is-list map-items map-key]
        xrepl.dialect.atomic-text [float-text]
        xrepl.dialect.raising [LfeError])

(setv __lfe_module__ "json"
      NULL (Atom "null")
      LITERALS {True b"true"  False b"false"})

;; --- encoding

(defn unsupported [value]
  (LfeError "error" #((Atom "unsupported_type") value)))

(defn encode/1 [value]
  "Give the JSON of a value: numbers, binaries, atoms, lists and maps."
  (encoded value None))

(defn encode/2 [value encoder]
  "Give the JSON of a value; a function of a value and itself encodes each part, `encode_value` all that it does not."
  (text-from (encoder value encoder)))

(defn text-from [data]
  "Give the binary that an encoder gave, perhaps in pieces."
  (import xrepl.lang.erlang [erlang])
  (erlang.iolist_to_binary/1 data))

(defn encoded [value encoder]
  "Encode a value; its parts with a function, if there is one."
  (setv kind (type value))
  (cond
    (is kind bool) (get LITERALS value)
    (is kind int) (encode_integer/1 value)
    (is kind float) (encode_float/1 value)
    (is kind bytes) (encode_binary/1 value)
    (is kind Atom) (if (is value NULL) b"null" (quoted value.name))
    (is-list value) (array-of (elements value) encoder)
    (isinstance value dict) (object-of (map-items value) encoder)
    True (raise (unsupported value))))

(defn part [value encoder]
  (if (is encoder None) (encoded value None) (text-from (encoder value encoder))))

(defn quoted [text]
  (.encode (parser.dumps text :ensure-ascii False) "utf-8"))

(defn array-of [items encoder]
  (+ b"[" (.join b"," (lfor item items (part item encoder))) b"]"))

(defn object-of [pairs encoder]
  (+ b"{" (.join b"," (lfor [key value] pairs (+ (key-text key) b":" (part value encoder)))) b"}"))

(defn key-text [key]
  (cond
    (is (type key) bytes) (encode_binary/1 key)
    (is (type key) bool) (quoted (.lower (str key)))
    (is (type key) Atom) (quoted key.name)
    (in (type key) #(int float)) (+ b"\"" (encoded key None) b"\"")
    True (raise (unsupported key))))

(defn encode_value/2 [value encoder]
  "Encode a value as `encode` does, its parts with a function."
  (encoded value encoder))

(defn encode_atom/2 [value encoder]
  "Encode an atom: true, false and null are JSON's, another one is a string."
  (encoded value encoder))

(defn encode_integer/1 [value]
  "Encode an integer."
  (.encode (str value)))

(defn encode_float/1 [value]
  "Encode a float, as short as it can be."
  (.encode (float-text value)))

(defn encode_list/2 [value encoder]
  "Encode a list as an array, its parts with a function."
  (array-of (elements value) encoder))

(defn encode_map/2 [value encoder]
  "Encode a map as an object, its values with a function."
  (object-of (map-items value) encoder))

(defn encode_key_value_list/2 [pairs encoder]
  "Encode a list of keys and values as an object."
  (object-of (elements pairs) encoder))

(defn encode_binary/1 [value]
  "Encode a binary of UTF-8 as a string."
  (quoted (utf-8 value)))

(defn encode_binary_escape_all/1 [value]
  "Encode a binary of UTF-8 as a string of ASCII."
  (.encode (parser.dumps (utf-8 value))))

(defn utf-8 [value]
  (try
    (.decode value "utf-8")
    (except [problem UnicodeDecodeError]
      (setv byte (get value problem.start))
      (raise (LfeError "error" (if (= problem.reason "unexpected end of data")
                                   (Atom "unexpected_end")
                                   #((Atom "invalid_byte") byte)))))))

;; --- decoding: the parser gives marks for what a program may want to see as it is written

(defclass Number []
  "A number as it is written."
  (defn __init__ [self text whole]
    (setv self.text text self.whole whole)))

(defclass Pairs [list]
  "The pairs of an object, in order.")

(setv scan (. (parser.JSONDecoder :object-pairs-hook Pairs
                                  :parse-int (fn [text] (Number text True))
                                  :parse-float (fn [text] (Number text False))
                                  :parse-constant (fn [text] (raise (parser.JSONDecodeError "constant" "" -1))))
              raw-decode)
      BLANKS (re.compile r"[ \t\r\n]*"))

(defn decode/1 [data]
  "Give the value of a JSON text."
  (setv [found end] (scanned data)
        text (utf-8 data)
        rest (cut text end None))
  (when rest
    (raise (LfeError "error" #((Atom "invalid_byte") (get (.encode rest "utf-8") 0)))))
  (plain found))

(defn scanned [data]
  "Give what the parser gives for the value at the front, and where the text after it begins."
  (setv text (utf-8 data))
  (try
    (setv [found end] (scan text (.end (.match BLANKS text))))
    (except [problem parser.JSONDecodeError]
      (raise (told problem text)))
    (except [RecursionError]
      (raise (LfeError "error" (Atom "system_limit")))))
  #(found (.end (.match BLANKS text end))))

(defn told [problem text]
  "Make Erlang's error for the parser's."
  (setv at (+ (max problem.pos 0) (in "control character" problem.msg)))
  (when (.startswith problem.msg "Invalid control") (setv at problem.pos))
  (when (.startswith problem.msg "Unterminated string") (setv at (len text)))
  (when (.startswith problem.msg "Invalid \\escape") (setv at (+ problem.pos 1)))
  (when (.startswith problem.msg "constant") (setv at (.end (re.match r"[\s\[{:,\-\"\w]*?(?=N|I)" text))))
  (if (>= at (len text))
      (LfeError "error" (Atom "unexpected_end"))
      (LfeError "error" #((Atom "invalid_byte") (get (.encode (get text at) "utf-8" "surrogatepass") 0)))))

(defn bytes-of [text]
  (try
    (.encode text "utf-8")
    (except [problem UnicodeEncodeError]
      (setv code (ord (get text problem.start)))
      (raise (LfeError "error" #((Atom "unexpected_sequence") (.encode f"\\u{code :04x}")))))))

(defn number-of [mark]
  (if mark.whole (int mark.text) (float mark.text)))

(defn plain [found]
  "Give the language's value for what the parser gave."
  (setv kind (type found))
  (cond
    (is found None) NULL
    (is kind str) (bytes-of found)
    (is kind Number) (number-of found)
    (is kind list) (from-iterable (list (map plain found)))
    (is kind Pairs) (dfor [key value] found (bytes-of key) (plain value))
    True found))

;; --- decoding with functions

(setv CALLBACKS (.split "array_start array_push array_finish object_start object_push object_finish float integer string null"))

(defn decode/3 [data start functions]
  "Give `#(value start rest)` for the value at the front; a map of functions says what arrays, objects and numbers become."
  (setv [found end] (scanned data)
        given (dfor name CALLBACKS name (.get functions (Atom name)))
        rest (bytes-of (cut (utf-8 data) end None)))
  #(#* (built found start given) rest))

(defn built [found sofar given]
  "Give the value that a program's functions make, and what there is so far."
  (setv kind (type found))
  (cond
    (is kind list) (built-from found sofar given "array" pushed)
    (is kind Pairs) (built-from found sofar given "object" set-pair)
    (and (is found None) (is-not (get given "null") None)) #((get given "null") sofar)
    (and (is kind str) (get given "string")) #(((get given "string") (bytes-of found)) sofar)
    (and (is kind Number) found.whole (get given "integer")) #(((get given "integer") (.encode found.text)) sofar)
    (and (is kind Number) (not found.whole) (get given "float")) #(((get given "float") (.encode found.text)) sofar)
    True #((plain found) sofar)))

(defn pushed [item inner given]
  (setv [value inner] (built item inner given) push (get given "array_push"))
  (if push (push value inner) [#* inner value]))

(defn set-pair [pair inner given]
  (setv [value inner] (built (get pair 1) inner given) push (get given "object_push")
        key (bytes-of (get pair 0)))
  (if push (push key value inner) [#* inner #(key value)]))

(defn built-from [items sofar given kind step]
  (setv start (get given (+ kind "_start")) finish (get given (+ kind "_finish"))
        inner (if start (start sofar) []))
  (for [item items] (setv inner (step item inner given)))
  (cond
    finish (finish inner sofar)
    (not (isinstance inner list)) #(inner sofar)
    (= kind "array") #((from-iterable inner) sofar)
    True #((dfor [key value] inner (map-key key) value) sofar)))
