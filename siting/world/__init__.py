"""What is known on a date: candidates, towns, laws, conditions of a place."""
