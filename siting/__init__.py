"""The siting planner: a study becomes a ranked list of places for an anode plant."""
