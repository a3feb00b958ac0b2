"""Fuzzing of what comes from outside: a target each, run briefly in the tests and for long by `nox -s fuzz`."""
