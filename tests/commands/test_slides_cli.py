"""`siting slides`: sites side by side, named or pinned on the map."""

from __future__ import annotations

import io
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from sample_atlas import PAYLOADS

from siting.commands import cli
from siting.results import kept_plans

if TYPE_CHECKING:
    from collections.abc import Callable

    from siting.model.plan import Plan

pptx = pytest.importorskip("pptx")


@pytest.fixture
def siting(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path,
    nordic: Plan,
) -> Callable[..., tuple[int, str, str]]:  # fmt: skip
    """Run the command in an empty folder; the plan is at hand."""
    monkeypatch.chdir(tmp_path)

    @contextmanager
    def planned(_study: object, _make: object):
        yield nordic

    monkeypatch.setattr(kept_plans, "planned", planned)

    def run(*words: str) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["siting", "slides", *words])
        with pytest.raises(SystemExit) as left:
            cli.main()
        said = capsys.readouterr()
        return int(left.value.code or 0), said.out, said.err

    return run


def two(plan: Plan) -> list[str]:
    return plan.places["site_id"].iloc[plan.zones.head[:2]].tolist()


def test_sites_named_and_sites_pinned_give_the_same_slides(siting, nordic: Plan) -> None:
    first, second = two(nordic)
    assert siting("--site", first, "--site", second)[0] == 0
    code, out, _ = siting("--from-setting", f"m.html#pin={first}&pin={second}", "-o", "b.pptx")
    assert (code, "b.pptx" in out) == (0, True)
    made = Path("out/balanced-sites.pptx").read_bytes()
    assert made == Path("b.pptx").read_bytes()
    titles = [slide.shapes.title.text for slide in pptx.Presentation(io.BytesIO(made)).slides]
    assert titles[1:] == [
        "What a delivered tonne costs", "What makes their odds, and which is ahead",
        "Customers and laws",
    ]  # fmt: skip


def test_what_is_wrong_is_said_before_the_work(siting) -> None:
    code, _, err = siting("--site", "a")
    assert (code, "2 to 4 different places" in err) == (2, True)
    Path("old.pptx").write_text("mine")
    code, _, err = siting("--site", "a", "--site", "b", "-o", "old.pptx")
    assert (code, "--force" in err) == (2, True)
    code, _, err = siting("--site", "a", "--site", "b", "-o", "old.txt")
    assert (code, "end its name in .pptx" in err) == (2, True)
    assert Path("old.pptx").read_text() == "mine"


def test_every_unknown_site_is_named(siting, nordic: Plan) -> None:
    code, _, err = siting("--site", two(nordic)[0], "--site", "Nowhere", "--site", PAYLOADS[0])
    assert code == 2
    assert err.count("no such site") == 2
    assert "Traceback" not in err
