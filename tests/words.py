"""What stays as it is in every language: names, formats, codes and units."""

import re

WORD = re.compile(r"[A-Za-z][A-Za-z'\u2019]+", re.ASCII)
SAME = {
    "BY", "CC", "CLDR", "Earth", "Ember", "Energy", "GeoNames", "Global", "LOCODE", "License",
    "MIT", "Monitor", "Natural", "ODbL", "OpenStreetMap", "UN", "Unicode", "WRI", "World",
    "Apache", "EPSG", "LibreOffice", "U'", "contributors", "entsoe", "ln", "py", "searoute",
    "AHP", "ASEAN", "BTR", "Becancour", "CIF", "CO", "CSV", "CVD", "CX", "Chattanooga", "Dawes",
    "EU", "EV", "Esc", "Excel", "GWP", "NMG", "NOVONIX", "Putailai", "Sundsvall", "Vianode", "br",
    "GWh", "GeoJSON", "GeoPackage", "GeoParquet", "IRA", "ISO", "JSON", "KML", "LPI", "MB",
    "MW", "MWh", "Mercator", "NUL", "Novonix", "PDF", "PGPASSWORD", "POSCO", "PostGIS",
    "SELECT", "SMM", "Shapefile", "Syrah", "USD", "UTF", "Vidalia", "WGI", "Web", "YAML", "ZEV",
    "alpha", "exp", "false", "ha", "kB", "kWh", "km", "kt", "min", "true", "xlsx", "zip",
}  # fmt: skip
# What a sentence quotes: code, countries, files, addresses, and the keys and words of a study.
_QUOTED = re.compile(
    r"`[^`]*`|'[^']*'|\{\w+\}|\b[A-Z]{2}(-[A-Z0-9]+)*\b|--[a-z-]+|[\w./:@-]*[_/@]\S*"
    r"|\w*\.(yaml|yml|csv|gpkg|html|json|md)\b|\b[a-z0-9]+(_[a-z0-9]+)+\b|\[a, b\]"
    r"|Our World in Data|siting explain|siting plan STUDY|\bFILE\b"
    r"|\b(candidates|name|lat|lon|lens|key|value|zones|estates|own|europe|world)\b",
    re.ASCII,
)


def english(text: str, names: frozenset[str] = frozenset()) -> list[str]:
    """Return the English words of a text that should be of another language."""
    return [w for w in WORD.findall(_QUOTED.sub(" ", text)) if w not in SAME and w not in names]
