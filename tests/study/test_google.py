"""A Google form into a study: mapped by a person, taken in, and taken in again."""

import sys

import pexpect
import pytest

from gscm.study.log import present
from gscm.study.store import open_store
from tests.cli.conftest import gscm  # noqa: F401  a fixture
from tests.study.made import study as made

HEADINGS = (
    "Stempel waktu",
    "OPD",
    "Responden",
    "[i1] Aturan arsitektur",
    "Sejauh mana aturan internal tentang peta rencana SPBE di instansi Anda?",
    "Umur Anda",
)
ROWS = (
    ("22/11/2026 13.05.10", "Bappeda", "bappeda-1", "3 – Terdefinisi", "Tidak tahu", "41"),
    ("22/11/2026 14.05.10", "Dinas Kominfo", "kominfo-1", "Terkelola", "9", "30"),
)


@pytest.fixture
def study(tmp_path):
    made(str(tmp_path / "study"), ()).close()
    return tmp_path / "study"


@pytest.fixture
def form(tmp_path):
    file = tmp_path / "form.csv"
    file.write_text("\n".join(",".join(f'"{cell}"' for cell in row) for row in (HEADINGS, *ROWS)) + "\n")
    return file


def standing(study):
    with open_store(str(study)) as store:
        return {(k.author, k.fact): (dict(e.written), e.at, e.channel) for k, e in present(store.log()).entries.items()}


TAKEN = {
    ("bappeda-1", "i1"): ({"value": "3"}, "2026-11-22T06:05:10.000Z", "google-forms"),
    ("bappeda-1", "i2"): ({"status": "unknown"}, "2026-11-22T06:05:10.000Z", "google-forms"),
    ("kominfo-1", "i1"): ({"value": "2"}, "2026-11-22T07:05:10.000Z", "google-forms"),
}


def test_headings_that_are_not_certain_wait_for_a_person(gscm, study, form):  # noqa: F811
    ended = gscm("study", "import", study, form)
    assert (ended.code, standing(study)) == (1, {})
    assert f"Map it first: gscm study map {study} {form} --out mapping.yaml" in ended.err


def test_without_a_terminal_what_is_suggested_is_refused_until_it_is_moved(gscm, study, form, tmp_path):  # noqa: F811
    mapping = tmp_path / "m.yaml"
    assert gscm("study", "map", study, form, "--out", mapping).out == (
        f"1 items mapped, 2 headings wait for your decision. Written to {mapping}.\n"
    )
    ended = gscm("study", "import", study, form, "--mapping", mapping)
    assert (ended.code, standing(study)) == (1, {})
    assert "for the item i2 is but a suggestion" in ended.err
    assert "“Umur Anda” is not mapped yet." in ended.err
    decided = mapping.read_text().replace("suggested:\n", "").replace("undecided:", "ignored:")
    mapping.write_text(decided)
    assert gscm("study", "import", study, form, "--mapping", mapping).out == "3 answers taken in.\n"
    assert standing(study) == TAKEN
    assert gscm("study", "import", study, form, "--mapping", mapping).out == "0 answers taken in.\n"


def mapped_in_a_terminal(study, form, mapping, *lines):
    """What was asked, one line typed at each prompt, and the file that came of it."""
    command = ["-m", "gscm", "study", "map", str(study), str(form), "--out", str(mapping), "--lang", "en"]
    child = pexpect.spawn(sys.executable, command, encoding="utf-8", dimensions=(24, 120), timeout=30)
    child.delaybeforesend = None
    shown = ""
    for line in lines:
        child.expect(" > ")
        shown += child.before
        child.sendline(line)
    child.expect(pexpect.EOF)
    return shown + child.before, mapping.read_text()


def test_in_a_terminal_each_suggestion_is_confirmed(gscm, study, form, tmp_path):  # noqa: F811
    shown, _ = mapped_in_a_terminal(study, form, tmp_path / "m.yaml", "y", "s")
    assert "→ i2 (" in shown
    assert "2 items mapped." in shown
    assert gscm("study", "import", study, form, "--mapping", tmp_path / "m.yaml").out == "3 answers taken in.\n"
    assert standing(study) == TAKEN


@pytest.mark.parametrize(
    ("typed", "line"),
    [
        (("n", "I7", "s"), '  i7: "Sejauh mana'),
        (("i9", "s"), '  i9: "Sejauh mana'),
        (("i1", "i99", "i8", "s"), '  i8: "Sejauh mana'),
        (("s", "s"), '  - "Sejauh mana'),
    ],
)
def test_another_code_may_be_typed_or_the_heading_skipped(study, form, tmp_path, typed, line):
    _, written = mapped_in_a_terminal(study, form, tmp_path / "m.yaml", *typed)
    assert line in written
    assert "suggested" not in written


def test_who_stops_leaves_the_rest_undecided(study, form, tmp_path):
    _, written = mapped_in_a_terminal(study, form, tmp_path / "m.yaml", "\x03")
    assert "suggested:\n  i2: " in written
    assert 'undecided:\n  - "Umur Anda"' in written


def test_a_mapping_is_never_overwritten(gscm, study, form, tmp_path):  # noqa: F811
    (tmp_path / "m.yaml").write_text("mine")
    assert gscm("study", "map", study, form, "--out", tmp_path / "m.yaml").code == 2
    assert (tmp_path / "m.yaml").read_text() == "mine"


def test_a_mapping_goes_with_a_form_only(gscm, study, tmp_path):  # noqa: F811
    (tmp_path / "a.csv").write_text("office,item,value\nbappeda,i1,3\n")
    ended = gscm("study", "import", study, tmp_path / "a.csv", "--mapping", "m.yaml")
    assert "--mapping is for a CSV from Google Forms only." in ended.err


def test_an_export_that_comes_back_changes_nothing(gscm, study, form, tmp_path):  # noqa: F811
    long = "office,respondent,item,value,note\nbappeda,bappeda-1,i1,3,=1\nbappeda,,i2,tidak tahu,'@x\n"
    (tmp_path / "a.csv").write_text(long.replace("=1", "'=1"))
    gscm("study", "import", study, tmp_path / "a.csv")
    before = standing(study)
    for form_ in ("csv-long", "csv-wide"):
        out = tmp_path / f"{form_}.csv"
        gscm("study", "export", study, "--format", form_, "--out", out)
        assert gscm("study", "import", study, out).said == "0 answers taken in.\n"
    assert standing(study) == before != {}
