"""`siting cost` and `siting merit`: what a tonne costs at a place, and who serves a customer."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from siting.support.console import console

if TYPE_CHECKING:
    from siting.market.customers import Demand
    from siting.study.study import Study
    from siting.world.facts import Facts

StudyName = Annotated[
    str | None, typer.Option("--study", "-s", help="Study file, or the name of a preset.")
]
Product = Annotated[
    str | None, typer.Option(help="synthetic, natural or silicon_blended, in place of the study's.")
]
Furnace = Annotated[
    str | None, typer.Option(help="acheson, box, lengthwise or continuous, for synthetic.")
]
Investor = Annotated[str | None, typer.Option(help="Home of the investor, ISO2, as KR.")]
AsOf = Annotated[str | None, typer.Option("--as-of", help="Date, YYYY-MM-DD.")]
Capacity = Annotated[float | None, typer.Option(help="Size of the plant, kt a year.")]
Picture = Annotated[Path | None, typer.Option(help="Also draw it: a file .svg or .png.")]
Json = Annotated[bool, typer.Option("--json", help="Print JSON for programs.")]


def cost(  # noqa: PLR0913, PLR0917 - each is an option of the command line
    place: Annotated[str, typer.Argument(help='Site, town, "Town, CC", or lat,lon.')],
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
    chosen, facts, demand = _load(
        study, product=product, furnace=furnace, investor=investor, as_of=as_of,
        capacity_ktpa=capacity,
    )  # fmt: skip
    from siting.commands import money_terminal
    from siting.money import sitecost
    from siting.money.landed import parameters_of
    from siting.results.data_age import price_of_the_day

    where = sitecost.place_named(place, facts["industrial_sites"])
    found = sitecost.cost_at(chosen, facts, demand, where)
    customers = found.customers
    if customer:
        customers = sitecost.customer_named(customer, customers)
    if picture:
        from siting.results.money_picture import draw_site

        draw_site(found, customers, chosen, picture)
    if as_json:
        typer.echo(money_terminal.cost_json(found, customers, chosen))
        return
    p = parameters_of(chosen, facts).central
    money_terminal.print_cost(found, customers, chosen, p)
    console.print(f"Price of the day: {price_of_the_day(chosen, facts)}.")
    if picture:
        console.print(f"Picture in {picture}", markup=False, highlight=False)


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
    chosen, facts, demand = _load(
        study, product=product, furnace=furnace, investor=investor, as_of=as_of,
        capacity_ktpa=capacity,
    )  # fmt: skip
    from siting.commands import money_terminal
    from siting.money.merit import merit_at
    from siting.results.data_age import price_of_the_day

    gate, rows = merit_at(chosen, facts, demand, customer)
    if picture:
        from siting.results.money_picture import draw_merit

        draw_merit(rows.head(top), gate, chosen, picture)
    if as_json:
        typer.echo(money_terminal.merit_json(rows.head(top), gate))
        return
    title = (
        f"Who serves {gate['name']}, {gate['country']} ({gate['kt']:,.0f} kt/y), USD/t; "
        f"the Chinese tonne lands at {gate['parity']:,.0f}"
    )
    money_terminal.print_merit(rows.head(top), title)
    console.print(f"Price of the day: {price_of_the_day(chosen, facts)}.")
    if picture:
        console.print(f"Picture in {picture}", markup=False, highlight=False)


def _load(name: str | None, **changes: object) -> tuple[Study, Facts, Demand]:
    """Return the study with what the command line changes, its facts and its customers."""
    from siting.study.studyfile import changed, named

    chosen = changed(named(name or "balanced"), changes)

    from siting.market.customers import known_demand
    from siting.support.progress import shown
    from siting.world import facts

    known = facts.load(chosen)
    chosen = chosen.model_copy(update={"as_of": known.as_of})
    with shown(console, quiet=not console.is_terminal) as stages, stages("freight") as tell:
        demand = known_demand(chosen, known, tell)
    return chosen, known, demand
