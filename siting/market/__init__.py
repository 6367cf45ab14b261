"""Who buys anode material, how much, at what price, and who is in reach."""
