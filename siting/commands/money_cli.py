"""`siting cost` and `siting merit`: what a tonne costs at a place, and who serves a customer."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from geodata.products import names
from siting.support.console import console, print_json

if TYPE_CHECKING:
    from siting.market.customers import Demand
    from siting.study.study import Study
    from siting.world.facts import Facts
    from siting.world.point import Point

PLACE = 'Site, plant, port or town: id, name, "Name, CC", or lat,lon.'
StudyName = Annotated[
    str | None, typer.Option("--study", "-s", help="Study file, or the name of a preset.")
]
Product = Annotated[
    str | None, typer.Option(help=f"{', '.join(names())}, in place of the study's.")
]
Furnace = Annotated[
    str | None,
    typer.Option(help="acheson, box, lengthwise or continuous, where it is graphitised."),
]
Investor = Annotated[str | None, typer.Option(help="Home of the investor, ISO2, as KR.")]
AsOf = Annotated[str | None, typer.Option("--as-of", help="Date, YYYY-MM-DD.")]
Capacity = Annotated[float | None, typer.Option(help="Size of the plant, kt a year.")]
Picture = Annotated[Path | None, typer.Option(help="Also draw it: a file .svg or .png.")]
Json = Annotated[bool, typer.Option("--json", help="Print JSON for programs.")]


def cost(  # noqa: PLR0913, PLR0917 - each is an option of the command line
    place: Annotated[str, typer.Argument(help=PLACE)],
    customer: Annotated[str | None, typer.Option(help="Only this gigafactory: id or name.")] = None,
    study: StudyName = None,
    product: Product = None,
    furnace: Furnace = None,
    investor: Investor = None,
    as_of: AsOf = None,
    capacity: Capacity = None,
    picture: Picture = None,
    as_json: Json = False,
) -> None:
    """Print what a tonne costs at a place, anywhere on land, and at its customers' gates."""
    chosen, facts = _facts(
        study, product=product, furnace=furnace, investor=investor, as_of=as_of,
        capacity_ktpa=capacity,
    )  # fmt: skip
    where = _place(place, chosen, facts)
    demand = _demand(chosen, facts)
    from siting.commands import money_terminal
    from siting.money import sitecost
    from siting.money.landed import parameters_of
    from siting.results.data_age import price_of_the_day

    site = sitecost.cost_at(chosen, facts, demand, where)
    customers = site.customers
    if customer:
        customers = sitecost.customer_named(customer, customers)
    if picture:
        from siting.results.page.money_picture import draw_site

        draw_site(site, customers, chosen, picture)
    if as_json:
        print_json(money_terminal.cost_json(site, customers, chosen))
        return
    p = parameters_of(chosen, facts).central
    money_terminal.print_cost(site, customers, chosen, p)
    console.print(f"Price of the day: {price_of_the_day(chosen, facts)}.")
    money_terminal.print_unknown(chosen, facts)
    if picture:
        console.print(f"Picture in {picture}")


def merit(  # noqa: PLR0913, PLR0917 - each is an option of the command line
    customer: Annotated[str, typer.Argument(help="Gigafactory: id or name.")],
    top: Annotated[int, typer.Option(help="How many sites.", min=1)] = 25,
    study: StudyName = None,
    product: Product = None,
    furnace: Furnace = None,
    investor: Investor = None,
    as_of: AsOf = None,
    capacity: Capacity = None,
    picture: Picture = None,
    as_json: Json = False,
) -> None:
    """Print the sites of a study from the cheapest to the dearest at one customer's gate."""
    chosen, facts = _facts(
        study, product=product, furnace=furnace, investor=investor, as_of=as_of,
        capacity_ktpa=capacity,
    )  # fmt: skip
    demand = _demand(chosen, facts)
    from siting.commands import money_terminal
    from siting.money.merit import merit_at
    from siting.results.data_age import price_of_the_day

    gate, rows = merit_at(chosen, facts, demand, customer)
    if picture:
        from siting.results.page.money_picture import draw_merit

        draw_merit(rows.head(top), gate, chosen, picture)
    if as_json:
        print_json(money_terminal.merit_json(rows.head(top), gate))
        return
    title = (
        f"Who serves {gate['name']}, {gate['country']} ({gate['kt']:,.0f} kt/y), USD/t; "
        f"the Chinese tonne lands at {gate['parity']:,.0f}"
    )
    money_terminal.print_merit(rows.head(top), title)
    console.print(f"Price of the day: {price_of_the_day(chosen, facts)}.")
    money_terminal.print_unknown(chosen, facts)
    if picture:
        console.print(f"Picture in {picture}")


def _facts(name: str | None, **changes: object) -> tuple[Study, Facts]:
    """Return the study with what the command line changes, and its facts."""
    from siting.study.studyfile import changed, named

    chosen = changed(named(name or "balanced"), changes)

    from siting.world import facts

    known = facts.load(chosen)
    return chosen.model_copy(update={"as_of": known.as_of}), known


def _demand(study: Study, facts: Facts) -> Demand:
    """Return the customers of a study."""
    from siting.market.customers import known_demand
    from siting.support.progress import shown

    with shown(console, quiet=not console.is_terminal) as stages, stages("freight") as tell:
        return known_demand(study, facts, tell)


def _place(text: str, study: Study, facts: Facts) -> Point:
    """Return the place that a user names, of the study's own list or of the catalogue."""
    from geodata.userfiles import read_points
    from siting.world import candidates, gazetteer

    file = study.candidates.file
    own = candidates.own_places(read_points(file)) if file else None
    return gazetteer.place(text, tables=facts.tables, own=own)
