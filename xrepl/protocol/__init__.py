"""Messages between the processes: codecs and tables, no I/O of their own."""
