"""The durable records: LMDB, opened by the server process alone."""
