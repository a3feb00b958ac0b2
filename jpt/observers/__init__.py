"""Who listens to events: counts, the log, the live table, the screen, metrics, the status file."""
