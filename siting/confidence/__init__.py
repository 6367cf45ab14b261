"""How sure the order is, what would change it, and what kinds of place lead it."""
