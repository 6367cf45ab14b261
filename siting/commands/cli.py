"""The command line: `siting init`, `schema`, `plan`, `explain`, `compare` and `freight`."""

from __future__ import annotations

import atexit
import gc
import json
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

import siting
from geodata.errors import Fault, SitingError, together
from geodata.language import speaking
from siting.commands import (
    backtest_cli,
    cache_cli,
    crosscheck_cli,
    data_cli,
    money_cli,
    options,
    portfolio_cli,
    score_cli,
    slides_cli,
    studio_cli,
    sweep_cli,
    weights_cli,
)
from siting.commands.answers import answering
from siting.commands.endings import ended
from siting.commands.options import STUDY
from siting.support import clock
from siting.support.console import aside, console, make_readable, print_json
from siting.support.interrupt import listen

if TYPE_CHECKING:
    from siting.model.plan import Plan

SELDOM = (50_000, 50, 100)  # imports make many objects and hardly any garbage

app = typer.Typer(
    help="Rank candidate sites for anode plants outside China, and draw the map.",
    epilog="Exit codes: 0 done, 2 bad input, 70 a fault of the planner, 130 interrupted.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _print_version(wanted: bool) -> None:
    if wanted:
        console.print(siting.__version__)
        raise typer.Exit


@app.callback()
def _of_all(
    version: Annotated[
        bool,
        typer.Option(
            "--version", callback=_print_version, is_eager=True, help="Print the version."
        ),
    ] = False,
    verbose: options.Verbose = False,
) -> None:
    """Rank candidate sites for anode plants outside China, and draw the map."""


class EngineName(StrEnum):
    """Where the work runs."""

    LOCAL = "local"
    DASK = "dask"


def init(
    path: Annotated[Path, typer.Argument(help="Study file to write.")],
    study: options.Study = STUDY,
    force: options.Force = False,
) -> None:
    """Write a commented study file, started from another one."""
    from siting.study.studyfile import named
    from siting.study.template import commented, relocated

    if path.exists() and not force:
        raise SitingError(Fault(str(path), "exists already", "choose another name, or --force"))
    started = relocated(named(study), path.parent)
    path.write_text(commented(started, study), encoding="utf-8", newline="\n")
    console.print(f"Wrote {path}. Next: siting plan {path}")


def schema() -> None:
    """Print the JSON Schema of a study: save it as study.schema.json for hints in an editor."""
    from siting.study.schema import study_schema

    print_json(json.dumps(study_schema(), ensure_ascii=False, indent=2))


def plan(  # noqa: PLR0913, PLR0917 - each is an option of the command
    study: options.Study = STUDY,
    out: Annotated[Path | None, options.out("Folder of the results (out/STUDY).")] = None,
    from_setting: Annotated[
        str | None, typer.Option(help="Weights set on the map: the file it saved, or its link.")
    ] = None,
    pdf: Annotated[bool, typer.Option("--pdf", help="The brief as PDF too (extra pdf).")] = False,
    slides: Annotated[
        bool, typer.Option("--slides", help="The brief as PowerPoint too (extra slides).")
    ] = False,
    to_database: Annotated[
        str | None,
        typer.Option(help="Layers into PostGIS too: postgresql://user@host/db (extra postgis)."),
    ] = None,
    schema_name: Annotated[
        str, typer.Option("--schema", help="Schema there that takes them; made if there is none.")
    ] = "siting",
    password_env: Annotated[
        str | None, typer.Option(help="Variable with its password, in place of PGPASSWORD.")
    ] = None,
    engine: Annotated[
        EngineName, typer.Option(help="Where hexagons are screened: here, or on a Dask cluster.")
    ] = EngineName.LOCAL,
    scheduler: Annotated[
        str | None, typer.Option(help="Dask scheduler (tls://host:8786); else one is started here.")
    ] = None,
    tls_ca_file: Annotated[
        Path | None, typer.Option(help="Authority of the scheduler's certificate (PEM).")
    ] = None,
    tls_cert: Annotated[
        Path | None, typer.Option(help="Certificate that the scheduler is shown (PEM).")
    ] = None,
    tls_key: Annotated[Path | None, typer.Option(help="Key of that certificate (PEM).")] = None,
    insecure: Annotated[
        bool, typer.Option("--insecure", help="Let tcp:// lead to another machine.")
    ] = False,
    workers: options.Workers = 0,
    language: options.Language = None,
    quiet: options.Quiet = False,
    as_json: options.Json = False,
) -> None:
    """Rank the sites of a study and write lists, map, brief and manifest."""
    from siting.study.studyfile import changed, named

    # first, so that its faults come before the slow imports
    chosen = changed(named(study), {"language": language})
    if from_setting is not None:
        from siting.study import setting

        chosen = setting.laid_on(chosen, setting.read(from_setting))

    from siting.results.folder import check_target, default_folder, origin, suffix_of

    folder = out or default_folder(study, suffix_of(from_setting) if from_setting else "")
    made_of = origin(study, from_setting)
    check_target(folder, None if out else made_of)
    brief_as = [kind for kind, wanted in (("pdf", pdf), ("pptx", slides)) if wanted]
    if pdf:
        from siting.results.pdf import check_pdf

        check_pdf()
    if slides:
        from siting.results.slides import check_slides

        check_slides()

    database = None
    if to_database is not None:
        from siting.results.database import check_target as check_database
        from siting.results.database import target

        database = target(to_database, schema_name, password_env)
        check_database(database)

    from siting.screening import engine as engines

    certificates = engines.Certificates(tls_ca_file, tls_cert, tls_key)
    where = engines.Engine(engine.value, workers, scheduler, certificates, insecure)
    engines.check(where)

    from siting.commands import terminal
    from siting.pipeline import Run
    from siting.results import kept_plans
    from siting.results.page.snapshots import atlases
    from siting.results.tables import tables_of
    from siting.results.write import write_plan
    from siting.support.progress import shown

    key = kept_plans.key_of(chosen)
    with shown(aside, quiet=quiet) as stages:
        run = Run(stages, where)
        made = run.plan(chosen)
        also = atlases(made, run)
        tables = tables_of(made)
        write_plan(
            made,
            folder,
            stages,
            also,
            brief_as=brief_as,
            engine=where,
            made_of=made_of,
            tables=tables,
            database=database,
        )
    kept_plans.keep(key, made)
    if as_json:
        print_json(terminal.plan_json(made, tables, folder))
    elif not quiet:
        with speaking(chosen.language):
            terminal.print_plan(made, tables, folder, clock.elapsed_s())
        if database is not None:
            console.print(f"Layers too: {database.address}, schema {database.schema}", markup=False)


def explain(
    site: Annotated[str, typer.Argument(help='Candidate: site_id, name, "Name, CC", or lat,lon.')],
    study: options.Study = STUDY,
    language: options.Language = None,
    quiet: options.Quiet = False,
    as_json: options.Json = False,
) -> None:
    """Explain where a site stands and why; for one that a law bars, where it would stand."""
    from siting.study.studyfile import changed, named

    chosen = changed(named(study), {"language": language})

    from siting.commands import terminal
    from siting.results.kept_plans import planned
    from siting.results.text.explain import explain_named, site_of
    from siting.support.progress import shown

    with shown(aside, quiet=quiet) as stages:

        def make() -> Plan:
            from siting.pipeline import make_plan

            site_of(chosen, site)  # first, so that a wrong name is answered before the work
            return make_plan(chosen, stages)

        with planned(chosen, make) as made, speaking(chosen.language):
            explained = explain_named(made, site, stages)
    if as_json:
        print_json(terminal.explanation_json(explained))
        return
    with speaking(chosen.language):
        terminal.print_explanation(explained)


def compare(
    before: options.Before,
    after: options.After,
    top: Annotated[int, options.top("Zones of each compared.")] = 25,
    out: Annotated[Path | None, options.out("CSV file for the table of movers.")] = None,
    quiet: options.Quiet = False,
    as_json: options.Json = False,
) -> None:
    """Compare two studies: which sites moved, and which input moved them."""
    from siting.study.studyfile import named

    first, second = together([partial(named, before), partial(named, after)])

    from siting.commands import compare_terminal

    if out is not None:
        compare_terminal.check_table(out)

    from siting.results.export import write_csv
    from siting.results.kept_plans import runs
    from siting.support.progress import shown

    with shown(aside, quiet=quiet) as stages:
        compared = runs(first, second, stages).compared(top)
    if out is not None:
        write_csv(compare_terminal.table(compared), out)
    if as_json:
        print_json(compare_terminal.comparison_json(compared))
    elif not quiet:
        compare_terminal.print_comparison(compared)


def freight(
    origin: Annotated[str, typer.Argument(help=options.PLACE)],
    destination: Annotated[str, typer.Argument(help=options.PLACE)],
    mode: Annotated[str, typer.Option(help="any, road or sea.")] = "any",
    as_json: options.Json = False,
) -> None:
    """Print cost, distance and legs of the cheapest route between two points."""
    from geodata.load import nearest, table
    from geodata.network import load_network
    from siting.commands import terminal
    from siting.freight.freight import MODES, Rates, route
    from siting.world.gazetteer import place

    def known_mode() -> str:
        if mode not in MODES:
            raise SitingError(Fault("--mode", "unknown mode", nearest(mode, MODES), value=mode))
        return mode

    *ends, _ = together(
        [partial(place, origin, "origin"), partial(place, destination, "destination"), known_mode]
    )
    rates = Rates.from_economics(table("anode_economics"))
    cheapest = route(load_network(), rates, ends[0].latlon, ends[1].latlon, mode)
    if as_json:
        print_json(terminal.route_json(cheapest, *ends))
    else:
        terminal.print_route(cheapest, *ends)


for command in (
    init, schema, plan, slides_cli.slides, score_cli.score, answering(explain), answering(compare),
    sweep_cli.sweep, portfolio_cli.portfolio, studio_cli.studio,
    answering(money_cli.cost), answering(money_cli.merit), freight,
    weights_cli.weights, weights_cli.stakeholders, crosscheck_cli.crosscheck, backtest_cli.backtest,
):  # fmt: skip
    options.add(app, command)
app.add_typer(data_cli.app, name="data", help="Look at the facts behind a plan.")
app.add_typer(cache_cli.app, name="cache", help="Look at the cache, or clear it.")


def main() -> None:
    """Run the command line, and leave with an exit code (`endings.ended`)."""
    listen()
    make_readable()
    gc.set_threshold(*SELDOM)
    atexit.register(gc.freeze)  # what ends need not be searched for garbage
    raise SystemExit(ended(partial(app, prog_name="siting", standalone_mode=False)))


if __name__ == "__main__":
    main()
