"""What is where, what it costs and which rule applies: facts and geometry, no scoring."""

from __future__ import annotations

from pathlib import Path

CATALOGUE = Path(__file__).with_name("catalogue")
LAYERS = Path(__file__).with_name("layers")


def catalogue_files() -> dict[str, Path]:
    """Return every data file of the package by name: tables and layers."""
    files = [*CATALOGUE.glob("*.csv"), *(p for p in LAYERS.iterdir() if p.is_file())]
    return {f"{path.parent.name}/{path.name}": path for path in sorted(files)}
