"The tables of `ets.hy`: how objects are kept by key, and which tables there are.

A table is told what to keep and gives what it has; who may do so, and what Erlang calls an error, is in `ets.hy`.
Nothing here waits; what would be half done when a time slice ends is kept whole by `ATOMIC`."

(import bisect
        itertools
        xrepl.dialect.data [Atom map-key]
        xrepl.dialect.processes [ATOMIC]
        xrepl.lang.erlang._terms [by-rank name-of same?])

(setv FEW 16  ; so many removed keys are never worth a compaction
      moments (itertools.count 1))

(defclass Table []
  "What all tables have: a name, an owner, and where in an object its key is (counted from 0)."

  (defn __init__ [self ref name place protection]
    (setv self.ref ref
          self.name name
          self.is-named False
          self.place place
          self.protection protection
          self.owner None
          self.heir None
          self.options {}
          self.data {}
          self.changed (next moments)))

  (defn change [self]
    "Note that something about the table is changing: `changed` is a number that it never was."
    (setv self.changed (next moments)))

  (defn [property] id [self]
    "Give what the language calls the table by."
    (if self.is-named self.name self.ref))

  (defn key [self term]
    "Give the key under which a term is kept."
    (map-key term))

  (defn key-of [self object]
    "Give the term that is an object's key."
    (get object self.place))

  (defn same-key? [self a b]
    (= (self.key a) (self.key b))))

;; --- set: one object a key

