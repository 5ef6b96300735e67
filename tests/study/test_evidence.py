"""Files of evidence: what is taken in and what is not, whether it is whole, and how it travels."""

import os
import zipfile
from io import BytesIO
from pathlib import Path

import pytest

from gscm.errors import FaultsFound, Unreadable
from gscm.study.evidence import PREFIX, copy_out, faults, keep, listed, read_file, take_over
from gscm.study.field import Intake, merge_copies, with_files
from gscm.study.log import Key, present
from gscm.study.store import EVIDENCE, Evidence, open_store
from gscm.study.study import collect, read_study
from tests.study.made import AT, study

PDF = b"%PDF-1.7\nSurat Keputusan"
OFFICE = "application/vnd.openxmlformats-officedocument"
KEY = Key("kominfo", "kominfo-1", "i1", "self-assessment")


def office_file(main="word/document.xml", **more):
    """An Office file with this main part; `more` are further parts."""
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w") as file:
        file.writestr("[Content_Types].xml", more.pop("types", "<Types/>"))
        file.writestr(main, "<x/>")
        for name, content in more.items():
            file.writestr(name, content)
    return buffer.getvalue()


def open_document(kind, **more):
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w") as file:
        file.writestr("mimetype", f"application/vnd.oasis.opendocument.{kind}")
        for name, content in more.items():
            file.writestr(name, content)
    return buffer.getvalue()


def archive(name):
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w") as file:
        file.writestr(name, "x")
    return buffer.getvalue()


@pytest.fixture
def refused(tmp_path):
    """`refused(name, content)` is the sentence with which such a file is refused."""

    def look(name, content=PDF, limit=1000):
        path = tmp_path / name
        if content is not None:
            path.write_bytes(content)
        with pytest.raises((FaultsFound, Unreadable)) as refusal:
            read_file(path, limit)
        (issue,) = refusal.value.issues
        return issue.what.en

    return look


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("SK Wali Kota No. 12.pdf", PDF, "application/pdf"),
        ("layar.png", b"\x89PNG\r\n\x1a\n0000", "image/png"),
        ("FOTO.JPG", b"\xff\xd8\xff\xe0", "image/jpeg"),
        ("notula.docx", office_file(), f"{OFFICE}.wordprocessingml.document"),
        ("data.xlsx", office_file("xl/workbook.xml"), f"{OFFICE}.spreadsheetml.sheet"),
        ("notula.odt", open_document("text"), "application/vnd.oasis.opendocument.text"),
        ("rekaman.mp4", b"\0\0\0\x20ftypisom0000", "video/mp4"),
        ("data.csv", b"butir;nilai\r\ni1;3\r\n", "text/plain"),
    ],
)  # fmt: skip
def test_the_kind_of_a_file_is_told_by_its_content(tmp_path, name, content, kind):
    (tmp_path / name).write_bytes(content)
    assert read_file(tmp_path / name).kind == kind


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("x.pdf", b"MZ\x90\0", "“x.pdf” is a program."),
        ("x.txt", b"#!/bin/sh\n", "“x.txt” is a program."),
        ("x.pdf", b"\x89PNG\r\n\x1a\n", "“x.pdf” holds a PNG picture, but its name does not end in .png."),
        ("x.bat", b"echo\r\n", "“x.bat” holds text, but its name does not end in .txt / .csv."),
        ("x.docx", office_file(**{"word/vbaProject.bin": ""}), "“x.docx” holds macros."),
        ("x.xlsx", office_file("xl/workbook.xml", types="…sheet.macroEnabled.main+xml"), "“x.xlsx” holds macros."),
        ("x.ods", open_document("spreadsheet", **{"Basic/Standard/Module1.xml": ""}), "“x.ods” holds macros."),
        ("x.docx", office_file(**{"../../evil.sh": ""}), "“x.docx” has parts that lead elsewhere."),
        ("x.docx", office_file()[:60], "“x.docx” is damaged or cut off."),
        ("x.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
         "“x.doc” is an old or a locked Office file, which may hold macros."),
        ("x.zip", archive("../x"), "“x.zip” has parts that lead elsewhere."),
        ("x.zip", archive("x.pdf"), "“x.zip” is an archive."),
        ("x.rar", b"Rar!\x1a\x07", "“x.rar” is an archive."),
        ("x.bin", b"\0\1\2", "“x.bin” is of no kind that is known."),
        ("x.pdf", b"", "“x.pdf” is empty."),
        ("x.pdf", PDF + b"0" * 2000, "“x.pdf” has 2 KiB, more than 1 KiB."),
    ],
)  # fmt: skip
def test_what_is_no_evidence_is_refused_in_one_sentence(refused, name, content, said):
    assert refused(name, content) == said


