"""How long until the next item is shown, in a questionnaire that is half filled in?"""

from __future__ import annotations

from measure import Row, calls, report

from gscm.cases import value_at
from gscm.formats.answers_yaml import blank_text, set_answer
from gscm.model.facts import facts_of
from gscm.model.load import find_model, load_model
from gscm.questionnaire.flow import next_items
from gscm.questionnaire.load import questionnaire_for
from gscm.responses.load import bind
from gscm.yamlfile import parse

model = load_model(find_model("gscm-province"))
form = questionnaire_for(model)
text = blank_text(model.id, model.version, {"id": "contoh", "name": "Contoh"})
facts = list(facts_of(model).values())
for fact in facts[: len(facts) // 2]:
    text = set_answer(text, fact.id, {"value": value_at(model, fact, 3)})


def one_answer() -> object:
    """What happens between a typed answer and the next item: the text is changed, read, bound, and searched."""
    changed = set_answer(text, facts[0].id, {"value": False})
    return next_items(form, bind(parse(changed, "jawaban.yaml"), model))


times = calls({"next item": one_answer}, 15)
report(
    f"filling in: {len(form.items)} items, half of them answered",
    [Row(name, taken, 50, "ms") for name, taken in times.items()],
)
