"""A plan written to its folder: the lists, the map and the manifest."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from pathlib import Path

from geodata.geometry import credit_lines
from geodata.language import speaking
from maps.atlas import Atlas, draw
from maps.brief import render
from maps.printed_atlas import render as render_sheets
from siting.model.plan import Plan
from siting.results import data_age, folder, ownership
from siting.results.columns import BARRED
from siting.results.database import Target, write_database
from siting.results.export import write_csv
from siting.results.gis.cells import counted, write_cells
from siting.results.gis.layers import Layer, layers
from siting.results.gis.write import write_gis
from siting.results.inputs import inputs_of, recorded
from siting.results.manifest import manifest
from siting.results.page.atlas import atlas
from siting.results.page.brief import brief_of
from siting.results.page.printed_atlas import printed_atlas
from siting.results.pdf import to_pdf
from siting.results.slides import to_slides
from siting.results.tables import Tables, ranked_sites, tables_of
from siting.results.text import accounts
from siting.results.text.answer import question
from siting.results.workbook.book import write_workbook
from siting.screening.engine import HERE, Engine
from siting.support.progress import Stages


def write_plan(  # noqa: PLR0913 - what else a plan is written as
    plan: Plan,
    target: Path,
    stages: Stages,
    also: Sequence[Atlas] = (),
    *,
    brief_as: Collection[str] = (),
    engine: Engine = HERE,
    made_of: str = "",
    tables: Tables | None = None,
    database: Target | None = None,
) -> None:
    """Write every output of a plan; `target` is replaced as a whole or left as it was.

    The map holds the plan, and what else there is to choose from (`snapshots.atlases`);
    `brief_as` names what else the brief is written as, "pdf" or "pptx"; `made_of` is what was
    named for it on the command line (`folder.origin`); `tables` saves time where they are at hand;
    `database` takes the layers too, before the folder is put into place.

    Raises
    ------
    SitingError
        When `target` holds something that is not a plan; for a PDF or slides, when none can
        be made; when a database does not take the layers.
    RuntimeError
        When a place of the user's own list is lost, before anything is written.
    """
    accounted = accounts.for_programs(plan)
    with folder.whole_folder(target) as fresh:
        if plan.screen is not None:
            with stages("cells") as progress:
                write_cells(plan, fresh / folder.CELLS, engine, progress)
        tables = tables or tables_of(plan)
        _write_workbook_and_brief(plan, tables, fresh, stages, brief_as)
        every = _write_map_and_lists(plan, tables, also, fresh, stages)
        content = manifest(
            recorded(plan.study) | {"as_of": plan.as_of.isoformat()},
            inputs_of([plan.study]),
            counts(plan),
            stages.timings,
            made_of=made_of,
            price_usd_per_t=plan.price_usd_per_t,
            data_age=data_age.summary(plan, tables.age),
            **accounted,
            databases=list(plan.selection.databases),
            attributions=list(credit_lines()),
        )
        ownership.write_manifest(fresh, ownership.MANIFEST, content)
        if database is not None:
            with stages("database"):
                write_database(database, every, content)


def _write_workbook_and_brief(
    plan: Plan, tables: Tables, to: Path, stages: Stages, brief_as: Collection[str]
) -> None:
    """Write what is read at a desk, in the language of the study."""
    with speaking(plan.study.language):
        with stages("workbook"):
            write_workbook(plan, to / "ranked_sites.xlsx", tables)
        with stages("brief"):
            brief = brief_of(plan, tables)
            page = render(brief)
            (to / "brief.html").write_text(page, encoding="utf-8", newline="\n")
            if "pdf" in brief_as:
                (to / "brief.pdf").write_bytes(to_pdf(page))
            if "pptx" in brief_as:
                (to / "brief.pptx").write_bytes(to_slides(brief))
        with stages("atlas"):
            sheets = render_sheets(printed_atlas(plan, tables, brief))
            (to / "atlas.html").write_text(sheets, encoding="utf-8", newline="\n")


def _write_map_and_lists(
    plan: Plan, tables: Tables, also: Sequence[Atlas], to: Path, stages: Stages
) -> tuple[Layer, ...]:
    """Write the map, the lists and the layers; returns the layers."""
    with stages("map"):
        page = draw(atlas(plan, tables=tables), *also)
        (to / "map.html").write_text(page, encoding="utf-8", newline="\n")
    with stages("lists"):
        write_csv(ranked_sites(plan, tables), to / "ranked_sites.csv")
        write_csv(plan.barred[list(BARRED)], to / "barred_sites.csv")
        every = layers(plan, tables)
        write_gis(to, every, question(plan))
    return every


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
