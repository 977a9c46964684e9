"Shell functions on files: where one is, what is there, compiling and loading."

(import xrepl.dialect.data [Atom from-iterable]
        xrepl.lang.erlang.c [cd/1 pwd/0])

(setv HELP ["Files"
            "(c file) -- compile an LFE file and load its modules"
            "(cd dir) -- go to another working directory"
            "(ec file) -- say that there is no compiler for Erlang"
            "(l module) -- load a module again"
            "(ls) -- list the files of the working directory"
            "(ls dir) -- list the files of a directory"
            "(pwd) -- show the working directory"])

(defn call-of [module function arguments]
  "Give the form that calls a function of a module."
  (from-iterable [(Atom ":") (Atom module) (Atom function) #* arguments]))

(defn ls/macro [arguments environment]
  "List files: `(ls)`, `(ls directory)`."
  (call-of "c" "ls" arguments))

(defn c/macro [arguments environment]
  "Compile an LFE file and load its modules: `(c file)`, `(c file options)`."
  (call-of "lfe_shell" "c" arguments))

(defn ec/macro [arguments environment]
  "Compile an Erlang file: says why it cannot be."
  (call-of "c" "c" arguments))

(defn l/macro [arguments environment]
  "Load modules again: `(l module ...)`."
  (call-of "lfe_shell" "l" [(from-iterable [(Atom "list") #* arguments])]))
