"""A plan in words, tables, files and pictures."""
