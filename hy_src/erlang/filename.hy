"Erlang's filename: parts of names of files, as text; no file is looked at.

A name that is a binary gives binaries. Names are those of Unix, with `/`."

(import os
        xrepl.dialect.data [Atom NIL elements from-iterable is-list string]
        xrepl.dialect.raising [error function-clause]
        xrepl.lang.erlang._paths [like-name path-text])

(setv __lfe_module__ "filename")

(defn text-of [value]
  "Give the text of a name."
  (try
    (path-text value)
    (except [ValueError]
      (raise (function-clause "filename" "do_flatten" value NIL)))))

(defn plain [text]
  "Give a name without repeated slashes and without one at the end."
  (setv parts (.join "/" (filter None (.split text "/"))))
  (if (.startswith text "/") (+ "/" parts) parts))

(defn last-part [text]
  (get (.rpartition text "/") 2))

;; --- parts

(defn basename/1 [name]
  "Give the last part of a name."
  (like-name name (last-part (.removesuffix (text-of name) "/"))))

(defn basename/2 [name extension]
  "Give the last part of a name, without an extension."
  (like-name (either name extension)
             (.removesuffix (last-part (.removesuffix (text-of name) "/")) (text-of extension))))

(defn either [a b]
  (from-iterable [a b]))

(defn dirname/1 [name]
  "Give a name without its last part; `.` when there is only one part."
  (setv [before slash _] (.rpartition (text-of name) "/")
        directory (.rstrip before "/"))
  (like-name name (cond directory directory slash "/" True ".")))

(defn extension-at [text]
  "Give the index where the extension begins: the end when there is none, or when the last part is nothing else."
  (setv at (.rfind text ".") start (+ 1 (.rfind text "/")))
  (if (<= at start) (len text) at))

(defn extension/1 [name]
  "Give the extension with its dot; empty when there is none."
  (setv text (text-of name))
  (like-name name (cut text (extension-at text) None)))

(defn rootname/1 [name]
  "Give a name without its extension."
  (setv text (text-of name))
  (like-name name (if (and (.startswith text ".") (= (.count text ".") 1) (not-in "/" text))
                      ""
                      (cut text (extension-at text)))))

(defn rootname/2 [name extension]
  "Give a name without an extension, if it has that one."
  (like-name (either name extension) (.removesuffix (text-of name) (text-of extension))))

(defn split/1 [name]
  "Give the parts of a name; an absolute one begins with `/`."
  (setv text (text-of name)
        parts (list (filter None (.split text "/"))))
  (when (.startswith text "/") (.insert parts 0 "/"))
  (from-iterable (lfor part parts (like-name name part))))

;; --- joining

(defn join/1 [names]
  "Join names with slashes; an absolute one drops those before it."
  (setv items (if (is-list names) (list (elements names)) []))
  (when (not items) (raise (function-clause "filename" "join" names)))
  (setv joined (joined-text (get items 0)))
  (for [[before item] (zip items (cut items 1 None))]
    (setv joined (after joined before item)))
  (like-name names joined))

(defn join/2 [first second]
  "Join two names with a slash; an absolute second one stands alone."
  (like-name (either first second) (after (joined-text first second) first second)))

(defn joined-text [name #* call]
  (try
    (plain (path-text name))
    (except [ValueError]
      (raise (function-clause "filename" "join" name #* call)))))

(defn after [text first second]
  (try
    (setv next (path-text second))
    (except [ValueError]
      (raise (function-clause "filename" "join" first second))))
  (cond
    (.startswith next "/") (plain next)
    (not next) text
    True (plain (+ text "/" next))))

(defn absname/1 [name]
  "Give a name as an absolute one, from the current directory."
  (absname/2 name (string (os.getcwd))))

(defn absname/2 [name directory]
  "Give a name as an absolute one, from a directory."
  (join/2 directory name))

(defn absname_join/2 [directory name]
  "Join a directory and a name."
  (join/2 directory name))

(defn nativename/1 [name]
  "Give a name as the operating system writes it."
  (like-name name (plain (text-of name))))

(defn flatten/1 [name]
  "Give a name of nested lists and atoms as a string; a binary as it is."
  (if (is (type name) bytes) name (string (text-of name))))

;; --- asking

(defn pathtype/1 [name]
  "Say whether a name is `absolute` or `relative`."
  (try
    (setv text (path-text name))
    (except [ValueError]
      (raise (function-clause "filename" "pathtype" name))))
  (Atom (if (.startswith text "/") "absolute" "relative")))

(defn validate/1 [name]
  "Say whether a value can name a file."
  (try
    (not-in "\0" (path-text name))
    (except [[ValueError TypeError]]
      False)))

(defn append/2 [first second]
  "Join two names with a slash, whatever they are."
  (like-name (either first second) (plain (+ (text-of first) "/" (text-of second)))))

;; --- where an application's files belong

(defn basedir/2 [kind application]
  "Give the directory for an application's files: `user_cache`, `user_config`, `user_data`, `user_log`, `site_data`, ..."
  (basedir/3 kind application {}))

(defn basedir/3 [kind application options]
  "Give the directory for an application's files; options may give author and version."
  (setv parts (lfor key ["author" "version"]
                    :if (setx part (.get options (Atom key) None))
                    (text-of part))
        parts [#* (cut parts 0 1) (text-of application) #* (cut parts 1 None)]
        found (based (str kind)))
  (when (is found None)
    (raise (error #((Atom "badarg") kind))))
  (setv made (lfor base (if (isinstance found list) found [found])
                   (string (plain (.join "/" [base #* parts])))))
  (cond
    (isinstance found list) (from-iterable made)
    (= (str kind) "user_log") (join/2 (get made 0) "log")
    True (get made 0)))

(defn based [kind]
  (setv home (os.path.expanduser "~"))
  (defn at [variable default]
    (or (os.environ.get variable) (os.path.join home default)))
  (match kind
    "user_cache" (at "XDG_CACHE_HOME" ".cache")
    "user_config" (at "XDG_CONFIG_HOME" ".config")
    "user_data" (at "XDG_DATA_HOME" ".local/share")
    "user_log" (at "XDG_CACHE_HOME" ".cache")
    "site_config" (.split (or (os.environ.get "XDG_CONFIG_DIRS") "/etc/xdg") ":")
    "site_data" (.split (or (os.environ.get "XDG_DATA_DIRS") "/usr/local/share/:/usr/share/") ":")
    _ None))
