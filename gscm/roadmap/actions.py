"""Actions: what would fulfil facts, who does it, how long it takes and what it costs.

They follow from the model's criteria, unless the user's table gives its own. A row that names an action of the model
fills in what the row says; a row with facts is an action of the user's own, and takes the place of the model's for
these facts. Where several actions name one fact, all of them are needed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Literal, get_args

from gscm.errors import FaultsFound, Issue, Where, did_you_mean, in_order
from gscm.i18n import Text, decimal, same
from gscm.model.facts import MET, Fact, accepted
from gscm.model.graph import Pair
from gscm.model.tree import STAGES, Action as CriterionAction, Criterion, Model, has_levels, top_level
from gscm.placement.flips import Step
from gscm.placement.place import Result

Band = Literal["low", "medium", "high"]
BANDS: tuple[Band, ...] = get_args(Band)
MOST = 10**15
"""Rupiah of one action; more is a slip of the pen."""

BAND_NAMES: Mapping[Band, Text] = {
    "low": Text("rendah", "low"),
    "medium": Text("sedang", "medium"),
    "high": Text("tinggi", "high"),
}


@dataclass(frozen=True, slots=True)
class Action:
    """One action. `gains` are the facts it fulfils, with the value they reach.

    `offices` and `documents` are ids of the model's tables or names of the user's own, the leading one first.
    `costs` are whole rupiah for each year that it runs; where they are None only the `band` is known. `needs` are
    actions that have to be finished before it starts, `levels` the pairs that have to hold by then. `shared`: its
    rupiah were given as one sum and are shared out over its years.
    """

    id: str
    what: Text
    gains: tuple[Step, ...]
    months: int
    band: Band | None
    costs: tuple[int, ...] | None = None
    offices: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    nomenclature: str | None = None
    fund: str | None = None
    needs: tuple[str, ...] = ()
    levels: tuple[Pair, ...] = ()
    indicator: str | None = None
    unit: str | None = None
    baseline: str | None = None
    target: str | None = None
    own: bool = False
    shared: bool = False
    where: Where | None = None

    @property
    def years(self) -> int:
        """How many years it runs, part of a year counted as one."""
        return -(-self.months // 12)

    @property
    def cost(self) -> int | None:
        """All its rupiah, or None where only the band is known."""
        return None if self.costs is None else sum(self.costs)

    @property
    def office(self) -> str | None:
        """The office that leads it."""
        return self.offices[0] if self.offices else None


@dataclass(frozen=True, slots=True)
class Cells:
    """One row of the user's table: what stands in it by the name of the column (see `COLUMNS`)."""

    where: Where
    by_column: Mapping[str, str]


COLUMNS: Mapping[str, tuple[Text, tuple[str, ...]]] = {
    "action": (Text("tindakan", "action"), ("id", "kode")),
    "what": (Text("uraian", "description"), ("what",)),
    "facts": (Text("fakta", "facts"), ("kriteria", "criteria")),
    "offices": (Text("perangkat daerah", "office"), ("opd", "pelaksana", "owner")),
    "documents": (Text("dokumen", "document"), ()),
    "nomenclature": (Text("nomenklatur", "nomenclature"), ("kode nomenklatur",)),
    "months": (Text("bulan", "months"), ()),
    "cost": (Text("biaya", "cost"), ("pagu",)),
    "fund": (Text("sumber dana", "fund"), ("dana",)),
    "needs": (Text("perlu", "needs"), ()),
    "indicator": (Text("indikator", "indicator"), ()),
    "unit": (Text("satuan", "unit"), ()),
    "baseline": (Text("kondisi awal", "baseline"), ()),
    "target": (Text("target", "target"), ()),
}
"""The columns of the table: their names in both languages, and what else they may be called."""


def model_actions(result: Result) -> tuple[Action, ...]:
    """The actions that the model's criteria name, for the criteria that apply and are not shown to be met."""
    reading = result.reading
    severed = {below.id for node in reading.given for below in result.model.below(node) if below.id != node}
    severed |= {node for node in reading.given if result.model.nodes[node].is_leaf}
    return tuple(
        _of_criterion(criterion, criterion.action)
        for node in result.model.nodes.values()
        if node.id not in reading.outside and node.id not in severed
        for criteria in node.criteria.values()
        for criterion in criteria
        if criterion.action is not None and criterion.id in reading.low and reading.low[criterion.id] < MET
    )


