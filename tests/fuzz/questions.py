"""Studies, judgements of weights, settings and grids: what is asked in text, sound and harmed.

A study is a list of lines `key: value`; values are written in flow style, so that every number
and word in them is a piece that can be another one.
"""

from __future__ import annotations

import re
from random import Random

from . import words
from .tables import Sheet

# Sound values of every key of a study, as they are written.
SOUND: dict[str, tuple[str, ...]] = {
    "name": ("a", "my study", "n-1.2", "'12'", "Łódź"),
    "question": ("Where to build", '"Where: here?"', "'it''s'", "null"),
    "as_of": ("2026-11-22", "2024-02-29", "'2023-11-28'", "null"),
    "investor": ("CN", "KR", "US", '"NO"', "JP"),
    "owner": ("BTR", "Putailai; BTR", "''"),
    "product": ("synthetic", "natural", "silicon_blended"),
    "furnace": ("box", "acheson", "lengthwise", "continuous"),
    "capacity_ktpa": ("50", "0.01", "1e2", "1000", "12.5", "+5"),
    "demand_year": ("2026", "2030"),
    "lens": ("evidence", "premium_local", "low_cost_export", "onshoring", "article_2023"),
    "weights": (
        "{cost: 2}", "{energy: {weight: 0.5, criteria: {power_price: 3, grid_carbon: 1}}}",
        "{ties: 0, market: {criteria: {unserved_demand: 1e3}}}", "{}",
    ),
    "stakeholders": (
        "{Operations: {weights: {energy: {weight: 2}}}, Finance: {lens: low_cost_export}}",
        "{A: {share: 1}, B: {share: 3, lens: onshoring}}", "{}",
    ),
    "anchors": ("{power_price: {worst: 150, best: 30}}", "{port_km: {worst: 500, best: 0}}"),
    "reach": ("{customers_usd_per_t: 30}", "{rivals_usd_per_t: 60.5, compatriots_usd_per_t: 50}"),
    "price_usd_per_t": ("3000", "null", "1", "100000"),
    "chinese_price_usd_per_t": ("2500.5", "null"),
    "carbon_price_usd_per_t": ("0", "80"),
    "finance": ("{tax: true, ramp_up: false}", "{}"),
    "parameters": ("{}", "{FIN-RATE: 12}"),
    "factors": ("{}", "{SE: {industrial_electricity_usd_per_mwh: 40}, DE: {grid_carbon_g_per_kwh: 380}}"),
    "candidates": (
        "{sets: [towns], countries: [SE, FI]}", "{sets: [industrial_sites, seaports]}", "{countries: [EU]}",
        "{hex: {resolution: 4, regions: [EE, LV], max_road_km: 10}}", "{min_population: 20000}",
    ),
    "exclude": ("[]",),
    "policies": ("{off: [], on: []}", "{}"),
    "events": ("{off: []}", "{}"),
    "tables": ("{}",),
    "confidence": ("{draws: 100, seed: 1, concentration: 40}", "{draws: 0}"),
    "listing": ("{top: 5, zones: 20}", "{zone_km: 100}"),
    "snapshots": ("[{as_of: 2024-01-01}]", "[{demand_year: 2028}, {as_of: 2025-06-30, demand_year: 2027}]", "[]"),
}  # fmt: skip
IN_WORDS = ("name", "question", "owner", "stakeholders", "as_of")  # a number in them may be a word
NO_NUMBER = (
    "050", "0x32", "0o17", "1_000", "1:30", "yes", "true", "null", "~", "''", '"50"', "[]", "{}", "[1]", "{a: 1}", "1,5",
    "50 kt", "1e400", "-1e400", ".inf", "-.inf", ".nan", "!!int 5", "!!float x", "!!timestamp x", "!!python/object/apply:os.system [ls]",
    "!!binary aGk=", "&a 5", "*a", "- 5", "5 5", "5%", "$5", "5e", "٥", "９", "0b1", "+", "-", "1e", "--5", "1__0", "2026-11-22", "x",
    "9" * 400, '"\\ud800"', '"\\x00"', "|", ">", "? 5", "@", "`", "%", "5 # five kt: no", "{", "}", "[", "]", ":",
)  # fmt: skip
NUMBERS = (
    "0",
    "-1",
    "-0",
    "1e-300",
    "1e300",
    "5e-324",
    "1.7976931348623157e308",
    "1e9",
    "1000000001",
    "0.1",
    "2.5",
    "99999999999999999999",
    "2026",
    "1",
)
SCALARS = (
    *NO_NUMBER, *NUMBERS, "UK", "EL", "XX", "EU", "NO", "on", "off", "CN", "Türkiye", "2025-11", "2025", "20251122", "22.11.2026",
    "2026-02-30", "9999-12-31", "0000-00-00", "2026-11-22T10:00:00Z", "\x1b[31mred", "\u202e", "<b>", "{{x}}", "a" * 2_000, "../x", "/dev/zero",
    ".", "a.csv", "CON", "http://x", "'", '"', "towns", "lens", "__class__", "evidence ", "Evidence", "world", "europe", "\U0001f600", "\ufeffx",
)  # fmt: skip
WHOLE = (  # texts that stand for a study
    "", "\n", "---\n", "--- \n...\n---\n", "null", "5", "x", "[]", "- a: 1", "{}", "%YAML 1.1\n---\na: 1", "a", "a:", ":", "? [a]\n: 1",
    "<<: {lens: evidence}", "a: &a [*a]", "a: *b", "name: x\r\nlens: y", "\tname: x", "name:\tx", "name: x\n\x00", "{" * 500, "[" * 5_000,
    "- " * 5_000, "a: " * 300, "? " * 3_000, "&a " * 100, "!!map {}", "--- |\n name: x", "# only a comment", '{"name": "x"}', "name: [x", 'name: "x',
    "\n".join(f"k{i}: {i}" for i in range(30_000)), "name: x\n" * 3, "'name': x", "name : x", "name:x", "NAME: x", "Name: x", "\ufeff\ufeffname: x",
    "\n".join(f"a{i}: &a{i} [{f'*a{i - 1}, ' * 9 if i else 'x'}]" for i in range(9)),
)  # fmt: skip
PIECE = re.compile(r"[\w.+-]+")
NUMBER = re.compile(r"[-+]?\d+(\.\d*)?([eE][-+]?\d+)?")


