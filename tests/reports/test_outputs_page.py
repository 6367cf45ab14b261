from siting.reports.outputs_page import reference
from siting.results.gis.layers import layers
from siting.results.tables import tables_of

FILES = (
    "manifest.json", "cells", "map.html", "brief.html", "brief.pdf", "atlas.html",
    "barred_sites.csv",
    "sweep.json", "sweep.csv", "scenarios.csv", "sweep.html",
    *(f"ranked_sites.{kind}" for kind in ("csv", "xlsx", "parquet", "gpkg", "geojson")),
)  # fmt: skip


def test_the_page_names_every_file_layer_and_column(nordic):
    page = reference()
    shown = {part for line in page.splitlines() for part in line.split("`")[1::2]}
    for name in FILES:
        assert name in shown or "." + name.rpartition(".")[2] in shown, name
    for layer in layers(nordic, tables_of(nordic)):
        assert layer.name in shown
        assert set(layer.frame.columns) <= shown, layer.name


def test_every_row_of_a_table_has_its_cells():
    rows = [line for line in reference().splitlines() if line.startswith("|")]
    assert {row.count(" | ") for row in rows} == {1, 2, 3}
