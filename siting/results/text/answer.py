"""What a plan asks and answers, in the sentences that every output begins with."""

from __future__ import annotations

from geodata.language import pgettext, sentences, tr
from geodata.places import country_name
from maps.numerals import number, share
from siting.model.plan import Plan, country_chances
from siting.model.zones import zone_names
from siting.results import limits
from siting.results.data_age import price_of_the_day
from siting.study.terms import NATIONALITIES

MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September",
          "October", "November", "December")  # fmt: skip
COUNTRIES = 5  # named in the answer


def question(plan: Plan) -> str:
    """Return the question of the study in words."""
    study = plan.study
    return tr(study.question) if study.question else tr(
        "Where to build {capacity} kt a year of {product}",
        capacity=format(study.capacity_ktpa, "g"), product=tr(plan.facts.product(study).name),
    )  # fmt: skip


def investor(plan: Plan) -> str:
    """Return the investor's home as an adjective, or its country code."""
    home = plan.study.investor
    return tr(NATIONALITIES[home]) if home in NATIONALITIES else home


def long_date(plan: Plan) -> str:
    """Return the date as "22 November 2026"."""
    day = plan.as_of
    return pgettext("date", "{day} {month} {year}", day=day.day, month=tr(MONTHS[day.month - 1]),
                    year=day.year)  # fmt: skip


def known(plan: Plan) -> str:
    """Return who asks, and as of when."""
    return tr("{nationality} investor, as known on {date}",
              nationality=investor(plan), date=long_date(plan))  # fmt: skip


def answer(plan: Plan) -> str:
    """Return the answer in words: the likeliest zones by what stands for them, and countries."""
    heads, parts = plan.zones.head[:3], plan.zones.share[:3]
    if not len(heads):
        return ""
    codes = plan.places["country"].to_numpy()[heads]
    areas, sites = zone_names(plan.places, plan.zones), plan.places["name"].to_numpy()[heads]
    land = [country_name(code) for code in codes]
    likeliest = {"site": sites[0], "area": areas[0], "country": land[0], "share": share(parts[0])}
    first = (
        tr("Rank 1: {site}, {country}: a {share} chance of the next plant", **likeliest)
        if areas[0] == sites[0]
        else tr("Rank 1: {site} (area of {area}), {country}: a {share} chance of the next plant",
                **likeliest)
    )  # fmt: skip
    then = tr("; ").join(
        tr("{site}, {country} ({share})", site=site, country=where, share=share(part))
        for site, where, part in zip(sites[1:], land[1:], parts[1:], strict=True)
    )
    whole = (
        tr("{first}; then {sites}.", first=first, sites=then)
        if then
        else tr("{sentence}.", sentence=first)
    )
    total = country_chances(plan).head(COUNTRIES)
    shares = zip(map(str, total.index), total, strict=True)
    by_country = tr(", ").join(f"{country_name(code)} {share(p)}" for code, p in shares)
    return sentences([whole, tr("By country: {countries}.", countries=by_country)])


def notes(plan: Plan) -> tuple[str, ...]:
    """Return what a reader must know of the numbers."""
    day = price_of_the_day(plan.study, plan.facts)
    return (
        tr("The chance of the next plant is how likely this investor's next plant goes there, as "
           "far as the model knows; over all places it sums to 100 %. A zone is a cluster of "
           "nearby sites of one country, and a site stands for it."),
        tr("Price of the day: {price}; it moves no rank.", price=day),
        tr("{places} places compared, {excluded} excluded by a rule.",
           places=number(len(plan.places)), excluded=number(len(plan.barred))),
        *plan.notes,
        *filter(None, [limits.sentence(plan)]),
    )  # fmt: skip
