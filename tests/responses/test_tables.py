"""Rows of open nodes that come as a CSV file beside the answers."""

from fractions import Fraction

import pytest

from gscm.errors import FaultsFound
from gscm.placement.place import place
from gscm.responses.load import bind
from gscm.yamlfile import parse
from tests.tiny import tiny

PLAN = tiny(
    """
    children:
      - {id: health, kind: group, title: {id: Kesehatan, en: Health}, open: &open}
      - {id: energy, kind: group, title: {id: Energi, en: Energy}, open: &open}
    """.replace(
        "&open",
        '{kind: part, answer: quantity, quantity: {title: Q, unit: "%", direction: higher, min: 0, max: 100}}',
    )
)


def bound(tmp_path, table, head="tables: [p.csv]", answers="{}"):
    (tmp_path / "p.csv").write_text(table, encoding="utf-8")
    text = f"model: m\nsubject: {{id: s, name: S}}\n{head}\nanswers: {answers}\n"
    return bind(parse(text, str(tmp_path / "answers.yaml")), PLAN, tmp_path)


def faults(tmp_path, *args, **more):
    with pytest.raises(FaultsFound) as found:
        bound(tmp_path, *args, **more)
    return [issue.sentence("en").removeprefix(f"{tmp_path}/") for issue in found.value.issues]


def test_a_table_with_indonesian_headings_and_decimal_commas_gives_the_rows_of_each_node(tmp_path):
    answers = bound(
        tmp_path,
        "Sub Dimensi;Kode;Program;OPD;Target;Realisasi;Satuan;Kendala\n"
        "Kesehatan;1.02.01;Puskesmas;Dinkes;12,5;10;unit;lahan\n"
        "energy;;PJU surya;Dishub;4;;titik;\n",
    )
    assert place(answers).nodes["health.p-1-02-01"].score == Fraction(21, 5)  # 1 + 4 · 10/12.5
    row = answers.rows["health.p-1-02-01"]
    assert (row.office, row.unit, row.obstacle, row.target) == ("Dinkes", "unit", "lahan", Fraction(25, 2))
    assert answers.entries["energy.row-1"].status == "blank"


def test_one_node_may_be_named_for_the_whole_table(tmp_path):
    answers = bound(tmp_path, "program,realised\nA,40\n", "tables: [{file: p.csv, node: health, evaluation: III}]")
    assert answers.rows["health.row-1"].evaluation == "III"


def test_headings_that_are_not_understood_can_be_told(tmp_path):
    head = "tables: [{file: p.csv, columns: {Dimensi: node, Nama: title}}]"
    assert list(bound(tmp_path, "Dimensi,Nama,realisasi\nhealth,A,40\n", head).rows) == ["health.row-1"]


def test_columns_that_are_not_read_are_told_as_a_warning(tmp_path):
    answers = bound(tmp_path, "node,program,Pagu,No,realised\nhealth,A,90,1,40\n")
    assert [warning.what.en for warning in answers.warnings] == ["Columns that are not read: “Pagu”."]


def test_rows_of_a_table_join_those_of_the_file(tmp_path):
    own = "{health: {rows: [{id: own, title: Own, realised: 5}]}}"
    assert list(bound(tmp_path, "node,program,realised\nhealth,A,40\n", answers=own).rows) == [
        "health.own",
        "health.row-1",
    ]


def test_faults_name_the_line_of_the_table(tmp_path):
    told = faults(tmp_path, "node,program,realised\nhealht,A,40\nhealth,B,1.250\nhealth,C,many\n")
    assert told == [
        "p.csv:2: “healht” is no node that has rows. Did you mean “health”?",
        "p.csv:3: “1.250” in column realised is ambiguous. Write it without a thousands separator: 1250 or 1250.5.",
    ]
    told = faults(tmp_path, "node,program,realised\nhealth,C,many\n")
    assert told[0].startswith("p.csv:2: “health.rows[1]” holds “many”, but must be a number (%).")


def test_a_column_that_is_needed_is_asked_for(tmp_path):
    assert faults(tmp_path, "program,realised\nA,40\n")[0].startswith("p.csv:1: This table has no column node.")


@pytest.mark.parametrize("file", ["../p.csv", "/etc/passwd", "C:\\p.csv"])
def test_a_table_outside_the_folder_of_the_answers_is_refused(tmp_path, file):
    assert "lies outside the folder" in faults(tmp_path, "a\n", f"tables: ['{file}']")[0]


