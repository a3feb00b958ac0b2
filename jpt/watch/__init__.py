"""`jpt watch`: when to read which page, files read again, outages."""
