"""Files of evidence: what a study takes in, by content rather than by name; whether they are whole; and their copies.

A file is known by its SHA-256. Its content is never run, opened or unpacked here; of an Office file only the list of
its parts is read. This is no virus scanner.
"""

from __future__ import annotations

import hashlib
import os
import re
import stat
import struct
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from io import BytesIO
from pathlib import Path
from typing import Any, Literal
from unicodedata import category

from gscm.errors import FaultsFound, GscmError, Issue, Unreadable, Where
from gscm.formats.saving import save
from gscm.i18n import Text, decimal
from gscm.study.log import Key, Present
from gscm.study.store import Evidence, Store, shown_target

LIMIT = 50 * 1024 * 1024
"""The size in bytes up to which a file is taken in, unless the study sets another."""
MOST_PARTS = 10_000
LONGEST_NAME = 150
PREFIX = "sha256:"


@dataclass(frozen=True, slots=True)
class File:
    """A file that may be taken in."""

    name: str
    kind: str
    content: bytes

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.content).hexdigest()


# ------------------------------------------------------------------------------------------------ what is taken in

_OPEN_XML, _ODF = "application/vnd.openxmlformats-officedocument.", "application/vnd.oasis.opendocument."
SUFFIXES: Mapping[str, tuple[str, ...]] = {
    "application/pdf": (".pdf",),
    "image/png": (".png",),
    "image/jpeg": (".jpg", ".jpeg"),
    f"{_OPEN_XML}wordprocessingml.document": (".docx",),
    f"{_OPEN_XML}spreadsheetml.sheet": (".xlsx",),
    f"{_OPEN_XML}presentationml.presentation": (".pptx",),
    f"{_ODF}text": (".odt",),
    f"{_ODF}spreadsheet": (".ods",),
    f"{_ODF}presentation": (".odp",),
    "video/mp4": (".mp4",),
    "text/plain": (".txt", ".csv"),
}
"""What offices attach: the media types that are taken in, and how the names of such files end."""

_STARTS = ((b"%PDF-", "application/pdf"), (b"\x89PNG\r\n\x1a\n", "image/png"), (b"\xff\xd8\xff", "image/jpeg"))
_MAIN_PARTS = {"word/document.xml": "wordprocessingml.document", "xl/workbook.xml": "spreadsheetml.sheet",
               "ppt/presentation.xml": "presentationml.presentation"}  # fmt: skip
_MOVIES = (b"isom", b"iso2", b"iso4", b"iso5", b"iso6", b"mp41", b"mp42", b"avc1", b"M4V ", b"dash")
_PROGRAMS = (b"MZ", b"\x7fELF", b"#!", b"\xca\xfe\xba\xbe", b"\xfe\xed\xfa", b"\xce\xfa\xed\xfe", b"\xcf\xfa\xed\xfe")
_ARCHIVES = (b"PK", b"Rar!", b"7z\xbc\xaf\x27\x1c", b"\x1f\x8b", b"BZh", b"\xfd7zXZ", b"\x28\xb5\x2f\xfd")
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MACROS = re.compile(r"(^|/)(vbaproject\.bin|vbadata\.xml|macrosheets/.*|basic/.*|scripts/.*)$", re.IGNORECASE)
_CONTROLS = bytes({*range(0x20), 0x7F} - set(b"\t\n\r\f"))
_RESERVED = re.compile(r"(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(\..*)?", re.IGNORECASE)

_HASH = re.compile(r"[0-9a-f]{64}")

_ACCEPTED = ", ".join(suffix for suffixes in SUFFIXES.values() for suffix in suffixes)
_ANOTHER = Text(f"Yang diterima: {_ACCEPTED}.", f"Accepted: {_ACCEPTED}.")


def read_file(path: Path, limit: int = LIMIT) -> File:
    """The file, if it may be taken in. Raises FaultsFound or Unreadable, in one sentence."""
    content = _content(path, limit)
    if fault := name_fault(path.name):
        raise FaultsFound(fault)
    return File(path.name, kind_of(path.name, content), content)


