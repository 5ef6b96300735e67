"""The independent checker: real certificates are confirmed, and anything changed in one is refused."""

from __future__ import annotations

import ast
import json
from collections.abc import Callable
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest

from gscm import yamlfile
from gscm.model.flat import flat_model
from gscm.model.load import load_model
from gscm.model.tree import Model
from gscm.placement import verify as checker
from gscm.placement.certificate import certificate
from gscm.placement.place import place
from gscm.placement.verify import objections, verify
from gscm.responses.answers import flat_answers
from gscm.responses.load import bind

Case = tuple[dict[str, Any], dict[str, Any], dict[str, Any]]  # model, answers, certificate
SPBE = Path(__file__).parents[2] / "models" / "spbe-2020"

EVERY_CLAUSE = """
id: city
version: 1.0.0
title: City
about: about
status: example
notice: notice
subject: city
scale: {min: 0, max: 10, digits: 1, compare: rounded}
inner: level
level_names: {main: [{name: Low}, {name: Middle}, {name: High}]}
provenance:
  levels: {basis: ours, source: us}
  structure: {basis: ours, source: us}
  weights: {basis: ours, source: us}
  gates: {basis: ours, source: us}
  requires: {basis: ours, source: us}
  criteria: {basis: ours, source: us}
  quantities: {basis: ours, source: us}
kinds: {group: {title: group}, part: {title: part}}
root:
  levels: main
  aggregate: geometric
  gates:
    2: [{clause: children, rule: all, of: group}, {clause: children, rule: mean, weighted: true, rounding: nearest}]
    3: [{clause: children, rule: share, share: 2/3, weighted: true}, {clause: score, from: 6.5, inclusive: false}]
  children:
    - id: rules
      kind: group
      title: Rules
      weight: 2
      aggregate: rounded-sum
      gates: {2: [{clause: children, rule: any}], 3: [{clause: children, rule: all, at: 2}]}
      requires: [{at: 3, node: services, level: 2, reason: because}]
      children:
        - id: plan
          kind: part
          title: Plan
          answer: criteria
          gates:
            2: [{clause: criteria, share: 1/2}]
            3: [{clause: criteria, evidence: document}]
          criteria:
            2: [{text: one, weight: 3}, {text: two}]
            3: [{text: three}, {text: four, may_not_apply: true}]
        - id: reach
          kind: part
          title: Reach
          answer: quantity
          gates: {2: [{clause: target}], 3: [{clause: target}]}
          quantity:
            {title: days, unit: days, direction: lower, min: 1, max: 100, logarithm: true, targets: {2: 30, 3: 7}}
    - id: services
      kind: group
      title: Services
      aggregate: minimum
      gates: {2: [{clause: children, rule: share, share: 1/2}], 3: [{clause: children, rule: mean, rounding: nearest}]}
      open: {kind: part, answer: level}
    - id: trust
      kind: part
      title: Trust
      answer: score
      gates: {2: [{clause: score, from: 4}], 3: [{clause: score, from: 8}]}
"""

ANSWERS = {
    "plan.2.1": True,
    "plan.2.2": False,
    "plan.3.1": {"value": True, "stage": "interview"},
    "plan.3.2": {"status": "not_applicable", "reason": "no coast"},
    "reach": 12,
    "services": {"rows": [{"id": "a", "title": "A", "value": 3}, {"id": "b", "title": "B"}]},
    "trust": 7.5,
}


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> Model:
    folder = tmp_path_factory.mktemp("city")
    (folder / "model.yaml").write_text(EVERY_CLAUSE, encoding="utf-8")
    (folder / "sources.yaml").write_text("sources: {us: {title: Us}}", encoding="utf-8")
    return load_model(folder)


def case(model: Model, answers: dict[str, Any], scope: list[str] | None = None) -> Case:
    document = {"model": model.id, "subject": {"id": "x", "name": "X"}, "scope": scope, "answers": answers}
    bound = bind(yamlfile.parse(json.dumps(document), "x.yaml"), model)
    return flat_model(bound.model), flat_answers(bound), json.loads(json.dumps(certificate(place(bound))))


@pytest.fixture(scope="module")
def placed(city: Model) -> Case:
    return case(city, ANSWERS)


@pytest.mark.parametrize(
    ("answers", "scope"),
    [
        ({}, None),
        ({"i1": 3, "i2": 5, "i11": {"status": "withheld"}}, None),
        ({"i1": 3, "a2": {"score": 3.1}}, None),
        ({"spbe-2020": {"score": "14/3"}}, None),
        ({f"i{n}": 4 for n in range(1, 48)}, None),
        ({"i1": 3}, ["a1"]),
    ],
)
def test_certificates_of_spbe_are_confirmed(answers: dict[str, Any], scope: list[str] | None) -> None:
    assert objections(*case(load_model(SPBE), answers, scope)) == ()


@pytest.mark.parametrize(
    ("changed", "scope"),
    [
        ({}, None),
        ({"reach": {"status": "withheld"}}, None),
        ({"reach": {"status": "not_applicable", "reason": "refused"}}, None),
        ({"services": {"level": 2}}, None),
        ({"services": {"score": 9}}, None),
        ({"services": {"rows": [{"id": "a", "title": "A", "status": "not_applicable", "note": "none"}]}}, None),
        ({"trust": None}, ["rules", "trust"]),
    ],
)
def test_certificates_of_every_clause_and_status_are_confirmed(
    city: Model, changed: dict[str, Any], scope: list[str] | None
) -> None:
    answers = {key: value for key, value in {**ANSWERS, **changed}.items() if scope is None or key != "services"}
    assert objections(*case(city, answers, scope)) == ()


