"""The logo of the study: a small picture beside the answers file, checked, and written into the page."""

from __future__ import annotations

import re
from base64 import b64encode
from pathlib import Path

from gscm.errors import FaultsFound, Issue, Where
from gscm.i18n import Text
from gscm.responses.answers import Answers

MAX_BYTES = 1_000_000
_SIGNATURES = ((b"\x89PNG\r\n\x1a\n", "image/png"), (b"\xff\xd8\xff", "image/jpeg"))
_FORBIDDEN_IN_SVG = re.compile(
    rb"<!DOCTYPE|<!ENTITY|<\?xml-stylesheet|<\s*(\w+:)?(script|foreignObject|iframe|image|feImage|use|style|animate|set)\b|\son\w+\s*=|javascript:"
    rb"|(href|src)\s*=\s*[\"']\s*(?!#)|url\(\s*[\"']?\s*(?!#)|@import",
    re.IGNORECASE,
)


def logo_uri(answers: Answers) -> str | None:
    """The logo as a data URI; None if the study names none. Raises FaultsFound if it may not be used."""
    name = answers.study.logo
    if name is None:
        return None
    where = Where(answers.file)
    data = _read(name, Path(answers.file).parent, where)
    for signature, kind in _SIGNATURES:
        if data.startswith(signature):
            return _uri(kind, data)
    if b"<svg" in data[:2000].lower():
        return _uri("image/svg+xml", _safe_svg(name, data, where))
    raise _refused(
        where,
        Text(f"Logo “{name}” bukan PNG, JPEG, atau SVG.", f"The logo “{name}” is not a PNG, JPEG or SVG."),
        Text("Simpan kembali sebagai PNG atau SVG.", "Save it again as PNG or SVG."),
    )


def _read(name: str, folder: Path, where: Where) -> bytes:
    path = (folder / name).resolve()
    if Path(name).is_absolute() or not path.is_relative_to(folder.resolve()):
        raise _refused(
            where,
            Text(
                f"Logo “{name}” berada di luar folder berkas jawaban.",
                f"The logo “{name}” lies outside the folder of the answers file.",
            ),
            Text(
                "Salin berkasnya ke folder itu dan sebutkan namanya saja.",
                "Copy the file into that folder and give its name only.",
            ),
        )
    if not path.is_file():
        raise _refused(
            where,
            Text(f"Logo “{name}” tidak ditemukan.", f"The logo “{name}” is not found."),
            Text(
                "Periksa namanya; jalurnya dihitung dari folder berkas jawaban.",
                "Check its name; the path starts at the folder of the answers file.",
            ),
        )
    if path.stat().st_size > MAX_BYTES:
        raise _refused(
            where,
            Text(f"Logo “{name}” melebihi 1 MB.", f"The logo “{name}” is larger than 1 MB."),
            Text(
                "Perkecil gambarnya; lebar 600 piksel sudah cukup.",
                "Make the picture smaller; 600 pixels wide is enough.",
            ),
        )
    return path.read_bytes()


def _safe_svg(name: str, data: bytes, where: Where) -> bytes:
    if b"\x00" in data or _FORBIDDEN_IN_SVG.search(data):
        raise _refused(
            where,
            Text(
                f"Logo “{name}” memuat skrip, gaya, atau rujukan ke luar.",
                f"The logo “{name}” holds scripts, styles or outside references.",
            ),
            Text("Simpan sebagai SVG polos, atau sebagai PNG.", "Save it as plain SVG, or as PNG."),
        )
    return data


def _uri(kind: str, data: bytes) -> str:
    return f"data:{kind};base64,{b64encode(data).decode('ascii')}"


def _refused(where: Where, what: Text, remedy: Text) -> FaultsFound:
    return FaultsFound(Issue(where, what, remedy))
