"""Predictions written down before the fact: where each owner would build, as known today.

The file holds the probability of every country and the first zones for each owner of the catalogue
and for investors of whom only the home is known, with a SHA-256 over all of it. Plants announced
after its date are part E of the backtest; they are read when there are `ENOUGH` of them.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from importlib import resources
from pathlib import Path
from typing import Any

import pandas as pd

from geodata.errors import Fault, SitingError
from geodata.load import catalogue_date, table
from siting.model import scoring
from siting.model.zones import EXTENT_KM, siting_zones, zone_names
from siting.pipeline import appraised
from siting.study.study import Study
from siting.study.studyfile import changed
from siting.support.interrupt import stop_if_asked
from siting.support.progress import Stages, silent
from siting.validation.plants import makers

HOMES = ("CN", "KR", "JP", "US", "DE")  # nameless; DE stands for the European Union
ZONES = 25
ENOUGH = 10  # plants of part E before it is read
LEAST = 5e-4  # of the probability of a country that is written down
FOLDER = "predictions"


def freeze(study: Study, stages: Stages | None = None) -> dict[str, Any]:
    """Return the predictions of a study for every owner, and for the nameless of each home.

    Raises
    ------
    SitingError
        When the study or a table is at fault.
    """
    stages = stages or silent()
    asked = [("", home) for home in HOMES] + owners(table("anode_plants"))
    predictions = []
    with stages("owners") as progress:
        for owner, investor in asked:
            predictions.append(_predicted(changed(study, {"owner": owner, "investor": investor})))
            progress(len(predictions), len(asked))
            stop_if_asked()
    content = {
        "as_of": (study.as_of or catalogue_date()).isoformat(),
        "study": study.name,
        "odds": scoring.ODDS,
        "predictions": predictions,
    }
    return {**content, "sha256": digest(content)}


def owners(plants: pd.DataFrame) -> list[tuple[str, str]]:
    """Return every owner of the catalogue with its home, by name; the silicon makers not."""
    rows = plants[plants["product"].isin(list(makers()))]
    pairs = rows[["owner", "owner_hq_country"]].drop_duplicates().sort_values("owner")
    return [(str(owner), str(home)) for owner, home in pairs.itertuples(index=False)]


def digest(content: dict[str, Any]) -> str:
    """Return the SHA-256 of predictions without their own hash."""
    bare = {key: content[key] for key in sorted(content) if key != "sha256"}
    text = json.dumps(bare, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def dumped(content: dict[str, Any]) -> str:
    """Return predictions as the text of their file."""
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


def read(path: Path) -> dict[str, Any]:
    """Read predictions and check their hash.

    Raises
    ------
    SitingError
        When they are no predictions, or were altered.
    """
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        sound = content["sha256"] == digest(content)
    except (OSError, ValueError, KeyError, TypeError):
        hint = "`siting backtest --freeze FILE` writes them"
        raise SitingError(Fault(path.name, "no frozen predictions", hint)) from None
    if not sound:
        hint = "take the file of the repository again"
        raise SitingError(Fault(path.name, "altered since it was written", hint, column="sha256"))
    return dict(content)


def newest() -> dict[str, Any] | None:
    """Return the newest predictions of the package; None where there are none."""
    folder = resources.files("siting.validation").joinpath(FOLDER)
    names = sorted(e.name for e in folder.iterdir() if e.name.endswith(".json")) if (
        folder.is_dir()
    ) else []  # fmt: skip
    return read(Path(str(folder.joinpath(names[-1])))) if names else None


def frozen_on() -> dt.date | None:
    """Return the date of the newest predictions of the package."""
    content = newest()
    return dt.date.fromisoformat(content["as_of"]) if content else None


def _predicted(study: Study) -> dict[str, Any]:
    seen = appraised(study)
    places = seen.places
    chance = scoring.chance(seen.utility)
    country = scoring.by_country(chance, places["country"])
    country = country[country.ge(LEAST)].sort_values(ascending=False, kind="stable")
    cut = siting_zones(places, seen.utility, zones=ZONES, extent_km=EXTENT_KM)
    heads = places.iloc[cut.centre]
    return {
        "owner": study.owner,
        "investor": study.investor,
        "countries": {str(code): round(float(p), 4) for code, p in country.items()},
        "zones": [
            {"name": name, "country": str(code), "lat": round(float(lat), 3),
             "lon": round(float(lon), 3), "share": round(float(share), 4)}
            for name, code, lat, lon, share in zip(
                zone_names(places, cut), heads["country"], heads["lat"], heads["lon"], cut.share,
                strict=True,
            )
        ],
    }  # fmt: skip
