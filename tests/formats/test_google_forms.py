"""Responses of a Google form: which heading is which item, and what a row says."""

import pytest

from gscm import yamlfile
from gscm.errors import FaultsFound, Issue
from gscm.formats.cell import Roll
from gscm.formats.google_forms import is_google_forms, read_responses, recognised, suggestions
from gscm.formats.mapping import Mapped, MappingFile, mapping_text, read_mapping
from gscm.model.load import find_model, load_model
from gscm.questionnaire.load import find_questionnaire, load_questionnaire

SPBE = load_questionnaire(find_questionnaire("spbe-2020"), load_model(find_model("spbe-2020")))
PROVINCE = load_questionnaire(find_questionnaire("gscm-province"), load_model(find_model("gscm-province")))
ROLL = Roll(
    {"bappeda": "Badan Perencanaan", "kominfo": "Dinas Kominfo"}, {"bappeda-1": "bappeda", "bappeda-2": "bappeda"}
)
I1, I2 = SPBE.items["i1"].text, SPBE.items["i2"].text


def mapped(text, questionnaire=SPBE):
    document = yamlfile.parse(f"questionnaire: {questionnaire.id}\n{text}", "m.yaml")
    return Mapped(yamlfile.validate(document, MappingFile), document)


def responses(tmp_path, content, mapping=None, office=None, questionnaire=SPBE):
    """What a file says, answer by answer, and the sentences."""
    file = tmp_path / "r.csv"
    file.write_text(content, encoding="utf-8")
    by = mapped(mapping, questionnaire) if mapping is not None else None
    found = list(read_responses(file, questionnaire, ROLL, office, by))
    told = [one.sentence("en").removeprefix(f"{tmp_path}/") for one in found if isinstance(one, Issue)]
    return [(g.office, g.author, g.fact, g.written) for g in found if not isinstance(g, Issue)], told


def refused(tmp_path, content, mapping=None, office="bappeda"):
    with pytest.raises(FaultsFound) as found:
        responses(tmp_path, content, mapping, office)
    return [issue.sentence("en").replace(f"{tmp_path}/", "") for issue in found.value.issues]


# ------------------------------------------------------------------------------------------------------- headings


@pytest.mark.parametrize(
    ("heading", "code"),
    [
        (I1.id, "i1"),
        (I1.en.upper() + " *", "i1"),
        (f"[i1] {I1.id}", "i1"),
        ("i1. Aturan arsitektur", "i1"),
        ("I1 – Aturan arsitektur", "i1"),
        ("i1", "i1"),
        (f"Nilailah [{I1.id}]", "i1"),
        ("Nilailah [[i1] Aturan arsitektur]", "i1"),
        ("Nilailah [i1]", "i1"),
    ],
)
def test_a_heading_with_the_code_or_the_words_of_an_item_is_that_item(heading, code):
    assert recognised([heading], SPBE).mapping.items == {code: heading}


@pytest.mark.parametrize(
    "heading", ["Aturan arsitektur", "i1 Aturan", "[i1] [i2] Aturan", f"[i2] {I1.id}", "[i99] Aturan", I1.id[:-20]]
)
def test_a_heading_that_is_not_certain_is_left(heading):
    assert recognised([heading], SPBE).left == (heading,)


def test_headings_of_a_form_are_known_in_both_languages():
    found = recognised(
        ["Stempel waktu", "Alamat email", "OPD", "Kode responden", "Persetujuan", "[i1] Alasan", "[i1] note"], SPBE
    )
    columns = found.mapping
    assert (columns.timestamp.heading, columns.office.heading, columns.respondent.heading, columns.consent.heading) == (
        "Stempel waktu", "OPD", "Kode responden", "Persetujuan",
    )  # fmt: skip
    assert (columns.ignored, columns.reasons, columns.notes) == (
        ("Alamat email",), {"i1": "[i1] Alasan"}, {"i1": "[i1] note"},
    )  # fmt: skip
    assert found.left == ()


def test_a_heading_may_say_in_brackets_what_it_is():
    found = recognised(["[OPD] Di mana Anda bertugas?", "[Responden] Tulis kode Anda", "Pilih [OPD]"], SPBE)
    assert (found.mapping.office.heading, found.mapping.respondent.heading) == (
        "[OPD] Di mana Anda bertugas?", "[Responden] Tulis kode Anda",
    )  # fmt: skip
    assert found.left == ("Pilih [OPD]",)


