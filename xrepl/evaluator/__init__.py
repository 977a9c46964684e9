"""The one process that runs a session's code, and the zygote that forks it.  Never opens the store."""
