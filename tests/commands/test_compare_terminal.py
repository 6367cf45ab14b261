"""A comparison at 80 columns and for programs, and what it refuses."""

import dataclasses
import io
import json
import re

import pandas as pd
import pytest
from commandline import called, run
from sample_summary import stand

from geodata.errors import SitingError
from siting.commands import compare_terminal as terminal
from siting.scenarios.compare import LAWS, PRICE, TOGETHER, attribute, compare, differing
from siting.study.studyfile import read
from siting.support.console import Printer

HOSTILE = "[bold red]Vaasa[/]\x1b[31m"


@pytest.fixture
def printed(monkeypatch):
    """Return what is printed on a terminal of some width."""

    def show(compared, width=80):
        console = Printer(file=io.StringIO(), width=width)
        monkeypatch.setattr(terminal, "console", console)
        terminal.print_comparison(compared)
        return console.file.getvalue()

    return show


@pytest.fixture
def compared():
    """Four places, two inputs: one rises by the price, one is barred by a law."""
    before = stand({"a": 24.0, "b": 20.0, "c": 18.2, "d": 1.0})
    after = stand({"c": 24.0, "b": 20.0, "d": 1.0}, barred=["a"], rule="No foreign owner")
    price = stand({"a": 24.0, "b": 20.0, "c": 22.3, "d": 1.0})
    law = stand({"b": 20.0, "c": 19.7, "d": 1.0}, barred=["a"])
    return attribute(before, after, (PRICE, LAWS), {PRICE.name: price, LAWS.name: law}, 2)


def renamed(compared, name, country="FI"):
    """The same comparison with every site under one name."""
    return dataclasses.replace(compared, sites=compared.sites.assign(name=name, country=country))


def test_a_sentence_holds_ranks_shares_and_parts(compared):
    texts = {
        site: terminal.sentence(compared, row) for row, site in enumerate(compared.sites["site_id"])
    }
    assert texts["c"] == (
        "Place c, Finland rose from 3 to 1 (chance 18.20 to 24.00 %): "
        "price of the day +4.10, laws +1.50, together +0.20."
    )
    assert texts["b"] == "Place b, Finland stays at 2 (chance 20.00 to 20.00 %)."
    assert texts["a"] == (
        "Place a, Finland was 1 and is excluded now (No foreign owner): laws \N{MINUS SIGN}24.00."
    )


def test_the_last_sentence_names_what_moved_the_list_most(compared):
    assert terminal.closing(compared) == (
        "Laws moved the list most: 25.5 percentage points over the 3 sites in the first 2 of "
        "either study; then price of the day 4.1; overlap and interplay 0.2."
    )


def test_the_last_sentence_where_no_input_alone_moved_anything():
    before, after = stand({"a": 5.0}), stand({"a": 9.0})
    groups = (PRICE, LAWS)
    still = attribute(before, after, groups, {g.name: before for g in groups}, 3)
    first = "No input alone moved the first 3 of either study"
    texts = f"{first}; together they did: 4.0 percentage points."
    assert terminal.closing(still) == texts
    lost = attribute(before, after, groups, {g.name: SitingError("no") for g in groups}, 3)
    assert terminal.closing(lost) == texts
    none = attribute(before, before, groups, {g.name: before for g in groups}, 3)
    assert terminal.closing(none) == "No chance among the first 3 of either study moved."


def test_studies_that_ask_the_same_are_recognised(printed):
    same = attribute(stand({"a": 5.0}), stand({"a": 5.0}), (), {}, 3)
    assert terminal.NOTHING in " ".join(printed(same).split())
    assert json.loads(terminal.comparison_json(same))["closing"] == terminal.NOTHING


@pytest.mark.parametrize("width", [80, 120])
def test_everything_fits_and_no_number_is_cut(printed, compared, width):
    long = renamed(
        compared, "Clarksville Montgomery County megasite and Corporate Business Park", "GB"
    )
    lines = printed(long, width).splitlines()
    assert max(map(len, lines)) <= width
    start = next(i for i, line in enumerate(lines) if line.split()[:2] == ["now", "was"])
    row = lines[start + 1]
    assert re.match(r" *1 +3 +Clark", row), row
    assert re.search(r" 24\.00 +\+5\.80  price of the day \+4\.10 *$", row), row
    assert re.search(r" excluded +.24\.00  laws .24\.00 *$", lines[start + 3])


def test_names_and_rules_are_data(printed, compared):
    barred = compared.barred.assign(name=HOSTILE, rule=f"[link=http://x]{HOSTILE}")
    hostile = dataclasses.replace(renamed(compared, HOSTILE), barred=barred)
    output = printed(hostile, 160)
    assert output.count("[bold red]Vaasa[/]") >= 4
    assert "[link=http://x]" in output
    assert "\x1b" not in output
    assert json.loads(terminal.comparison_json(hostile))["sites"][0]["name"] == HOSTILE


def test_files_named_by_users_are_data(printed, compared, tmp_path):
    (tmp_path / "b.yaml").write_text('tables: {gigafactories: "[red]x\\e[1m.csv"}\n')
    (tmp_path / "a.yaml").write_text("name: a\n")
    a, b = read(tmp_path / "a.yaml"), read(tmp_path / "b.yaml")
    before = dataclasses.replace(compared.before, study=a)
    after = dataclasses.replace(compared.after, study=b)
    groups = differing(a, b)
    assert [group.name for group in groups] == ["own tables"]
    output = printed(attribute(before, after, groups, {groups[0].name: after}, 2), 200)
    assert "[red]x" in output
    assert "\x1b" not in output


