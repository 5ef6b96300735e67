"""What reports call things, in both languages: bases, efforts, stages, clauses; and how texts are joined."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from gscm.i18n import Language, Text, decimal, listed, same
from gscm.model.arithmetic import printed
from gscm.model.tree import Children, Clause, Criteria, Model, Node, Requires, Score, Target

BASES = {
    "official": Text("resmi", "official"),
    "published": Text("dipublikasikan", "published"),
    "derived": Text("diturunkan", "derived"),
    "ours": Text("rancangan kami", "our design"),
}
BASES_TOLD = {
    "official": Text(
        "dinyatakan dalam peraturan atau instrumen pemiliknya", "stated in a regulation or in its owner’s instrument"
    ),
    "published": Text(
        "dinyatakan oleh penyusun model atau dalam sebuah kajian", "stated by the model’s authors or in a study"
    ),
    "derived": Text(
        "mengikuti dari angka yang dipublikasikan, dengan perhitungan yang ditunjukkan",
        "follows from published figures by a calculation that is shown",
    ),
    "ours": Text(
        "dirancang penyusun model; boleh dan sebaiknya disesuaikan oleh peneliti",
        "designed by the authors of the model; a researcher may and should adapt it",
    ),
}
EFFORTS = {"low": Text("ringan", "low"), "medium": Text("sedang", "medium"), "high": Text("berat", "high")}
STAGES = {
    "self-assessment": Text("penilaian mandiri", "self-assessment"),
    "document": Text("pemeriksaan dokumen", "document review"),
    "interview": Text("wawancara", "interview"),
    "visit": Text("kunjungan lapangan", "site visit"),
}
STATUSES = {
    "given": Text("dijawab", "answered"),
    "unknown": Text("tidak diketahui", "not known"),
    "blank": Text("kosong", "left blank"),
    "not_asked": Text("tidak ditanyakan", "not asked"),
    "not_applicable": Text("tidak berlaku", "does not apply"),
    "withheld": Text("dicoret saat verifikasi", "struck out in verification"),
}
AGGREGATES = {
    "mean": Text("rata-rata tertimbang", "weighted mean"),
    "mean-of-rows": Text("rata-rata menurut banyaknya baris", "mean by number of rows"),
    "geometric": Text("rata-rata geometrik tertimbang", "weighted geometric mean"),
    "minimum": Text("nilai terendah", "lowest value"),
    "median": Text("median", "median"),
    "sum": Text("jumlah tertimbang", "weighted sum"),
    "rounded-sum": Text(
        "jumlah sumbangan berbobot yang masing-masing dibulatkan", "sum of the weighted contributions, each rounded"
    ),
    "unknown-weights": Text("bobot tidak dipublikasikan", "weights unpublished"),
}


def capital(words: str) -> str:
    """The words with a capital first letter."""
    return words[:1].upper() + words[1:]


def inside(words: str) -> str:
    """The words as they stand inside a sentence: the first letter small, unless it opens an abbreviation."""
    return words if words[1:2].isupper() or words[1:2] == "." else words[:1].lower() + words[1:]


def short_list(titles: Sequence[Text], most: int) -> Text:
    """The titles as a list in a sentence; past `most` only their number."""
    if len(titles) <= most:
        return listed(tuple(titles))
    rest = len(titles) - most
    return listed((*titles[:most], Text(f"{rest} lainnya", f"{rest} more")))


def figure(value: Fraction, language: Language) -> str:
    """An exact number as people write it, with at most four decimals: 3,34 · 1/3."""
    if value.denominator == 1:
        return decimal(str(value.numerator), language)
    text = f"{float(value):.4f}".rstrip("0")
    if Fraction(text) != value:
        return f"{value.numerator}/{value.denominator}"
    return decimal(text, language)


def share_words(share: Fraction) -> Text:
    """A share in words: "separuh", "two thirds", else as a percentage."""
    known = {
        Fraction(1, 2): Text("separuh", "half"),
        Fraction(1, 3): Text("sepertiga", "a third"),
        Fraction(2, 3): Text("dua pertiga", "two thirds"),
        Fraction(3, 4): Text("tiga perempat", "three quarters"),
    }
    percent = same(f"{float(share * 100):.4g}%")
    return known.get(share, Text(percent.id.replace(".", ","), percent.en))


def clause_words(model: Model, node: Node, clause: Clause) -> Text:
    """One clause of a gate as a phrase: "sekurang-kurangnya separuh aspek pada Scattered"."""
    match clause:
        case Children():
            return _children_words(model, node, clause)
        case Criteria():
            return _criteria_words(model, node, clause)
        case Score():
            cut = printed(clause.cutoff, model.scale)
            return (
                Text(f"nilai sekurang-kurangnya {cut.replace('.', ',')}", f"a score of at least {cut}")
                if clause.inclusive
                else Text(f"nilai di atas {cut.replace('.', ',')}", f"a score above {cut}")
            )
        case Target():
            return Text("angka terukur mencapai targetnya", "the measured figure reaches its target")
        case Requires():
            name = name_of(model, model.nodes[clause.node], clause.level)
            title = model.nodes[clause.node].title
            return Text(f"{title.id} pada {name.id}", f"{title.en} at {name.en}")


def level_words(model: Model, node: Node, value: Fraction) -> Text:
    """An answered level as it is told: by its name, by its figure where levels may be fractions."""
    if node.real or value.denominator != 1:
        return Text(figure(value, "id"), figure(value, "en"))
    return name_of(model, node, int(value))


def name_of(model: Model, node: Node, level: int) -> Text:
    """The name of a level of a node, its number where it has no name."""
    names = model.names(node)
    return names[level - 1].name if level <= len(names) else same(str(level))


def _children_words(model: Model, node: Node, clause: Children) -> Text:
    kinds = [clause.of] if clause.of else list(dict.fromkeys(model.nodes[child].kind for child in node.children))
    kind = _either(tuple(model.kinds[k].title for k in kinds if k in model.kinds)) or Text("bagian", "part")
    first = next((model.nodes[c] for c in node.children if not clause.of or model.nodes[c].kind == clause.of), None)
    at = name_of(model, first, clause.at) if first else same(str(clause.at))
    if clause.rule == "mean":
        turn = Text("dibulatkan ke bawah", "rounded down")
        if clause.rounding == "nearest":
            turn = Text("dibulatkan ke yang terdekat", "rounded to the nearest")
        return Text(
            f"rata-rata level {kind.id}, {turn.id}, pada {at.id}",
            f"the mean level of each {kind.en}, {turn.en}, at {at.en}",
        )
    if clause.rule == "all":
        return Text(f"semua {kind.id} pada {at.id}", f"every {kind.en} at {at.en}")
    if clause.rule == "any":
        return Text(f"salah satu {kind.id} pada {at.id}", f"any {kind.en} at {at.en}")
    share = share_words(clause.share or Fraction(1))
    weight = Text(" menurut bobot", " by weight") if clause.weighted else same("")
    return Text(
        f"sekurang-kurangnya {share.id} {kind.id}{weight.id} pada {at.id}",
        f"at least {share.en} of the {kind.en} nodes{weight.en} at {at.en}",
    )


def _either(titles: tuple[Text, ...]) -> Text | None:
    if not titles:
        return None
    return Text(" atau ".join(t.id for t in titles), " or ".join(t.en for t in titles))


def _criteria_words(model: Model, node: Node, clause: Criteria) -> Text:
    level = Text("level itu", "the level")
    if clause.at is not None:
        name = name_of(model, node, clause.at)
        level = Text(f"level {name.id}", f"level {name.en}")
    share = Text(f"semua kriteria {level.id} terpenuhi", f"every criterion of {level.en} is met")
    if clause.share != 1:
        part = share_words(clause.share)
        share = Text(
            f"sekurang-kurangnya {part.id} kriteria {level.id} terpenuhi",
            f"at least {part.en} of the criteria of {level.en} are met",
        )
    if clause.evidence is None:
        return share
    stage = STAGES[clause.evidence]
    return Text(
        f"{share.id}, dengan bukti diterima pada {stage.id}", f"{share.en}, with evidence accepted at {stage.en}"
    )
