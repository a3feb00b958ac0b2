"""The values and events that travel through jpt: frozen, made complete, never altered. Pure."""
