"""Exit codes that a command ends with by itself; those of errors are in `jpt/errors.py`."""

UNHEALTHY = 1
"""`jpt status` or `jpt doctor` found a problem."""
UNKNOWN = 2
"""Nothing is known of what was named: most likely a typing mistake."""
PARTLY_FAILED = 3
"""Done, but some sites, posts or digests failed."""
STUCK = 70
"""The watchdog ended a process whose event loop was stuck."""
LOST_OUTPUT = 74
"""The work is done, but its output could not be written: a full disk."""
MISCONFIGURED = 78
"""The mail server or a channel refuses our settings."""
