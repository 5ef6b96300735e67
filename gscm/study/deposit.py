"""What goes with the answers of a study to others: the codebook, and the data package in which they are deposited."""

from __future__ import annotations

import re
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from gscm.errors import BadUse, Issue
from gscm.formats.codebook import Sheet, codebook
from gscm.formats.datapackage import Field, Resource, both, write_package
from gscm.i18n import Language, Text, decimal, same
from gscm.model.tree import STAGES
from gscm.responses.answers import Status
from gscm.responses.merge import Rule
from gscm.study.log import Present
from gscm.study.personal import pseudonyms
from gscm.study.study import Study
from gscm.study.tabular import respondent_rows
from gscm.study.variables import (
    KINDS,
    MEASURES,
    STATUSES,
    Count,
    Variable,
    counts,
    decimal_text,
    figure_of,
    last_time,
    status_of,
    time_of,
    used,
)

_CODEBOOK: Mapping[str, tuple[Text, int]] = {
    "item": (Text("Kode butir", "Item code"), 18),
    "variable": (Text("Nama di .sav", "Name in .sav"), 18),
    "question_id": (Text("Pertanyaan (Indonesia)", "Question (Indonesian)"), 36),
    "question_en": (Text("Pertanyaan (Inggris)", "Question (English)"), 36),
    "kind": (Text("Jenis", "Kind"), 10),
    "measure": (Text("Skala ukur", "Measurement level"), 11),
    "unit": (Text("Satuan", "Unit"), 12),
    "values": (Text("Nilai dan labelnya", "Values and labels"), 24),
    "missing": (Text("Kode missing di .sav", "Missing codes in .sav"), 24),
    "path": (Text("Letak dalam model", "Place in the model"), 30),
    "questionnaire": (Text("Kuesioner", "Questionnaire"), 16),
    "offices": (Text("Perangkat daerah yang ditanya", "Offices asked"), 20),
    "given": (Text("Dijawab", "Answered"), 10),
    "unknown": (Text("Tidak tahu", "Don't know"), 10),
    "not_applicable": (Text("Tidak berlaku", "Not applicable"), 11),
    "blank": (Text("Tidak diisi", "Left blank"), 10),
}
_PIECE = 1 << 20
_DECLARED: tuple[Status, ...] = ("not_applicable", "unknown", "blank")
_RULES: Mapping[str, Text] = {
    "mean": Text("rata-rata (ya/tidak: sekurang-kurangnya separuh)", "the mean (yes/no: at least half)"),
    "median": Text(
        "median (ya/tidak: suara terbanyak; seri berarti tidak)", "the median (yes/no: the majority; a tie is no)"
    ),
    "mode": Text("jawaban terbanyak", "the most frequent answer"),
    "minimum": Text("nilai terendah", "the lowest"),
    "share": Text("nilai terbaik yang dicapai bagian ini dari penjawab", "the best that this share of them reaches"),
    "quorum": Text("nilai terbaik yang dicapai penjawab sebanyak ini", "the best that so many of them reach"),
    "consensus": Text("konsensus yang dicatat", "the consensus as recorded"),
}
_STATUS_OF_MODEL: Mapping[str, Text] = {
    "official": Text("instrumen resmi", "official instrument"),
    "reconstruction": Text("rekonstruksi, bukan instrumen resmi", "reconstruction, no official instrument"),
    "secondary": Text("dari sumber sekunder", "from secondary sources"),
    "example": Text("contoh", "example"),
}


# ------------------------------------------------------------------------------------------------------- codebook


def study_codebook(study: Study, present: Present, language: Language) -> bytes:
    """The codebook as a workbook: the variables, the study, and how the answers came in."""
    title = f"{study.questionnaire.title[language]} · {study.subject.name}"
    headings = tuple((text[language], width) for text, width in _CODEBOOK.values())
    pair = ((Text("Hal", "Matter")[language], 30), (Text("Isi", "Content")[language], 100))
    answers = ((text[language], width) for text, width in _CHANNELS)
    sheets = (
        Sheet(Text("Buku kode", "Codebook")[language], headings, tuple(codebook_rows(study, present, language)), 1, 2),
        Sheet(Text("Kajian", "Study")[language], pair, tuple(_about(study, language))),
        Sheet(Text("Tahap dan saluran", "Stages and channels")[language], tuple(answers), tuple(_channels(present))),
    )
    return codebook(sheets, title)


