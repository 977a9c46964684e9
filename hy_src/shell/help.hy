"The shell function help: what every module of the shell says of itself, in `HELP`."

(import sys
        xrepl.dialect.data [Atom]
        xrepl.dialect.shell-functions [shell-functions])

(setv HELP ["Help"
            "(doc mod) -- show what a module, function or macro is for"
            "(doc mod:fun/arity) -- show what a function of a module is for"
            "(h) -- show this text"
            "(h mod) -- show what a module is for"
            "(h mod fun) -- show what a module's function or macro is for"
            "(h mod fun arity) -- show what a module's function is for"
            "(help) -- show this text"]
      FORMS ["Shell forms"
             "(reset-environment) -- forget all variables, functions, macros and records"
             "(run file) -- evaluate the forms of a file; none has an effect if one fails"
             "(set pattern expr) -- bind the variables of a pattern"
             "(set pattern (when guard) expr) -- bind them if the guard holds"
             "(slurp file) -- take the functions and macros of a module's file into the session"
             "(unslurp) -- go back to before the last slurp"]
      VARIABLES ["Shell variables"
                 "+ ++ +++ -- the last three forms"
                 "* ** *** -- the values of the last three forms"
                 "- -- the form that is being evaluated"
                 "$ENV -- the environment that macros are given"]
      COLUMN 24)

(defn section-text [lines]
  "Give one part of the help: a title, then what is called how, and what for, in two columns."
  (setv [title #* rows] lines
        parts (lfor row rows (lfor part (.partition row " -- ") (.strip part)))
        width (max [(- COLUMN 1) #* (gfor [usage _ _] parts (len usage))] ))
  (+ (.rstrip title ":") ":\n"
     (.join "" (gfor [usage dashes what] parts f"  {(.ljust usage width)} {dashes} {what}\n"))))

(defn help-text []
  "Give the whole help text."
  (setv sections [#* (. (shell-functions) help) FORMS VARIABLES])
  (+ "\n" (.join "\n" (map section-text sections)) "\n"))

(defn help/0 []
  "Show the shell's functions, forms and variables."
  (.write sys.stdout (help-text))
  (Atom "ok"))

(defn h/0 []
  "Show the shell's functions, forms and variables."
  (help/0))