def _content(path: Path, limit: int) -> bytes:
    """The bytes of a regular file of bounded size; nothing else is opened."""
    try:
        mode = path.lstat().st_mode
        if not stat.S_ISREG(mode):
            raise FaultsFound(_no_file(path, mode))
        safe = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
        with os.fdopen(os.open(path, os.O_RDONLY | safe), "rb") as file:
            mode, size = os.fstat(file.fileno()).st_mode, os.fstat(file.fileno()).st_size
            if not stat.S_ISREG(mode):
                raise FaultsFound(_no_file(path, mode))
            content = file.read(limit + 1) if size <= limit else b""
    except FileNotFoundError:
        remedy = Text("Periksa nama dan foldernya.", "Check its name and folder.")
        raise Unreadable(_issue(path.name, "tidak ditemukan", "is not there", remedy)) from None
    except OSError as error:
        raise Unreadable(
            _issue(
                path.name,
                f"tidak dapat dibaca ({error.strerror})",
                f"cannot be read ({error.strerror})",
                Text("Periksa nama, folder, dan izinnya.", "Check its name, its folder and its permissions."),
            )
        ) from None
    if size > limit or len(content) > limit:
        raise FaultsFound(_too_large(path.name, max(size, len(content)), limit))
    if not content:
        remedy = Text("Lampirkan berkas yang ada isinya.", "Attach a file that holds something.")
        raise FaultsFound(_issue(path.name, "kosong", "is empty", remedy))
    return content


def _no_file(path: Path, mode: int) -> Issue:
    if stat.S_ISLNK(mode):
        what = ("berupa tautan simbolik, bukan berkas", "is a symbolic link, not a file")
    elif stat.S_ISDIR(mode):
        what = ("berupa folder, bukan berkas", "is a folder, not a file")
    else:
        what = ("berupa perangkat atau saluran, bukan berkas", "is a device or a pipe, not a file")
    return _issue(path.name or str(path), *what, Text("Lampirkan berkasnya sendiri.", "Attach the file itself."))


def _too_large(name: str, size: int, limit: int) -> Issue:
    id, en = (mebibytes(size, language) for language in ("id", "en"))
    most_id, most_en = (mebibytes(limit, language) for language in ("id", "en"))
    remedy = Text(
        f"Perkecil berkasnya, atau naikkan batasnya: gscm study set STUDY --evidence-limit {-(-size >> 20)}",
        f"Make it smaller, or raise the limit: gscm study set STUDY --evidence-limit {-(-size >> 20)}",
    )
    return _issue(name, f"berukuran {id}, lebih dari {most_id}", f"has {en}, more than {most_en}", remedy)


def mebibytes(size: int, language: Any) -> str:
    """A size for people: 3,4 MiB; below a tenth of that, in KiB."""
    if size < 1024 * 103:
        return f"{max(1, round(size / 1024))} KiB"
    return f"{decimal(f'{size / 2**20:.1f}', language)} MiB"


def name_fault(name: str) -> Issue | None:
    """Why a name is not kept as it is: it would lead elsewhere, deceive, or not exist on every system."""
    rename = Text("Ganti namanya, lalu ulangi.", "Rename it, then repeat.")
    if name in ("", ".", "..") or any(sign in name for sign in '/\\:*?"<>|'):
        what = ("memuat tanda yang tidak boleh ada dalam nama berkas", "holds a sign that no file name may hold")
    elif any(category(letter) in ("Cc", "Cf", "Cs", "Zl", "Zp") for letter in name):
        what = ("memuat karakter yang tidak tampak", "holds characters that do not show")
    elif _RESERVED.fullmatch(name) or name != name.rstrip(". "):
        what = ("adalah nama yang tidak dapat dipakai di Windows", "is a name that Windows cannot use")
    elif len(name) > LONGEST_NAME or len(name.encode()) > 240:
        what = ("terlalu panjang sebagai nama", "is too long a name")
    else:
        return None
    return _issue(name, *what, rename)


def kind_of(name: str, content: bytes) -> str:
    """The media type that the content has; the name must end as such a file does. Raises FaultsFound."""
    found = _recognised(name, content)
    if Path(name).suffix.lower() not in SUFFIXES[found]:
        good = " / ".join(SUFFIXES[found])
        raise FaultsFound(
            _issue(
                name,
                f"berisi {_KINDS[found].id}, padahal namanya tidak berakhiran {good}",
                f"holds {_KINDS[found].en}, but its name does not end in {good}",
                Text("Perbaiki namanya, atau lampirkan berkas yang benar.", "Mend its name, or attach the right file."),
            )
        )
    return found


