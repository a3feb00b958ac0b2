"""jpt as a service of the user: a systemd unit, or an entry in the crontab where there is no systemd."""
