"""What the page is answered on weights, sites, places and settings; hostile words stay words."""

import json

import pytest

from tests.commandline import run as command
from tests.studio_server import OWN, SMALL, filled, served

HOSTILE = ("<img src=x onerror=alert(1)>", "=cmd|' /C calc'!A0", "\u202egpj.exe", "'; drop table",
           "${7*7}", "{{7*7}}", "\x1b[31mred", "a" * 5000, "\U0001f4a9", "null",
           "--help")  # fmt: skip
PILLARS = ("surroundings", "market", "energy")


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    return filled(tmp_path_factory.mktemp("answers"))


@pytest.fixture(scope="module")
def studio(home):
    with served(home) as one:
        yield one


def weigh(studio, method, judgements, text=SMALL):
    asked = {"name": "small.yaml", "text": text, "method": method, "judgements": judgements}
    return studio.ask("POST", "/api/weigh", asked)


def in_force(studio, text=SMALL):
    checked = studio.ask("POST", "/api/check", {"name": "small.yaml", "text": text}).json
    assert not checked["faults"]
    return checked["weights"]["pillars"]


def test_shares_of_the_weights_in_force_are_a_hundred(studio):
    pillars = in_force(studio)
    assert sum(c["share"] for p in pillars for c in p["criteria"]) == pytest.approx(100)
    assert all(c["words"] and c["unit"] for p in pillars for c in p["criteria"])


def test_swing_points_are_the_weights_of_the_command_line(studio, home):
    names = [p["pillar"] for p in in_force(studio) if any(c["share"] for c in p["criteria"])]
    rows = [{"item": name, "points": 100 - 10 * n} for n, name in enumerate(names)]
    made = weigh(studio, "swing", rows)
    assert made.status == 200, made.faults
    (home / "swing.csv").write_text(
        "item,points\n" + "".join(f"{row['item']},{row['points']}\n" for row in rows)
    )
    by_hand = command(home, "weights", "small.yaml", "--swing", "swing.csv", "-o", "swung.yaml",
                      "--json")  # fmt: skip
    assert json.loads(by_hand.stdout)["schema_version"]
    swung = (home / "swung.yaml").read_text()
    assert in_force(studio, made.json["text"]) == in_force(studio, swung)
    assert "# a comment that stays" in made.json["text"]


def test_pairs_that_contradict_each_other_name_their_worst_triple(studio):
    names = [p["pillar"] for p in in_force(studio) if any(c["share"] for c in p["criteria"])][:4]
    whole = [p["pillar"] for p in in_force(studio) if any(c["share"] for c in p["criteria"])]
    ratio = {(names[0], names[1]): 9, (names[1], names[2]): 9, (names[0], names[2]): "1/9"}
    rows = [
        {"left": left, "right": right, "ratio": ratio.get((left, right), 1)}
        for n, left in enumerate(whole)
        for right in whole[n + 1 :]
    ]
    made = weigh(studio, "ahp", rows)
    assert made.status == 200, made.faults
    compared = made.json["groups"][0]["comparison"]
    assert not compared["consistent"]
    assert {compared["worst"][side] for side in ("left", "middle", "right")} == set(names[:3])


def test_judgements_at_fault_are_named_row_by_row(studio):
    made = weigh(studio, "swing", [{"item": "power", "points": 400}])
    assert made.status == 422
    assert any("power" in fault for fault in made.faults)
    assert any("out of range" in fault for fault in made.faults)
    assert weigh(studio, "dice", []).status == 422


def test_what_was_set_on_the_map_is_laid_on_the_text(studio):
    asked = {"name": "small.yaml", "text": SMALL, "setting": "#price=4500&cost=2&site=x"}
    made = studio.ask("POST", "/api/setting", asked)
    assert made.status == 200, made.faults
    assert made.json["values"]["price_usd_per_t"] == 4500
    assert made.json["values"]["weights"]["cost"]["weight"] == 2
    assert "# a comment that stays" in made.json["text"]
    wrong = studio.ask("POST", "/api/setting", {**asked, "setting": "#price=free"})
    assert wrong.status == 422
    assert "price" in wrong.faults[0]


def test_a_list_is_shown_with_points_or_with_its_faults_by_row(studio, home):
    shown = studio.get("/api/sites?file=own.csv").json
    assert shown["total"] == 5
    assert shown["points"][0]["name"] == "Tangier"
    assert not shown["faults"]
    (home / "wrong.csv").write_text("name,lat,lon\nA,north,2\nB,10,20\nC,,\n")
    wrong = studio.get("/api/sites?file=wrong.csv").json
    assert [fault["row"] for fault in wrong["faults"]] == [2, 4]
    assert wrong["rows"][1] == ["B", "10", "20"]
    assert not wrong["points"]
    assert studio.get("/api/sites?file=gone.csv").status == 422