def codebook_rows(study: Study, present: Present, language: Language) -> Iterator[tuple[str | int, ...]]:
    """A row for every variable; see `_CODEBOOK` for its cells."""
    answered = counts(present)
    form = f"{study.questionnaire.id} {study.questionnaire.version}"
    for code, one in used(study, present).items():
        count = answered.get(code, Count())
        yield (
            code,
            one.name,
            one.question.id,
            one.question.en,
            KINDS[one.kind][language],
            MEASURES[one.kind],
            one.unit[language] if one.unit else "",
            _values(one, language),
            "; ".join(f"{one.missing[status]} = {STATUSES[status][language]}" for status in _DECLARED),
            " › ".join(text[language] for text in one.path),
            form,
            ", ".join(one.offices),
            *(count.given, count.unknown, count.not_applicable, count.blank),
        )


def _values(one: Variable, language: Language) -> str:
    if one.labels:
        return "\n".join(f"{number} = {text[language]}" for number, text in one.labels.items())
    if one.kind == "whole":
        return ""
    least, most = (None if end is None else decimal(decimal_text(end), language) for end in (one.least, one.most))
    if least and most:
        return Text(f"{least} sampai {most}", f"{least} to {most}")[language]
    if least:
        return Text(f"mulai {least}", f"{least} and above")[language]
    return Text(f"sampai {most}", f"up to {most}")[language] if most else Text("angka", "a number")[language]


def _about(study: Study, language: Language) -> Iterator[tuple[str, str]]:
    model, form = study.model, study.questionnaire
    year = f", {study.subject.year}" if study.subject.year else ""
    rows = (
        (Text("Yang dinilai", "Assessed"), same(f"{study.subject.name} ({study.subject.id}){year}")),
        (Text("Model", "Model"), _versioned(model.title, model.id, model.version)),
        (Text("Kedudukan model", "Standing of the model"), _STATUS_OF_MODEL[model.status]),
        (Text("Pernyataan", "Notice"), model.notice),
        (Text("Kuesioner", "Questionnaire"), _versioned(form.title, form.id, form.version)),
        (Text("Id kajian", "Id of the study"), same(study.id)),
        (
            Text("Penggabungan responden dalam satu perangkat daerah", "How people of one office are merged"),
            _rule(study.people_rule),
        ),
        (Text("Penggabungan perangkat daerah", "How offices are merged"), _rule(study.offices_rule)),
        *_READING,
    )
    yield from ((name[language], content[language]) for name, content in rows)
    for office in study.offices:
        yield Text("Perangkat daerah", "Office")[language], f"{office.id}: {office.name}"
    for source in model.sources.values():
        year = f" ({source.year})" if source.year else ""
        yield Text("Sumber model", "Source of the model")[language], f"{source.title}{year} {source.href or ''}".strip()


_READING = (
    (
        Text("Tahap verifikasi", "Stages of verification"),
        Text(
            "Jawaban pada tahap yang lebih akhir menggantikan yang sebelumnya; semuanya tetap ada dalam tabel.",
            "An answer of a later stage takes the place of those before; all of them are in the tables.",
        ),
    ),
    (
        Text("Sel kosong (system-missing)", "Empty cells (system-missing)"),
        Text(
            "Tidak ada jawaban: tidak ditanyakan kepada responden itu, atau belum dijawab.",
            "There is no answer: it was not asked of this respondent, or has not been answered yet.",
        ),
    ),
    (
        Text("Tidak diisi", "Left blank"),
        Text("Ditanyakan, dan tercatat tidak diisi.", "It was asked, and is recorded as left blank."),
    ),
    (
        Text("Responden", "Respondents"),
        Text(
            "Hanya nama samaran; tidak ada nama, nomor telepon, NIP, atau token.",
            "Pseudonyms only; no names, telephone numbers, civil-service numbers or tokens.",
        ),
    ),
)


