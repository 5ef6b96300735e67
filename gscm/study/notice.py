"""What a respondent is told before the first answer, and asked to agree to (UU 27/2022); the same in every channel."""

from __future__ import annotations

from dataclasses import dataclass

from gscm.i18n import Text
from gscm.study.study import Study


@dataclass(frozen=True, slots=True)
class Notice:
    """The paragraphs of the information, the question of consent, and its two answers."""

    title: Text
    paragraphs: tuple[Text, ...]
    question: Text
    agreed: Text
    declined: Text


def notice(study: Study) -> Notice:
    """The information and consent text of a study."""
    return Notice(
        title=Text("Sebelum Anda mengisi", "Before you begin"),
        paragraphs=(
            Text(
                f"Kajian ini menilai {study.subject.name}, bukan diri Anda. Jawaban dicatat dengan nama samaran.",
                f"This study assesses {study.subject.name}, not you. Answers are recorded under a pseudonym.",
            ),
        ),
        question=Text("Apakah Anda setuju mengikuti kajian ini?", "Do you agree to take part in this study?"),
        agreed=Text("Ya, saya setuju", "Yes, I agree"),
        declined=Text("Tidak", "No"),
    )
