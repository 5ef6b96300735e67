"""Targets as they are written on the command line: `governance=3`, `overall=Scattered@2030`, `overall=2.8`."""

from __future__ import annotations

import re
from collections.abc import Iterable
from fractions import Fraction

from gscm.analysis.material import Target
from gscm.errors import BadUse, Issue, did_you_mean
from gscm.i18n import Text, listed
from gscm.model.tree import Model, Node, has_levels, top_level
from gscm.responses.answers import Answers

_EXAMPLE = Text(
    "Tulis simpul=level, misalnya overall=3 atau overall=3@2030.",
    "Write node=level, for example overall=3 or overall=3@2030.",
)
_NUMBER = re.compile(r"-?[0-9]{1,9}([.,][0-9]{1,9})?", re.ASCII)
_FIRST_YEAR, _LAST_YEAR = 1945, 2200


def targets_of(answers: Answers, written: Iterable[str]) -> tuple[Target, ...]:
    """The targets, in the order given: a level by number or name, or a score, and after "@" a year.

    A whole number up to the highest level of the node is a level, any other number on the scale a score. Raises BadUse
    with a sentence for every target that cannot be read.
    """
    found: list[Target] = []
    issues: list[Issue] = []
    for one in written:
        try:
            target = _target(answers, one)
        except BadUse as fault:
            issues.extend(fault.issues)
            continue
        if any((target.node, target.year) == (other.node, other.year) for other in found):
            what = Text(f"Target “{one}” ditulis dua kali.", f"The target “{one}” is written twice.")
            if target not in found:
                node = one.partition("=")[0].strip()
                what = Text(
                    f"Target “{one}”: sudah ada target lain untuk {node} pada tahun yang sama."
                    if target.year is not None
                    else f"Target “{one}”: sudah ada target lain untuk {node}.",
                    f"The target “{one}”: there is another one for {node} in the same year already."
                    if target.year is not None
                    else f"The target “{one}”: there is another one for {node} already.",
                )
            issues.append(Issue(None, what, Text("Hapus salah satunya.", "Remove one of them.")))
        found.append(target)
    if issues:
        raise BadUse(issues)
    return tuple(found)


def _target(answers: Answers, written: str) -> Target:
    name, equals, rest = written.partition("=")
    aim, at, year = (part.strip() for part in rest.partition("@"))
    if not equals or not aim:
        raise _fault(Text(f"Target “{written}” tidak menyebut level.", f"The target “{written}” tells no level."))
    node = _node(answers.model, name.strip())
    when = _year(answers, written, year) if at else None
    level = _level(answers.model, node, aim)
    if level is not None:
        return Target(node.id, level=level, year=when)
    return Target(node.id, score=_score(answers.model, node, written, aim), year=when)


def _node(model: Model, name: str) -> Node:
    id = model.id if name == "overall" else name
    if id not in model.nodes:
        raise _fault(
            Text(f"“{name}” bukan simpul model {model.id}.", f"“{name}” is not a node of the model {model.id}."),
            did_you_mean(name, ("overall", *model.nodes)),
        )
    return model.nodes[id]


def _level(model: Model, node: Node, aim: str) -> int | None:
    if not has_levels(node):
        return None
    for level in model.names(node):
        words = (level.name.id, level.name.en, *level.aliases)
        if aim.casefold() in {word.casefold() for word in words}:
            return level.number
    return int(aim) if aim.isdecimal() and 1 <= int(aim) <= top_level(model, node) else None


def _score(model: Model, node: Node, written: str, aim: str) -> Fraction:
    score = Fraction(aim.replace(",", ".")) if _NUMBER.fullmatch(aim) else None
    if score is not None and score == model.scale.min:
        raise _fault(
            Text(
                f"“{aim}” dalam target “{written}” ialah nilai terendah, yang selalu sudah tercapai.",
                f"“{aim}” in the target “{written}” is the lowest score, which is always reached.",
            ),
            _known(model, node),
        )
    if score is None or not model.scale.min < score <= model.scale.max:
        raise _fault(
            Text(f"“{aim}” dalam target “{written}” tidak dikenal.", f"“{aim}” in the target “{written}” is unknown."),
            _known(model, node),
        )
    return score


def _known(model: Model, node: Node) -> Text:
    """What a target of the node may be."""
    low, high = model.scale.min, model.scale.max
    score = Text(f"nilai di atas {low}, paling tinggi {high}", f"a score above {low}, at most {high}")
    if not has_levels(node):
        return Text(f"Tulis {score.id}.", f"Write {score.en}.")
    names = listed(tuple(level.name for level in model.names(node)))
    top = top_level(model, node)
    return Text(
        f"Tulis level 1 sampai {top} ({names.id}), atau {score.id}.",
        f"Write a level from 1 to {top} ({names.en}), or {score.en}.",
    )


def _year(answers: Answers, written: str, year: str) -> int:
    if not year.isdecimal() or not _FIRST_YEAR <= int(year) <= _LAST_YEAR:
        what = Text(f"“{year}” dalam target “{written}” bukan tahun.", f"“{year}” in “{written}” is not a year.")
        raise _fault(what, Text("Tulis tahun empat angka, misalnya 2030.", "Write a year of four digits, like 2030."))
    here = answers.subject.year
    if here is not None and int(year) < here:
        raise _fault(
            Text(
                f"Target “{written}” bertahun sebelum penilaiannya ({here}).",
                f"The year of the target “{written}” lies before the assessment ({here}).",
            ),
            Text("Tulis tahun sesudahnya.", "Write a later year."),
        )
    return int(year)


def _fault(what: Text, remedy: Text | None = None) -> BadUse:
    return BadUse(Issue(None, what, remedy or _EXAMPLE))
