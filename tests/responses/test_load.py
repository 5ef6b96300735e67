"""Answers as researchers write them: what is read, and what is refused, all at once, with line and remedy."""

from fractions import Fraction

import pytest

from gscm import resources, yamlfile
from gscm.errors import BadUse, FaultsFound, Unreadable
from gscm.model.load import load_model
from gscm.responses.load import bind, load_answers
from tests.tiny import answered, tiny

SPBE = load_model(resources.folder("models") / "spbe-2020")


def spbe(lines, head=""):
    """Answers to SPBE 2020; the first of `lines` stands on line 4 (after that of `head`)."""
    return bind(
        yamlfile.parse(f"model: spbe-2020\nsubject: {{id: x, name: X}}\n{head}answers:\n{lines}", "a.yaml"), SPBE
    )


def entry(answers, id):
    found = answers.entries[id]
    return (found.status, found.kind, found.value)


def faults(read, *arguments):
    """What is wrong, each as (line, English sentence); every fault has a place and a remedy in both languages."""
    with pytest.raises(FaultsFound) as found:
        read(*arguments)
    for issue in found.value.issues:
        assert issue.where.line
        assert issue.remedy, issue.what.en
        assert {issue.what.id, issue.what.en, issue.remedy.id, issue.remedy.en}.isdisjoint({"", None})
    return [(issue.where.line, issue.what.en) for issue in found.value.issues]


def file_faults(text):
    return faults(bind, yamlfile.parse(text, "a.yaml"))


# ------------------------------------------------------------------------------------------------ what is read


def test_a_whole_level():
    assert entry(spbe("  i1: 3\n"), "i1") == ("given", "level", 3)


@pytest.mark.parametrize("written", ["Terdefinisi", "terdefinisi", "{level: Terdefinisi}", "{value: 3}", "'3'"])
def test_a_level_by_name_or_in_long_form(written):
    assert entry(spbe(f"  i1: {written}\n"), "i1") == ("given", "level", 3)


def test_a_level_by_alias():
    model = tiny("""
    children: [{id: a, kind: level, title: A}]
    """)
    assert entry(answered(model, "a: l2"), "a") == ("given", "level", 2)
    province = load_model(resources.folder("models") / "gscm-province")
    tersebar = bind(
        yamlfile.parse("model: m\nsubject: {id: x, name: X}\nanswers: {overall: Tersebar}", "a.yaml"), province
    )
    assert entry(tersebar, "gscm-province") == ("given", "level", 3)


def test_overall_means_the_root():
    assert entry(spbe("  overall: 2.48\n"), "spbe-2020") == ("given", "score", pytest.approx(2.48))


def test_a_predicate_at_the_root_is_a_level():
    assert entry(spbe("  overall: Sangat Baik\n"), "spbe-2020") == ("given", "level", 4)


def test_a_fraction_is_exact():
    assert entry(spbe("  a8: 14/3\n"), "a8")[2] * 3 == 14
    assert entry(spbe("  a8: {score: '14/3'}\n"), "a8")[2] * 3 == 14


def test_a_decimal_is_exact():
    assert entry(spbe("  a8: 4.1\n"), "a8")[2] * 10 == 41


CRITERION = """
children: [{id: a, kind: criteria, title: A, criteria: {2: [{text: x}], 3: [{text: y}]}}]
"""


@pytest.mark.parametrize(("written", "met"), [("ya", 1), ("Ya", 1), ("true", 1), ("tidak", 0), ("false", 0)])
def test_a_criterion_is_met_or_not(written, met):
    assert entry(answered(tiny(CRITERION), f"a.2: {written}"), "a.2") == ("given", "criterion", met)


def test_a_real_level_only_where_the_instrument_has_them():
    model = tiny("children: [{id: a, kind: level, title: A, real: true}]")
    assert entry(answered(model, "a: 2.5"), "a")[2] * 2 == 5
    assert entry(answered(model, "a: 5/2"), "a")[2] * 2 == 5