def test_a_node_answered_as_a_whole_cannot_have_rows_besides(tmp_path):
    told = faults(tmp_path, "node,program\nhealth,A\n", answers="{health: {score: 2}}")
    assert "“health” is answered here although it has rows from a table." in told[0]


@pytest.mark.parametrize(
    ("written", "figure"),
    [("12,5", "25/2"), ("12.5", "25/2"), ("1.250,5", "2501/2"), ("1,250.5", "2501/2"), ("1.250.000", "1250000")],
)
def test_figures_are_read_with_a_decimal_comma_or_point(tmp_path, written, figure):
    answers = bound(tmp_path, f"node;program;target;realised\nhealth;A;{written};1\n")
    assert answers.rows["health.row-1"].target == Fraction(figure)


def test_a_node_without_rows_is_open_unless_the_table_is_whole(tmp_path):
    table = "node,program,realised\nhealth,A,40\n"
    assert place(bound(tmp_path, table)).nodes["energy"].score_high == 5
    whole = place(bound(tmp_path, table, "tables: [{file: p.csv, whole: true}]"))
    assert not whole.nodes["energy"].applies
    assert whole.overall.score == Fraction(13, 5)  # 1 + 4 · 40/100, health alone


def test_a_whole_table_of_one_node_says_nothing_of_the_others(tmp_path):
    nodes = place(bound(tmp_path, "program,realised\n", "tables: [{file: p.csv, node: health, whole: true}]")).nodes
    assert (nodes["health"].applies, nodes["energy"].applies) == (False, True)


@pytest.mark.parametrize("own", ["{energy: {score: 3}}", "{energy: {rows: [{id: a, title: A, realised: 50}]}}"])
def test_a_whole_table_leaves_what_is_answered_beside_it(tmp_path, own):
    answers = bound(tmp_path, "node,program,realised\n", "tables: [{file: p.csv, whole: true}]", own)
    assert place(answers).nodes["energy"].score == 3


def test_a_whole_table_speaks_of_what_is_assessed_only(tmp_path):
    head = "scope: [health]\ntables: [{file: p.csv, whole: true}]"
    assert place(bound(tmp_path, "node,program,realised\nhealth,A,40\n", head)).overall.score == Fraction(13, 5)


def test_a_node_named_for_a_table_must_have_rows(tmp_path):
    told = faults(tmp_path, "program,realised\n", "tables: [{file: p.csv, node: healht}]")
    assert told == ["answers.yaml:3: “healht” is no node that has rows. Did you mean “health”?"]


@pytest.mark.parametrize(
    ("written", "status"),
    [
        ("Tidak berlaku", "not_applicable"),
        ("belum dilaporkan", "blank"),
        ("unknown", "unknown"),
        ("dicoret", "withheld"),
    ],
)
def test_a_status_may_be_written_in_words(tmp_path, written, status):
    answers = bound(tmp_path, f"node,program,status,catatan\nhealth,A,{written},sebab\n")
    assert answers.entries["health.row-1"].status == status


def test_a_status_that_is_none_is_refused_with_its_line(tmp_path):
    assert faults(tmp_path, "node,program,status\nhealth,A,batal\n")[0].startswith("p.csv:2: ")


def test_a_dash_is_an_empty_cell_and_no_obstacle_is_none(tmp_path):
    answers = bound(
        tmp_path, "node;program;realised;kendala;tindak lanjut\nhealth;A;–;-;-\nhealth;B;40;Tidak ada;nihil\n"
    )
    assert answers.entries["health.row-1"].status == "blank"
    assert [(row.obstacle, row.follow_up) for row in answers.rows.values()] == [(None, None)] * 2


def test_a_row_under_another_dimension_than_it_names_is_told(tmp_path):
    model = tiny("""
        children:
          - id: smart-living
            kind: group
            title: Smart living
            children: [{id: health, kind: group, title: Health, open: {kind: part, answer: score}}]
        """)
    (tmp_path / "p.csv").write_text("dimensi,node,program,nilai\nLiving,health,A,2\nEconomy,health,B,3\n")
    text = "model: m\nsubject: {id: s, name: S}\ntables: [p.csv]\nanswers: {}\n"
    warnings = bind(parse(text, str(tmp_path / "answers.yaml")), model, tmp_path).warnings
    assert [(warning.where.line, warning.what.en) for warning in warnings] == [
        (3, "This row names the dimension “Economy”, but Health belongs to Smart living.")
    ]
