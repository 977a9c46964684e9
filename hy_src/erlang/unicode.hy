"Erlang's unicode: text as code points, UTF-8 and other encodings, and its normal forms.

Bytes that are no text are told with what could be read before them, as Erlang does."

(import codecs
        unicodedata
        xrepl.dialect.data [Atom from-iterable is-list string uncons]
        xrepl.dialect.raising [badarg])

(setv __lfe_module__ "unicode"
      UTF-8 (Atom "utf8")
      ENCODINGS {"utf8" "utf-8"  "unicode" "utf-8"  "latin1" "latin-1"  "utf16" "utf-16-be"  "utf32" "utf-32-be"}
      MARKS [#(b"\xef\xbb\xbf" UTF-8) #(b"\x00\x00\xfe\xff" #((Atom "utf32") (Atom "big")))
             #(b"\xff\xfe\x00\x00" #((Atom "utf32") (Atom "little")))
             #(b"\xfe\xff" #((Atom "utf16") (Atom "big"))) #(b"\xff\xfe" #((Atom "utf16") (Atom "little")))])

(defn codec [encoding function #* call]
  "Give Python's name of an encoding."
  (setv name (str encoding))
  (cond
    (in name ENCODINGS) (get ENCODINGS name)
    (and (is (type encoding) tuple) (= (len encoding) 2)
         (in (str (get encoding 0)) #("utf16" "utf32")) (in (str (get encoding 1)) #("big" "little")))
      (+ "utf-" (cut (str (get encoding 0)) 3 None) (if (= (str (get encoding 1)) "big") "-be" "-le"))
    True (raise (badarg "unicode" function #* call))))

(defn read [value encoding function #* call]
  "Read nested text; give the text, why reading ended early (or None) and what is left."
  (when (is (type value) int) (raise (badarg "unicode" function #* call)))
  (setv name (codec encoding function #* call)
        parts [] pending [value])
  (while pending
    (setv item (.pop pending))
    (cond
      (is (type item) int) (do
                             (when (not (and (<= 0 item 0x10ffff) (not (<= 0xd800 item 0xdfff))))
                               (return #((.join "" parts) "error" (rest-of [item] pending))))
                             (.append parts (chr item)))
      (is (type item) str) (.append parts item)
      (is (type item) bytes) (do
                               (setv [text why left] (decoded item name))
                               (.append parts text)
                               (when (and (= why "incomplete") (any (gfor p pending (is-not (uncons p) None))))
                                 (setv why "error"))
                               (when why (return #((.join "" parts) why (rest-of [left] pending)))))
      (is-list item) (do
                       (setv cell (uncons item))
                       (when (is-not cell None)
                         (.append pending cell.tail)
                         (.append pending cell.head)))
      True (raise (badarg "unicode" function #* call))))
  #((.join "" parts) None None))

(defn rest-of [first pending]
  (setv others (lfor item (reversed pending) :if (or (not (is-list item)) (is-not (uncons item) None)) item))
  (if (or others (is-not (type (get first 0)) bytes))
      (from-iterable (+ first others))
      (get first 0)))

(defn decoded [data name]
  "Give the text that bytes begin with, why it ends early, and the bytes left."
  (try
    #((.decode data name) None b"")
    (except [problem UnicodeDecodeError]
      (setv text (.decode (cut data problem.start) name)
            left (cut data problem.start None))
      #(text (if (beginning? left name) "incomplete" "error") left))))

(defn beginning? [data name]
  "Say whether bytes could go on to be a character."
  (setv reader ((codecs.getincrementaldecoder name)))
  (try
    (.decode reader data)
    (except [UnicodeDecodeError]
      (return False)))
  True)

;; --- conversions

(defn as-list [value encoding #* call]
  (setv [text why left] (read value encoding "characters_to_list" #* call))
  (if why #((Atom why) (string text) left) (string text)))

(defn characters_to_list/1 [value]
  "Give nested text as a list of code points, or an error tuple."
  (as-list value UTF-8 value))

(defn characters_to_list/2 [value encoding]
  "Give nested text in an encoding as a list of code points, or an error tuple."
  (as-list value encoding value encoding))

(defn as-binary [value from to #* call]
  (setv name (codec to "characters_to_binary" #* call)
        [text why left] (read value from "characters_to_binary" #* call))
  (try
    (setv data (.encode text name))
    (except [problem UnicodeEncodeError]
      (return #((Atom "error") (.encode (cut text problem.start) name) (string (cut text problem.start None))))))
  (if why #((Atom why) data left) data))

(defn characters_to_binary/1 [value]
  "Give nested text as UTF-8, or an error tuple."
  (as-binary value UTF-8 UTF-8 value))

(defn characters_to_binary/2 [value from]
  "Give nested text in an encoding as UTF-8, or an error tuple."
  (as-binary value from UTF-8 value from))

(defn characters_to_binary/3 [value from to]
  "Give nested text in an encoding as another one, or an error tuple."
  (as-binary value from to value from to))

;; --- normal forms

(defn normal [form value function convert]
  (setv [text why left] (read value UTF-8 function value)
        made (convert (unicodedata.normalize form text)))
  (if why #((Atom "error") made left) made))

(defn utf-8 [text]
  (.encode text "utf-8"))

(defn characters_to_nfc_list/1 [value]
  "Give text composed, as a list."
  (normal "NFC" value "characters_to_nfc_list" string))

(defn characters_to_nfd_list/1 [value]
  "Give text decomposed, as a list."
  (normal "NFD" value "characters_to_nfd_list" string))

(defn characters_to_nfkc_list/1 [value]
  "Give text composed with compatible characters replaced, as a list."
  (normal "NFKC" value "characters_to_nfkc_list" string))

(defn characters_to_nfkd_list/1 [value]
  "Give text decomposed with compatible characters replaced, as a list."
  (normal "NFKD" value "characters_to_nfkd_list" string))

(defn characters_to_nfc_binary/1 [value]
  "Give text composed, as UTF-8."
  (normal "NFC" value "characters_to_nfc_binary" utf-8))

(defn characters_to_nfd_binary/1 [value]
  "Give text decomposed, as UTF-8."
  (normal "NFD" value "characters_to_nfd_binary" utf-8))

(defn characters_to_nfkc_binary/1 [value]
  "Give text composed with compatible characters replaced, as UTF-8."
  (normal "NFKC" value "characters_to_nfkc_binary" utf-8))

(defn characters_to_nfkd_binary/1 [value]
  "Give text decomposed with compatible characters replaced, as UTF-8."
  (normal "NFKD" value "characters_to_nfkd_binary" utf-8))

;; --- byte order marks

(defn bom_to_encoding/1 [data]
  "Give the encoding that a byte order mark tells and its length; latin1 and 0 without one."
  (for [[mark encoding] MARKS]
    (when (.startswith data mark)
      (return #(encoding (len mark)))))
  #((Atom "latin1") 0))

(defn encoding_to_bom/1 [encoding]
  "Give the byte order mark of an encoding."
  (setv known (codec encoding "encoding_to_bom" encoding))
  (for [[mark other] MARKS]
    (when (= known (codec other "encoding_to_bom" encoding))
      (return mark)))
  b"")
