;; Common Lisp's names for LFE's predicates, and some of its forms: (include-lib "lfe/include/cl.lfe").

;; Predicates

(defmacro alivep (x) `(is_process_alive ,x))
(defmacro atomp (x) `(is_atom ,x))
(defmacro binaryp (x) `(is_binary ,x))
(defmacro bitstringp (x) `(is_bitstring ,x))
(defmacro boolp (x) `(is_boolean ,x))
(defmacro booleanp (x) `(is_boolean ,x))
(defmacro builtinp (module function arity) `(erlang:is_builtin ,module ,function ,arity))
(defmacro floatp (x) `(is_float ,x))
(defmacro funcp args `(is_function ,@args))
(defmacro functionp args `(is_function ,@args))
(defmacro intp (x) `(is_integer ,x))
(defmacro integerp (x) `(is_integer ,x))
(defmacro listp (x) `(is_list ,x))
(defmacro mapp (x) `(is_map ,x))
(defmacro numberp (x) `(is_number ,x))
(defmacro pidp (x) `(is_pid ,x))
(defmacro portp (x) `(is_port ,x))
(defmacro process-alive-p (x) `(is_process_alive ,x))
(defmacro recordp args `(is_record ,@args))
(defmacro refp (x) `(is_reference ,x))
(defmacro referencep (x) `(is_reference ,x))
(defmacro tuplep (x) `(is_tuple ,x))
(defmacro vectorp (x) `(is_tuple ,x))

(defun consp
  (((cons _ tail)) (when (not (is_list tail))) 'true)
  ((_) 'false))

;; Forms

(defmacro vector args `(tuple ,@args))

(defmacro dolist
  ((cons (list var items) body)
   `(lists:foreach (lambda (,var) ,@body) ,items)))
