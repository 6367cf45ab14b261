"""An atlas for tests: real plants and sites of the catalogue, invented shares and odds."""

from __future__ import annotations

import dataclasses
from typing import Any

import h3
import numpy as np
import pandas as pd

from geodata import CATALOGUE
from maps.atlas import Atlas, CriterionInfo, Pillar

PILLARS = (
    Pillar(
        "ties",
        "Nearby plants of compatriots",
        (CriterionInfo("tie", "Works or home of the owner", "0-1"),),
    ),
    Pillar("market", "Market", (CriterionInfo("reach", "Customers in reach", "kt/y"),)),
    Pillar("cost", "Cost", (CriterionInfo("delivered", "Delivered cost", "USD/t"),)),
    Pillar("energy", "Energy", (CriterionInfo("power", "Power price", "USD/MWh"),)),
    Pillar("policy", "Policy", (CriterionInfo("duty", "Duty-free reach", "0-1"),)),
    Pillar("surroundings", "Surroundings", (CriterionInfo("netzero", "Net-zero year", "year"),)),
)
COUNTRIES = {"NO": "Norway", "SE": "Sweden", "FI": "Finland", "FR": "France", "PL": "Poland",
             "ES": "Spain", "DE": "Germany", "HU": "Hungary", "PT": "Portugal"}  # fmt: skip
BREAKS = (2.0, 10.0, 25.0, 50.0, 100.0)


def _read(table: str) -> pd.DataFrame:
    return pd.read_csv(CATALOGUE / f"{table}.csv", keep_default_na=False, na_values=[""])


def sample(sites: int = 25) -> Atlas:
    """Return an atlas of European sites with made-up shares; the same on every call."""
    random = np.random.default_rng(7)
    named = _read("industrial_sites")
    named = named[named["country"].isin(COUNTRIES)].drop_duplicates("site_id").head(sites)
    named = named.reset_index(drop=True)
    count, ids = len(named), named["site_id"]
    odds = random.uniform(-0.8, 1.6, (count, len(PILLARS)))
    odds = odds[np.argsort(-odds.sum(axis=1), kind="stable")]
    weight = np.exp(odds.sum(axis=1))
    share = 0.8 * weight / weight.sum()
    total = pd.Series(share).groupby(named["country"]).transform("sum")
    table = pd.DataFrame(
        {
            "rank": np.arange(1, count + 1), "site_id": ids, "name": named["name"],
            "full_name": named["name"], "country": named["country"],
            "country_name": named["country"].map(COUNTRIES), "region_name": named["region"],
            "lat": named["lat"], "lon": named["lon"], "kind": "industrial site",
            "archetype": np.where(np.arange(count) % 2, "beside the customer", "low-cost hub"),
            "zone": np.arange(1, count + 1), "zone_name": "Old Town", "scouted": True,
            "share": share, "share_low": share / 3, "share_high": share * 2,
            "country_share": total, "percentile": np.linspace(0.9999, 0.99, count),
            "odds": odds.sum(axis=1), "pays": 0.38,
            "pays_from": 3900.0, "pays_after_tax_from": 4400.0, "margin": -400.0,
            "known": 5, "total": 6, "low": 2900.0, "high": 3800.0,
        }
    )  # fmt: skip
    cells = _read("gigafactories")
    return Atlas(
        title="Where to build 50 kt a year of synthetic graphite",
        subtitle="Chinese investor \N{MIDDLE DOT} as known on 22 November 2026",
        answer=f"First: {table['name'].iloc[0]}.",
        study="sample",
        as_of="2026-11-22",
        pillars=PILLARS,
        sites=table,
        contributions=pd.DataFrame(odds, columns=[p.key for p in PILLARS]).assign(site_id=ids),
        criteria=_criteria(ids, odds),
        costs=_costs(ids),
        customers=_customers(ids, cells),
        policies=_policies(ids),
        runners_up=pd.DataFrame({"site_id": ids, "name": "Next field", "kind": "industrial site",
                                 "km_away": 12.5, "facts": "408 ha available"}),
        countries=pd.DataFrame({"country": ["SE", "US"], "country_name": ["Sweden", "America"],
                                "share": [0.4, 0.2]}),
        unscouted=pd.DataFrame({"site_id": ["t1", "t2"], "name": ["New Town", "Far Town"],
                                "country": ["SE", "PL"], "country_name": ["Sweden", "Poland"],
                                "lat": [61.0, 52.0], "lon": [16.0, 19.0], "share": [0.05, 0.01],
                                "sites": [12, 3]}),
        barred=pd.DataFrame({"site_id": ["full-se", "law-us"], "name": ["Full Park", "Lone Star"],
                             "country": ["SE", "US"], "country_name": ["Sweden", "United States"],
                             "lat": [60.1, 31.0], "lon": [15.0, -97.0],
                             "rule": ["The site is full", "Land law"], "rule_id": ["a", "b"]}),
        gigafactories=cells.assign(capacity_gwh=cells["capacity_gwh_2030"], anode_kt=1.5),
        automakers=_read("automaker_plants").rename(
            columns={"capacity_vehicles_per_year": "vehicles", "ev_output_status": "ev_status"}
        ),
        rivals=_read("anode_plants").rename(columns={"capacity_ktpa_2030": "ktpa"}),
        policy_countries=_countries(),
        unranked=pd.DataFrame({"country": ["MU"], "why": ["Its power system is too small"]}),
        clusters=pd.DataFrame({"cluster": [1, 2], "name": ["Wroc\u0142aw, PL", "Debrecen, HU"],
                               "lat": [51.0, 47.5], "lon": [17.0, 21.6], "kt": [79.0, 7.4],
                               "gwh": [100.0, 9.0], "plants": [1, 2], "radius_km": [0.0, 90.0]}),
        zones=_zones(table),
        surface=_surface(),
        surface_breaks=BREAKS,
        scored_countries=frozenset(COUNTRIES),
        attributions=("Natural Earth", "GeoNames (CC BY 4.0)"),
        notes=("Shares of this page are invented.",),
        certainty=((0.5, "likely"), (0.0, "unlikely")),
    )  # fmt: skip


