"What is known of modules, the library's, the session's and Python's: which functions they have, where they are from."

(import hy
        sys
        types
        xrepl.dialect.bifs [BIFS]
        xrepl.dialect [modules]
        xrepl.dialect.calls [call-function find]
        xrepl.dialect.current [current]
        xrepl.dialect.data [Atom elements is-list]
        xrepl.dialect.library [find-module]
        xrepl.dialect.printer [write]
        xrepl.dialect.raising [function-clause])

(setv PACKAGES #("xrepl.lang.erlang." "xrepl.lang.lfe.")
      NAME-WIDTH 20
      COLUMN 30)

(defn exports-of [module]
  "Give names and arities of a library module's functions, sorted."
  (setv found (if (= (getattr module "__lfe_module__" None) "erlang") (list BIFS) []))
  (setv hyphens? (not (.startswith module.__name__ "xrepl.lang.erlang.")))  ; Hy takes `_` and `-` for one
  (for [[identifier value] (.items (vars module))]
    (when (and (.startswith identifier "hyx_") (callable value))
      (setv [name slash arity] (.rpartition (str (hy.unmangle identifier)) "/")
            name (if (or hyphens? (not (.isalpha (cut name 1)))) name (.replace name "-" "_")))
      (when (and slash (.isdecimal arity)) (.append found #(name (int arity))))))
  (sorted (set found)))

(defn exports-named [name]
  "Give names and arities of the functions of a module of the language; None when there is no such module."
  (setv module (find-module name))
  (cond
    (is-not module None) (exports-of module)
    (is (find (Atom name) (Atom "module_info") 1) None) None
    True (sorted (lfor #(text arity) (elements (call-function (Atom name) (Atom "module_info") #((Atom "exports"))))
                       #((str text) arity)))))

(defn made-module [name]
  "Give a module that the session has defined, or None."
  (when current.interpreter (modules.find current.interpreter.namespace name)))

(defn macros-named [name]
  "Give the names of the macros that a module exports, sorted."
  (setv made (made-module name)
        found (if made [] (find-module name)))
  (sorted (if made
              [#* (gfor [text #* rest] made.macros text) #* made.shown]
              (lfor identifier (vars found)
                    :setv [text slash kind] (.rpartition (str (hy.unmangle identifier)) "/")
                    :if (and slash (= kind "macro"))
                    text))))

(defn file-of [name]
  "Give the path of the file that a module is from, or empty."
  (setv made (made-module name)
        module (find-module name))
  (cond
    made made.file
    (is module None) ""
    True (or (getattr module "__file__" None) "")))

(defn loaded []
  "Give the names of the library modules that were used."
  (sorted (gfor name (list sys.modules)
                package PACKAGES
                :if (and (.startswith name package) (not (.startswith name (+ package "_"))))
                (.removeprefix name package))))

(defn load-module [name]
  "Find a module: `#(module name)`, or `#(error nofile)`."
  (when (is-not (type name) Atom) (raise (function-clause "c" "l" name)))
  (if (is (exports-named name.name) None)
      #((Atom "error") (Atom "nofile"))
      #((Atom "module") name)))

(defn in-columns [texts]
  "Write names in two columns, the first half of them in the first."
  (setv half (// (+ (len texts) 1) 2))
  (for [i (range half)]
    (setv second (if (< (+ half i) (len texts)) (get texts (+ half i)) None))
    (.write sys.stdout (if (is second None)
                           f"  {(get texts i)}\n"
                           f"  {(.ljust (get texts i) COLUMN)}  {(.ljust second COLUMN)}\n"))))

(defn print-module [name]
  "Write name, file, functions and macros of a module.

Raises:
    LfeError: there is none."
  (setv exports (if (is (type name) Atom) (exports-named name.name) None))
  (when (is exports None) (call-function name (Atom "module_info") #()))  ; it fails
  (setv file (file-of name.name))
  (.write sys.stdout f"Module: {(write name)}\n")
  (when file (.write sys.stdout f"Object file: {file}\n"))
  (.write sys.stdout "Exported functions:\n")
  (in-columns (lfor #(text arity) exports f"{(write (Atom text))}/{arity}"))
  (.write sys.stdout "Exported macros:\n")
  (in-columns (lfor text (macros-named name.name) (write (Atom text)))))

(defn print-modules []
  "Write the modules that were used, with their files."
  (for [#(name file) [#("Module" "File") #* (gfor name (loaded) #(name (file-of name)))]]
    (.write sys.stdout (if (> (len name) NAME-WIDTH)
                           f"{name}\n{(* " " 22)}{file}\n"
                           f"{(.ljust name NAME-WIDTH)}  {file}\n"))))
