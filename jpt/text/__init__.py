"""Small things about text, times and lengths. Pure."""
