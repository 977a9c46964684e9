"""The client: what it shows, how one edits at its prompt."""
