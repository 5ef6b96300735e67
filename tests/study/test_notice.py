"""What respondents are told before the first answer, and that their consent is kept."""

from dataclasses import replace
from io import BytesIO

import openpyxl
import pytest

from gscm.i18n import LANGUAGES
from gscm.study.field import consented, merge_copies
from gscm.study.log import present
from gscm.study.notice import notice
from gscm.study.personal import correct, held, unconsented
from gscm.study.study import collect, read_study
from gscm.study.workbook import office_workbook
from tests.study.made import AT, study

TOLD = {
    "controller": "Bappeda Kota Contoh",
    "contact": "ppid@contoh.go.id",
    "purpose": "menyusun peta jalan",
    "retention": "2028-12-31",
}


@pytest.fixture
def store(target):
    with study(target) as made:
        yield made


@pytest.fixture(scope="module")
def found(tmp_path_factory):
    with study(str(tmp_path_factory.mktemp("made") / "study")) as made:
        return read_study(made)


def words(found, language, **settings):
    told = notice(replace(found, settings={**found.settings, **settings}))
    return " ".join(text[language] for text in (told.title, *told.paragraphs, told.question))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_notice_names_who_is_responsible_why_how_long_and_whom_to_ask(found, language):
    told = words(found, language, **TOLD)
    day = {"id": "31 Desember 2028", "en": "31 December 2028"}[language]
    for said in ("Kota Contoh", "Bappeda Kota Contoh.", "ppid@contoh.go.id.", "menyusun peta jalan.", day, "3×24"):
        assert said in told


def test_a_controller_that_is_not_named_is_asked_of_those_who_run_the_study(found):
    found = replace(found, target="kajian")
    assert "has not been named" in words(found, "en")
    assert "wajib menyebutkannya sebelum pengisian" in words(found, "id")
    assert "gscm" not in words(found, "id")


def test_no_password_of_a_database_is_in_the_notice(found):
    found = replace(found, target="postgresql://admin:rahasia@server/kajian")
    assert "rahasia" not in words(found, "id")


def test_consent_is_recorded_once_with_its_line_in_the_audit_log(store):
    found = read_study(store)
    assert consented(store, found, "bappeda-1", AT, "bappeda-1")
    assert not consented(store, found, "bappeda-1", "2027-01-01T00:00:00.000Z", "bappeda-1")
    assert held(store, "bappeda-1")["consented_at"] == AT
    assert [(one.action, one.subject) for one in store.events() if one.action == "consented"] == [
        ("consented", "bappeda-1")
    ]


def test_a_reader_of_forms_can_record_a_consent_that_the_form_asked_for(store):
    assert store.consent("bappeda-2", "2026-02-03T04:05:06Z")
    assert not store.consent("somebody-else", AT)
    assert {one.id: one.consented_at for one in store.respondents()}["bappeda-2"] == "2026-02-03T04:05:06Z"


def test_who_answered_without_a_recorded_consent_is_counted(store):
    counts = []
    for respondent in ("bappeda-1", "bappeda-2", "kominfo-1"):
        found = read_study(store)
        counts.append(unconsented(found, collect(found, store.log())))
        store.consent(respondent, AT)
    assert counts == [3, 2, 1]


def test_a_consent_is_withdrawn_by_an_empty_value(store):
    store.consent("bappeda-1", AT)
    correct(store, read_study(store), "bappeda-1", {"consented_at": ""}, AT, "admin")
    assert held(store, "bappeda-1")["consented_at"] is None


def test_consent_given_in_a_copy_is_merged(store, tmp_path):
    with study(str(tmp_path / "copy")) as copy:
        copy.consent("bappeda-1", AT)
        merge_copies(store, copy, AT, "admin")
    assert held(store, "bappeda-1")["consented_at"] == AT


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_guide_of_a_workbook_shows_the_notice(found, language):
    book = openpyxl.load_workbook(BytesIO(office_workbook(found, present(()), "bappeda", "", language)))
    cells = [row[0] for row in book.worksheets[0].iter_rows(values_only=True)]
    assert [text[language] for text in notice(found).paragraphs] == cells[3 : 3 + len(notice(found).paragraphs)]
