"""The delivered cost of a tonne, what it earns, and what the law adds or takes."""
