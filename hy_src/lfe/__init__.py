"""LFE's own modules, one a file."""
