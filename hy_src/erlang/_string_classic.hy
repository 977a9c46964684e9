"The older half of Erlang's string: functions on flat lists of code points, positions counted from 1.

`string.hy` takes these in; this is no module of the language by itself."

(import xrepl.dialect.data [Atom NIL elements from-iterable is-list string text-of :as code-points uncons]
        xrepl.dialect.raising [badarg error function-clause]
        xrepl.lang.erlang [lists]
        xrepl.lang.erlang._terms [same?])

(setv __lfe_module__ "string"
      BLANK 32)

(defn wrong [function #* call]
  (function-clause "string" function #* call))

(defn items-of [value function #* call]
  "Give the elements of a list; `function_clause` of the call for anything else."
  (when (not (is-list value)) (raise (wrong function #* call)))
  (list (elements value)))

(defn listed [items]
  "Give elements as a list, as a string when they are code points."
  (setv text (code-points items))
  (if (is text None) (from-iterable items) (string text)))

(defn counted [value]
  "Give the elements of what `length` must take."
  (when (not (is-list value)) (raise (badarg "erlang" "length" value)))
  (list (elements value)))

(defn flat [value function #* call]
  "Give the text of a flat list of code points."
  (setv found (if (is (type value) str) value (code-points (items-of value function #* call))))
  (when (is found None) (raise (wrong function #* call)))
  found)

(defn index? [value least]
  (and (is (type value) int) (>= value least)))

(defn among? [item items]
  (any (gfor other items (same? item other))))

;; --- asking

(defn len/1 [text]
  "Count the code points."
  (len (counted text)))

(defn places [text character function #* more]
  "Give the positions of a code point, counted from 1."
  (when (is-not (type character) int) (raise (wrong function text character)))
  (lfor [i item] (enumerate (items-of text function text character #* more) 1) :if (same? item character) i))

(defn chr/2 [text character]
  "Give the position of the first such code point, 0 when there is none."
  (get [#* (places text character "chr" 1) 0] 0))

(defn rchr/2 [text character]
  "Give the position of the last such code point, 0 when there is none."
  (get [0 #* (places text character "rchr" 1 0)] -1))

(defn starts [text part function #* more]
  "Give the positions where a part begins, counted from 1; an empty part begins nowhere."
  (when (not (is-list part)) (raise (wrong function text part)))
  (setv wanted (list (elements part))
        items (items-of text function text part #* more)
        size (len wanted))
  (lfor i (range (if size (- (len items) size -1) 0)) :if (all (map same? (cut items i (+ i size)) wanted)) (+ i 1)))

(defn str/2 [text part]
  "Give the position of the first such part, 0 when there is none."
  (get [#* (starts text part "str" 1) 0] 0))

(defn rstr/2 [text part]
  "Give the position of the last such part, 0 when there is none."
  (get [0 #* (starts text part "rstr" 1 0)] -1))

(defn run-length [text characters wanted function]
  (when (not (is-list characters)) (raise (wrong function text characters)))
  (setv count 0 chosen (list (elements characters)))
  (for [item (items-of text function text characters 0)]
    (when (is-not (among? item chosen) wanted) (break))
    (setv count (+ count 1)))
  count)

(defn span/2 [text characters]
  "Count the code points at the front that are among these."
  (run-length text characters True "span"))

(defn cspan/2 [text characters]
  "Count the code points at the front that are not among these."
  (run-length text characters False "cspan"))

(defn words/1 [text]
  "Count the words between blanks."
  (words/2 text BLANK))

(defn words/2 [text separator]
  "Count the words between runs of a separator; at least 1 for a text of none."
  (when (is-not (type separator) int) (raise (wrong "words" text separator)))
  (max 1 (len (parts-of text separator))))

(defn parts-of [text separator]
  (lfor part (.split (flat text "strip_left" text separator) (chr separator)) :if part part))

;; --- cutting

(defn substr/2 [text start]
  "Give the text from a position on."
  (when (or (not (index? start 1)) (and (= start 1) (not (is-list text))))
    (raise (wrong "substr" text start)))
  (setv rest text left start)
  (while (> left 1)
    (setv cell (uncons rest))
    (when (is cell None) (raise (wrong "substr2" rest left)))
    (setv rest cell.tail left (- left 1)))
  (listed (list (elements rest))))

(defn substr/3 [text start count]
  "Give this many code points from a position on, or as many as there are."
  (when (not (and (index? start 1) (index? count 0)))
    (raise (wrong "substr" text start count)))
  (listed (cut (items-of text "substr" text start count) (- start 1) (+ start -1 count))))

(defn sub_string/2 [text start]
  "Give the text from a position on."
  (substr/2 text start))

(defn sub_string/3 [text start stop]
  "Give the text from one position to another."
  (import xrepl.dialect.arithmetic [add subtract])
  (substr/3 text start (add (subtract stop start) 1)))

(defn sub_word/2 [text index]
  "Give a word between blanks, counted from 1."
  (sub_word/3 text index BLANK))

(defn sub_word/3 [text index separator]
  "Give a word between runs of a separator, counted from 1; the empty text when there are fewer."
  (when (not (and (is (type index) int) (is (type separator) int)))
    (raise (wrong "sub_word" text index separator)))
  (setv parts (parts-of text separator))
  (when (< index 1) (raise (wrong "sub_word" text index separator)))
  (string (if (<= index (len parts)) (get parts (- index 1)) "")))

(defn tokens/2 [text separators]
  "Split at runs of separators, without empty parts."
  (when (not (is-list separators)) (raise (error #((Atom "case_clause") separators))))
  (when (not (is-list text)) (raise (function-clause "lists" "reverse" text)))
  (setv parts [] part [] ends (list (elements separators)))
  (for [item [#* (elements text) None]]
    (cond
      (and (is-not item None) (not (among? item ends))) (.append part item)
      part (do
             (.append parts (listed part))
             (setv part []))))
  (from-iterable parts))

(defn strip/1 [text]
  "Take blanks off both ends."
  (strip/3 text (Atom "both") BLANK))

(defn strip/2 [text direction]
  "Take blanks off the left end, the right end or both."
  (when (not-in (str direction) #("left" "right" "both")) (raise (wrong "strip" text direction)))
  (strip/3 text direction BLANK))

(defn strip/3 [text direction character]
  "Take a character off the left end, the right end or both."
  (setv side (str direction))
  (when (not-in side #("left" "right" "both")) (raise (wrong "strip" text direction character)))
  (setv items (items-of text (if (= side "right") "strip_right" "strip_left") text character) start 0 end (len items))
  (when (!= side "right")
    (while (and (< start end) (same? (get items start) character)) (setv start (+ start 1))))
  (when (!= side "left")
    (while (and (< start end) (same? (get items (- end 1)) character)) (setv end (- end 1))))
  (listed (cut items start end)))

;; --- building

(defn concat/2 [a b]
  "Give one text followed by another."
  (if (and (is (type a) str) (is (type b) str)) (+ a b) (lists.append/2 a b)))

(defn join/2 [texts separator]
  "Give all texts with a separator between them."
  (setv parts (items-of texts "join" texts separator))
  (when (not parts)
    (when (not (is-list separator)) (raise (wrong "join" texts separator)))
    (return NIL))
  (when (and (is (type separator) str) (all (gfor part parts (is (type part) str))))
    (return (.join separator parts)))
  (setv rest (lfor part (cut parts 1 None) (lists.append/2 separator part)))
  (plain-text (lists.append/2 (get parts 0) (lists.append/1 (from-iterable rest)))))

(defn plain-text [xs]
  (try
    (listed (list (elements xs)))
    (except [TypeError]
      xs)))

(defn chars/2 [character count]
  "Give a text of this many equal characters."
  (chars/3 character count NIL))

(defn chars/3 [character count tail]
  "Give this many equal characters before a tail."
  (when (not (in (type count) #(int float))) (raise (error "badarith")))
  (when (not (index? count 0)) (raise (wrong "chars" character count tail)))
  (setv made (from-iterable (* [character] count) tail))
  (when (is-not (type character) int) (raise (wrong "chars" character 0 made)))
  (plain-text made))

(defn copies/2 [text count]
  "Give a text this many times over."
  (when (not (and (is-list text) (index? count 0))) (raise (wrong "copies" text count)))
  (listed (* (list (elements text)) count)))

(defn sized [text width character function]
  "Give a text's elements, once the width is seen to be one."
  (when (is-not (type width) int)
    (raise (wrong function text width #* (if (= character BLANK) [] [character]))))
  (counted text))

(defn left/2 [text width]
  "Give a text of this width: cut, or with blanks after it."
  (left/3 text width BLANK))

(defn left/3 [text width character]
  "Give a text of this width: cut, or with a character after it."
  (setv items (sized text width character "left"))
  (listed (+ (cut items 0 width) (* [character] (- width (len items))))))

(defn right/2 [text width]
  "Give a text of this width: its end, or with blanks before it."
  (right/3 text width BLANK))

(defn right/3 [text width character]
  "Give a text of this width: its end, or with a character before it."
  (setv items (sized text width character "right"))
  (listed (+ (* [character] (- width (len items))) (cut items (max 0 (- (len items) width)) None))))

(defn centre/2 [text width]
  "Give a text of this width: its middle, or with blanks around it."
  (centre/3 text width BLANK))

(defn centre/3 [text width character]
  "Give a text of this width: its middle, or with a character around it."
  (setv items (sized text width character "centre")
        spare (- width (len items)))
  (listed (if (< spare 0)
              (cut items (// (- spare) 2) (+ (// (- spare) 2) width))
              (+ (* [character] (// spare 2)) items (* [character] (- spare (// spare 2)))))))

;; --- case of Latin-1 letters

(defn shifted [code low by]
  (if (and (is (type code) int)
           (or (<= (ord "a") (+ code low) (ord "z"))
               (and (<= 0xe0 (+ code low) 0xfe) (!= (+ code low) 0xf7))))
      (+ code by)
      code))

(defn case-of [text low by function]
  (if (is (type text) int)
      (shifted text low by)
      (listed (lfor item (items-of text function text) (shifted item low by)))))

(defn to_upper/1 [text]
  "Give a text or code point in upper case, Latin-1 letters only."
  (case-of text 0 -32 "to_upper"))

(defn to_lower/1 [text]
  "Give a text or code point in lower case, Latin-1 letters only."
  (case-of text 32 32 "to_lower"))
