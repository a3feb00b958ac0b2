"""What other programs may import, by way of `jpt`: no file, no network, no browser, no settings."""
