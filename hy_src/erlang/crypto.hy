"Erlang's crypto, as far as Python's standard library goes: hashes, message authentication, random bytes.

There are no ciphers, keys or signatures."

(import hashlib
        hmac
        secrets
        xrepl.dialect.data [Atom from-iterable]
        xrepl.dialect.raising [LfeError badarg error]
        xrepl.lang.erlang._erlang-data [joined-bytes])

(setv __lfe_module__ "crypto"
      HASHES {"md5" "md5"  "sha" "sha1"  "sha224" "sha224"  "sha256" "sha256"  "sha384" "sha384"
              "sha512" "sha512"  "sha3_224" "sha3_224"  "sha3_256" "sha3_256"  "sha3_384" "sha3_384"
              "sha3_512" "sha3_512"  "blake2b" "blake2b"  "blake2s" "blake2s"})

(defn python-name [kind]
  "Give Python's name of a hash."
  (setv known (.get HASHES (str kind)))
  (when (is known None)
    (raise (error #((Atom "badarg") #("hash.c" 0) "Bad digest type"))))
  known)

(defn bytes-of [data function #* call]
  (try
    (joined-bytes data function #* call)
    (except [LfeError]
      (raise (badarg "erlang" "iolist_to_binary" data)))))

(defn hash/2 [kind data]
  "Give the hash of bytes."
  (.digest (hashlib.new (python-name kind) (bytes-of data "hash" kind data) :usedforsecurity False)))

(defn hash_init/1 [kind]
  "Begin a hash of bytes that come in parts."
  #((Atom "hash") kind b""))

(defn hash_update/2 [state data]
  "Give the hash that goes on with more bytes."
  #((get state 0) (get state 1) (+ (get state 2) (bytes-of data "hash_update" state data))))

(defn hash_final/1 [state]
  "Give the hash of all parts."
  (hash/2 (get state 1) (get state 2)))

(defn hash_equals/2 [a b]
  "Compare two hashes in a time that tells nothing of them."
  (when (!= (len a) (len b)) (raise (badarg "crypto" "hash_equals" a b)))
  (hmac.compare-digest a b))

(defn mac/3 [kind key data]
  "Authenticate bytes without a sub-type: there is no such kind here."
  (raise (badarg "crypto" "mac" kind key data)))

(defn mac/4 [kind hash key data]
  "Authenticate bytes with a key: kind `hmac`."
  (when (!= (str kind) "hmac") (raise (badarg "crypto" "mac" kind hash key data)))
  (hmac.digest (bytes-of key "mac" kind hash key data) (bytes-of data "mac" kind hash key data)
               (python-name hash)))

(defn macN/5 [kind hash key data length]
  "Authenticate bytes, and give the first bytes of the result."
  (cut (mac/4 kind hash key data) length))

(defn pbkdf2_hmac/5 [hash password salt count length]
  "Make a key of a password: so many rounds with a salt, so many bytes."
  (hashlib.pbkdf2-hmac (python-name hash) (bytes-of password "pbkdf2_hmac" hash password salt count length)
                       (bytes-of salt "pbkdf2_hmac" hash password salt count length) count length))

(defn number-of [value]
  (if (is (type value) int) value (int.from-bytes value "big")))

(defn mod_pow/3 [base exponent modulus]
  "Give a power modulo a number, as bytes; the numbers may be bytes too."
  (setv found (pow (number-of base) (number-of exponent) (number-of modulus)))
  (.to-bytes found (max 1 (// (+ (.bit-length found) 7) 8)) "big"))

(defn bytes_to_integer/1 [data]
  "Give the number that bytes are, the highest first."
  (int.from-bytes (bytes-of data "bytes_to_integer" data) "big"))

(defn rand_uniform/2 [low high]
  "Give a number from one up to another, without that."
  (when (not (and (is (type low) int) (is (type high) int) (< low high))) (raise (error "badarg")))
  (+ low (secrets.randbelow (- high low))))

(defn strong_rand_bytes/1 [count]
  "Give random bytes that nobody can guess."
  (secrets.token-bytes count))

(defn exor/2 [a b]
  "Combine bytes by exclusive or."
  (setv left (bytes-of a "exor" a b) right (bytes-of b "exor" a b))
  (when (!= (len left) (len right)) (raise (badarg "crypto" "exor" a b)))
  (bytes (gfor [x y] (zip left right) (^ x y))))

(defn start/0 []
  "Be ready: there is nothing to start."
  (Atom "ok"))

(defn stop/0 []
  "Be done: there is nothing to stop."
  (Atom "ok"))

(defn supports/1 [kind]
  "Give the names of what there is of a kind: hashs or macs."
  (from-iterable (match (str kind)
                   "hashs" (lfor name HASHES (Atom name))
                   "macs" [(Atom "hmac")]
                   _ [])))