def test_inputs_are_listed_key_by_key(tmp_path):
    (tmp_path / "a.yaml").write_text("investor: CN\nlisting: {top: 10}\n")
    (tmp_path / "b.yaml").write_text(
        "investor: KR\nweights: {policy: 2}\ncapacity_ktpa: 60\n"
        "candidates: {countries: [FI, 'NO']}\nexclude: [{file: parks.geojson, buffer_km: 5}]\n"
    )
    a, b = read(tmp_path / "a.yaml"), read(tmp_path / "b.yaml")
    groups = differing(a, b)
    before, after = stand({"a": 1}, study=a), stand({"a": 1}, study=b)
    compared = attribute(before, after, groups, {g.name: after for g in groups}, 2)
    texts = {group.name: terminal.differences(compared, group) for group in groups}
    assert texts["investor"] == ["investor: CN -> KR"]
    assert texts["product, process and size"] == ["capacity_ktpa: 50 -> 60"]
    assert "weights.policy.weight: default -> 2" in texts["lens and weights"]
    places, layers = texts["candidates and exclusions"]
    assert places == "candidates.countries: none -> FI, NO"
    assert layers.startswith("exclude: none -> file ")
    assert layers.endswith("parks.geojson buffer_km 5")
    assert terminal.without_effect(compared) == ["listing.top: 10 -> 25"]


def test_only_the_longest_moves_are_described(compared):
    before = stand({f"s{i:02}": 40 - i for i in range(30)})
    after = stand({f"s{i:02}": i for i in range(30)})
    turned = attribute(before, after, (LAWS,), {LAWS.name: after}, 25)
    rows = terminal.movers(turned)
    texts = turned.sites["site_id"].iloc[rows].tolist()
    assert texts == ["s29", "s28", "s27", "s26", "s25", "s00", "s01", "s02", "s03", "s04"]
    assert terminal.movers(compared) == [0, 2]


def test_barred_places_are_counted_by_rule(compared):
    assert terminal.turned(compared.barred, "became barred") == [
        "1 place became barred: No foreign owner (best: Place a, 1)"
    ]


@pytest.mark.parametrize(
    ("name", "what"),
    [
        ("movers.xlsx", "is a CSV file"),
        ("nowhere/movers.csv", "folder does not exist"),
        ("mine.csv", "not a table of movers"),
        ("folder.csv", "not a table of movers"),
    ],
)
def test_a_file_that_is_not_ours_is_refused(tmp_path, name, what):
    (tmp_path / "mine.csv").write_text("site_id,name,lat,lon\n")
    (tmp_path / "folder.csv").mkdir()
    with pytest.raises(SitingError, match=what):
        terminal.check_table(tmp_path / name)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Two studies of Finland's named sites that differ in the price, compared from outside."""
    folder = tmp_path_factory.mktemp("compared")
    where = "candidates: {countries: [FI], sets: [industrial_sites]}\n"
    (folder / "a.yaml").write_text(f"name: today\n{where}")
    (folder / "b.yaml").write_text(
        f"name: dear\nprice_usd_per_t: 6000\nlens: low_cost_export\n{where}"
    )
    words = ("compare", "a.yaml", "b.yaml", "--top", "4", "--json", "-o", "movers.csv")
    (folder / "output.json").write_text(run(folder, *words).stdout, "utf-8")
    return folder


def test_programs_and_files_get_the_whole_of_it(folder):
    output = json.loads((folder / "output.json").read_text("utf-8"))
    assert (output["before"]["study"], output["after"]["study"]) == ("today", "dear")
    assert output["after"]["price_usd_per_t"] == 6000
    names = ["price of the day", "lens and weights"]
    assert [given["name"] for given in output["inputs"]] == names
    assert output["moves_no_score"] == ["name: today -> dear"]
    assert len(output["sentences"]) == len(output["sites"]) >= 4
    for site in output["sites"]:
        assert sum(site["points"].values()) == pytest.approx(site["change"], abs=1e-5)
    rows = pd.read_csv(folder / "movers.csv")
    assert rows["site_id"].tolist() == [site["site_id"] for site in output["sites"]]
    parts = rows[[f"points by {name}" for name in (*names, TOGETHER)]]
    assert parts.sum(axis=1).to_numpy() == pytest.approx(rows["change"].to_numpy(), abs=1e-3)
    terminal.check_table(folder / "movers.csv")  # an earlier table may be written anew


def test_another_process_gives_the_same_bytes(folder):
    a, b = read(folder / "a.yaml"), read(folder / "b.yaml")
    again = terminal.comparison_json(compare(a, b, 4))
    assert again + "\n" == (folder / "output.json").read_text("utf-8")


def test_what_cannot_be_compared_is_refused_before_any_work(tmp_path):
    output = called(tmp_path, "compare", "balansed", "nowhere.yaml", code=2).stderr
    assert "balansed" in output
    assert "nowhere.yaml" in output
    assert len(output.strip().splitlines()) == 2
    (tmp_path / "mine.csv").write_text("site_id,name,lat,lon\n")
    words = ("compare", "balanced", "onshoring", "-o", "mine.csv")
    assert "not a table of movers" in called(tmp_path, *words, code=2).stderr
    assert (tmp_path / "mine.csv").read_text() == "site_id,name,lat,lon\n"
