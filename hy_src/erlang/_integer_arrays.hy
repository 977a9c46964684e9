"Arrays of 64 bit integers that all processes share: what `atomics` and `counters` have in common.

An array is a value of Python's own that a reference of the language names; it is kept with the session."

(import xrepl.dialect.data [Atom]
        xrepl.dialect.identifiers [numbering]
        xrepl.dialect.raising [badarg]
        xrepl.dialect.state-hooks [Provider register])

(setv MOST (- (** 2 63) 1)
      MODULUS (** 2 64)
      OVERHEAD-BYTES 40
      arrays {}
      uses [0])

(defn make-array [module size options]
  "Make an array of so many zeros and give its reference."
  (when (not (and (is (type size) int) (> size 0))) (raise (badarg module "new" size options)))
  (setv ref (numbering.make-ref)
        (get arrays ref) (* [0] size))
  (+= (get uses 0) 1)
  ref)

(defn place [module function ref index #* rest]
  "Give an array and where in it an element is; `badarg` of the call when there is none."
  (setv array (try (.get arrays ref) (except [TypeError] None)))
  (when (not (and array (is (type index) int) (<= 1 index (len array))))
    (raise (badarg module function ref index #* rest)))
  (+= (get uses 0) 1)
  #(array (- index 1)))

(defn wrapped [number]
  "Give a number as 64 bits with a sign hold it."
  (- (% (+ number MOST 1) MODULUS) (+ MOST 1)))

(defn facts [module ref]
  (setv array (.get arrays ref))
  (when (is array None) (raise (badarg module "info" ref)))
  {(Atom "size") (len array)  (Atom "memory") (+ OVERHEAD-BYTES (* 8 (len array)))
   (Atom "max") MOST  (Atom "min") (- (+ MOST 1))})

;; --- as part of a session's state

(defn save []
  (dfor [ref array] (.items arrays) (str ref.number) #(ref (tuple array))))

(defn load [parts gone]
  (for [[ref numbers] (.values parts)]
    (setv (get arrays ref) (list numbers)))
  (for [ref (list arrays)]
    (when (in (str ref.number) gone) (.pop arrays ref))))

(register (Provider "integers" (fn [] (get uses 0)) save load))
