"""Setting one answer leaves everything else in the file as it was."""

import pytest
from hypothesis import given, strategies as st

from gscm.formats.answers_yaml import blank_text, long_form, set_answer
from gscm.yamlfile import parse

HEAD = "model: m\nsubject: {id: x, name: X}\nanswers:\n"


def answers(text):
    return parse(text, "a.yaml").data["answers"]


@pytest.mark.parametrize(
    "text",
    [
        "model: m\nanswers: {a: ya}\n",
        "model: m\nanswers: {a: ya}  # di luar\n",
        "model: m\nanswers:\n  {a: ya,\n   # di dalam\n   c: 3}\n",
        "model: m\nanswers:\n    a: ya",
        "model: m\nanswers: # di atas\n  a: ya\n\n# penutup\n",
        "model: m\nanswers:\n  a:\n    value: ya\n    # asal\n    note: |\n      # bukan komentar\nscope: [a]\n",
        "answers:\n  a: ya\n\n# tentang model\nmodel: m\n",
        "---\nmodel: m\nanswers:\n  a: ya\n...\n",
        "  model: m\n  answers: {a: ya}\n",
        "# atas\n{model: m, answers: {a: ya}}\n",
        "model: m\nanswers: {}\n",
        "model: m\nanswers:\n",
        "model: m\nanswers:  # belum ada\n  # a:\n",
    ],
)
@pytest.mark.parametrize("ending", ["\n", "\r\n"], ids=["LF", "CRLF"])
@pytest.mark.parametrize("key", ["a", "b"])
def test_only_the_answer_set_is_another(text, ending, key):
    text = text.replace("\n", ending)
    before, written = parse(text, "a.yaml").data, set_answer(text, key, {"value": False, "note": "dua\nbaris"})
    after = parse(written, "a.yaml").data
    assert after["answers"] == {**(before["answers"] or {}), key: {"value": "tidak", "note": "dua\nbaris"}}
    assert {name: after[name] for name in after if name != "answers"} == {
        name: before[name] for name in before if name != "answers"
    }
    assert written.count("\n") == written.count(ending)
    in_braces = text.startswith("# atas")
    assert all(word in written for word in ("# di", "# penutup", "# asal", "# belum") if word in text and not in_braces)


def test_comments_inside_an_answer_of_several_lines_move_above_it():
    text = HEAD + "  a:\n    value: ya  # notula 3 Mei\n    # wawancara\n    note: lihat # JDIH\n  b: ya\n"
    assert set_answer(text, "a", {"value": False}) == (
        HEAD + "  # notula 3 Mei\n  # wawancara\n  # JDIH\n  a: tidak\n  b: ya\n"
    )


def test_an_answer_is_taken_out_with_its_line_and_not_with_its_comments():
    text = HEAD + "  a:\n    # wawancara\n    value: ya\n"
    assert set_answer(text, "a", None) == HEAD.replace("answers:", "answers: {}") + "  # wawancara\n"


@given(note=st.text(st.characters(exclude_categories=["Cs"])))
def test_a_note_comes_back_as_it_was_written(note):
    written = answers(set_answer(HEAD, "a", {"status": "unknown", "note": note}))["a"]
    assert written.get("note", "") == note


@given(value=st.decimals(allow_nan=False, allow_infinity=False, min_value=0, max_value=10**15, places=15))
def test_a_figure_keeps_all_its_digits(value):
    assert answers(set_answer(HEAD, "a", {"value": value}))["a"] == value


def test_a_new_file_names_model_version_and_subject():
    text = blank_text("gscm-province", "0.1.0", {"id": "uji", "name": "Uji: ya", "year": None})
    assert parse(text, "a.yaml").data == {
        "model": "gscm-province", "version": "0.1.0", "subject": {"id": "uji", "name": "Uji: ya"}, "answers": {},
    }  # fmt: skip


def test_the_long_form_of_a_short_answer():
    assert [long_form(written) for written in (None, "Tidak tahu", 3, {"value": 3})] == [
        {"status": "blank"}, {"status": "unknown"}, {"value": 3}, {"value": 3},
    ]  # fmt: skip
