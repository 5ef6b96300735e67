"""The paper form: what stands on it, and that a reader of QR codes reads every page."""

from __future__ import annotations

import io
import shutil
import subprocess
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest
import zxingcpp
from PIL import Image
from pypdf import PdfReader

from gscm.i18n import Text, same
from gscm.model.load import find_model, load_model
from gscm.questionnaire.flow import relevant_facts
from gscm.questionnaire.load import find_questionnaire, load_questionnaire
from gscm.questionnaire.skips import skips
from gscm.report import form
from gscm.report.form import Cover, Information, form_pdf, forms_pdf, render_form
from gscm.report.mark import Mark, code_in, mark_of, star, study_in
from gscm.responses.answers import Answer, Answers, Study, Subject


def questionnaire(name):
    return load_questionnaire(find_questionnaire(name), load_model(find_model(name)))


def items(of, *codes):
    return [of.items[code] for code in codes]


def cover(mark, office="Bappeda"):
    information = Information(
        Text("Judul", "Title"), (Text("Penjelasan.", "Information."),), Text("Setuju?", "Agreed?"),
        Text("Ya", "Yes"), Text("Tidak", "No"),
    )  # fmt: skip
    return Cover(mark, "Kota Contoh", 2026, same(office), date(2026, 12, 31), information)


def pictures(pdf, tmp_path: Path):
    """The pages of a PDF at 150 dots an inch, as a cheap scanner sees them."""
    if shutil.which("pdftoppm") is None:
        pytest.skip("poppler-utils is not installed")
    file = tmp_path / "form.pdf"
    file.write_bytes(pdf)
    subprocess.run(["pdftoppm", "-r", "150", "-gray", "-png", str(file), str(tmp_path / "page")], check=True)
    return [Image.open(page) for page in sorted(tmp_path.glob("page*.png"))]


def read(picture):
    return [code.text for code in zxingcpp.read_barcodes(picture)]


def test_the_qr_of_every_page_is_read_and_names_form_version_office_respondent_and_page(tmp_path):
    of = questionnaire("spbe-2020")
    asked = items(of, *(f"i{number}" for number in range(1, 9)))
    marks = [mark_of(of, asked, "1a2b3c4d-5e6f", "bappeda", one) for one in ("bappeda-1", "bappeda-2")]
    said = [read(page) for page in pictures(forms_pdf(of, asked, "id", [cover(mark) for mark in marks]), tmp_path)]
    digest = marks[0].digest
    pages = len(said) // 2
    assert pages > 2
    assert said == [
        [f"gscm:1:{mark.code}:1a2b3c4d:spbe-2020@{of.version}:{digest}:bappeda:{mark.respondent}:{page}"]
        for mark in marks
        for page in range(1, pages + 1)
    ]


def test_the_form_of_a_questionnaire_without_a_study_bears_a_qr_too(tmp_path):
    of = questionnaire("spbe-2020")
    (page,) = pictures(form_pdf(of, items(of, "i1"), "id", "bappeda"), tmp_path)
    assert [code_in(text) for text in read(page)] == [mark_of(of, items(of, "i1"), "", "bappeda", "").code]


def test_a_page_beyond_those_foreseen_bears_the_qr_without_its_number(tmp_path, monkeypatch):
    monkeypatch.setattr(form, "_qr_pages", lambda mark, items: [(None, form._qr(mark, None))])
    of = questionnaire("spbe-2020")
    (page,) = pictures(form_pdf(of, items(of, "i1"), "id", None), tmp_path)
    assert read(page) == [mark_of(of, items(of, "i1"), "", "", "").text(None)]


def test_each_form_in_a_file_counts_its_own_pages_and_bears_code_and_notice_on_each():
    of = questionnaire("gscm-province")
    asked = items(of, *list(of.items)[:20])
    marks = [mark_of(of, asked, "1a2b3c4d", "bappeda", one) for one in ("bappeda-1", "bappeda-2")]
    reader = PdfReader(io.BytesIO(forms_pdf(of, asked, "id", [cover(mark) for mark in marks])))
    pages = [" ".join(page.extract_text().split()) for page in reader.pages]
    each = len(pages) // 2
    for number, page in enumerate(pages):
        mark = marks[number // each]
        assert f"Kode formulir {mark.code} · {number % each + 1}/{each}" in page
        assert "bukan hasil resmi RKCI/ITB" in page
        assert f"Bappeda · {mark.respondent}" in page
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]


