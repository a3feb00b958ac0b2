"""The jobs as tools for assistants: Model Context Protocol, by the official SDK."""
