"""The planner from Python; `import siting` gives all of it.

What a command writes to a folder, a call returns: frames with the columns of
docs/data_dictionary.md, sentences, a page.
"""

from __future__ import annotations

import html
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

import geopandas as gpd
import pandas as pd

from geodata.errors import together
from maps import atlas as atlases
from siting import pipeline
from siting.model.plan import Plan as Result
from siting.results import folder
from siting.results.gis import layers
from siting.results.page import atlas, snapshots
from siting.results.tables import Tables, ranked_sites, tables_of
from siting.results.text.explain import Explanation, find
from siting.results.text.explain import explain as explained
from siting.results.write import write_plan
from siting.scenarios import compare as comparison
from siting.scenarios import sweep as sweeping
from siting.scenarios import sweep_grid
from siting.scenarios.unbarred import without_what_bars
from siting.study.study import Study
from siting.study.studyfile import changed, named
from siting.support.frames import as_file
from siting.support.progress import silent

if TYPE_CHECKING:
    from siting.results.portfolio.tables import PortfolioTables

File: TypeAlias = str | PathLike[str]
Question: TypeAlias = str | PathLike[str] | Study | Mapping[str, Any]
Layers: TypeAlias = "gpd.GeoDataFrame | File | Mapping[str, Any]"


@dataclass(frozen=True)
class Map:
    """The page of a plan: one file that asks nothing of a network.

    Attributes
    ----------
    page : str
        HTML.
    """

    page: str

    def __repr__(self) -> str:
        return f"Map({len(self.page):,} characters of HTML)"

    def save(self, path: File) -> Path:
        """Write the page to a file and return its path."""
        target = Path(path)
        target.write_text(self.page, encoding="utf-8", newline="\n")
        return target

    def _repr_html_(self) -> str:
        """Show the page in a notebook, in a frame that cannot reach the notebook around it."""
        return (
            f'<iframe srcdoc="{html.escape(self.page)}" sandbox="allow-scripts allow-popups" '
            'style="width: 100%; height: 640px; border: 0" title="Map of the plan"></iframe>'
        )


@dataclass(frozen=True)
class Plan:
    """The ranked sites of a study.

    Attributes
    ----------
    result : siting.model.plan.Plan
        All results of the model, for what is not here.

    Examples
    --------
    >>> from siting.testing import sample_plan
    >>> plan = sample_plan()
    >>> list(plan.sites.columns[:4])
    ['rank', 'zone', 'site_id', 'name']
    >>> plan.sites.crs.to_string()
    'EPSG:4326'
    """

    result: Result

    def __repr__(self) -> str:
        first = self.sites.iloc[0]
        return (
            f"Plan({self.study.name!r}, {self.result.as_of}: {len(self.sites)} zones of "
            f"{len(self.result.places):,} places; first {first['name']}, {first['country']})"
        )

    @property
    def study(self) -> Study:
        """The study, checked and complete."""
        return self.result.study

    @cached_property
    def _tables(self) -> Tables:
        return tables_of(self.result)

    @cached_property
    def sites(self) -> gpd.GeoDataFrame:
        """The ranked list: one row a siting zone, best first, as `ranked_sites.csv`."""
        return layers.ranked_points(ranked_sites(self.result, self._tables))

    @cached_property
    def places(self) -> gpd.GeoDataFrame:
        """Every place that was compared, likeliest first."""
        return layers.candidates(self.result)

    @property
    def excluded(self) -> gpd.GeoDataFrame:
        """The places that a rule excludes, with the rule and what would admit them."""
        return layers.excluded(self.result)

    @cached_property
    def customers(self) -> gpd.GeoDataFrame:
        """The gigafactories known on the date, with the anode that they need (kt a year)."""
        return layers.gigafactories(self.result)

    def explain(self, site: str) -> Explanation:
        """Explain where a site stands and why.

        Parameters
        ----------
        site : str
            A `site_id`, a name, "Name, CC" or "lat,lon".

        Raises
        ------
        SitingError
            When no candidate is meant, with the nearest names.

        Examples
        --------
        >>> from siting.testing import sample_plan
        >>> plan = sample_plan()
        >>> about = plan.explain(plan.sites["site_id"].iloc[0])
        >>> about.rank
        1
        """
        result, lifted = without_what_bars(self.result, site, silent())
        return explained(result, find(result, site), lifted)

    def map(self) -> Map:
        """Return the page with the map; a notebook shows it."""
        return Map(atlases.draw(atlas.atlas(self.result, tables=self._tables)))

    def write(self, target: File, *, pdf: bool = False, slides: bool = False) -> Path:
        """Write what `siting plan` writes: lists, map, brief, layers, manifest.

        Parameters
        ----------
        target : path
            A folder; results of the planner in it are replaced, anything else refuses.
        pdf : bool
            The brief as PDF too (needs the extra `pdf`).
        slides : bool
            The brief as PowerPoint too (needs the extra `slides`).

        Raises
        ------
        SitingError
            When the folder holds what the planner has not written.
        """
        where = Path(target)
        folder.check_target(where, None)
        also = snapshots.atlases(self.result, pipeline.Run())
        brief_as = [kind for kind, wanted in (("pdf", pdf), ("pptx", slides)) if wanted]
        write_plan(self.result, where, silent(), also, brief_as=brief_as, tables=self._tables)
        return where


