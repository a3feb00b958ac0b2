"""The list of companies and other files that users give."""
