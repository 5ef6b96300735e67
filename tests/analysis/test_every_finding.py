"""Whatever a study holds: each finding is complete, or says in a sentence why there is none."""

import re
from dataclasses import replace

import pytest

from gscm.analysis.experts import Ratings
from gscm.analysis.finding import SECTIONS
from gscm.analysis.material import Material, Target
from gscm.analysis.run import analyse
from gscm.i18n import LANGUAGES
from gscm.model.facts import facts_of
from gscm.responses.answers import Subject
from tests.analysis.polled import TWO_LEVELS, marks, polled
from tests.tiny import answered, tiny

WIDE = tiny("""
    children:
      - {id: a, kind: criteria, title: Peta, criteria: {2: [{text: p}, {text: q}, {text: r}], 3: [{text: s}]}}
      - {id: b, kind: criteria, title: Data, criteria: {2: [{text: p}, {text: q}, {text: r}], 3: [{text: s}]}}
      - {id: c, kind: level, title: Layanan}
      - {id: d, kind: score, title: Indeks, weight: 2}
""", inner="score")  # fmt: skip
ONE = tiny("children: [{id: a, kind: criteria, title: Peta, criteria: {2: [{text: x}]}}]")
FIGURES = tiny("children: [{id: a, kind: score, title: A}, {id: b, kind: score, title: B}]", inner="score")


def study():
    """Five offices of three people who agree for the most part, with every analysis given what it works on."""
    facts = list(facts_of(WIDE))

    def said(office, person):
        marked = {f: (office + 2 * place + person * (place % 3)) % 4 > 0 for place, f in enumerate(facts[:-2])}
        return {**marked, facts[-2]: 1 + (office + person) % 3, facts[-1]: 2 + (office * person) % 3}

    offices = {f"o{office}": {f"o{office}p{p}": said(office, p) for p in range(3)} for office in range(5)}
    one = polled(WIDE, offices, silent=[("o9", "o9p")], roles={"o9p": "Kepala"}, runs=100, draws=64, population=20)
    others = (
        replace(one.answers, subject=replace(one.answers.subject, year=2020)),
        replace(one.answers, subject=Subject("z", "Z", None, 2026)),
    )
    return replace(
        one,
        others=others,
        targets=(Target(WIDE.id, score=WIDE.scale.max),),
        experts=Ratings("relevance", {facts[0]: {"e": 5}}),
    )


@pytest.fixture(scope="module")
def findings():
    return analyse(study())


def test_the_study_has_findings_of_every_section_but_that_of_panels(findings):
    assert {one.section for one in findings if one.refused is None} == {*SECTIONS} - {"weights"}


def test_every_finding_names_what_it_is_how_much_it_rests_on_the_method_and_the_source(findings):
    for one in findings:
        for language in LANGUAGES:
            for text in (one.title, one.meaning, one.method, one.n):
                assert text[language].strip(), one.id
        assert one.source, one.id
        assert all(len(source) > 3 for source in one.source), one.id
        assert one.refused or one.n.id != "0", one.id


def test_no_method_has_a_place_left_unfilled(findings):
    for one in findings:
        assert not re.search(
            r"[{}]|\bNone\b(?! of)|\bnan\b", one.method.id + one.method.en + one.meaning.id + one.meaning.en
        ), one.id


def test_limits_that_a_sentence_uses_are_named_in_its_method(findings):
    by_id = {one.id: one for one in findings}
    named = {
        "agreement-overall": "Krippendorff",
        "agreement-rwg": "O’Neill",
        "agreement-icc": "Koo",
        "agreement-kappa": "Landis",
        "agreement-order": "gscm",
        "reliability-factors": "Kaiser",
        "agreement-outlying": "Tukey",
        "audit-straight-lining": "gscm",
    }
    for id, name in named.items():
        assert name in by_id[id].method.id, id
        assert name in by_id[id].method.en, id


def everybody(model, value, offices=3, people=2):
    """The same answer of everybody to everything."""
    said = dict.fromkeys(facts_of(model), value)
    return polled(model, {f"o{o}": {f"o{o}p{p}": said for p in range(people)} for o in range(offices)})


ODD = {
    "nobody was asked": lambda: polled(TWO_LEVELS, {}),
    "nobody answered": lambda: polled(TWO_LEVELS, {}, silent=[("x", "x1"), ("y", "y1")]),
    "one person": lambda: marks(TWO_LEVELS, {"x": ["1010"]}),
    "one person, one item": lambda: everybody(ONE, True, 1, 1),
    "one item": lambda: everybody(ONE, True),
    "one office": lambda: marks(TWO_LEVELS, {"x": ["1010", "1100", "1110"]}),
    "one item each": lambda: marks(TWO_LEVELS, {"x": ["1---"], "y": ["-1--"]}),
    "no variance": lambda: everybody(TWO_LEVELS, True),
    "figures without variance": lambda: everybody(FIGURES, 3),
    "all unknown": lambda: everybody(TWO_LEVELS, "unknown"),
    "nothing applies": lambda: everybody(TWO_LEVELS, "n/a"),
    "an answers file": lambda: Material(answered(TWO_LEVELS, "a.2: true"), population=1),
}
OF_PEOPLE = ("sampling", "agreement", "reliability", "firmness", "importance", "audit")


@pytest.fixture(params=ODD.values(), ids=ODD, scope="module")
def odd(request):
    return analyse(replace(request.param(), runs=100), OF_PEOPLE)


def test_what_an_odd_study_cannot_carry_says_so_in_a_sentence(odd):
    assert [one.section for one in odd if one.refused]
    for one in odd:
        for language in LANGUAGES:
            told = one.meaning[language] + (one.caution[language] if one.caution else "")
            assert told.endswith("."), one.id
            assert not re.search(r"\bNone\b(?! of)|\bnan\b|\(0\)", told), one.id


def test_english_has_nouns_in_their_number(odd):
    for one in odd:
        texts = [one.meaning, one.n, *(text for text in (one.caution, one.rests_on) if text)]
        for text in texts:
            wrong = r"\b1 (people|experts|offices|units|claims|figures|roles|answers)\b"
            assert not re.search(rf"(?<!of ){wrong}", text.en), (one.id, text.en)
