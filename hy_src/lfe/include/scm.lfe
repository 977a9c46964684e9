;; scm's macros, callable without a module: (include-lib "lfe/include/scm.lfe").

(defmacro begin args `(scm:begin ,@args))
(defmacro define args `(scm:define ,@args))
(defmacro define-syntax args `(scm:define-syntax ,@args))
(defmacro let-syntax args `(scm:let-syntax ,@args))
(defmacro defsyntax args `(scm:defsyntax ,@args))
