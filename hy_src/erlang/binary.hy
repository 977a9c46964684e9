"Erlang's binary: finding, splitting, replacing and converting bytes.

A binary is a Python bytes; bit strings whose last byte is cut are no binaries. Places count from 0."

(import re
        xrepl.dialect.data [Atom NIL elements from-iterable is-list string]
        xrepl.dialect.raising [LfeError badarg]
        xrepl.lang.erlang._erlang-data [joined-bytes part-of])

(setv __lfe_module__ "binary"
      NO-MATCH (Atom "nomatch")
      GLOBAL (Atom "global")
      LOW-FIRST (Atom "little")
      HIGH-FIRST (Atom "big")
      COMPILED (Atom "bm"))

(defn bad [function #* call]
  (badarg "binary" function #* call))

(defn data-of [value function #* call]
  (when (is-not (type value) bytes) (raise (bad function #* call)))
  value)

(defn searcher [pattern function #* call]
  "Give a regular expression for one binary or a list of them; of several that match at a place the longest counts."
  (when (and (is (type pattern) tuple) (= (len pattern) 2) (is (get pattern 0) COMPILED))
    (return (searcher (get pattern 1) function #* call)))
  (setv wanted (if (is-list pattern) (list (elements pattern)) [pattern]))
  (when (or (not wanted) (not (all (gfor w wanted (and (is (type w) bytes) w)))))
    (raise (bad function #* call)))
  (re.compile (.join b"|" (gfor w (sorted wanted :key len :reverse True) (re.escape w))) re.DOTALL))

(defn scope-of [data options function #* call]
  "Give where a search begins and ends."
  (setv start 0 end (len data))
  (for [option (elements options)]
    (cond
      (and (is (type option) tuple) (= (get option 0) (Atom "scope")))
        (do
          (setv [from length] (get option 1))
          (when (is (part-of data from length) None) (raise (bad function #* call)))
          (setv [start end] (sorted [from (+ from length)])))
      (not-in option #(GLOBAL (Atom "trim") (Atom "trim_all"))) (when (is-not (type option) tuple)
                                                                 (raise (bad function #* call)))))
  #(start end))

(defn place [found]
  #((.start found) (- (.end found) (.start found))))

;; --- finding

(defn compile_pattern/1 [pattern]
  "Give a pattern for many searches."
  (searcher pattern "compile_pattern" pattern)
  #(COMPILED pattern))

(defn without-options [work function #* call]
  "Call a function with no options; a bad argument is told with the arguments that were given."
  (try
    (work #* call NIL)
    (except [problem LfeError]
      (raise (if (is problem.reason (Atom "badarg")) (bad function #* call) problem)))))

(defn match/2 [data pattern]
  "Give where a pattern is first found as `#(start length)`, or `nomatch`."
  (without-options match/3 "match" data pattern))

(defn match/3 [data pattern options]
  "Give where a pattern is first found in a `#(scope #(start length))`, or `nomatch`."
  (data-of data "match" data pattern options)
  (setv found (.search (searcher pattern "match" data pattern options) data
                       #* (scope-of data options "match" data pattern options)))
  (if found (place found) NO-MATCH))

(defn matches/2 [data pattern]
  "Give all places where a pattern is found."
  (without-options matches/3 "matches" data pattern))

(defn matches/3 [data pattern options]
  "Give all places where a pattern is found in a scope."
  (data-of data "matches" data pattern options)
  (from-iterable
    (list (map place (.finditer (searcher pattern "matches" data pattern options) data
                                #* (scope-of data options "matches" data pattern options))))))

(defn split/2 [data pattern]
  "Split at the first place where a pattern is found."
  (without-options split/3 "split" data pattern))

(defn split/3 [data pattern options]
  "Split at the first or, with `global`, at every place; `trim` and `trim_all` leave out empty parts."
  (data-of data "split" data pattern options)
  (setv found (.finditer (searcher pattern "split" data pattern options) data
                         #* (scope-of data options "split" data pattern options))
        wanted (list (elements options))
        parts [] at 0)
  (for [m found]
    (.append parts (cut data at (.start m)))
    (setv at (.end m))
    (when (not-in GLOBAL wanted) (break)))
  (.append parts (cut data at None))
  (when (in (Atom "trim_all") wanted)
    (setv parts (list (filter None parts))))
  (when (in (Atom "trim") wanted)
    (while (and parts (not (get parts -1))) (.pop parts)))
  (from-iterable parts))

(defn replace/3 [data pattern replacement]
  "Replace the first match of a pattern."
  (without-options replace/4 "replace" data pattern replacement))

(defn replace/4 [data pattern replacement options]
  "Replace the first or, with `global`, every match; `#(insert_replaced places)` puts the match into the replacement."
  (setv call [data pattern replacement options])
  (data-of data "replace" #* call)
  (when (not (or (is (type replacement) bytes) (callable replacement))) (raise (bad "replace" #* call)))
  (setv [start end] (scope-of data options "replace" #* call)
        wanted (list (elements options))
        places (inserts wanted)
        made [] at 0)
  (for [m (.finditer (searcher pattern "replace" #* call) data start end)]
    (.append made (cut data at (.start m)))
    (.append made (if (callable replacement)
                      (replacement (.group m))
                      (inserted replacement places (.group m))))
    (setv at (.end m))
    (when (not-in GLOBAL wanted) (break)))
  (.append made (cut data at None))
  (.join b"" made))

(defn inserts [options]
  (setv places [])
  (for [option options]
    (when (and (is (type option) tuple) (= (get option 0) (Atom "insert_replaced")))
      (setv where (get option 1)
            places (if (is-list where) (list (elements where)) [where]))))
  (sorted places :reverse True))

(defn inserted [replacement places found]
  (setv made replacement)
  (for [at places]
    (setv made (+ (cut made at) found (cut made at None))))
  made)

(defn longest_common_prefix/1 [binaries]
  "Count the bytes that all binaries begin with."
  (common (list (elements binaries))))

(defn longest_common_suffix/1 [binaries]
  "Count the bytes that all binaries end with."
  (common (lfor b (elements binaries) (cut b None None -1))))

(defn common [items]
  (setv count 0)
  (for [column (zip #* items)]
    (when (> (len (set column)) 1) (break))
    (setv count (+ count 1)))
  count)

;; --- parts

(defn at/2 [data index]
  "Give the byte at a place."
  (when (not (and (is (type data) bytes) (is (type index) int) (<= 0 index) (< index (len data))))
    (raise (bad "at" data index)))
  (get data index))

(defn first/1 [data]
  "Give the first byte."
  (when (not (data-of data "first" data)) (raise (bad "first" data)))
  (get data 0))

(defn last/1 [data]
  "Give the last byte."
  (when (not (data-of data "last" data)) (raise (bad "last" data)))
  (get data -1))

(defn part/2 [data where]
  "Give a part: `#(start length)`."
  (setv part (when (and (is (type data) bytes) (is (type where) tuple) (= (len where) 2))
               (part-of data #* where)))
  (if (is part None) (raise (bad "part" data where)) part))

(defn part/3 [data start length]
  "Give a part; with a negative length the one before the start."
  (setv part (when (is (type data) bytes) (part-of data start length)))
  (if (is part None) (raise (bad "part" data start length)) part))

(defn copy/1 [data]
  "Give the same bytes."
  (data-of data "copy" data))

(defn copy/2 [data count]
  "Give the bytes this many times over."
  (data-of data "copy" data count)
  (when (not (and (is (type count) int) (>= count 0))) (raise (bad "copy" data count)))
  (* data count))

(defn referenced_byte_size/1 [data]
  "Count the bytes that a binary keeps."
  (len (data-of data "referenced_byte_size" data)))

;; --- conversions

(defn bin_to_list/1 [data]
  "Give the bytes as a list."
  (string (.decode (data-of data "bin_to_list" data) "latin-1")))

(defn bin_to_list/2 [data where]
  "Give the bytes of a part as a list."
  (setv part (when (and (is (type data) bytes) (is (type where) tuple)) (part-of data #* where)))
  (if (is part None) (raise (bad "bin_to_list" data where)) (bin_to_list/1 part)))

(defn bin_to_list/3 [data start length]
  "Give the bytes of a part as a list."
  (setv part (when (is (type data) bytes) (part-of data start length)))
  (if (is part None) (raise (bad "bin_to_list" data start length)) (bin_to_list/1 part)))

(defn list_to_bin/1 [value]
  "Give the bytes of nested lists."
  (when (not (is-list value)) (raise (bad "list_to_bin" value)))
  (joined-bytes value "list_to_binary" value))

(defn encode_hex/1 [data]
  "Write bytes as hexadecimal digits, upper case."
  (.encode (.upper (.hex (data-of data "encode_hex" data)))))

(defn encode_hex/2 [data case]
  "Write bytes as hexadecimal digits, `uppercase` or `lowercase`."
  (setv text (.hex (data-of data "encode_hex" data case)))
  (.encode (match (str case)
             "uppercase" (.upper text)
             "lowercase" text
             _ (raise (bad "encode_hex" data case)))))

(defn decode_hex/1 [text]
  "Read bytes from hexadecimal digits."
  (when (or (is-not (type text) bytes) (not (re.fullmatch rb"([0-9a-fA-F]{2})*" text)))
    (raise (bad "decode_hex" text)))
  (bytes.fromhex (.decode text)))

(defn encode_unsigned/1 [number]
  "Give the bytes of a number, the highest first."
  (unsigned number HIGH-FIRST [number]))

(defn encode_unsigned/2 [number order]
  "Give the bytes of a number, `big` or `little` first."
  (unsigned number order [number order]))

(defn unsigned [number order call]
  (when (not (and (is (type number) int) (>= number 0) (in order #(HIGH-FIRST LOW-FIRST))))
    (raise (bad "encode_unsigned" #* call)))
  (.to-bytes number (max 1 (// (+ (.bit-length number) 7) 8)) order.name))

(defn decode_unsigned/1 [data]
  "Give the number of bytes, the highest first."
  (int.from-bytes (data-of data "decode_unsigned" data) "big"))

(defn decode_unsigned/2 [data order]
  "Give the number of bytes, `big` or `little` first."
  (data-of data "decode_unsigned" data order)
  (when (not-in order #(HIGH-FIRST LOW-FIRST)) (raise (bad "decode_unsigned" data order)))
  (int.from-bytes data order.name))