@pytest.mark.parametrize(
    "name", ["CON.pdf", "nul", "lpt1.pdf", "a\\..\\b.pdf", "a\nb.pdf", "\u202efdp.exe", "x.pdf.", "a:b.pdf", "x" * 160]
)
def test_names_that_deceive_or_that_windows_cannot_use_are_refused(refused, name):
    assert "name" in refused(name) or "characters" in refused(name) or "sign" in refused(name)


def test_links_folders_and_devices_are_not_opened(refused, tmp_path):
    (tmp_path / "real.pdf").write_bytes(PDF)
    (tmp_path / "link.pdf").symlink_to(tmp_path / "real.pdf")
    (tmp_path / "folder.pdf").mkdir()
    os.mkfifo(tmp_path / "pipe.pdf")
    assert refused("link.pdf", None) == "“link.pdf” is a symbolic link, not a file."
    assert refused("folder.pdf", None) == "“folder.pdf” is a folder, not a file."
    assert refused("pipe.pdf", None) == "“pipe.pdf” is a device or a pipe, not a file."
    assert refused("none.pdf", None) == "“none.pdf” is not there."


# ------------------------------------------------------------------------------------------------------- in a study


@pytest.fixture
def store(target):
    with study(target) as made:
        yield made


def attach(store, tmp_path, name="sk.pdf", content=PDF, at=AT):
    """The file, attached to what the respondent of Kominfo said of i1."""
    (tmp_path / name).write_bytes(content)
    kept = keep(store, read_file(tmp_path / name), at)
    found, standing = read_study(store), present(store.log())
    intake = Intake(found, standing, KEY.stage, "terminal", at, "terminal:admin")
    entry = intake._entry(KEY, with_files(standing, KEY, [kept.sha256]), at, standing.heads.get(KEY, ()))
    store.append([entry])
    return kept


def flip(store, sha256):
    """Change one byte of a file of evidence where it lies."""
    if store.folder is None:
        import psycopg

        with psycopg.connect(store.target) as connection:
            connection.execute("UPDATE content SET content = set_byte(content, 3, 0) WHERE sha256 = %s", [sha256])
        return
    path = Path(store.folder, EVIDENCE, sha256[:2], sha256)
    raw = bytearray(path.read_bytes())
    raw[3] ^= 1
    path.write_bytes(raw)


def rows(store):
    return listed(store, present(store.log()))


def test_an_attached_file_is_kept_and_cited_by_the_answer(store, tmp_path):
    kept = attach(store, tmp_path)
    (row,) = rows(store)
    assert (row.evidence, row.state, row.cited) == (kept, "whole", (KEY,))
    assert store.content(kept.sha256) == PDF
    entry = present(store.log()).entries[KEY]
    assert entry.written["value"] == 3
    assert entry.written["evidence"] == ["SK Ibu Sekretaris.pdf", PREFIX + kept.sha256]


def test_reports_show_the_name_of_a_file_and_the_start_of_its_hash(store, tmp_path):
    kept = attach(store, tmp_path)
    (_, shown) = collect(read_study(store), store.log()).overall.entries["i1"].evidence
    assert shown == f"sk.pdf (sha256 {kept.sha256[:12]})"


def test_the_same_content_is_kept_once_under_its_first_name(store, tmp_path):
    attach(store, tmp_path, at="2026-01-02T00:00:00.000Z")
    attach(store, tmp_path, "salinan.pdf", at="2026-01-03T00:00:00.000Z")
    assert [row.evidence.name for row in rows(store)] == ["sk.pdf"]


