"""`jpt web`: the jobs as pages on this machine, from the same database, and the same values as JSON."""