@pytest.mark.parametrize(
    ("written", "status"),
    [
        ("", "blank"),
        ("tidak tahu", "unknown"),
        ("{status: unknown}", "unknown"),
        ("{status: blank}", "blank"),
        ("{status: not_asked}", "not_asked"),
        ("{status: withheld}", "withheld"),
        ("{status: withheld, value: 4, reason: no evidence}", "withheld"),
        ("{status: not_applicable, reason: none here}", "not_applicable"),
        ("{status: given, value: 3}", "given"),
    ],
)
def test_every_status_is_read(written, status):
    assert spbe(f"  i1: {written}\n").entries["i1"].status == status


def test_what_an_answer_rests_on_is_kept():
    answers = spbe(
        "  i1: {value: 3, source: [k1], reason: because, evidence: E12, note: see there, stage: document}\n",
        "sources: {k1: {title: Report}}\n",
    )
    found = answers.entries["i1"]
    kept = (found.source, found.reason, found.evidence, found.note, found.stage, found.where.line)
    assert kept == (("k1",), "because", ("E12",), "see there", "document", 5)


def test_not_applicable_where_the_model_refuses_it_is_a_warning():
    (warning,) = spbe("  i1: {status: not_applicable, reason: none here}\n").warnings
    assert (warning.severity, warning.where.line) == ("warning", 4)
    assert "counts as the worst value" in warning.what.en


# -------------------------------------------------------------------------------------------- what is refused


@pytest.mark.parametrize(
    "written", ["2.5", "yes", "true", ".nan", ".inf", "0", "6", "-1", "5/2", "1e1", "tinggi", "{value: {a: 1}}"]
)
def test_an_spbe_indicator_takes_only_a_whole_level_from_1_to_5(written):
    ((line, sentence),) = faults(spbe, f"  i1: {written}\n")
    assert line == 4
    assert sentence.startswith("“i1” holds “")
    assert sentence.endswith("but must be a whole number from 1 to 5.")


@pytest.mark.parametrize("written", ["0.99", "5.01", "ya", ".nan", "true"])
def test_a_score_lies_on_the_scale(written):
    ((line, sentence),) = faults(spbe, f"  a8: {{score: {written}}}\n")
    assert (line, sentence) == (4, f"“a8” holds “{written}”, but must be a number from 1 to 5.")


@pytest.mark.parametrize("written", ["2", "yes", "maybe", "0"])
def test_a_criterion_takes_only_yes_or_no(written):
    ((_, sentence),) = faults(answered, tiny(CRITERION), f"a.2: {written}")
    assert sentence == f"“a.2” holds “{written}”, but must be true or false (ya or tidak)."


def test_a_figure_is_a_number():
    model = tiny("""
    children:
      - {id: q, kind: quantity, title: Q, quantity: {title: Q, unit: km, direction: higher, min: 0, max: 9}}
    """)
    assert faults(answered, model, "q: ten")[0][1] == "“q” holds “ten”, but must be a number (km)."


@pytest.mark.parametrize(
    ("bounds", "figure", "expected"),
    [
        ("least: 0, most: 100", "250", "from 0 to 100"),
        ("least: 0, most: 100", "-5", "from 0 to 100"),
        ("least: 0", "-0.5", "from 0 upwards"),
        ("most: 12.5", "13", "up to 12.5"),
    ],
)
def test_a_figure_that_cannot_be_is_refused(bounds, figure, expected):
    quantity = f"{{title: Q, unit: per cent, direction: higher, {bounds}, min: 5, max: 9}}"
    model = tiny(f"children: [{{id: q, kind: quantity, title: Q, quantity: {quantity}}}]")
    assert entry(answered(model, "q: 12.5"), "q") == ("given", "quantity", Fraction(25, 2))
    assert faults(answered, model, f"q: {figure}")[0][1] == (
        f"“q” holds “{figure}”, but must be a number {expected} (per cent)."
    )