def _of_criterion(criterion: Criterion, action: CriterionAction) -> Action:
    """A criterion that is fulfilled has its evidence, and that evidence is taken to be accepted."""
    return Action(
        id=criterion.id,
        what=action.what,
        gains=(Step(criterion.id, accepted(STAGES[-1])),),
        months=action.months,
        band=action.effort,
        offices=action.owner,
        documents=action.document,
        nomenclature=action.nomenclature,
    )


def staged(result: Result, action: Action) -> Action:
    """The action, to start only once its indicators stand one level below the criteria that it fulfils."""
    works_on = {
        (fact.node, fact.level)
        for step in action.gains
        for fact in [result.reading.facts[step.fact]]
        if fact.level is not None
    }
    below = {(node, level - 1) for node, level in works_on if level > 2} - works_on
    return replace(action, levels=tuple(sorted({*action.levels, *below})))


def with_rows(result: Result, rows: Sequence[Cells]) -> tuple[Action, ...]:
    """The actions of the model and of the user's table, by id. Raises FaultsFound with every fault of the table."""
    return _Table(result, rows).actions()


def office_name(model: Model, office: str) -> Text:
    """What an office is called: the model's name for its id, or the user's own word."""
    return model.offices.get(office) or same(office)


def document_name(model: Model, document: str) -> Text:
    """What a document is called."""
    return model.documents.get(document) or same(document)


_RUPIAH = re.compile(r"(?:rp\.?\s*)?(\d{1,3}(?:\.\d{3})+|\d{1,3}(?:,\d{3})+|\d+)(?:[.,]00)?", re.IGNORECASE)
_WORDS = {
    **dict.fromkeys(("rb", "ribu", "thousand"), 10**3),
    **dict.fromkeys(("jt", "juta", "million"), 10**6),
    **dict.fromkeys(("m", "miliar", "milyar", "billion"), 10**9),
    **dict.fromkeys(("t", "triliun", "trilyun", "trillion"), 10**12),
}
_IN_WORDS = re.compile(rf"(?:rp\.?\s*)?([0-9]{{1,6}}(?:[.,][0-9]{{1,6}})?)\s*({'|'.join(_WORDS)})\.?", re.IGNORECASE)
_SEPARATORS = re.compile(r"[\s;]+")
_BAND_WORDS = {word.casefold(): band for band, text in BAND_NAMES.items() for word in (text.id, text.en, band)}


