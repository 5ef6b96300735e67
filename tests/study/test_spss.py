"""A study as a file of SPSS: what goes out comes back, and what other people's files say."""

import shutil

import pandas as pd
import pyreadstat
import pytest

from gscm.study.log import present
from gscm.study.store import Respondent, open_store
from tests.cli.conftest import gscm  # noqa: F401  a fixture
from tests.study.tabled import HELD, tabled


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    folder = tmp_path_factory.mktemp("made")
    tabled(folder, {}).close()
    return folder / "study"


@pytest.fixture
def empty(made, tmp_path):
    return shutil.copytree(made, tmp_path / "empty")


@pytest.fixture(scope="module")
def full(tmp_path_factory):
    folder = tmp_path_factory.mktemp("full")
    tabled(folder).close()
    return folder / "study"


@pytest.fixture
def file(gscm, full, tmp_path):  # noqa: F811
    path = tmp_path / "out.sav"
    assert gscm("study", "export", full, "--format", "sav", "--out", path).code == 0
    return path


@pytest.fixture
def foreign(tmp_path):
    """`foreign({"i": [1]}, …)` is a file that somebody else wrote."""

    def write(columns, **how):
        path = tmp_path / "foreign.sav"
        pyreadstat.write_sav(pd.DataFrame(columns), path, **how)
        return path

    return write


def standing(folder):
    with open_store(str(folder)) as store:
        return {
            (key.author, key.stage, key.fact): dict(entry.written)
            for key, entry in present(store.log()).entries.items()
        }


def test_what_goes_out_comes_back_as_it_was_stage_by_stage(gscm, file, empty):  # noqa: F811
    first = gscm("study", "import", empty, file)
    assert first.out == "9 answers taken in.\n"
    for stage in ("document", "interview"):
        assert f"1 rows of the stage “{stage}” are not taken in. Import again with --stage {stage}." in first.err
    gscm("study", "import", empty, file, "--stage", "document")
    gscm("study", "import", empty, file, "--stage", "interview")
    assert standing(empty) == HELD


def test_importing_twice_doubles_nothing(gscm, file, full):  # noqa: F811
    assert gscm("study", "import", full, file).out == "0 answers taken in.\n"


def test_pandas_computes_with_the_figures_and_not_with_the_codes(file):
    frame, _ = pyreadstat.read_sav(file)
    office, person = (
        frame[(frame["stage"] == "self-assessment") & (frame["respondent"] == who)] for who in ("", "bappeda-1")
    )
    assert person[["open_data.2.2", "open_data.3.1", "poverty"]].to_numpy().tolist() == [[1, 0, 12.345]]
    assert office[["plan", "poverty"]].to_numpy().tolist() == [[3, 97]]
    assert person[["open_data.2.1", "open_data.3.2", "plan"]].isna().all(axis=None)


def test_statuses_are_codes_that_no_answer_can_be_and_system_missing_is_no_answer(file):
    frame, told = pyreadstat.read_sav(file, user_missing=True)
    row = frame[(frame["stage"] == "self-assessment") & (frame["respondent"] == "bappeda-1")].iloc[0]
    assert row[["open_data.2.1", "open_data.3.2", "plan"]].tolist() == [97, 98, 99]
    assert pd.isna(row["sea.2"])
    assert told.variable_value_labels["open_data.2.1"] == {
        0: "no", 1: "yes", 97: "not applicable", 98: "don't know", 99: "left blank",
    }  # fmt: skip
    assert told.missing_ranges["poverty"] == [{"lo": code, "hi": code} for code in (-97, -98, -99)]
    assert told.missing_ranges["open_data.3.1"] == [{"lo": 96, "hi": 99}]  # one of its answers is withheld


