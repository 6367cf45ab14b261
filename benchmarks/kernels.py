"""The kernels: modules of arithmetic that every number of a plan hangs on, and their own tests.

`make mutants` asks whether the tests notice a change, `make coverage` if they take every branch.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Kernel:
    """Modules, and the tests that answer for them."""

    modules: tuple[str, ...]
    tests: tuple[str, ...]


KERNELS = {
    "score": Kernel(("siting/model/scoring.py",), ("tests/model/test_scoring.py",)),
    "zones": Kernel(
        ("siting/model/zones.py", "siting/model/clusters.py"),
        ("tests/model/test_zones.py", "tests/model/test_clusters.py"),
    ),
    "flips": Kernel(("siting/confidence/flips.py",), ("tests/confidence/test_flips.py",)),
    "acceptability": Kernel(
        tuple(f"siting/confidence/{name}.py" for name in ("acceptability", "shares", "draws")),
        (
            "tests/confidence/test_acceptability.py",
            "tests/confidence/test_shares.py",
            "tests/confidence/test_draws.py",
        ),
    ),
    "landed cost": Kernel(("siting/money/landed.py",), ("tests/money/test_landed.py",)),
    "policy": Kernel(("siting/world/policy.py",), ("tests/world/test_policy.py",)),
}
