"""`siting cost` and `siting merit`: what a tonne costs at a place, and who serves a customer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from siting.commands import options
from siting.support.console import aside, console, print_json

if TYPE_CHECKING:
    from siting.market.customers import Demand
    from siting.study.study import Study
    from siting.world.facts import Facts
    from siting.world.point import Point


def cost(  # noqa: PLR0913, PLR0917 - each is an option of the command line
    place: Annotated[str, typer.Argument(help=options.PLACE)],
    study: options.Study = options.STUDY,
    customer: Annotated[str | None, typer.Option(help="Only this gigafactory: id or name.")] = None,
    product: options.Product = None,
    furnace: options.Furnace = None,
    investor: options.Investor = None,
    as_of: options.AsOf = None,
    capacity: options.Capacity = None,
    picture: options.Picture = None,
    as_json: options.Json = False,
) -> None:
    """Print what a tonne costs at a place, anywhere on land, and at its customers' gates."""
    chosen, facts, demand = _facts(
        study, product=product, furnace=furnace, investor=investor, as_of=as_of,
        capacity_ktpa=capacity,
    )  # fmt: skip
    where = _place(place, chosen, facts)
    demand = demand or _demand(chosen, facts)
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
    study: options.Study = options.STUDY,
    top: Annotated[int, options.top("How many sites.")] = 25,
    product: options.Product = None,
    furnace: options.Furnace = None,
    investor: options.Investor = None,
    as_of: options.AsOf = None,
    capacity: options.Capacity = None,
    picture: options.Picture = None,
    as_json: options.Json = False,
) -> None:
    """Print the sites of a study from the cheapest to the dearest at one customer's gate."""
    chosen, facts, demand = _facts(
        study, product=product, furnace=furnace, investor=investor, as_of=as_of,
        capacity_ktpa=capacity,
    )  # fmt: skip
    demand = demand or _demand(chosen, facts)
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


def _facts(name: str, **changes: object) -> tuple[Study, Facts, Demand | None]:
    """Return the study with what the command line changes, its facts, and its customers.

    Customers only where the plan of the study is kept.
    """
    from siting.study.studyfile import changed, named

    chosen = changed(named(name), changes)

    from siting.results.kept_plans import kept_plan

    if (plan := kept_plan(chosen)) is not None:
        return chosen.model_copy(update={"as_of": plan.as_of}), plan.facts, plan.demand

    from siting.world import facts

    known = facts.load(chosen)
    return chosen.model_copy(update={"as_of": known.as_of}), known, None


def _demand(study: Study, facts: Facts) -> Demand:
    """Return the customers of a study."""
    from siting.market.customers import known_demand
    from siting.support.progress import shown

    with shown(aside) as stages, stages("freight") as progress:
        return known_demand(study, facts, progress)


def _place(text: str, study: Study, facts: Facts) -> Point:
    """Return the place that a user names, of the study's own list or of the catalogue."""
    from geodata.userfiles import read_points
    from siting.world import candidates, gazetteer

    given = study.candidates
    points = read_points(given.source, given.sheet) if given.source else None
    own = candidates.own_places(points) if points is not None else None
    return gazetteer.place(text, tables=facts.tables, own=own)
