"""Labelled data of our own, and how well it is read: `nox -s accuracy`."""
