"""The form for phones: pyxform and ODK Validate take it, and every name in it stands for one code."""

import shutil
from dataclasses import replace

import openpyxl
import pytest
from pyxform.xls2xform import convert

from gscm.formats.xlsform import Frame, form, form_xlsx, name_of
from gscm.i18n import same
from gscm.model.load import find_model, load_model
from gscm.questionnaire.load import derived_questionnaire, questionnaire_for
from gscm.resources import folder
from tests.tiny import tiny

MODELS = sorted(file.parent.name for file in folder("models").glob("*/model.yaml"))
ASKS_NOTHING = "masterplan-progress"  # its rows come with the answers
FRAME = Frame(
    study="0" * 36,
    subject="Kota Contoh",
    title=same("Title"),
    told=(same("Told, with a ${reference} that is none."),),
    question=same("Agreed?"),
    agreed=same("Yes"),
    declined=same("No"),
    offices=(("bappeda", "Bappeda"), ("kominfo", "Diskominfo")),
    asked={},
)
TREE = """
    children:
      - id: r-b
        kind: criteria
        title: Rules
        criteria:
          2:
            - text: Decreed
              may_not_apply: true
              evidence: [A decree, A gazette]
          3: [{text: Used}]
      - {id: sea, kind: criteria, title: Sea, may_not_apply: true, criteria: {2: [{text: Harbours}]}}
      - {id: plan, kind: level, title: Plan}
      - id: read
        kind: quantity
        title: Readers
        quantity:
          {title: readers, unit: per 1000, direction: higher, least: 0, most: 1000, min: 0, max: 100, targets: {2: 50}}
"""


def made(frame=FRAME, tree=TREE):
    questionnaire = derived_questionnaire(tiny(tree))
    return form(questionnaire, questionnaire.items, frame)


def field(code, of=None):
    return next(field for field in (of or made()).fields if field.code == code and field.kind != "end_group")


def choices(code, of=None):
    return [(choice.name, choice.label.en) for choice in field(code, of).choices]


@pytest.mark.parametrize("name", [name for name in MODELS if name != ASKS_NOTHING])
def test_pyxform_takes_the_form_of_every_model_without_a_word(name, tmp_path):
    model = load_model(find_model(name))
    written, derived = questionnaire_for(model), derived_questionnaire(model)
    some = dict.fromkeys(list(written.items)[::3], ("bappeda",))
    for questionnaire, frame in ((written, replace(FRAME, asked=some)), (derived, None)):
        path = tmp_path / "form.xlsx"
        path.write_bytes(form_xlsx(form(questionnaire, questionnaire.items, frame), "id"))
        assert convert(str(path)).warnings == []


@pytest.mark.slow
@pytest.mark.skipif(not shutil.which("java"), reason="ODK Validate needs Java")
@pytest.mark.parametrize("name", ["gscm-province", "spbe-2020", "selection-2019", "kominfo-2022-regular"])
def test_odk_validate_takes_it(name, tmp_path):
    questionnaire = questionnaire_for(load_model(find_model(name)))
    path = tmp_path / "form.xlsx"
    path.write_bytes(form_xlsx(form(questionnaire, questionnaire.items, FRAME), "id"))
    assert convert(str(path), validate=True).warnings == []


def test_the_tiny_form_of_every_kind_of_answer_is_taken_too(tmp_path):
    path = tmp_path / "form.xlsx"
    path.write_bytes(form_xlsx(made(), "en"))
    assert convert(str(path), validate=bool(shutil.which("java"))).warnings == []


def test_sheets_and_columns_are_those_of_xlsform_in_both_languages(tmp_path):
    path = tmp_path / "form.xlsx"
    path.write_bytes(form_xlsx(made(), "en"))
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == ["survey", "choices", "settings"]
    headings = [cell.value for cell in book["survey"][1]]
    assert headings[:4] == ["type", "name", "label::Bahasa Indonesia (id)", "label::English (en)"]
    settings = dict(zip(*([cell.value for cell in row] for row in book["settings"].iter_rows()), strict=True))
    assert settings["default_language"] == "English (en)"
    assert settings["form_id"] == "m-00000000"


def test_the_version_follows_the_content():
    assert made().version == made().version
    assert made().version != made(replace(FRAME, offices=FRAME.offices[:1])).version


def test_one_name_stands_for_one_code():
    assert [name_of(code) for code in ("council.3.1", "business-support.2", "e.value")] == [
        "council__3__1",
        "business_support__2",
        "e__value",
    ]


@pytest.mark.parametrize("name", MODELS)
def test_no_two_fields_have_one_name(name):
    questionnaire = questionnaire_for(load_model(find_model(name)))
    fields = form(questionnaire, questionnaire.items, FRAME).fields
    names = [name_of(field.code).casefold() for field in fields if field.kind != "end_group"]
    assert len(set(names)) == len(names)


def test_choices_are_stored_by_code_never_by_text():
    assert choices("r-b.2") == [("1", "Yes"), ("0", "No"), ("98", "Don't know"), ("97", "Not applicable")]
    assert choices("plan") == [("1", "1 L1"), ("2", "2 L2"), ("3", "3 L3"), ("98", "Don't know")]
    assert choices("sea") == [("1", "Yes, it applies"), ("97", "Not applicable")]
    assert choices("r-b.2.evidence") == [("1", "A decree"), ("2", "A gazette"), ("other", "Other evidence")]


def test_a_figure_is_asked_only_where_it_is_at_hand_and_within_its_bounds():
    assert choices("read.known") == [("1", "The figure is at hand"), ("98", "Don't know")]
    figure = field("read")
    assert (figure.kind, figure.relevant) == ("decimal", "${read__known} = 1")
    assert figure.constraint == ". >= 0 and . <= 1000"
    assert figure.label.en == "read: figure (per 1000)"


def test_what_does_not_apply_needs_its_reason():
    reason = field("r-b.2.reason")
    assert (reason.required, reason.relevant) == (True, "${r_b__2} = 97")


def test_whoever_declines_is_asked_nothing():
    found = made()
    depth, outside = 0, []
    for one in found.fields:
        if one.kind == "begin_group":
            depth += 1
            outside += [one] if depth == 1 and "${gscm__consent} = 1" not in one.relevant else []
        depth -= one.kind == "end_group"
        if not depth and one.kind not in ("start", "end", "calculate", "end_group"):
            outside.append(one)
    assert [one.code for one in outside] == ["gscm.notice", "gscm.declined"]


def test_an_item_is_asked_of_its_offices_only():
    found = made(replace(FRAME, asked={"plan": ("kominfo",)}))
    assert field("plan.group", found).relevant == "(${gscm__consent} = 1) and (${gscm__office} = 'kominfo')"
    assert field("read.group", found).relevant == "${gscm__consent} = 1"


def test_the_form_of_one_office_does_not_ask_which():
    found = made(replace(FRAME, offices=FRAME.offices[:1]))
    assert (field("gscm.office", found).kind, field("gscm.office", found).calculation) == ("calculate", "'bappeda'")


def test_without_a_study_only_the_items_are_asked():
    assert not [one.code for one in made(None).fields if one.code in ("gscm.consent", "gscm.office", "gscm.respondent")]


def test_tables_are_named_as_left_out():
    questionnaire = questionnaire_for(load_model(find_model("itu-y4904")))
    assert "Strategy; Other KPIs" in field("gscm.left-out", form(questionnaire, questionnaire.items)).label.en
