"""The one door through which a file is written: whole or not at all, and what hinders it said as a sentence."""

from __future__ import annotations

import errno
import os
import tempfile
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from gscm.errors import BadUse, Issue
from gscm.i18n import Text

_ANY_WRITE = 0o222


def check_target(path: Path) -> None:
    """Whether a file can be written there, told before the work that makes it. Raises BadUse."""
    if not path.parent.is_dir():
        raise BadUse(
            Issue(
                None,
                Text(f"Folder “{path.parent}” tidak ada.", f"There is no folder “{path.parent}”."),
                Text("Buat dahulu foldernya, atau sebutkan folder lain.", "Create it first, or name another folder."),
            )
        )
    if path.is_dir():
        raise BadUse(
            Issue(
                None,
                Text(f"“{path}” adalah folder, bukan berkas.", f"“{path}” is a folder, not a file."),
                Text("Sebutkan juga nama berkasnya.", "Name the file as well."),
            )
        )
    if path.exists() and not (path.stat().st_mode & _ANY_WRITE and os.access(path, os.W_OK)):
        raise BadUse(
            Issue(
                None,
                Text(f"Berkas “{path}” hanya boleh dibaca.", f"The file “{path}” is read-only."),
                Text("Buka izin tulisnya, atau pakai nama lain.", "Allow writing to it, or use another name."),
            )
        )


def save(path: Path, content: str | bytes | Iterable[bytes]) -> None:
    """Put the content (whole, or piece by piece) in place of the file; on disk when this returns. Raises BadUse.

    It is written beside the file and put in its place, so that a reader, or a crash at any moment, finds
    either the old file or the new one, never half of it. A crash can leave a hidden file `.NAME.*` behind.
    """
    check_target(path)
    target = path.resolve()
    pieces = _pieces(content)
    try:
        if target.exists() and not target.is_file():  # a pipe or a device cannot be replaced
            with target.open("wb") as file:
                file.writelines(pieces)
        else:
            _replace(target, pieces)
    except OSError as error:
        raise BadUse(_hindered(path, error)) from None


def _pieces(content: str | bytes | Iterable[bytes]) -> Iterable[bytes]:
    if isinstance(content, str):
        return (content.encode("utf-8"),)
    return (content,) if isinstance(content, bytes) else content


def _replace(target: Path, content: Iterable[bytes]) -> None:
    mode = target.stat().st_mode & 0o777 if target.exists() else 0o666 & ~_umask()
    handle, name = tempfile.mkstemp(prefix=f".{target.name[:80]}.", dir=target.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.writelines(content)
            file.flush()
            os.fsync(file.fileno())
        Path(name).chmod(mode)
        Path(name).replace(target)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    _sync(target.parent)


def _umask() -> int:
    """What the user wants withheld from new files; it can only be read by setting it."""
    mask = os.umask(0o077)
    os.umask(mask)
    return mask


def _sync(folder: Path) -> None:
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        with suppress(OSError):  # some network folders cannot be synced; the file itself is
            os.fsync(handle)
    finally:
        os.close(handle)


def _hindered(path: Path, error: OSError) -> Issue:
    """The user's own file and folder, never the one written beside it."""
    reason = error.strerror or str(error)
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        remedy = Text("Periksa izin tulis folder itu.", "Check whether you may write into that folder.")
    elif error.errno == errno.ENOSPC:
        remedy = Text("Kosongkan sebagian ruang penyimpanan.", "Free some space on the disk.")
    else:
        remedy = Text("Periksa nama dan foldernya.", "Check its name and folder.")
    return Issue(
        None,
        Text(
            f"“{path.name}” tidak dapat ditulis di folder “{path.parent}” ({reason}).",
            f"“{path.name}” cannot be written in the folder “{path.parent}” ({reason}).",
        ),
        remedy,
    )
