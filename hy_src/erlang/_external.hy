"Erlang's external term format: terms as bytes, and back.

Processes, references and functions of this evaluator are not written. Atoms are written as OTP 25 does: Latin-1 where
that is possible."

(import struct
        zlib
        xrepl.dialect.data [Atom NIL atom from-iterable is-list map-key string uncons]
        xrepl.lang.erlang._terms [nil? sorted-pairs])

(setv VERSION 131
      COMPRESSED 80)

;; --- writing

(defn encode [term [level None]]
  "Give a term's bytes, compressed when a level is given and it gets shorter.

Raises:
    ValueError: the term has no external form here."
  (setv out (bytearray))
  (write out term)
  (setv plain (bytes out)
        packed (when level (zlib.compress plain level)))
  (+ (bytes [VERSION])
     (if (and packed (< (+ 5 (len packed)) (len plain)))
         (+ (struct.pack ">BI" COMPRESSED (len plain)) packed)
         plain)))

(defn write [out term]
  (setv kind (type term))
  (cond
    (is kind int) (write-integer out term)
    (is kind Atom) (write-atom out term.name)
    (is kind bool) (write-atom out (if term "true" "false"))
    (is kind float) (+= out (struct.pack ">Bd" 70 term))
    (is kind bytes) (+= out (struct.pack ">BI" 109 (len term)) term)
    (is kind tuple) (do
                      (+= out (if (< (len term) 256) (bytes [104 (len term)]) (struct.pack ">BI" 105 (len term))))
                      (for [item term] (write out item)))
    (isinstance term dict) (do
                             (+= out (struct.pack ">BI" 116 (len term)))
                             (for [[key value] (sorted-pairs term)]
                               (write out key)
                               (write out value)))
    (nil? term) (.append out 106)
    (is-list term) (write-list out term)
    True (raise (ValueError "no external form"))))

(defn write-integer [out value]
  (cond
    (<= 0 value 255) (+= out (bytes [97 value]))
    (<= -0x80000000 value 0x7fffffff) (+= out (struct.pack ">Bi" 98 value))
    True (do
           (setv size (abs value)
                 digits (.to-bytes size (// (+ (.bit-length size) 7) 8) "little")
                 sign (if (< value 0) 1 0))
           (+= out (if (< (len digits) 256)
                       (bytes [110 (len digits) sign])
                       (struct.pack ">BIB" 111 (len digits) sign))
                   digits))))

(defn write-atom [out name]
  (try
    (setv data (.encode name "latin-1"))
    (+= out (struct.pack ">BH" 100 (len data)) data)
    (except [UnicodeEncodeError]
      (setv data (.encode name "utf-8"))
      (+= out (if (< (len data) 256) (bytes [119 (len data)]) (struct.pack ">BH" 118 (len data))) data))))

(defn write-list [out term]
  (setv items [] rest term)
  (while True
    (setv cell (uncons rest))
    (when (is cell None) (break))
    (.append items cell.head)
    (setv rest cell.tail))
  (if (and (nil? rest) (<= (len items) 0xffff) (all (gfor i items (and (is (type i) int) (<= 0 i 255)))))
      (+= out (struct.pack ">BH" 107 (len items)) (bytes items))
      (do
        (+= out (struct.pack ">BI" 108 (len items)))
        (for [item items] (write out item))
        (write out rest))))

;; --- reading

(defclass Reader []
  "Reads terms from bytes, from an offset on.

Raises:
    ValueError: the bytes are no terms.
    struct.error, IndexError: they end too early."

  (defn __init__ [self data at]
    (setv self.data data self.at at))

  (defn take [self form]
    (setv found (struct.unpack-from (+ ">" form) self.data self.at)
          self.at (+ self.at (struct.calcsize (+ ">" form))))
    (if (= (len found) 1) (get found 0) found))

  (defn bytes-of [self count]
    (setv end (+ self.at count))
    (when (> end (len self.data)) (raise (ValueError "too short")))
    (setv data (cut self.data self.at end)
          self.at end)
    data)

  (defn term [self]
    (setv tag (.take self "B"))
    (cond
      (= tag 97) (.take self "B")
      (= tag 98) (.take self "i")
      (in tag #(110 111)) (.integer self (.take self (if (= tag 110) "B" "I")))
      (= tag 70) (.take self "d")
      (= tag 99) (float (.rstrip (.decode (.bytes-of self 31)) "\0"))
      (in tag #(100 115)) (atom (.decode (.bytes-of self (.take self (if (= tag 100) "H" "B"))) "latin-1"))
      (in tag #(118 119)) (atom (.decode (.bytes-of self (.take self (if (= tag 118) "H" "B"))) "utf-8"))
      (in tag #(104 105)) (tuple (lfor _ (range (.take self (if (= tag 104) "B" "I"))) (.term self)))
      (= tag 106) NIL
      (= tag 107) (string (.decode (.bytes-of self (.take self "H")) "latin-1"))
      (= tag 108) (do
                    (setv items (lfor _ (range (.take self "I")) (.term self)))
                    (from-iterable items (.term self)))
      (= tag 109) (.bytes-of self (.take self "I"))
      (= tag 116) (.mapping self (.take self "I"))
      True (raise (ValueError f"unknown tag {tag}"))))

  (defn integer [self count]
    (setv sign (.take self "B")
          size (int.from-bytes (.bytes-of self count) "little"))
    (if sign (- size) size))

  (defn mapping [self count]
    (setv made {})
    (for [_ (range count)]
      (setv key (.term self)
            (get made (map-key key)) (.term self)))
    made))

(defn decode [data]
  "Give the term that bytes begin with, and how many bytes it took.

Raises:
    ValueError: there is none."
  (try
    (when (!= (get data 0) VERSION) (raise (ValueError "wrong version")))
    (when (= (get data 1) COMPRESSED)
      (setv unpacker (zlib.decompressobj)
            plain (.decompress unpacker (cut data 6 None)))
      (return #((.term (Reader plain 0)) (- (len data) (len unpacker.unused-data)))))
    (setv reader (Reader data 1)
          found (.term reader))
    #(found reader.at)
    (except [problem [struct.error IndexError zlib.error]]
      (raise (ValueError "too short")))))
