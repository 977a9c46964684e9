"The older half of Erlang's string: functions on flat lists of code points, positions counted from 1.

`string.hy` takes these in; this is no module of the language by itself."

(import xrepl.dialect.data [Atom elements from-iterable is-list string text-of :as code-points]
        xrepl.dialect.raising [function-clause])

(setv __lfe_module__ "string"
      BLANK 32)

(defn flat [value function #* call]
  "Give the text of a flat list of code points."
  (cond
    (is (type value) str) value
    (is-list value) (do
                      (setv found (code-points (elements value)))
                      (when (is found None) (raise (wrong function #* call)))
                      found)
    True (raise (wrong function #* call))))

(defn wrong [function #* call]
  (function-clause "string" function #* call))

(defn index? [value least]
  (and (is (type value) int) (>= value least)))

;; --- asking

(defn len/1 [text]
  "Count the code points."
  (len (flat text "len" text)))

(defn chr/2 [text character]
  "Give the position of the first such code point, 0 when there is none."
  (+ 1 (.find (flat text "chr" text character) (chr character))))

(defn rchr/2 [text character]
  "Give the position of the last such code point, 0 when there is none."
  (+ 1 (.rfind (flat text "rchr" text character) (chr character))))

(defn str/2 [text part]
  "Give the position of the first such part, 0 when there is none."
  (+ 1 (.find (flat text "str" text part) (flat part "str" text part))))

(defn rstr/2 [text part]
  "Give the position of the last such part, 0 when there is none."
  (+ 1 (.rfind (flat text "rstr" text part) (flat part "rstr" text part))))

(defn run-length [text characters wanted]
  (setv count 0)
  (for [character text]
    (when (is-not (in character characters) wanted) (break))
    (setv count (+ count 1)))
  count)

(defn span/2 [text characters]
  "Count the code points at the front that are among these."
  (run-length (flat text "span" text characters) (flat characters "span" text characters) True))

(defn cspan/2 [text characters]
  "Count the code points at the front that are not among these."
  (run-length (flat text "cspan" text characters) (flat characters "cspan" text characters) False))

(defn words/1 [text]
  "Count the words between blanks."
  (words/2 text BLANK))

(defn words/2 [text separator]
  "Count the words between runs of a separator; at least 1 for a text of none."
  (max 1 (len (parts-of (flat text "words" text separator) (chr separator)))))

(defn parts-of [text separator]
  (lfor part (.split text separator) :if part part))

;; --- cutting

(defn substr/2 [text start]
  "Give the text from a position on."
  (setv whole (flat text "substr" text start))
  (when (or (not (index? start 1)) (> start (+ 1 (len whole))))
    (raise (wrong "substr" text start)))
  (string (cut whole (- start 1) None)))

(defn substr/3 [text start count]
  "Give this many code points from a position on, or as many as there are."
  (setv whole (flat text "substr" text start count))
  (when (not (and (index? start 1) (index? count 0)))
    (raise (wrong "substr" text start count)))
  (string (cut whole (- start 1) (+ start -1 count))))

(defn sub_string/2 [text start]
  "Give the text from a position on."
  (substr/2 text start))

(defn sub_string/3 [text start stop]
  "Give the text from one position to another."
  (substr/3 text start (+ 1 (- stop start))))

(defn sub_word/2 [text index]
  "Give a word between blanks, counted from 1."
  (sub_word/3 text index BLANK))

(defn sub_word/3 [text index separator]
  "Give a word between runs of a separator, counted from 1; the empty text when there are fewer."
  (setv parts (parts-of (flat text "sub_word" text index separator) (chr separator)))
  (when (not (index? index 1))
    (raise (wrong "sub_word" text index separator)))
  (string (if (<= index (len parts)) (get parts (- index 1)) "")))

(defn tokens/2 [text separators]
  "Split at runs of separators, without empty parts."
  (setv parts [] part []
        ends (flat separators "tokens" text separators))
  (for [character (flat text "tokens" text separators)]
    (if (in character ends)
        (when part
          (.append parts (.join "" part))
          (.clear part))
        (.append part character)))
  (when part (.append parts (.join "" part)))
  (from-iterable parts))

(defn strip/1 [text]
  "Take blanks off both ends."
  (strip/3 text (Atom "both") BLANK))

(defn strip/2 [text direction]
  "Take blanks off the left end, the right end or both."
  (strip/3 text direction BLANK))

(defn strip/3 [text direction character]
  "Take a character off the left end, the right end or both."
  (setv whole (flat text "strip" text direction character)
        unwanted (chr character)
        side (getattr direction "name" ""))
  (string (cond
            (= side "left") (.lstrip whole unwanted)
            (= side "right") (.rstrip whole unwanted)
            (= side "both") (.strip whole unwanted)
            True (raise (wrong "strip" text direction character)))))

;; --- building

(defn concat/2 [a b]
  "Give one text followed by another."
  (string (+ (flat a "concat" a b) (flat b "concat" a b))))

(defn join/2 [texts separator]
  "Give all texts with a separator between them."
  (when (not (is-list texts))
    (raise (wrong "join" texts separator)))
  (setv parts [] between (list (elements separator)))
  (for [text (elements texts)]
    (when (is-not (type text) str)
      (when (not (is-list text)) (raise (wrong "join" texts separator))))
    (.append parts (list (elements text))))
  (when (not parts) (return (from-iterable [])))
  (setv joined (get parts 0))
  (for [part (cut parts 1 None)]
    (.extend joined between)
    (.extend joined part))
  (setv whole (code-points joined))
  (if (is whole None) (from-iterable joined) (string whole)))

(defn chars/2 [character count]
  "Give a text of this many equal characters."
  (string (* (chr character) count)))

(defn chars/3 [character count tail]
  "Give this many equal characters before a tail."
  (from-iterable (* [character] count) tail))

(defn copies/2 [text count]
  "Give a text this many times over."
  (when (not (index? count 0)) (raise (wrong "copies" text count)))
  (string (* (flat text "copies" text count) count)))

(defn left/2 [text width]
  "Give a text of this width: cut, or with blanks after it."
  (left/3 text width BLANK))

(defn left/3 [text width character]
  "Give a text of this width: cut, or with a character after it."
  (setv whole (flat text "left" text width character))
  (string (.ljust (cut whole 0 width) width (chr character))))

(defn right/2 [text width]
  "Give a text of this width: its end, or with blanks before it."
  (right/3 text width BLANK))

(defn right/3 [text width character]
  "Give a text of this width: its end, or with a character before it."
  (setv whole (flat text "right" text width character))
  (string (.rjust (cut whole (max 0 (- (len whole) width)) None) width (chr character))))

(defn centre/2 [text width]
  "Give a text of this width: its middle, or with blanks around it."
  (centre/3 text width BLANK))

(defn centre/3 [text width character]
  "Give a text of this width: its middle, or with a character around it."
  (setv whole (flat text "centre" text width character)
        spare (- width (len whole)))
  (string (if (< spare 0)
              (cut whole (// (- spare) 2) (+ (// (- spare) 2) width))
              (+ (* (chr character) (// spare 2)) whole (* (chr character) (- spare (// spare 2)))))))

;; --- case of Latin-1 letters

(defn shifted [code low by]
  (if (or (<= (ord "a") (+ code low) (ord "z"))
          (and (<= 0xe0 (+ code low) 0xfe) (!= (+ code low) 0xf7)))
      (+ code by)
      code))

(defn to_upper/1 [text]
  "Give a text or code point in upper case, Latin-1 letters only."
  (if (is (type text) int)
      (shifted text 0 -32)
      (string (.join "" (gfor c (flat text "to_upper" text) (chr (shifted (ord c) 0 -32)))))))

(defn to_lower/1 [text]
  "Give a text or code point in lower case, Latin-1 letters only."
  (if (is (type text) int)
      (shifted text 32 32)
      (string (.join "" (gfor c (flat text "to_lower" text) (chr (shifted (ord c) 32 32)))))))
