"""The library and the shell functions: forms in, shown values out."""
