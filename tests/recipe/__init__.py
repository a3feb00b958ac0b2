"""The Dockerfile's steps without Docker: `python -m tests.recipe` (root, Debian, debootstrap, bubblewrap)."""