def test_two_headings_for_one_item_are_told_apart():
    assert recognised([I1.id, f"[i1] {I1.en}"], SPBE).doubled == ((f"[i1] {I1.en}", I1.id),)


def test_close_words_are_suggested_each_item_once():
    left = (
        "Sampai mana aturan internal tentang arsitektur SPBE?",
        "Aturan internal tentang arsitektur SPBE di instansi",
        "Umur",
    )
    found = suggestions(left, SPBE, ())
    assert (left[1], "i1") in [(one.heading, one.code) for one in found]
    assert len({one.code for one in found}) == len(found)
    assert left[2] not in [one.heading for one in found]


def test_what_is_taken_is_not_suggested():
    assert [one.code for one in suggestions([I1.id + " (a)"], SPBE, ["i1"])] != ["i1"]


# -------------------------------------------------------------------------------------------------------- mapping


def test_a_mapping_that_is_written_reads_back_as_it_was(tmp_path):
    file = MappingFile(
        questionnaire="spbe-2020",
        timestamp={"heading": "Stempel waktu", "order": "dmy"},
        items={"i1": 'Apa "itu": a – b?\n\u2028', "i2": "😀 # no: comment"},
        ignored=("Umur",),
    )
    (tmp_path / "m.yaml").write_text(mapping_text(file, {}, ["Top"]), encoding="utf-8")
    assert read_mapping(tmp_path / "m.yaml", SPBE).file == file


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (
            "suggested: {i1: Aturan}",
            "m.yaml:2: “Aturan” for the item i1 is but a suggestion. If it is right, move its line",
        ),
        ("undecided: [Umur]", "m.yaml:2: “Umur” is not mapped yet."),
        ("items: {i99: Aturan}", "m.yaml:2: The questionnaire has no item “i99”."),
        ("choices: {i99: {a: 1}}", "m.yaml:2: The questionnaire has no item “i99”."),
        ("items: {i1: Aturan, i2: ATURAN}", "m.yaml:2: The heading “ATURAN” stands at"),
        ("items: {i1: A}\ncheckboxes: [{heading: B, items: {i1: x}}]", "m.yaml:2: The item i1 is mapped twice."),
        ("timestamp: {heading: T, zone: CET}", "m.yaml:2: “zone”: “CET” is no time zone."),
    ],
)
def test_a_mapping_that_leaves_something_open_is_refused(tmp_path, content, told):
    (tmp_path / "m.yaml").write_text(f"questionnaire: spbe-2020\n{content}\n")
    with pytest.raises(FaultsFound) as found:
        read_mapping(tmp_path / "m.yaml", SPBE)
    assert told in found.value.issues[0].sentence("en")


def test_a_mapping_of_another_questionnaire_is_refused(tmp_path):
    (tmp_path / "m.yaml").write_text("questionnaire: pemdi-2026\nitems: {}\n")
    with pytest.raises(FaultsFound, match="is for the questionnaire “pemdi-2026”, the study has “spbe-2020”"):
        read_mapping(tmp_path / "m.yaml", SPBE)


# -------------------------------------------------------------------------------------------------------- answers


def test_a_file_of_a_form_is_known_by_its_first_heading(tmp_path):
    (tmp_path / "r.csv").write_text('"Stempel waktu","i1"\n')
    (tmp_path / "long.csv").write_text("timestamp,office,item,value\n")
    assert is_google_forms(tmp_path / "r.csv")
    assert not is_google_forms(tmp_path / "long.csv")


def test_headings_that_are_certain_need_no_mapping(tmp_path):
    content = (
        f'Stempel waktu,Kode responden,"{I1.id}",[i2] Peta rencana\n'
        "22/11/2026 13.05.10,bappeda-1,3 – Terdefinisi,Tidak tahu\n"
    )
    assert responses(tmp_path, content) == (
        [("bappeda", "bappeda-1", "i1", {"value": "3"}), ("bappeda", "bappeda-1", "i2", {"status": "unknown"})],
        [],
    )


