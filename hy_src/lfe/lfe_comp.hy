"LFE's lfe_comp: the compiler, as a program calls it. Modules are bound in the session; no `.beam` file is written."

(import sys
        xrepl.dialect.compiling [compile-file]
        xrepl.dialect.current [current]
        xrepl.dialect.data [Atom NIL elements from-iterable is-list string text-of]
        xrepl.dialect.raising [function-clause])

(setv __lfe_module__ "lfe_comp"
      OK (Atom "ok")
      ERROR (Atom "error")
      REPORT (Atom "report")
      RETURN (Atom "return"))

(defn path-of [name]
  "Give a file's name as Python's str."
  (setv text (cond
               (is (type name) Atom) name.name
               (is (type name) bytes) (.decode name)
               (is-list name) (text-of (elements name))
               True None))
  (when (is text None) (raise (function-clause "filename" "do_flatten" name NIL)))
  text)

(defn compiled [name]
  (compile-file current.interpreter (path-of name)))

(defn report [name]
  "Compile a file and write what is wrong; give the report."
  (setv found (compiled name))
  (tell found)
  found)

(defn tell [found]
  (for [line (.lines found)]
    (.write sys.stdout (+ line "\n"))))

(defn listed [found problems]
  "Give problems as the option `return` has them: `(#(file (#(line lfe_comp text) ...)))`."
  (if problems
      (from-iterable [#((string found.file)
                        (from-iterable (lfor each problems #((or each.line (Atom "none"))
                                                             (Atom "lfe_comp")
                                                             (string each.text)))))])
      NIL))

(defn file/1 [name]
  "Compile a file and write what is wrong: `#(ok (#(ok module) ...))`, or `error`."
  (file/2 name (from-iterable [REPORT])))

(defn file/2 [name options]
  "Compile a file; options are `report`, which writes what is wrong, and `return`, which gives it, too."
  (setv chosen (list (elements options))
        found (compiled name))
  (when (in REPORT chosen) (tell found))
  (answer found (in RETURN chosen)))

(defn answer [found returns?]
  "Give what `file` gives; with `return`, the first module has the file's warnings."
  (setv warnings (listed found found.warnings))
  (cond
    (and found.problems returns?) #(ERROR NIL (listed found found.problems) warnings)
    found.problems ERROR
    returns? #(OK (from-iterable (lfor [i module] (enumerate found.modules)
                                       #(OK (Atom module) (if (= i 0) warnings NIL)))) NIL)
    True #(OK (from-iterable (lfor module found.modules #(OK (Atom module)))))))

(defn format_error/1 [problem]
  "Give the text of a problem that the option `return` gave."
  problem)
