"""The specification's own tests, acceptance criteria and scenarios, run against the real program."""