def _criteria(ids: pd.Series[str], odds: np.ndarray) -> pd.DataFrame:
    raws = {"kt/y": 36.4, "USD/t": 3421.1, "0-1": 0.5, "USD/MWh": np.nan, "year": 2050.0}
    return pd.concat(
        pd.DataFrame(
            {
                "site_id": ids, "criterion": pillar.criteria[0].name, "pillar": pillar.key,
                "raw": raws[pillar.criteria[0].unit], "unit": pillar.criteria[0].unit,
                "value": odds[:, k] / 2, "odds": odds[:, k],
                "imputed": pillar.key == "energy",
                "level": "country" if pillar.key == "energy" else "computed",
            }
        )
        for k, pillar in enumerate(PILLARS)
    )  # fmt: skip


def _customers(ids: pd.Series[str], plants: pd.DataFrame) -> pd.DataFrame:
    near = plants[plants["country"].isin(["DE", "PL", "HU"])].head(4)
    return pd.concat(
        pd.DataFrame(
            {
                "site_id": site, "plant_id": near["id"], "name": near["name"],
                "country": near["country"], "lat": near["lat"], "lon": near["lon"],
                "kt": [2.0, 12.5, 27.2, 1.0], "usd_per_t": [41.0, 53.0, 90.0, 112.0],
                "km": [210.0, 880.0, 1480.0, 2100.0], "modes": "road 210 km, sea 1,480 km",
                "duty": [0.0, 12.0, np.nan, 0.0], "parity": [3620.0, 3580.0, np.nan, 3100.0],
                "margin": [527.6, 463.6, np.nan, -63.4],
            }
        )
        for site in ids
    )  # fmt: skip


def _costs(ids: pd.Series[str]) -> pd.DataFrame:
    parts = {"feedstock": 1135.4, "power": 468.0, "labour": 259.0, "capital": 1052.0,
             "needle_tax": 330.0, "aid": -131.0, "credit": -62.0,
             "freight": 53.0, "duty": 9.0}  # fmt: skip
    group = {"feedstock": "materials", "power": "energy", "labour": "labour", "capital": "capital",
             "aid": "capital", "freight": "freight", "duty": "duty"}  # fmt: skip
    one = pd.DataFrame({"part": [part.replace("_", " ").capitalize() for part in parts],
                        "group": [group.get(part, "other") for part in parts],
                        "usd_per_t": list(parts.values())})  # fmt: skip
    return pd.concat([one.assign(site_id=site) for site in ids], ignore_index=True)


def _policies(ids: pd.Series[str]) -> pd.DataFrame:
    return pd.concat(
        pd.DataFrame(
            {
                "site_id": site, "instrument_id": ["EU-1", "EU-2"],
                "instrument": ["State aid", "Levy"],
                "effect": ["incentive", "tax_relief"], "status": ["in force", "proposed"],
                "summary": ["Up to 15 % of capex.", ""],
            }
        )
        for site in ids
    )  # fmt: skip


def _countries() -> pd.DataFrame:
    hints = {"NO": 0.9, "SE": 0.1, "FI": 0.5, "FR": 0.7, "PL": 0.3, "US": 0.0, "DE": np.nan}
    return pd.DataFrame(
        {
            "country": list(hints),
            "score_hint": list(hints.values()),
            "in_force": 2,
            "entry": [0.05 if code == "SE" else float(code != "US") for code in hints],
            "bars": [code == "US" for code in hints],
            "decides": True,
            "instruments": [("State aid", "Levy") for _ in hints],
        }
    )


