"""Builders of `geodata/layers`: they read public packages once, and nothing needs them later."""
