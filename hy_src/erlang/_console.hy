"The input of programs at the shell: what the user types while a form waits for it, line by line.

What is read of a line and not used waits for the next read. Without a user who could type, all of it is at its end."

(import xrepl.dialect.data [Atom string]
        xrepl.dialect.formatting [argument-text]
        xrepl.dialect.host [read-line])

(setv EOF (Atom "eof")
      waiting [""])

(defn prompt-text [prompt]
  "Give the text of a prompt: text of any kind, or `#(format text arguments)`."
  (try
    (argument-text prompt True)
    (except [ValueError]
      "")))

(defn more [prompt]
  "Put the next line to what waits; false at the end of the input."
  (setv line (read-line (prompt-text prompt)))
  (when line (setv (get waiting 0) (+ (get waiting 0) line)))
  (bool line))

(defn taken [count]
  "Take characters from what waits."
  (setv text (get waiting 0)
        (get waiting 0) (cut text count None))
  (cut text count))

(defn console-line [prompt]
  "Give the next line, or `eof`."
  (if (or (get waiting 0) (more prompt))
      (string (taken (or (+ 1 (.find (get waiting 0) "\n")) (len (get waiting 0)))))
      EOF))

(defn console-text [prompt count]
  "Give this many characters, fewer at the end of the input, or `eof`."
  (while (and (< (len (get waiting 0)) count) (more prompt)))
  (if (or (get waiting 0) (= count 0)) (string (taken count)) EOF))

(defn console-rest [prompt take]
  "Read something of several lines: a function gives it and how many characters it took, or None when it needs more.

What follows it in its line is left out."
  (while True
    (setv found (take (get waiting 0)))
    (when (is-not found None)
      (taken (get found 1))
      (setv end (.find (get waiting 0) "\n"))
      (when (not (.strip (cut (get waiting 0) (+ end 1)))) (taken (+ end 1)))
      (return (get found 0)))
    (when (not (more prompt))
      (setv (get waiting 0) "")
      (return EOF))))
