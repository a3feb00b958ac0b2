"""One cycle: scan the lists, queue the new posts, read them, store what they say."""
