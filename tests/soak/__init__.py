"""A watch over many sites for as long as wanted, with a fault every few seconds: `python -m tests.soak`."""
