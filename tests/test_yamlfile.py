"""Wrong and hostile files end in a sentence with file, line and remedy, never in a trace or a full memory."""

import time
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace

import pytest

from gscm.errors import FaultsFound, Unreadable
from gscm.model.schema import SourcesFile
from gscm.yamlfile import MAX_DEPTH, MAX_VALUES, parse, read, validate


def refused(text):
    """The faults of a text, each as (line, English sentence without the place)."""
    with pytest.raises(FaultsFound) as found:
        parse(text, "file.yaml")
    for issue in found.value.issues:
        assert issue.where.file == "file.yaml"
        assert issue.remedy, issue.what.en
        assert issue.remedy.id
        assert issue.remedy.en
    return [(issue.where.line, issue.what.en) for issue in found.value.issues]


def unreadable(path):
    with pytest.raises(Unreadable) as found:
        read(path, "file.yaml")
    (issue,) = found.value.issues
    assert issue.where.file == "file.yaml"
    assert issue.remedy.id
    assert issue.remedy.en
    return issue.what.en


def plain(text):
    return parse(text, "file.yaml").data


# ------------------------------------------------------------------------------------------------ what is read


def test_numbers_are_read_from_their_digits():
    assert plain("[3, -2, 3.10, 0.1]") == [3, -2, Decimal("3.10"), Decimal("0.1")]
    assert str(plain("[3.10]")[0]) == "3.10"


@pytest.mark.parametrize(
    "word", ["yes", "No", "on", "ya", "14/3", "1e3", ".nan", ".inf", "012", "0x1F", "1_000", "2019-11-21", "12:30"]
)
def test_what_yaml_would_reinterpret_stays_a_word(word):
    assert plain(f"[{word}]") == [word]


def test_true_false_and_nothing_are_what_they_say():
    assert plain("[true, false, null, ~, ]") == [True, False, None, None]
    assert plain("a:") == {"a": None}


def test_quotes_make_text_of_anything():
    assert plain("""['3', "true", '']""") == ["3", "true", ""]


def test_a_whole_number_of_a_hundred_digits_stays_a_word():
    assert plain(f"[{'9' * 100}]") == ["9" * 100]


def test_the_line_of_every_key_and_item_is_known():
    document = parse("a: 1\nb:\n  - x\n  - c: 2\n", "file.yaml")
    assert [document.where(path).line for path in ((), ("a",), ("b", 0), ("b", 1, "c"))] == [1, 1, 3, 4]


def test_the_place_of_what_is_missing_is_the_nearest_line_above():
    assert parse("a: 1\nb:\n  c: 2\n", "file.yaml").where(("b", "nothing", "below")).line == 2


def test_a_byte_order_mark_and_windows_line_ends_are_read(tmp_path):
    path = tmp_path / "file.yaml"
    path.write_bytes("\ufeffa: 1\r\nb: 2\r\n".encode())
    assert read(path).data == {"a": 1, "b": 2}


# --------------------------------------------------------------------------------------------- what is refused


@pytest.mark.parametrize("text", ["", "   \n", "# only a comment\n", "---\n", "null\n"])
def test_an_empty_file_is_said_to_be_empty(text):
    assert refused(text) == [(1, "This file is empty.")]


def repeated(text):
    """What is told of repeated keys, which let the file be read on: they are told with all its other faults."""
    return [(issue.where.line, issue.what.en) for issue in parse(text, "x.yaml").faults]


def test_a_repeated_key_names_both_lines():
    assert repeated("a: 1\nb: 2\na: 3\n") == [(3, "The key “a” already stands on line 1.")]


def test_all_repeated_keys_are_said_at_once():
    assert [line for line, _ in repeated("a: 1\na: 2\nb:\n  c: 1\n  c: 2\n")] == [2, 5]


def test_a_key_repeated_in_quotes_is_the_same_key():
    assert repeated("a: 1\n'a': 2\n") == [(2, "The key “a” already stands on line 1.")]


def test_a_repeated_key_is_told_together_with_what_the_schema_refuses():
    with pytest.raises(FaultsFound) as found:
        validate(parse("sources: {}\nsources: {}\nx: 1\n", "x.yaml"), SourcesFile)
    assert [issue.where.line for issue in found.value.issues] == [2, 3]


def test_the_keys_1_and_true_are_not_the_same_key():
    assert list(plain("1: a\ntrue: b\n").values()) == ["a", "b"]


def test_anchors_and_aliases_are_not_accepted():
    assert refused("a: &x 1\nb: *x\n") == [(1, "YAML anchors and aliases (&, *) are not accepted.")]


def test_a_bomb_of_aliases_is_stopped_at_its_first_anchor():
    bomb = "a: &a [lol, lol]\n" + "".join(
        f"{b}: &{b} [*{a}, *{a}, *{a}]\n" for a, b in zip("abcdefgh", "bcdefghi", strict=True)
    )
    assert refused(bomb) == [(1, "YAML anchors and aliases (&, *) are not accepted.")]


