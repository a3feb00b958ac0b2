"""The tables, as the steps of `migrations` make them, by what they hold."""
