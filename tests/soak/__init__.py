"""A watch over a street of sites for as long as wanted, with a fault every few seconds: `python -m tests.soak`."""
