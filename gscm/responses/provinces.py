"""The province of a regency or city by its code of the Ministry of Home Affairs, of which it is the first two digits.

Codes: Permendagri 58/2021; provinces as in Kepmendagri 300.2.2-2138/2025. They are written with points ("63.71"). The
codes of BPS ("6371") have none, and other digits in Papua; nothing is read from them.
"""

from __future__ import annotations

import re

from gscm.responses.answers import Subject

_CODE = re.compile(r"([0-9]{2})\.[0-9]{2}", re.ASCII)
PROVINCES = {
    "11": "Aceh", "12": "Sumatera Utara", "13": "Sumatera Barat", "14": "Riau", "15": "Jambi",
    "16": "Sumatera Selatan", "17": "Bengkulu", "18": "Lampung", "19": "Kepulauan Bangka Belitung",
    "21": "Kepulauan Riau", "31": "DKI Jakarta", "32": "Jawa Barat", "33": "Jawa Tengah", "34": "DI Yogyakarta",
    "35": "Jawa Timur", "36": "Banten", "51": "Bali", "52": "Nusa Tenggara Barat", "53": "Nusa Tenggara Timur",
    "61": "Kalimantan Barat", "62": "Kalimantan Tengah", "63": "Kalimantan Selatan", "64": "Kalimantan Timur",
    "65": "Kalimantan Utara", "71": "Sulawesi Utara", "72": "Sulawesi Tengah", "73": "Sulawesi Selatan",
    "74": "Sulawesi Tenggara", "75": "Gorontalo", "76": "Sulawesi Barat", "81": "Maluku", "82": "Maluku Utara",
    "91": "Papua", "92": "Papua Barat", "93": "Papua Selatan", "94": "Papua Tengah", "95": "Papua Pegunungan",
    "96": "Papua Barat Daya",
}  # fmt: skip


def province_by_code(subject: Subject) -> str | None:
    """The province that the subject's id tells, where it is the code of a regency or city; None otherwise."""
    code = _CODE.fullmatch(subject.id)
    return PROVINCES.get(code[1]) if code else None


def region_of(subject: Subject) -> str | None:
    """The region that the study names, else the province by the subject's code."""
    return subject.region or province_by_code(subject)
