"""What a rendered page says: its job links, its health, its post, its years."""
