"""A file is written whole or not at all, and what hinders it names the user's own file."""

import os

import pytest

from gscm.errors import BadUse
from gscm.formats.saving import save


def fault(path, content="x"):
    with pytest.raises(BadUse) as found:
        save(path, content)
    return str(found.value)


def test_text_and_bytes_are_written_as_they_are(tmp_path):
    for content, raw in (("ü\r\n", b"\xc3\xbc\r\n"), (b"\x00\n", b"\x00\n")):
        save(tmp_path / "a", content)
        assert (tmp_path / "a").read_bytes() == raw


def test_a_missing_folder_is_named_as_the_user_wrote_it(tmp_path):
    path = tmp_path / "belum" / "a.pdf"
    assert fault(path) == f"There is no folder “{path.parent}”. Create it first, or name another folder."


def test_a_folder_is_no_file(tmp_path):
    assert "is a folder, not a file" in fault(tmp_path)


def test_a_file_that_is_read_only_stays(tmp_path):
    path = tmp_path / "a"
    path.write_text("lama")
    path.chmod(0o444)
    assert "is read-only" in fault(path)
    assert path.read_text() == "lama"


def test_what_fails_while_writing_leaves_the_old_file_and_nothing_beside_it(tmp_path, monkeypatch):
    path = tmp_path / "a.yaml"
    path.write_text("lama")
    monkeypatch.setattr(os, "fsync", lambda handle: (_ for _ in ()).throw(OSError(28, "No space left on device")))
    sentence = fault(path)
    assert sentence.startswith(f"“a.yaml” cannot be written in the folder “{tmp_path}” (No space left on device).")
    assert [(file.name, file.read_text()) for file in tmp_path.iterdir()] == [("a.yaml", "lama")]


def test_a_link_stays_a_link_and_permissions_stay(tmp_path):
    real, link = tmp_path / "real", tmp_path / "link"
    real.write_text("lama")
    real.chmod(0o640)
    link.symlink_to(real)
    save(link, "baru")
    assert link.is_symlink()
    assert (real.read_text(), real.stat().st_mode & 0o777) == ("baru", 0o640)