def test_merge_keys_do_not_merge():
    assert plain("<<: {a: 1}\nb: 2\n") == {"<<": {"a": 1}, "b": 2}


@pytest.mark.parametrize(
    "text", ["a: !!python/object/apply:os.system [ls]", "!!map {a: 1}", "a: !secret x", "a: !!int '3'"]
)
def test_tags_are_not_accepted(text):
    assert refused(text) == [(1, "YAML tags (!) are not accepted.")]


def test_several_documents_are_not_accepted():
    assert refused("a: 1\n---\nb: 2\n") == [(2, "Only one YAML document a file.")]


def test_a_key_is_a_word_or_a_number():
    assert refused("? [a, b]\n: 1\n") == [(1, "A key must be a word or a number.")]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("a: 1\n b: 2\n", 2),
        ("a: [1, 2\nb: 3\n", 2),
        ("a: 'open\n", 2),
        ("a: b: c\n", 1),
        ("%\n", 1),
    ],
)
def test_what_is_no_yaml_is_refused_with_its_line(text, line):
    ((found, sentence),) = refused(text)
    assert sentence.startswith("This is not valid YAML:")
    assert abs(found - line) <= 1


def test_control_characters_are_no_yaml():
    ((_, sentence),) = refused("a: \x00\n")
    assert sentence.startswith("This is not valid YAML:")


def test_fifty_thousand_brackets_are_stopped_by_their_depth():
    start = time.perf_counter()
    assert refused("[" * 50_000) == [(1, f"Nested deeper than {MAX_DEPTH} levels.")]
    assert time.perf_counter() - start < 5


def test_fifty_thousand_nested_mappings_are_stopped_by_their_depth():
    assert refused("{a: " * 50_000) == [(1, f"Nested deeper than {MAX_DEPTH} levels.")]


def test_sixty_levels_are_accepted_and_sixty_one_are_not():
    assert plain("[" * MAX_DEPTH + "]" * MAX_DEPTH)
    refused("[" * (MAX_DEPTH + 1) + "]" * (MAX_DEPTH + 1))


def test_a_million_values_are_too_many():
    assert refused("[" + "1," * (MAX_VALUES + 1) + "]") == [(1, "This file holds too many values.")]


# ---------------------------------------------------------------------------------------------- files on the disk


def test_a_missing_file_is_said_to_be_missing(tmp_path):
    assert unreadable(tmp_path / "none.yaml") == "There is no such file."


def test_a_folder_is_said_to_be_a_folder(tmp_path):
    assert unreadable(tmp_path) == "This is a folder, not a file."


def test_a_file_in_the_place_of_a_folder_is_said_to_be_unreadable(tmp_path):
    (tmp_path / "file").write_text("a: 1")
    assert unreadable(tmp_path / "file" / "below.yaml").startswith("The file cannot be read")


def test_a_file_without_permission_is_said_to_be_unreadable(tmp_path, monkeypatch):
    path = tmp_path / "file.yaml"
    path.write_text("a: 1")

    def denied(*_, **__):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", denied)
    assert unreadable(path) == "The file cannot be read (Permission denied)."


@pytest.mark.parametrize("raw", [b"\x89PNG\r\n\x1a\n\xff\xfe", b"\xff\xfea\x00:\x00", b"PK\x03\x04\x80\x81"])
def test_a_binary_file_is_said_not_to_be_text(tmp_path, raw):
    path = tmp_path / "file.yaml"
    path.write_bytes(raw)
    assert unreadable(path) == "This file is not UTF-8 text."


def test_ten_megabytes_are_refused_before_they_are_read(tmp_path, monkeypatch):
    path = tmp_path / "file.yaml"
    path.write_bytes(b"a: 1\n" * 2_000_000)
    monkeypatch.setattr(Path, "open", lambda *_, **__: pytest.fail("the file was opened"))
    assert unreadable(path) == "The file is larger than 5 MB."


def test_a_file_that_grows_while_it_is_read_is_refused(tmp_path, monkeypatch):
    path = tmp_path / "file.yaml"
    path.write_bytes(b"a: 1\n" * 1_000_001)
    monkeypatch.setattr(Path, "stat", lambda *_, **__: SimpleNamespace(st_size=0))
    assert unreadable(path) == "The file is larger than 5 MB."


def test_a_tab_in_the_indentation_is_called_a_tab():
    with pytest.raises(FaultsFound) as found:
        parse("a:\n\tb: 1\n", "a.yaml")
    (issue,) = found.value.issues
    assert issue.sentence("en") == (
        "a.yaml:2: There is a tab here; YAML is indented by spaces. Put two spaces in place of the tab."
    )
