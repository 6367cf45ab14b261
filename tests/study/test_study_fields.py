"""Every field of a study: what it takes, what it refuses, and that the hint told then passes."""

import copy
import math
import re
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from geodata.errors import SitingError
from geodata.load import catalogue_date, table
from siting.market.demand import LATER_YEAR, NOW_YEAR
from siting.study.fields import FIRST_DAY, FIRST_DEMAND, LAST_DEMAND, number_hint
from siting.study.study import Study
from siting.study.studyfile import parse

# One study that sets every number that there is, each within its bounds.
FULL = {
    "capacity_ktpa": 50, "demand_year": 2030, "price_usd_per_t": 3000,
    "chinese_price_usd_per_t": 2900, "carbon_price_usd_per_t": 10,
    "weights": {"energy": {"weight": 2, "criteria": {"power_price": 1}}},
    "stakeholders": {
        "Ann": {"share": 1, "weights": {"energy": {"weight": 2, "criteria": {"power_price": 1}}}},
        "Bo": {"share": 2},
    },
    "anchors": {"power_price": {"worst": 150, "best": 30}},
    "reach": {
        "customers_usd_per_t": 30, "carmakers_usd_per_t": 30, "compatriots_usd_per_t": 50,
        "rivals_usd_per_t": 60,
    },
    "parameters": {"PX-PITCH": 700}, "factors": {"DE": {"manufacturing_wage_usd_per_h": 40}},
    "candidates": {
        "min_population": 20000,
        "hex": {"regions": ["FI"], "resolution": 5, "max_road_km": 25, "min_people": 20000},
    },
    "exclude": [{"file": "parks.gpkg", "buffer_km": 5}],
    "confidence": {"draws": 100, "seed": 1, "concentration": 40},
    "listing": {"top": 25, "zones": 100, "zone_km": 100},
    "snapshots": [{"demand_year": 2027}],
    "portfolio": {
        "most_places": 50, "first_year": 2027, "last_year": 2034, "period_years": 2,
        "sizes_ktpa": [50], "plants": 3, "plants_by_country": 2, "budget_musd": [700],
        "utilisation_pct": 10, "carbon_t_per_t": 9, "customer_share_pct": 40, "chance_pct": 5,
        "all_built_pct": 1, "alternatives": 5, "loss_pct": 2, "differ": 2, "gap_pct": 1,
        "time_s": 30,
    },
}  # fmt: skip
SCHEMA = Study.model_json_schema()


def leaves(schema, path=()):
    """Yield (path, schema) of every number of a JSON schema; * stands for any key or position."""
    schema = SCHEMA["$defs"][schema["$ref"].split("/")[-1]] if "$ref" in schema else schema
    for part in (*schema.get("anyOf", ()), *schema.get("allOf", ())):
        yield from leaves({**{k: schema[k] for k in ("minimum", "maximum") if k in schema}, **part},
                          path)  # fmt: skip
    if schema.get("type") in {"number", "integer"}:
        yield path, schema
    for key, inner in schema.get("properties", {}).items():
        yield from leaves(inner, (*path, key))
    for key in ("additionalProperties", "items"):
        if isinstance(schema.get(key), dict):
            yield from leaves(schema[key], (*path, "*"))


def spots(node, path=()):
    """Return every number of a study by its path."""
    if isinstance(node, dict | list):
        items = node.items() if isinstance(node, dict) else enumerate(node)
        return {p: v for k, inner in items for p, v in spots(inner, (*path, k)).items()}
    return {path: node} if isinstance(node, int | float) else {}


NUMBERS = dict(leaves(SCHEMA))
PLACES = {
    path: next(
        schema
        for known, schema in NUMBERS.items()
        if len(known) == len(path)
        and all(k in ("*", str(p)) for k, p in zip(known, path, strict=True))
    )
    for path in spots(FULL)
    if "Bo" not in path
}


def with_value(path, value):
    study = {path[0]: copy.deepcopy(FULL[path[0]])}
    node = study
    for step in path[:-1]:
        node = node[step]
    node[path[-1]] = value
    return study


def faults(study):
    text = yaml.safe_dump(study) if isinstance(study, dict) else study
    try:
        parse(text, "s.yaml", Path())
    except SitingError as error:
        return error.faults
    return ()


def test_the_sample_sets_every_number_there_is_and_is_sound():
    assert len(PLACES) == len(NUMBERS) >= 30
    assert faults(FULL) == ()


