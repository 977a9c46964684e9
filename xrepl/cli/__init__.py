"""The command line: arguments, exit statuses."""