def _kind_words() -> Iterator[tuple[str, Text]]:
    told = {
        "application/pdf": Text("PDF", "a PDF"),
        "image/png": Text("gambar PNG", "a PNG picture"),
        "image/jpeg": Text("gambar JPEG", "a JPEG picture"),
        "video/mp4": Text("video MP4", "an MP4 video"),
        "text/plain": Text("teks", "text"),
    }
    for kind in SUFFIXES:
        office = Text("dokumen perkantoran", "an office document")
        yield kind, told.get(kind, office)


_KINDS = dict(_kind_words())


def _recognised(name: str, content: bytes) -> str:
    for start, kind in _STARTS:
        if content.startswith(start):
            return kind
    if content[4:8] == b"ftyp" and content[8:12] in _MOVIES:
        return "video/mp4"
    if content.startswith(b"PK\x03\x04"):
        return _office_file(name, content)
    if content.startswith(_PROGRAMS):
        remedy = Text("Lampirkan dokumennya, misalnya sebagai PDF.", "Attach the document, as a PDF for instance.")
        raise FaultsFound(_issue(name, "adalah program", "is a program", remedy))
    if content.startswith(_OLD_OFFICE):
        raise FaultsFound(
            _issue(
                name,
                "adalah berkas Office lama atau terkunci, yang dapat memuat makro",
                "is an old or a locked Office file, which may hold macros",
                Text("Simpan sebagai .docx, .xlsx, .pptx, atau PDF.", "Save it as .docx, .xlsx, .pptx or PDF."),
            )
        )
    if content.startswith(_ARCHIVES):
        raise FaultsFound(_archive(name))
    if content.translate(None, _CONTROLS) == content:
        return "text/plain"
    raise FaultsFound(_issue(name, "bukan jenis berkas yang dikenal", "is of no kind that is known", _ANOTHER))


def _archive(name: str) -> Issue:
    remedy = Text("Lampirkan isinya satu per satu.", "Attach what is in it, one by one.")
    return _issue(name, "adalah arsip", "is an archive", remedy)


