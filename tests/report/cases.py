"""Assessments of many kinds, built from answers written as text."""

from fractions import Fraction
from functools import lru_cache
from pathlib import Path

from gscm.assessment import Assessment, assess
from gscm.model.load import load_model
from gscm.model.tree import Model
from gscm.resources import folder
from gscm.responses.load import bind, load_answers
from gscm.yamlfile import parse
from tests.tiny import answered, tiny

EXAMPLE = Path(__file__).parents[2] / "examples" / "kalimantan-selatan-2019" / "answers.yaml"


@lru_cache
def model(name: str) -> Model:
    return load_model(folder("models") / name)


def assessed(name: str, answers: str, head: str = "subject: {id: x, name: Provinsi Contoh, year: 2026}") -> Assessment:
    """The assessment of answers in YAML, under a head that names the subject."""
    body = f"answers:\n{answers}" if answers.strip() else "answers: {}"
    text = f"model: {name}\n{head}\n{body}\n"
    return assess(bind(parse(text, "answers.yaml"), model(name)))


@lru_cache
def south_kalimantan() -> Assessment:
    return assess(load_answers(EXAMPLE))


@lru_cache
def spbe_full() -> Assessment:
    leaves = [node for node in model("spbe-2020").nodes.values() if node.is_leaf]
    return assessed("spbe-2020", "\n".join(f"  {node.id}: {1 + (index * 7) % 5}" for index, node in enumerate(leaves)))


@lru_cache
def spbe_index_only() -> Assessment:
    return assessed("spbe-2020", "  overall: {score: 3.31}")


@lru_cache
def spbe_one_answer() -> Assessment:
    return assessed("spbe-2020", "  i1: 3")


@lru_cache
def all_unknown() -> Assessment:
    return assessed("gscm-province", "")


@lru_cache
def with_regions() -> Assessment:
    head = """subject: {id: x, name: Provinsi Contoh, year: 2026}
regions:
  weighted_by: {id: jumlah penduduk, en: population}
  members:
    - {id: a, name: Kota A, weight: 600, level: Scattered}
    - {id: b, name: Kabupaten B, weight: 300, level: 2}
    - {id: c, name: Kabupaten C, weight: 100}"""
    return assessed("gscm-province", "", head)


@lru_cache
def with_programmes() -> Assessment:
    model = tiny("""
        children:
          - id: living
            kind: group
            title: Living
            open:
              kind: part
              answer: quantity
              quantity: {title: Done, unit: "%", direction: higher, min: 0, max: 100}
        """)
    rows = """
        living:
          rows:
            - {id: a, title: Road, office: Works, target: 10, realised: 10}
            - {id: b, title: Clinic, office: Health, target: 4, realised: 2, unit: units, obstacle: tender failed}
            - {id: c, title: Park}
        """
    return assess(answered(model, rows))


@lru_cache
def high() -> Assessment:
    """The whole model answered: everything up to level 4 met, level 5 not."""
    return assessed("gscm-province", _criteria(4))


@lru_cache
def top() -> Assessment:
    return assessed("gscm-province", _criteria(5))


@lru_cache
def half_way() -> Assessment:
    """Level 3 shown, level 4 half met and half unmet: many known gaps."""
    lines = []
    for index, node in enumerate(model("gscm-province").nodes.values()):
        for level, criteria in node.criteria.items():
            lines += [
                f"  {c.id}: {'ya' if level < 4 or (level == 4 and (index + n) % 2) else 'tidak'}"
                for n, c in enumerate(criteria)
            ]
        lines += _quantity(node.id, 3)
    return assessed("gscm-province", "\n".join(lines))


LONG = (
    "Pemerintah Daerah Provinsi Kepulauan dengan Nama Sangat Panjang dan Bertele-tele untuk Menguji Tata Letak Sampul"
)


@lru_cache
def long_name() -> Assessment:
    lines = "\n".join(
        f"  {c.id}: tidak"
        for node in model("gscm-province").nodes.values()
        for cs in node.criteria.values()
        for c in cs
        if c.level == 2
    )
    return assessed("gscm-province", lines, f"subject: {{id: x, name: {LONG}, year: 2026}}")


def _criteria(met: int) -> str:
    lines = []
    for node in model("gscm-province").nodes.values():
        for level, criteria in node.criteria.items():
            lines += [f"  {c.id}: {'ya' if level <= met else 'tidak'}" for c in criteria]
        lines += _quantity(node.id, met)
    return "\n".join(lines)


def _quantity(id: str, level: int) -> list[str]:
    node = model("gscm-province").nodes[id]
    if node.quantity is None:
        return []
    value: Fraction = node.quantity.targets.get(level, node.quantity.best)
    return [f"  {node.quantity_fact}: {float(value):g}"]


CASES = {
    "south-kalimantan": south_kalimantan,
    "spbe-full": spbe_full,
    "spbe-index-only": spbe_index_only,
    "spbe-one-answer": spbe_one_answer,
    "all-unknown": all_unknown,
    "high": high,
    "top": top,
    "half-way": half_way,
    "long-name": long_name,
}
