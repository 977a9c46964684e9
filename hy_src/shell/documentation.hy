"Shell functions that show what something is for: modules, functions and macros of the language, and Python's things.

A text is the docstring of what is asked for, under a title in colours as in the LFE shell; functions of the session, the
library and Python have their signature above it."

(import builtins
        inspect
        re
        sys
        types
        xrepl.dialect.calls [find]
        xrepl.dialect.current [current]
        xrepl.dialect.data [Atom elements from-iterable is-list]
        xrepl.dialect.forms [EXPRESSIONS STATEMENTS]
        xrepl.dialect.definitions [DEFINITIONS]
        xrepl.dialect [modules]
        xrepl.dialect.library [find-macro find-module]
        xrepl.dialect.names [function-name macro-id python-name]
        xrepl.dialect.raising [function-clause]
        xrepl.dialect.shell-functions [shell-functions]
        xrepl.lang.erlang._module-facts [exports-named]
        xrepl.lang.shell.files [call-of])

(setv OK (Atom "ok")
      RULE (+ "\x1b[31m" (* "-" 60) "\x1b[0m\n")
      LOCAL (re.compile r"l_(.*?)(_\d+)?$"))

(defn error-of [reason]
  #((Atom "error") (Atom reason)))

(defn show-text [title text]
  "Write a title and what is to be said under it."
  (.write sys.stdout f"{RULE}\x1b[1;34m{title}\x1b[0m\n\n{text}\n")
  OK)

(defn text-of [thing name]
  "Give a docstring, or that there is none; LFE's as it was written, Python's with its indentation taken away."
  (setv text (or (getattr thing "__doc__" None) ""))
  (or (if (lfe? thing) text (inspect.cleandoc text)) f"No documentation for {name}"))

(defn lfe? [thing]
  "Say whether a function was defined in the language, in a session."
  (and (is (type thing) types.FunctionType) (in "_x_NIL" (.get thing.__globals__ "__builtins__" []))
       (is-not (function-name thing.__code__.co-name) None)))

;; --- signatures

(defn parameters-of [function]
  "Give the names of a function's parameters as the language writes them."
  (setv code (getattr function "__code__" None))
  (if (is code None)
      []
      (lfor name (cut code.co-varnames code.co-argcount)
            (.replace (.sub LOCAL r"\1" name) "_" "-"))))

(defn signature [name arity function]
  "Give how a function is called."
  (setv parameters (parameters-of function))
  (when (!= (len parameters) arity) (setv parameters (lfor i (range arity) f"a{i}")))
  (.join "" ["(" (.join " " [name #* parameters]) ")"]))

(defn show-function [name arity function [call None]]
  "Write what a function is for, with its signature when it is called as `call`."
  (setv text (text-of function f"{name}/{arity}"))
  (show-text f"function {name}/{arity}" (if call f"{(signature call arity function)}\n\n{text}" text)))

;; --- modules

(defn made-module [name]
  "Give a module that the session has defined, or None."
  (modules.find current.interpreter.namespace name))

(defn show-module [name]
  "Write what a module is for; None when there is none."
  (setv library (find-module name)
        made (made-module name))
  (cond
    (is-not made None) (show-text name (or made.documentation f"No documentation for {name}"))
    (is-not library None) (show-text name (text-of library name))
    True None))

(defn show-of-module [module name [arity None]]
  "Write what a module's functions or macros of a name are for, all or those of one arity."
  (setv exports (exports-named module))
  (when (is exports None) (return (error-of "non_existing")))
  (setv called (when (is-not (find-module module) None) f"{module}:{name}")
        wanted (lfor [text number] exports :if (and (= text name) (in arity #(None number))) number))
  (for [number wanted]
    (show-function name number (find (Atom module) (Atom name) number) called))
  (cond
    wanted OK
    (and (is arity None) (has-macro? module name)) (show-text f"macro {name}/1" (macro-text module name))
    True (error-of "function_missing")))

(defn has-macro? [module name]
  "Say whether a module exports a macro."
  (setv made (made-module module))
  (if made
      (in name (gfor [text #* rest] made.macros text))
      (is-not (find-macro module name) None)))

(defn macro-text [module name]
  (setv made (made-module module))
  (if made
      (or (next (gfor [text _ documentation] made.macros :if (= text name) documentation) "")
          f"No documentation for {name}")
      (text-of (find-macro module name) name)))

(defn atom-name [value function #* call]
  (when (is-not (type value) Atom) (raise (function-clause "lfe_docs" "get_module_docs" (get call 0))))
  value.name)

(defn h/1 [module]
  "Show what a module is for."
  (or (show-module (atom-name module "h" module)) (error-of "non_existing")))

(defn h/2 [module name]
  "Show what a module's functions or macros of a name are for."
  (show-of-module (atom-name module "h" module) (str name)))

(defn h/3 [module name arity]
  "Show what a module's function is for."
  (show-of-module (atom-name module "h" module) (str name) arity))

;; --- what a name means in the session

(defn own-functions [name]
  "Give the functions of a name that a form sees, by arity: the session's, then the shell's."
  (setv found {})
  (for [[[text arity] function] (.items (. (shell-functions) functions))]
    (when (= text name) (setv (get found arity) function)))
  (for [[identifier value] (.items current.interpreter.namespace)]
    (setv key (function-name identifier))
    (when (and key (= (get key 0) name)) (setv (get found (get key 1)) value)))
  found)

(defn show-own [name]
  "Write what the session's functions or macro of a name are for; None when there is none."
  (setv functions (own-functions name)
        macro (or (.get current.interpreter.namespace (macro-id name)) (.get (. (shell-functions) macros) name)))
  (for [arity (sorted functions)]
    (show-function name arity (get functions arity) name))
  (when macro (show-text f"macro {name}/1" (text-of macro name)))
  (when (or functions macro) OK))

(defn show-built-in [name]
  "Write what a core form or a built-in function is for; None when there is none."
  (setv form (or (.get DEFINITIONS name) (.get STATEMENTS name) (.get EXPRESSIONS name))
        arities (lfor [text arity] (exports-named "erlang") :if (= text name) arity))
  (cond
    form (show-text f"form {name}" (text-of form name))
    arities (do (for [arity arities]
                  (show-function name arity (find (Atom "erlang") (Atom name) arity) name))
                OK)
    True None))

;; --- Python's things

(defn python-thing [name]
  "Give what a name, dotted or not, is for Python in the session; None when it is nothing."
  (setv [first #* rest] (.split name ".")
        identifier (python-name first)
        namespace current.interpreter.namespace
        found (.get namespace identifier (getattr builtins identifier (.get sys.modules first))))
  (for [part rest]
    (setv found (getattr found (python-name part) None)))
  found)

(defn show-python [name]
  "Write what a thing of Python's is for, with its signature; None when there is none."
  (setv thing (when (not (.startswith name ".")) (python-thing name)))
  (when (is thing None) (return None))
  (setv head (if (callable thing)
                 (try f"{name}{(inspect.signature thing)}\n\n" (except [[TypeError ValueError]] ""))
                 ""))
  (show-text name (+ head (text-of thing name))))

;; --- doc: whatever a name means

(defn doc-of-name [text]
  (setv [module colon function] (.partition text ":")
        [name slash arity] (.rpartition (if colon function text) "/"))
  (when (not (and slash name (.isdecimal arity)))
    (setv name (if colon function text) arity None))
  (cond
    (and colon module function) (show-of-module module name (when arity (int arity)))
    arity (or (show-arity name (int arity)) (error-of "non_existing"))
    True (or (show-own text) (show-module text) (show-built-in text) (show-python text) (error-of "non_existing"))))

(defn show-arity [name arity]
  (setv function (or (.get (own-functions name) arity) (find (Atom "erlang") (Atom name) arity)))
  (when function (show-function name arity function name)))

(defn plain-name [datum]
  "Give the text of a name, also of one that is quoted or a string."
  (cond
    (and (is-list datum) (not (isinstance datum str)) (= (len datum) 2) (is (get datum 0) (Atom "quote")))
      (plain-name (get datum 1))
    (is-list datum) (.join "" (map chr (elements datum)))
    True (str datum)))

(defn doc/1 [name]
  "Show what a name means: a module, `module:function`, `module:function/arity`, or what the session calls so."
  (doc-of-name (plain-name name)))

(defn doc/2 [module name]
  "Show what a module's functions or macros of a name are for."
  (show-of-module (plain-name module) (plain-name name)))

(defn doc/3 [module name arity]
  "Show what a module's function is for."
  (show-of-module (plain-name module) (plain-name name) arity))

(defn quoted [arguments]
  (lfor argument arguments (from-iterable [(Atom "quote") argument])))

(defn undefined-macro [name arguments]
  (from-iterable [(Atom "error") (from-iterable [(Atom "quote")
                                                 #((Atom "undefined_func") #((Atom name) (len arguments)))])]))

(defn doc/macro [arguments environment]
  "Show what a name means: `(doc module)`, `(doc module function)`, `(doc module function arity)`, `(doc anything)`."
  (if (<= 1 (len arguments) 3)
      (call-of "lfe_shell" "doc" (quoted arguments))
      (undefined-macro "doc" arguments)))

(defn describe/macro [arguments environment]
  "Show what a name means, as `doc` does."
  (if (<= 1 (len arguments) 3)
      (doc/macro arguments environment)
      (undefined-macro "describe" arguments)))
