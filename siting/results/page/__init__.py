"""The page and the brief: from a plan to the frames that `maps` draws."""