def lines_of(rng: Random) -> list[tuple[str, str]]:
    """Return the keys and values of a sound study."""
    keys = rng.sample(list(SOUND), rng.choice((0, 1, 2, 4, 8)))
    if "furnace" in keys and "product" in keys:  # a furnace belongs to synthetic graphite
        keys.remove("furnace")
    if "weights" in keys and "lens" in keys:
        keys.remove("lens")
    if "carbon_price_usd_per_t" in keys and "weights" in keys:  # it would count carbon twice
        keys.remove("weights")
    return [(key, rng.choice(SOUND[key])) for key in keys]


def harmed(lines: list[tuple[str, str]], rng: Random) -> tuple[str, bool]:
    """Return the text of a study with one harm, and whether it may not be accepted."""
    how = rng.randrange(10)
    lines = list(lines)
    if how == 0 or not lines:
        return rng.choice(WHOLE), False
    at = rng.randrange(len(lines))
    key, value = lines[at]
    never = False
    if how <= 3:
        lines[at] = (key, rng.choice(SCALARS))
    elif how <= 6:
        value, number = _another_piece(value, rng)
        never = number and key not in IN_WORDS
        lines[at] = (key, value)
    elif how == 7:
        lines[at] = (
            rng.choice((*SCALARS, *SOUND, key.upper(), f"{key} ", f"{key}s", f"{key}.x")),
            value,
        )
    elif how == 8:
        lines.insert(rng.randrange(len(lines) + 1), (key, rng.choice(SOUND[key])))
        never = True
    else:
        other = rng.choice([value for values in SOUND.values() for value in values])
        lines[at] = (
            key,
            rng.choice((f"[{value}]", f"[{value}, {value}]", f"{{x: {value}}}", other)),
        )
    return text_of(lines), never