@pytest.mark.parametrize("path", PLACES, ids=lambda path: ".".join(map(str, path)))
def test_every_number_is_bounded_and_takes_nothing_else(path):
    bounds, fine = PLACES[path], spots(FULL)[path]
    low = bounds.get("minimum", bounds.get("ge", -1e308))
    high = bounds.get("maximum", bounds.get("le", 1e308))
    wrong = [low * 2 if low < 0 else low - 1, high * 2, 1e308, -1e308, math.nan, math.inf,
             -math.inf, True, "x", f"0{fine}", f"{fine} t", str(fine), [1], {"a": 1},
             int("9" * 400)]  # fmt: skip
    wrong += [fine + 0.25] if bounds["type"] == "integer" else []
    for value in wrong:
        told = faults(with_value(path, value))
        (fault,) = [f for f in told if f.column == ".".join(map(str, path))] or [None]
        assert fault is not None, (value, told)
        assert len(told) == 1
        assert fault.row
        assert fault.hint
        right = re.match(r"(?:give|write)(?: it without quotes:)? (-?[0-9.]+)", fault.hint)
        if right:
            assert faults(with_value(path, yaml.safe_load(right[1]))) == (), (value, fault.hint)


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.floats() | st.text(max_size=6)
    | st.sampled_from([10**400, "050", "2025-11", "UK", "EU", "\x1b[31m", "a.b", ".inf"]),
    lambda inner: st.lists(inner, max_size=3)
    | st.dictionaries(st.sampled_from(["weight", "criteria", "file", "on", "", "DE"]), inner,
                      max_size=3),
    max_leaves=4,
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(sorted(Study.model_fields)), ANYTHING)
def test_anything_under_any_key_is_a_study_or_a_fault_with_line_and_hint(key, value):
    for fault in faults({key: value}):
        assert fault.where == "s.yaml"
        assert fault.row
        assert fault.hint


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("50", "write it without quotes: 50"), ("050", "write 50"), ("-05.5", "write -5.5"),
        ("0x32", "write 50"), ("0o62", "write 50"), ("0b11", "write 3"), ("1_000", "write 1000"),
        ("1 000 000", "write 1000000"), ("1'000", "write 1000"), ("5,5", "a decimal point: 5.5"),
        ("1,000", "write 1000 or 1.000"), ("50 kt", "write 50, without"), ("50%", "write 50, with"),
        ("$50", "write 50, without"), ("1:30", "a plain number"), ("0x_", "a plain number"),
        ("", "a plain number"), ("1.2.3", "a plain number"), ("\u0665", "a plain number"),
    ],
)  # fmt: skip
def test_what_stands_for_a_number_is_told_as_one(text, hint):
    assert hint in number_hint(text)