def _versioned(title: Text, id: str, version: str) -> Text:
    return Text(f"{title.id} ({id} {version})", f"{title.en} ({id} {version})")


def _rule(rule: Rule) -> Text:
    text, more = _RULES[rule.name], ""
    if rule.name == "share":
        more = f" ({rule.share})"
    elif rule.name == "quorum":
        more = f" ({rule.count})"
    return Text(text.id + more, text.en + more)


_CHANNELS = (
    (Text("Tahap", "Stage"), 24),
    (Text("Saluran", "Channel"), 24),
    (Text("Jawaban", "Answers"), 12),
    (Text("Perangkat daerah", "Offices"), 18),
    (Text("Responden", "Respondents"), 14),
)


def _channels(present: Present) -> Iterator[tuple[str | int, ...]]:
    """How many answers came at which stage, through which channel."""
    answers: Counter[tuple[str, str]] = Counter()
    offices: dict[tuple[str, str], set[str]] = {}
    people: dict[tuple[str, str], set[tuple[str, str]]] = {}
    for key, entry in present.entries.items():
        by = (key.stage, entry.channel)
        answers[by] += 1
        offices.setdefault(by, set()).add(key.office)
        people.setdefault(by, set()).add((key.office, key.author))
    for stage, channel in sorted(answers, key=lambda by: (STAGES.index(by[0]), by[1])):
        authors = [author for _, author in people[stage, channel] if author]
        yield stage, channel, answers[stage, channel], len(offices[stage, channel]), len(authors)


# --------------------------------------------------------------------------------------------------- data package


def study_package(
    study: Study, present: Present, language: Language, licence: str | None, *, with_notes: bool
) -> Iterator[bytes]:
    """The answers as a data package, a zip, piece by piece: pseudonymous, without free text unless `with_notes`.

    Raises BadUse where the licence is neither a name nor an address.
    """
    about = _described(study, present, language, licence)
    resources = tuple(_resources(study, present, language, with_notes=with_notes))
    texts = {
        "README.md": _readme(study, resources, "id", licence, with_notes=with_notes),
        "README.en.md": _readme(study, resources, "en", licence, with_notes=with_notes),
    }
    with tempfile.TemporaryFile() as file:
        write_package(file, about, resources, texts, language)
        file.seek(0)
        while piece := file.read(_PIECE):
            yield piece


def _described(study: Study, present: Present, language: Language, licence: str | None) -> dict[str, Any]:
    model, form = study.model, study.questionnaire
    sources = [
        {"title": source.title, **({"path": source.href} if source.href else {})} for source in model.sources.values()
    ]
    found: dict[str, Any] = {
        "name": re.sub(r"[^a-z0-9._-]+", "-", f"{study.subject.id}-{model.id}".lower()),
        "id": study.id,
        "title": f"{form.title[language]}: {study.subject.name}",
        "description": both(model.notice),
        "sources": sources,
        "keywords": [model.id, form.id, study.subject.id],
        "instrument": {"model": f"{model.id} {model.version}", "questionnaire": f"{form.id} {form.version}"},
    }
    if last := last_time(present):
        found["created"] = _shown(last)
    if licence:
        found["licenses"] = [_licence(licence)]
    return found


def _licence(licence: str) -> dict[str, str]:
    if re.fullmatch(r"https?://\S+", licence):
        return {"path": licence}
    if re.fullmatch(r"[-A-Za-z0-9._]+", licence):
        return {"name": licence}
    raise BadUse(
        Issue(
            None,
            Text(f"“{licence}” bukan id atau alamat lisensi.", f"“{licence}” is no id or address of a licence."),
            Text("Tulis seperti CC-BY-4.0, atau alamat https-nya.", "Write it like CC-BY-4.0, or its https address."),
        )
    )


