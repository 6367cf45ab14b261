"""What `siting weights` and `siting stakeholders` print: tables for people, JSON for programs."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd
from rich.table import Table
from rich.text import Text

from geodata.errors import shorten
from siting.study.criteria import CRITERIA, PILLARS
from siting.study.elicitation import CONSISTENT, Comparison
from siting.study.strategies import STRATEGIES, Tree
from siting.study.study import Study
from siting.study.weights import leaf_weights
from siting.study.weights_files import Elicited
from siting.support.console import console

if TYPE_CHECKING:  # the planner is slow to import, and weights need none of it
    from siting.scenarios.stakeholders import Consensus

SITE_WIDTH, PERSON_WIDTH = 62, 13  # characters of a row before, and for, each stakeholder
DECIMALS = 6


@dataclass(frozen=True)
class Shown:
    """What `siting weights` has to say.

    Attributes
    ----------
    study : Study
        With the new weights, where there are some.
    trees : mapping of tree
        By strategy.
    judged : tuple of Elicited
    stakeholder : str
        "" for the study's own weights.
    method : str or None
    written : Path or None
    """

    study: Study
    trees: Mapping[str, Tree]
    judged: tuple[Elicited, ...]
    stakeholder: str
    method: str | None
    written: Path | None


def shares(tree: Tree) -> pd.DataFrame:
    """Return what each criterion weighs, in its pillar and in the tree.

    Returns
    -------
    DataFrame
        pillar, criterion, pillar_share, in_pillar, leaf; without what weighs nothing.
    """
    leaves = leaf_weights(tree)
    rows = [
        (pillar, key, own / sum(criteria.values()), float(leaves[key]))
        for pillar, (weight, criteria) in tree.items()
        for key, own in criteria.items()
        if weight > 0 and own > 0
    ]
    table = pd.DataFrame(rows, columns=["pillar", "criterion", "in_pillar", "leaf"])
    table.insert(2, "pillar_share", table.groupby("pillar")["leaf"].transform("sum"))
    return table


def print_weights(found: Shown) -> None:
    """Print each tree, how consistent the judgements are and where the study was written."""
    whose = f" of {shorten(found.stakeholder)}" if found.stakeholder else ""
    for strategy, tree in found.trees.items():
        title = f"{STRATEGIES[strategy].name}: weights{whose}, % of the tree"
        table = _grid(title)
        table.add_column("pillar")
        table.add_column("criterion")
        for head in ("in its pillar", "in the tree"):
            table.add_column(head, justify="right", no_wrap=True)
        for pillar, rows in shares(tree).groupby("pillar", sort=False):
            table.add_row(PILLARS[str(pillar)], "", "", f"{100 * rows['leaf'].sum():.1f}",
                          style="bold")  # fmt: skip
            for row in rows.to_dict("records"):
                name = CRITERIA[str(row["criterion"])].name
                table.add_row("", name, f"{100 * row['in_pillar']:.1f}", f"{100 * row['leaf']:.1f}")
        console.print(table)
    for one in found.judged:
        for text, style in _verdicts(one):
            console.print(Text(text, style=style))
    if found.written:
        console.print(Text(f"Wrote {found.written}. Next: siting plan {found.written}"))


def _verdicts(one: Elicited) -> list[tuple[str, str]]:
    """Say how far pairwise judgements contradict each other, of the group and of each judge."""
    if one.comparison is None or len(one.weights) <= 2:  # noqa: PLR2004 - two cannot contradict
        return []
    group = PILLARS[one.pillar] if one.pillar else "pillars"
    where = f"{STRATEGIES[one.strategy].name}, {group}"
    several = len(one.judges) > 1
    said = [_verdict(f"{where}{' (all judges)' if several else ''}", one.comparison)]
    for judge, own in one.judges.items() if several else ():
        said.append(_verdict(f"{where}, {shorten(judge)}", own))
    return said


def _verdict(where: str, found: Comparison) -> tuple[str, str]:
    said = f"{where}: consistency ratio {found.consistency_ratio:.3f}"
    if not found.consistent:
        said += f", over {CONSISTENT:.2f}: look at the judgements again"
    worst = found.worst
    if worst:
        said += (
            f". Furthest off: {worst.left} : {worst.right} was judged {ratio(worst.said)}, "
            f"but by way of {worst.middle} it would be {ratio(worst.implied)}"
        )
    return said + ".", "" if found.consistent else "yellow"


def ratio(value: float) -> str:
    """Return a ratio as people judge it: 3, 1.5 or 1/3."""
    return f"{value:.3g}" if value >= 1 else f"1/{1 / value:.3g}"


def weights_json(found: Shown) -> str:
    """Return weights and judgements as JSON; weights as shares of one."""
    content = {
        "study": found.study.name,
        "stakeholder": found.stakeholder or None,
        "method": found.method,
        "strategies": {k: _records(shares(tree)) for k, tree in found.trees.items()},
        "judged": [
            {
                "strategy": one.strategy,
                "pillar": one.pillar or None,
                "weights": {str(k): _number(float(w)) for k, w in one.weights.items()},
                "comparison": _comparison(one.comparison),
                "judges": {name: _comparison(own) for name, own in one.judges.items()},
            }
            for one in found.judged
        ],
        "written": str(found.written) if found.written else None,
    }
    return json.dumps(content, ensure_ascii=False, indent=2)


def _comparison(found: Comparison | None) -> dict[str, object] | None:
    if found is None:
        return None
    worst = asdict(found.worst) if found.worst else None
    return {
        "lambda_max": _number(found.lambda_max),
        "consistency_index": _number(found.consistency_index),
        "consistency_ratio": _number(found.consistency_ratio),
        "consistent": found.consistent,
        "worst": {k: _number(v) for k, v in worst.items()} if worst else None,
    }


def print_stakeholders(found: Consensus, study: Study, top: int) -> None:
    """Print the consensus, each stakeholder's score and rank, and where they part."""
    from geodata.places import country_names

    names = list(found.shares.index)
    fitting = max(1, (console.width - SITE_WIDTH) // PERSON_WIDTH)
    shown, countries = names[:fitting], country_names()
    title = f"{shorten(study.name)}: consensus of {_count(len(names), 'stakeholder')}"
    table = _grid(f"{title}, points of 100, each one's rank behind")
    for head, right in (("rank", 1), ("site", 0), ("country", 0), ("score", 1), ("Borda", 1),
                        ("spread", 1)):  # fmt: skip
        narrow = head in {"site", "country"}  # names give way to numbers
        table.add_column(head, justify="right" if right else "left", no_wrap=not narrow)
    for name in shown:
        table.add_column(Text(shorten(name, PERSON_WIDTH - 2)), justify="right", no_wrap=True)
    for i, site in enumerate(found.sites.head(top).to_dict("records")):
        cells = [
            str(site["rank"]),
            shorten(site["name"]),
            countries.get(str(site["country"]), str(site["country"])),
            f"{site['score']:.1f}",
            str(site["borda_rank"]),
            str(site["spread"]),
            *(f"{found.scores[n].iloc[i]:.1f} {found.ranks[n].iloc[i]:>4}" for n in shown),
        ]
        table.add_row(*(Text(cell, no_wrap=True, overflow="ellipsis") for cell in cells))
    console.print(table)
    if len(shown) < len(names):
        console.print(Text(f"{len(names) - len(shown)} more have no room here: --json", "dim"))
    for sentence in sentences(found):
        console.print(Text(sentence))


def sentences(found: Consensus) -> list[str]:
    """Say how far the stakeholders agree, and what divides them."""
    said = []
    if len(found.shares) > 1 and math.isfinite(found.concordance):
        said.append(
            f"Agreement over {_count(len(found.sites), 'site')}: Kendall's W "
            f"{found.concordance:.2f} (1: all rank alike){_pairs(found.tau)}."
        )
        site = found.sites.iloc[found.divides_most]
        if site["spread"] > 0:
            ranks = found.ranks.iloc[found.divides_most]
            first, last = str(ranks.idxmin()), str(ranks.idxmax())
            said.append(
                f"{shorten(site['name'])} divides them most: {ranks[first]} for {shorten(first)}, "
                f"{ranks[last]} for {shorten(last)}."
            )
    if found.differs_most:
        weights = 100 * found.weights.loc[found.differs_most]
        most, least = str(weights.idxmax()), str(weights.idxmin())
        said.append(
            f"They differ most over {CRITERIA[found.differs_most].name.lower()}: "
            f"{weights[most]:.1f} % for {shorten(most)}, {weights[least]:.1f} % for "
            f"{shorten(least)}."
        )
    for name, best in found.favourites[found.favourites["zone"].eq(0)].iterrows():
        said.append(
            f"The best place for {shorten(name)}, {shorten(best['name'])} ({best['country']}), is "
            "in no zone of this list: raise listing.zones to have it compared."
        )
    return said


def _pairs(tau: pd.DataFrame) -> str:
    """Say which two agree most and least, where there are three or more."""
    names = list(tau.index)
    pairs = {
        (a, b): float(tau.loc[a, b])
        for i, a in enumerate(names)
        for b in names[i + 1 :]
        if math.isfinite(tau.loc[a, b])
    }
    if len(names) == 2 and pairs:  # noqa: PLR2004 - a single pair
        return f", tau {next(iter(pairs.values())):.2f}"
    if not pairs:
        return ""
    near, far = max(pairs, key=lambda p: pairs[p]), min(pairs, key=lambda p: pairs[p])
    return "".join(
        f"; {word} {shorten(a)} and {shorten(b)}, tau {pairs[a, b]:.2f}"
        for word, (a, b) in (("nearest", near), ("furthest apart", far))
    )


def stakeholders_json(found: Consensus, study: Study, top: int) -> str:
    """Return all of a consensus as JSON, the sites cut at `top`; null where there is no figure."""
    sites = []
    for i, site in enumerate(_records(found.sites.head(top))):
        views = {
            str(name): {"score": _number(float(found.scores[name].iloc[i])),
                        "rank": int(found.ranks[name].iloc[i])}
            for name in found.shares.index
        }  # fmt: skip
        sites.append({**site, "stakeholders": views})
    content = {
        "study": study.name,
        "shares": {str(k): _number(float(v)) for k, v in found.shares.items()},
        "compared": len(found.sites),
        "concordance": _number(found.concordance),
        "tau": _nested(found.tau),
        "weights": _nested(found.weights),
        "divides_most": str(found.sites["site_id"].iloc[found.divides_most]),
        "differs_most": found.differs_most,
        "favourites": {
            str(name): row
            for name, row in zip(found.favourites.index, _records(found.favourites), strict=True)
        },
        "sites": sites,
        "sentences": sentences(found),
    }
    return json.dumps(content, ensure_ascii=False, indent=2)


def _nested(frame: pd.DataFrame) -> dict[str, dict[str, object]]:
    rows = _records(frame)
    return {str(key): row for key, row in zip(frame.index, rows, strict=True)}


def _records(frame: pd.DataFrame) -> list[dict[str, object]]:
    return [{str(k): _number(v) for k, v in row.items()} for row in frame.to_dict("records")]


def _number(value: Any) -> Any:
    """Return what JSON can hold: a float rounded, None where it is missing; the rest as it is."""
    if not isinstance(value, float):
        return value
    return round(value, DECIMALS) if math.isfinite(value) else None


def _count(n: int, noun: str) -> str:
    return f"{n} {noun}" if n == 1 else f"{n} {noun}s"


def _grid(title: str) -> Table:
    # as Text: a name is no markup
    return Table(box=None, header_style="dim", pad_edge=False, title=Text(title),
                 title_justify="left", title_style="bold")  # fmt: skip
