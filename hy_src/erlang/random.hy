"Erlang's random: the old generator, of Wichmann and Hill; `rand` is the one to use. Each process has a seed of its own."

(import xrepl.dialect [processes]
        xrepl.dialect.data [Atom]
        xrepl.dialect.raising [function-clause])

(setv __lfe_module__ "random"
      SEED (Atom "random_seed")
      UNDEFINED (Atom "undefined")
      PRIMES #(30269 30307 30323)
      FACTORS #(171 172 170)
      FIRST #(3172 9814 20125))

(defn seed0/0 []
  "Give the seed that a process begins with."
  FIRST)

(defn seed/0 []
  "Begin with the first seed; give the one before."
  (keep FIRST))

(defn seed/1 [seed]
  "Begin with a seed of three numbers, `#(a b c)`; give the one before."
  (seed/3 #* seed))

(defn seed/3 [a b c]
  "Begin with a seed of three numbers; give the one before."
  (keep (tuple (gfor [number prime] (zip #(a b c) PRIMES)
                     (+ (% (abs number) (- prime 1)) 1)))))

(defn keep [seed]
  (processes.put SEED seed))

(defn step [seed]
  "Give the next seed, and a number from 0 up to 1."
  (setv next (tuple (gfor [number factor prime] (zip seed FACTORS PRIMES) (% (* number factor) prime))))
  #(next (% (sum (gfor [number prime] (zip next PRIMES) (/ number prime))) 1.0)))

(defn uniform/0 []
  "Give a number from 0 up to 1, and go on."
  (setv seed (processes.get SEED)
        [next number] (step (if (is seed UNDEFINED) FIRST seed)))
  (keep next)
  number)

(defn uniform/1 [most]
  "Give an integer from 1 to this one."
  (when (not (and (is (type most) int) (> most 0))) (raise (function-clause "random" "uniform" most)))
  (+ (int (* (uniform/0) most)) 1))

(defn uniform_s/1 [seed]
  "Give a number from 0 up to 1 and the next seed."
  (setv [next number] (step seed))
  #(number next))

(defn uniform_s/2 [most seed]
  "Give an integer from 1 to this one and the next seed."
  (setv [next number] (step seed))
  #((+ (int (* number most)) 1) next))
