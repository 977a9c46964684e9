"The hashes of terms that Erlang promises to be the same everywhere: `phash` and `phash2`.

`dict` and `sets` sort their keys into slots by the first, so their raw tuples look as Erlang's do. A function or a
reference is hashed by Python's hash, which holds for this process only."

(import functools
        operator
        struct
        xrepl.dialect.data [Atom is-list map-items uncons]
        xrepl.lang.erlang._terms [nil?])

(setv WORD 0xffffffff
      PRIMES [0 268440163 268439161 268435459 268436141 268438633 268437017 268438039 268437511 268439627
              268440479 268440577 268440581 268440593 268440611]
      GOLDEN 0x9e3779b9)

(defn [(functools.lru-cache 4096)] name-hash [name]
  "Hash an atom's name, as the table of atoms does."
  (setv h 0)
  (for [byte (.encode name (if (all (gfor c name (< (ord c) 256))) "latin-1" "utf-8") "surrogatepass")]
    (setv h (+ (<< h 4) byte)
          top (& h 0xf0000000))
    (when top
      (setv h (^ (^ h (>> top 24)) top))))
  h)

(defn atom-hash [value]
  (name-hash (if (is (type value) Atom) value.name (if value "true" "false"))))

;; --- phash: multiplied and added up

(defn spread [h bytes prime]
  (for [byte bytes]
    (setv h (& (+ (* h prime) byte) WORD)))
  h)

(defn integer-bytes [value]
  "Give the bytes of an integer's size, in words of 32 bits, the lowest first."
  (setv size (abs value))
  (.to-bytes size (* 4 (max 1 (// (+ (.bit-length size) 31) 32))) "little"))

(defn make-hash [term [h 0]]
  "Give the 32-bit hash of `phash`, continuing one."
  (setv kind (type term))
  (& WORD
    (cond
      (in kind #(Atom bool)) (+ (* h (get PRIMES 1)) (atom-hash term))
      (is kind int) (* (spread h (integer-bytes term) (get PRIMES 2)) (get PRIMES (if (< term 0) 4 3)))
      (is kind float) (+ (* h (get PRIMES 6)) (operator.xor #* (float-words term)))
      (is kind bytes) (+ (* (spread h term (get PRIMES 1)) (get PRIMES 4)) (len term))
      (is kind tuple) (+ (* (functools.reduce (fn [so item] (make-hash item so)) term h) (get PRIMES 9)) (len term))
      (isinstance term dict) (+ (* h (get PRIMES 13)) (get PRIMES 14) (make-hash-2 term))
      (nil? term) (+ (* h (get PRIMES 3)) 1)
      (is-list term) (list-hash term h)
      True (+ (* h (get PRIMES 5)) (hash term)))))

(defn float-words [term]
  (struct.unpack "<II" (struct.pack "<d" (+ term 0.0))))

(defn list-hash [term h]
  "Hash a list: bytes are cheaper than other elements."
  (setv rest term)
  (while True
    (setv cell (uncons rest))
    (when (is cell None) (break))
    (setv h (if (and (is (type cell.head) int) (<= 0 cell.head 255))
                (& (+ (* h (get PRIMES 2)) cell.head) WORD)
                (make-hash cell.head h))
          rest cell.tail))
  (& (* (make-hash rest h) (get PRIMES 8)) WORD))

;; --- phash2: mixed

(defn mix [a b c]
  (for [[x y z] #(#(13 8 13) #(12 16 5) #(3 10 15))]
    (setv a (& (^ (- a b c) (>> c x)) WORD)
          b (& (^ (- b c a) (& (<< a y) WORD)) WORD)
          c (& (^ (- c a b) (>> b z)) WORD)))
  c)

(defn constant [n]
  (& (* GOLDEN n) WORD))

(defn mixed [h x y n]
  (mix (& (+ (constant n) x) WORD) (& (+ (constant n) y) WORD) h))

(defn block-hash [data start]
  (setv a GOLDEN b GOLDEN c start at 0 size (len data))
  (while (>= (- size at) 12)
    (setv [x y z] (struct.unpack-from "<III" data at))
    (setv [a b c] (mix-all (+ a x) (+ b y) (+ c z))
          at (+ at 12)))
  ;; the lowest byte of the third word is kept for the length
  (setv rest (+ (cut data at (+ at 8)) (bytes (max 0 (- 8 (- size at)))))
        [x y] (struct.unpack "<II" rest)
        z (<< (int.from-bytes (cut data (+ at 8) None) "little") 8))
  (get (mix-all (+ a x) (+ b y) (+ c size z)) 2))

(defn mix-all [a b c]
  (setv a (& a WORD) b (& b WORD) c (& c WORD))
  (for [[x y z] #(#(13 8 13) #(12 16 5) #(3 10 15))]
    (setv a (& (^ (- a b c) (>> c x)) WORD)
          b (& (^ (- b c a) (& (<< a y) WORD)) WORD)
          c (& (^ (- c a b) (>> b z)) WORD)))
  #(a b c))

(defn integer-hash-2 [value h]
  (when (<= (- (<< 1 27)) value (- (<< 1 27) 1))
    (when (< value 0)
      (setv h (mixed h (- value) 0 1)))
    (return (mixed h (& value WORD) 0 1)))
  (setv size (abs value) n (if (< value 0) 10 11))
  (while size
    (setv h (mixed h (& size WORD) (& (>> size 32) WORD) n)
          size (>> size 64)))
  h)

(defn make-hash-2 [term [h 0]]
  "Give the 32-bit hash of `phash2`, continuing one."
  (setv kind (type term))
  (cond
    (in kind #(Atom bool)) (if h (mixed h (atom-hash term) 0 3) (atom-hash term))
    (is kind int) (integer-hash-2 term h)
    (is kind float) (do
                      (setv [low high] (float-words term))
                      (mixed h high low 12))
    (is kind bytes) (if term (block-hash term (& (+ (constant 13) h) WORD)) (& (+ (constant 13) h) WORD))
    (is kind tuple) (functools.reduce (fn [so item] (make-hash-2 item so)) term (mixed h (len term) 0 9))
    (isinstance term dict) (map-hash-2 term h)
    (nil? term) (if h (mixed h 2 0 2) 3468870702)
    (is-list term) (list-hash-2 term h)
    True (mixed h (& (hash term) WORD) 0 7)))

(defn map-hash-2 [term h]
  (setv h (mixed h (len term) 0 16) pairs 0)
  (when term
    (for [[key value] (map-items term)]
      (setv pairs (^ pairs (make-hash-2 value (make-hash-2 key 0)))))
    (setv h (mixed h pairs 0 19)))
  h)

(defn list-hash-2 [term h]
  "Hash a list: bytes four at a time."
  (setv rest term word 0 count 0)
  (while True
    (setv cell (uncons rest))
    (when (is cell None) (break))
    (if (and (is (type cell.head) int) (<= 0 cell.head 255))
        (do
          (setv word (+ (<< word 8) cell.head) count (+ count 1))
          (when (= count 4)
            (setv h (mixed h word 0 4) word 0 count 0)))
        (do
          (when count (setv h (mixed h word 0 4) word 0 count 0))
          (setv h (make-hash-2 cell.head h))))
    (setv rest cell.tail))
  (when count (setv h (mixed h word 0 4)))
  (make-hash-2 rest h))
