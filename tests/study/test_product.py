"""A product is a record: no module asks for one by its key, and data alone add one."""

from __future__ import annotations

import ast
import csv
import datetime as dt
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import siting
from geodata import catalogue_files
from geodata.errors import SitingError
from geodata.load import table
from geodata.products import names
from siting.market.customers import coordinates, freight_to_customers, known_demand
from siting.money.landed import landed, parameters_of, prices_of
from siting.study import studyfile
from siting.study.product import Product, catalogue, records
from siting.world import facts, gates, policy
from siting.world.conditions import conditions
from siting.world.unknown import unknown_of

ROOT = Path(siting.__file__).parent
RECORD = ROOT / "study" / "product.py"


def row(key: str = "natural", **changes: str) -> dict[str, str]:
    """Return a row of the table, some cells changed."""
    rows = table("products").set_index("product", drop=False)
    return {name: str(value) for name, value in rows.loc[key].items()} | changes


def own_product(folder: Path, **changes: str) -> dict[str, object]:
    """Write a table of products with one made up beside them; return the keys of a study of it."""
    made_up = row(**{"product": "petal_carbon", "name": "petal carbon", "works": "", **changes})
    rows = [*table("products").to_dict("records"), made_up]
    with (folder / "products.csv").open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, list(made_up))
        writer.writeheader()
        writer.writerows(rows)
    return {"product": made_up["product"], "tables": {"products": "products.csv"}}


def read(folder: Path, keys: dict[str, object]) -> siting.Study:
    """Return a study as its file has it."""
    file = folder / "study.yaml"
    file.write_text(
        f"product: {keys['product']}\ntables: {{products: products.csv}}\n"
        + "".join(f"{k}: {v}\n" for k, v in keys.items() if k not in {"product", "tables"}),
        encoding="utf-8",
    )
    return studyfile.read(file)


def test_no_module_asks_for_a_product_by_its_key() -> None:
    asked = [
        f"{path.relative_to(ROOT)}:{node.lineno} {node.value}"
        for path in sorted(ROOT.rglob("*.py"))
        if path != RECORD
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and node.value in names()
    ]
    assert not asked


def test_the_record_compares_no_key_either() -> None:
    tree = ast.parse(RECORD.read_text(encoding="utf-8"))
    said = [n.value for n in ast.walk(tree) if isinstance(n, ast.Constant) and n.value in names()]
    compared = [
        n
        for n in ast.walk(tree)
        if isinstance(n, ast.Compare)
        for side in (n.left, *n.comparators)
        if isinstance(side, ast.Constant) and side.value in names()
    ]
    assert (said, compared) == (["synthetic"], [])  # the one that a study leaves out


def test_every_row_that_a_product_names_is_known() -> None:
    known = set(table("anode_economics")["param_id"])
    for product in catalogue().values():
        rows = {*product.recipe.values(), *product.intensity.values(), product.qualification}
        assert rows - {"furnace"} <= known
        assert {product.chinese_price, product.outside_price} <= set(
            table("anode_prices")["series"]
        )
        sold = set(table("feedstock_sources")["feedstock"])
        assert {feed.kind for feed in product.feeds} <= sold


@pytest.mark.parametrize(
    ("text", "covered"),
    [
        ("any plant", {"synthetic", "natural", "silicon_blended", "hard_carbon"}),
        ("synthetic graphite from CN", {"synthetic", "silicon_blended"}),
        ("Natural graphite", {"natural"}),
        ("natural and synthetic graphite", {"synthetic", "natural", "silicon_blended"}),
        ("purified graphite", {"synthetic", "natural", "silicon_blended"}),
        ("anode active material (synthetic, natural, Si)", set(catalogue())),
        ("hard carbon and soft carbon", {"hard_carbon"}),
    ],
)
def test_a_law_that_names_only_others_does_not_cover_a_product(
    text: str, covered: set[str]
) -> None:
    laws = pd.DataFrame({"applies_to_product": [text]})
    assert {
        key for key, product in catalogue().items() if policy.applies_to_product(laws, product)[0]
    } == covered