_FREE: Mapping[str, Text] = {
    "reason": Text("Alasan", "Reason"),
    "note": Text("Catatan", "Note"),
    "evidence": Text("Bukti", "Evidence"),
}
_NO_VALUE = ("", *(status for status in STATUSES if status != "given"))
_OFFICE = Field(
    "office",
    "string",
    Text("Perangkat daerah; kosong: daerah sebagai keseluruhan", "Office; empty: the whole"),
    refers=("offices", "id"),
)
_RESPONDENT = Field(
    "respondent",
    "string",
    Text(
        "Responden (nama samaran); kosong: perangkat daerahnya sendiri",
        "Respondent (pseudonym); empty: the office itself",
    ),
)
_STAGE = Field(
    "stage", "string", Text("Tahap verifikasi", "Stage of verification"), {"required": True, "enum": list(STAGES)}
)


def _resources(study: Study, present: Present, language: Language, *, with_notes: bool) -> Iterator[Resource]:
    named = pseudonyms([one.id for one in study.respondents], {key.author for key in present.entries})
    found = used(study, present)
    yield Resource(
        "answers-long",
        Text("Jawaban, satu jawaban satu baris", "Answers, one a row"),
        Text("Semua jawaban yang berlaku, pada setiap tahap.", "All answers that hold, at every stage."),
        tuple(_long_fields(with_notes=with_notes)),
        _long(study, present, named, with_notes=with_notes),
    )
    yield Resource(
        "answers-wide",
        Text("Jawaban, satu responden dan tahap satu baris", "Answers, one respondent and stage a row"),
        Text(
            "Satu butir satu kolom; ya 1, tidak 0. Yang tidak bernilai memuat statusnya (lihat missingValues).",
            "An item a column; yes 1, no 0. What has no value holds its status (see missingValues).",
        ),
        (_OFFICE, _RESPONDENT, _STAGE, *(_of_item(one) for one in found.values())),
        _wide(study, present, named, found),
        _NO_VALUE,
    )
    yield Resource(
        "codebook",
        Text("Buku kode", "Codebook"),
        Text("Arti setiap butir.", "What every item means."),
        tuple(_codebook_fields()),
        ([str(cell) for cell in row] for row in codebook_rows(study, present, language)),
        key=("item",),
    )
    yield Resource(
        "offices",
        Text("Perangkat daerah", "Offices"),
        Text("Nama perangkat daerah.", "Names of the offices."),
        (
            Field("id", "string", Text("Id", "Id"), {"required": True, "unique": True}),
            Field("name", "string", Text("Nama", "Name")),
        ),
        ((office.id, office.name) for office in study.offices),
        key=("id",),
    )


def _long_fields(*, with_notes: bool) -> Iterator[Field]:
    yield from (_OFFICE, _RESPONDENT, _STAGE)
    yield Field("item", "string", Text("Kode butir", "Item code"), {"required": True}, refers=("codebook", "item"))
    statuses = {"required": True, "enum": list(STATUSES)}
    yield Field("status", "string", Text("Status jawaban", "Status of the answer"), statuses)
    yield Field(
        "value", "number", Text("Jawaban sebagai bilangan; ya 1, tidak 0", "The answer as a number; yes 1, no 0")
    )
    yield Field("at", "datetime", Text("Waktu jawaban (UTC)", "Time of the answer (UTC)"))
    yield Field("channel", "string", Text("Saluran", "Channel"))
    if with_notes:
        yield from (Field(name, "string", text) for name, text in _FREE.items())


def _long(study: Study, present: Present, named: Mapping[str, str], *, with_notes: bool) -> Iterator[tuple[str, ...]]:
    for key, entry in present.entries.items():
        written, at = entry.written, time_of(entry.at)
        time = _shown(at) if at else ""
        free = (_joined(written.get(name)) for name in _FREE) if with_notes else ()
        figure = figure_of(study, key.fact, written)
        value = "" if figure is None else decimal_text(figure)
        status = status_of(written)
        yield (key.office, named[key.author], key.stage, key.fact, status, value, time, entry.channel, *free)


