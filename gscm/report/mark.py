"""Which form a sheet of paper is of: a code of eight characters to be typed, and what the QR on every page says."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import quote

from gscm.questionnaire.questionnaire import Item, Questionnaire

_DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Base 32 after Crockford: no letter that can be read as a digit."""
_TYPED = re.compile(rf"[{_DIGITS}]{{4}}-?[{_DIGITS}]{{4}}\Z")
_READ_AS = str.maketrans("ILO", "110")


@dataclass(frozen=True, slots=True)
class Mark:
    """A form: its study (none for a questionnaire by itself), what is asked, of which office and respondent.

    `digest` is that of the items in their order, so that a form printed before they changed is told apart.
    """

    study: str
    questionnaire: str
    version: str
    digest: str
    office: str
    respondent: str

    @property
    def code(self) -> str:
        """Eight characters that tell the forms of a study apart, such as 7K3M-Q9XA."""
        told = json.dumps([self.study, self.questionnaire, self.version, self.digest, self.office, self.respondent])
        number = int.from_bytes(hashlib.sha256(told.encode()).digest()[:5], "big")
        digits = "".join(_DIGITS[number >> shift & 31] for shift in range(35, -5, -5))
        return f"{digits[:4]}-{digits[4:]}"

    def text(self, page: int | None) -> str:
        """What the QR of a page says: text in parts, no address and no name."""
        form = f"{self.questionnaire}@{self.version}"
        parts = ("gscm", "1", self.code, self.study[:8], form, self.digest, self.office, self.respondent)
        return ":".join((*(quote(part, safe="@") for part in parts), "" if page is None else str(page)))


def code_in(scanned: str) -> str | None:
    """The code of a form in what was typed or in what a scanner read from its QR; None where there is none."""
    parts = scanned.strip().split(":")
    said = parts[2] if parts[:2] == ["gscm", "1"] and len(parts) > 3 else scanned
    said = said.upper().replace(" ", "").translate(_READ_AS)
    if not _TYPED.match(said):
        return None
    digits = said.replace("-", "")
    return f"{digits[:4]}-{digits[4:]}"


def study_in(scanned: str) -> str:
    """How the id of the study begins that a QR names; nothing where it names none."""
    parts = scanned.strip().split(":")
    return parts[3] if parts[:2] == ["gscm", "1"] and len(parts) > 3 else ""


def mark_of(questionnaire: Questionnaire, items: Sequence[Item], study: str, office: str, respondent: str) -> Mark:
    """The mark of a form with these items, in this order."""
    asked = [[item.code, item.fact.kind, item.text.id, item.text.en] for item in items]
    told = json.dumps([questionnaire.model.id, questionnaire.model.version, asked], ensure_ascii=False)
    digest = hashlib.sha256(told.encode()).hexdigest()[:8]
    return Mark(study, questionnaire.id, str(questionnaire.version), digest, office, respondent)


def star(questionnaire: Questionnaire, item: Item) -> str:
    """What stands before the codes 97 and 98 of an item: * where these are figures that could be its answer."""
    figure = item.fact.kind == "quantity" or (item.fact.kind == "score" and questionnaire.model.scale.max >= 97)
    return "*" if figure else ""
