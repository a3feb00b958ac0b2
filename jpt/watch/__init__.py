"""Cycles for ever: when to read which page, files read again, outages."""
