"""`gscm study bundle, verify, person, purge` as their user meets them."""

import json
import sqlite3

import pytest

from tests.study.made import study


@pytest.fixture
def target(tmp_path):
    folder = str(tmp_path / "study")
    study(folder).close()
    return folder


def test_a_bundle_is_written_and_verified(gscm, target, tmp_path):
    file = tmp_path / "study.zip"
    assert gscm("study", "bundle", target, "--out", file, "--report", "brief").code == 0
    ended = gscm("study", "verify", file)
    assert ended.code == 0
    assert ended.out.endswith("The bundle agrees.\n")


def test_verify_ends_with_1_and_names_the_file_where_a_byte_was_flipped(gscm, target, tmp_path):
    file = tmp_path / "study.zip"
    gscm("study", "bundle", target, "--out", file, "--report", "brief")
    raw = file.read_bytes()
    file.write_bytes(raw.replace(b"office,respondent,item", b"office,respondent,itex"))
    ended = gscm("study", "verify", file, "--json")
    assert ended.code == 1
    told = json.loads(ended.out)
    assert told["confirmed"] is False
    assert [one["en"] for one in told["findings"] if one["agrees"] is False] == [
        "answers.csv: its content is changed or damaged.",
        "answers.csv: differs from what is worked out again.",
    ]


def test_a_person_is_corrected_and_shown(gscm, target):
    told = json.loads(gscm("study", "person", target, "bappeda-1", "--phone", "0812", "--json").out)
    assert told["person"] == {"name": None, "phone": "0812", "nip": None}
    assert "Phone: 0812" in gscm("study", "person", target, "bappeda-1").out


def test_a_purge_before_its_day_asks_for_yes(gscm, target):
    assert "No day has been set" in gscm("study", "purge", target).err
    assert gscm("study", "purge", target, "--retention", "2999-12-31").code == 0
    assert gscm("study", "purge", target).code == 2
    assert gscm("study", "purge", target, "--yes").code == 0
    assert "R001" in gscm("study", "person", target, "R001").out


def test_a_purge_after_its_day_needs_no_yes(gscm, target):
    gscm("study", "purge", target, "--retention", "2020-12-31")
    assert gscm("study", "purge", target).code == 0


def test_a_purge_leaves_what_assess_prints_as_it_was(gscm, target):
    before = gscm("study", "assess", target, "--json").out
    gscm("study", "purge", target, "--yes")
    assert gscm("study", "assess", target, "--json").out == before
    with sqlite3.connect(f"{target}/study.sqlite") as connection:
        assert connection.execute("SELECT count(*) FROM person").fetchone() == (0,)
