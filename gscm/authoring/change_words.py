"""How a difference between two models is said: labels, values, clauses."""

from __future__ import annotations

from dataclasses import is_dataclass
from fractions import Fraction
from typing import Any

from gscm.i18n import Language, Text, listed, same
from gscm.model.tree import Clause, Model, Node, Score
from gscm.report import words

LABELS: dict[str, Text] = {
    "about": Text("penjelasan", "explanation"),
    "action": Text("tindakan", "action"),
    "aggregate": Text("cara menggabungkan nilai", "way of combining scores"),
    "aliases": Text("nama lain", "other names"),
    "answer": Text("cara dijawab", "way of being answered"),
    "bands": Text("rentang nilai", "bands"),
    "basis": Text("dasar", "basis"),
    "code": Text("kode", "code"),
    "cohort": Text("kelompok pembanding", "cohort"),
    "colour": Text("warna", "colour"),
    "compare": Text("nilai yang dibandingkan dengan batas", "score compared with cut-offs"),
    "date": Text("tanggal", "date"),
    "deviation": Text("simpangan baku", "standard deviation"),
    "digits": Text("angka desimal", "decimals"),
    "direction": Text("arah", "direction"),
    "documents": Text("dokumen", "document"),
    "effort": Text("upaya", "effort"),
    "evidence": Text("bukti", "evidence"),
    "href": Text("alamat", "address"),
    "id": Text("id", "id"),
    "index": Text("nama indeks", "name of the index"),
    "inner": Text("arti angka pada simpul atas", "meaning of a number at an upper node"),
    "kind": Text("jenis", "kind"),
    "kinds": Text("jenis simpul", "kind of node"),
    "least": Text("angka terendah yang mungkin", "lowest figure possible"),
    "level_names": Text("deret level", "sequence of levels"),
    "locator": Text("letak dalam sumber", "place in the source"),
    "logarithm": Text("skala logaritma", "logarithm"),
    "max": Text("nilai tertinggi", "highest value"),
    "may_not_apply": Text("boleh tidak berlaku", "may not apply"),
    "mean": Text("rata-rata", "mean"),
    "meaning": Text("arti", "meaning"),
    "min": Text("nilai terendah", "lowest value"),
    "mode": Text("cara membulatkan", "way of rounding"),
    "months": Text("bulan", "months"),
    "most": Text("angka tertinggi yang mungkin", "highest figure possible"),
    "name": Text("nama", "name"),
    "node": Text("simpul", "node"),
    "note": Text("catatan", "note"),
    "notice": Text("pemberitahuan", "notice"),
    "offices": Text("perangkat daerah", "office"),
    "open": Text("baris", "rows"),
    "origin": Text("asal", "origin"),
    "owner": Text("pelaksana", "owner"),
    "publisher": Text("penerbit", "publisher"),
    "quantity": Text("besaran", "figure"),
    "real": Text("level pecahan", "levels between whole ones"),
    "reason": Text("alasan", "reason"),
    "round": Text("pembulatan", "rounding"),
    "scale": Text("skala", "scale"),
    "short": Text("nama pendek", "short name"),
    "source": Text("sumber", "source"),
    "sources": Text("sumber", "source"),
    "status": Text("kedudukan", "standing"),
    "subject": Text("yang dinilai", "what is assessed"),
    "targets": Text("target level", "target of level"),
    "text": Text("bunyi", "wording"),
    "title": Text("judul", "title"),
    "unit": Text("satuan", "unit"),
    "weight": Text("bobot", "weight"),
    "weight_origin": Text("bobot", "weight"),
    "what": Text("isi", "content"),
    "year": Text("tahun", "year"),
}


def label_of(path: tuple[Any, ...]) -> Text:
    """What stands at a place of the tree: "besaran: target level 3", "perangkat daerah bappeda"."""
    named = [(LABELS.get(step), step) for step in path if step != "origin" or path[-1] == step]
    label = Text("", "")
    for known, step in named:
        between, text = (": ", known) if known else (" ", same(str(step)))
        label = Text(f"{label.id}{between}{text.id}", f"{label.en}{between}{text.en}")
    return Text(label.id.removeprefix(": "), label.en.removeprefix(": "))


def from_to(label: Text, old: Any, new: Any) -> Text:
    """From what to what."""
    return Text(f"{label.id}: {_step(old, new, 'id')}", f"{label.en}: {_step(old, new, 'en')}")


def _step(old: Any, new: Any, language: Language) -> str:
    """In one language; of a text that was changed in the other language only, that one."""
    if isinstance(old, Text) and isinstance(new, Text) and old[language] == new[language] and old != new:
        other: Language = "en" if language == "id" else "id"
        named = {"id": "Indonesian", "en": "Inggris"}[other]
        return f"({named}) {_step(old, new, other)}"
    return f"{shown(old)[language]} → {shown(new)[language]}"


def shown(value: Any) -> Text:
    """A value in words."""
    if value is None or value == ():
        return Text("tidak ada", "none")
    if isinstance(value, bool):
        return Text("ya", "yes") if value else Text("tidak", "no")
    if isinstance(value, Text):
        return value
    if isinstance(value, Fraction):
        return figure(value)
    if isinstance(value, tuple):
        return listed(tuple(map(shown, value)))
    if is_dataclass(value):
        named = next((getattr(value, name) for name in ("title", "name", "what") if hasattr(value, name)), None)
        return shown(named) if named is not None else Text("ada", "there")
    return same(str(value))


def figure(value: Fraction) -> Text:
    """An exact number as each language writes it."""
    return Text(words.figure(value, "id"), words.figure(value, "en"))


def clause_text(model: Model, node: Node, clause: Clause) -> Text:
    """What a clause asks for; of a cut-off every digit, since it may differ in the last."""
    if not isinstance(clause, Score):
        return words.clause_words(model, node, clause)
    cutoff = figure(clause.cutoff)
    if clause.inclusive:
        return Text(f"nilai sekurang-kurangnya {cutoff.id}", f"a score of at least {cutoff.en}")
    return Text(f"nilai di atas {cutoff.id}", f"a score above {cutoff.en}")
