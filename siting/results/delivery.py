"""A plan written to its folder: the lists, the map and the manifest."""

from __future__ import annotations

from pathlib import Path

from geodata import catalogue_files
from geodata.geometry import ATTRIBUTIONS
from maps.atlas import draw
from siting.model.plan import Plan
from siting.results import export, mapping
from siting.results.ranking import ranked_sites
from siting.support.progress import Stages

BARRED_COLUMNS = ["site_id", "name", "kind", "country", "region", "lat", "lon", "rule_id", "rule"]


def write_plan(plan: Plan, folder: Path, stages: Stages) -> None:
    """Write every output of a plan; `folder` is replaced as a whole or left as it was.

    Raises
    ------
    SitingError
        When `folder` holds something that is not a plan.
    """
    with export.whole_folder(folder) as fresh:
        with stages("tables"):
            ranked = ranked_sites(plan)
            export.write_tables(fresh, ranked, plan.barred[BARRED_COLUMNS], read_me(plan))
        with stages("map"):
            page = draw(mapping.atlas(plan))
            (fresh / "map.html").write_text(page, encoding="utf-8", newline="\n")
        text = export.manifest(
            plan.study.model_dump(mode="json") | {"as_of": plan.as_of.isoformat()},
            _inputs(plan),
            counts(plan),
            stages.timings,
            price_usd_per_t=plan.price_usd_per_t,
            attributions=list(dict.fromkeys(ATTRIBUTIONS.values())),
        )
        (fresh / export.MANIFEST).write_text(text, encoding="utf-8", newline="\n")


def counts(plan: Plan) -> dict[str, int]:
    """Return how many of each input the plan used."""
    known = plan.demand
    return {
        "candidates": len(plan.places) + len(plan.barred),
        "ranked": len(plan.places),
        "barred": len(plan.barred),
        "siting_zones": len(plan.zones.head),
        "gigafactories": len(known.plants),
        "automaker_plants": len(known.carmakers),
        "anode_plants": len(known.rivals),
        "plants": len(known.plants) + len(known.carmakers) + len(known.rivals),
        "feedstock_sources": len(known.feedstock),
        "instruments_in_force": len(plan.facts.laws),
        "demand_clusters": int(plan.demand_cluster.max(initial=-1)) + 1,
    }


def read_me(plan: Plan) -> list[str]:
    """Return what stands in the workbook's own words."""
    return [
        mapping.question(plan),
        f"{mapping.investor(plan)} investor, as known on {mapping.long_date(plan)}.",
        mapping.answer(plan),
        *mapping.notes(plan),
        "One row is one siting zone, shown by its best named site or, without one, its best place.",
        "points_* are of 100 and add up to score; price_gate, entry_gate and mixture take away.",
        "Money is constant 2025 USD; coordinates are EPSG:4326.",
        *dict.fromkeys(ATTRIBUTIONS.values()),
    ]


def _inputs(plan: Plan) -> dict[str, bytes]:
    files = dict(catalogue_files())
    own = {f"own:{name}": path for name, path in plan.study.tables.items()}
    own |= {f"exclude:{e.file.name}": e.file for e in plan.study.exclude}
    if plan.study.candidates.file:
        own["candidates"] = plan.study.candidates.file
    return {name: path.read_bytes() for name, path in {**files, **own}.items()}
