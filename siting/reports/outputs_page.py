"""The page docs/outputs.md: every file of a plan's folder, every layer, every column."""

# ruff: noqa: E501 - a page of prose
from __future__ import annotations

from siting.results.columns import COLUMNS, ODDS_DIGITS, TIMES, Column

TEXT = """\
# The files of a plan

`siting plan STUDY.yaml` writes one folder, `out/STUDY/` (with a setting of the map, `out/STUDY-SETTING/`). It is written
aside and put into place in one step: a reader never sees half a plan. Same study, same versions, same bytes, but for the
timings in the manifest.

An older plan there is replaced as a whole, and nothing else ever is. The manifest lists every file with its hash: a file
that it does not list, or that was changed since (a workbook with your remarks, say), is named and the command ends with
exit code 2. Move it out of the folder, or choose another one with `-o`. Where no folder was named, the results of
another study of the same file name are left alone too. What a killed run left behind is removed by the next one,
which knows its own drafts by a token and a lock, not by a name. A plan of a version before this rule has no such list:
delete its folder, or name another one.

| file | what it holds |
| --- | --- |
| `map.html` | the map, one file without a network: [map.md](map.md) |
| `brief.html` `brief.pdf` | the answer on paper |
| `ranked_sites.csv` `.xlsx` | one row a siting zone, likeliest first, those without a known estate last; text that starts like a formula is kept from being one |
| `ranked_sites.gpkg` | the same and all it was made from, as layers with their styles |
| `ranked_sites.parquet` | the ranked list as GeoParquet 1.1.0: WKB, EPSG:4326 as PROJJSON, bounds of the file and of each row in `bbox` |
| `ranked_sites.geojson` | the ranked list by RFC 7946: longitude first, seven decimals, no member beyond the standard |
| `barred_sites.csv` | places that a rule excludes, with the rule and what would admit them |
| `cells` | where a study screens hexagons: every cell as partitioned GeoParquet, [screening.md](screening.md) |
| `manifest.json` | versions, hashes of the study and of every input (parts of a shapefile and the log of a GeoPackage too), counts, what each exclusion layer excludes, where the places of an own list stand, how old the rows are that decide, timings |
| `sweep.csv` `scenarios.csv` `sweep.html` `sweep.json` | of `siting sweep`: sites by regret, scenarios, both as a page, manifest: [sweep.md](sweep.md) |

## Layers of the GeoPackage

Version 1.3, EPSG:4326. QGIS opens each layer coloured and labelled: the table `layer_styles` holds a style for it, in
the colours of the map; names show as one comes nearer. `gpkg_data_columns` says what each column means.

| layer | geometry | a feature is |
| --- | --- | --- |
| `ranked_sites` | point | the site that stands for a siting zone; the columns of the CSV; coloured by the share of its zone |
| `gigafactories` | point | a battery plant known on the date; area by GWh a year, fill by status, outline by the owner's home |
| `anode_plants` | point | a rival; fill by status, outline by the owner's home |
| `automaker_plants` | point | a car plant, darker the more electric |
| `demand_clusters` | point | gigafactories within a day's drive of each other, at the centre of their demand |
| `barred_sites` | point | a place that a rule excludes; it was never compared |
| `estates` | point | a named site of a siting zone with its facts; between the estates of a country public data choose no better than chance, so their order means nothing |
| `candidates` | point | every place compared, likeliest first; coloured by its odds against the median place |
| `freight_flows` | line | a ranked site and one of the eight customers cheapest to reach; a straight great-circle line that says who is served, not the route of the freight: its length is `great_circle_km`, the freight along the real route `freight_usd_per_t` |
| `siting_zones` | polygon | an area that holds much of the chances: the convex hull of the circles of 10 km around its places |

Shapes that cross 180 degrees are cut there. A column of the user's own file stands last in `ranked_sites`; it is named
`own_...` where the name is taken (by another column, or by the format: `fid` and `geom` in GeoPackage, `bbox` in
GeoParquet, `geometry` in all three).

## Columns

Money is constant 2025 USD. A blank is unknown, never zero. Which columns a plan has depends on the study: only criteria
that weigh stand in it, with their raw value and their odds.

- The score of a place is U, the sum of weight times value; its chance is exp(k U) over the sum over all places. A zone's
  share is the sum over its places, a country's the sum over its own.
- The median place has the median value of every criterion. Odds against it multiply: those of the pillars to
  `odds_vs_median`, those of the criteria to their pillar's.
- `chance_it_pays` is the chance that a tonne earns its cost at the price of the day. It is no part of the score.

| column | meaning | unit | decimals |
| --- | --- | --- | --- |
"""


def _decimals(column: Column) -> str:
    if column.unit == TIMES:
        return f"{ODDS_DIGITS} digits"
    return "" if column.decimals is None else str(column.decimals)


def reference() -> str:
    """Return the page as Markdown."""
    rows = [
        f"| `{key}` | {column.words} | {column.unit} | {_decimals(column)} |"
        for key, column in COLUMNS.items()
    ]
    return TEXT + "\n".join(rows) + "\n"
