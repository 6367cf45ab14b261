"""What every stage leans on: the console, progress, interruption, the cache, plain text."""
