"""Sessions as code, shell and command line see them: each test drives real processes."""
