"""What every report must hold, whatever the case."""

import hashlib
import io
import re
import subprocess
import sys
from pathlib import Path

import pypdf
import pytest

from gscm.errors import BadUse, FaultsFound
from gscm.i18n import LANGUAGES
from gscm.report import pdf as pdf_module
from gscm.report.html import render_html
from gscm.report.load import load_report
from gscm.report.pdf import render_pdf
from gscm.report.sections import SECTIONS
from tests.report import cases
from tests.report.cases import CASES, assessed, south_kalimantan


def pages(data: bytes) -> list[str]:
    return [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(data)).pages]


def words(text: str) -> str:
    return re.sub(r"\s+", " ", text)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("report", ["assessment", "brief", "kajian"])
def test_every_section_is_in_the_page_in_both_languages(report, language):
    page = render_html(south_kalimantan(), report, language)
    for heading in load_report(report, lambda section: SECTIONS[section].speaks(south_kalimantan())).headings:
        assert f'id="{heading.anchor}"' in page
    assert f'<html lang="{language}">' in page
    assert south_kalimantan().model.notice[language] in page


def test_a_section_with_nothing_to_say_is_left_out():
    page = render_html(south_kalimantan(), "assessment", "en")
    assert "Regencies and cities" not in page
    assert "Programmes realised" not in page


def test_regencies_and_cities_stand_beside_the_result_of_the_province():
    page = words(render_html(cases.with_regions(), "kajian", "en"))
    assert "Mean level of 3 regencies and cities: 2.50–2.90 (weighted by population)." in page
    assert "Kabupaten C</th><td>not known" in page


def test_programmes_are_told_by_part_by_office_and_where_they_are_stuck():
    page = words(render_html(cases.with_programmes(), "assessment", "en"))
    assert "Of 3 programmes 1 have reached their target; 50%–83% is realised on average." in page
    assert "2 of 4 units" in page
    assert "tender failed" in page


def test_rows_of_the_answers_are_no_claims_of_the_model():
    page = words(render_html(cases.with_programmes(), "assessment", "en"))
    assert "Road</strong>" in page
    assert "(Works)" in page
    assert "(Works; our design)" not in page


def test_every_section_stands_in_a_shipped_report():
    shipped = ("analysis", "assessment", "brief", "kajian", "roadmap")
    used = {heading.section for report in shipped for heading in load_report(report).headings}
    assert used == set(SECTIONS)


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_case_becomes_a_page(case, language):
    page = render_html(CASES[case](), "assessment", language)
    assert not re.search(r">\s*None\s*<|Fraction\(|held_by|blocked_by", page)


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_summary_is_one_page(case, language, tmp_path):
    summary = tmp_path / "report.yaml"
    summary.write_text("id: one\ntitle: Satu\nfront: [summary]\nchapters: [{title: X, sections: [statement]}]\n")
    found = pages(render_pdf(CASES[case](), tmp_path, language))
    asked = {"id": "Keputusan yang diminta", "en": "Decisions asked for"}[language]
    assert asked in found[0]
    assert words(CASES[case]().model.notice[language]) in words(found[1])
    assert {"id": "Apa yang resmi", "en": "What is official"}[language] in found[1]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_pdf_is_whole(language):
    data = render_pdf(south_kalimantan(), "assessment", language)
    reader, found = pypdf.PdfReader(io.BytesIO(data)), pages(data)
    notice = south_kalimantan().model.notice[language]
    assert 20 <= len(found) <= 36
    assert all(notice in words(page) for page in found)
    assert reader.trailer["/Root"]["/Lang"] == language
    assert "Kalimantan Selatan" in reader.metadata.title
    assert fonts(reader) <= {"Source-Serif-4", "Source-Sans-3"}


def fonts(reader: pypdf.PdfReader) -> set[str]:
    names = set()
    for page in reader.pages:
        for font in page["/Resources"].get("/Font", {}).values():
            names.add(re.match(r"/(?:[A-Z]{6}\+)?(Source-\w+-\d|.*)", font.get_object()["/BaseFont"])[1])
    return names


def test_a_brief_is_two_to_four_pages():
    for language in LANGUAGES:
        assert 2 <= len(pages(render_pdf(south_kalimantan(), "brief", language))) <= 4


