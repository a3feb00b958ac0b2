"""The screens of `jpt web`, a module each: read the address, ask the store, fill a template."""
