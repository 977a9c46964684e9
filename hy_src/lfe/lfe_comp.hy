"LFE's lfe_comp: the compiler, as a program calls it. Modules are bound in the session; no `.beam` file is written."

(import sys
        xrepl.dialect.compiling [compile-file]
        xrepl.dialect.current [current]
        xrepl.dialect.data [Atom NIL elements from-iterable is-list text-of]
        xrepl.dialect.raising [function-clause])

(setv __lfe_module__ "lfe_comp"
      OK (Atom "ok")
      ERROR (Atom "error"))

(defn path-of [name]
  "Give a file's name as Python's str."
  (setv text (cond
               (is (type name) Atom) name.name
               (is (type name) bytes) (.decode name)
               (is-list name) (text-of (elements name))
               True None))
  (when (is text None) (raise (function-clause "filename" "do_flatten" name NIL)))
  text)

(defn report [name]
  "Compile a file and write what is wrong; give the report."
  (setv found (compile-file current.interpreter (path-of name)))
  (for [line (.lines found)]
    (.write sys.stdout (+ line "\n")))
  found)

(defn file/1 [name]
  "Compile a file: `#(ok (#(ok module) ...))`, or `error`."
  (file/2 name NIL))

(defn file/2 [name options]
  "Compile a file; the options are taken and do nothing."
  (setv found (report name))
  (if found.problems
      ERROR
      #(OK (from-iterable (lfor module found.modules #(OK (Atom module)))))))
