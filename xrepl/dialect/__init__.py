"""The language: LFE as typed at its shell, on Python.  No processes, no sockets, no store."""
