"Erlang's uri_string: taking addresses apart, putting them together, quoting.

Text comes back in the form in which it came: a binary for a binary."

(import urllib.parse :as address
        re
        xrepl.dialect.data [Atom elements from-iterable map-items string]
        xrepl.dialect.formatting [flatten]
        xrepl.dialect.raising [function-clause])

(setv __lfe_module__ "uri_string"
      PARTS (re.compile r"(?:([A-Za-z][A-Za-z0-9+.-]*):)?(?://([^/?#]*))?([^?#]*)(?:\?([^#]*))?(?:#(.*))?" re.DOTALL)
      ILLEGAL (re.compile r"[^!#$%&'()*+,/:;=?@\[\]\w.~-]|%(?![0-9A-Fa-f]{2})" re.ASCII)
      LETTERS (+ "ABCDEFGHIJKLMNOPQRSTUVWXYZ_" "abcdefghijklmnopqrstuvwxyz~")
      ALLOWED [#("scheme" (+ "+-.0123456789" (.strip (.replace LETTERS "_" "") "~")))
               #("userinfo" (+ "!$%&'()*+,-.0123456789:;=" LETTERS))
               #("host" (+ "!$&'()*+,-.0123456789:;=" LETTERS))
               #("ipv4" ".0123456789")
               #("ipv6" ".0123456789:ABCDEFabcdef")
               #("regname" (+ "!$%&'()*+,-.0123456789;=" LETTERS))
               #("path" (+ "!$%&'()*+,-./0123456789:;=@" LETTERS))
               #("query" (+ "!$%&'()*+,-./0123456789:;=?@" LETTERS))
               #("fragment" (+ "!$%&'()*+,-./0123456789:;=?@" LETTERS))
               #("reserved" "!#$&'()*+,/:;=?@[]")
               #("unreserved" (+ "-.0123456789" LETTERS))])

(defn text-of [value]
  (if (is (type value) bytes) (.decode value "utf-8") (flatten value)))

(defn like [sample text]
  (if (is (type sample) bytes) (.encode text "utf-8") (string text)))

(defn invalid [character]
  #((Atom "error") (Atom "invalid_uri") (string character)))

(defn taken-apart [uri]
  "Give the parts of an address by name, or an error tuple."
  (setv text (text-of uri)
        wrong (.search ILLEGAL text))
  (when wrong
    (setv after-scheme (in ":" (cut text (.start wrong))))
    (return (invalid (cond
                       (= (get wrong 0) "%") "%"
                       after-scheme ":"
                       True (get wrong 0)))))
  (setv [scheme authority path query fragment] (.groups (.fullmatch PARTS text))
        parts {"path" path "scheme" scheme "query" query "fragment" fragment})
  (when (is-not authority None)
    (setv [user at place] (.rpartition authority "@")
          found (re.fullmatch r"(\[[^\]]*\]|[^:]*)(?::([0-9]*))?" place))
    (when (not found) (return (invalid ":")))
    (setv (get parts "host") (.strip (get found 1) "[]"))
    (when at (setv (get parts "userinfo") user))
    (when (is-not (get found 2) None)
      (setv (get parts "port") (if (get found 2) (int (get found 2)) (Atom "undefined")))))
  (dfor [name part] (.items parts) :if (is-not part None) name part))

(defn parse/1 [uri]
  "Take an address apart into a map; an error tuple for what is none."
  (setv parts (taken-apart uri))
  (if (is (type parts) tuple)
      parts
      (dfor [name part] (.items parts) (Atom name) (if (is (type part) str) (like uri part) part))))

(defn recompose/1 [parts]
  "Put an address together from a map."
  (when (not (isinstance parts dict)) (raise (function-clause "uri_string" "recompose" parts)))
  (setv known (dfor [key value] (map-items parts) (str key) value)
        sample (next (gfor value (.values known) :if (is-not (type value) int) value) "")
        text (dfor [key value] (.items known) key (if (is (type value) int) (str value) (text-of value)))
        made "")
  (when (not-in "path" text)
    (return #((Atom "error") (Atom "invalid_map") parts)))
  (when (in "scheme" text) (+= made (get text "scheme") ":"))
  (when (in "host" text)
    (+= made "//" (if (in "userinfo" text) (+ (get text "userinfo") "@") "")
        (if (in ":" (get text "host")) f"[{(get text "host")}]" (get text "host"))
        (if (in "port" text) (+ ":" (get text "port")) "")))
  (+= made (.get text "path" ""))
  (when (in "query" text) (+= made "?" (get text "query")))
  (when (in "fragment" text) (+= made "#" (get text "fragment")))
  (like sample made))

(defn normalize/1 [uri]
  "Give an address in its usual form: lower case, no dots, no usual port."
  (setv known (normal-parts uri))
  (if (isinstance known dict) (recompose/1 known) known))

(defn normalize/2 [uri options]
  "Give an address in its usual form; with `return_map` as a map."
  (if (in (Atom "return_map") (list (elements options))) (normal-parts uri) (normalize/1 uri)))

(defn normal-parts [uri]
  "Give the parts of an address in its usual form, or an error tuple."
  (setv parts (if (isinstance uri dict) uri (parse/1 uri)))
  (when (is (type parts) tuple) (return parts))
  (setv known (dict parts) scheme (Atom "scheme") host (Atom "host") port (Atom "port") path (Atom "path"))
  (for [key [scheme host]]
    (when (in key known)
      (setv (get known key) (like (get known key) (.lower (text-of (get known key)))))))
  (setv usual {"http" 80 "https" 443 "ftp" 21 "ssh" 22 "sftp" 22 "tftp" 69})
  (when (and (in port known) (in scheme known)
             (= (.get usual (text-of (get known scheme))) (get known port)))
    (del (get known port)))
  (setv (get known path) (like (get known path) (without-dots (plain-escapes (text-of (get known path))))))
  (when (and (in host known) (not (text-of (get known path))))
    (setv (get known path) (like (get known host) "/")))
  known)

(defn plain-escapes [text]
  "Read the %XX that need not be written so."
  (re.sub r"%([0-9A-Fa-f]{2})"
          (fn [found]
            (setv character (chr (int (.group found 1) 16)))
            (if (re.fullmatch r"[A-Za-z0-9._~-]" character) character (.upper (.group found))))
          text))

(defn without-dots [path]
  (setv kept [] parts (.split path "/"))
  (for [[i part] (enumerate parts)]
    (setv is-last (= i (- (len parts) 1)))
    (cond
      (= part ".") (when is-last (.append kept ""))
      (= part "..") (do
                      (when (> (len kept) 1) (.pop kept))
                      (when is-last (.append kept "")))
      True (.append kept part)))
  (.join "/" kept))

(defn resolve/2 [reference base]
  "Give the address that a reference means, seen from another address."
  (like reference (address.urljoin (text-of base) (text-of reference))))

(defn resolve/3 [reference base options]
  "Give the address that a reference means, seen from another address; with `return_map` as a map."
  (setv found (resolve/2 reference base))
  (if (in (Atom "return_map") (list (elements options))) (parse/1 found) found))

(defn allowed_characters/0 []
  "Give the characters that each part of an address may have."
  (from-iterable (lfor [name characters] ALLOWED #((Atom name) characters))))

(defn transcode/2 [uri options]
  "Give an address with its %XX in another encoding: `#(in_encoding e)` and `#(out_encoding e)`."
  (setv given (dfor option (elements options) (str (get option 0)) (str (get option 1)))
        codec (fn [name] (get {"utf8" "utf-8" "unicode" "utf-8" "latin1" "latin-1"} (.get given name "utf8"))))
  (like uri (re.sub r"(?:%[0-9A-Fa-f]{2})+"
                    (fn [found]
                      (setv text (.decode (address.unquote-to-bytes (.group found)) (codec "in_encoding")))
                      (address.quote text :safe "" :encoding (codec "out_encoding")))
                    (text-of uri))))

(defn is_host/1 [text]
  "Say whether a text can be a host's name."
  (bool (re.fullmatch r"[\w.~!$&'()*+,;=%-]*" (text-of text))))

(defn is_path/1 [text]
  "Say whether a text can be a path."
  (bool (re.fullmatch r"[\w.~!$&'()*+,;=:@%/-]*" (text-of text))))

;; --- quoting

(defn quote/1 [text]
  "Write all but letters, digits and `-._~` as %XX."
  (quote/2 text ""))

(defn quote/2 [text safe]
  "Write all but letters, digits, `-._~` and some more as %XX."
  (like text (address.quote (text-of text) :safe (text-of safe))))

(defn unquote/1 [text]
  "Read %XX."
  (like text (address.unquote (text-of text))))

(defn percent_decode/1 [value]
  "Read %XX in a text or in the texts of a map."
  (if (isinstance value dict)
      (dfor [key part] (.items value) key (if (is (type part) int) part (unquote/1 part)))
      (unquote/1 value)))

;; --- queries

(defn compose_query/1 [pairs]
  "Write pairs as the query of a form."
  (compose_query/2 pairs (from-iterable [])))

(defn compose_query/2 [pairs options]
  "Write pairs as the query of a form."
  (setv items (list (elements pairs)))
  (like (if items (get items 0 0) "")
        (.join "&" (gfor [key value] items
                         (if (is value True)
                             (form-quoted key)
                             (+ (form-quoted key) "=" (form-quoted value)))))))

(defn form-quoted [value]
  (.replace (address.quote-plus (text-of value) :safe "*") "~" "%7E"))

(defn dissect_query/1 [query]
  "Read the pairs of a query."
  (from-iterable
    (lfor part (re.split "[&;]" (text-of query)) :if part
          (do
            (setv [key equals value] (.partition (.replace part "+" " ") "="))
            #((like query (address.unquote key)) (if equals (like query (address.unquote value)) True))))))
