"What library modules share: checks of arguments, equality and order of terms.

The rules of order and equality are those of `xrepl.dialect.arithmetic`; here they are only made fast for lists of
values of one type."

(import functools
        inspect
        operator
        types
        xrepl.dialect.arithmetic [compare equal exactly-equal]
        xrepl.dialect.data [Atom Cons NIL View elements from-iterable is-list map-items uncons]
        xrepl.dialect.raising [error function-clause])

(setv VARIADIC inspect.CO-VARARGS
      NUMBERS (frozenset [int float])
      name-of (operator.attrgetter "name")
      by-rank (functools.cmp-to-key compare)
      by-exact-rank (functools.cmp-to-key (fn [a b] (compare a b :exact True))))

(defn fun? [function arity]
  "Say whether a value is a function that takes this many arguments."
  (setv named (getattr function "lfe_name" None))  ; it knows its arity when its code does not
  (when named (return (= (get named 2) arity)))
  (if (is (type function) types.FunctionType)
      (do
        (setv code function.__code__
              most code.co-argcount)
        (or (= most arity)
            (and (& code.co-flags VARIADIC) (<= most arity))
            (and function.__defaults__ (<= (- most (len function.__defaults__)) arity most))))
      (and (callable function) (accepts? function arity))))

(defn accepts? [function arity]
  (try
    (.bind (inspect.signature function) #* (* [None] arity))
    (except [TypeError]
      (return False))
    (except [ValueError]
      (return True)))
  True)

(defn need-function [f #* arguments]
  "Fail as a call with these arguments would: for what is no function, or takes another number of arguments."
  (when (not (callable f)) (raise (error #((Atom "badfun") f))))
  (when (not (fun? f (len arguments)))
    (raise (error #((Atom "badarity") #(f (from-iterable arguments)))))))

(defn asked [f x]
  "Give what a function gives for a value; fails for what is no function of one argument."
  (need-function f x)
  (f x))

(defn truth [value]
  "Give a predicate's answer; what is neither true nor false is an error."
  (when (not (or (is value True) (is value False)))
    (raise (error #((Atom "case_clause") value))))
  value)

(defn tail-of [value]
  "Give what a list ends with: what is no list ends with itself."
  (while (setx cell (uncons value))
    (setv value cell.tail))
  value)

(defn list-or-clause [module function value call]
  "Give a list's elements as a Python list; `function_clause` of the call for what is no proper list."
  (when (not (is-list value))
    (raise (function-clause module function #* call)))
  (try
    (list (elements value))
    (except [TypeError]
      (raise (function-clause module function #* call)))))

(defn map-or-bad [value module function #* call]
  "Give a map; `badmap` of the call for anything else."
  (when (not (isinstance value dict))
    (setv problem (error #((Atom "badmap") value)))
    (setv problem.called #(module function call))
    (raise problem))
  value)

(defn same? [a b]
  "Say whether a =:= b; Python's equality goes first, since it never misses and is fast."
  (or (is a b)
      (and (= a b) (exactly-equal a b))))

(defn alike? [a b]
  "Say whether a == b."
  (or (is a b)
      (and (= a b) (equal a b))))

(defn nil? [value]
  "Say whether a value is the empty list, also as an empty string or Python list."
  (or (is value NIL) (and (is-list value) (is (uncons value) None))))

;; --- sorting

(defn order-key [items]
  "Give a key function that sorts these terms: None when Python's own order is right."
  (setv kinds (set (map type items)))
  (cond
    (<= kinds NUMBERS) None
    (> (len kinds) 1) by-rank
    (in Atom kinds) name-of
    (or (in str kinds) (in bytes kinds)) None
    (in tuple kinds) (tuple-key items)
    True by-rank))

(defn tuple-key [items]
  (when (> (len (set (map len items))) 1)
    (return by-rank))
  (setv keys (lfor column (zip #* items) (order-key column)))
  (cond
    (any (gfor key keys (is key by-rank))) by-rank
    (any keys) (fn [item] (tuple (gfor [key part] (zip keys item) (if (is key None) part (key part)))))
    True None))

(defn in-order [items]
  "Give the terms sorted, equal ones as they came."
  (setv terms (list items))
  (.sort terms :key (order-key terms))
  terms)

(defn in-order-by [choose items]
  "Give items sorted by the term that a function chooses of each, equal ones as they came."
  (setv terms (list items)
        key (order-key (list (map choose terms))))
  (.sort terms :key (if (is key None) choose (fn [item] (key (choose item)))))
  terms)

(defn without-repeats [terms]
  "Give sorted terms, but of those that are == only the first."
  (setv kept [])
  (for [term terms]
    (when (not (and kept (alike? (get kept -1) term)))
      (.append kept term)))
  kept)

(defn sorted-pairs [mapping]
  "Give a map's keys and values, in the order of keys."
  (setv pairs (list (map-items mapping))
        keys (lfor pair pairs (get pair 0))
        kinds (set (map type keys)))
  (cond
    (or (= kinds #{int}) (= kinds #{bytes}) (= kinds #{str})) (.sort pairs :key (operator.itemgetter 0))
    (= kinds #{Atom}) (.sort pairs :key (fn [pair] (. (get pair 0) name)))
    True (.sort pairs :key (fn [pair] (by-exact-rank (get pair 0)))))
  pairs)
