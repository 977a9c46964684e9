"Erlang's re: Perl-compatible regular expressions, on Python's engine.

Different from PCRE: no recursion, no `\\K`, no callouts, no branch reset, look-behind of fixed width only, no scripts in
`\\p{..}`; the limits on matching are accepted and not minded. Offsets count bytes, as in Erlang."

(import xrepl.dialect.data [Atom Cons NIL from-iterable is-list string]
        xrepl.dialect.raising [badarg]
        xrepl.dialect.regex [compile-pattern]
        xrepl.dialect.regex-classes [RegexError]
        xrepl.lang.erlang._regex [COMPILE-OPTIONS Options Subject captured captures-nothing? chosen compiled? matches
                                  packed search-of text-from unpacked])

(setv __lfe_module__ "re"
      MATCH (Atom "match")
      NO-MATCH (Atom "nomatch")
      ERROR (Atom "error"))

(defn wrong [problem]
  "Give Erlang's tuple for what is wrong with a pattern."
  #(ERROR #((string problem.message) problem.position)))

;; --- compiling

(defn version/0 []
  "Give the version of the library whose patterns these are."
  b"8.44 2020-02-12")

(defn compile/1 [pattern]
  "Compile a pattern: `#(ok compiled)` or `#(error #(message position))`."
  (compiled pattern NIL [pattern]))

(defn compile/2 [pattern options]
  "Compile a pattern with options: `#(ok compiled)` or `#(error #(message position))`."
  (compiled pattern options [pattern options]))

(defn compiled [pattern options call]
  (try
    (setv taken (Options options)
          text (text-from pattern (in "unicode" taken.compiling)))
    (when (- taken.running COMPILE-OPTIONS) (raise (ValueError "an option of run")))
    (setv made (compile-pattern text (frozenset taken.compiling)))
    #((Atom "ok") (packed text taken.compiling made.groups))
    (except [problem RegexError]
      (wrong problem))
    (except [[ValueError TypeError]]
      (raise (badarg "re" "compile" #* call)))))

(defn inspect/2 [pattern item]
  "Give an item of what is known of a compiled pattern: `namelist`."
  (when (or (not (compiled? pattern)) (is-not item (Atom "namelist")))
    (raise (badarg "re" "inspect" pattern item)))
  (setv [text options] (unpacked pattern)
        names (. (compile-pattern text (frozenset options)) groupindex))
  #(item (from-iterable (lfor name (sorted names) (.encode name "utf-8")))))

;; --- searching

(defn run/2 [subject pattern]
  "Search: `#(match captures)`, each capture `#(offset length)`, or `nomatch`."
  (ran subject pattern NIL [subject pattern]))

(defn run/3 [subject pattern options]
  "Search with options: `match`, `#(match captures)`, or `nomatch`."
  (ran subject pattern options [subject pattern options]))

(defn ran [value pattern options call]
  (try
    (setv taken (Options options)
          [subject regex] (search-of value pattern taken)
          found (searched subject regex taken))
    (except [problem RegexError]
      (when (in "report_errors" taken.running)
        (return #(ERROR #((Atom "compile") (get (wrong problem) 1)))))
      (raise (badarg "re" "run" #* call)))
    (except [[ValueError TypeError]]
      (raise (badarg "re" "run" #* call))))
  found)

(defn searched [subject regex options]
  (setv found (matches subject regex options)
        first (next found None))
  (cond
    (is first None) NO-MATCH
    (captures-nothing? regex options.capture) MATCH
    (in "global" options.running)
      #(MATCH (from-iterable (lfor one [first #* found] (captured subject one options.capture))))
    True #(MATCH (captured subject first options.capture))))

;; --- replacing

(defn replace/3 [subject pattern replacement]
  "Replace the first match; `&` and `\\\\1` in the replacement stand for what matched. Gives nested binaries."
  (replaced subject pattern replacement NIL [subject pattern replacement]))

(defn replace/4 [subject pattern replacement options]
  "Replace the first match, or all with `global`; the option `#(return list)` gives a string.

  The replacement may be a function of the match and its groups."
  (replaced subject pattern replacement options [subject pattern replacement options]))

(defn replaced [value pattern replacement options call]
  (try
    (setv taken (Options options "return")
          kind (return-kind taken)
          [subject regex] (search-of value pattern taken)
          parts (if (callable replacement) replacement (replacement-parts (text-from replacement subject.unicode)))
          found (matches subject regex taken)
          pieces (pieced subject (if (in "global" taken.running) found (first-of found)) parts))
    (except [[ValueError TypeError]]
      (raise (badarg "re" "replace" #* call))))
  (cond
    (and (is pieces None) (= kind "iodata")) value
    (= kind "iodata") pieces
    True (subject.given kind (if (is pieces None) subject.text (text-from-pieces pieces subject)))))

(defn first-of [found]
  (for [one found]
    (yield one)
    (return)))

(defn return-kind [options]
  (setv kind (str (.get options.extra "return" "iodata")))
  (when (not-in kind #("iodata" "list" "binary")) (raise (ValueError "return")))
  kind)

(defn text-from-pieces [pieces subject]
  (text-from (if (is-list pieces) pieces (from-iterable [pieces])) subject.unicode))

(defn replacement-parts [text]
  "Split a replacement into texts and the numbers of groups."
  (setv parts [] literal [] i 0)
  (while (< i (len text))
    (setv [group used] (reference text i))
    (cond
      (is-not group None) (do
                            (when literal (.append parts (.join "" literal)))
                            (setv literal [])
                            (.append parts group))
      (and (= (get text i) "\\") (< (+ i 1) (len text))) (do
                                                          (.append literal (get text (+ i 1)))
                                                          (setv used 2))
      True (.append literal (get text i)))
    (setv i (+ i used)))
  (when literal (.append parts (.join "" literal)))
  parts)

(defn reference [text i]
  "Give the group that is meant at a place of a replacement, or None, and how many characters say so."
  (setv rest (cut text i None))
  (cond
    (.startswith rest "&") #(0 1)
    (.startswith rest "\\g{") (do
                                (setv end (.index rest "}"))
                                #((int (cut rest 3 end)) (+ end 1)))
    True (do
           (setv skip (if (.startswith rest "\\g") 2 1)
                 digits (leading-digits (cut rest skip None)))
           (if (and (.startswith rest "\\") digits (or (= skip 2) (!= (get digits 0) "0")))
               #((int digits) (+ skip (len digits)))
               #(None 1)))))

(defn leading-digits [text]
  (setv count 0)
  (while (and (< count (len text)) (in (get text count) "0123456789"))
    (setv count (+ count 1)))
  (cut text count))

(defn pieced [subject found parts]
  "Give the text with replacements as Erlang nests it, or None when nothing matched."
  (setv pieces [] at 0 any False)
  (for [one found]
    (setv any True before (cut subject.text at (.start one)))
    (when before (.append pieces (subject.binary before)))
    (.append pieces (insertion subject one parts))
    (setv at (.end one)))
  (setv after (cut subject.text at None))
  (if any (from-iterable pieces (if after (subject.binary after) NIL)) None))

(defn insertion [subject found parts]
  "Give what comes in the place of a match."
  (when (callable parts)
    (return (parts (subject.binary (.group found))
                   (from-iterable (lfor group (.groups found "") (subject.binary group))))))
  (setv made (lfor part parts
                   (subject.binary (if (is (type part) int) (group-text found part) part))))
  (cond
    (not made) NIL
    (= (len made) 1) (get made 0)
    True (from-iterable made)))

(defn group-text [found number]
  (if (<= number (. found re groups)) (or (.group found number) "") ""))

;; --- splitting

(defn split/2 [subject pattern]
  "Split at every match, into binaries; groups of the pattern come between."
  (parted subject pattern NIL [subject pattern]))

(defn split/3 [subject pattern options]
  "Split at every match; options are `#(return list)`, `#(parts n)`, `trim`, `group` and those of `run`."
  (parted subject pattern options [subject pattern options]))

(defn parted [value pattern options call]
  (try
    (setv taken (Options options "return" "parts" "trim" "group")
          kind (return-kind taken)
          limit (part-limit taken options)
          [subject regex] (search-of value pattern taken))
    (when (in "global" taken.running) (raise (ValueError "global")))
    (setv rows (split-rows subject (matches subject regex taken) (if (> limit 0) limit None)))
    (except [[ValueError TypeError]]
      (raise (badarg "re" "split" #* call))))
  (setv groups (in "group" taken.extra)
        items (if groups rows (lfor row rows part row part)))
  (when (= limit -1)
    (while (and (> (len items) (if subject.text 0 1)) (not (any (if groups (get items -1) [(get items -1)]))))
      (.pop items)))
  (setv give (if (= kind "list") string subject.binary))
  (from-iterable (if groups
                     (lfor row items (from-iterable (map give row)))
                     (map give items))))

(defn part-limit [options given]
  "Give how many parts there may be: 0 for any number, -1 for any but empty ones at the end; the last option counts."
  (setv limit 0)
  (for [option given]
    (cond
      (= (str option) "trim") (setv limit -1)
      (and (is (type option) tuple) (= (str (get option 0)) "parts"))
        (setv limit (parts-of (get option 1)))))
  limit)

(defn parts-of [number]
  (cond
    (= (str number) "infinity") 0
    (and (is (type number) int) (>= number 0)) number
    True (raise (ValueError "parts"))))

(defn split-rows [subject found limit]
  "Give rows of a part and the groups of the match after it; an empty match at a part's start does not split."
  (setv rows [] at 0 text subject.text)
  (for [one found]
    (when (and (is-not limit None) (>= (+ (len rows) 1) limit)) (break))
    (when (not (= (.end one) (.start one) at))
      (.append rows [(cut text at (.start one)) #* (.groups one "")])
      (setv at (.end one))))
  (.append rows [(cut text at None)])
  rows)
