"""A plan written to its folder: the lists, the map and the manifest."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from geodata import catalogue_files
from geodata.geometry import ATTRIBUTIONS
from maps.atlas import Atlas, draw
from maps.brief import render
from siting.model.plan import Plan
from siting.results import folder, gis, mapping
from siting.results.briefing import brief_of
from siting.results.cells import counted, write_cells
from siting.results.export import write_csv
from siting.results.gis_layers import layers
from siting.results.manifest import manifest
from siting.results.pdf import to_pdf
from siting.results.ranking import ranked_sites
from siting.results.shared import shared_of
from siting.results.workbook import write_workbook
from siting.screening.engine import HERE, Engine
from siting.support.progress import Stages

BARRED_COLUMNS = ["site_id", "name", "kind", "country", "region", "lat", "lon", "rule_id", "rule"]


def write_plan(
    plan: Plan,
    target: Path,
    stages: Stages,
    also: Sequence[Atlas] = (),
    *,
    pdf: bool = False,
    engine: Engine = HERE,
) -> None:
    """Write every output of a plan; `target` is replaced as a whole or left as it was.

    The map holds the plan, and what else there is to choose from (`snapshots.atlases`).

    Raises
    ------
    SitingError
        When `target` holds something that is not a plan; for a PDF, when none can be made.
    """
    with folder.whole_folder(target) as fresh:
        if plan.screen is not None:
            with stages("cells") as tell:
                write_cells(plan, fresh / folder.CELLS, engine, tell)
        with stages("tables"):
            shared = shared_of(plan)
            ranked = ranked_sites(plan, shared)
            write_csv(ranked, fresh / "ranked_sites.csv")
            write_csv(plan.barred[BARRED_COLUMNS], fresh / "barred_sites.csv")
            write_workbook(plan, fresh / "ranked_sites.xlsx", shared)
            gis.write_gis(fresh, layers(plan, ranked))
        with stages("map"):
            page = draw(mapping.atlas(plan, shared=shared), *also)
            (fresh / "map.html").write_text(page, encoding="utf-8", newline="\n")
        with stages("brief"):
            brief = render(brief_of(plan, shared))
            (fresh / "brief.html").write_text(brief, encoding="utf-8", newline="\n")
            if pdf:
                (fresh / "brief.pdf").write_bytes(to_pdf(brief))
        text = manifest(
            plan.study.model_dump(mode="json") | {"as_of": plan.as_of.isoformat()},
            _inputs(plan),
            counts(plan),
            stages.timings,
            price_usd_per_t=plan.price_usd_per_t,
            attributions=list(dict.fromkeys(ATTRIBUTIONS.values())),
        )
        (fresh / folder.MANIFEST).write_text(text, encoding="utf-8", newline="\n")


def counts(plan: Plan) -> dict[str, int]:
    """Return how many of each input the plan used."""
    known = plan.demand
    return {
        "candidates": len(plan.places) + len(plan.barred),
        "ranked": len(plan.places),
        "barred": len(plan.barred),
        **counted(plan),
        "siting_zones": len(plan.zones.head),
        "gigafactories": len(known.plants),
        "automaker_plants": len(known.carmakers),
        "anode_plants": len(known.rivals),
        "plants": len(known.plants) + len(known.carmakers) + len(known.rivals),
        "feedstock_sources": len(known.feedstock),
        "instruments_in_force": len(plan.facts.laws),
        "demand_clusters": int(plan.demand_cluster.max(initial=-1)) + 1,
    }


def _inputs(plan: Plan) -> dict[str, bytes]:
    files = dict(catalogue_files())
    own = {f"own:{name}": path for name, path in plan.study.tables.items()}
    own |= {f"exclude:{e.file.name}": e.file for e in plan.study.exclude}
    if plan.study.candidates.file:
        own["candidates"] = plan.study.candidates.file
    return {name: path.read_bytes() for name, path in {**files, **own}.items()}
