"""The manifest: what went into a plan, by hash, and what came out, by number."""

from __future__ import annotations

import hashlib
import importlib.metadata
import json
from typing import Any

from siting.results.ownership import TIMINGS

LIBRARIES = (
    "folium",
    "geopandas",
    "h3",
    "highspy",
    "numpy",
    "pandas",
    "pyarrow",
    "pyogrio",
    "pyproj",
    "python-calamine",
    "scikit-learn",
    "scipy",
    "shapely",
    "xlsxwriter",
)


def manifest(
    study: dict[str, object], inputs: dict[str, bytes], counts: dict[str, int],
    timings: dict[str, float], **more: object,
) -> dict[str, Any]:  # fmt: skip
    """Return the manifest: what went in, by hash, and what came out, by number.

    Parameters
    ----------
    study : dict
        The study as checked, defaults filled in.
    inputs : dict of bytes
        Content of every table and layer, by name.
    counts : dict of int
    timings : dict of float
        Seconds by stage: the only part that differs between two runs of a study.
    **more
        Further keys.
    """
    text = json.dumps(study, sort_keys=True, default=str)
    return {
        "planner": importlib.metadata.version("siting-planner"),
        "libraries": {name: importlib.metadata.version(name) for name in LIBRARIES},
        "study": study,
        "study_sha256": hashlib.sha256(text.encode()).hexdigest(),
        "inputs_sha256": {k: hashlib.sha256(v).hexdigest() for k, v in sorted(inputs.items())},
        "counts": counts,
        **more,
        TIMINGS: timings,
    }
