"""The siting planner: a study becomes a ranked list of places for an anode plant.

>>> import siting
>>> siting.read_study("balanced").product
'synthetic'
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from geodata.errors import SitingError
    from siting.api import (
        Map,
        Plan,
        Portfolio,
        backtest,
        compare,
        explain,
        plan,
        portfolio,
        read_study,
        sweep,
    )
    from siting.study.study import Study

    __version__: str

__all__ = [
    "Map", "Plan", "Portfolio", "SitingError", "Study", "backtest", "compare", "explain", "plan",
    "portfolio", "read_study", "sweep",
]  # fmt: skip
_ELSEWHERE = {"SitingError": "geodata.errors", "Study": "siting.study.study"}


def __getattr__(name: str) -> Any:
    """Import a public name when it is first used: pandas and geopandas take a second."""
    if name == "__version__":
        from importlib.metadata import version  # noqa: PLC0415 - half of the time of this import

        return version("siting-planner")
    if name not in __all__:
        message = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(message)
    module = importlib.import_module(_ELSEWHERE.get(name, "siting.api"))
    return getattr(module, name)


def __dir__() -> list[str]:
    return [*__all__, "__version__"]
