"""What `siting weights` and `siting stakeholders` print: tables for people, JSON for programs."""

from __future__ import annotations

import math
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd
from rich.table import Table
from rich.text import Text

from geodata.errors import shorten
from siting.study.criteria import CRITERIA, PILLARS
from siting.study.elicitation import CONSISTENT, Comparison
from siting.study.lenses import LENSES, Tree
from siting.study.study import Study
from siting.study.weights import TOTAL, leaf_weights
from siting.study.weights_files import Elicited, tree_in_force
from siting.support.console import answer, console

if TYPE_CHECKING:  # the planner is slow to import, and weights need none of it
    from siting.scenarios.stakeholders import Consensus

SITE_WIDTH, PERSON_WIDTH = 62, 13  # characters of a row before, and for, each stakeholder
DECIMALS = 6


@dataclass(frozen=True)
class Shown:
    """What `siting weights` shows.

    Attributes
    ----------
    study : Study
        With the new weights, where there are some.
    judged : tuple of Elicited
    stakeholder : str
        "" for the study's own weights.
    method : str or None
    written : Path or None
    """

    study: Study
    judged: tuple[Elicited, ...]
    stakeholder: str
    method: str | None
    written: Path | None

    @property
    def tree(self) -> Tree:
        """The weights in force."""
        return tree_in_force(self.study, self.stakeholder)

    @property
    def lens(self) -> str:
        """The lens that they start from."""
        own = self.study.stakeholders.get(self.stakeholder)
        return (own and own.lens) or self.study.lens


def shares(tree: Tree) -> pd.DataFrame:
    """Return what each criterion weighs, in its pillar and in the tree.

    Returns
    -------
    DataFrame
        pillar, criterion, pillar_share, in_pillar, leaf; without what weighs nothing.
    """
    leaves = leaf_weights(tree) / TOTAL
    rows = [
        (pillar, key, own / sum(criteria.values()), float(leaves[key]))
        for pillar, (weight, criteria) in tree.items()
        for key, own in criteria.items()
        if weight > 0 and own > 0
    ]
    table = pd.DataFrame(rows, columns=["pillar", "criterion", "in_pillar", "leaf"])
    table.insert(2, "pillar_share", table.groupby("pillar")["leaf"].transform("sum"))
    return table


def print_weights(shown: Shown) -> None:
    """Print the tree, how consistent the judgements are and where the study was written."""
    whose = f" of {shorten(shown.stakeholder)}" if shown.stakeholder else ""
    table = _grid(f"{LENSES[shown.lens].name}: weights{whose}, % of the tree")
    table.add_column("pillar")
    table.add_column("criterion")
    for head in ("in its pillar", "in the tree"):
        table.add_column(head, justify="right", no_wrap=True)
    for pillar, rows in shares(shown.tree).groupby("pillar", sort=False):
        table.add_row(PILLARS[str(pillar)], "", "", f"{100 * rows['leaf'].sum():.1f}", style="bold")
        for row in rows.to_dict("records"):
            name = CRITERIA[str(row["criterion"])].name
            table.add_row("", name, f"{100 * row['in_pillar']:.1f}", f"{100 * row['leaf']:.1f}")
    console.print(table)
    for one in shown.judged:
        for text, style in _verdicts(one):
            console.print(Text(text, style=style))
    if shown.written:
        console.print(Text(f"Wrote {shown.written}. Next: siting plan {shown.written}"))


def _verdicts(one: Elicited) -> list[tuple[str, str]]:
    """Say how far pairwise judgements contradict each other, of the group and of each judge."""
    if one.comparison is None or len(one.weights) <= 2:  # noqa: PLR2004 - two cannot contradict
        return []
    where = PILLARS[one.pillar] if one.pillar else "Pillars"
    several = len(one.judges) > 1
    verdicts = [_verdict(f"{where}{' (all judges)' if several else ''}", one.comparison)]
    for judge, own in one.judges.items() if several else ():
        verdicts.append(_verdict(f"{where}, {shorten(judge)}", own))
    return verdicts


def _verdict(where: str, comparison: Comparison) -> tuple[str, str]:
    text = f"{where}: consistency ratio {comparison.consistency_ratio:.3f}"
    if not comparison.consistent:
        text += f", over {CONSISTENT:.2f}: look at the judgements again"
    worst = comparison.worst
    if worst:
        text += (
            f". Furthest off: {worst.left} : {worst.right} was judged {ratio(worst.judged)}, "
            f"but through {worst.middle} it would be {ratio(worst.implied)}"
        )
    return text + ".", "" if comparison.consistent else "yellow"


def ratio(value: float) -> str:
    """Return a ratio as people judge it: 3, 1.5 or 1/3."""
    return f"{value:.3g}" if value >= 1 else f"1/{1 / value:.3g}"


