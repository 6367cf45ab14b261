"""Screening: every cell of a region scored by the same model, block by block."""