class _Table:
    """Reads the rows and gathers what is wrong with them."""

    def __init__(self, result: Result, rows: Sequence[Cells]) -> None:
        self.result, self.model, self.rows = result, result.model, rows
        self.derived = {action.id: action for action in model_actions(result)}
        self.every = _every_action(self.model)
        self.issues: list[Issue] = []

    def actions(self) -> tuple[Action, ...]:
        found = dict(self.derived)
        own: dict[str, Action] = {}
        named: dict[str, Where] = {}
        for row in self.rows:
            id = self._id(row, named)
            if id is None:
                continue
            if "facts" in row.by_column:
                own[id] = self._own(id, row)
            elif id in self.derived:
                found[id] = self._filled(self.derived[id], row)
            elif id in self.every:
                self._filled(self.every[id], row)  # met already, or not assessed: the row is read, and rests
            else:
                self._unknown(id, row)
        covered: dict[str, tuple[str, ...]] = {}
        for action in own.values():
            for step in action.gains:
                covered[step.fact] = (*covered.get(step.fact, ()), action.id)
        found = {id: action for id, action in found.items() if id not in covered} | own
        found = {id: self._linked(action, found, covered) for id, action in found.items()}
        self._circles(found)
        if self.issues:
            raise FaultsFound(in_order(self.issues))
        return tuple(found[id] for id in sorted(found))

    def _fault(self, row: Cells, what: Text, remedy: Text | None) -> None:
        self.issues.append(Issue(row.where, what, remedy))

    def _id(self, row: Cells, named: dict[str, Where]) -> str | None:
        id = row.by_column.get("action")
        if id is None:
            self._fault(
                row,
                Text("Kolom tindakan pada baris ini kosong.", "The column action is empty in this row."),
                Text(
                    "Tulis kode tindakan, misalnya kode kriterianya.",
                    "Write the code of the action, such as the code of its criterion.",
                ),
            )
        elif id in named:
            self._fault(
                row,
                Text(
                    f"Tindakan “{id}” sudah ada di baris {named[id].line}.",
                    f"The action “{id}” already stands in row {named[id].line}.",
                ),
                Text("Satukan kedua baris.", "Make one row of the two."),
            )
            return None
        else:
            named[id] = row.where
        return id

    def _unknown(self, id: str, row: Cells) -> None:
        self._fault(
            row,
            Text(f"Tindakan “{id}” tidak dikenal.", f"There is no action “{id}”."),
            did_you_mean(id, self.every)
            or Text(
                "Tulis kode tindakan model, atau isi kolom fakta untuk tindakan sendiri.",
                "Write the code of one of the model’s actions, or fill in the column facts for one of your own.",
            ),
        )

    def _own(self, id: str, row: Cells) -> Action:
        gains = tuple(sorted(self._gains(row)))
        like = [self.every[step.fact] for step in gains if step.fact in self.every]
        start = Action(
            id=id,
            what=_joined([action.what for action in like]) if like else same(id),
            gains=gains,
            months=max((action.months for action in like), default=0),
            band=max((action.band for action in like if action.band), key=BANDS.index, default=None),
            offices=tuple(dict.fromkeys(office for action in like for office in action.offices)),
            documents=tuple(dict.fromkeys(document for action in like for document in action.documents)),
            nomenclature=like[0].nomenclature if like else None,
            own=True,
        )
        found = self._filled(start, row)
        if found.months == 0 and gains:
            self._fault(
                row,
                Text(f"Lama tindakan “{id}” belum disebut.", f"How long the action “{id}” takes is not said."),
                Text("Isi kolom bulan.", "Fill in the column months."),
            )
        if found.band is None and found.costs is None and gains and "cost" not in row.by_column:
            self._fault(
                row,
                Text(f"Biaya tindakan “{id}” belum disebut.", f"The cost of the action “{id}” is not said."),
                Text("Isi rupiah, atau rendah, sedang, tinggi.", "Write rupiah, or low, medium, high."),
            )
        return found

    def _filled(self, action: Action, row: Cells) -> Action:
        """The action with what the row says of it."""
        cells = row.by_column
        months = self._months(row) or action.months
        costs, band = self._cost(row, -(-months // 12) or 1) if "cost" in cells else (action.costs, action.band)
        offices = self._names(cells["offices"], self.model.offices) if "offices" in cells else action.offices
        documents = self._names(cells["documents"], self.model.documents) if "documents" in cells else action.documents
        return replace(
            action,
            what=same(said)
            if (said := cells.get("what")) and said not in (action.what.id, action.what.en)
            else action.what,
            months=months,
            costs=costs,
            band=band,
            shared=costs is not None and len(costs) > 1 and "+" not in cells.get("cost", "+"),
            offices=offices,
            documents=documents,
            nomenclature=cells.get("nomenclature", action.nomenclature),
            fund=cells.get("fund"),
            needs=tuple(_SEPARATORS.split(cells["needs"])) if "needs" in cells else (),
            indicator=cells.get("indicator"),
            unit=cells.get("unit"),
            baseline=cells.get("baseline"),
            target=cells.get("target"),
            where=row.where,
        )

    def _months(self, row: Cells) -> int | None:
        said = row.by_column.get("months")
        if said is None:
            return None
        if not said.isascii() or not said.isdigit() or not 1 <= int(said) <= 120:
            self._fault(
                row,
                Text(
                    f"Bulan “{said}” bukan bilangan bulat dari 1 sampai 120.",
                    f"The months “{said}” are no whole number from 1 to 120.",
                ),
                Text("Tulis lamanya dalam bulan, misalnya 12.", "Write how many months it takes, such as 12."),
            )
            return None
        return int(said)

    def _cost(self, row: Cells, years: int) -> tuple[tuple[int, ...] | None, Band | None]:
        """The rupiah of each year, or a band."""
        said = row.by_column["cost"]
        if said.casefold() in _BAND_WORDS:
            return None, _BAND_WORDS[said.casefold()]
        parts = [part.strip() for part in said.split("+")]
        figures = [rupiah(part) for part in parts]
        if any(figure is None for figure in figures):
            self._fault(row, *_no_rupiah(said))
            return None, None
        costs = tuple(figure for figure in figures if figure is not None)
        if sum(costs) > MOST:
            self._fault(
                row,
                Text(f"Biaya “{said}” melampaui seribu triliun rupiah.", f"The cost “{said}” is over 10^15 rupiah."),
                Text("Periksa jumlah nolnya.", "Check the number of zeros."),
            )
        if len(costs) == 1:
            share, rest = divmod(costs[0], years)
            return (share + rest, *(share,) * (years - 1)), None
        if len(costs) != years:
            self._fault(
                row,
                Text(
                    f"Biaya disebut untuk {len(costs)} tahun, sedangkan tindakan ini berjalan {years} tahun.",
                    f"The cost is given for {len(costs)} years, but this action runs for {years}.",
                ),
                Text("Samakan dengan kolom bulan.", "Make it agree with the column months."),
            )
        return costs, None

    def _names(self, said: str, known: Mapping[str, Text]) -> tuple[str, ...]:
        """Ids of a table of the model, by id or name in either language; what it does not know stays as written."""
        by_name = {name.casefold(): id for id, text in known.items() for name in (id, text.id, text.en)}
        parts = [part.strip() for part in said.split(";") if part.strip()]
        return tuple(dict.fromkeys(by_name.get(part.casefold(), part) for part in parts))

    def _gains(self, row: Cells) -> Iterator[Step]:
        for word in _SEPARATORS.split(row.by_column["facts"]):
            id, equals, said = word.partition("=")
            fact = self.result.reading.facts.get(id)
            if fact is None:
                self._fault(
                    row,
                    Text(f"Fakta “{id}” tidak ada dalam model.", f"The model has no fact “{id}”."),
                    did_you_mean(id, self.result.reading.facts)
                    or Text(f"Lihat: gscm model show {self.model.id}", f"See: gscm model show {self.model.id}"),
                )
                continue
            step = _step(fact, said if equals else None)
            if isinstance(step, Step):
                yield step
            else:
                self._fault(row, *step)

    def _linked(self, action: Action, found: Mapping[str, Action], covered: Mapping[str, tuple[str, ...]]) -> Action:
        """The action with its needs told apart into actions and levels."""
        needs: list[str] = []
        levels: list[Pair] = []
        for word in action.needs:
            node, equals, level = word.partition("=")
            if equals:
                levels += self._level(action, node, level)
            elif word == action.id and action.where is not None:
                self.issues.append(
                    Issue(
                        action.where,
                        Text(f"Tindakan “{word}” memerlukan dirinya sendiri.", f"The action “{word}” needs itself."),
                        Text("Hapus dari kolom perlu.", "Remove it from the column needs."),
                    )
                )
            elif word in found:
                needs.append(word)
            elif word in covered:
                needs += covered[word]
            elif word not in self.every:  # what the model names and is met already is no need any more
                assert action.where is not None
                self.issues.append(
                    Issue(
                        action.where,
                        Text(
                            f"Tindakan “{word}” yang diperlukan tidak dikenal.", f"There is no action “{word}” to need."
                        ),
                        did_you_mean(word, [*found, *self.every])
                        or Text(
                            "Tulis kode tindakan, atau SIMPUL=LEVEL.", "Write the code of an action, or NODE=LEVEL."
                        ),
                    )
                )
        return replace(action, needs=tuple(sorted(set(needs) - {action.id})), levels=tuple(sorted(set(levels))))

    def _level(self, action: Action, node: str, level: str) -> Iterator[Pair]:
        found = self.model.nodes.get(node)
        level = _number(self.model, node, level)
        if found is None or not has_levels(found) or not level.isdigit():
            where = action.where
            what = Text(f"“{node}={level}” bukan level sebuah simpul.", f"“{node}={level}” is no level of a node.")
            remedy = None if found else did_you_mean(node, self.model.nodes)
            names = tuple(name.name for name in self.model.names(found)) if found and has_levels(found) else ()
            if names:
                remedy = Text(
                    f"Yang ada: {', '.join(name.id for name in names)}.",
                    f"There are: {', '.join(n.en for n in names)}.",
                )
            remedy = remedy or Text("Tulis SIMPUL=LEVEL.", "Write NODE=LEVEL.")
            self.issues.append(Issue(where, what, remedy))
        elif not 1 <= int(level) <= top_level(self.model, found):
            top = top_level(self.model, found)
            what = Text(f"{node} hanya mempunyai level 1 sampai {top}.", f"{node} has levels 1 to {top} only.")
            self.issues.append(Issue(action.where, what, Text("Perbaiki levelnya.", "Correct the level.")))
        elif int(level) > 1:
            yield node, int(level)

    def _circles(self, found: Mapping[str, Action]) -> None:
        """Actions that wait for one another never start."""
        done: set[str] = set()
        waiting = dict(found)
        while ready := [id for id, action in waiting.items() if done.issuperset(n for n in action.needs if n in found)]:
            done.update(ready)
            waiting = {id: action for id, action in waiting.items() if id not in done}
        ring = [id for id in sorted(waiting) if any(need in waiting for need in waiting[id].needs)]
        if ring:
            self.issues.append(
                Issue(
                    waiting[ring[0]].where,
                    Text(
                        f"Tindakan-tindakan ini saling menunggu: {', '.join(ring)}.",
                        f"These actions wait for one another: {', '.join(ring)}.",
                    ),
                    Text("Hapus salah satu isi kolom perlu.", "Remove one entry of the column needs."),
                )
            )


def _number(model: Model, node: str, level: str) -> str:
    """A level as its number, where it is written as one of its names."""
    known = model.nodes.get(node)
    for name in model.names(known) if known and has_levels(known) else ():
        if level.casefold() in (word.casefold() for word in (name.name.id, name.name.en, *name.aliases)):
            return str(name.number)
    return level


def redefined(result: Result, rows: Sequence[Cells]) -> Iterator[Issue]:
    """Warnings of rows that bear the code of an action of the model but fulfil other facts than that action does."""
    derived = _every_action(result.model)
    for row in rows:
        id, facts = row.by_column.get("action", ""), row.by_column.get("facts")
        if (
            facts is not None
            and id in derived
            and id not in {word.partition("=")[0] for word in _SEPARATORS.split(facts)}
        ):
            yield Issue(
                row.where,
                Text(
                    f"Baris “{id}” memakai kode tindakan model untuk fakta lain ({facts}); tindakan model itu tidak "
                    "direncanakan lagi.",
                    f"The row “{id}” uses the code of one of the model’s actions for other facts ({facts}); that "
                    "action is no longer planned.",
                ),
                Text("Pakai kode lain bila bukan itu maksudnya.", "Use another code if that is not meant."),
                severity="warning",
            )


def rupiah(said: str) -> int | None:
    """Whole rupiah as people write them: 400000000, 400.000.000, Rp400.000.000,00; None if it is none."""
    found = _RUPIAH.fullmatch(said.strip())
    return int(re.sub(r"[.,]", "", found[1])) if found and found[1].isascii() else None


def _no_rupiah(said: str) -> tuple[Text, Text]:
    remedy = Text(
        "Tulis rupiah bulat seperti 400.000.000, atau rendah, sedang, tinggi.",
        "Write whole rupiah like 400,000,000, or low, medium, high.",
    )
    if re.match(r"(?:rp\.?\s*)?[-−(]", said, re.IGNORECASE):
        return Text(f"Biaya “{said}” negatif.", f"The cost “{said}” is negative."), remedy
    found = _IN_WORDS.fullmatch(said)
    whole = Fraction(found[1].replace(",", ".")) * _WORDS[found[2].casefold()] if found else Fraction(1, 2)
    if whole.denominator == 1:
        remedy = Text(
            f"Tulis seluruh angkanya: {decimal(str(whole), 'id')}.",
            f"Write all its digits: {decimal(str(whole), 'en')}.",
        )
    return Text(f"Biaya “{said}” bukan rupiah.", f"The cost “{said}” is no amount of rupiah."), remedy


def _step(fact: Fact, said: str | None) -> Step | tuple[Text, Text]:
    """The fact raised to the value that is written, or what is wrong with it."""
    if fact.kind == "criterion":
        if said is None:
            return Step(fact.id, fact.best)
        return (
            Text(f"{fact.id} adalah kriteria, tanpa angka.", f"{fact.id} is a criterion, without a figure."),
            Text(f"Tulis {fact.id} saja.", f"Write {fact.id} alone."),
        )
    value = None if said is None else figure(said)
    low, high = sorted((fact.worst, fact.best))
    if value is None or not low <= value <= high or (fact.kind == "level" and value.denominator != 1):
        return (
            Text(
                f"{fact.id} harus disertai nilai dari {_plain(low)} sampai {_plain(high)}.",
                f"{fact.id} needs a value from {_plain(low)} to {_plain(high)}.",
            ),
            Text(f"Tulis seperti {fact.id}={_plain(fact.best)}.", f"Write it like {fact.id}={_plain(fact.best)}."),
        )
    return Step(fact.id, value)


def figure(said: str) -> Fraction | None:
    """A figure with a decimal point or comma; None if it is none."""
    text = said.strip().replace(",", ".")
    return Fraction(text) if re.fullmatch(r"-?\d{1,15}(\.\d{1,12})?", text) and text.isascii() else None


def _plain(value: Fraction) -> str:
    return str(value.numerator) if value.denominator == 1 else str(float(value))


def _joined(texts: Iterable[Text]) -> Text:
    told = tuple(dict.fromkeys(texts))
    return Text(" ".join(text.id for text in told), " ".join(text.en for text in told))


def _every_action(model: Model) -> dict[str, Action]:
    """The actions of all criteria, whether met or not: what a row of a table may name."""
    return {
        criterion.id: _of_criterion(criterion, criterion.action)
        for node in model.nodes.values()
        for criteria in node.criteria.values()
        for criterion in criteria
        if criterion.action is not None
    }
