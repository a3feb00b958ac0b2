"""A module a platform: recognise a board, list its jobs, read a post."""
