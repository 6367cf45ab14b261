"""kill -9 of `siting portfolio` at random moments: its folder is the old or the new one, whole."""

import hashlib
import os
import random
import signal
import subprocess
import sys
import time

import pytest

KILLS, SEED = int(os.environ.get("SITING_KILLS", "0")), 11
pytestmark = pytest.mark.skipif(
    not KILLS, reason="`make campaign` kills portfolios; files go through the door of a plan's"
)
STUDY = """\
name: killed
price_usd_per_t: {price}
candidates: {{sets: [industrial_sites], countries: [FI, NO]}}
portfolio: {{places: estates, most_places: 6, plants: 2, last_year: 2029, sizes_ktpa: [20, 50],
  alternatives: 2, loss_pct: 40}}
"""


def started(home, study, out):
    command = [sys.executable, "-m", "siting.commands.cli", "portfolio", f"{study}.yaml"]
    return subprocess.Popen([*command, "-o", out, "-q"], cwd=home)


def digest(folder):
    """Hash of every file of a portfolio; the manifest and the time-stamped containers apart."""
    return {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.iterdir())
        if path.name != "manifest.json"
    }


def test_a_portfolio_killed_at_any_moment_is_the_old_one_or_the_new_one_whole(tmp_path):
    for name, price in (("old", 7000), ("new", 7500)):
        (tmp_path / f"{name}.yaml").write_text(STUDY.format(price=price))
    assert started(tmp_path, "old", "out").wait() == 0
    old = digest(tmp_path / "out")
    begun = time.monotonic()
    assert started(tmp_path, "new", "reference").wait() == 0
    lasts = time.monotonic() - begun
    new = digest(tmp_path / "reference")
    assert "portfolio.html" in new
    assert old.keys() == new.keys()
    assert old != new
    moments = random.Random(SEED)  # noqa: S311 - no secret
    killed = 0
    for _ in range(KILLS):
        running = started(tmp_path, "new", "out")
        time.sleep(moments.uniform(0.1, 1.0) * lasts)
        running.send_signal(signal.SIGKILL)
        killed += running.wait() == -signal.SIGKILL
        assert digest(tmp_path / "out") in (old, new)
        assert (tmp_path / "out" / "manifest.json").exists()
    assert killed
    assert started(tmp_path, "new", "out").wait() == 0
    assert digest(tmp_path / "out") == new
    left = {path.name for path in tmp_path.iterdir()}
    assert left == {"old.yaml", "new.yaml", "out", "reference"}