(defclass SetTable [Table]
  "One object for a key, in the order of insertion."
  (setv kind (Atom "set")
        is-bag False)

  (defn __init__ [self #* what]
    (.__init__ (super) #* what)
    (setv self.order None))  ; made by the first `next`, for then each is a look-up

  (defn size [self]
    (len self.data))

  (defn insert [self object]
    "Keep an object in place of the one with its key."
    (.change self)
    (setv term (self.key-of object) key (self.key term))
    (with [_ ATOMIC]
      (when (and (is-not self.order None) (not-in key self.data))
        (.add self.order key term))
      (setv (get self.data key) object)))

  (defn insert-all [self objects]
    (for [object objects] (self.insert object)))

  (defn lookup [self term]
    "Give the objects with a key, as a Python list."
    (setv object (.get self.data (self.key term)))
    (if (is object None) [] [object]))

  (defn delete [self term]
    "Remove the objects with a key."
    (.change self)
    (setv key (self.key term))
    (with [_ ATOMIC]
      (when (and (is-not (.pop self.data key None) None) (is-not self.order None))
        (.remove self.order key))))

  (defn delete-object [self object]
    "Remove an object, if it is there as it is."
    (setv term (self.key-of object))
    (for [kept (self.lookup term)]
      (when (same? kept object) (self.delete term))))

  (defn replace [self old new]
    "Put an object in the place of one with the same key."
    (.change self)
    (setv (get self.data (self.key (self.key-of old))) new))

  (defn objects [self]
    "Give all objects in the table's order, as a Python list."
    (list (.values self.data)))

  (defn clear [self]
    (.change self)
    (setv self.data {} self.order None))

  (defn in-order [self]
    (when (is self.order None)
      (with [_ ATOMIC] (setv self.order (Order (self.keys)))))
    self.order)

  (defn keys [self]
    "Give the keys as they are kept and as terms, in the order of the table."
    (lfor [key object] (.items self.data) #(key (self.key-of object))))

  (defn step [self term by]
    "Give the key after this one as a list of one: empty at the end; None when the term is no key."
    (.after (self.in-order) (self.key term)))

  (defn end [self by]
    "Give the first key as a list of one, empty for none: a table without order has no other end."
    (.first (self.in-order))))

(defclass Order []
  "The keys of a table in a row, so that the next one is found in constant time."

  (defn __init__ [self pairs]
    (setv self.row pairs
          self.places (dfor [place [key _]] (enumerate pairs) key place)
          self.removed 0))

  (defn add [self key term]
    (setv (get self.places key) (len self.row))
    (.append self.row #(key term)))

  (defn remove [self key]
    (setv (get self.row (.pop self.places key)) None)
    (+= self.removed 1)
    (when (> self.removed (max FEW (// (len self.row) 2)))
      (.__init__ self (lfor pair self.row :if (is-not pair None) pair))))

  (defn after [self key]
    (setv place (.get self.places key))
    (when (is-not place None) (self.from-place (+ place 1))))

  (defn first [self]
    (self.from-place 0))

  (defn from-place [self place]
    (while (and (< place (len self.row)) (is (get self.row place) None))
      (+= place 1))
    (if (< place (len self.row)) [(get self.row place 1)] [])))

;; --- bags: several objects a key

(defclass BagTable [SetTable]
  "Any number of different objects for a key, in the order of insertion."
  (setv kind (Atom "bag")
        is-bag True)

  (defn size [self]
    (sum (map len (.values self.data))))

  (defn insert [self object]
    "Keep an object beside the others with its key, unless it is there."
    (.change self)
    (setv term (self.key-of object)
          key (self.key term))
    (with [_ ATOMIC]
      (setv kept (.get self.data key))
      (cond
        (is kept None) (do
                         (when (is-not self.order None) (.add self.order key term))
                         (setv (get self.data key) [object]))
        (self.takes? kept object) (.append kept object))))

  (defn keys [self]
    (lfor [key kept] (.items self.data) #(key (self.key-of (get kept 0)))))

  (defn takes? [self kept object]
    (not (any (gfor other kept (same? other object)))))

  (defn insert-all [self objects]
    "Keep objects: a bag takes the last of a list first, as Erlang's does."
    (for [object (reversed objects)] (self.insert object)))

  (defn lookup [self term]
    (list (.get self.data (self.key term) [])))

  (defn delete-object [self object]
    "Remove all copies of an object."
    (.change self)
    (setv term (self.key-of object)
          left (lfor other (self.lookup term) :if (not (same? other object)) other))
    (if left
        (setv (get self.data (self.key term)) left)
        (self.delete term)))

  (defn objects [self]
    (lfor kept (.values self.data) object kept object)))

(defclass DuplicateBagTable [BagTable]
  "Any number of objects for a key, equal ones too."
  (setv kind (Atom "duplicate_bag"))

  (defn takes? [self kept object]
    True)

  (defn insert-all [self objects]
    (for [object objects] (self.insert object))))

;; --- ordered set: one object a key, keys in the order of terms

(defclass OrderedTable [SetTable]
  "One object for a key, in the order of terms; 1 and 1.0 are one key."
  (setv kind (Atom "ordered_set"))

  (defn __init__ [self #* what]
    (.__init__ (super) #* what)
    (setv self.terms []
          self.rank None))

  (defn key [self term]
    (map-key (if (and (is (type term) float) (.is-integer term)) (int term) term)))

  (defn insert [self object]
    (.change self)
    (setv term (self.key-of object) key (self.key term))
    (with [_ ATOMIC]
      (when (not-in key self.data)
        (self.choose-rank term)
        (bisect.insort self.terms term :key self.rank))
      (setv (get self.data key) object)))

  (defn choose-rank [self term]
    "Choose how keys are compared: as cheaply as they allow."
    (setv rank (cond
                 (is (type term) int) None
                 (is (type term) Atom) name-of
                 True by-rank))
    (when (is-not rank self.rank)
      (setv self.rank (if self.terms by-rank rank))))

  (defn place-of [self term]
    (when (is-not self.rank by-rank) (self.choose-rank term))
    (bisect.bisect-left self.terms (self.ranked term) :key self.rank))

  (defn ranked [self term]
    (if (is self.rank None) term (self.rank term)))

  (defn delete [self term]
    (.change self)
    (with [_ ATOMIC]
      (when (is-not (.pop self.data (self.key term) None) None)
        (del (get self.terms (self.place-of term))))))

  (defn objects [self]
    (with [_ ATOMIC]
      (lfor term self.terms (get self.data (self.key term)))))

  (defn clear [self]
    (.change self)
    (setv self.data {} self.terms [] self.rank None))

  (defn step [self term by]
    "Give the nearest key after this term, or before it for -1; it need not be a key."
    (with [_ ATOMIC]
      (setv place (self.place-of term))
      (if (< by 0)
          (-= place 1)
          (when (in (self.key term) self.data) (+= place 1)))
      (if (<= 0 place (- (len self.terms) 1)) [(get self.terms place)] [])))

  (defn end [self by]
    "Give the first key, or the last for -1."
    (cut self.terms (if (< by 0) -1 0) (if (< by 0) None 1))))

(setv KINDS (dfor kind [SetTable OrderedTable BagTable DuplicateBagTable] kind.kind kind))

;; --- which tables there are

(setv named {}
      by-ref {})

(defn find-table [id]
  "Give the table of a name or reference, or None."
  (if (is (type id) Atom)
      (.get named id)
      (try (.get by-ref id) (except [TypeError] None))))

(defn add-table [table]
  (setv (get by-ref table.ref) table)
  (when table.is-named (setv (get named table.name) table)))

(defn remove-table [table]
  (.pop by-ref table.ref None)
  (when (is (.get named table.name) table) (.pop named table.name)))

(defn rename-table [table name]
  (.change table)
  (when table.is-named
    (.pop named table.name)
    (setv (get named name) table))
  (setv table.name name))
