"Erlang's string: text as lists of code points or UTF-8 binaries, by user-perceived characters.

What comes in as a binary goes out as a binary. The older functions, which count code points, are in
`_string_classic.hy`; text is never normalised here (see `unicode`)."

(import functools
        xrepl.dialect.data [Atom Cons NIL elements from-iterable is-list string]
        xrepl.dialect.formatting [EncodingError flatten]
        xrepl.dialect.graphemes [clusters is-simple]
        xrepl.dialect.raising [badarg error function-clause]
        xrepl.lang.erlang._string-classic *)

(setv __lfe_module__ "string"
      LEADING (Atom "leading")
      TRAILING (Atom "trailing")
      BOTH (Atom "both")
      ALL (Atom "all")
      NO-MATCH (Atom "nomatch")
      LINE-ENDS #((from-iterable ["\r\n" 10]) "\r\n" (Atom "undefined"))
      WHITE-SPACE ["\r\n" "\t" "\n" "\v" "\f" "\r" " " "\u0085" "\u200e" "\u200f" "\u2028" "\u2029"])

;; --- text in and out

(defn text-of [value]
  "Give the text of a string, a binary or nested lists of them."
  (cond
    (is (type value) str) value
    (is (type value) bytes) (.decode value "utf-8")
    True (try
           (flatten value)
           (except [EncodingError]
             (raise (function-clause "unicode_util" "cp" value))))))

(defn pattern-of [value]
  "Give the text to look for."
  (try
    (flatten value)
    (except [EncodingError]
      (raise (badarg "unicode" "characters_to_list" value)))))

(defn like [sample text]
  "Give a text in the form of a sample: a binary for a binary, a string for all else."
  (if (is (type sample) bytes)
      (.encode text "utf-8" "surrogatepass")
      (string text)))

