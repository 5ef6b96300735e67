"""How long does placing take in-process: about 60 indicators × 4 levels, with everything known and with little?"""

from __future__ import annotations

from pathlib import Path

from measure import Row, calls, report

from gscm.cases import value_at
from gscm.model.facts import facts_of
from gscm.model.load import find_model, load_model
from gscm.placement.place import place
from gscm.responses.answers import Answers
from gscm.responses.load import bind, load_answers
from gscm.yamlfile import Document

EXAMPLE = Path(__file__).parents[1] / "examples/kalimantan-selatan-2019/answers.yaml"


def uniform(level: int) -> Answers:
    """The province that stands at one level everywhere."""
    model = load_model(find_model("gscm-province"))
    answers = {fact.id: value_at(model, fact, level) for fact in facts_of(model).values()}
    subject = {"id": "contoh", "name": "Contoh"}
    return bind(Document("contoh.yaml", {"model": model.id, "subject": subject, "answers": answers}), model)


def fresh(answers: list[Answers]) -> object:
    """Place answers whose model nothing has looked at yet: what one assessment really takes."""
    return place(answers.pop())


ROUNDS = 15
everything, little = uniform(3), load_answers(EXAMPLE)
new = [uniform(3) for _ in range(ROUNDS + 1)]
new_little = [load_answers(EXAMPLE) for _ in range(ROUNDS + 1)]
times = calls(
    {
        "all known, again": lambda: place(everything),
        "all known, first": lambda: fresh(new),
        "South Kalimantan, again": lambda: place(little),
        "South Kalimantan, first": lambda: fresh(new_little),
    },
    ROUNDS,
)
count = sum(node.is_leaf for node in everything.model.nodes.values())
report(
    f"placing a province: {count} indicators × 4 levels, {len(facts_of(everything.model))} facts, no flips or pivotal",
    [Row(name, taken, 20, "ms") for name, taken in times.items()],
)