@pytest.mark.parametrize(
    ("written", "hint"),
    [
        ("2025-11", "give a day: 2025-11-30"), ("2024-02", "give a day: 2024-02-29"),
        ("2025", "give a day: 2025-12-31"), ("28.11.2023", "write 2023-11-28"),
        ("11/28/2023", "write 2023-11-28"), ("28/11/2023", "write 2023-11-28"),
        ("20231128", "write 2023-11-28"), ("2023-2-3", "write 2023-02-03"),
        ("2023/11/28", "write 2023-11-28"), ("2023-11-28T10:00:00Z", "write 2023-11-28"),
        ("2023-02-30", "give 2023-02-28 or earlier"), ("2023-02-00", "give 2023-02-01"),
        ("1899-12-31", "give 2009-01-01 or later"), ("0000-01-01", "give 2009-01-01 or later"),
        ("9999-12-31", "give 2026-11-22 or earlier"), ("2035-01-01", "give 2026-11-22 or earlier"),
        ("2026-11-23", "give 2026-11-22 or earlier"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("above", ["", "snapshots: [{"])
def test_a_day_is_told_in_words_and_the_day_told_passes(written, hint, above):
    end = "}]" if above else ""
    (fault,) = faults(f"{above}as_of: {written}{end}")
    assert fault.hint.startswith(hint)
    assert (fault.row, fault.column) == (1, "snapshots.0.as_of" if above else "as_of")
    right = re.search(r"\d{4}-\d{2}-\d{2}", fault.hint)[0]
    again = faults(f"{above}as_of: {right}{end}")
    assert not again or again[0].what == "the same moment as the study"


@pytest.mark.parametrize("written", ["true", "1.5", "03/04/2023", "soon", "[2023]", "2023-13-01"])
def test_what_is_no_day_is_refused(written):
    (fault,) = faults(f"as_of: {written}")
    assert "2026-11-22" in fault.hint


def test_own_tables_may_be_newer_than_the_catalogue():
    assert faults("as_of: 2027-03-31\ntables: {gigafactories: mine.csv}") == ()


def test_days_and_years_are_those_of_the_tables():
    years = table("place_factors")["year"].str[:4].astype(int)
    assert FIRST_DAY.year == years.min()
    assert (FIRST_DEMAND, LAST_DEMAND) == (NOW_YEAR, LATER_YEAR)
    assert faults(f"as_of: {catalogue_date()}") == ()


@pytest.mark.parametrize(
    ("text", "column", "hint", "right"),
    [
        ("investor: UK", "investor", "did you mean GB?", "investor: GB"),
        ("investor: de", "investor", "did you mean DE?", "investor: DE"),
        ("investor: no", "investor", "did you mean NO?", "investor: NO"),
        ("investor: ZZ", "investor", "as DE", "investor: DE"),
        ("investor: 49", "investor", "as DE", "investor: DE"),
        ("investor: EU", "investor", "one of its countries, as DE", "investor: DE"),
        ("investor: [DE]", "investor", "write one value", "investor: DE"),
        ("investor: {DE: 1}", "investor", "write one value", "investor: DE"),
        ("candidates: {countries: [EU, EL]}", "candidates.countries.1", "mean GR?",
         "candidates: {countries: [EU, GR]}"),
        ("candidates: {countries: DE}", "candidates.countries", "as a list: [DE]",
         "candidates: {countries: [DE]}"),
        ("candidates: {countries: [DE, SE, DE]}", "candidates.countries", "keep one",
         "candidates: {countries: [DE, SE]}"),
        ("candidates: {hex: {regions: [Europe]}}", "candidates.hex.regions.0", "mean europe?",
         "candidates: {hex: {regions: [europe, GCC]}}"),
        ("candidates: {hex: {regions: []}}", "candidates.hex.regions", "at least one",
         "candidates: {hex: {regions: [world]}}"),
        ("factors: {UK: {}}", "factors.UK", "did you mean GB?", "factors: {GB: {}}"),
        ("factors: {US-TXX: {}}", "factors.US-TXX", "did you mean US-TX?", "factors: {US-TX: {}}"),
        ("policies: {off: [US-45X-EAMM]}", "policies.off.0", "did you mean US-45X-EAM?",
         "policies: {off: [US-45X-EAM]}"),
        ("policies: {off: [US-45X-EAM], on: [US-45X-EAM]}", "policies", "keep one",
         "policies: {off: [US-45X-EAM]}"),
        ("events: {on: [hormuz]}", "events.on.0", "hormuz-2026", "events: {on: [hormuz-2026]}"),
        ("events: {on: [hormuz-2026, hormuz-2026]}", "events.on", "keep one",
         "events: {on: [hormuz-2026]}"),
        ("snapshots: [{}]", "snapshots.0", "change its as_of", "snapshots: [{demand_year: 2027}]"),
        ("snapshots: [{demand_year: 2027}, {demand_year: 2027}]", "snapshots.1", "change its",
         "snapshots: [{demand_year: 2027}, {demand_year: 2028}]"),
        ("exclude: [{file: a.csv}, {file: a.csv}]", "exclude", "keep one", "exclude: [{file: a}]"),
        ("lens: premium", "lens", "did you mean premium_local?", "lens: premium_local"),
        ("finance: {tax: 0}", "finance.tax", "true or false", "finance: {tax: no}"),
        ("name: 2024", "name", 'in quotes: "2024"', 'name: "2024"'),
        ("name: true", "name", 'in quotes: "true"', 'name: "true"'),
        ("candidates: {file: 5}", "candidates.file", "as my_sites.csv",
         "candidates: {file: my_sites.csv}"),
        ("weights:", "weights", "leave the key out", ""),
        ("weights: 5", "weights", "`key: value` below", "weights: {energy: 5}"),
        ("reach: [1]", "reach", "`key: value` below", "reach: {customers_usd_per_t: 5}"),
        ("anchors: {power_price: {worst: 1}}", "anchors.power_price.best", "add it",
         "anchors: {power_price: {worst: 1, best: 2}}"),
        ("{capacity_ktpa:5}", "capacity_ktpa:5", "a blank after the colon: capacity_ktpa: 5",
         "{capacity_ktpa: 5}"),
        ('stakeholders: {"a\\nb": {}}', "stakeholders.a�b", "write a b", "stakeholders: {a b: {}}"),
    ],
)  # fmt: skip
def test_the_hint_given_passes(text, column, hint, right):
    (fault,) = faults(text)
    assert (fault.row, fault.column) == (1, column)
    assert hint in fault.hint
    assert faults(right) == ()
