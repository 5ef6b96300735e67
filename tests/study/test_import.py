"""What an import refuses: strangers, answers of others, answers given twice, and files of the wrong kind."""

import os

import pytest

from gscm.cli.study_exchange import CHUNK
from gscm.study.field import event
from gscm.study.log import present
from gscm.study.store import Office, open_store
from gscm.study.study import read_study
from tests.cli.conftest import gscm  # noqa: F401  a fixture
from tests.study.made import ANSWERS, AT, study


@pytest.fixture
def made(tmp_path):
    """A study with registered people in two offices, none in the third."""
    with study(str(tmp_path / "study")) as store:
        store.add_offices([Office("dinkes", "Dinas Kesehatan")])
    return tmp_path / "study"


@pytest.fixture
def take_in(gscm, made, tmp_path):  # noqa: F811
    """`take_in(text)` imports a CSV with this text."""

    def call(text, *more):
        (tmp_path / "a.csv").write_text(text)
        return gscm("study", "import", made, tmp_path / "a.csv", *more)

    return call


def held(made):
    """What was answered, but for what the study held from the start."""
    with open_store(str(made)) as store:
        before = {one.key for one in ANSWERS}
        return {
            (key.office, key.author, key.fact): dict(entry.written)
            for key, entry in present(store.log()).entries.items()
            if key not in before
        }


@pytest.mark.parametrize("head", ["office,respondent,item,value\n{},i3,3\n", "office,respondent,i3\n{},3\n"])
@pytest.mark.parametrize(
    ("who", "told"),
    [
        ("bappeda,bappeda-9", "“bappeda-9” is no respondent code or invitation token of “bappeda”. Did you mean"),
        ("bappeda,Budi", "“Budi” is no respondent code or invitation token of “bappeda”."),
        ("dinkes,ani-wijaya", "The respondent is not told by a code; names of people"),
        ("dinkes,081234567890", "The respondent is not told by a code; names of people"),
    ],
)
def test_who_is_not_registered_does_not_get_in(take_in, made, head, who, told):
    assert told in take_in(head.format(who)).err
    assert held(made) == {}


def test_an_office_without_registered_people_tells_them_apart_by_codes(take_in, made):
    assert take_in("office,respondent,i3\ndinkes,p1,3\n").code == 0
    assert held(made) == {("dinkes", "p1", "i3"): {"value": "3"}}


def test_assessors_of_a_later_stage_are_no_respondents(take_in, made):
    ended = take_in("office,respondent,item,value\nbappeda,asesor-luar,i3,3\n", "--stage", "document")
    assert (ended.code, len(held(made))) == (0, 1)


@pytest.mark.parametrize("who", ["bappeda,bappeda-1", "dinkes,p1"])
def test_after_a_purge_no_person_answers_anything_new(take_in, made, who):
    with open_store(str(made)) as store:
        store.record([event(read_study(store), AT, "admin", "purged", "*")])
    assert "Personal data of this study were purged" in take_in(f"office,respondent,i3\n{who},3\n").err
    assert take_in("office,i3\ndinkes,3\n").code == 0
    assert held(made) == {("dinkes", "", "i3"): {"value": "3"}}


def test_a_refused_note_leaves_its_answer_and_is_told(take_in, made):
    ended = take_in("office,item,value,note\nbappeda,i3,3,=1+1\n")
    assert held(made) == {("bappeda", "", "i3"): {"value": "3"}}
    assert "could run “=1+1” as a formula. The answer is read without that note." in ended.err


@pytest.mark.parametrize("between", [0, CHUNK])
def test_the_same_item_twice_in_a_file_is_told_every_time_it_is_imported(take_in, made, between):
    rest = "".join(f"kominfo,kominfo-1,i{n % 40 + 4},3\n" for n in range(between))
    text = f"office,respondent,item,value\nbappeda,bappeda-1,i3,3\n{rest}bappeda,bappeda-1,i3,4\n"
    for _ in range(2):
        assert "“bappeda-1” already answers item “i3” otherwise in this file." in take_in(text).err
        assert held(made)["bappeda", "bappeda-1", "i3"] == {"value": "3"}


def test_an_item_assigned_to_another_office_is_refused_but_for_later_stages(gscm, take_in, made):  # noqa: F811
    assert gscm("study", "assign", made, "i3", "--to", "kominfo").code == 0
    row = "office,item,value\nbappeda,i3,3\n"
    assert "Item “i3” is assigned to kominfo, not to “bappeda”." in take_in(row).err
    assert held(made) == {}
    assert take_in(row, "--stage", "document").code == 0
    assert len(held(made)) == 1


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("a.parquet", b"PAR1", "This is a Parquet file, which cannot be imported."),
        ("a.csv", b"PAR1\x15\x04", "This is a Parquet file, which cannot be imported."),
        ("a.zip", b"PK\x03\x04", "This is an archive or a packed document, which cannot be imported."),
        ("a.pdf", b"%PDF-1.7", "This is a PDF, which cannot be imported."),
        ("a.yaml", b"model: spbe-2020", "This is a data file in YAML or JSON, which cannot be imported."),
    ],
)
@pytest.mark.parametrize("channel", ["auto", "csv"])
def test_a_file_of_another_kind_is_told_by_its_kind(gscm, made, tmp_path, name, content, told, channel):  # noqa: F811
    (tmp_path / name).write_bytes(content)
    ended = gscm("study", "import", made, tmp_path / name, "--channel", channel)
    assert (ended.code, ended.err.count("\n")) == (2, 1)
    assert told in ended.err
    assert "What can be imported: CSV" in ended.err


def test_what_is_no_regular_file_is_refused_before_it_is_read(gscm, made, tmp_path):  # noqa: F811
    os.mkfifo(tmp_path / "pipe.csv")
    (tmp_path / "link.csv").symlink_to("/dev/zero")
    for path, told in {
        "/dev/zero": "a device or a pipe",
        tmp_path / "pipe.csv": "a device or a pipe",
        tmp_path / "link.csv": "a symbolic link",
        tmp_path: "a folder",
    }.items():
        assert f"This is {told}, not a file." in gscm("study", "import", made, path).err


def test_remedies_say_what_can_be_done_in_a_cell(take_in):
    assert "or say “don't know” (unknown) if it is not known." in take_in("office,i3\nbappeda,9\n").err