def _zones(sites: pd.DataFrame) -> pd.DataFrame:
    corners = np.array([(-1, -1), (1, -1), (1, 1), (-1, 1), (-1, -1)]) * 0.3
    hulls = [
        [(lat + y, lon + x) for x, y in corners]
        for lat, lon in zip(sites["lat"], sites["lon"], strict=True)
    ]
    return pd.DataFrame({"zone": sites["rank"], "name": sites["name"], "rank": sites["rank"],
                         "hull": hulls, "sites": 3})  # fmt: skip


def _surface() -> pd.DataFrame:
    cells = sorted(h3.grid_disk(h3.latlng_to_cell(51.0, 11.0, 3), 8))
    kt = [120.0 * 0.7 ** h3.grid_distance(cells[len(cells) // 2], cell) for cell in cells]
    return pd.DataFrame({"h3": cells, "kt": kt})


# ---- the same atlas with hostile text in every field of every table ----

PAYLOADS = (
    "<img src=x onerror=window.__ran=1>",
    "</script><script>window.__ran=2</script>",
    "${window.__ran=3}",
    "`+(window.__ran=4)+`",
    "{{7*7}}{{ this.__class__ }}",
    "{% raw %}{% endraw %}{% if %}{# gone #}",
    "javascript:window.__ran=5",
    '" onmouseover="window.__ran=6" x=\'',
    "'><svg onload=window.__ran=7>",
    "line\u2028one\u2029two\nthree",
    "\u202etxt.exe\u202c",
    "\U0001f50b \u0645\u0635\u0646\u0639 \u5de5\u5382",
    '=HYPERLINK("http://x.test/","y")',
    "<!--<script>",
    "]]>&lt;b&gt;&#60;i&#62;",
    "\\u003cb\\u003e\\",
)


def hostile() -> Atlas:
    """Return the sample with a payload in every text, rows and fields taking turns."""
    atlas = sample()
    turn = iter(range(10**6))

    def bad(_: object = None) -> str:
        return PAYLOADS[next(turn) % len(PAYLOADS)]

    keep = {"site_id", "h3", "country", "pillar", "status", "ev_status", "owner_hq_country"}
    changes: dict[str, Any] = {}
    for field in dataclasses.fields(Atlas):
        value = getattr(atlas, field.name)
        if isinstance(value, str) and field.name != "language":  # one of four
            changes[field.name] = bad()
        elif isinstance(value, pd.DataFrame):
            changes[field.name] = _poison(value, bad, keep)
    # half of the rows of the columns that the page looks up are strange too
    for table, column in (("gigafactories", "status"), ("gigafactories", "owner_hq_country"),
                          ("automakers", "ev_status"), ("rivals", "status"),
                          ("sites", "country"), ("policies", "status"), ("barred", "country"),
                          ("customers", "country"), ("unscouted", "country"),
                          ("gigafactories", "country"), ("rivals", "country")):  # fmt: skip
        frame = changes[table]
        half = np.arange(len(frame)) % 2 == 0
        frame[column] = [bad() if h else v for h, v in zip(half, frame[column], strict=True)]
    changes |= {
        "pillars": tuple(
            Pillar(p.key, bad(), tuple(CriterionInfo(c.key, bad(), bad()) for c in p.criteria))
            for p in atlas.pillars
        ),
        "contributions": atlas.contributions,
        "policy_countries": atlas.policy_countries.assign(
            instruments=[tuple(PAYLOADS) for _ in range(len(atlas.policy_countries))]
        ),
        "attributions": PAYLOADS,
        "notes": PAYLOADS,
        "certainty": ((0.5, bad()), (0.0, bad())),
    }
    for table in changes.values():
        if isinstance(table, pd.DataFrame) and "site_id" in table:
            table["site_id"] += PAYLOADS[0] + PAYLOADS[4]
    return dataclasses.replace(atlas, **changes)


def _poison(frame: pd.DataFrame, bad: Any, keep: set[str]) -> pd.DataFrame:
    texts = [
        column
        for column in frame.columns
        if column not in keep and pd.api.types.is_string_dtype(frame[column])
    ]
    return frame.assign(**{column: frame[column].map(bad) for column in texts})


def empty() -> Atlas:
    """Return an atlas with nothing in any table."""
    atlas = sample()
    blanks = {
        field.name: getattr(atlas, field.name).iloc[:0]
        for field in dataclasses.fields(Atlas)
        if isinstance(getattr(atlas, field.name), pd.DataFrame)
    }
    return dataclasses.replace(atlas, **blanks)
