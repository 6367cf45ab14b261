"""What a user may choose: the study file, presets, strategies, criteria, weights, parameters."""