def test_a_click_adds_a_row_and_touches_no_other(studio, home):
    (home / "more.csv").write_bytes(b"\xef\xbb\xbfname,owner,lat,lon\r\nA,me,1,2\r\n")
    before = studio.get("/api/sites?file=more.csv").json
    asked = {"file": "more.csv", "etag": before["etag"],
             "rows": [{"name": '中国, "quoted"', "lat": 35.123456789, "lon": -5.9}]}  # fmt: skip
    added = studio.ask("POST", "/api/sites", asked)
    assert added.status == 200, added.faults
    text = (home / "more.csv").read_bytes().decode()
    assert text.lstrip("\ufeff").startswith("name,owner,lat,lon\r\nA,me,1,2\r\n")
    assert added.json["points"][-1]["name"] == '中国, "quoted"'
    assert studio.ask("POST", "/api/sites", asked).status == 422  # seen before it was changed
    for rows in ([{"name": "B", "lat": 91, "lon": 0}], [{"name": "", "lat": 1, "lon": 1}],
                 [{"name": "B", "lat": "1", "lon": 1}], [{"name": "B", "lat": True, "lon": 1}],
                 [{}], "rows", [1]):  # fmt: skip
        wrong = {**asked, "etag": added.json["etag"], "rows": rows}
        assert studio.ask("POST", "/api/sites", wrong).status == 422
    assert (home / "more.csv").read_bytes().decode() == text


def test_a_click_makes_a_new_list_and_never_writes_into_another_kind(studio, home):
    one = [{"name": "New", "lat": 1.5, "lon": 2.5}]
    made = studio.ask("POST", "/api/sites", {"file": "clicked.csv", "etag": "", "rows": one})
    assert made.status == 200
    assert (home / "clicked.csv").read_text() == "name,lat,lon\nNew,1.5,2.5\n"
    (home / "other.csv").write_text("place;y;x\nA;1;2\n")
    etag = studio.get("/api/sites?file=other.csv").json["etag"]
    asked = {"file": "other.csv", "etag": etag, "rows": one}
    assert studio.ask("POST", "/api/sites", asked).status == 422
    assert (home / "other.csv").read_text() == "place;y;x\nA;1;2\n"


def test_a_dropped_file_lies_in_the_folder_as_it_was_and_replaces_none_unasked(studio, home):
    content = OWN.encode()
    assert studio.ask("PUT", "/api/files/dropped.csv", content).status == 201
    assert (home / "dropped.csv").read_bytes() == content
    assert studio.ask("PUT", "/api/files/dropped.csv", b"other").status == 422
    assert (home / "dropped.csv").read_bytes() == content
    assert studio.ask("PUT", "/api/files/dropped.csv?replace=1", b"other").status == 201
    assert studio.ask("PUT", "/api/files/program.py", b"print()").status == 422
    assert studio.ask("PUT", "/api/files/own.yaml", b"x: 1").status == 422


def test_places_of_a_name(studio):
    assert studio.get("/api/search?q=Oran").json[0]["country"] == "DZ"
    assert studio.get("/api/search?q=").json == []
    assert studio.get("/api/search?q=qqqqqq").json == []
    assert len(studio.get("/api/land").json["rings"]) > 100


@pytest.mark.parametrize("word", HOSTILE)
def test_hostile_words_are_kept_as_they_are_or_refused(studio, word):
    for name in (f"{word}.yaml", word):
        answer = studio.ask("POST", "/api/check", {"name": name, "text": f"question: {word!r}"})
        assert answer.status in (200, 422)
        assert answer.headers["content-type"] == "application/json"
    edited = studio.ask("POST", "/api/edit", {"name": "small.yaml", "text": SMALL,
                                              "path": ["question"], "value": word})  # fmt: skip
    assert edited.status in (200, 422)
    if edited.status == 200 and not edited.json["faults"]:
        assert edited.json["values"]["question"] == word
    assert studio.get(f"/api/search?q={'%3C' + word.encode().hex()}").status == 200
    for fault in edited.json["faults"]:
        assert "\x1b" not in fault["sentence"]


def test_the_schema_knows_every_key_and_its_group(studio):
    schema = studio.get("/api/schema").json
    placed = {key for group in schema["x-groups"] for key in group["keys"]}
    assert placed == set(schema["properties"])
