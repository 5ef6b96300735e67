"""What the text of a cell says in answer to an item."""

import hashlib

import pytest

from gscm.formats.cell import Choices, Fault, Roll, free_text, is_percentage, safe
from gscm.model.load import find_model, load_model
from gscm.questionnaire.load import find_questionnaire, load_questionnaire


@pytest.fixture(scope="module")
def spbe():
    return load_questionnaire(find_questionnaire("spbe-2020"), load_model(find_model("spbe-2020")))


@pytest.fixture(scope="module")
def province():
    return load_questionnaire(find_questionnaire("gscm-province"), load_model(find_model("gscm-province")))


def code(questionnaire, kind):
    return next(item.code for item in questionnaire.items.values() if item.fact.kind == kind)


@pytest.mark.parametrize(
    "text",
    [
        "3",
        "3.0",
        "3,0",
        "Terdefinisi",
        " TERDEFINISI. ",
        "3 – Terdefinisi",
        "Level 3: Terdefinisi",
        "(3",
        "3 Terdefinisi",
    ],
)
def test_a_level_is_told_by_its_number_or_its_name(spbe, text):
    expected = {"value": text} if text.startswith("(") else {"value": "3"}
    assert Choices(spbe).answer("i1", text) == expected


@pytest.mark.parametrize("language", ["id", "en"])
def test_a_level_is_told_by_what_it_means(spbe, language):
    number, name, meaning = spbe.items["i1"].levels[1]
    assert Choices(spbe).answer("i1", meaning[language]) == {"value": str(number)}
    assert Choices(spbe).answer("i1", f"{number} - {name[language]}: {meaning[language]}") == {"value": str(number)}


@pytest.mark.parametrize("text", ["4 – Terdefinisi", "3 – Terpadu", "3. sudah ada aturan", "6", "Lainnya", "9" * 5000])
def test_a_number_with_the_name_of_another_level_is_no_level(spbe, text):
    assert Choices(spbe).answer("i1", text) == {"value": text}


@pytest.mark.parametrize(
    "text", ["03-Jan", "3-Mei-26", "Mar-03", "1-2", "2026-01-03", "03/01/2026", "2026-01-03 00:00:00"]
)
def test_a_date_that_a_spreadsheet_made_of_a_figure_is_refused(spbe, province, text):
    assert "date" in Choices(spbe).answer("i1", text).what.en
    assert "date" in Choices(province).answer(code(province, "quantity"), text).what.en


@pytest.mark.parametrize("text", ["Ya", "1. Ya", "yes", "1", "TRUE"])
def test_a_criterion_is_answered_by_yes_in_either_language(province, text):
    assert Choices(province).answer(code(province, "criterion"), text) == {"value": True}


@pytest.mark.parametrize(("mark", "text", "figure"), [
    (None, "12,50", "12.50"), (None, "1.250,5", "1250.5"), (None, "1,250.5", "1250.5"), (None, "1.250.000", "1250000"),
    (",", "1,250", "1.250"), (".", "1.250", "1.250"), (None, "0,125", "0.125"), (None, "-3", "-3"),
    (None, "1.2500", "1.2500"),
])  # fmt: skip
def test_a_figure_may_be_written_as_either_language_does(province, mark, text, figure):
    assert Choices(province, mark).answer(code(province, "quantity"), text) == {"value": figure}


def test_a_percentage_answers_only_what_counts_in_per_cent(province):
    items = {(item, is_percentage(province, item)) for item in province.items.values() if item.fact.kind == "quantity"}
    told = {one: Choices(province).answer(item.code, "12,5 %") for item, one in items}
    assert told[True] == {"value": "12.5"}
    assert told[False].what.en == "“12,5 %” is a percentage; this item is not."


@pytest.mark.parametrize(("mark", "text"), [(None, "1.250"), (None, "1,250"), (",", "1.250"), (".", "1,250")])
def test_a_figure_that_can_mean_two_is_refused(province, mark, text):
    assert (
        Choices(province, mark).answer(code(province, "quantity"), text).what.en.endswith("two things: 1,250 or 1.250.")
    )


def test_a_note_without_an_answer_is_not_dropped(spbe):
    assert Choices(spbe).answer("i1", "", None, "ask Kominfo").what.en == "There is a reason or a note, but no answer."
    assert Choices(spbe).answer("i1", "") is None


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "@SUM(A1)",
        "+cmd|' /C calc'!A0",
        "-2+3+cmd|' /C calc'!A0",
        "- cmd|x",
        '=HYPERLINK("x")',
        "-x",
        "\t=1",
        "\r=1",
    ],
)
def test_a_text_that_a_spreadsheet_would_run_is_refused(text):
    assert isinstance(free_text(text), Fault)


@pytest.mark.parametrize("text", ["-", "-5", "+62 812-3456", "- Perwali 1/2024", "-12,5", "a=b", "'quoted'", ""])
def test_what_is_no_formula_is_a_text(text):
    assert free_text(text) == text


@pytest.mark.parametrize("text", ["=1", "-x", "'=1", "''@x", "'", "'x", "-5", "'-5", "- x", "a"])
def test_a_text_comes_back_as_it_was_and_starts_no_formula(text):
    assert free_text(safe(text)) == text
    assert safe(text)[0] not in "=@"


def test_offices_are_named_by_id_or_name():
    roll = Roll({"bappeda": "Badan Perencanaan", "kominfo": "Dinas Kominfo"})
    assert [roll.office(text) for text in ("bappeda", "badan  perencanaan", "Kominfo", "dinkes")] == [
        "bappeda", "bappeda", "kominfo", "dinkes",
    ]  # fmt: skip


def test_respondents_are_named_by_pseudonym_or_token():
    roll = Roll(people={"007": "x", "x-1": "x"}, tokens={hashlib.sha256(b"secret").hexdigest(): "x-1"})
    assert [roll.respondent(text) for text in ("007", "secret", "p9", "X-1", "9" * 5000)] == [
        "007",
        "x-1",
        "p9",
        "x-1",
        "9" * 5000,
    ]


@pytest.mark.parametrize(
    ("text", "told"),
    [("7", "there is “007”"), ("Budi Santoso", "not told by a pseudonym"), ("budi@x.id", "not told by a pseudonym")],
)
def test_a_name_or_a_number_without_its_zeros_is_no_respondent(text, told):
    assert told in Roll(people={"007": "x"}).respondent(text).what.en
