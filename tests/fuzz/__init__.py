"""Hostile inputs by the thousand through the doors that the planner reads by: `make fuzz`."""