def test_the_same_inputs_give_the_same_bytes_in_another_process():
    script = (
        "import hashlib; from tests.report.cases import south_kalimantan; from gscm.report.pdf import render_pdf;"
        "print(hashlib.sha256(render_pdf(south_kalimantan(), 'brief', 'id')).hexdigest())"
    )
    root = Path(__file__).parents[2]
    run = subprocess.run(
        [sys.executable, "-c", script],
        check=False,
        cwd=root,
        env={"PYTHONHASHSEED": "7", "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
    )
    assert run.stdout.strip() == hashlib.sha256(render_pdf(south_kalimantan(), "brief", "id")).hexdigest(), run.stderr


def test_what_people_write_is_never_run():
    hostile = assessed(
        "gscm-province",
        "  regulation.2: {value: ya, source: s, note: '<img src=x onerror=alert(1)> {{7*7}}'}",
        "subject: {id: x, name: '<script>alert(1)</script> {{7*7}} {name}', year: 2026}\n"
        "sources: {s: {title: '\"><b>', href: 'javascript:alert(1)'}}",
    )
    page = render_html(hostile, "assessment", "id")
    assert "<script" not in page
    assert "<img" not in page
    assert "49" not in re.findall(r"<title>(.*?)</title>", page)[0]
    assert 'href="javascript' not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt; {{7*7}} {name}" in page


def test_an_index_that_hardly_rests_on_answers_is_not_put_forward():
    page = words(render_html(south_kalimantan(), "assessment", "id"))
    assert "keduanya jangan dikutip sendiri-sendiri" in page
    assert '<p class="big">7%</p>' in page


def test_a_radar_needs_three_scores():
    one = assessed("gscm-province", "  regulation.2: ya", "subject: {id: x, name: X}\nscope: [governance, people]")
    assert "<title>Indeks kesiapan" not in render_html(one, "assessment", "id")
    assert "<title>Indeks kesiapan" in render_html(south_kalimantan(), "assessment", "id")


def test_index_and_level_are_said_to_differ():
    half = cases.half_way()
    page = words(render_html(half, "assessment", "id"))
    assert "Di sini keduanya berbeda" in page


def test_the_official_model_says_whose_values_are_official():
    page = render_html(cases.spbe_full(), "assessment", "id")
    assert "nilai resmi hanya diterbitkan oleh Kementerian PANRB" in page
    assert "dibaca langsung dari indeks" in page


def test_an_unknown_section_is_a_sentence(tmp_path):
    (tmp_path / "report.yaml").write_text(
        "id: mine\ntitle: Saya\nchapters:\n  - title: X\n    sections: [ladder, ladderr]\n"
    )
    with pytest.raises(FaultsFound) as fault:
        render_html(south_kalimantan(), tmp_path, "id")
    assert (
        fault.value.issues[0]
        .sentence("en")
        .endswith("report.yaml:5: The section “ladderr” is not known. Did you mean “ladder”?")
    )


def test_an_unknown_report_is_a_sentence():
    with pytest.raises(BadUse, match="Did you mean “brief”"):
        render_html(south_kalimantan(), "brif", "id")


def test_a_folder_may_bring_its_own_template(tmp_path):
    (tmp_path / "report.yaml").write_text("id: mine\ntitle: Saya\nchapters: [{title: X, sections: [signature]}]\n")
    (tmp_path / "sections").mkdir()
    template = tmp_path / "sections" / "signature.html.j2"
    template.write_text("<p>Milik kami: {{ place }}</p>")
    assert "Milik kami: Banjarbaru" in render_html(south_kalimantan(), tmp_path, "id")
    for wrong in ("{{ ''.__class__.__mro__ }}", "{{ nothing }}", "{% if %}"):
        template.write_text(wrong)
        with pytest.raises(FaultsFound, match="This template cannot be used"):
            render_html(south_kalimantan(), tmp_path, "en")


def test_nothing_is_fetched():
    import weasyprint

    fetch = pdf_module._fetcher(weasyprint)
    for url in ("file:///etc/passwd", "http://localhost/x", "https://example.org/"):
        with pytest.raises(ValueError, match="protocol"):
            fetch(url)


def test_missing_libraries_are_a_sentence(monkeypatch):
    monkeypatch.setitem(sys.modules, "weasyprint", None)
    with pytest.raises(BadUse, match="gscm doctor"):
        render_pdf(south_kalimantan(), "brief", "id")
