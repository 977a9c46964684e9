"""The per-user process that keeps the sessions.  Never evaluates and never unpickles."""
