"Erlang's code: which modules there are and where they are from. Nothing has to be loaded or purged by hand here."

(import os
        sys
        xrepl.dialect.data [Atom elements from-iterable string]
        xrepl.dialect.raising [function-clause]
        xrepl.lang.erlang._module-facts [exports-named file-of load-module loaded])

(setv __lfe_module__ "code"
      NON-EXISTING (Atom "non_existing")
      FILE (Atom "file"))

(defn place-of [module function]
  "Give where a module is from: a file's name, an empty string for one that was defined in the session, or None."
  (when (is-not (type module) Atom) (raise (function-clause "code" function module)))
  (when (is-not (exports-named module.name) None) (string (file-of module.name))))

(defn which/1 [module]
  "Give a module's file, or `non_existing`."
  (setv place (place-of module "which"))
  (if (is place None) NON-EXISTING place))

(defn is_loaded/1 [module]
  "Give `#(file name)` for a module that is there, else false."
  (setv place (place-of module "is_loaded"))
  (if (is place None) False #(FILE place)))

(defn all_loaded/0 []
  "Give the library modules that were used, with their files."
  (from-iterable (lfor name (loaded) #((Atom name) (string (file-of name))))))

(defn load_file/1 [module]
  "Find a module: `#(module m)`, or `#(error nofile)`."
  (load-module module))

(defn ensure_loaded/1 [module]
  "Find a module: `#(module m)`, or `#(error nofile)`."
  (load-module module))

(defn purge/1 [module]
  "Give false: there is no old code."
  False)

(defn soft_purge/1 [module]
  "Give true: there is no old code."
  True)

(defn delete/1 [module]
  "Give false: a module is not forgotten."
  False)

(defn get_path/0 []
  "Give the directories in which Python's modules are looked for."
  (from-iterable (lfor path sys.path (string (or path ".")))))

(defn add-path [directory place]
  (setv path (.join "" (map chr (elements directory))))
  (if (os.path.isdir path)
      (do (.insert sys.path place path) True)
      #((Atom "error") (Atom "bad_directory"))))

(defn add_path/1 [directory]
  "Look for Python's and Hy's modules in a directory too, last."
  (add-path directory (len sys.path)))

(defn add_pathz/1 [directory]
  "Look for Python's and Hy's modules in a directory too, last."
  (add-path directory (len sys.path)))

(defn add_patha/1 [directory]
  "Look for Python's and Hy's modules in a directory too, first."
  (add-path directory 0))

(defn lib_dir/0 []
  "Give the directory of the library."
  (string (os.path.dirname (file-of "lists"))))

(defn priv_dir/1 [application]
  "Give an application's own files: none has any."
  #((Atom "error") (Atom "bad_name")))