def test_the_cover_tells_whose_form_it_is_and_asks_for_consent_before_the_items():
    of = questionnaire("spbe-2020")
    mark = mark_of(of, items(of, "i1"), "1a2b3c4d", "bappeda", "bappeda-1")
    page = render_form(of, items(of, "i1"), "id", None, cover(mark))
    places = [page.index(f">{words}<") for words in ("Kota Contoh", "31 Desember 2026", "bappeda-1", "Setuju?", "i1")]
    assert places == sorted(places)


def test_the_boxes_stand_beside_the_codes_that_are_keyed_in():
    of = questionnaire("gscm-province")
    whole = [code for code, item in of.items.items() if item.node == "regency-coordination"]
    page = render_form(of, items(of, "regulation.2", "poverty.value", *whole), "en", None)
    yes_no, figure, first, *rest = page.split('class="item"')[1:]
    assert all(f"<b>{code}</b>" in yes_no for code in ("1", "0", "98"))
    assert "97</b>" not in yes_no
    assert "<b>*98</b>" in figure  # 98 can be the figure
    assert "<b>97</b> this whole indicator does not apply, because" in first
    assert not any("97</b>" in item for item in rest)


def test_a_form_tells_where_to_go_on_after_no_within_one_indicator():
    of = questionnaire("gscm-province")
    codes = [code for code in of.items if code.startswith(("regulation.", "masterplan."))]
    page = render_form(of, items(of, *codes), "id", None)
    boxes = page.split('class="item"')[1:]
    assert "Jika tidak, lanjutkan ke butir masterplan.2." in boxes[codes.index("regulation.2")]
    assert "Jika tidak" not in boxes[codes.index("regulation.5.2")]
    assert "Jika tidak, butir selebihnya tidak perlu diisi." in boxes[codes.index("masterplan.2")]


def test_what_is_skipped_after_no_can_no_longer_change_what_the_study_reports():
    of = questionnaire("gscm-province")
    asked = list(of.items.values())[:60]
    codes = [item.code for item in asked]
    found = skips(of, asked)
    assert found["regulation.2"] == 5
    for code, count in found.items():
        entry = Answer(code, "given", "criterion", value=Fraction(0))
        answers = Answers(of.model, Subject("", "", None, None), Study(), {}, (), None, {code: entry}, (), "")
        passed = codes[codes.index(code) + 1 : codes.index(code) + 1 + count]
        assert not relevant_facts(of, answers, of.staging).intersection(passed)


def test_a_questionnaire_that_asks_everything_skips_nothing():
    of = questionnaire("spbe-2020")
    assert skips(of, list(of.items.values())) == {}


MARK = Mark("1a2b3c4d-5e6f", "spbe-2020", "1.0.1", "9f8e7d6c", "dinas:satu", "bappeda-1")


def test_a_code_is_read_from_what_is_typed_and_from_what_a_scanner_types():
    assert len({MARK.code, Mark("", *(["x"] * 5)).code}) == 2
    for typed in (MARK.code, MARK.code.lower(), MARK.code.replace("-", " "), f" {MARK.text(3)} "):
        assert code_in(typed) == MARK.code
    assert code_in("7K3M-Q9X") is None
    assert code_in("gscm:2:7K3M-Q9XA:x") is None
    assert code_in("OIL1-0000") == "0111-0000"


def test_the_text_of_a_qr_keeps_its_parts_apart_and_names_the_study():
    assert MARK.text(12).split(":")[3:] == [
        "1a2b3c4d", "spbe-2020@1.0.1", "9f8e7d6c", "dinas%3Asatu", "bappeda-1", "12",
    ]  # fmt: skip
    assert study_in(MARK.text(12)) == "1a2b3c4d"
    assert study_in(MARK.code) == ""


@pytest.mark.parametrize(("name", "code", "before"), [("spbe-2020", "i1", ""), ("gscm-province", "poverty.value", "*"),
                                                      ("kominfo-2022-regular", "legal-basis", "")])  # fmt: skip
def test_97_and_98_are_starred_where_they_can_be_figures(name, code, before):
    of = questionnaire(name)
    assert star(of, of.items[code]) == before


def test_a_form_with_other_items_has_another_digest():
    of = questionnaire("spbe-2020")
    one, two = (mark_of(of, items(of, *codes), "s", "o", "r") for codes in (("i1", "i2"), ("i2", "i1")))
    assert one.digest != two.digest
