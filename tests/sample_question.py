"""A small question to the planner, asked through its files and stages: thirty places of one's own.

A relation (`test_relations.py`) changes the question and says what the answer must then be.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import count
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
import yaml

from geodata.load import table
from siting.model import scoring
from siting.pipeline import Run
from siting.study import studyfile
from siting.study.lenses import LENSES
from siting.study.study import Study
from siting.world.exclusions import IN_LAYERS

Keys = dict[str, Any]

# Both sides of 180 degrees, both hemispheres, several in one country.
PLACES = pd.DataFrame(
    [
        ("Sundsvall", 62.39, 17.31), ("Skelleftea", 64.75, 20.95), ("Vasteras", 59.61, 16.55),
        ("Kokkola", 63.84, 23.13), ("Kotka", 60.47, 26.95), ("Mo i Rana", 66.31, 14.14),
        ("Salzgitter", 52.15, 10.33), ("Dunkirk", 51.03, 2.38), ("Debrecen", 47.53, 21.63),
        ("Gyor", 47.68, 17.64), ("Wroclaw", 51.11, 17.03), ("Zaragoza", 41.65, -0.89),
        ("Sines", 37.96, -8.86), ("Tangier", 35.77, -5.80), ("Kenitra", 34.26, -6.58),
        ("Izmir", 38.42, 27.14), ("Sohar", 24.34, 56.73), ("Chattanooga", 35.05, -85.31),
        ("Vidalia", 31.57, -91.43), ("Becancour", 46.34, -72.43), ("Monterrey", 25.67, -100.31),
        ("Antofagasta", -23.65, -70.40), ("Camacari", -12.70, -38.32), ("Kendal", -6.92, 110.20),
        ("Kuching", 1.55, 110.34), ("Kulim", 5.37, 100.56), ("Pohang", 36.02, 129.34),
        ("Geelong", -38.15, 144.36), ("Invercargill", -46.41, 168.35), ("Gisborne", -38.66, 178.02),
        ("Suva", -18.14, 178.44), ("Apia", -13.83, -171.77),
    ],
    columns=["name", "lat", "lon"],
)  # fmt: skip
PLACES.insert(0, "site_id", [f"s{at:02d}" for at in range(len(PLACES))])


def ring(*corners: tuple[float, float]) -> shapely.Polygon:
    """Return an area as GeoJSON has it: (lon, lat), counter-clockwise."""
    return shapely.Polygon(corners)


# Around the Baltic, with a hole; Iberia; the Pacific across 180 degrees and written beyond it.
BALTIC = shapely.Polygon(
    [(5, 55), (30, 54), (32, 68), (12, 69), (3, 60)],
    [[(15, 60.5), (15, 64), (22, 64), (22, 60.5)]],
)
IBERIA = ring((-10, 35.9), (3.5, 36.5), (4, 44), (-9.5, 44.2))
PACIFIC = ring((170, -45), (192, -40), (195, -10), (176, -8))


def small_tables() -> dict[str, pd.DataFrame]:
    """Return few of the customers, so that a change of them is reckoned through in a second.

    Their capacity is stated: an unknown one is the median of the others, which moves with them.
    """
    plants = table("gigafactories").query("status != 'cancelled' and capacity_gwh_now.notna()")
    plants = plants.iloc[::6]
    return {"gigafactories": plants, "automaker_plants": table("automaker_plants").iloc[::12]}


def written_out(lens: str) -> Keys:
    """Return the weights of a lens as a study states them, every one of them."""
    return {pillar: {"weight": weight, "criteria": dict(criteria)}
            for pillar, (weight, criteria) in LENSES[lens].tree.items()}  # fmt: skip


# ---- how a question stands in files --------------------------------------------------------------


def as_csv(rows: pd.DataFrame, stem: Path) -> Path:
    """Write a table, a shape as WKT."""
    path = stem.with_suffix(".csv")
    pd.DataFrame(rows).to_csv(path, index=False)
    return path


def as_geojson(rows: gpd.GeoDataFrame, stem: Path) -> Path:
    """Write features as they are, west and east of 180 degrees too."""
    path = stem.with_suffix(".geojson")
    path.write_text(rows.to_json(), encoding="utf-8")
    return path


def as_yaml(keys: Keys) -> str:
    """Write a study."""
    return yaml.safe_dump(keys, sort_keys=False)


Save = Callable[[Any, Path], Path]


@dataclass(frozen=True)
class Question:
    """A study with its files.

    Attributes
    ----------
    keys : dict
        Of the study, without what names a file.
    places : DataFrame
        The list of candidates.
    layers : tuple of (features, buffer in km)
        What excludes them.
    tables : mapping
        Tables of one's own by name.
    save_places, save_layer, save_table, text : callable
        How each is written.
    """

    keys: Keys
    places: pd.DataFrame = field(default_factory=lambda: PLACES)
    layers: tuple[tuple[gpd.GeoDataFrame, float], ...] = ()
    tables: Mapping[str, pd.DataFrame] = field(default_factory=dict)
    save_places: Save = as_csv
    save_layer: Save = as_geojson
    save_table: Save = as_csv
    text: Callable[[Keys], str] = as_yaml


@dataclass(frozen=True)
class Answer:
    """What the planner's stages make of a question; all by `site_id`, reckoned when asked for."""

    study: Study
    run: Run

    @cached_property
    def inside(self) -> frozenset[str]:
        """Places in or near a layer of the study."""
        barred = self.run.of("places", self.study).barred
        return frozenset(barred.loc[barred[IN_LAYERS].ne(""), "site_id"])

    @cached_property
    def barred(self) -> dict[str, str]:
        """The rule that each excluded place is excluded by."""
        barred = self.run.of("places", self.study).barred
        return dict(zip(barred["site_id"], barred["rule_id"], strict=True))

    @cached_property
    def scores(self) -> pd.Series:
        """U of every place that may be built on."""
        places = self.run.of("places", self.study).places
        return pd.Series(self.run.of("scores", self.study).utility, places["site_id"].to_numpy())

    @cached_property
    def chances(self) -> pd.Series:
        """P of every place that may be built on."""
        return pd.Series(scoring.chance(self.scores.to_numpy()), self.scores.index)

    @cached_property
    def values(self) -> pd.DataFrame:
        """What every criterion is worth (places, criteria)."""
        places = self.run.of("places", self.study).places
        return self.run.of("values", self.study).set_axis(places["site_id"].to_numpy())

    @cached_property
    def order(self) -> list[str]:
        """Places from best to worst."""
        at = scoring.rank_order(self.scores.to_numpy(), self.scores.index.to_series())
        return self.scores.index[at].tolist()

    @cached_property
    def zones(self) -> pd.Series:
        """The share of each zone by what stands for it, in the order of the list."""
        places, zones = self.run.of("places", self.study).places, self.run.of("zones", self.study)
        return pd.Series(zones.share, places["site_id"].iloc[zones.head])