def _another_piece(value: str, rng: Random) -> tuple[str, bool]:
    """Return a value with one piece replaced; whether it was a number and now is none."""
    pieces = list(PIECE.finditer(value))
    if not pieces:
        return rng.choice(SCALARS), False
    piece = rng.choice(pieces)
    numeric = bool(NUMBER.fullmatch(piece[0])) and value != "null"
    new = rng.choice(rng.choice((NO_NUMBER, NUMBERS)) if numeric else SCALARS)
    never = numeric and new in NEVER
    return value[: piece.start()] + new + value[piece.end() :], never


# Of what is no number, what no field for numbers can mean: null and an empty value leave it out.
NEVER = ("050", "0x32", "0o17", "1_000", "1:30", "yes", "true", '"50"', "50 kt", "1e400", ".inf", ".nan", "!!int 5",
         "*a", "5 5", "5%", "٥", "x", "--5", "2026-11-22", "&a 5", "1,5")  # fmt: skip


def text_of(lines: list[tuple[str, str]]) -> str:
    return "".join(f"{key}: {value}\n" for key, value in lines)


def grid(rng: Random) -> str:
    """Return a grid of scenarios."""
    keys = rng.sample([key for key in SOUND if key not in (
        "name", "question", "listing", "confidence", "stakeholders", "snapshots", "candidates",
        "exclude", "tables", "finance", "policies", "events", "parameters", "factors", "reach",
        "anchors", "furnace", "product", "weights", "owner", "price_usd_per_t", "chinese_price_usd_per_t",
    )], rng.choice((1, 2)))  # fmt: skip
    vary = "".join(f"  {key}: [{', '.join(dict.fromkeys(SOUND[key][:2]))}]\n" for key in keys)
    named = "scenarios:\n  - {name: a, probability: 1, set: {carbon_price_usd_per_t: 50}}\n"
    return f"vary:\n{vary}" + (
        named if rng.random() < 0.3 and "carbon_price_usd_per_t" not in keys else ""
    )


def link(tree: dict[str, dict[str, float]], rng: Random) -> str:
    """Return what a map keeps behind the # of its address."""
    if rng.random() < 0.3:  # a pillar turned on another lens may count money twice
        return "lens=" + rng.choice(SOUND["lens"])
    parts = []
    for pillar in rng.sample([pillar for pillar, own in tree.items() if any(own.values())], 2):
        parts.append(f"{pillar}={rng.choice(('1', '0.5', '3'))}")
        weighing = [key for key, weight in tree[pillar].items() if weight] or list(tree[pillar])[:1]
        parts.append(f"{pillar}.{rng.choice(weighing)}={rng.choice(('1', '2.5'))}")
    return "&".join(parts)


def harmed_link(text: str, rng: Random) -> str:
    piece = rng.choice(list(PIECE.finditer(text)))
    new = rng.choice(
        (*SCALARS, *words.TEXTS, "%00", "%ff", "%", "&&", "=", "a=1&" * 300, "x" * 30_000)
    )
    return text[: piece.start()] + new + text[piece.end() :]


def judgements(method: str, items: list[str], rng: Random) -> Sheet:
    """Return sound judgements of pillars by one of the three methods."""
    if method == "ahp":
        worth = {item: rng.choice((1, 2, 3)) for item in items}
        rows: list[list[object]] = [
            ["", a, b, f"{worth[a]}/{worth[b]}" if worth[a] < worth[b] else f"{worth[a] / worth[b]:.4g}"]
            for i, a in enumerate(items) for b in items[i + 1 :]
        ]  # fmt: skip
        return Sheet(["pillar", "left", "right", "ratio"], rows, [None] * len(rows))
    if method == "swing":
        rows = [
            ["", item, 100 if i == 0 else rng.randrange(1, 100)] for i, item in enumerate(items)
        ]
        return Sheet(["pillar", "item", "points"], rows, [None] * len(rows))
    rows = [["", item, i + 1] for i, item in enumerate(rng.sample(items, len(items)))]
    return Sheet(["pillar", "item", "rank"], rows, [None] * len(rows))