def test_a_rule_on_graphite_shuts_out_no_other_carbon() -> None:
    enacted = policy.in_force(table("policy_zones"), dt.date(2023, 12, 1), ahead_months=24)
    buyers = pd.DataFrame({"country": ["US"], "region": "", "zone": "", "segment": "ev"})

    def shut(product: Product) -> float:
        return float(policy.closed_share(enacted, buyers, product, made_in="CN", owner="KR")[0])

    assert shut(catalogue()["natural"]) == shut(catalogue()["synthetic"]) > 0
    assert shut(catalogue()["hard_carbon"]) < shut(catalogue()["natural"])


def test_a_product_of_ones_own_goes_through_the_model_by_data_alone(tmp_path: Path) -> None:
    """A recipe of its own fields, half of natural graphite's power and twice its feedstock."""
    recipe = ("furnace_mwh_per_t:EL-BOX;feed_t_per_t:RM-COKE;gas_mmbtu_per_t:GAS-NAT;"
              "consumables_usd_per_t:CS-NAT")  # fmt: skip
    keys = own_product(tmp_path, recipe=recipe, feedstock="petroleum_coke:feed_t_per_t",
                       intensity="LFP:INT-EV-VIA")  # fmt: skip
    study = read(tmp_path, keys)
    known = facts.load(study)
    rows = known["anode_economics"].set_index("param_id")["central"].astype(float)
    p = parameters_of(study, known).central
    assert p.feedstock_t_per_t == {"petroleum_coke": rows["RM-COKE"]}
    assert gates.need(study, known).mw == pytest.approx(rows["EL-BOX"] * 50_000 / 8760)
    demand = known_demand(study, known)
    assert set(demand.feedstock["feedstock"]) == {"petroleum_coke"}
    # any chemistry takes the one row that is stated
    natural = known_demand(study.model_copy(update={"product": "natural"}), known)
    lfp = demand.plants["chemistry"].eq("LFP") & demand.plants["anode_kt"].gt(0)
    ratio = demand.plants["anode_kt"][lfp] / natural.plants["anode_kt"][lfp]
    assert ratio.to_numpy() == pytest.approx(rows["INT-EV-VIA"] / rows["INT-LFP"])
    places = pd.DataFrame({"lat": [60.0], "lon": [25.0], "country": ["FI"], "region": ["FI-18"],
                           "zone": ["FI"], "site_type": [""]})  # fmt: skip
    at = conditions(known["place_factors"], places, known.as_of)
    money = landed(
        study, known, places, at, freight_to_customers(demand, coordinates(places)), demand
    )
    power = at.values("power")[0]
    assert money.stack["power"].iloc[0] == pytest.approx(rows["EL-BOX"] * power)
    assert np.isfinite(money.outcome().to_numpy()).all()
    assert unknown_of(study, known) == ()


def test_what_is_not_known_of_a_product_is_said_and_not_guessed(tmp_path: Path) -> None:
    keys = own_product(
        tmp_path, feedstock="", land="", goods="petal", goods_class="petal", chinese_price="",
        outside_price="", not_known="Nobody makes it.",
    )  # fmt: skip
    with pytest.raises(SitingError) as caught:
        read(tmp_path, keys)
    assert {fault.what for fault in caught.value.faults} == {
        "no price series is known for petal carbon"
    }
    assert [fault.column for fault in caught.value.faults] == [
        "price_usd_per_t", "chinese_price_usd_per_t",
    ]  # fmt: skip
    study = read(tmp_path, {**keys, "price_usd_per_t": 6000, "chinese_price_usd_per_t": 5000})
    known = facts.load(study)
    assert prices_of(study, known) == (5000, 6000)
    said = unknown_of(study, known)
    assert said[0] == "Nobody makes it."
    for words in ("No source of the feedstock of petal carbon", "No duty on petal carbon",
                  "No land of a plant of petal carbon"):  # fmt: skip
        assert any(text.startswith(words) for text in said)
    assert gates.need(study, known).ha == 0
    with pytest.raises(SitingError, match="no price series is known for petal carbon"):
        prices_of(study.model_copy(update={"price_usd_per_t": None}), known)