def test_other_headings_are_refused_with_the_command_that_maps_them(tmp_path):
    told = refused(tmp_path, "Timestamp,Aturan arsitektur\n2026-11-22 10:00,3\n")
    assert told[0] == (
        "r.csv:1: The column “Aturan arsitektur” has neither the code of an item nor the words of its question. "
        "Map it first: gscm study map STUDY r.csv --out mapping.yaml"
    )


CHOICES = "Correct the cell, or write what it means below choices in the mapping."
MAPPING = """
office: {heading: Unit, offices: {Perencana: bappeda}}
items: {i1: Aturan, i2: Peta}
notes: {i1: Catatan Anda}
choices: {i1: {Sudah lengkap: 3}, all: {Belum ada: 1, Lainnya: tidak tahu}}
ignored: [Umur]
"""


def test_a_mapping_tells_headings_offices_and_choices(tmp_path):
    content = (
        "Unit,Aturan,Catatan Anda,Peta,Umur\nPerencana,sudah lengkap,cek,Belum ada,41\nkominfo,Lainnya,,Other,30\n"
    )
    assert responses(tmp_path, content, MAPPING) == (
        [
            ("bappeda", "", "i1", {"value": "3", "note": "cek"}),
            ("bappeda", "", "i2", {"value": "1"}),
            ("kominfo", "", "i1", {"status": "unknown"}),
        ],
        [f"r.csv:3: Column “Peta”: “Other” is no answer to the item i2. {CHOICES}"],
    )


@pytest.mark.parametrize(
    ("head", "told"),
    [
        ("Unit,Aturan,Catatan Anda,Peta,Baru", "r.csv:1: The column “Baru” is not in the mapping."),
        ("Unit,Aturan,Peta", "m.yaml:5: There is no column “Catatan Anda” in r.csv."),
        ("Unit,Aturan,Aturan,Catatan Anda,Peta", "r.csv:1: There are several columns “Aturan”."),
    ],
)
def test_headings_and_mapping_have_to_agree(tmp_path, head, told):
    assert [told] == [line[: len(told)] for line in refused(tmp_path, head + "\n", MAPPING)]


BOXES = """
checkboxes:
- {heading: Yang ada, none: Tidak satu pun, items: {A: "Perda, Perkada", B: Perkada, C: SK (a; b).}}
"""


@pytest.mark.parametrize(
    ("cell", "yes"),
    [
        ("Perda, Perkada, SK (a; b).", {"A", "C"}),
        ("Perkada;Perda, Perkada", {"A", "B"}),
        ("perkada", {"B"}),
        ("Tidak satu pun", set()),
    ],
)
def test_boxes_that_are_ticked_mean_yes_and_the_others_no(tmp_path, cell, yes):
    codes = dict(
        zip("ABC", [item.code for item in PROVINCE.items.values() if item.fact.kind == "criterion"], strict=False)
    )
    mapping = BOXES
    for letter, code in codes.items():
        mapping = mapping.replace(f"{letter}: ", f"{code}: ", 1)
    found, told = responses(tmp_path, f'Yang ada,x\n"{cell}",\n', mapping + "ignored: [x]\n", "bappeda", PROVINCE)
    assert ({one[2]: one[3]["value"] for one in found}, told) == (
        {code: letter in yes for letter, code in codes.items()},
        [],
    )


@pytest.mark.parametrize("cell", ["Perkada, Perwali", "Tidak satu pun, Perkada"])
def test_a_box_that_nobody_knows_is_refused(tmp_path, cell):
    code = next(item.code for item in PROVINCE.items.values() if item.fact.kind == "criterion")
    mapping = f"checkboxes: [{{heading: Ada, none: Tidak satu pun, items: {{{code}: Perkada}}}}]\n"
    found, told = responses(tmp_path, f'Ada\n"{cell}"\n', mapping, "bappeda", PROVINCE)
    assert (found, len(told)) == ([], 1)


def test_a_box_left_out_says_nothing(tmp_path):
    code = next(item.code for item in PROVINCE.items.values() if item.fact.kind == "criterion")
    mapping = f"ignored: [x]\ncheckboxes: [{{heading: Ada, items: {{{code}: Perkada}}}}]\n"
    assert responses(tmp_path, "x,Ada\n1,\n", mapping, "bappeda", PROVINCE) == ([], [])


