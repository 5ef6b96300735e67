"""From a folder of YAML to a Questionnaire: every fact of the model has an item, written or derived."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from gscm import resources, yamlfile
from gscm.errors import BadUse, FaultsFound, Issue, Unreadable, did_you_mean, in_order
from gscm.i18n import Text
from gscm.model.facts import Fact, facts_of
from gscm.model.include import reworded
from gscm.model.schema import ModelFile, Wording
from gscm.model.tree import Criterion, Model, Node
from gscm.questionnaire.questionnaire import Item, Questionnaire
from gscm.questionnaire.schema import ItemEntry, ItemsFile, QuestionnaireFile, SharedItems
from gscm.yamlfile import Document


def shipped_questionnaires() -> tuple[str, ...]:
    """The ids of the questionnaires that come with gscm, sorted."""
    return tuple(sorted(file.parent.name for file in resources.folder("questionnaires").glob("*/questionnaire.yaml")))


def find_questionnaire(name: str) -> Path:
    """The folder of a questionnaire given by id or by folder. Raises BadUse naming the known ones."""
    for candidate in (Path(name), resources.folder("questionnaires") / name):
        if (candidate / "questionnaire.yaml").is_file():
            return candidate
    known = ", ".join(shipped_questionnaires())
    raise BadUse(
        Issue(
            None,
            Text(f"Kuesioner “{name}” tidak ditemukan.", f"There is no questionnaire “{name}”."),
            did_you_mean(name, shipped_questionnaires())
            or Text(
                f"Sebutkan folder kuesioner, atau salah satu dari: {known}.",
                f"Name the folder of a questionnaire, or one of: {known}.",
            ),
        )
    )


def questionnaire_for(model: Model, name: str | None = None) -> Questionnaire:
    """The questionnaire called `name`, or the one shipped for the model, or one derived from the model alone."""
    if name is not None:
        return load_questionnaire(find_questionnaire(name), model)
    for shipped in shipped_questionnaires():
        folder = resources.folder("questionnaires") / shipped
        if shipped == model.id:
            return load_questionnaire(folder, model)
    return derived_questionnaire(model)


def model_of(path: Path) -> str:
    """The id of the model that a questionnaire asks for."""
    name = str(path / "questionnaire.yaml")
    return yamlfile.validate(yamlfile.read(path / "questionnaire.yaml", name), QuestionnaireFile).model


def load_questionnaire(path: Path, model: Model) -> Questionnaire:
    """Load and check the questionnaire in a folder against its model.

    Raises Unreadable, or FaultsFound with every fault of all its files at once.
    """
    document = yamlfile.read(path / "questionnaire.yaml")
    file = yamlfile.validate(document, QuestionnaireFile)
    if file.model != model.id:
        raise FaultsFound(_of_another_model(document, file.model, model))
    issues: list[Issue] = []
    for index, node in enumerate(file.reports):
        if node != "overall" and node not in model.nodes:
            issues.append(Issue(document.where(("reports", index)), _unknown(node), did_you_mean(node, model.nodes)))
    written: dict[str, ItemEntry] = {}
    facts, wordings = facts_of(model), _wordings(file, model)
    own_first = sorted(enumerate(file.items), key=lambda entry: isinstance(entry[1], SharedItems))
    for index, name in own_first:
        found, faults = _items(path, name, wordings, document, index)
        issues.extend(faults)
        for position, entry in enumerate(found.items if found else ()):
            assert found is not None
            if isinstance(name, SharedItems) and (entry.asks not in facts or entry.asks in written):
                continue
            issues.extend(_faults(model, entry, written, found.document, position))
            written[entry.asks] = entry
    if issues:
        raise FaultsFound(in_order(issues))
    reports = tuple(model.id if name == "overall" else name for name in file.reports)
    return Questionnaire(
        id=file.id,
        version=file.version,
        model=model,
        title=file.title.text(),
        introduction=file.introduction.text(),
        staging=file.staging,
        reports=reports or default_reports(model),
        items={fact.id: _item(model, fact, written.get(fact.id)) for fact in facts_of(model).values()},
    )


def derived_questionnaire(model: Model) -> Questionnaire:
    """A questionnaire with the wording of the model itself."""
    return Questionnaire(
        id=model.id,
        version=model.version,
        model=model,
        title=model.title,
        introduction=model.about,
        staging="full" if model.names(model.root) and model.inner == "level" else "none",
        reports=default_reports(model),
        items={fact.id: _item(model, fact, None) for fact in facts_of(model).values()},
    )


def default_reports(model: Model) -> tuple[str, ...]:
    """The whole, and what stands directly below it."""
    return (model.id, *model.root.children)


def _of_another_model(document: Document, asked: str, model: Model) -> Issue:
    """One sentence: that none of its items fits says nothing more."""
    shipped = model.id in shipped_questionnaires()
    return Issue(
        document.where(("model",)),
        Text(
            f"Kuesioner ini untuk model {asked}, sedangkan jawabannya untuk model {model.id}.",
            f"This questionnaire is for the model {asked}; the answers are for the model {model.id}.",
        ),
        Text(
            f"Pakai --questionnaire {model.id}, atau hapus --questionnaire.",
            f"Use --questionnaire {model.id}, or leave --questionnaire out.",
        )
        if shipped
        else Text("Hapus --questionnaire: kalimat modelnya dipakai.", "Leave it out: the model’s own words are used."),
    )


class _Items:
    def __init__(self, items: tuple[ItemEntry, ...], document: Document) -> None:
        self.items, self.document = items, document


def _wordings(file: QuestionnaireFile, model: Model) -> dict[str, Wording]:
    """The wordings of the model, each together with what the questionnaire adds to it."""
    if not any(isinstance(entry, SharedItems) and entry.wording for entry in file.items):
        return {}
    known = yamlfile.validate(yamlfile.read(Path(model.folder) / "model.yaml"), ModelFile).wordings
    added = {
        name: Wording(id={**known[name].id, **more.id}, en={**known[name].en, **more.en}) if name in known else more
        for name, more in file.wordings.items()
    }
    return {**known, **added}


def _items(
    path: Path, entry: str | SharedItems, wordings: Mapping[str, Wording], document: Document, index: int
) -> tuple[_Items | None, tuple[Issue, ...]]:
    where = document.where(("items", index))
    shared = entry if isinstance(entry, SharedItems) else SharedItems(file=str(entry))
    name, base, target = shared.file, path.resolve(), (path / shared.file).resolve()
    if not target.is_relative_to(base.parent if shared is entry else base) or target.suffix != ".yaml":
        return None, (
            Issue(
                where,
                Text(
                    f"“{name}” berada di luar folder kuesioner.",
                    f"“{name}” lies outside the folder of the questionnaire.",
                ),
                Text(
                    "Berkas kuesioner di sebelahnya ditulis {file: …, wording: …}.",
                    "A file of a questionnaire beside it is written {file: …, wording: …}.",
                ),
            ),
        )
    if shared.wording is not None and shared.wording not in wordings:
        return None, (
            Issue(
                where,
                Text(f"Padanan kata “{shared.wording}” tidak ada.", f"There is no wording “{shared.wording}”."),
                did_you_mean(shared.wording, wordings)
                or Text("Tulis padanannya di wordings.", "Write it in wordings."),
            ),
        )
    try:
        read = yamlfile.read(path / name)
        read = read if shared.wording is None else reworded(read, wordings[shared.wording])
        return _Items(yamlfile.validate(read, ItemsFile).items, read), ()
    except (FaultsFound, Unreadable) as found:
        return None, found.issues


def _faults(
    model: Model, entry: ItemEntry, written: dict[str, ItemEntry], document: Document, position: int
) -> list[Issue]:
    where = document.where(("items", position))
    facts = facts_of(model)
    issues = []
    if entry.asks not in facts:
        issues.append(Issue(where, _unknown(entry.asks), did_you_mean(entry.asks, facts)))
    elif entry.levels and facts[entry.asks].kind != "level":
        issues.append(
            Issue(
                where,
                Text(f"“{entry.asks}” tidak dijawab dengan level.", f"“{entry.asks}” is not answered by a level."),
            )
        )
    if entry.asks in written:
        issues.append(
            Issue(
                where,
                Text(f"“{entry.asks}” ditanyakan dua kali.", f"“{entry.asks}” is asked twice."),
                Text("Hapus salah satunya.", "Remove one of them."),
            )
        )
    for office in entry.offices or ():
        if office not in model.offices:
            issues.append(
                Issue(
                    where,
                    Text(
                        f"Perangkat daerah “{office}” tidak ada dalam model.",
                        f"The office “{office}” is not in the model.",
                    ),
                    did_you_mean(office, model.offices),
                )
            )
    return issues


def _unknown(name: str) -> Text:
    return Text(f"“{name}” tidak ada dalam model.", f"“{name}” is not in the model.")


def _item(model: Model, fact: Fact, entry: ItemEntry | None) -> Item:
    node = model.nodes[fact.node]
    criterion = next((c for c in node.criteria.get(fact.level or 0, ()) if c.id == fact.id), None)
    return Item(
        code=fact.id,
        fact=fact,
        node=node.id,
        text=entry.text.text() if entry else derived_text(node, fact, criterion),
        help=entry.help.text() if entry and entry.help else node.about,
        evidence=_evidence(entry, criterion),
        offices=_offices(entry, criterion, node),
        levels=_levels(model, node, fact, entry),
        derived=entry is None,
        absence=fact.id if fact.may_not_apply else node.id if node.may_not_apply else None,
    )


def derived_text(node: Node, fact: Fact, criterion: Criterion | None) -> Text:
    """The wording of an item for which nothing better is written."""
    if criterion is not None:
        statement = Text(criterion.text.id.rstrip("."), criterion.text.en.rstrip("."))
        return Text(
            f"Apakah pernyataan ini sudah benar: “{statement.id}”?", f"Is this statement true: “{statement.en}”?"
        )
    if fact.kind == "quantity" and node.quantity is not None:
        title, unit = node.quantity.title, node.quantity.unit
        return Text(
            f"Berapa {_lower(title.id)} ({unit.id}) menurut data terbaru?",
            f"What is the {_lower(title.en)} ({unit.en}) in the latest data?",
        )
    if fact.kind == "level":
        return Text(f"Pada level berapa {node.title.id}?", f"At what level is {node.title.en}?")
    return Text(f"Berapa nilai {node.title.id}?", f"What is the score of {node.title.en}?")


def _lower(text: str) -> str:
    return text if text[:2].isupper() else text[:1].lower() + text[1:]


def _evidence(entry: ItemEntry | None, criterion: Criterion | None) -> tuple[Text, ...]:
    if entry is not None and entry.evidence is not None:
        return tuple(words.text() for words in entry.evidence)
    return criterion.evidence if criterion else ()


def _offices(entry: ItemEntry | None, criterion: Criterion | None, node: Node) -> tuple[str, ...]:
    if entry is not None and entry.offices is not None:
        return entry.offices
    if criterion is not None:
        return criterion.action.owner if criterion.action else ()
    owners = (c.action.owner for criteria in node.criteria.values() for c in criteria if c.action)
    return next(owners, ())


def _levels(model: Model, node: Node, fact: Fact, entry: ItemEntry | None) -> tuple[tuple[int, Text, Text | None], ...]:
    if fact.kind != "level":
        return ()
    described = {level: words.text() for level, words in entry.levels.items()} if entry else {}
    return tuple((name.number, name.name, described.get(name.number, name.meaning)) for name in model.names(node))
