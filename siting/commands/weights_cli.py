"""`siting weights` and `siting stakeholders`: who weighs what, and where they differ."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, get_args

import typer

from geodata.errors import Fault, SitingError, together
from siting.commands import options
from siting.support.console import aside, print_json

if TYPE_CHECKING:
    from siting.study.study import Study
    from siting.study.weights_files import Method

Ahp = Annotated[
    Path | None,
    typer.Option(help="CSV of pairwise judgements: pillar, left, right, ratio (and judge)."),
]
Swing = Annotated[Path | None, typer.Option(help="CSV of swing points: pillar, item, points.")]
Rank = Annotated[Path | None, typer.Option(help="CSV of an order: pillar, item, rank.")]
Stakeholder = Annotated[
    str | None, typer.Option(help="Whose weights they are, in place of the study's own.")
]
TITLES = {"ahp": "pairwise judgements", "swing": "swing points", "rank": "an order"}


def weights(
    study: options.Study = options.STUDY,
    ahp: Ahp = None,
    swing: Swing = None,
    rank: Rank = None,
    stakeholder: Stakeholder = None,
    out: Annotated[Path | None, options.out("Study to write (STUDY-METHOD.yaml).")] = None,
    force: options.Force = False,
    as_json: options.Json = False,
) -> None:
    """Print the weights in force, or turn judgements into weights and write the study with them."""
    from siting.commands import weights_terminal
    from siting.study import weights_files
    from siting.study.studyfile import named
    from siting.study.template import commented, relocated

    files = {"ahp": ahp, "swing": swing, "rank": rank}
    chosen, (method, path), _ = together([
        partial(named, study),
        partial(_one_file, files),
        partial(_wanted, out, files),
    ])  # fmt: skip
    judged: tuple[weights_files.Elicited, ...] = ()
    written = None
    if method and path:
        tree = weights_files.tree_in_force(chosen, stakeholder or "")
        target = out or _beside(study, method)
        judged, written = together([
            partial(weights_files.read, path, method, tree),
            partial(_free, target, force),
        ])  # fmt: skip
        chosen = weights_files.weigh(chosen, judged, path.name, stakeholder or "")
        whose = f" of {stakeholder}" if stakeholder else ""
        line = f"Weights{whose}: {TITLES[method]} in {path.name}."
        text = commented(relocated(chosen, target.parent), study, [line])
        target.write_text(text, encoding="utf-8", newline="\n")
    elif stakeholder:
        _known_stakeholder(chosen, stakeholder)
    shown = weights_terminal.Shown(chosen, judged, stakeholder or "", method, written)
    if as_json:
        print_json(weights_terminal.weights_json(shown))
    else:
        weights_terminal.print_weights(shown)


def stakeholders(
    study: options.Study = options.STUDY,
    top: Annotated[int, options.top("Sites that are listed.")] = 25,
    as_json: options.Json = False,
) -> None:
    """Print how the stakeholders of a study rank its sites, and where they differ."""
    from siting.study.studyfile import named

    chosen = named(study)

    from siting.commands import weights_terminal
    from siting.pipeline import make_plan
    from siting.scenarios import stakeholders as together_at
    from siting.study.study import Draws
    from siting.support.progress import shown

    together_at.shares_of(chosen)  # a study without any is refused before the plan is made
    undrawn = chosen.model_copy(update={"confidence": Draws(draws=0)})
    with shown(aside) as stages:
        views = together_at.consensus(make_plan(undrawn, stages))
    if as_json:
        print_json(weights_terminal.stakeholders_json(views, chosen, top))
    else:
        weights_terminal.print_stakeholders(views, chosen, top)


def _one_file(files: dict[str, Path | None]) -> tuple[Method | None, Path | None]:
    """Return the method and file that were named, at most one."""
    from siting.study.weights_files import Method

    methods = [method for method in get_args(Method) if files[method]]
    if len(methods) > 1:
        options = " and ".join(f"--{method}" for method in methods)
        what = f"{options} give the same thing twice"
        raise SitingError(Fault("command line", what, "name one file; then the other, on the "
                                "study that was written"))  # fmt: skip
    return (methods[0], files[methods[0]]) if methods else (None, None)


def _wanted(out: Path | None, files: dict[str, Path | None]) -> None:
    if out and not any(files.values()):
        hint = "name judgements by --ahp, --swing or --rank"
        raise SitingError(Fault("--out", "there is nothing to write", hint, value=str(out)))


def _known_stakeholder(study: Study, stakeholder: str) -> None:
    from geodata.load import nearest

    known = list(study.stakeholders)
    if stakeholder not in known:
        hint = nearest(stakeholder, known) if known else "the study has none: docs/weights.md"
        raise SitingError(Fault("--stakeholder", "unknown stakeholder", hint, value=stakeholder))


def _beside(name: str, method: str) -> Path:
    """Return where the new study goes: beside the old one, or here for a preset."""
    path = Path(name)
    return path.with_name(f"{path.stem}-{method}.yaml")


def _free(path: Path, force: bool) -> Path:
    """Return the path of the study to write, which must not be there unless forced."""
    where = str(path)
    if path.suffix.lower() not in {".yaml", ".yml"}:
        raise SitingError(Fault(where, "a study is a YAML file", "let its name end in .yaml"))
    if not path.absolute().parent.is_dir():
        raise SitingError(Fault(where, "its folder does not exist", "choose another one"))
    if path.is_dir() or (path.exists() and not force):
        raise SitingError(Fault(where, "exists already", "choose another name, or --force"))
    return path