def test_who_does_not_agree_is_left_out(tmp_path):
    content = "Persetujuan,OPD,i1\nSaya setuju,bappeda,3\nTidak setuju,kominfo,4\n,kominfo,4\n"
    found, told = responses(tmp_path, content)
    assert [one[0] for one in found] == ["bappeda"]
    assert told[0].startswith(
        "r.csv:3: Column “Persetujuan”: “Tidak setuju” gives no consent; the row is not taken in."
    )
    assert len(told) == 2


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("OPD,i1\nbappeda,3\nbappeda,4\n", "r.csv:3: “bappeda” has answered on line 2"),
        ("OPD,i1\n,3\n", "r.csv:2: Column “OPD”: it is empty; the row is not taken in."),
        ("Responden,i1\n,3\n", "r.csv:2: Column “Responden”: it is empty; the row is not taken in."),
        ("Responden,i1\np9,3\n", "r.csv:2: Column “Responden”: there is no respondent “p9”."),
        (
            "OPD,Responden,i1\nbappeda,bappeda-11,3\n",
            "r.csv:2: Column “Responden”: “bappeda-11” is no respondent code or invitation token of “bappeda”. Did you",
        ),
        ("Responden,i1\nBudi Santoso,3\n", "r.csv:2: Column “Responden”: The respondent is not told by a pseudonym."),
        ("OPD,i1,[i1] catatan\nbappeda,3,=1+1\n", "r.csv:2: Column “[i1] catatan”: A spreadsheet could run “=1+1”"),
        ("OPD,i1\nbappeda,03-Jan\n", "r.csv:2: Column “i1”: “03-Jan” is a date or a range"),
        ("Timestamp,OPD,i1\nnoon,bappeda,3\n", "r.csv:2: Column “Timestamp”: “noon” is no time; it is passed over."),
    ],
)
def test_a_refused_cell_is_told_by_row_and_heading(tmp_path, content, told):
    assert told in responses(tmp_path, content)[1][0]


def test_an_answer_is_read_without_the_note_that_is_refused(tmp_path):
    found, told = responses(tmp_path, "OPD,i1,[i1] catatan\nbappeda,3,=1+1\n")
    assert found == [("bappeda", "", "i1", {"value": "3"})]
    assert "as a formula. The answer is read without that note." in told[0]


def test_who_answers_again_is_taken_at_the_last_word(tmp_path):
    content = "Timestamp,Responden,i1\n{},bappeda-1,3\n{},bappeda-1,4\n"
    early, late = "2026-11-22 10:00", "2026-11-23 10:00"
    assert [one[3]["value"] for one in responses(tmp_path, content.format(early, late))[0]] == ["3", "4"]
    found, told = responses(tmp_path, content.format(late, early))
    assert [one[3]["value"] for one in found] == ["3"]
    assert told[0].startswith("r.csv:3: “bappeda-1” has answered again since, on line 2; this row is not taken in.")


def test_an_order_of_day_and_month_that_cannot_be_told_is_asked_for(tmp_path):
    content = "Timestamp,i1\n01/02/2026 10:00:00,3\n"
    assert refused(tmp_path, content)[0] == (
        "r.csv:1: Column “Timestamp”: it cannot be told whether the day or the month comes first. "
        "Write timestamp: {heading: …, order: dmy} (or mdy) in the mapping."
    )
    mapping = "timestamp: {heading: Timestamp, order: mdy, zone: WITA}\nitems: {i1: i1}\n"
    (tmp_path / "r.csv").write_text(content)
    found = next(read_responses(tmp_path / "r.csv", SPBE, ROLL, "bappeda", mapped(mapping)))
    assert found.at == "2026-01-02T02:00:00.000Z"


@pytest.mark.parametrize("heading", ["Stempel waktu", "Cap waktu"])
def test_an_indonesian_form_writes_the_day_first(tmp_path, heading):
    (tmp_path / "r.csv").write_text(f"{heading},i1\n01/02/2026 10:00:00,3\n")
    assert next(read_responses(tmp_path / "r.csv", SPBE, ROLL, "bappeda")).at == "2026-02-01T03:00:00.000Z"


def test_days_and_months_in_two_orders_are_refused(tmp_path):
    told = refused(tmp_path, "Stempel waktu,i1\n22/11/2026 10.00,3\n11/22/2026 10.00,3\n")
    assert "day and month are not in one order" in told[0]
