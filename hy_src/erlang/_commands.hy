"Commands of the operating system's shell, for `os:cmd`: the only place of the library that starts a program.

The command belongs to the session's process group, so an interrupt reaches it too; only the process of the language that
asked waits for it."

(import subprocess
        xrepl.dialect.blocking [blocking])

(defn run-command [text]
  "Run a command and give the bytes that it wrote to standard output and standard error; it has no input."
  (with [program (subprocess.Popen ["/bin/sh" "-c" text]
                                   :stdin subprocess.DEVNULL
                                   :stdout subprocess.PIPE
                                   :stderr subprocess.STDOUT)]
    (get (blocking program.communicate) 0)))
