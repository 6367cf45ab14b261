"""The ranking as of the past against plants that were really announced."""