(defn separators-of [value #* call]
  "Give the set of separators that a list of characters and clusters names."
  (when (not (is-list value)) (raise (clause #* call)))
  (frozenset (lfor item (elements value) (if (is (type item) int) (chr item) (flatten item)))))

(defn clause [function #* arguments]
  (function-clause "string" function #* arguments))

;; --- asking

(defn length/1 [text]
  "Count the characters."
  (setv flat (text-of text))
  (if (is-simple flat) (len flat) (len (clusters flat))))

(defn is_empty/1 [text]
  "Say whether a text is empty."
  (if (or (is-list text) (is (type text) bytes)) (not (text-of text)) False))

(defn equal/2 [a b]
  "Say whether two texts are the same, in whatever form."
  (= (text-of a) (text-of b)))

(defn equal/3 [a b ignore-case]
  "Say whether two texts are the same, perhaps but for case."
  (equal/4 a b ignore-case (Atom "none")))

(defn equal/4 [a b ignore-case form]
  "Say whether two texts are the same once normalised (nfc, nfd, nfkc, nfkd or none), perhaps but for case."
  (import unicodedata)
  (setv same (fn [text]
               (setv folded (if (is ignore-case True) (.casefold text) text))
               (if (= form.name "none") folded (unicodedata.normalize (.upper form.name) folded))))
  (= (same (text-of a)) (same (text-of b))))

(defn prefix/2 [text start]
  "Give what follows a prefix, or `nomatch`."
  (setv head (pattern-of start) flat (text-of text))
  (if (.startswith flat head) (like text (cut flat (len head) None)) NO-MATCH))

(defn searched [value]
  "Give the text that is searched: `badmatch` for what is none."
  (when (not (or (is-list value) (is (type value) bytes)))
    (raise (error #((Atom "badmatch") value))))
  (text-of value))

(defn find-at [text pattern direction call]
  (when (not-in direction [LEADING TRAILING]) (raise (clause "find" #* call)))
  (setv wanted (pattern-of pattern) flat (searched text))
  (setv at (cond
             (not wanted) 0
             (is direction TRAILING) (.rfind flat wanted)
             True (.find flat wanted)))
  (if (< at 0) NO-MATCH (like text (cut flat at None))))

(defn find/2 [text pattern]
  "Give the text from the first match of a pattern on, or `nomatch`."
  (find-at text pattern LEADING [text pattern]))

(defn find/3 [text pattern direction]
  "Give the text from the first or last match of a pattern on, or `nomatch`."
  (find-at text pattern direction [text pattern direction]))

;; --- cutting

(defn slice/2 [text start]
  "Give the text from a character on, counted from 0."
  (sliced text start None [text start]))

(defn slice/3 [text start count]
  "Give this many characters of a text from one on, counted from 0."
  (sliced text start (if (is count (Atom "infinity")) None count) [text start count]))

(defn sliced [text start count call]
  (when (or (is-not (type start) int) (< start 0)
            (not (or (is count None) (and (is (type count) int) (>= count 0)))))
    (raise (clause "slice" #* call)))
  (setv flat (text-of text)
        pieces (if (is-simple flat) flat (clusters flat))
        end (if (is count None) None (+ start count)))
  (like text (.join "" (cut pieces start end))))

(defn split/2 [text pattern]
  "Split at the first match of a pattern."
  (split/3 text pattern LEADING))

(defn split/3 [text pattern where]
  "Split at the first (`leading`), last (`trailing`) or every (`all`) match of a pattern."
  (setv wanted (pattern-of pattern) flat (searched text))
  (setv parts (cond
                (or (not wanted) (not-in wanted flat)) [flat]
                (is where LEADING) (.split flat wanted 1)
                (is where TRAILING) (.rsplit flat wanted 1)
                (is where ALL) (.split flat wanted)
                True (raise (error #((Atom "case_clause") (like text (get (.split flat wanted 1) 1)))))))
  (from-iterable (lfor part parts (like text part))))

(defn replace/3 [text pattern replacement]
  "Replace the first match of a pattern; the result is a list of pieces."
  (replace/4 text pattern replacement LEADING))

(defn replace/4 [text pattern replacement where]
  "Replace the first, last or every match of a pattern; the result is a list of pieces."
  (setv parts [])
  (for [part (elements (split/3 text pattern where))]
    (when parts (.append parts replacement))
    (.append parts part))
  (from-iterable parts))

(defn need-text [value function #* call]
  (when (not (or (is-list value) (is (type value) bytes))) (raise (clause function #* call))))

(defn pattern-for [separators]
  "Give separators as Erlang's functions hand them on."
  #(separators separators (Atom "undefined")))

(defn lexemes/2 [text separators]
  "Split at runs of separators, without empty parts."
  (setv parts [] part [] ends (separators-of separators "lexemes" text separators))
  (need-text text "lexemes_m" text (pattern-for separators) NIL)
  (for [character (clusters (text-of text))]
    (if (in character ends)
        (when part
          (.append parts (.join "" part))
          (.clear part))
        (.append part character)))
  (when part (.append parts (.join "" part)))
  (from-iterable (lfor part parts (like text part))))

(defn nth_lexeme/3 [text index separators]
  "Give a part between runs of separators, counted from 1; the empty text when there are fewer."
  (when (or (is-not (type index) int) (< index 1))
    (raise (clause "nth_lexeme" text index separators)))
  (need-text text "nth_lexeme_m" text (pattern-for separators) index)
  (setv parts (list (lexemes/2 text separators)))
  (if (<= index (len parts)) (get parts (- index 1)) (like text "")))

(defn trimmed [text direction separators]
  (setv pieces (clusters text) start 0 end (len pieces))
  (when (is-not direction TRAILING)
    (while (and (< start end) (in (get pieces start) separators))
      (setv start (+ start 1))))
  (when (is-not direction LEADING)
    (while (and (< start end) (in (get pieces (- end 1)) separators))
      (setv end (- end 1))))
  (.join "" (cut pieces start end)))

(defn trim/1 [text]
  "Take white space off both ends."
  (trim/2 text BOTH))

(defn trim/2 [text direction]
  "Take white space off the leading end, the trailing end or both."
  (trim/3 text direction (from-iterable (lfor item WHITE-SPACE (if (= (len item) 1) (ord item) item)))))

(defn trim/3 [text direction separators]
  "Take separators off the leading end, the trailing end or both."
  (when (not (or (is-list text) (isinstance text bytes)))
    (raise (clause (if (is direction TRAILING) "trim_t" "trim_l") text separators)))
  (when (not-in direction [LEADING TRAILING BOTH])
    (raise (clause "trim" text direction separators)))
  (like text (trimmed (text-of text) direction (separators-of separators "trim" text direction separators))))

(defn chomp/1 [text]
  "Take the line ends off the end."
  (need-text text "trim_t" text 0 LINE-ENDS)
  (like text (trimmed (text-of text) TRAILING ["\r\n" "\n"])))

(defn take/2 [text characters]
  "Split after the leading run of these characters."
  (take/4 text characters False LEADING))

(defn take/3 [text characters complement]
  "Split after the leading run of these characters, or of any others."
  (take/4 text characters complement LEADING))

(defn take/4 [text characters complement direction]
  "Split after the leading or before the trailing run of these characters, or of any others."
  (need-text text (if (is direction TRAILING) "take_t" "take_l") text characters NIL)
  (when (not (is-list characters)) (raise (badarg "lists" "member" (grapheme (get (clusters (text-of text)) 0)) characters)))
  (setv pieces (clusters (text-of text)) wanted (separators-of characters "take") at 0)
  (setv order (if (is direction TRAILING) (list (reversed pieces)) pieces))
  (for [piece order]
    (when (= (in piece wanted) (is complement True)) (break))
    (setv at (+ at 1)))
  (setv border (if (is direction TRAILING) (- (len pieces) at) at))
  #((like text (.join "" (cut pieces 0 border))) (like text (.join "" (cut pieces border None)))))

(defn next_codepoint/1 [text]
  "Give a list of the first code point and the rest of the text."
  (setv flat (text-of text))
  (if flat (Cons (ord (get flat 0)) (like text (cut flat 1 None))) NIL))

(defn next_grapheme/1 [text]
  "Give a list of the first character and the rest of the text."
  (setv pieces (clusters (text-of text)))
  (if pieces (Cons (grapheme (get pieces 0)) (like text (.join "" (cut pieces 1 None)))) NIL))

(defn grapheme [cluster]
  (if (= (len cluster) 1) (ord cluster) cluster))

(defn to_graphemes/1 [text]
  "Give the list of characters: code points, or lists of them where a character has more than one."
  (setv flat (text-of text))
  (if (is-simple flat) (string flat) (from-iterable (map grapheme (clusters flat)))))

;; --- changing

(defn reverse/1 [text]
  "Reverse the characters; always gives a list."
  (setv flat (text-of text))
  (string (if (is-simple flat) (cut flat None None -1) (.join "" (reversed (clusters flat))))))

(defn changed [text change]
  "Apply a change to the text; what is no text at all is an error of its own kind."
  (when (not (or (is-list text) (isinstance text bytes)))
    (raise (error #((Atom "badarg") text))))
  (like text (change (text-of text))))

(defn uppercase/1 [text]
  "Give the text in upper case."
  (changed text (fn [flat] (.upper flat))))

(defn lowercase/1 [text]
  "Give the text in lower case, each character by itself."
  (changed text (fn [flat] (if (in "Σ" flat) (.join "" (gfor c flat (.lower c))) (.lower flat)))))

(defn casefold/1 [text]
  "Give the text in the form that compares without case."
  (changed text (fn [flat] (.casefold flat))))

(defn titlecase/1 [text]
  "Give the text with its first character in title case."
  (need-text text "titlecase" text)
  (changed text (fn [flat] (+ (.title (cut flat 1)) (cut flat 1 None)))))

(defn pad/2 [text width]
  "Pad with blanks after the text; the result is a nested list."
  (pad/4 text width TRAILING 32))

(defn pad/3 [text width direction]
  "Pad with blanks before, after or on both sides of the text; the result is a nested list."
  (pad/4 text width direction 32))

(defn pad/4 [text width direction character]
  "Pad with a character before, after or on both sides of the text; the result is a nested list."
  (when (is-not (type width) int) (raise (clause "pad" text width direction character)))
  (setv missing (max 0 (- width (length/1 text)))
        half (from-iterable (* [character] (// missing 2)))
        whole (from-iterable (* [character] missing)))
  (cond
    (is direction TRAILING) (Cons text whole)
    (is direction LEADING) (from-iterable [whole text])
    (is direction BOTH) (from-iterable [half text half #* (if (% missing 2) [character] [])])
    True (raise (clause "pad" text width direction character))))

;; --- numbers at the front of a text

(setv INTEGER (functools.partial (. (__import__ "re") match) r"[+-]?[0-9]+")
      FLOAT (functools.partial (. (__import__ "re") match) r"[+-]?[0-9]+[.,][0-9]+(?:[eE][+-]?[0-9]+)?"))

(defn front-number [text scan convert missing]
  (when (not (or (is-list text) (isinstance text bytes)))
    (return #((Atom "error") (Atom "badarg"))))
  (try
    (setv flat (flatten text))
    (except [EncodingError]
      (return #((Atom "error") (Atom "badarg")))))
  (setv found (scan flat))
  (if found
      #((convert (.group found)) (like text (cut flat (.end found) None)))
      #((Atom "error") (Atom missing))))

(defn to_integer/1 [text]
  "Give the integer at the front and the rest, or an error tuple."
  (front-number text INTEGER int "no_integer"))

(defn to_float/1 [text]
  "Give the float at the front and the rest, or an error tuple."
  (front-number text FLOAT (fn [found] (float (.replace found "," "."))) "no_float"))
