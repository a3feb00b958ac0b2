"""Processes that are killed, or whose disk fails, at one chosen write: the system call is stopped, not our code."""