def test_variables_have_labels_and_measures(file):
    _, told = pyreadstat.read_sav(file)
    assert told.column_names_to_labels["open_data.2.2"] == "Is this statement true: “Listed”?"
    assert told.column_names_to_labels["poverty"] == "What is the poor people (per cent) in the latest data? (per cent)"
    assert told.variable_value_labels["plan"][3] == "Stage 3"
    measures = [told.variable_measure[name] for name in ("open_data.2.2", "plan", "poverty")]
    assert measures == ["nominal", "ordinal", "scale"]


def test_labels_are_in_the_language_asked_for(gscm, full, tmp_path):  # noqa: F811
    path = tmp_path / "id.sav"
    gscm("study", "export", full, "--format", "sav", "--out", path, "--lang", "id")
    assert pyreadstat.read_sav(path)[1].variable_value_labels["plan"][99] == "tidak diisi"


def test_a_text_is_never_a_formula_in_what_spss_may_save_as_csv(file):
    frame, _ = pyreadstat.read_sav(file)
    assert "'=1+1" in frame["open_data.3.2.reason"].tolist()


def test_a_text_longer_than_spss_holds_is_told(gscm, tmp_path):  # noqa: F811
    tabled(tmp_path, {("", "self-assessment", "plan"): {"value": "3", "note": "é" * 20_000}}).close()
    ended = gscm("study", "export", tmp_path / "study", "--format", "sav", "--out", tmp_path / "a.sav")
    assert (ended.code, (tmp_path / "a.sav").exists()) == (2, False)
    assert "A text with the item “plan” is longer than the 32767 bytes that SPSS can hold." in ended.err


def test_a_file_of_another_study_is_refused(gscm, file, tmp_path):  # noqa: F811
    tabled(tmp_path / "other", {}, id=2).close()
    ended = gscm("study", "import", tmp_path / "other/study", file)
    assert (ended.code, ended.out) == (1, "")
    assert "This file was given out for “00000000-0000-0000-0000-000000000001”" in ended.err


def test_other_peoples_names_labels_and_codes_are_understood(gscm, empty, foreign):  # noqa: F811
    path = foreign(
        {
            "OPD": ["Bappeda Kota"],
            "OPEN_DATA_2_1": [2.0],
            "open_data_2_2": [1.0],
            "open_data_3_1": [8.0],
            "open_data.3.2": ["ya"],
            "plan": ["Tingkat 2"],
            "poverty": [99.0],
        },
        variable_value_labels={"OPEN_DATA_2_1": {1.0: "Ya", 2.0: "Tidak"}, "open_data_3_1": {8.0: "Tidak tahu"}},
        missing_ranges={"open_data_3_1": [8.0], "poverty": [97.0, 98.0, 99.0]},
    )
    ended = gscm("study", "import", empty, path)
    assert (ended.code, ended.err) == (0, "")
    assert {fact: written for (_, _, fact), written in standing(empty).items()} == {
        "open-data.2.1": {"value": False},
        "open-data.2.2": {"value": True},
        "open-data.3.1": {"status": "unknown"},
        "open-data.3.2": {"value": True},
        "plan": {"value": "2"},
        "poverty": {"status": "blank"},
    }


def test_a_figure_that_is_not_declared_missing_is_a_figure(gscm, empty, foreign):  # noqa: F811
    gscm("study", "import", empty, foreign({"office": ["bappeda"], "poverty": [99.0]}))
    assert standing(empty) == {("", "self-assessment", "poverty"): {"value": "99"}}


