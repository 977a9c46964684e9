"""The speed table: each figure beside its target and the peers; run by `bin/bench`."""
