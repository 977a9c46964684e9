"Erlang's base64: bytes as letters, and back.

`decode` is strict but skips white space; `mime_decode` skips all that is no letter of the code."

(import base64
        re
        xrepl.dialect.data [Atom is-list string]
        xrepl.dialect.raising [badarg function-clause]
        xrepl.lang.erlang._erlang-data [joined-bytes])

(setv __lfe_module__ "base64"
      ALPHABET b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
      BLANKS b" \t\n\r"
      BAD (Atom "bad"))

(defn data-of [value function]
  (when (not (or (is (type value) bytes) (is-list value)))
    (raise (function-clause "base64" function value)))
  (joined-bytes value "list_to_binary" value))

(defn digit [byte]
  "Give a letter's value; `bad` for what is none."
  (setv at (.find ALPHABET (bytes [byte])))
  (if (< at 0) (if (= byte (ord "=")) (Atom "eq") BAD) at))

(defn strict [value function]
  "Decode; the first group of four that is wrong is the error."
  (setv data (.translate (data-of value function) None BLANKS)
        good (re.match rb"(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?" data)
        end (.end good))
  (when (< end (len data))
    (setv group (cut data end (+ end 4))
          done (base64.b64decode (.group good))
          name (if (is-list value) "decode_list" "decode_binary"))
    (raise (function-clause "base64" name
                            (if (is-list value) (string (.decode (cut data (+ end 4) None) "latin-1"))
                                                (cut data (+ end 4) None))
                            done
                            #* (map digit group))))
  (base64.b64decode data))

(defn encode/1 [data]
  "Write bytes in base 64, as a binary."
  (base64.b64encode (data-of data "encode")))

(defn encode_to_string/1 [data]
  "Write bytes in base 64, as a string."
  (string (.decode (base64.b64encode (data-of data "encode_to_string")))))

(defn decode/1 [text]
  "Read base 64, as a binary."
  (strict text "decode"))

(defn decode_to_string/1 [text]
  "Read base 64, as a string."
  (string (.decode (strict text "decode_to_string") "latin-1")))

(defn lenient [value function]
  (setv letters (re.sub rb"[^A-Za-z0-9+/]" b"" (data-of value function))
        spare (% (len letters) 4))
  (when (= spare 1) (raise (badarg "base64" function value)))
  (base64.b64decode (+ letters (* b"=" (% (- 4 spare) 4)))))

(defn mime_decode/1 [text]
  "Read base 64 and skip all other characters, as a binary."
  (lenient text "mime_decode"))

(defn mime_decode_to_string/1 [text]
  "Read base 64 and skip all other characters, as a string."
  (string (.decode (lenient text "mime_decode_to_string") "latin-1")))
