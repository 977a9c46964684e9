"""The functions that a session's shell has, by subject."""