def weights_json(shown: Shown) -> str:
    """Return weights and judgements as JSON; weights as shares of one."""
    content = {
        "study": shown.study.name,
        "stakeholder": shown.stakeholder or None,
        "method": shown.method,
        "lens": shown.lens,
        "weights": _records(shares(shown.tree)),
        "judged": [
            {
                "pillar": one.pillar or None,
                "weights": {str(k): _number(float(w)) for k, w in one.weights.items()},
                "comparison": _comparison(one.comparison),
                "judges": {name: _comparison(own) for name, own in one.judges.items()},
            }
            for one in shown.judged
        ],
        "written": str(shown.written) if shown.written else None,
    }
    return answer(content)


def _comparison(own: Comparison | None) -> dict[str, object] | None:
    if own is None:
        return None
    worst = asdict(own.worst) if own.worst else None
    return {
        "lambda_max": _number(own.lambda_max),
        "consistency_index": _number(own.consistency_index),
        "consistency_ratio": _number(own.consistency_ratio),
        "consistent": own.consistent,
        "worst": {k: _number(v) for k, v in worst.items()} if worst else None,
    }


def print_stakeholders(views: Consensus, study: Study, top: int) -> None:
    """Print the consensus, each stakeholder's score and rank, and where they differ."""
    from geodata.places import country_name

    names = list(views.shares.index)
    fitting = max(1, (console.width - SITE_WIDTH) // PERSON_WIDTH)
    shown = names[:fitting]
    title = f"{shorten(study.name)}: consensus of {_count(len(names), 'stakeholder')}"
    table = _grid(f"{title}: odds against the best place, each one's rank behind")
    for head, right in (("rank", 1), ("site", 0), ("country", 0), ("score", 1), ("Borda", 1),
                        ("spread", 1)):  # fmt: skip
        narrow = head in {"site", "country"}  # names give way to numbers
        table.add_column(head, justify="right" if right else "left", no_wrap=not narrow)
    for name in shown:
        table.add_column(
            Text(console.fitted(name, PERSON_WIDTH - 2)), justify="right", no_wrap=True
        )
    for i, site in enumerate(views.sites.head(top).to_dict("records")):
        cells = [
            str(site["rank"]),
            shorten(site["name"]),
            country_name(site["country"]),
            f"{site['score']:.2f}",
            str(site["borda_rank"]),
            str(site["spread"]),
            *(f"{views.scores[n].iloc[i]:.2f} {views.ranks[n].iloc[i]:>4}" for n in shown),
        ]
        table.add_row(*(Text(cell, no_wrap=True, overflow="ellipsis") for cell in cells))
    console.print(table)
    if len(shown) < len(names):
        console.print(Text(f"{len(names) - len(shown)} more have no room here: --json", "dim"))
    for sentence in sentences(views):
        console.print(Text(sentence))


def sentences(views: Consensus) -> list[str]:
    """Say how far the stakeholders agree, and what divides them."""
    lines = []
    if len(views.shares) > 1 and math.isfinite(views.concordance):
        lines.append(
            f"Agreement over {_count(len(views.sites), 'site')}: Kendall's W "
            f"{views.concordance:.2f} (1: all rank alike){_pairs(views.tau)}."
        )
        site = views.sites.iloc[views.divides_most]
        if site["spread"] > 0:
            ranks = views.ranks.iloc[views.divides_most]
            first, last = str(ranks.idxmin()), str(ranks.idxmax())
            lines.append(
                f"{shorten(site['name'])} divides them most: {ranks[first]} for {shorten(first)}, "
                f"{ranks[last]} for {shorten(last)}."
            )
    if views.differs_most:
        weights = 100 * views.weights.loc[views.differs_most]
        most, least = str(weights.idxmax()), str(weights.idxmin())
        lines.append(
            f"They differ most over {CRITERIA[views.differs_most].name.lower()}: "
            f"{weights[most]:.1f} % for {shorten(most)}, {weights[least]:.1f} % for "
            f"{shorten(least)}."
        )
    for name, best in views.favourites[views.favourites["zone"].eq(0)].iterrows():
        lines.append(
            f"The best place for {shorten(name)}, {shorten(best['name'])} ({best['country']}), is "
            "in no zone of this list: raise listing.zones to have it compared."
        )
    return lines


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


def stakeholders_json(views: Consensus, study: Study, top: int) -> str:
    """Return all of a consensus as JSON, the sites cut at `top`; null where there is no figure."""
    sites = []
    for i, site in enumerate(_records(views.sites.head(top))):
        each = {
            str(name): {"score": _number(float(views.scores[name].iloc[i])),
                        "rank": int(views.ranks[name].iloc[i])}
            for name in views.shares.index
        }  # fmt: skip
        sites.append({**site, "stakeholders": each})
    content = {
        "study": study.name,
        "shares": {str(k): _number(float(v)) for k, v in views.shares.items()},
        "compared": len(views.sites),
        "concordance": _number(views.concordance),
        "tau": _nested(views.tau),
        "weights": _nested(views.weights),
        "divides_most": str(views.sites["site_id"].iloc[views.divides_most]),
        "differs_most": views.differs_most,
        "favourites": {
            str(name): row
            for name, row in zip(views.favourites.index, _records(views.favourites), strict=True)
        },
        "sites": sites,
        "sentences": sentences(views),
    }
    return answer(content)


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
