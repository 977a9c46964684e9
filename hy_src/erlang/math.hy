"Erlang's math: functions of floats.

Every result is a float. What is no number is a bad argument, what has no result an arithmetic error."

(import math
        xrepl.dialect.raising [LfeError badarg]
        xrepl.dialect.data [Atom])

(setv __lfe_module__ "math")

(defn computed [name function #* numbers]
  "Apply a function to numbers; errors name the function."
  (for [number numbers]
    (when (not-in (type number) #(int float)) (raise (badarg "math" name #* numbers))))
  (try
    (setv result (float (function #* (map float numbers))))
    (except [[ValueError OverflowError ZeroDivisionError]]
      (raise (LfeError "error" (Atom "badarith") #("math" name numbers)))))
  (when (not (math.isfinite result))
    (raise (LfeError "error" (Atom "badarith") #("math" name numbers))))
  result)

(defn pi/0 []
  "Give the ratio of a circle's circumference to its diameter."
  math.pi)

(defn sin/1 [x]
  "Give the sine."
  (computed "sin" math.sin x))

(defn cos/1 [x]
  "Give the cosine."
  (computed "cos" math.cos x))

(defn tan/1 [x]
  "Give the tangent."
  (computed "tan" math.tan x))

(defn asin/1 [x]
  "Give the arc sine."
  (computed "asin" math.asin x))

(defn acos/1 [x]
  "Give the arc cosine."
  (computed "acos" math.acos x))

(defn atan/1 [x]
  "Give the arc tangent."
  (computed "atan" math.atan x))

(defn atan2/2 [y x]
  "Give the angle of a point."
  (computed "atan2" math.atan2 y x))

(defn sinh/1 [x]
  "Give the hyperbolic sine."
  (computed "sinh" math.sinh x))

(defn cosh/1 [x]
  "Give the hyperbolic cosine."
  (computed "cosh" math.cosh x))

(defn tanh/1 [x]
  "Give the hyperbolic tangent."
  (computed "tanh" math.tanh x))

(defn asinh/1 [x]
  "Give the inverse of the hyperbolic sine."
  (computed "asinh" math.asinh x))

(defn acosh/1 [x]
  "Give the inverse of the hyperbolic cosine."
  (computed "acosh" math.acosh x))

(defn atanh/1 [x]
  "Give the inverse of the hyperbolic tangent."
  (computed "atanh" math.atanh x))

(defn exp/1 [x]
  "Give e to a power."
  (computed "exp" math.exp x))

(defn log/1 [x]
  "Give the natural logarithm."
  (computed "log" math.log x))

(defn log2/1 [x]
  "Give the logarithm to the base 2."
  (computed "log2" math.log2 x))

(defn log10/1 [x]
  "Give the logarithm to the base 10."
  (computed "log10" math.log10 x))

(defn pow/2 [x y]
  "Give a number to a power."
  (computed "pow" math.pow x y))

(defn sqrt/1 [x]
  "Give the square root."
  (computed "sqrt" math.sqrt x))

(defn fmod/2 [x y]
  "Give the remainder of a division, with the sign of the dividend."
  (computed "fmod" math.fmod x y))

(defn ceil/1 [x]
  "Give the whole float that is not less."
  (computed "ceil" (fn [number] (math.copysign (math.ceil number) number)) x))

(defn floor/1 [x]
  "Give the whole float that is not more."
  (computed "floor" math.floor x))

(defn erf/1 [x]
  "Give the error function."
  (computed "erf" math.erf x))

(defn erfc/1 [x]
  "Give what the error function lacks to 1."
  (computed "erfc" math.erfc x))
