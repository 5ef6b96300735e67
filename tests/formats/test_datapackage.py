"""A data package: what frictionless says of it, and that the same tables give the same bytes."""

import hashlib
import json
import zipfile
from io import BytesIO

import pytest
from frictionless import Package

from gscm.formats.datapackage import Field, Resource, both, write_package
from gscm.i18n import Text, same

LEVELS = {1: Text("Rintisan", "Initial"), 2: Text("Terkelola", "Managed")}


def resources(rows=(("i1", "1", "12.345"), ("i1", "unknown", ""))):
    return (
        Resource(
            "answers",
            Text("Jawaban", "Answers"),
            Text("Semua jawaban.", "All answers."),
            (
                Field("item", "string", same("Item"), {"required": True}, refers=("items", "id")),
                Field("level", "integer", same("Level"), {"minimum": 1, "maximum": 2}, LEVELS),
                Field("share", "number", same("Share")),
            ),
            rows,
            missing=("", "unknown"),
        ),
        Resource("items", same("Items"), same("Items."), (Field("id", "string", same("Id")),), [("i1",)], key=("id",)),
    )


def package(made=None, language="en"):
    buffer = BytesIO()
    write_package(buffer, {"name": "p", "title": "P"}, made or resources(), {"README.md": "Read me\n"}, language)
    return buffer.getvalue()


@pytest.fixture
def valid(tmp_path):
    """`valid(bytes)` is what frictionless finds wrong with the zip, and with what it unpacks to."""

    def check(content):
        path = tmp_path / "p.zip"
        path.write_bytes(content)
        with zipfile.ZipFile(path) as file:
            file.extractall(tmp_path / "p")
        reports = [Package(source).validate() for source in (str(path), str(tmp_path / "p/datapackage.json"))]
        return [error for report in reports for error in report.flatten(["type", "note"])]

    return check


def descriptor(content, name="datapackage.json"):
    with zipfile.ZipFile(BytesIO(content)) as file:
        return json.loads(file.read(name))


def test_frictionless_finds_it_valid_zipped_and_unpacked(valid):
    assert valid(package()) == []


@pytest.mark.parametrize(
    ("row", "type"),
    [
        (("i9", "1", ""), "foreign-key"),
        (("", "1", ""), "constraint-error"),
        (("i1", "3", ""), "constraint-error"),
        (("i1", "1.5", ""), "type-error"),
    ],
)
def test_frictionless_sees_what_the_description_rules_out(valid, row, type):
    assert [error[0] for error in valid(package(resources([row])))] == [type] * 2


def test_a_table_that_was_changed_is_seen(tmp_path):
    with zipfile.ZipFile(BytesIO(package())) as file:
        file.extractall(tmp_path)
    (tmp_path / "data/answers.csv").write_text("item,level,share\ni1,1,99\ni1,2,\n")
    report = Package(str(tmp_path / "datapackage.json")).validate()
    assert {error[0] for error in report.flatten(["type"])} == {"hash-count", "byte-count"}


def test_hash_and_size_are_those_of_the_table():
    content = package()
    with zipfile.ZipFile(BytesIO(content)) as file:
        raw = file.read("data/answers.csv")
    answers = descriptor(content)["resources"][0]
    assert (answers["bytes"], answers["hash"]) == (len(raw), f"sha256:{hashlib.sha256(raw).hexdigest()}")
    assert raw == b"item,level,share\ni1,1,12.345\ni1,unknown,\n"


def test_titles_are_in_one_language_descriptions_in_both():
    answers = descriptor(package(language="id"))["resources"][0]
    assert (answers["title"], answers["description"]) == ("Jawaban", "Semua jawaban. / All answers.")
    level = answers["schema"]["fields"][1]
    assert level["categories"] == [{"value": 1, "label": "Rintisan"}, {"value": 2, "label": "Terkelola"}]
    assert both(same("x")) == "x"


def test_its_profile_is_the_tabular_one_of_version_1_and_its_schema_that_of_version_2():
    found = descriptor(package())
    assert found["profile"] == "tabular-data-package"
    assert found["$schema"].endswith("/profiles/2.0/datapackage.json")
    assert {one["profile"] for one in found["resources"]} == {"tabular-data-resource"}


def test_the_same_tables_give_the_same_bytes():
    assert package() == package()
