"""A small study with two offices, three people and what they answered; written by hand, so that tests see it."""

from pathlib import Path
from uuid import UUID

from gscm.study.field import new_study
from gscm.study.log import Entry, Key
from gscm.study.store import Office, Respondent

ROOT = Path(__file__).parents[2]
AT = "2026-01-01T00:00:00.000Z"
SUBJECT = {"id": "kota-contoh", "name": "Kota Contoh", "kind": None, "year": 2026}


def answer(number, office, author, fact, **written):
    key = Key(office, author, fact, "self-assessment")
    return Entry(f"{number:036d}", key, written, AT, "csv", "0" * 64)


ANSWERS = (
    answer(1, "bappeda", "bappeda-1", "i1", value=2, note="Menurut Ibu Sekretaris."),
    answer(2, "bappeda", "bappeda-2", "i1", value=4),
    answer(3, "bappeda", "bappeda-2", "i2", status="unknown"),
    answer(4, "bappeda", "bappeda-1", "i2", status="blank"),
    answer(5, "kominfo", "kominfo-1", "i1", value=3, evidence=["SK Ibu Sekretaris.pdf"]),
)


def study(target, answers=ANSWERS):
    """An open store; the caller closes it."""
    forms = ROOT / "models/spbe-2020", ROOT / "questionnaires/spbe-2020"
    store = new_study(target, *forms, SUBJECT, UUID(int=1), AT, "admin")
    store.add_offices([Office("bappeda", "Bappeda"), Office("kominfo", "Dinas Kominfo")])
    people = {"bappeda-1": "bappeda", "bappeda-2": "bappeda", "kominfo-1": "kominfo"}
    store.add_respondents(
        Respondent(id, office, "Kepala Bidang", f"{number:064x}")
        for number, (id, office) in enumerate(people.items(), 0xABCDEF)
    )
    store.append(answers)
    return store
