"The part of Erlang's module erlang on lists, tuples, maps and binaries.

`erlang.hy` takes these in; this is no module of the language by itself. What is defined in `xrepl.dialect.bifs` is not
here again. The external term format is in `_external.hy`."

(import hashlib
        zlib
        xrepl.dialect [bits]
        xrepl.dialect.bits [Bits join]
        xrepl.dialect.data [Atom elements from-iterable is-list map-key string uncons]
        xrepl.dialect.raising [LfeError badarg]
        xrepl.lang.erlang._external [decode encode]
        xrepl.lang.erlang._hashing [make-hash make-hash-2]
        xrepl.lang.erlang._lists-parts [subtracted]
        xrepl.lang.erlang._terms [fun? nil?])

(setv __lfe_module__ "erlang"
      MAX-INDEX 0xffffff)

(defn bad [function #* call]
  (badarg "erlang" function #* call))

(defn index? [value least most]
  (and (is (type value) int) (<= least value most)))

(defn checked [value kind function #* call]
  "Give a value of a Python type; `badarg` of the call otherwise."
  (when (not (isinstance value kind)) (raise (bad function #* call)))
  value)

;; --- lists

(defn ++/2 [xs tail]
  "Join two lists."
  (when (not (is-list xs)) (raise (bad "++" xs tail)))
  (try
    (if (nil? xs) tail (from-iterable (list (elements xs)) tail))
    (except [TypeError]
      (raise (bad "++" xs tail)))))

(defn --/2 [xs ys]
  "Leave out the first occurrence of every element of another list."
  (subtracted "--" xs ys))

(defn list_to_tuple/1 [xs]
  "Give a list's elements as a tuple."
  (when (not (is-list xs)) (raise (bad "list_to_tuple" xs)))
  (try
    (tuple (elements xs))
    (except [TypeError]
      (raise (bad "list_to_tuple" xs)))))

;; --- tuples

(defn make_tuple/2 [size value]
  "Give a tuple of equal elements."
  (when (not (index? size 0 MAX-INDEX)) (raise (bad "make_tuple" size value)))
  (* #(value) size))

(defn make_tuple/3 [size value places]
  "Give a tuple of equal elements but for those listed as `#(place element)`."
  (when (not (index? size 0 MAX-INDEX)) (raise (bad "make_tuple" size value places)))
  (setv made (* [value] size))
  (for [[place item] (elements places)]
    (when (not (index? place 1 size)) (raise (bad "make_tuple" size value places)))
    (setv (get made (- place 1)) item))
  (tuple made))

(defn append_element/2 [t item]
  "Give a tuple with one more element."
  #(#* (checked t tuple "append_element" t item) item))

(defn insert_element/3 [place t item]
  "Give a tuple with one more element at a place."
  (checked t tuple "insert_element" place t item)
  (when (not (index? place 1 (+ 1 (len t)))) (raise (bad "insert_element" place t item)))
  #(#* (cut t (- place 1)) item #* (cut t (- place 1) None)))

(defn delete_element/2 [place t]
  "Give a tuple without the element at a place."
  (checked t tuple "delete_element" place t)
  (when (not (index? place 1 (len t))) (raise (bad "delete_element" place t)))
  #(#* (cut t (- place 1)) #* (cut t place None)))

(defn size/1 [value]
  "Count a tuple's elements or a binary's bytes."
  (if (isinstance value Bits)
      (// value.bit-size 8)
      (len (checked value #(tuple bytes) "size" value))))

(defn is_record/2 [value tag]
  "Say whether a value is a tuple that begins with an atom."
  (when (not (in (type tag) #(Atom bool))) (raise (bad "is_record" value tag)))
  (and (is (type value) tuple) (bool value) (is (get value 0) tag)))

(defn is_record/3 [value tag size]
  "Say whether a value is a tuple of a size that begins with an atom."
  (when (not (and (in (type tag) #(Atom bool)) (is (type size) int))) (raise (bad "is_record" value tag size)))
  (and (is (type value) tuple) (= (len value) size) (bool value) (is (get value 0) tag)))

(defn is_function/2 [value arity]
  "Say whether a value is a function of an arity."
  (when (not (index? arity 0 MAX-INDEX)) (raise (bad "is_function" value arity)))
  (bool (fun? value arity)))

(defn is_pid/1 [value]
  "Say whether a value is a process identifier."
  (= (getattr value "kind" None) "pid"))

(defn is_reference/1 [value]
  "Say whether a value is a reference."
  (= (getattr value "kind" None) "reference"))

(defn is_port/1 [value]
  "Say whether a value is a port: there are none."
  False)

;; --- maps

(defn map-of [m function #* call]
  (when (not (isinstance m dict))
    (raise (LfeError "error" #((Atom "badmap") m) #("erlang" function call))))
  m)

(defn map_size/1 [m]
  "Count a map's keys."
  (len (map-of m "map_size" m)))

(defn map_get/2 [key m]
  "Give a key's value; `badkey` when it has none."
  (map-of m "map_get" key m)
  (try
    (get m (map-key key))
    (except [KeyError]
      (raise (LfeError "error" #((Atom "badkey") key) #("erlang" "map_get" #(key m)))))))

(defn is_map_key/2 [key m]
  "Say whether a map has a key."
  (in (map-key key) (map-of m "is_map_key" key m)))

;; --- binaries

(defn byte_size/1 [value]
  "Count a binary's bytes, the last of which may be cut."
  (setv bits (getattr value "bit_size" None))
  (if (is bits None)
      (len (checked value bytes "byte_size" value))
      (// (+ bits 7) 8)))

(defn bit_size/1 [value]
  "Count a binary's bits."
  (setv bits (getattr value "bit_size" None))
  (if (is bits None) (* 8 (len (checked value bytes "bit_size" value))) bits))

(defn joined-bytes [value function #* call]
  "Give the bytes of nested lists of bytes and binaries."
  (when (is (type value) int) (raise (bad function #* call)))
  (setv out (bytearray) pending [value])
  (try
    (while pending
      (setv item (.pop pending))
      (cond
        (is (type item) int) (.append out item)
        (is (type item) bytes) (.extend out item)
        (is (type item) str) (.extend out (.encode item "latin-1"))
        (is-list item) (do
                         (setv cell (uncons item))
                         (when (is-not cell None)
                           (when (is (type cell.tail) int) (raise (TypeError "improper list")))
                           (.append pending cell.tail)
                           (.append pending cell.head)))
        True (raise (TypeError "no bytes"))))
    (except [[TypeError ValueError]]
      (raise (bad function #* call))))
  (bytes out))

(defn list_to_binary/1 [value]
  "Give the bytes of nested lists of bytes and binaries."
  (when (not (is-list value)) (raise (bad "list_to_binary" value)))
  (joined-bytes value "list_to_binary" value))

(defn list_to_bitstring/1 [value]
  "Give the bit string of nested lists of bytes and bit strings."
  (when (not (is-list value)) (raise (bad "list_to_bitstring" value)))
  (join (parts-of-bits value "list_to_bitstring" value)))

(defn parts-of-bits [value function #* call]
  "Give nested lists of bytes and bit strings as a list of bit strings."
  (setv parts [] rest value)
  (while (setx cell (uncons rest))
    (setv item cell.head rest cell.tail)
    (cond
      (isinstance item Bits) (.append parts item)
      (is-list item) (+= parts (parts-of-bits item function #* call))
      True (.append parts (joined-bytes (if (is (type item) int) [item] item) function #* call))))
  (cond
    (isinstance rest Bits) (.append parts rest)
    (or (is (type rest) bytes) (nil? rest)) (.append parts (or rest b""))
    True (raise (bad function #* call)))
  parts)

(defn iolist_to_binary/1 [value]
  "Give the bytes of a binary or nested lists of bytes and binaries."
  (when (is (type value) int) (raise (bad "iolist_to_binary" value)))
  (joined-bytes value "iolist_to_binary" value))

(defn iolist_to_iovec/1 [value]
  "Give the bytes of a binary or nested lists as a list of one binary."
  (setv data (joined-bytes value "iolist_to_iovec" value))
  (from-iterable (if data [data] [])))

(defn iolist_size/1 [value]
  "Count the bytes of a binary or nested lists."
  (when (is (type value) int) (raise (bad "iolist_size" value)))
  (len (joined-bytes value "iolist_size" value)))

(defn binary_to_list/1 [value]
  "Give the bytes as a list."
  (string (.decode (checked value bytes "binary_to_list" value) "latin-1")))

(defn binary_to_list/3 [value start stop]
  "Give the bytes from one place to another, counted from 1, as a list."
  (checked value bytes "binary_to_list" value start stop)
  (when (not (and (index? start 1 (len value)) (index? stop start (len value))))
    (raise (bad "binary_to_list" value start stop)))
  (string (.decode (cut value (- start 1) stop) "latin-1")))

(defn bitstring_to_list/1 [value]
  "Give the bytes as a list, whose last element is the bits that are left."
  (when (isinstance value Bits)
    (setv whole (// value.bit-size 8))
    (return (from-iterable [#* (cut value.data whole) (bits.cut value (* 8 whole) (% value.bit-size 8))])))
  (string (.decode (checked value bytes "bitstring_to_list" value) "latin-1")))

(defn split_binary/2 [value at]
  "Split a binary after this many bytes."
  (checked value bytes "split_binary" value at)
  (when (not (index? at 0 (len value))) (raise (bad "split_binary" value at)))
  #((cut value at) (cut value at None)))

(defn binary_part/2 [value place]
  "Give a part of a binary: `#(start length)`."
  (checked value bytes "binary_part" value place)
  (setv part (when (and (is (type place) tuple) (= (len place) 2)) (part-of value #* place)))
  (if (is part None) (raise (bad "binary_part" value place)) part))

(defn binary_part/3 [value start length]
  "Give a part of a binary; with a negative length the one before the start."
  (setv part (part-of (checked value bytes "binary_part" value start length) start length))
  (if (is part None) (raise (bad "binary_part" value start length)) part))

(defn part-of [value start length]
  "Give a part of bytes, or None when there is no such part."
  (when (not (and (is (type start) int) (is (type length) int)))
    (return None))
  (setv end (+ start length)
        [low high] (sorted [start end]))
  (when (<= 0 low high (len value)) (cut value low high)))

(defn term_to_binary/1 [term]
  "Give a term in the external format."
  (encoded term None [term]))

(defn term_to_binary/2 [term options]
  "Give a term in the external format, perhaps `compressed`."
  (setv level None)
  (for [option (elements options)]
    (cond
      (= option (Atom "compressed")) (setv level 6)
      (and (is (type option) tuple) (= (get option 0) (Atom "compressed"))) (setv level (get option 1))))
  (encoded term level [term options]))

(defn encoded [term level call]
  (try
    (encode term level)
    (except [ValueError]
      (raise (bad "term_to_binary" #* call)))))

(defn decoded [data call]
  (try
    (decode (checked data bytes "binary_to_term" #* call))
    (except [ValueError]
      (raise (bad "binary_to_term" #* call)))))

(defn binary_to_term/1 [data]
  "Give the term that is in the external format."
  (get (decoded data [data]) 0))

(defn binary_to_term/2 [data options]
  "Give the term that is in the external format; with `used` also how many bytes it took."
  (setv [term used] (decoded data [data options]))
  (if (in (Atom "used") (list (elements options))) #(term used) term))

(defn external_size/1 [term]
  "Count the bytes of a term in the external format."
  (len (encoded term None [term])))

;; --- sums of bytes, hashes

(defn md5_init/0 []
  "Begin an MD5 sum: what it is of so far."
  b"")

(defn md5_update/2 [sofar data]
  "Go on with an MD5 sum."
  (+ sofar (joined-bytes data "md5_update" sofar data)))

(defn md5_final/1 [sofar]
  "End an MD5 sum."
  (md5/1 sofar))

(defn term_to_iovec/1 [term]
  "Give a term in the external format, as a list of one binary."
  (from-iterable [(term_to_binary/1 term)]))

(defn md5/1 [data]
  "Give the MD5 sum of bytes."
  (.digest (hashlib.md5 (joined-bytes data "md5" data) :usedforsecurity False)))

(defn crc32/1 [data]
  "Give the CRC-32 sum of bytes."
  (zlib.crc32 (joined-bytes data "crc32" data)))

(defn crc32/2 [start data]
  "Continue a CRC-32 sum."
  (zlib.crc32 (joined-bytes data "crc32" start data) start))

(defn adler32/1 [data]
  "Give the Adler-32 sum of bytes."
  (zlib.adler32 (joined-bytes data "adler32" data)))

(defn adler32/2 [start data]
  "Continue an Adler-32 sum."
  (zlib.adler32 (joined-bytes data "adler32" start data) start))

(defn phash/2 [term range]
  "Give a term's old hash, from 1 up to a number."
  (when (not (index? range 1 0x100000000)) (raise (bad "phash" term range)))
  (+ 1 (% (make-hash term) range)))

(defn phash2/1 [term]
  "Give a term's hash, of 27 bits."
  (& (make-hash-2 term) 0x7ffffff))

(defn phash2/2 [term range]
  "Give a term's hash, below a number."
  (when (not (index? range 1 0x100000000)) (raise (bad "phash2" term range)))
  (% (make-hash-2 term) range))