@pytest.mark.parametrize(
    ("columns", "how", "said"),
    [
        ({"plan": pd.to_datetime(["2026-01-01"])}, {}, "foreign.sav:plan: This variable holds dates or times."),
        (
            {"plan": [7.0]}, {"missing_ranges": {"plan": [7.0]}},
            "foreign.sav:plan:1: The code 7 is declared as missing, without a label that tells its meaning.",
        ),
        ({"plan": [5.0]}, {}, "foreign.sav:plan:1: “plan” holds “5”, but must be a whole number from 1 to 3."),
        ({"plan": [2.5]}, {}, "foreign.sav:plan:1: “plan” holds “2.5”, but must be a whole number from 1 to 3."),
        ({"plan": [float("inf")]}, {}, "foreign.sav:plan:1: “plan” holds “Infinity”"),
        ({"poverty": [250.0]}, {}, "foreign.sav:poverty:1: “poverty” holds “250”"),
        ({"open_data.2.1": [97.0]}, {}, "foreign.sav:open_data.2.1:1: “open-data.2.1” is said not to apply, without"),
        ({"plam": [30.0]}, {}, "foreign.sav:plam: This variable is no item; it is not read. Did you mean “plan”?"),
        ({"open_data.3.1": [1.0], "open_data_3_1": [0.0]}, {}, "open_data_3_1: “open-data.3.1” is in it twice."),
        ({"plan": [1.0], "plan.more": ["{"]}, {}, "foreign.sav:plan:1: The variable .more beside it is no valid JSON."),
        ({"plan": [1.0], "plan.note": ["=HYPERLINK(1)"]}, {}, "could run “=HYPERLINK(1)” as a formula."),
        ({"stage": ["survey"]}, {}, "rows of the stage “survey” are not taken in. Stages are written self-assessment"),
        ({"respondent": ["Ibu Siti"]}, {}, "foreign.sav:1: The respondent is not told by a pseudonym."),
        ({"respondent": ["siti"]}, {}, "foreign.sav:1: “siti” is no respondent code or invitation token of “bappeda”."),
        ({"office": ["diskominfo"], "respondent": ["siti"]}, {}, "foreign.sav:1: The respondent is not told by a code"),
        ({"plan": [1.0], "plan.note": ["=A1"]}, {}, "plan.note:1: A spreadsheet could run “=A1” as a formula. The"),
    ],
)  # fmt: skip
def test_what_cannot_be_taken_in_is_told_by_variable_and_row(gscm, empty, foreign, columns, how, said):  # noqa: F811
    ended = gscm("study", "import", empty, foreign({"office": ["bappeda"], **columns}, **how))
    assert ended.code == 1
    assert said in ended.err


def test_the_office_is_named_in_the_file_or_by_the_one_who_imports(gscm, empty, foreign):  # noqa: F811
    path = foreign({"plan": [1.0]})
    assert "There is no variable for the office." in gscm("study", "import", empty, path).err
    assert gscm("study", "import", empty, path, "--office", "bappeda").out == "1 answers taken in.\n"


def test_a_respondent_answers_in_one_row(gscm, empty, foreign):  # noqa: F811
    ended = gscm("study", "import", empty, foreign({"office": ["bappeda", "bappeda"], "plan": [1.0, 2.0]}))
    assert ended.out == "1 answers taken in.\n"
    assert "has answered on line 1" in ended.err


def test_a_damaged_file_leaves_the_study_as_it_was(gscm, file, empty):  # noqa: F811
    file.write_bytes(file.read_bytes()[:-40])
    ended = gscm("study", "import", empty, file)
    assert (ended.code, ended.out, ended.err.count("\n")) == (2, "", 1)
    assert standing(empty) == {}


TEXTS = (
    "=x", "'=x", "''=x", "'quoted'", "+62 812", "- Perwali 1\n- SK 2", "@here", "-5", "a\0b", "a\n\nb", "“é” – ½", "'",
)  # fmt: skip


def test_every_note_comes_back_as_it_was(gscm, empty, tmp_path):  # noqa: F811
    held = {(f"p{n}", "self-assessment", "plan"): {"value": "2", "note": text} for n, text in enumerate(TEXTS)}
    people = [Respondent(f"p{n}", "bappeda", None, f"{n:064x}") for n in range(len(TEXTS))]
    with open_store(str(empty)) as store:
        store.add_respondents(people)
    tabled(tmp_path / "noted", held).close()
    gscm("study", "export", tmp_path / "noted/study", "--format", "sav", "--out", tmp_path / "a.sav")
    gscm("study", "import", empty, tmp_path / "a.sav")
    assert standing(empty) == held
