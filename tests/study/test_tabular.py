"""The answers of a study as Parquet, long and wide, as pandas reads them."""

import pandas as pd
import pytest

from tests.cli.conftest import gscm  # noqa: F401  a fixture
from tests.study.tabled import HELD, tabled


@pytest.fixture
def table(gscm, tmp_path):  # noqa: F811
    """`table("parquet-long")` is a study's answers as pandas reads them; `held` are others than the usual."""

    def read(form, held=HELD):
        tabled(tmp_path, held).close()
        path = tmp_path / "a.parquet"
        assert gscm("study", "export", tmp_path / "study", "--format", form, "--out", path).code == 0
        return pd.read_parquet(path)

    return read


def of(frame, respondent="bappeda-1", stage="self-assessment"):
    return frame[(frame["respondent"] == respondent) & (frame["stage"] == stage)]


def test_long_has_a_row_for_every_answer_with_its_status(table):
    found = of(table("parquet-long")).set_index("item")
    assert found["status"].to_dict() == {
        "open-data.2.1": "not_applicable", "open-data.2.2": "given", "open-data.3.1": "given",
        "open-data.3.2": "unknown", "plan": "blank", "poverty": "given",
    }  # fmt: skip
    assert found["number"].dropna().to_dict() == {"open-data.2.2": 1, "open-data.3.1": 0, "poverty": 12.345}
    assert found.loc["open-data.2.1", "reason"] == "no data"
    assert list(found.loc["open-data.3.1", "evidence"]) == ["SK 1", "=SK 2"]


def test_long_keeps_every_digit_as_text_beside_the_double(table):
    frame = table("parquet-long")
    figures = frame[frame["item"] == "poverty"].set_index("stage")["value"]
    assert sorted(figures) == ["12.345", "14/3", "97", "99.12345678901234567"]


def test_times_are_timestamps_in_utc(table):
    times = table("parquet-long")["at"]
    assert str(times.dtype) == "datetime64[ms, UTC]"
    assert times.iloc[0].isoformat() == "2026-01-01T07:30:00+00:00"


def test_wide_has_a_row_for_every_respondent_and_stage(table):
    frame = table("parquet-wide")
    assert frame[["respondent", "stage"]].to_numpy().tolist() == [
        ["", "document"], ["", "interview"], ["", "self-assessment"], ["bappeda-1", "self-assessment"],
    ]  # fmt: skip
    items = ["open-data.2.1", "open-data.2.2", "open-data.3.1", "open-data.3.2", "sea.2", "plan", "poverty", "sea"]
    assert list(frame.columns) == [
        "office", "respondent", "stage", *(name for item in items for name in (item, f"{item}__status")),
    ]  # fmt: skip


def test_wide_holds_numbers_and_beside_them_why_there_is_none(table):
    person = of(table("parquet-wide")).iloc[0]
    assert person[["open-data.2.2", "open-data.3.1"]].tolist() == [1, 0]
    assert person[["open-data.2.1", "open-data.3.2", "plan", "sea.2"]].isna().all()
    assert person[["open-data.2.1__status", "open-data.3.2__status", "plan__status"]].tolist() == [
        "not_applicable", "unknown", "blank",
    ]  # fmt: skip
    assert pd.isna(person["sea.2__status"])


def test_figures_are_doubles_that_show_the_same_digits(table):
    held = {("bappeda-1", "self-assessment", "poverty"): {"value": "12.345"}}
    figures = table("parquet-wide", held)["poverty"]
    assert (str(figures.dtype), figures.tolist()) == ("float64", [12.345])


def test_a_figure_that_no_double_holds_makes_its_column_decimal(table):
    frame = table("parquet-wide")
    assert [str(one) for one in of(frame, "", "interview")["poverty"]] == ["99.12345678901234567"]


def test_the_same_answers_give_the_same_bytes(gscm, tmp_path):  # noqa: F811
    tabled(tmp_path).close()
    for name in ("a", "b"):
        gscm("study", "export", tmp_path / "study", "--format", "parquet-wide", "--out", tmp_path / f"{name}.parquet")
    assert (tmp_path / "a.parquet").read_bytes() == (tmp_path / "b.parquet").read_bytes()
