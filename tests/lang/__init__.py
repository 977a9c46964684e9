"""The language, without processes: forms in, shown values out."""
