"""Reports on models that give a score and no level, on fractions of levels, and on unpublished weights."""

import re
from functools import lru_cache

import pytest

from gscm.assessment import assess
from gscm.i18n import LANGUAGES
from gscm.model.load import find_model, load_model
from gscm.report.html import render_html
from gscm.report.pdf import render_pdf
from gscm.responses.load import bind
from gscm.yamlfile import parse, read
from tests.report.cases import assessed
from tests.report.test_report import pages, words
from tests.tiny import answered, tiny


@lru_cache
def malang(left_out=()):
    """Kabupaten Malang 2022 with all its items, or without some."""
    case = read(find_model("kominfo-2022-first-year") / "cases/kabupaten-malang-2022.yaml").data["answers"]
    return assessed(
        "kominfo-2022-first-year", "\n".join(f"  {id}: {value}" for id, value in case.items() if id not in left_out)
    )


@lru_cache
def unpublished():
    return assessed("kominfo-2020", "  {baseline: 3.51, output: 3.14, outcome: 3.34, impact: 3.80, quick-win: 3.57}")


@lru_cache
def pemdi():
    values = [2.2, 3, 2.5, 3.5, None, 2.75, None, 2.2, 3, 3.5, 2.2, 4, 2.75, 3, 2, 2.5, 3.5, None, 2.2, 3.25]
    return assessed("pemdi-2026", "\n".join(f"  i{n}: {value}" for n, value in enumerate(values, 1) if value))


def page(assessment, language="id", report="assessment"):
    """The text of a report, without what only pictures and styles hold."""
    html = render_html(assessment, report, language)
    html = re.sub(r"<(style|svg)\b.*?</\1>", " ", html, flags=re.DOTALL)
    return words(re.sub(r"<[^>]+>", " ", html)).replace("\N{NO-BREAK SPACE}", " ")


@pytest.mark.parametrize("report", ["assessment", "kajian", "brief"])
def test_a_model_without_levels_is_not_said_to_have_reached_the_highest(report):
    said = page(malang(), report=report)
    assert "Level tertinggi" not in said
    assert "Jaga level" not in said
    assert "Tanpa level" not in said
    assert "gerbang" not in said


def test_the_summary_leads_with_the_index_and_what_would_lift_it_most():
    said = page(malang())
    assert "Provinsi Contoh bernilai 2,51 dari 4" in said
    assert "Terkuat: Program percepatan (quick win) (3,08). Terlemah: Dasar (baseline) (1,40)." in said
    assert "Indeks Smart City paling banyak naik bila Keluaran (output) dibenahi: sampai 0,49." in said


def test_weight_times_score_is_the_contribution():
    html = words(render_html(malang(), "assessment", "en"))
    row = "".join(f'<td class="num">{cell}</td>' for cell in ("20%", "1.54", "0.31", "0.49"))
    assert f'<th scope="row">Output</th>{row}' in html


def test_sections_on_levels_are_left_out_and_open_answers_told():
    html = render_html(malang(("apbd-share", "formulation")), "assessment", "en")
    assert 'id="s-graph"' not in html
    assert 'id="s-placement"' not in html
    assert 'id="s-unanswered"' in html
    assert 'id="s-unanswered"' not in render_html(malang(), "assessment", "en")
    assert "2 answers are not known. So the smart-city index can only be stated as between 2.43 and 2.64." in html


def test_what_is_open_is_not_counted_as_lacking():
    everything = tuple(f"  {leaf.id}: 4" for leaf in malang().model.nodes.values() if leaf.is_leaf)
    said = page(assessed("kominfo-2022-first-year", "\n".join(everything[1:])))
    assert "No shortcoming" not in said
    assert "Belum ada kekurangan yang diketahui; yang diperlukan sekarang adalah jawaban." in said


@pytest.mark.parametrize("language", LANGUAGES)
def test_unpublished_weights_are_told_and_none_is_printed(language):
    said = page(unpublished(), language)
    assert {"id": "tidak dipublikasikan", "en": "unpublished"}[language] in said
    assert "20%" not in said
    assert {"id": "rancangan kami", "en": "our design"}[language] not in said


def test_a_partial_scope_never_bears_the_plain_name_of_the_index():
    said = page(assessed("kominfo-2022-first-year", "  regulation: 4", "subject: {id: x, name: X}\nscope: [output]"))
    assert "Dalam lingkup yang dinilai, X bernilai" in said
    assert "Indeks Smart City (lingkup sebagian)" in said


def test_only_the_whole_known_names_no_part():
    said = page(assessed("kominfo-2020", "  overall: 3.41"))
    assert "bernilai 3,41 dari 4" in said
    assert "Terlemah" not in said


@pytest.mark.parametrize("case", [malang, unpublished, pemdi])
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_summary_of_a_ranking_is_one_page(case, language, tmp_path):
    (tmp_path / "report.yaml").write_text(
        "id: one\ntitle: Satu\nfront: [summary]\nchapters: [{title: X, sections: [statement]}]\n"
    )
    found = pages(render_pdf(case(), tmp_path, language))
    assert {"id": "Keputusan yang diminta", "en": "Decisions asked for"}[language] in found[0]
    assert {"id": "Apa yang resmi", "en": "What is official"}[language] in found[1]


def test_a_fraction_of_a_level_is_printed_as_answered():
    html = render_html(pemdi(), "assessment", "id")
    assert "Naikkan Tingkat Kematangan Tata Kelola Pemdi dari 2,2 ke 5." in html
    assert "Tata Kelola Pemdi: Membangun" not in page(pemdi())
    assert re.search(r"<text [^>]*>2,2</text>", html)


def test_one_report_states_one_shortfall_at_both_its_ends():
    said = page(pemdi())
    assert said.count("0,42 sampai 0,86") == 3
    assert "0,42–0,86" in said
    assert not re.search(r"kurang 0,86|memerlukan 0,42 lagi", said)


def test_weights_of_siblings_are_told_on_their_own_grounds():
    model = tiny("""
        children:
          - {id: a, kind: level, title: A, weight: 1, weight_claim: {basis: official, source: us, note: Printed.}}
          - {id: b, kind: level, title: B, weight: 3}
        """)
    said = page(assess(answered(model, "a: 1")), "en")
    assert "Basis: official. Source: us. Printed. Model A 25%" in said
    assert "Basis: our design. Source: us. Model B 75%" in said


def test_several_sequences_of_levels_say_whose_they_are():
    said = page(pemdi(), "en")
    assert "Levels of the whole. Basis: published." in said
    assert "Levels of indicator. Basis: published." in said


def test_nodes_left_out_of_the_picture_are_not_said_to_be_elsewhere():
    assert "20 simpul lain tidak digambar." in page(pemdi())
    assert "tabel kesenjangan" not in page(pemdi())


def test_monitoring_names_its_programmes_not_their_unit():
    rows = "rows: [{id: a, title: Antrean daring, target: 10, realised: 4}, {id: b, title: Klinik, target: 2}]"
    text = f"model: masterplan-progress\nsubject: {{id: x, name: X}}\nanswers:\n  health: {{{rows}}}\n"
    found = assess(bind(parse(text, "answers.yaml"), load_model(find_model("masterplan-progress"))))
    said = page(found)
    assert "Antrean daring Smart living 40,00" in said
    assert "Klinik Smart living" in said