def _office_file(name: str, content: bytes) -> str:
    """The kind of an Office file. Raises FaultsFound: macros, parts that lead elsewhere, an archive of another kind."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as file:
            parts = file.infolist()
            if len(parts) > MOST_PARTS or any(part.flag_bits & 1 for part in parts):
                raise FaultsFound(_archive(name))
            names = [part.filename for part in parts]
            types = _start(file, "[Content_Types].xml")
            kind = _start(file, "mimetype", 100).decode("ascii", "replace").strip()
    except (zipfile.BadZipFile, struct.error, EOFError, OSError, RuntimeError, ValueError, NotImplementedError):
        remedy = Text("Simpan ulang, lalu lampirkan lagi.", "Save it anew, then attach it again.")
        raise FaultsFound(_issue(name, "rusak atau terpotong", "is damaged or cut off", remedy)) from None
    if any(".." in part.replace("\\", "/").split("/") or part[:1] in "/\\" or ":" in part for part in names):
        remedy = Text("Simpan ulang dari aplikasi perkantoran.", "Save it anew from an office application.")
        raise FaultsFound(_issue(name, "memuat bagian yang menunjuk ke luar", "has parts that lead elsewhere", remedy))
    if b"macroenabled" in types.lower() or any(map(_MACROS.search, names)):
        remedy = Text("Simpan tanpa makro, atau sebagai PDF.", "Save it without macros, or as a PDF.")
        raise FaultsFound(_issue(name, "memuat makro", "holds macros", remedy))
    main = next((_OPEN_XML + kind for part, kind in _MAIN_PARTS.items() if part in names and types), kind)
    if main not in SUFFIXES:
        raise FaultsFound(_archive(name))
    return main


def _start(file: zipfile.ZipFile, part: str, most: int = 1 << 20) -> bytes:
    """The start of one part; nothing where there is none. What it would unpack to does not matter."""
    if part not in file.NameToInfo:
        return b""
    with file.open(part) as opened:
        return opened.read(most)


def _issue(name: str, id: str, en: str, remedy: Text) -> Issue:
    return Issue(None, Text(f"“{name}” {id}.", f"“{name}” {en}."), remedy)


# --------------------------------------------------------------------------------------------- what a study holds

State = Literal["whole", "damaged", "missing"]


@dataclass(frozen=True, slots=True)
class Listed:
    """One file of evidence, whether it is what it was, and the answers that cite it."""

    evidence: Evidence
    state: State
    cited: tuple[Key, ...]


def keep(store: Store, file: File, at: str) -> Evidence:
    """Take a file into the study; its name and time are those of the first that had this content."""
    evidence = Evidence(file.sha256, file.name, len(file.content), file.kind, at)
    store.keep(evidence, file.content)
    return evidence


def listed(store: Store, standing: Present) -> tuple[Listed, ...]:
    """Every file of evidence, by name, each read and compared with its hash; also those that answers cite in vain."""
    cited: dict[str, list[Key]] = {}
    for key, entry in standing.entries.items():
        for hash in cited_in(entry.written):
            cited.setdefault(hash, []).append(key)
    held = {one.sha256: one for one in store.evidence()}
    held |= {hash: Evidence(hash, "", 0, "", "") for hash in cited if hash not in held}
    return tuple(
        Listed(one, _state(store, one.sha256), tuple(cited.get(one.sha256, ())))
        for one in sorted(held.values(), key=lambda one: (one.name, one.sha256))
    )


def cited_in(written: Mapping[str, Any]) -> tuple[str, ...]:
    """The hashes of the files that an answer cites."""
    listed = written.get("evidence") or ()
    return tuple(
        one.removeprefix(PREFIX)
        for one in ([listed] if isinstance(listed, str) else listed)
        if isinstance(one, str) and one.startswith(PREFIX)
    )


def _state(store: Store, sha256: str) -> State:
    content = store.content(sha256)
    if content is None:
        return "missing"
    return "whole" if hashlib.sha256(content).hexdigest() == sha256 else "damaged"


def faults(rows: Iterable[Listed], target: str) -> Iterator[Issue]:
    """What is wrong with files of evidence, a sentence each."""
    for row in rows:
        if row.state == "whole":
            continue
        short = f"sha256 {row.evidence.sha256[:12]}…"
        named = f"“{row.evidence.name}” ({short})" if row.evidence.name else short
        what = {
            "damaged": Text(f"{named} berubah sejak dilampirkan.", f"{named} has changed since it was attached."),
            "missing": Text(f"{named} tidak ada dalam kajian.", f"{named} is not in the study."),
        }[row.state]
        remedy = Text("Lampirkan lagi berkas aslinya.", "Attach the original once more.")
        yield Issue(Where(shown_target(target)), what, remedy)


def copy_out(store: Store, rows: Iterable[Listed], folder: Path) -> tuple[Path, ...]:
    """Write whole files of evidence into a folder, each under a name that is safe and its own."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for row in rows:
        content = store.content(row.evidence.sha256)
        if row.state == "whole" and content is not None:
            path = folder / f"{row.evidence.sha256[:12]}-{_safe_name(row.evidence)}"
            save(path, content)
            written.append(path)
    return tuple(written)


def take_over(store: Store, other: Store) -> tuple[int, tuple[Issue, ...]]:
    """Take in the files of evidence of another copy: how many were new, and what is wrong with those that are not.

    What is damaged or missing there, or would not be taken in here, is told; its row is taken over without content.
    """
    mine = {one.sha256: one for one in store.evidence() if _state(store, one.sha256) == "whole"}
    new, issues = 0, list[Issue]()
    for one in other.evidence():
        if mine.get(one.sha256) == one or not _HASH.fullmatch(one.sha256):
            continue
        content = other.content(one.sha256)
        named = replace(one, name=_safe_name(one))
        try:
            if content is None or hashlib.sha256(content).hexdigest() != one.sha256:
                issues += faults([Listed(named, "missing" if content is None else "damaged", ())], other.target)
                content = None
            else:
                named = replace(named, kind=_recognised(named.name, content), size=len(content))
        except GscmError as found:
            issues += found.issues
            content = None
        store.keep(named, content)
        new += content is not None and one.sha256 not in mine
    return new, tuple(issues)


def _safe_name(evidence: Evidence) -> str:
    if name_fault(evidence.name) is None:
        return evidence.name
    return evidence.sha256[:12] + SUFFIXES.get(evidence.kind, ("",))[0]