def _shown(time: datetime) -> str:
    return time.isoformat(timespec="seconds").replace("+00:00", "Z")


def _joined(free: Any) -> str:
    return "; ".join(map(str, free)) if isinstance(free, (list, tuple)) else str(free or "")


def _of_item(one: Variable) -> Field:
    ends = {"minimum": one.least, "maximum": one.most}
    whole = one.kind == "whole"
    constraints = {} if whole else {name: _json_number(end) for name, end in ends.items() if end is not None}
    return Field(one.item, "integer" if one.whole_numbers else "number", one.question, constraints, one.labels)


def _json_number(end: Any) -> int | float:
    return int(end) if end.denominator == 1 else float(end)


def _wide(
    study: Study, present: Present, named: Mapping[str, str], found: Mapping[str, Variable]
) -> Iterator[tuple[str, ...]]:
    for (office, author, stage), answers in respondent_rows(present):
        cells = (_value(study, code, answers[code].written) if code in answers else "" for code in found)
        yield (office, named[author], stage, *cells)


def _value(study: Study, code: str, written: Mapping[str, Any]) -> str:
    figure = figure_of(study, code, written)
    return status_of(written) if figure is None else decimal_text(figure)


def _codebook_fields() -> Iterator[Field]:
    for name, (text, _) in _CODEBOOK.items():
        if name in (*_DECLARED, "given"):
            yield Field(name, "integer", text, {"minimum": 0})
        else:
            yield Field(name, "string", text, {"required": True, "unique": True} if name == "item" else {})


def _readme(
    study: Study, resources: Sequence[Resource], language: Language, licence: str | None, *, with_notes: bool
) -> str:
    model, form = study.model, study.questionnaire
    tables = "\n".join(f"* `{one.path}`: {one.description[language]}" for one in resources)
    said = Text(
        f"""# {form.title.id}: {study.subject.name}

{model.notice.id}

Model {model.id} {model.version}, kuesioner {form.id} {form.version}.

{tables}

`datapackage.json` menerangkan setiap kolom menurut standar Data Package. Isian `created` adalah waktu jawaban terakhir.

* Penggabungan responden dalam satu perangkat daerah: {_rule(study.people_rule).id}.
* Penggabungan perangkat daerah: {_rule(study.offices_rule).id}.
* Sel kosong: tidak ada jawaban. Status lain ditulis dengan kata: `not_applicable` tidak berlaku, `unknown` tidak tahu,
  `blank` tidak diisi, `withheld` dirahasiakan.
* Responden hanya tampil dengan nama samaran. {_FREE_TEXT[with_notes].id}
* Lisensi: {licence or "belum ditetapkan oleh penyimpan data"}.
""",
        f"""# {form.title.en}: {study.subject.name}

{model.notice.en}

Model {model.id} {model.version}, questionnaire {form.id} {form.version}.

{tables}

`datapackage.json` describes every column by the Data Package standard. Its `created` is the time of the last answer.

* People of one office are merged by: {_rule(study.people_rule).en}.
* Offices are merged by: {_rule(study.offices_rule).en}.
* Empty cells: there is no answer. Other statuses are words: `not_applicable`, `unknown`, `blank` (left blank),
  `withheld`.
* Respondents appear by pseudonyms only. {_FREE_TEXT[with_notes].en}
* Licence: {licence or "not stated by the depositor"}.
""",
    )
    return said[language]


_FREE_TEXT: Mapping[bool, Text] = {
    False: Text(
        "Alasan, catatan, dan nama bukti tidak disertakan.", "Reasons, notes and names of evidence are left out."
    ),
    True: Text(
        "Alasan, catatan, dan nama bukti disertakan dan mungkin menyebut nama orang; teks yang diawali tanda rumus "
        "didahului petik tunggal.",
        "Reasons, notes and names of evidence are included and may name people; a text that starts like a formula has "
        "an apostrophe before it.",
    ),
}