@dataclass(frozen=True)
class Portfolio:
    """The plants to build, and what comes near them.

    Attributes
    ----------
    tables : siting.results.portfolio.tables.PortfolioTables
        Every table of docs/portfolio.md: plants, flows, years, portfolios, sites, supply.
    """

    tables: PortfolioTables

    @property
    def sentences(self) -> list[str]:
        """The answer for a board."""
        from siting.results.portfolio.text import sentences  # noqa: PLC0415 - as in `portfolio`

        return sentences(self.tables)

    @property
    def plants(self) -> pd.DataFrame:
        """One row a plant: where, when, how big, its worth and what would replace it."""
        return self.tables.plants

    def write(self, target: File) -> Path:
        """Write every file of `siting portfolio` to a folder, and return its path.

        Raises
        ------
        SitingError
            When the folder holds something that the planner did not write.
        """
        from siting.results.portfolio.files import write_portfolio  # noqa: PLC0415 - as above

        write_portfolio(self.tables, Path(target), silent())
        return Path(target)


def read_study(
    question: Question = "balanced",
    *,
    candidates: Layers | None = None,
    exclude: Layers | list[Layers] | tuple[Layers, ...] | None = None,
    weights: Mapping[str, Any] | None = None,
    **keys: Any,
) -> Study:
    """Return a study, checked.

    Parameters
    ----------
    question : str, path, Study or mapping
        A preset ("balanced"), a study file, a study, or keys laid over the balanced preset.
    candidates : GeoDataFrame, path or mapping, optional
        Your own places, instead of those of the study: points with a name. A mapping has the keys
        of docs/study.md, such as `file` (a path or frame) and `sheet`, or `database` and `query`.
    exclude : GeoDataFrame, path, mapping, or several of them, optional
        Layers that no candidate may lie in; a mapping has these keys too, and `buffer_km`.
    weights : mapping, optional
        Pillar -> weight, or {"weight": ..., "criteria": {...}}.
    **keys
        Other keys of a study, as in docs/study.md: investor="KR", as_of="2023-11-28".

    Raises
    ------
    SitingError
        With every fault at once.

    Examples
    --------
    >>> import siting
    >>> siting.read_study("balanced", investor="KR", weights={"cost": 2}).investor
    'KR'
    """
    base, more = _question(question)
    changes: dict[str, Any] = {**more, **keys}
    if candidates is not None:
        changes["candidates"] = _source(candidates, "candidates")
    if exclude is not None:
        several = exclude if isinstance(exclude, (list, tuple)) else [exclude]
        changes["exclude"] = [_source(one, "exclude") for one in several]
    if weights is not None:
        changes["weights"] = dict(weights)
    return changed(base, changes, "study") if changes else base


