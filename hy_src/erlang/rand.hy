"Erlang's rand: random numbers, the same ones as Erlang's for a seed.

The algorithms are `exsss` (the default) and `exsp`; the others of Erlang's (exrop, exro928ss, exs1024s, exsplus, mwc59) are not
here. A process's generator is in its dictionary, as in Erlang: after an error at the prompt it is a new one. Not for secrets."

(import math
        secrets
        xrepl.dialect [processes]
        xrepl.dialect.arithmetic [less]
        xrepl.dialect.data [Atom Cons NIL elements from-iterable is-list uncons]
        xrepl.dialect.raising [error function-clause]
        xrepl.lang.erlang._ziggurat [try-normal])

(setv __lfe_module__ "rand"
      KEY (Atom "rand_seed")
      MASK-58 (- (<< 1 58) 1)
      MASK-64 (- (<< 1 64) 1)
      UNIT (** 2.0 -53))

(defn clause [function #* call]
  (function-clause "rand" function #* call))

;; --- the generators: from a state to a number of 58 bits and the next state

(defn shifted [head tail]
  "Give the new part of an xorshift116 state."
  (setv mixed (^ head (& (<< head 24) MASK-58)))
  (^ (^ mixed tail) (^ (>> mixed 11) (>> tail 41))))

(defn exsss-next [state]
  (setv s state.tail
        five (& (+ s (<< s 2)) MASK-58)
        turned (| (& (<< five 7) MASK-58) (>> five 51)))
  #((& (+ turned (<< turned 3)) MASK-58) (Cons s (shifted state.head s))))

(defn exsp-next [state]
  (setv s state.tail new (shifted state.head s))
  #((& (+ new s) MASK-58) (Cons s new)))

(setv NEXT {"exsss" exsss-next  "exsp" exsp-next}
      LOW-BITS {"exsss" 0  "exsp" 1})

(defn algorithm [name function]
  "Give the map that stands for an algorithm in a state."
  (setv chosen (if (= name "default") "exsss" name))
  (when (not-in chosen NEXT) (raise (clause function (Atom name))))
  {(Atom "type") (Atom chosen)
   (Atom "bits") 58
   (Atom "next") (get NEXT chosen)
   (Atom "jump") (fn [state] (jump/1 state))
   (Atom "uniform") (fn [state] (uniform_s/1 state))
   (Atom "uniform_n") (fn [n state] (uniform_s/2 n state))
   #** (if (get LOW-BITS chosen) {(Atom "weak_low_bits") (get LOW-BITS chosen)} {})})

(defn name-of [state]
  (str (get (get state 0) (Atom "type"))))

(defn next-number [state]
  "Give a number of 58 bits and the state after it."
  (setv [number rest] ((get NEXT (name-of state)) (get state 1)))
  #(number #((get state 0) rest)))

;; --- seeds

(defn split-mix [x]
  (setv x (& (+ x 0x9e3779b97f4a7c15) MASK-64)
        z (& (* (^ x (>> x 30)) 0xbf58476d1ce4e5b9) MASK-64)
        z (& (* (^ z (>> z 27)) 0x94d049bb133111eb) MASK-64))
  #((& (^ z (>> z 31)) MASK-58) x))

(defn seed-58 [x]
  "Give a number of 58 bits that is not 0, and the next one to go on with."
  (setv [z x] (split-mix (& x MASK-64)))
  (if z #(z x) (seed-58 x)))

(defn seeded [value call]
  "Give the two numbers of a state for a seed: an integer, three integers, or the two numbers themselves."
  (cond
    (is (type value) int)
      (do
        (setv [first x] (seed-58 value))
        (Cons first (get (seed-58 x) 0)))
    (and (is (type value) tuple) (= (len value) 3))
      (do
        (setv [a b c] (lfor part value (if (is (type part) int) (& part MASK-64) (raise (clause "seed58" part))))
              [_ x] (seed-58 a)
              [second x] (seed-58 (^ b x))
              [first _] (seed-58 (^ c x)))
        (Cons second first))
    (and (is-list value) (= (len (list (elements value))) 2))
      (Cons #* (lfor part (elements value) (& part MASK-58)))
    True (raise (clause call value))))

(defn seed_s/1 [value]
  "Make a state: of an algorithm's name, with a random seed, or of what `export_seed` gave."
  (if (and (is (type value) tuple) (= (len value) 2) (isinstance (get value 0) Atom))
      #((algorithm (. (get value 0) name) "mk_alg") (get value 1))
      (seed_s/2 value (secrets.randbits 64))))

(defn seed_s/2 [name value]
  "Make a state of an algorithm's name and a seed: an integer, or three of them."
  (setv chosen (algorithm (str name) "mk_alg"))
  #(chosen (seeded value (+ (str (get chosen (Atom "type"))) "_seed"))))

(defn kept [state]
  (processes.put KEY state)
  state)

(defn seed/1 [value]
  "Give the process a state, as `seed_s` makes it."
  (kept (seed_s/1 value)))

(defn seed/2 [name value]
  "Give the process a state, as `seed_s` makes it."
  (kept (seed_s/2 name value)))

(defn export_seed_s/1 [state]
  "Give a state as plain data."
  #((get (get state 0) (Atom "type")) (get state 1)))

(defn export_seed/0 []
  "Give the process's state as plain data, or `undefined`."
  (setv state (processes.get KEY))
  (if (is (type state) tuple) (export_seed_s/1 state) state))

(defn current []
  "Give the process's state; one with a random seed when it has none."
  (setv state (processes.get KEY))
  (if (is (type state) tuple) state (seed_s/1 (Atom "default"))))

(defn answer [drawn]
  "Give what was drawn, and keep the state after it."
  (kept (get drawn 1))
  (get drawn 0))

;; --- numbers

(defn uniform/0 []
  "Give a float from 0.0 up to 1.0."
  (answer (uniform_s/1 (current))))

(defn uniform_s/1 [state]
  "Give a float from 0.0 up to 1.0, and the state after it."
  (setv [number rest] (next-number state))
  #((* (>> number 5) UNIT) rest))

(defn uniform/1 [n]
  "Give an integer from 1 to n."
  (answer (uniform_s/2 n (current))))

(defn uniform_s/2 [n state]
  "Give an integer from 1 to n, and the state after it."
  (when (not (and (is (type n) int) (> n 0))) (raise (clause "uniform_s" n state)))
  (while True
    (setv [number bits state] (wide-number n state)
          low (% number n))
    (when (<= (- number low) (- (<< 1 bits) n))
      (return #((+ low 1) state)))))

(defn wide-number [n state]
  "Give a number of enough bits for a range, how many they are, and the state after it."
  (setv [number state] (next-number state)
        low (get LOW-BITS (name-of state)) bits 58)
  (while (> n (<< 1 bits))
    (setv [more state] (next-number state)
          number (| (<< (>> number low) 58) more)
          bits (+ bits (- 58 low))))
  #(number bits state))

(defn uniform_real/0 []
  "Give a float above 0.0 and below 1.0, with all the digits that small ones can have."
  (answer (uniform_real_s/1 (current))))

(defn uniform_real_s/1 [state]
  "Give a float above 0.0 and below 1.0, and the state after it."
  (setv [number state] (next-number state)
        top (>> number 2))
  (for [[bit shift power] #(#(55 3 -53) #(54 2 -54) #(53 1 -55) #(52 0 -56))]
    (when (>> top bit) (return #((* (>> top shift) (** 2.0 power)) state))))
  (setv [more state] (next-number state)
        exact (| (<< number 56) (>> more 2)))
  #((* (float (or exact 1)) (** 2.0 -114)) state))

(defn bytes/1 [count]
  "Give a binary of random bytes."
  (answer (bytes_s/2 count (current))))

(defn bytes_s/2 [count state]
  "Give a binary of random bytes, and the state after it."
  (setv data (bytearray))
  (while (< (len data) count)
    (setv [number state] (next-number state)
          left (- count (len data))
          seven (cut (.to-bytes (if (> left 7) (>> number 2) number) 8 "big") 1 None))
    (.extend data (cut seven left)))
  #((bytes data) state))

(defn normal/0 []
  "Give a float of the standard normal distribution."
  (answer (normal_s/1 (current))))

(defn normal_s/1 [state]
  "Give a float of the standard normal distribution, and the state after it."
  (setv rest state)
  (defn draw []
    (nonlocal rest)
    (setv [number rest] (next-number rest))
    number)
  (while True
    (setv found (try-normal draw UNIT))
    (when (is-not found None) (return #(found rest)))))

(defn normal/2 [mean variance]
  "Give a float of a normal distribution."
  (+ mean (* (math.sqrt variance) (normal/0))))

(defn normal_s/3 [mean variance state]
  "Give a float of a normal distribution, and the state after it."
  (setv [x rest] (normal_s/1 state))
  #((+ mean (* (math.sqrt variance) x)) rest))

;; --- jumping: as if 2 to the 64 numbers had been drawn

(setv JUMP-BITS (+ 0x02f8ea6bc32c797 (<< 0x345d2a0f85f788c 58)))

(defn jump/1 [state]
  "Give the state after very many numbers."
  (setv head 0 tail 0 at (get state 1))
  (for [i (range 116)]
    (when (& (>> JUMP-BITS i) 1)
      (setv head (^ head at.head) tail (^ tail at.tail)))
    (setv at (Cons at.tail (shifted at.head at.tail))))
  #((get state 0) (Cons head tail)))

(defn jump/0 []
  "Move the process's state on over very many numbers."
  (kept (jump/1 (current))))
