"""Erlang's modules, one a file."""