def plan(question: Question = "balanced", **options: Any) -> Plan:
    """Rank the sites of a study.

    Parameters
    ----------
    question, **options
        As `read_study` takes them.

    Raises
    ------
    SitingError
        When the study, a table or a file of yours is at fault.

    Examples
    --------
    >>> import siting
    >>> nordic = {"candidates": {"sets": ["industrial_sites"], "countries": ["FI", "SE"]}}
    >>> best = siting.plan(nordic, confidence={"draws": 0}).sites
    >>> sorted(set(best["country"]))
    ['FI', 'SE']
    """
    return Plan(pipeline.make_plan(read_study(question, **options)))


def explain(question: Question, site: str, **options: Any) -> Explanation:
    """Explain where a site stands in a study and why; see `Plan.explain`."""
    return plan(question, **options).explain(site)


def compare(before: Question, after: Question, *, top: int = 25) -> comparison.Comparison:
    """Compare two studies: which sites moved, and which input moved them.

    Raises
    ------
    SitingError
        With the faults of both studies.
    """
    first, second = together([lambda: read_study(before), lambda: read_study(after)])
    return comparison.compare(first, second, top)


def sweep(question: Question, grid: File, *, top: int = 25, workers: int = 0) -> sweeping.Sweep:
    """Score a study under every scenario of a grid file (docs/sweep.md).

    Raises
    ------
    SitingError
        With the faults of the study, the grid, or the first scenario that cannot be scored.
    """
    base = read_study(question)
    return sweeping.sweep(base, sweep_grid.read(Path(grid), base), top, workers=workers)


def portfolio(
    question: Question = "balanced", grid: File | None = None, **options: Any
) -> Portfolio:
    """Choose which plants to build, how big and when (docs/portfolio.md).

    Parameters
    ----------
    question, **options
        As `read_study` takes them; what is asked stands under `portfolio`.
    grid : path, optional
        Scenarios that the portfolios are tried in, a file as for `sweep`.

    Raises
    ------
    SitingError
        When the study, a file or a limit is at fault; when no portfolio meets the limits.
    """
    from siting.portfolios.answer import answer  # noqa: PLC0415 - a plan needs no solver
    from siting.results.portfolio.tables import PortfolioTables, verified  # noqa: PLC0415

    study = read_study(question, **options)
    scenarios = sweep_grid.read(Path(grid), study) if grid is not None else ()
    run = pipeline.Run()
    made = answer(run.plan(changed(study, {"confidence": {"draws": 0}})), scenarios, run=run)
    return Portfolio(verified(PortfolioTables(made)))


def backtest(
    question: Question = "balanced", plants: pd.DataFrame | None = None, *, since: int = 2019
) -> Any:
    """Rank announced anode plants as of the eve of each, against all other places.

    Parameters
    ----------
    question : as `read_study` takes it
    plants : DataFrame, optional
        Rows of the table anode_plants; all of them by default.
    since : int
        First year of announcement.
    """
    from geodata.load import table  # noqa: PLC0415 - the ranking needs neither
    from siting.validation.plants import choose  # noqa: PLC0415
    from siting.validation.register import frozen_on  # noqa: PLC0415
    from siting.validation.replay import backtest as replayed  # noqa: PLC0415

    listed = table("anode_plants") if plants is None else plants
    return replayed(read_study(question), choose(listed, since, frozen=frozen_on()), silent())


def _question(question: Question) -> tuple[Study, dict[str, Any]]:
    """Return the study that a question starts from, and the keys laid over it."""
    if isinstance(question, Study):
        return question, {}
    if isinstance(question, Mapping):
        return named("balanced"), dict(question)
    return named(str(question)), {}


def _file(source: gpd.GeoDataFrame | File, name: str) -> Path:
    return as_file(source, name) if isinstance(source, gpd.GeoDataFrame) else Path(source)


def _source(source: Layers, name: str) -> dict[str, Any]:
    if not isinstance(source, Mapping):
        return {"file": _file(source, name)}
    return {**source, **({"file": _file(source["file"], name)} if "file" in source else {})}
