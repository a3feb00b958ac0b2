"""The limit of pages, and the browsers that they open in."""
