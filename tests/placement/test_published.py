"""Results that KemenPANRB published under PermenPANRB 59/2020, re-computed to the last printed digit.

The data and where each row comes from: `tests/data/spbe_published.csv`.
"""

import csv
from dataclasses import replace
from pathlib import Path

import pytest

from gscm import resources, yamlfile
from gscm.model.load import load_model
from gscm.placement.place import place, score_text
from gscm.responses.load import bind

SPBE = load_model(resources.folder("models") / "spbe-2020")
CSV = Path(__file__).parent.parent / "data" / "spbe_published.csv"
ROWS = [row for row in csv.DictReader(CSV.read_text(encoding="utf-8").splitlines()) if row["model"] == "spbe59_2020"]
EXACT = {"1.88": "15/8", "4.67": "14/3"}  # aspect values that fit exactly one fraction k/n and are not decimals


def columns(row, letter):
    """The filled columns of one kind (D, A or I), as {id: value}."""
    return {key.lower(): value for key, value in row.items() if key[0] == letter and key[1:].isdigit() and value}


def written(row):
    """The answers of a row as a researcher would write them: indicators, else aspects, else the index alone."""
    if row["kind"] == "full":
        return columns(row, "I")
    if row["kind"] == "aspect":
        return {id: EXACT.get(value, value) for id, value in columns(row, "A").items()}
    return {"overall": row["index"]}


def placed(answers, model=SPBE):
    lines = "".join(f"  {id}: {value}\n" for id, value in answers.items())
    text = f"model: spbe-2020\nsubject: {{id: x, name: X}}\nanswers:\n{lines}"
    return place(bind(yamlfile.parse(text, "answers.yaml"), model))


def printed(result, node):
    return score_text(result, result.nodes[node].score)


def name(row):
    return f"{row['institution']} {row['year']}"


def test_the_data_hold_rows_of_all_three_kinds():
    assert [sum(row["kind"] == kind for row in ROWS) for kind in ("full", "aspect", "index")] == [3, 1, 4]


def test_full_rows_answer_all_47_indicators():
    assert {len(columns(row, "I")) for row in ROWS if row["kind"] == "full"} == {47}


@pytest.mark.parametrize("row", ROWS, ids=name)
def test_the_index_is_as_published(row):
    assert printed(placed(written(row)), "spbe-2020") == row["index"]


@pytest.mark.parametrize("row", ROWS, ids=name)
def test_the_predicate_is_as_published(row):
    overall = placed(written(row)).overall
    assert overall.low == overall.high
    assert SPBE.names(SPBE.root)[overall.level - 1].name.id == row["predicate"]


@pytest.mark.parametrize("row", [row for row in ROWS if row["kind"] != "index"], ids=name)
def test_every_domain_and_aspect_is_as_published(row):
    result = placed(written(row))
    published = columns(row, "D") | columns(row, "A")
    assert len(published) == 12
    assert {id: printed(result, id) for id in published} == published


KEY = {"2023": ("2.15", "2.16"), "2025": ("4.00", "4.01")}


@pytest.mark.parametrize("row", [row for row in ROWS if row["kind"] != "index" and row["year"] in KEY], ids=name)
def test_rounding_at_every_node_would_print_another_index(row):
    rounding = replace(SPBE, nodes={id: replace(node, round=2) for id, node in SPBE.nodes.items()})
    right, wrong = KEY[row["year"]]
    assert printed(placed(written(row)), "spbe-2020") == right
    assert printed(placed(written(row), rounding), "spbe-2020") == wrong


def test_the_key_row_of_2023_is_exactly_2_1545():
    row = next(row for row in ROWS if row["year"] == "2023" and row["kind"] == "full")
    assert placed(written(row)).overall.score * 10_000 == 21545


def test_tabel_10_aspect_2_from_its_indicators():
    assert printed(placed({"i11": 3, "i12": 4, "i13": 3, "i14": 2}), "a2") == "3.00"


def test_tabel_11_domain_2_from_its_aspects():
    assert printed(placed({"a2": 3, "a3": 4, "a4": 3}), "d2") == "3.40"


def test_tabel_12_index_from_its_domains():
    result = placed({"d1": 3.70, "d2": 3.40, "d3": 3.00, "d4": 3.20})
    assert printed(result, "spbe-2020") == "3.28"
    assert result.overall.score * 1000 == 3282


@pytest.mark.parametrize(
    ("index", "predicate"),
    [
        ("1.79", "Kurang"),
        ("1.80", "Cukup"),
        ("2.59", "Cukup"),
        ("2.60", "Baik"),
        ("3.49", "Baik"),
        ("3.50", "Sangat Baik"),
        ("4.19", "Sangat Baik"),
        ("4.20", "Memuaskan"),
        ("5.00", "Memuaskan"),
    ],
)
def test_tabel_13_lower_bounds_are_inclusive(index, predicate):
    assert SPBE.names(SPBE.root)[placed({"overall": index}).overall.level - 1].name.id == predicate
