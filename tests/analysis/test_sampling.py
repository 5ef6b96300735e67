"""Who was asked and who answered."""

from gscm.analysis.material import Material
from gscm.analysis.sampling import sampling
from gscm.analysis.suppression import suppressed
from tests.analysis.polled import TWO_LEVELS, found, marks, polled, row
from tests.tiny import answered


def test_sample_sizes_are_those_of_the_published_table():
    size = found(sampling(marks(TWO_LEVELS, {"x": ["1010"]}, population=300)))["sampling-size"]
    assert size.data["krejcie_morgan"]["0.05"] == 169
    assert size.data["slovin"]["0.05"] == 172
    assert "masih kurang 168" in size.meaning.id


def test_the_population_of_an_answers_file_can_be_told_too():
    size, response = sampling(Material(answered(TWO_LEVELS, "a.2: true"), population=300))
    assert size.data["answered"] is None
    assert response.refused


def test_the_response_rate_counts_those_who_were_invited():
    response = found(sampling(marks(TWO_LEVELS, {"x": ["1010", "1010"]}, silent=[("y", "y1"), ("y", "y2")])))
    assert response["sampling-response"].data["rate"] == 0.5
    assert "2 dari 4 orang" in response["sampling-response"].meaning.id


def test_no_margin_is_warned_of_where_there_is_none():
    one = found(sampling(polled(TWO_LEVELS, {}, silent=[("x", "x1"), ("x", "x2")])))["sampling-response"]
    assert one.data["margin"] is None
    assert one.caution is None


def test_nobody_invited_is_said_in_a_sentence():
    assert found(sampling(polled(TWO_LEVELS, {})))["sampling-response"].refused


def test_an_office_that_never_answered_is_named():
    one = found(sampling(marks(TWO_LEVELS, {"x": ["1010", "101-"]}, silent=[("y", "y1")])))["sampling-offices"]
    assert "Dinas Y" in one.meaning.id
    filled = {office["office"]: (office["answered"], office["filled"]) for office in one.data["offices"]}
    assert filled == {"x": (2, 7 / 8), "y": (0, None)}


def test_roles_of_fewer_than_five_are_left_out_with_another_that_would_tell():
    people = {f"p{n}": row(TWO_LEVELS, "1010") for n in range(16)}
    roles = {f"p{n}": "Kepala" if n < 2 else "Staf" if n < 8 else "Pelaksana" for n in range(16)}
    one = found(sampling(polled(TWO_LEVELS, {"x": people}, roles=roles)))["sampling-roles"]
    shown = {role["role"]: role["invited"] for role in one.data["roles"]}
    assert shown == {"Kepala": None, "Staf": None, "Pelaksana": 8}
    assert not any("2" in cell.id for grid in one.grids for cell in grid.rows[0])


def test_without_a_role_large_enough_no_role_is_shown():
    one = found(sampling(polled(TWO_LEVELS, {"x": {"p": row(TWO_LEVELS, "1010")}}, roles={"p": "Kepala"})))
    assert one["sampling-roles"].refused
    assert one["sampling-roles"].data == {}


def test_what_is_left_out_is_never_alone():
    assert suppressed({"a": 2, "b": 6, "c": 9}).counts == {"a": None, "b": None, "c": 9}
    assert suppressed({"a": 2}).total is None
