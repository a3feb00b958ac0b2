"""jpt as a service of the user: a systemd unit, or a crontab entry where there is no systemd."""
