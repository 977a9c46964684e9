"The part of LFE's cl on trees of lists, lists as sets, and association lists.

`cl.hy` takes these in; this is no module of the language by itself. Equal is =:=."

(import xrepl.dialect.data [Atom Cons NIL elements from-iterable uncons]
        xrepl.dialect.raising [error function-clause]
        xrepl.lang.erlang [lists]
        xrepl.lang.erlang._terms [asked nil? same? truth])

(setv __lfe_module__ "cl")

(defn denied [value]
  (if (is (type value) bool) value (raise (error (Atom "badarg")))))

(defn ored [value]
  (if (is (type value) bool) value (raise (error #((Atom "badarg") value)))))

(defn each-of [xs function #* before [after []]]
  "Go through a list; what it does not end with is no clause of a function that is called with the rest."
  (setv rest xs)
  (while (setx cell (uncons rest))
    (yield cell.head)
    (setv rest cell.tail))
  (when (not (nil? rest)) (raise (function-clause "cl" function #* before rest #* after))))

(defn generated [xs]
  "Go through the list of a comprehension."
  (setv rest xs)
  (while (setx cell (uncons rest))
    (yield cell.head)
    (setv rest cell.tail))
  (when (not (nil? rest)) (raise (error #((Atom "bad_generator") rest)))))

;; --- trees

(defn replaced [tree change]
  "Give a tree in which a function has replaced subtrees: it gives a list of one for those."
  (setv parts [] rest tree)
  (while True
    (setv new (change rest))
    (when new (return (from-iterable parts (get new 0))))
    (setv cell (uncons rest))
    (when (is cell None) (return (from-iterable parts rest)))
    (.append parts (replaced cell.head change))
    (setv rest cell.tail)))

(defn subst/3 [new old tree]
  "Put a new tree in the place of every subtree equal to an old one."
  (replaced tree (fn [part] (if (same? part old) [new] []))))

(defn subst-if/3 [new test tree]
  "Put a new tree in the place of every subtree for which a test holds."
  (replaced tree (fn [part] (if (truth (asked test part)) [new] []))))

(defn subst-if-not/3 [new test tree]
  "Put a new tree in the place of every subtree for which a test does not hold."
  (replaced tree (fn [part] (if (truth (asked test part)) [] [new]))))

(defn sublis/2 [pairs tree]
  "Put values in the place of the subtrees that are keys of an association list."
  (replaced tree (fn [part]
                   (setv pair (uncons (assoc/2 part pairs)))
                   (if (is pair None) [] [pair.tail]))))

;; --- lists as sets

(defn member/2 [item xs]
  "Say whether an element is in a list."
  (lists.member/2 item xs))

(defn member-if/2 [pred xs]
  "Say whether a predicate holds for some element."
  (any (gfor x (each-of xs "member-if" pred) (ored (asked pred x)))))

(defn member-if-not/2 [pred xs]
  "Say whether there is an element for which a predicate does not hold."
  (any (gfor x (each-of xs "member-if-not" pred) (not (denied (asked pred x))))))

(defn adjoin/2 [item xs]
  "Put an item before a list, unless it is in it."
  (if (lists.member/2 item xs) xs (Cons item xs)))

(defn union/2 [xs ys]
  "Give the elements of the first list that are not in the second, before the second."
  (from-iterable (lfor x (each-of xs "union" :after [ys]) :if (not (lists.member/2 x ys)) x) ys))

(defn intersection/2 [xs ys]
  "Give the elements that are in both lists."
  (from-iterable (lfor x (generated xs) :if (lists.member/2 x ys) x)))

(defn set-difference/2 [xs ys]
  "Give the elements of the first list that are not in the second."
  (from-iterable (lfor x (generated xs) :if (not (lists.member/2 x ys)) x)))

(defn set-exclusive-or/2 [xs ys]
  "Give the elements that are in one list only."
  (from-iterable [#* (elements (set-difference/2 xs ys)) #* (elements (set-difference/2 ys xs))]))

(defn subsetp/2 [xs ys]
  "Say whether every element of the first list is in the second."
  (all (gfor x (each-of xs "subsetp" :after [ys]) (lists.member/2 x ys))))

;; --- association lists

(defn acons/3 [key value pairs]
  "Put `(key . value)` before an association list."
  (Cons (Cons key value) pairs))

(defn pairlis/2 [keys values]
  "Make an association list of keys and values."
  (pairlis/3 keys values NIL))

(defn pairlis/3 [keys values pairs]
  "Put an association list of keys and values before another."
  (setv made [] ks keys vs values)
  (while (and (setx k (uncons ks)) (setx v (uncons vs)))
    (.append made (Cons k.head v.head))
    (setv ks k.tail vs v.tail))
  (when (not (and (nil? ks) (nil? vs)))
    (raise (function-clause "cl" "pairlis" ks vs pairs)))
  (from-iterable made pairs))

(defn first-pair [function wanted good? pairs]
  (for [pair (each-of pairs function wanted)]
    (setv cell (uncons pair))
    (when (and (is-not cell None) (good? cell)) (return pair)))
  NIL)

(defn chosen-pair [function pred pairs good?]
  "Give the first good pair; unlike `assoc`, what is no pair is an error."
  (setv rest pairs)
  (while (setx cell (uncons rest))
    (setv pair (uncons cell.head))
    (when (is pair None) (break))
    (when (good? pair) (return cell.head))
    (setv rest cell.tail))
  (if (nil? rest) NIL (raise (function-clause "cl" function pred rest))))

(defn assoc/2 [key pairs]
  "Give the first pair with a key, or `()`."
  (first-pair "assoc" key (fn [cell] (same? cell.head key)) pairs))

(defn assoc-if/2 [pred pairs]
  "Give the first pair for whose key a predicate holds, or `()`."
  (chosen-pair "assoc-if" pred pairs (fn [cell] (truth (asked pred cell.head)))))

(defn assoc-if-not/2 [pred pairs]
  "Give the first pair for whose key a predicate does not hold, or `()`."
  (chosen-pair "assoc-if-not" pred pairs (fn [cell] (not (truth (asked pred cell.head))))))

(defn rassoc/2 [value pairs]
  "Give the first pair with a value, or `()`."
  (first-pair "rassoc" value (fn [cell] (same? cell.tail value)) pairs))

(defn rassoc-if/2 [pred pairs]
  "Give the first pair for whose value a predicate holds, or `()`."
  (chosen-pair "rassoc-if" pred pairs (fn [cell] (truth (asked pred cell.tail)))))

(defn rassoc-if-not/2 [pred pairs]
  "Give the first pair for whose value a predicate does not hold, or `()`."
  (chosen-pair "rassoc-if-not" pred pairs (fn [cell] (not (truth (asked pred cell.tail))))))