def test_an_unknown_id_is_told_with_the_nearest_one():
    with pytest.raises(FaultsFound) as found:
        spbe("  i1: 3\n  overal: 2\n")
    (issue,) = found.value.issues
    assert issue.sentence("en") == "a.yaml:5: “overal” is not in the model spbe-2020. Did you mean “overall”?"
    assert (
        issue.sentence("id") == "a.yaml:5: “overal” tidak ada dalam model spbe-2020. Mungkin yang dimaksud “overall”?"
    )


def test_an_unknown_id_that_is_near_to_none_is_told_where_to_look():
    with pytest.raises(FaultsFound) as found:
        spbe("  transparansi: 2\n")
    assert found.value.issues[0].remedy.en == "See the ids: gscm model show spbe-2020."


def test_a_node_and_something_below_it_are_not_both_answered():
    assert faults(spbe, "  d1: 3\n  a2: 2\n  i1: 4\n") == [
        (6, "“i1” is answered although “d1” above it is answered on line 4.")
    ]


def test_a_node_that_does_not_apply_has_nothing_answered_below_it():
    model = tiny("""
    children:
      - {id: g, kind: group, title: G, may_not_apply: true, children: [{id: a, kind: level, title: A}]}
    """)
    ((_, sentence),) = faults(answered, model, "g: {status: not_applicable, reason: none}\na: 2")
    assert sentence == "“a” is answered although “g” above it is answered on line 5."


def test_what_is_open_above_may_be_answered_below():
    assert entry(spbe("  d1: {status: unknown}\n  i1: 4\n"), "i1") == ("given", "level", 4)


def test_overall_and_the_id_of_the_model_are_the_same_answer():
    assert faults(spbe, "  overall: 3\n  spbe-2020: 4\n")[0][1] == "“spbe-2020” is already answered as “spbe-2020”."


def test_an_answer_outside_the_scope_is_refused():
    assert faults(spbe, "  i1: 3\n  i47: 2\n", "scope: [d1]\n") == [(6, "“i47” lies outside the scope of this study.")]


def test_a_scope_names_nodes_of_the_model():
    assert faults(spbe, "  i1: 3\n", "scope: [d1, d9]\n") == [(3, "The scope names “d9”, which is not in the model.")]


def test_an_empty_scope_is_refused():
    text = "model: spbe-2020\nsubject: {id: x, name: X}\nscope: []\nanswers: {}\n"
    assert file_faults(text) == [(3, "“scope” holds a list, but must be a list that is not empty.")]


def test_not_applicable_needs_a_reason():
    text = "  i1: {status: not_applicable}\n  i2: {status: not_applicable, reason: ' '}\n"
    assert faults(spbe, text) == [
        (4, "“i1” is said not to apply, without a reason."),
        (5, "“i2” is said not to apply, without a reason."),
    ]


@pytest.mark.parametrize("status", ["unknown", "blank", "not_asked", "not_applicable"])
def test_what_is_not_given_has_no_value(status):
    ((_, sentence),) = faults(spbe, f"  i1: {{status: {status}, value: 3, reason: r}}\n")
    assert sentence == f"“i1” has a value although its status is {status}."


@pytest.mark.parametrize("written", ["{}", "{status: given}", "{value: 3, level: 3}", "{note: later}"])
def test_what_is_given_has_exactly_one_value(written):
    assert faults(spbe, f"  i1: {written}\n")[0][1] == "“i1” needs exactly one value."


def test_a_list_is_no_answer():
    assert faults(spbe, "  i1: [3]\n") == [(4, "An answer cannot be a list.")]


def test_an_indicator_is_not_answered_by_a_score():
    assert faults(spbe, "  i1: {score: 3}\n")[0][1] == "“i1” is not answered by a score."


def test_a_node_without_levels_is_given_by_its_score():
    assert faults(spbe, "  d1: {level: 3}\n")[0][1] == "“d1” has no level."


