"""The language's library, written in Hy; imported as `xrepl.lang`."""
