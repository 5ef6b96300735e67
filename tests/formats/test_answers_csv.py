"""Answers as plain CSV: what a row says, and what survives the way out and back."""

import tracemalloc

import pytest
from hypothesis import given as drawn, settings, strategies as st

from gscm.errors import FaultsFound, Issue
from gscm.formats.answers_csv import csv_text, read_answers
from gscm.formats.cell import Roll
from gscm.model.load import find_model, load_model
from gscm.questionnaire.load import find_questionnaire, load_questionnaire
from gscm.responses.given import canonical, written
from gscm.study.log import Entry, Key, Present
from gscm.study.tabular import long_rows, wide_rows
from tests.study.made import AT

SPBE = load_questionnaire(find_questionnaire("spbe-2020"), load_model(find_model("spbe-2020")))
PROVINCE = load_questionnaire(find_questionnaire("gscm-province"), load_model(find_model("gscm-province")))


def answers(tmp_path, content, questionnaire=SPBE, **asked):
    """What a file says: (office, author, fact, written) of each answer, and the sentences."""
    file = tmp_path / "a.csv"
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    found = list(read_answers(file, questionnaire, **asked))
    told = [one.sentence("en").removeprefix(f"{tmp_path}/") for one in found if isinstance(one, Issue)]
    return [(g.office, g.author, g.fact, g.written) for g in found if not isinstance(g, Issue)], told


@pytest.mark.parametrize("code", ["97", "98", "99"])
def test_a_figure_that_looks_like_a_code_is_a_figure(code):
    assert written(code, criterion=False) == {"value": code}


def test_a_criterion_may_be_answered_by_the_code_of_a_status():
    assert written("98", criterion=True) == {"status": "unknown"}
    assert written("97", criterion=True, reason="no coast") == {"status": "not_applicable", "reason": "no coast"}


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        (" Ya ", {"value": True}),
        ("0", {"value": False}),
        ("tidak tahu", {"status": "unknown"}),
        ("tidak berlaku: tidak ada pesisir", {"status": "not_applicable", "reason": "tidak ada pesisir"}),
        ("", None),
    ],
)
def test_a_cell_says_an_answer_or_a_status_in_words(text, answer):
    assert written(text, criterion=True) == answer


LONG = "OPD;responden;butir;jawaban;catatan\r\nbappeda;p1;i1;3;\r\nbappeda;p1;i2;Terdefinisi;cek\r\n"
READ = [("bappeda", "p1", "i1", {"value": "3"}), ("bappeda", "p1", "i2", {"value": "3", "note": "cek"})]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_file_of_excel_is_read_in_the_encoding_that_it_tells(tmp_path, encoding):
    assert answers(tmp_path, LONG.encode(encoding)) == (READ, [])


def test_a_file_may_say_its_separator_in_its_first_line(tmp_path):
    assert answers(tmp_path, "sep=;\r\n" + LONG) == (READ, [])


def test_the_wide_form_says_the_same(tmp_path):
    assert answers(tmp_path, "office,respondent,i1,i2\nbappeda,p1,3,tidak tahu\n") == (
        [("bappeda", "p1", "i1", {"value": "3"}), ("bappeda", "p1", "i2", {"status": "unknown"})],
        [],
    )


def test_an_office_may_be_told_by_its_name_or_by_the_respondent(tmp_path):
    roll = Roll({"bappeda": "Badan Perencanaan"}, {"p1": "bappeda", "p2": "bappeda"})
    found, told = answers(tmp_path, "OPD,responden,i1\nBadan Perencanaan,p2,3\n,p1,4\n", roll=roll)
    assert ([one[:2] for one in found], told) == ([("bappeda", "p2"), ("bappeda", "p1")], [])


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("office,item,value\no,i1,03-Jan\n", "a.csv:2: Column “value”: “03-Jan” is a date or a range"),
        (
            "office,item,value,note\no,i1,3,=1+1\n",
            "a.csv:2: Column “note”: A spreadsheet could run “=1+1” as a formula.",
        ),
        ("office,item,value,note\no,i1,,x\n", "a.csv:2: Column “value”: There is a reason or a note, but no answer."),
        (
            "office,respondent,item,value\no,Budi S,i1,3\n",
            "a.csv:2: Column “respondent”: The respondent is not told by",
        ),
        ("office,i1\no,1,5\n", "a.csv:2: This row holds 3 cells, but there are only 2 columns."),
        ("office,i1\no,3\no,4\n", "a.csv:3: “o” has answered on line 2; this row is not taken in."),
        ("office,i1\n,3\n", "a.csv:2: The office is empty; this row is not taken in."),
        ("office,item,value,at\no,i1,3,noon\n", "a.csv:2: Column “at”: “noon” is no time; it is passed over."),
        ("office,nama,i1\no,x,3\n", "a.csv:1: The column “nama” is no item code and is not taken in."),
    ],
)
def test_a_refused_cell_is_told_with_its_place(tmp_path, content, told):
    assert told in answers(tmp_path, content)[1][0]


def test_a_respondent_that_lost_its_zeros_is_refused(tmp_path):
    found, told = answers(tmp_path, "office,respondent,i1\no,7,3\n", roll=Roll(people={"007": "o"}))
    assert (found, len(told)) == ([], 1)


@pytest.mark.parametrize(
    ("head", "told"),
    [
        ("item,value", "no column for the office"),
        ("office,item", "no column for the answers"),
        ("office,item,value,nilai", "“value” and “nilai” mean the same"),
    ],
)
def test_headings_that_do_not_do_are_told(tmp_path, head, told):
    with pytest.raises(FaultsFound, match=told):
        answers(tmp_path, head + "\no,i1,3,3\n")