def test_a_flipped_byte_is_named_and_the_original_heals_it(store, tmp_path):
    kept = attach(store, tmp_path)
    flip(store, kept.sha256)
    (fault,) = faults(rows(store), store.target)
    assert fault.what.en == f"“sk.pdf” (sha256 {kept.sha256[:12]}…) has changed since it was attached."
    keep(store, read_file(tmp_path / "sk.pdf"), AT)
    assert not list(faults(rows(store), store.target))


def test_a_file_that_answers_cite_and_the_study_does_not_hold_is_missing(store):
    found, standing = read_study(store), present(store.log())
    intake = Intake(found, standing, KEY.stage, "terminal", AT, "x")
    store.append([intake._entry(KEY, with_files(standing, KEY, ["ab" * 32]), AT, standing.heads.get(KEY, ()))])
    (fault,) = faults(rows(store), store.target)
    assert fault.what.en == "sha256 abababababab… is not in the study."


def test_whole_files_are_copied_out_under_safe_names(store, tmp_path):
    kept = attach(store, tmp_path)
    store.keep(Evidence("0" * 64, "../../x.pdf", 1, "application/pdf", AT), None)
    (path,) = copy_out(store, rows(store), tmp_path / "out")
    assert path.name == f"{kept.sha256[:12]}-sk.pdf"
    assert path.read_bytes() == PDF


def test_content_is_never_kept_under_another_hash(store):
    with pytest.raises(ValueError, match="000"):
        store.keep(Evidence("0" * 64, "x.pdf", 1, "application/pdf", AT), PDF)


def test_merging_copies_carries_their_evidence_once(store, tmp_path):
    with study(str(tmp_path / "copy")) as copy:
        attach(copy, tmp_path)
        first, again = merge_copies(store, copy, AT, "admin"), merge_copies(store, copy, AT, "admin")
        assert (first.files, again.files, first.issues) == (1, 0, ())
        assert rows(store) == rows(copy)


def test_what_is_damaged_in_a_copy_is_told_and_not_carried(store, tmp_path):
    with study(str(tmp_path / "copy")) as copy:
        kept = attach(copy, tmp_path)
        flip(copy, kept.sha256)
        (issue,) = merge_copies(store, copy, AT, "admin").issues
    assert "has changed since it was attached" in issue.what.en
    assert [row.state for row in rows(store)] == ["missing"]


def test_names_that_a_copy_deceives_with_are_not_taken_over(store, tmp_path):
    with study(str(tmp_path / "copy")) as copy:
        kept = keep(copy, read_file(_written(tmp_path / "sk.pdf")), AT)
        copy.keep(Evidence(kept.sha256, "..\\x.pdf", kept.size, kept.kind, "2025-01-01T00:00:00.000Z"), None)
        assert take_over(store, copy) == (1, ())
    assert [row.evidence.name for row in rows(store)] == [f"{kept.sha256[:12]}.pdf"]


def _written(path):
    path.write_bytes(PDF)
    return path


def test_names_of_files_follow_from_the_copies_whatever_their_order(tmp_path):
    names = []
    for order in ((0, 1), (1, 0)):
        folder = tmp_path / f"{order}"
        with study(str(folder / "a")) as a, study(str(folder / "b")) as b:
            attach(a, tmp_path, "sk.pdf", at="2026-01-02T00:00:00.000Z")
            attach(b, tmp_path, "keputusan.pdf", at="2026-01-01T00:00:00.000Z")
            into, other = ((a, b), (b, a))[order[0]]
            merge_copies(into, other, AT, "admin")
            names.append([row.evidence.name for row in rows(into)])
    assert names == [["keputusan.pdf"], ["keputusan.pdf"]]


def test_a_study_with_evidence_opens_again(store, target, tmp_path):
    kept = attach(store, tmp_path)
    with open_store(target) as again:
        assert again.content(kept.sha256) == PDF