@pytest.mark.parametrize("key", list(catalogue()))
def test_only_hard_carbon_is_not_wholly_known(key: str) -> None:
    known = facts.load(siting.Study(product=key))
    said = unknown_of(siting.Study(product=key), known)
    assert bool(said) == (key == "hard_carbon")


@pytest.mark.parametrize(
    ("word", "hint"),
    [
        ("graphene", "use one of synthetic, natural, silicon_blended, hard_carbon"),
        ("sythetic", "did you mean synthetic?"),
        ("hard carbon", "did you mean hard_carbon?"),
    ],
)
def test_an_unknown_product_is_answered_with_the_known_ones(
    tmp_path: Path, word: str, hint: str
) -> None:
    file = tmp_path / "study.yaml"
    file.write_text(f"name: a\nproduct: {word}\n", encoding="utf-8")
    with pytest.raises(SitingError) as caught:
        studyfile.read(file)
    (fault,) = caught.value.faults
    assert (fault.where, fault.row, fault.column, fault.value) == (
        "study.yaml", 2, "product", word,
    )  # fmt: skip
    assert hint in str(fault)
    assert all(key in str(fault) for key in catalogue())


@pytest.mark.parametrize(
    ("changes", "what"),
    [
        ({"recipe": "gas_mmbtu_per_t:GAS-NAT;furnace_mwh_per_t:EL-BOX"}, "consumables_usd_per_t"),
        ({"feedstock": "flake_concentrate:coke_t_per_t"}, "coke_t_per_t"),
        ({"recipe": row()["recipe"] + ";petals:EL-BOX"}, "petals"),
        ({"recipe": row()["recipe"] + ";coke_t_per_t:furnace"}, "coke_t_per_t"),
    ],
)
def test_a_recipe_that_cannot_be_is_a_fault(
    tmp_path: Path, changes: dict[str, str], what: str
) -> None:
    with pytest.raises(SitingError) as caught:
        read(tmp_path, own_product(tmp_path, **changes))
    assert all(
        (fault.where, fault.row, fault.column, fault.value)
        == ("products.csv", 6, "recipe", "petal_carbon")
        for fault in caught.value.faults
    )
    assert what in str(caught.value)


@pytest.mark.parametrize(
    ("changes", "column", "what"),
    [
        ({"intensity": "NMC:INT-NONE"}, "intensity", "INT-NONE"),
        ({"qualification": "QUAL-NONE"}, "qualification", "QUAL-NONE"),
        ({"land": "PL-NONE"}, "land", "PL-NONE"),
        ({"feedstock": "petals:flake_yield"}, "feedstock", "no source sells petals"),
        ({"recipe": row()["recipe"].replace("YLD-SYR", "RM-PITCH-HC")}, "recipe", "yield"),
    ],
)
def test_rows_that_a_product_names_in_vain_are_faults(
    tmp_path: Path, changes: dict[str, str], column: str, what: str
) -> None:
    study = read(tmp_path, own_product(tmp_path, **changes))
    with pytest.raises(SitingError) as caught:
        facts.load(study).product(study)
    (fault,) = caught.value.faults
    assert (fault.where, fault.row, fault.column) == ("products.csv", 6, column)
    assert what in fault.what


def test_hard_carbon_was_added_by_at_most_three_files() -> None:
    """Files of the catalogue that know of it; no module does (above)."""
    knowing = {
        name for name, path in catalogue_files().items()
        if Path(path).suffix == ".csv" and b"hard_carbon" in Path(path).read_bytes()
    }  # fmt: skip
    assert len(knowing) <= 3
    assert {Path(name).name for name in knowing} == {
        "products.csv", "anode_economics.csv", "anode_prices.csv",
    }  # fmt: skip


def test_others_are_told_apart_whatever_their_order() -> None:
    rows = table("products")
    assert records(rows) == records(rows.iloc[::-1])
