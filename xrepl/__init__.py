"""xrepl: a Lisp REPL with many concurrent, named, isolated, persistent sessions."""

__version__ = "0.1.0"