def test_a_source_is_listed():
    assert faults(spbe, "  i1: {value: 3, source: kepmen}\n") == [(4, "The source “kepmen” is not listed in sources.")]


def test_rows_stand_only_at_open_nodes():
    assert faults(spbe, "  d1: {rows: []}\n")[0][1] == "“d1” has no rows."


OPEN = """
children: [{id: p, kind: group, title: P, open: {kind: level, answer: level}}]
"""


def test_a_fault_in_a_row_tells_the_row_and_its_line():
    model = tiny(OPEN)
    text = "p:\n  rows:\n    - {id: r, title: R, value: 9}\n    - {id: r, title: R, value: 1}\n"
    assert faults(answered, model, text) == [
        (7, "“p.rows[1]” holds “9”, but must be a whole number from 1 to 3."),
        (8, "The row “r” is written twice."),
    ]


def test_an_open_node_has_a_value_or_rows():
    ((_, sentence),) = faults(answered, tiny(OPEN), "p: {score: 3, rows: [{id: r, title: R, value: 2}]}")
    assert sentence == "“p” has a value and rows as well."


# ------------------------------------------------------------------------------------------- all faults at once


def test_all_faults_of_a_file_are_said_at_once_in_the_order_of_its_lines():
    text = """\
  i1: 2.5
  i2: {status: not_applicable}
  i3: 3
  ii4: 3
  i5: {valeu: 3}
  i6: [1]
  i7: {value: 3, source: nowhere}
"""
    assert [line for line, _ in faults(spbe, text)] == [4, 5, 7, 8, 9, 10]


def test_the_unknown_key_of_an_answer_is_told_on_its_own_line():
    text = "  i1:\n    value: 3\n    sumber: k1\n"
    with pytest.raises(FaultsFound) as found:
        spbe(text)
    (issue,) = found.value.issues
    assert (issue.where.line, issue.what.en) == (6, "The key “sumber” is not known here.")


def test_all_faults_of_the_head_are_said_at_once():
    text = "modle: spbe-2020\nsubject: {id: a b, year: 19}\nanswers:\n  1: 3\n"
    assert file_faults(text) == [
        (1, "“model” is missing here."),
        (1, "The key “modle” is not known here."),
        (2, "“id”: “a b” is not a valid id."),
        (2, "“name” is missing here."),
        (2, "“year” holds “19”, but must be at least 1900."),
        (4, "The key “1” must be text."),
    ]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("- i1\n", "The file holds a list, but must be keys with values."),
        ("just words\n", "The file holds “just words”, but must be keys with values."),
        ("model: m\nsubject: {id: x, name: X}\nanswers: []\n", "“answers” holds a list, but must be keys with values."),
        ("model: 3\nsubject: {id: x, name: X}\nanswers: {}\n", "“model” holds “3”, but must be text."),
        ("model: m\nsubject: X\nanswers: {}\n", "“subject” holds “X”, but must be keys with values."),
        ("model: m\nsubject: {id: x, name: ''}\nanswers: {}\n", "“name” holds “”, but must be text that is not empty."),
        (
            "model: m\nsubject: {id: x, name: X}\nanswers: {}\nstudy: {date: kemarin}\n",
            "“date”: “kemarin” is not a date.",
        ),
    ],
)
def test_a_wrong_kind_of_value_is_told(text, sentence):
    assert [found for _, found in file_faults(text)] == [sentence]


def test_a_file_without_answers_yet_leaves_everything_open():
    assert spbe("").entries == {}


# ---------------------------------------------------------------------------------------------- files on the disk


def test_an_unknown_model_is_told_with_line_and_the_nearest_one():
    with pytest.raises(BadUse) as found:
        bind(yamlfile.parse("# Kota\nmodel: spbe-2021\nsubject: {id: x, name: X}\nanswers: {}\n", "a.yaml"))
    assert found.value.issues[0].sentence("en") == "a.yaml:2: There is no model “spbe-2021”. Did you mean “spbe-2020”?"


