"""Below both ways of reading: politeness per host."""
