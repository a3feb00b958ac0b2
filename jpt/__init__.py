"""jpt watches company career pages and tells about the new jobs that fit."""

__version__ = "0.1.0"