class Desk:
    """Where questions are asked; files alike are one file, so that what they give is shared."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.run, self._numbers = folder, Run(), count()
        self._answers: dict[str, Answer] = {}

    def ask(self, question: Question) -> Answer:
        """Write a question down, read it as a study, and return its answer."""
        keys = dict(question.keys)
        own = {"file": self._saved(question.save_places, question.places)}
        keys["candidates"] = {**keys.get("candidates", {}), **own}
        keys["exclude"] = [{"file": self._saved(question.save_layer, features), "buffer_km": km}
                           for features, km in question.layers]  # fmt: skip
        keys["tables"] = {name: self._saved(question.save_table, rows)
                          for name, rows in question.tables.items()}  # fmt: skip
        path = self.folder / "study.yaml"
        path.write_text(question.text(keys), encoding="utf-8")
        study = studyfile.read(path)
        return self._answers.setdefault(study.model_dump_json(), Answer(study, self.run))

    def _saved(self, save: Save, rows: pd.DataFrame) -> str:
        draft = self.folder / str(next(self._numbers))
        draft.mkdir()
        path = save(rows, draft / "own")
        sign = hashlib.sha256(path.read_bytes()).hexdigest()
        if not (self.folder / sign).exists():
            draft.rename(self.folder / sign)
        return f"{sign}/{path.name}"


def layer(*shapes: shapely.Geometry) -> gpd.GeoDataFrame:
    """Return features in degrees."""
    return gpd.GeoDataFrame({"n": range(len(shapes))}, geometry=list(shapes), crs=4326)


def nearly(one: pd.Series, other: pd.Series, within: float = 1e-9) -> bool:
    """Whether two series hold the same places with the same numbers."""
    return set(one.index) == set(other.index) and bool(
        np.allclose(one, other.reindex(one.index), rtol=0, atol=within)
    )