def test_the_placed_city_has_something_in_every_list(placed: Case) -> None:
    nodes = placed[2]["nodes"].values()
    assert all(any(node[key] for node in nodes) for key in ("held_by", "blocked_by", "ceiling"))


def test_more_true_facts_than_needed_still_convince(placed: Case) -> None:
    model, answers, given = deepcopy(placed)
    given["nodes"]["trust"]["held_by"].append("reach")
    assert verify(model, answers, given)


def _put(node: str, key: str, value: Any) -> Callable[[dict[str, Any]], None]:
    return lambda given: given["nodes"][node].__setitem__(key, value)


MUTATIONS: dict[str, Callable[[dict[str, Any]], Any]] = {
    "another format": lambda given: given.update(format="gscm-certificate/2"),
    "another model": lambda given: given.update(model="town"),
    "another hash": lambda given: given.update(model_sha256="0" * 64),
    "a further key": lambda given: given.update(signed=True),
    "a node too few": lambda given: given["nodes"].pop("reach"),
    "a node too many": lambda given: given["nodes"].update(sea=given["nodes"]["reach"]),
    "a further key of a node": _put("trust", "note", ""),
    "a lower low": _put("trust", "low", 1),
    "a higher low": _put("trust", "low", 3),
    "a higher high": _put("trust", "high", 3),
    "a level that is true": _put("trust", "low", True),
    "a level that is a fraction": _put("trust", "low", 2.0),
    "no level": _put("trust", "low", None),
    "another score": _put("trust", "score_low", "8"),
    "a score spelt otherwise": _put("trust", "score_low", "30/4"),
    "nothing that holds": _put("trust", "held_by", []),
    "an open fact that holds": _put("trust", "held_by", ["trust", "services.b"]),
    "an unknown fact that holds": _put("trust", "held_by", ["trust", "sea"]),
    "a fact that does not apply": _put("trust", "blocked_by", ["trust", "plan.3.2"]),
    "a fact named twice": _put("trust", "held_by", ["trust", "trust"]),
    "the wrong fact that holds": _put("trust", "held_by", ["reach"]),
    "nothing that blocks": _put("trust", "blocked_by", []),
    "the wrong fact that blocks": _put("trust", "blocked_by", ["reach"]),
    "no ceiling": _put("trust", "ceiling", []),
    "an open fact in the ceiling": _put("trust", "ceiling", ["trust", "services.b"]),
}


@pytest.mark.parametrize("mutation", MUTATIONS)
def test_a_changed_certificate_is_refused_with_a_sentence(placed: Case, mutation: str) -> None:
    model, answers, given = deepcopy(placed)
    MUTATIONS[mutation](given)
    found = objections(model, answers, given)
    assert found
    assert all(text.id.endswith(".") and text.en.endswith(".") for text in found)
    assert not any("cannot be read" in text.en for text in found)


def test_an_objection_names_the_node_and_what_does_not_hold(placed: Case) -> None:
    model, answers, given = deepcopy(placed)
    given["nodes"]["trust"]["held_by"] = []
    (found,) = objections(model, answers, given)
    assert found.en == "“trust”: held_by suffices for level 1 only, not 2."


def _places(value: Any, path: tuple[str, ...] = ()) -> list[tuple[str, ...]]:
    inner = [place for key in value for place in _places(value[key], (*path, key))] if isinstance(value, dict) else []
    return [path, *inner]


@pytest.mark.parametrize("junk", [None, 7, -1, 2.5, "x", True, [], [[]], ["x"], {}, {"x": 1}], ids=repr)
def test_junk_anywhere_is_refused_and_never_raises(placed: Case, junk: Any) -> None:
    model, answers, given = placed
    for path in _places(given):
        changed: dict[str, Any] = {"all": deepcopy(given)}
        *above, last = ("all", *path)
        here: Any = changed
        for step in above:
            here = here[step]
        if here[last] != junk or type(here[last]) is not type(junk):
            here[last] = junk
            assert objections(model, answers, changed["all"]), path


def test_a_certificate_of_other_answers_or_another_model_is_refused(placed: Case, city: Model) -> None:
    model, answers, given = placed
    _, others, _ = case(city, {**ANSWERS, "trust": 3})
    heavier = deepcopy(model)
    heavier["nodes"]["trust"]["weight"] = "2"
    assert not verify(model, others, given)
    assert not verify(heavier, answers, given)


@pytest.mark.parametrize("junk", [None, 7, [], {}, {"nodes": {}}], ids=repr)
def test_a_model_or_answers_that_cannot_be_read_are_refused(placed: Case, junk: Any) -> None:
    model, answers, given = placed
    assert objections(junk, answers, given)
    assert objections(model, junk, given)


def test_the_checker_shares_no_code_with_the_placer() -> None:
    tree = ast.parse(Path(checker.__file__).read_text(encoding="utf-8"))
    imported = {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    imported |= {name.name for node in ast.walk(tree) if isinstance(node, ast.Import) for name in node.names}
    assert {name for name in imported if name and name.startswith("gscm")} <= {"gscm.i18n", "gscm.errors"}
