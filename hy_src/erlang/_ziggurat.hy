"Numbers of the normal distribution by the ziggurat method, with Erlang's 256 layers, for `rand`.

Layers are computed with 32 digits at the first use, which takes 10 ms: rounded from there they are those of Erlang's tables."

(import decimal
        functools
        math)

(setv LAYERS 256
      EDGE "3.6541528853610087963519472518"  ; where the tail begins
      AREA "0.00492867323397465493159091343184714888")  ; of each layer

(defn [functools.cache] edges []
  "Give the right edge of each layer, from the top one on; the last is that of the base if it were a rectangle."
  (with [context (decimal.localcontext)]
    (setv context.prec 32
          last (decimal.Decimal EDGE) area (decimal.Decimal AREA)
          height (fn [x] (.exp (/ (* (- x) x) 2)))
          found [(/ area (height last)) last])
    (for [_ (range (- LAYERS 2))]
      (setv x (get found -1))
      (.append found (.sqrt (* -2 (.ln (+ (/ area x) (height x)))))))
    (list (map float (reversed [#* found 0])))))

(defn height [x]
  (math.exp (* -0.5 x x)))

(defn try-normal [draw unit]
  "Give a normal number, or None when the numbers drawn do not make one."
  (setv number (draw)
        negative (& number 64)
        r (>> number 7)
        layer (% r LAYERS)
        outer (get (edges) (or layer LAYERS))
        inner (get (edges) (- (or layer LAYERS) 1))
        x (* r (/ outer (<< 1 51))))
  (cond
    (< r (int (* (/ inner outer) (<< 1 51)))) (signed x negative)
    (= layer 0) (signed (tail draw unit) negative)
    True (do
           (setv low (height outer) u (* (>> (draw) 5) unit))
           (when (< (+ (* (- (height inner) low) u) low) (height x))
             (signed x negative)))))

(defn tail [draw unit]
  (setv edge (float EDGE))
  (while True
    (setv x (/ (- (math.log (* (>> (draw) 5) unit))) edge)
          y (- (math.log (* (>> (draw) 5) unit))))
    (when (> (+ y y) (* x x)) (return (+ edge x)))))

(defn signed [x negative]
  (if negative (- x) x))
