"""Places of the world as words name them: cities, regions, countries. Pure; the table is read when first asked."""
