"""Which documents take an action up: those of its years, and the RPJMD around them; the rest is what it yields."""

from dataclasses import replace

import pytest

from gscm.model.load import find_model, load_model
from gscm.roadmap.documents import documents_text, uptake
from tests.roadmap.test_schedule import raising

MODEL = load_model(find_model("gscm-province"))


def action(months=12, offices=("bappeda",), documents=()):
    return replace(raising("a", 2, months=months), offices=offices, documents=documents)


def test_an_action_enters_the_rkpd_and_renja_of_every_year_in_which_it_runs():
    assert uptake(MODEL, action(months=18), 2027).annual == "RKPD/Renja 2027–2028"
    assert uptake(MODEL, action(), 2027).annual == "RKPD/Renja 2027"


def test_without_an_office_no_renja_is_named():
    assert uptake(MODEL, action(offices=()), 2027).annual == "RKPD 2027"


@pytest.mark.parametrize(
    ("start", "months", "period", "said"),
    [
        (2027, 12, None, "yang memuat 2027"),
        (2027, 24, None, "yang memuat 2027–2028"),
        (2027, 12, (2025, 2029), "2025–2029"),
        (2030, 12, (2025, 2029), "sesudah 2029"),
        (2029, 24, (2025, 2029), "2025–2029 dan sesudah 2029"),
        (2024, 12, (2025, 2029), "sebelum 2025"),
    ],
)
def test_the_rpjmd_is_that_of_the_years_given_and_no_years_are_made_up(start, months, period, said):
    assert uptake(MODEL, action(months=months), start, period).five_year.id == said


def test_what_the_model_names_beyond_planning_documents_is_what_the_action_yields():
    named = action(documents=("renja", "pergub", "apbd", "rpjmd"))
    assert uptake(MODEL, named, 2027).product.en == "Governor’s regulation"
    assert documents_text(MODEL, named, 2027).id == "RKPD/Renja 2027; produk: Peraturan Gubernur"
    assert documents_text(MODEL, action(documents=("renja",)), 2027).id == "RKPD/Renja 2027"
