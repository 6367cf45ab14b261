"""The folder of what is kept between runs."""

from __future__ import annotations

import os
from pathlib import Path

import platformdirs

ENV = "SITING_CACHE"


def directory(cache_dir: Path | None = None) -> Path:
    """Return the folder of the cache: the argument, else ``$SITING_CACHE``, else the user's own."""
    if cache_dir is not None:
        return cache_dir
    named = os.environ.get(ENV)
    return Path(named) if named else Path(platformdirs.user_cache_dir("siting-planner"))