def test_rows_of_another_stage_are_counted_and_left_out(tmp_path):
    found, told = answers(
        tmp_path, "office,item,value,stage\no,i1,3,document\no,i2,3,document\no,i3,3,self-assessment\n"
    )
    assert [one[2] for one in found] == ["i3"]
    assert told == [
        "a.csv: 2 rows of the stage “document” are not taken in. Import again with --stage document, or remove them."
    ]


@pytest.mark.parametrize(
    ("content", "at"),
    [
        ("office;item;value;at\no;i1;3;01/02/2026 13.05\n", "2026-02-01T06:05:00.000Z"),
        ("office,item,value,at\no,i1,3,01/02/2026 10:00\no,i2,3,01/13/2026 10:00\n", "2026-01-02T03:00:00.000Z"),
        ("office,item,value,waktu\no,i1,3,01/02/2026 10:00\n", "2026-02-01T03:00:00.000Z"),
    ],
)
def test_the_order_of_day_and_month_is_one_in_a_file(tmp_path, content, at):
    (tmp_path / "a.csv").write_text(content)
    assert next(read_answers(tmp_path / "a.csv", SPBE)).at == at


def test_an_order_that_cannot_be_told_is_refused(tmp_path):
    with pytest.raises(FaultsFound, match="cannot be told whether the day or the month comes first"):
        answers(tmp_path, "office,item,value,at\no,i1,3,01/02/2026 10:00\n")


@pytest.mark.parametrize("note", ["=1+1", "@here", "-x", "'quoted'", "plain", "'=1", "two\nlines"])
def test_a_note_goes_out_and_comes_back_as_it_was_and_is_never_a_formula(tmp_path, note):
    head = ("office", "respondent", "item", "value", "note")
    text = "".join(csv_text(head, [("o", "p", "i1", "3", note)]))
    assert f",{note}\n" not in text or note[0] not in "=@-"
    assert answers(tmp_path, text) == ([("o", "p", "i1", {"value": "3", "note": note})], [])


# ------------------------------------------------------------------------------- out and back is the same answer

CODES = {
    SPBE: {"level": "i1"},
    PROVINCE: {
        kind: next(item.code for item in PROVINCE.items.values() if item.fact.kind == kind)
        for kind in ("criterion", "quantity")
    },
}
letters = st.text(
    st.characters(codec="utf-8", exclude_categories=["C"], include_characters="\n\t=+-@'\","), max_size=20
)
said = {
    "level": st.sampled_from([1, 3, "5", "2.0"]).map(lambda value: {"value": value}),
    "criterion": st.booleans().map(lambda value: {"value": value}),
    "quantity": st.decimals(-10_000, 10_000, places=3, allow_nan=False).map(lambda value: {"value": value}),
}
statuses = st.one_of(
    st.just({"status": "unknown"}),
    letters.filter(str.strip).map(lambda reason: {"status": "not_applicable", "reason": reason}),
)


@st.composite
def kept(draw, questionnaire):
    """The code of an item and an answer to it, in the form in which it is kept."""
    kind, code = draw(st.sampled_from(sorted(CODES[questionnaire].items())))
    more = draw(st.fixed_dictionaries({}, optional={"note": letters, "reason": letters}))
    answer = draw(st.one_of(said[kind], statuses))
    return code, canonical({**more, **answer}, kind == "criterion")


def back(folder, rows, questionnaire):
    text = "\ufeff" + "".join(csv_text(*rows))
    found, told = answers(folder, text, questionnaire)
    kinds = {code: item.fact.kind for code, item in questionnaire.items.items()}
    return {one[2]: canonical(one[3], kinds.get(one[2]) == "criterion") for one in found}, told


@pytest.mark.parametrize("questionnaire", [SPBE, PROVINCE], ids=["levels", "criteria"])
def test_an_answer_that_goes_out_and_comes_back_is_the_same(tmp_path_factory, questionnaire):
    folder = tmp_path_factory.mktemp("back")

    @settings(max_examples=150, deadline=None)
    @drawn(kept(questionnaire))
    def holds(answer):
        code, said = answer
        entry = Entry("1", Key("o", "p", code, "self-assessment"), said, AT, "csv", "0")
        present = Present({entry.key: entry}, ())
        study = type("Study", (), {"questionnaire": questionnaire})
        assert back(folder, long_rows(study, present), questionnaire) == ({code: said}, [])
        absent = said.get("status") == "not_applicable"
        in_wide = {
            key: text for key, text in said.items() if key in ("value", "status") or (key == "reason" and absent)
        }
        assert back(folder, wide_rows(study, present), questionnaire) == ({code: in_wide}, [])

    holds()


def test_memory_does_not_grow_with_the_number_of_answers(tmp_path):
    def peak(rows):
        file = tmp_path / "long.csv"
        with file.open("w") as out:
            out.write("office,respondent,item,value,at\n")
            out.writelines(
                f"o{n % 40},o{n % 40}-{n % 5},i{n % 47 + 1},{n % 5 + 1},2026-01-01T00:00:00Z\n" for n in range(rows)
            )
        tracemalloc.start()
        assert sum(1 for _ in read_answers(file, SPBE)) == rows
        most = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return most

    peak(500)
    assert peak(12_000) < peak(1_500) + 200_000
