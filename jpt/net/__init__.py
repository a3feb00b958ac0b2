"""Below both ways of reading: manners per host."""
