"Erlang's filelib: asking for files and directories, patterns of names, folding over a tree of files."

(import os
        re
        xrepl.dialect.data [Atom elements from-iterable string text-of]
        xrepl.dialect.raising [function-clause]
        xrepl.dialect.regex [compile-pattern]
        xrepl.lang.erlang._file-facts [time-as]
        xrepl.lang.erlang._paths [ERROR OK done file-name like-name path-text])

(setv __lfe_module__ "filelib")

(defn asked [question name]
  "Ask about a file: false when the name is none."
  (try
    (question (file-name name))
    (except [[ValueError TypeError]]
      False)))

(defn is_file/1 [name]
  "Say whether there is a file or a directory."
  (asked os.path.exists name))

(defn is_file/2 [name module]
  "Say whether there is a file or a directory."
  (is_file/1 name))

(defn is_dir/1 [name]
  "Say whether there is a directory."
  (asked os.path.isdir name))

(defn is_dir/2 [name module]
  "Say whether there is a directory."
  (is_dir/1 name))

(defn is_regular/1 [name]
  "Say whether there is an ordinary file."
  (asked os.path.isfile name))

(defn is_regular/2 [name module]
  "Say whether there is an ordinary file."
  (is_regular/1 name))

(defn file_size/1 [name]
  "Give a file's size in bytes; 0 when there is none."
  (asked (fn [path] (if (os.path.exists path) (os.path.getsize path) 0)) name))

(defn last_modified/1 [name]
  "Give the local date and time when a file was changed; 0 when there is none."
  (asked (fn [path] (if (os.path.exists path) (time-as (int (os.path.getmtime path)) "local") 0)) name))

;; --- directories

(defn ensure_dir/1 [name]
  "Make the directories that a file's name needs; the last part is not made."
  (made (fn [] (os.path.dirname (file-name name)))))

(defn ensure_path/1 [name]
  "Make a directory and those that it needs."
  (made (fn [] (file-name name))))

(defn made [choose]
  (done (fn []
          (setv path (choose))
          (when path (os.makedirs path :exist-ok True)))))

;; --- trees of files

(defn fold_files/5 [directory pattern recursive f start]
  "Fold over the files of a directory whose names match a regular expression; the function takes a name and what there is so far."
  (setv regex (compile-pattern (text-of (elements pattern)) (frozenset))
        sofar start)
  (for [path (files-below (file-name directory) regex recursive)]
    (setv sofar (f (like-name directory path) sofar)))
  sofar)

(defn files-below [directory regex recursive]
  "Go through the files as `fold_files` does: in order of names, a directory's own where it stands."
  (try
    (setv names (sorted (os.listdir directory)))
    (except [OSError]
      (return)))
  (for [name names]
    (setv path (os.path.join directory name))
    (cond
      (os.path.isfile path) (when (.search regex name) (yield path))
      (and recursive (os.path.isdir path)) (for [inner (files-below path regex recursive)]
                                             (yield inner)))))

(defn find_file/2 [name directory]
  "Give `#(ok path)` of a file in a directory, or `#(error not_found)`."
  (setv path (os.path.join (path-text directory) (path-text name)))
  (if (os.path.isfile path) #(OK (string path)) #(ERROR (Atom "not_found"))))

(defn find_file/3 [name directory rules]
  "Give `#(ok path)` of a file in a directory, or `#(error not_found)`; there are no rules for others."
  (find_file/2 name directory))

(defn safe_relative_path/2 [name directory]
  "Give a relative name without `.` and `..`, or `unsafe` when it leaves the directory."
  (setv text (path-text name) parts [] base (path-text directory))
  (when (.startswith text "/") (return (Atom "unsafe")))
  (for [part (.split text "/")]
    (cond
      (in part #("" ".")) None
      (= part "..") (if parts (.pop parts) (return (Atom "unsafe")))
      True (.append parts part))
    (setv target (os.path.realpath (os.path.join (or base ".") #* parts)))
    (when (not (inside? target (os.path.realpath (or base "."))))
      (return (Atom "unsafe"))))
  (like-name name (.join "/" parts)))

(defn inside? [path directory]
  (or (= path directory) (.startswith path (+ (.rstrip directory "/") "/"))))

;; --- patterns of names

(defn wildcard/1 [pattern]
  "Give the names that match a pattern with `?`, `*`, `**`, `[a-z]` and `{one,two}`, in order."
  (matching pattern ""))

(defn wildcard/2 [pattern directory]
  "Give the names in a directory that match a pattern, relative to the directory."
  (matching pattern (path-text directory)))

(defn wildcard/3 [pattern directory module]
  "Give the names in a directory that match a pattern."
  (wildcard/2 pattern directory))

(defn matching [pattern directory]
  (try
    (setv text (path-text pattern) found (set))
    (except [ValueError]
      (raise (function-clause "filelib" "wildcard" pattern))))
  (for [one (alternatives text)]
    (setv root (if (.startswith one "/") "/" "")
          parts (list (filter None (.split one "/"))))
    (.update found (expanded root parts directory)))
  (from-iterable (map string (sorted found))))

(defn alternatives [text]
  "Give the patterns that the braces of one stand for."
  (setv found (re.search r"\{([^{}]*)\}" text))
  (when (is found None) (return [text]))
  (lfor option (.split (.group found 1) ",")
        whole (alternatives (+ (cut text (.start found)) option (cut text (.end found) None)))
        whole))

(defn expanded [sofar parts base]
  "Give the existing names that begin with a path and go on with the parts of a pattern."
  (when (not parts)
    (return (if (os.path.lexists (os.path.join base sofar)) [sofar] [])))
  (setv part (get parts 0) rest (cut parts 1 None))
  (cond
    (and (= part "**") (not rest)) (all-below sofar base)
    (= part "**") (lfor directory [sofar #* (directories-below sofar base)]
                        name (expanded directory rest base)
                        name)
    (re.search r"[?*\[\\]" part) (lfor name (names-in (os.path.join base sofar) (part-regex part))
                                       whole (expanded (os.path.join sofar name) rest base)
                                       whole)
    True (expanded (os.path.join sofar part) rest base)))

(defn all-below [sofar base]
  (lfor name (names-in (os.path.join base sofar) (part-regex "*"))
        :setv path (os.path.join sofar name)
        one [path #* (if (os.path.isdir (os.path.join base path)) (all-below path base) [])]
        one))

(defn directories-below [sofar base]
  (lfor path (all-below sofar base) :if (os.path.isdir (os.path.join base path)) path))

(defn names-in [directory regex]
  (try
    (setv names (os.listdir (or directory ".")))
    (except [OSError]
      (return [])))
  (sorted (filter regex.fullmatch names)))

(defn part-regex [part]
  "Give the regular expression of one part of a pattern."
  (setv out "" i 0)
  (while (< i (len part))
    (setv c (get part i) end (.find part "]" (+ i 2)))
    (cond
      (= c "*") (setv out (+ out ".*"))
      (= c "?") (setv out (+ out "."))
      (= c "\\") (setv out (+ out (re.escape (cut part (+ i 1) (+ i 2)))) i (+ i 1))
      (and (= c "[") (> end 0)) (setv out (+ out "[" (.replace (cut part (+ i 1) end) "\\" "\\\\") "]") i end)
      True (setv out (+ out (re.escape c))))
    (setv i (+ i 1)))
  (re.compile out re.DOTALL))