def test_a_folder_that_is_no_model_is_told(tmp_path):
    with pytest.raises(BadUse) as found:
        bind(yamlfile.parse(f"model: {tmp_path}\nsubject: {{id: x, name: X}}\nanswers: {{}}\n", "a.yaml"))
    assert found.value.issues[0].what.en == f"The folder “{tmp_path}” holds no model.yaml."


def test_a_model_is_found_beside_the_answers(tmp_path):
    folder = tmp_path / "mine"
    folder.mkdir()
    for name in ("model.yaml", "sources.yaml"):
        (folder / name).write_bytes((resources.folder("models") / "spbe-2020" / name).read_bytes())
    (tmp_path / "a.yaml").write_text("model: mine\nsubject: {id: x, name: X}\nanswers: {i1: 3}\n")
    assert load_answers(tmp_path / "a.yaml").model.folder == str(folder)


def test_a_missing_answers_file_is_unreadable(tmp_path):
    with pytest.raises(Unreadable):
        load_answers(tmp_path / "none.yaml")


def test_a_folder_is_no_answers_file(tmp_path):
    with pytest.raises(Unreadable):
        load_answers(tmp_path)


def test_a_spreadsheet_is_no_answers_file(tmp_path):
    (tmp_path / "a.yaml").write_bytes(b"PK\x03\x04\xff\xfe")
    with pytest.raises(Unreadable):
        load_answers(tmp_path / "a.yaml")


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        ("value: 2, realised: 3", "The row “r” holds value and realised as well."),
        ("target: many, realised: 3", "The row “r”: the target “many” is not a number above 0."),
        ("target: 0, realised: 3", "The row “r”: the target “0” is not a number above 0."),
        ("value: 2, source: nobody", "The source “nobody” is not listed in sources."),
    ],
)
def test_nothing_in_a_row_is_passed_over(row, sentence):
    quantity = "{title: Q, unit: u, direction: higher, min: 0, max: 9}"
    model = tiny(
        "children: [{id: p, kind: group, title: P, open: {kind: row, answer: quantity, quantity: " + quantity + "}}]"
    )
    assert faults(answered, model, f"p: {{rows: [{{id: r, title: R, {row}}}]}}") == [(5, sentence)]


def test_a_word_for_a_score_is_no_level():
    assert faults(spbe, "  d1: tinggi\n") == [(4, "“d1” holds “tinggi”, but must be a number from 1 to 5.")]


def test_faults_of_the_frame_and_of_the_answers_are_told_at_once():
    text = (
        "model: spbe-2020\nsubject: {id: x}\nsources: {f: {titel: T}}\nzzz: 1\n"
        "answers:\n  i1: 9\n  5: 1\n  i2: {value: 3, source: f}\n"
    )
    assert [line for line, _ in file_faults(text)] == [2, 3, 3, 4, 6, 7]


def subject_of(keys):
    text = f"model: spbe-2020\nsubject: {{id: x, name: X, {keys}}}\nsources: {{bps: {{title: BPS}}}}\nanswers: {{}}\n"
    return bind(yamlfile.parse(text, "a.yaml"), SPBE).subject


def test_a_subject_may_tell_its_region_and_its_population_with_a_source():
    subject = subject_of("region: Kalimantan Selatan, population: 675915, source: bps")
    assert (subject.region, subject.population, subject.source) == ("Kalimantan Selatan", 675915, ("bps",))


@pytest.mark.parametrize(
    ("keys", "said"),
    [
        ("population: 675.915", "675.915"),  # with a point for thousands, as Indonesian prints them
        ("population: 0", "population"),
        ("source: nowhere", "The source “nowhere” is not listed in sources."),
    ],
)
def test_a_population_is_a_whole_number_of_people_and_its_source_is_listed(keys, said):
    (one,) = faults(subject_of, keys)
    assert one[0] == 2
    assert said in one[1]
