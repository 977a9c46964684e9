"What the modules on files share: names of files from the language's values, and the operating system's errors as atoms.

A name is a string, a binary, an atom or nested lists of them; a binary's bytes are UTF-8."

(import errno
        os
        xrepl.dialect.data [Atom elements is-list string])

(setv OK (Atom "ok")
      ERROR (Atom "error")
      BAD-NAME #(ERROR (Atom "badarg")))

(defn path-text [value]
  "Give the text of a name; ValueError when it is none."
  (cond
    (is (type value) str) value
    (is (type value) bytes) (os.fsdecode value)
    (is (type value) bool) (.lower (str value))
    (isinstance value Atom) value.name
    (is-list value) (.join "" (map part-text (elements value)))
    True (raise (ValueError "no name of a file"))))

(defn part-text [item]
  (if (is (type item) int) (chr item) (path-text item)))

(defn file-name [value]
  "Give the name to open; ValueError when it is none or holds a zero byte."
  (setv name (path-text value))
  (when (in "\0" name) (raise (ValueError "a zero byte in a name")))
  name)

(defn binary-name? [value]
  "Say whether a name, or a part of it, is a binary: then the result is one too."
  (or (is (type value) bytes)
      (and (is-list value) (is-not (type value) str) (any (map binary-name? (elements value))))))

(defn like-name [sample text]
  "Give a text as a binary if the sample is one, else as a string."
  (if (binary-name? sample) (os.fsencode text) (string text)))

(defn reason [problem]
  "Give the atom for an error of the operating system."
  (Atom (.lower (errno.errorcode.get problem.errno "einval"))))

(defn attempt [work #* arguments]
  "Call a function that works on files; its value, or the error as a tuple."
  (try
    (work #* arguments)
    (except [problem OSError]
      #(ERROR (reason problem)))
    (except [[ValueError TypeError]]
      BAD-NAME)))

(defn done [work #* arguments]
  "Call a function that works on files for its effect: `ok`, or the error as a tuple."
  (setv answer (attempt work #* arguments))
  (if (and (is (type answer) tuple) answer (is (get answer 0) ERROR)) answer OK))
