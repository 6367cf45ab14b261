"""What it costs to bring a tonne from here to there, by the cheapest way."""
