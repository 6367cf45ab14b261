"""From candidates to a ranked plan: measured, scored, clustered."""
