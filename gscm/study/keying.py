"""Paper keyed in: one keying by an operator, two of them compared, and the answers on which they agree.

What is keyed in is kept, row by row, apart from the log of answers. It becomes an answer of the study once two
operators agree on it, once somebody who looked at the paper has settled it, or where one keying is said to do.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any
from uuid import UUID, uuid5

from gscm.errors import BadUse, FaultsFound, Issue, Where
from gscm.i18n import Language, Text, listed, same
from gscm.questionnaire.questionnaire import Item
from gscm.questionnaire.skips import skips
from gscm.report.mark import star
from gscm.responses.given import Given, canonical, figures
from gscm.responses.load import read_answer
from gscm.study.field import Intake, consented, event, states_of
from gscm.study.log import present
from gscm.study.paper import CONSENT, Form
from gscm.study.store import Event, Keyed, Store
from gscm.study.study import Study

FIRST, SECOND, SETTLED = 1, 2, 3
"""The turns of keying; what was settled stands in one of its own."""
_STATUS = {"97": "not_applicable", "98": "unknown", "99": "blank"}
_TEXTS = ("reason", "note", "evidence")
"""What is written in words is not compared: survey practice keys codes twice, and words once."""

Written = Mapping[str, Any]


def possible(study: Study, item: Item) -> Text:
    """What can be keyed in for an item, in short: 1 0 98, or 1–5 98 97."""
    before = star(study.questionnaire, item)
    match item.fact.kind:
        case "criterion":
            values = Text("1 0", "1 0")
        case "level":
            values = same(f"{item.levels[0][0]}–{item.levels[-1][0]}")
        case "score":
            scale = study.model.scale
            values = same(f"{scale.min}–{scale.max}")
        case _:
            values = Text("angka", "figure")
    codes = f"{before}98" + (f" {before}97" if item.absence else "")
    return Text(f"{values.id} {codes}", f"{values.en} {codes}")


def keyed_answer(study: Study, item: Item, typed: str, language: Language) -> Written:
    """What a code or figure means for an item, in the long form of an answers file.

    Raises BadUse where it is none that the item can have. 97 is without its reason, which is asked for next.
    """
    word = typed.strip()
    bare = word.removeprefix("*")
    if bare in _STATUS and (word != bare or not star(study.questionnaire, item)):
        status = _STATUS[bare]
        if status == "not_applicable" and item.absence is None:
            raise BadUse(_impossible(study, item, word))
        return {"status": status}
    if item.fact.kind == "criterion":
        if word not in ("0", "1"):
            raise BadUse(_impossible(study, item, word))
        return {"value": word == "1"}
    found = figures(word, "," if language == "id" else ".")
    if len(found) > 1:
        raise BadUse(
            Issue(
                None,
                Text(f"“{word}” dapat dibaca sebagai dua angka.", f"“{word}” can be read as two figures."),
                Text(f"Ketik {found[0]} atau {found[1].replace('.', ',')}.", f"Type {found[0]} or {found[1]}."),
            )
        )
    if not found:
        raise BadUse(_impossible(study, item, word))
    written = {"value": found[0]}
    try:
        read_answer(study.model, item.code, written)
    except FaultsFound as faults:
        raise BadUse(_out_of_bounds(study, item, word, faults.issues[0])) from None
    return canonical(written, criterion=False)


def _impossible(study: Study, item: Item, word: str) -> Issue:
    can = possible(study, item)
    return Issue(
        None,
        Text(f"{item.code} tidak dapat dijawab “{word}”.", f"{item.code} cannot be answered “{word}”."),
        Text(f"Yang mungkin: {can.id}.", f"Possible: {can.en}."),
    )


def _out_of_bounds(study: Study, item: Item, word: str, why: Issue) -> Issue:
    if item.fact.kind != "quantity":
        return _impossible(study, item, word)
    return Issue(
        None,
        why.what,
        Text("Lihat lagi kertasnya; ketik *98 bila tidak tahu.", "Look at the paper again; type *98 for don’t know."),
    )


def consent_answer(typed: str) -> Written:
    """What is keyed in for consent: agreed or declined. Raises BadUse."""
    if typed not in ("1", "0", "99"):
        raise BadUse(
            Issue(
                None,
                Text(f"Persetujuan tidak dapat dijawab “{typed}”.", f"Consent cannot be answered “{typed}”."),
                Text("Ketik 1 (setuju) atau 0 (tidak).", "Type 1 (agreed) or 0 (declined)."),
            )
        )
    return {"status": "blank"} if typed == "99" else {"value": typed == "1"}


# ------------------------------------------------------------------------------------------------------ one keying


class Keying:
    """One operator's keying of one form. What is keyed in is in the study when `key` returns."""

    def __init__(self, store: Store, study: Study, form: Form, turn: int, operator: str) -> None:
        self.store, self.study, self.form, self.turn, self.operator = store, study, form, turn, operator
        self.items = {item.code: item for item in form.items}
        self.answers = _latest(
            one for one in store.keyed(form.office, form.respondent) if (one.turn, one.operator) == (turn, operator)
        )
        self._skips = skips(study.questionnaire, form.items)
        self._place = {code: index for index, code in enumerate(form.codes)}

    def answer(self, code: str) -> Written | None:
        """What was keyed in for an item; None where nothing was yet."""
        item = self.items.get(code)
        if item and item.absence and item.absence != code and _is_absent(self._row(item.absence)):
            return self._row(item.absence)
        return self._row(code)

    def _row(self, fact: str) -> Written | None:
        return self.answers[fact].written if fact in self.answers else None

    def is_passed_over(self, code: str) -> bool:
        """Whether the form told to go on beyond this item, after a “no”."""
        place = self._place[code]
        for before, count in self._skips.items():
            if self._place[before] < place <= self._place[before] + count:
                said = self._row(before)
                if said is not None and said.get("value") is False:
                    return True
        return False

    @property
    def open(self) -> tuple[str, ...]:
        """What is still to be keyed in; nothing where consent was refused."""
        if self._refused:
            return ()
        return tuple(code for code in self.form.codes if self.answer(code) is None)

    @property
    def _refused(self) -> bool:
        return (self._row(CONSENT) or {}).get("value") is False

    @property
    def count(self) -> int:
        """How much has been keyed in."""
        return sum(self.answer(code) is not None for code in self.form.codes)

    def key(self, code: str, written: Written, at: str) -> None:
        """Put in an answer; the last one closes the form, which the audit log says."""
        item = self.items.get(code)
        rows = [self._keyed(code, written, at)]
        if item and item.absence and item.absence != code:
            if _is_absent(written):
                inside = [one for one in self.form.items if one.absence == item.absence and one.code in self.answers]
                rows = [self._keyed(item.absence, written, at)]
                rows += [self._keyed(one.code, {"status": "blank"}, at) for one in inside]
            elif _is_absent(self._row(item.absence)):
                rows.append(self._keyed(item.absence, {"status": "blank"}, at))
        left = set(self.open) - {code}
        ends = (code == CONSENT and written.get("value") is False) or not left
        self.store.key_in(rows, [self._closed(at)] if ends else ())
        self.answers |= {row.fact: row for row in rows}

    def _keyed(self, fact: str, written: Written, at: str) -> Keyed:
        return keyed_row(
            self.study, self.form.office, self.form.respondent, self.turn, self.operator, fact, written, at
        )

    def _closed(self, at: str) -> Event:
        subject = self.form.respondent or self.form.office
        return event(
            self.study, at, self.operator, "keyed", subject, turn=self.turn, form=self.form.mark.code, channel="paper"
        )

    def accept_alone(self, at: str) -> None:
        """Let this keying do, without a second one; the audit log says so."""
        standing = self.answers.values()
        rows = [
            keyed_row(self.study, one.office, one.respondent, SETTLED, self.operator, one.fact, one.written, one.at)
            for one in standing
        ]
        subject = self.form.respondent or self.form.office
        said = event(self.study, at, self.operator, "keyed-once", subject, form=self.form.mark.code, channel="paper")
        if {one.id for one in self.store.keyed(self.form.office, self.form.respondent)}.issuperset(r.id for r in rows):
            return
        self.store.key_in(rows, [said])


def keyed_row(
    study: Study, office: str, respondent: str, turn: int, operator: str, fact: str, written: Written, at: str
) -> Keyed:
    told = json.dumps([office, respondent, turn, operator, fact, written, at], sort_keys=True)
    return Keyed(str(uuid5(UUID(study.id), told)), office, respondent, turn, operator, fact, written, at)


def begun(
    store: Store, study: Study, form: Form, operator: str, same_operator: bool = False, alone: bool = False
) -> Keying:
    """The keying with which this operator goes on, or begins. Raises BadUse where there is none for them.

    An operator goes on with what they left open, or lets it do `alone`; else the form is keyed in by another
    operator, unless `same_operator` lets one do it twice.
    """
    done = _by_operator(store.keyed(form.office, form.respondent))
    for turn, who in done:
        if who == operator and ((mine := Keying(store, study, form, turn, who)).open or alone):
            return mine
    others = [turn for turn, who in done if who != operator]
    if len(done) > 1:
        by = listed(tuple(same(who) for _, who in done))
        raise BadUse(
            Issue(
                None,
                Text(
                    f"Formulir {form.mark.code} sudah dientri oleh {by.id}.",
                    f"Form {form.mark.code} has been keyed in by {by.en}.",
                ),
                Text(f"Lihat: gscm study differences {study.target}", f"See: gscm study differences {study.target}"),
            )
        )
    if done and not others and not same_operator:
        raise BadUse(
            Issue(
                None,
                Text(
                    f"“{operator}” sudah mengentri formulir {form.mark.code}; entri kedua dikerjakan operator lain.",
                    f"“{operator}” has keyed in form {form.mark.code}; the second time is for another operator.",
                ),
                Text(
                    "Sebutkan operatornya dengan --who, atau izinkan orang yang sama dengan --same-operator.",
                    "Name the operator by --who, or allow the same person by --same-operator.",
                ),
            )
        )
    return Keying(store, study, form, SECOND if done else FIRST, operator)


def _by_operator(rows: Iterable[Keyed]) -> dict[tuple[int, str], list[Keyed]]:
    """The keyings of one form, the one begun first in front; what was settled is none."""
    found: dict[tuple[int, str], list[Keyed]] = {}
    for one in rows:
        if one.turn != SETTLED:
            found.setdefault((one.turn, one.operator), []).append(one)
    return dict(sorted(found.items(), key=lambda keying: (min(row.at for row in keying[1]), keying[0])))


def _latest(rows: Iterable[Keyed]) -> dict[str, Keyed]:
    """What holds for each fact: the row written last."""
    found: dict[str, Keyed] = {}
    for one in rows:
        if one.fact not in found or one.at >= found[one.fact].at:
            found[one.fact] = one
    return found


def _is_absent(written: Written | None) -> bool:
    return written is not None and written.get("status") == "not_applicable"


# ------------------------------------------------------------------------------------------------- two are compared


@dataclass(frozen=True, slots=True)
class Difference:
    """What two operators keyed in differently: an item, or whether an indicator applies as a `whole`.

    `first` and `second` are what each keyed in for the items concerned, by fact; `settled` is what was decided, and
    `by` whom.
    """

    office: str
    respondent: str
    code: str
    whole: bool
    first: Mapping[str, Keyed]
    second: Mapping[str, Keyed]
    operators: tuple[str, ...]
    settled: Mapping[str, Keyed]

    @property
    def by(self) -> str:
        return next((row.operator for row in self.settled.values()), "")


@dataclass(frozen=True, slots=True)
class Compared:
    """The keyings of one form beside one another.

    `twice` counts what was keyed in by both; `answers` are what they agree on or what was settled, by fact.
    `operators` who keyed the form in, in the order in which they began.
    """

    office: str
    respondent: str
    operators: tuple[str, ...]
    twice: int
    differences: tuple[Difference, ...]
    answers: Mapping[str, Keyed]

    @property
    def open(self) -> tuple[Difference, ...]:
        return tuple(one for one in self.differences if not one.settled)

    @property
    def consent(self) -> bool | None:
        """What the form says of consent; None where that is not agreed on, or left blank."""
        said = self.answers.get(CONSENT)
        return said.written.get("value") if said else None


def compared(study: Study, rows: Iterable[Keyed]) -> tuple[Compared, ...]:
    """Every form keyed in, by office and respondent; of more than two keyings the first two are compared."""
    by_form: dict[tuple[str, str], list[Keyed]] = {}
    for one in rows:
        by_form.setdefault((one.office, one.respondent), []).append(one)
    return tuple(_compared(study, *form, by_form[form]) for form in sorted(by_form))


def _compared(study: Study, office: str, respondent: str, rows: Sequence[Keyed]) -> Compared:
    keyings = _by_operator(rows)
    operators = tuple(who for _, who in keyings)
    settled = _latest(one for one in rows if one.turn == SETTLED)
    if len(keyings) < 2:
        return Compared(office, respondent, operators, 0, (), settled)
    first, second = (_latest(keying) for keying in list(keyings.values())[:2])
    differences, agreed, twice = [], dict[str, Keyed](), 0
    for facts in _together(study, first, second):
        mine, yours = ({fact: of[fact] for fact in facts if fact in of} for of in (first, second))
        if not mine or not yours:
            continue  # the second operator has not come to it yet
        twice += 1
        keyed = (*mine.values(), *yours.values())
        if _codes(mine) == _codes(yours):
            agreed |= {fact: _both(mine.get(fact), yours.get(fact)) for fact in (*mine, *yours)}
            continue
        newest = max(row.at for row in keyed)
        decided = {fact: settled[fact] for fact in facts if fact in settled and settled[fact].at >= newest}
        differences.append(
            Difference(office, respondent, facts[0], len(facts) > 1, mine, yours, operators[:2], decided)
        )
    return Compared(office, respondent, operators, twice, tuple(differences), {**settled, **agreed})


def _together(study: Study, first: Mapping[str, Keyed], second: Mapping[str, Keyed]) -> Iterator[tuple[str, ...]]:
    """The facts that are compared as one: those of an indicator that somebody says does not apply, else each alone."""
    yield (CONSENT,)
    inside: dict[str, list[str]] = {}
    for code, item in study.questionnaire.items.items():
        if item.absence in (None, code):
            yield (code,)
        else:
            inside.setdefault(str(item.absence), []).append(code)
    for node, codes in inside.items():
        if any(node in of and _is_absent(of[node].written) for of in (first, second)):
            yield (node, *codes)
        else:
            yield from ((code,) for code in (node, *codes))


def _codes(keyed: Mapping[str, Keyed]) -> Mapping[str, Written]:
    """What is compared: whether the indicator applies, where that is asked; else the codes."""
    absent = [fact for fact, row in keyed.items() if _is_absent(row.written)]
    if absent:
        return {absent[0]: {"status": "not_applicable"}}
    return {
        fact: {key: value for key, value in row.written.items() if key not in _TEXTS} for fact, row in keyed.items()
    }


def _both(first: Keyed | None, second: Keyed | None) -> Keyed:
    """An answer on which two agree: the codes, the words of either, and the time of the later."""
    keyed = [one for one in (second, first) if one is not None]
    words = {key: value for one in keyed for key, value in one.written.items() if key in _TEXTS}
    return replace(keyed[-1], written={**words, **keyed[-1].written}, at=max(one.at for one in keyed))


def error_rate(found: Iterable[Compared]) -> Fraction | None:
    """Differences as a share of what was keyed in twice, settled or not; None where nothing was."""
    forms = tuple(found)
    twice = sum(one.twice for one in forms)
    return Fraction(sum(len(one.differences) for one in forms), twice) if twice else None


def settle(store: Store, study: Study, one: Difference, chosen: Mapping[str, Written], at: str, who: str) -> None:
    """Put down what holds for a difference: by fact, what was found on the paper. Notes and evidence stay with it."""
    rows = []
    for fact in dict.fromkeys((*one.first, *one.second, *chosen)):
        keyed = (row.written for of in (one.second, one.first) if (row := of.get(fact)))
        words = {key: value for said in keyed for key, value in said.items() if key in ("note", "evidence")}
        written = {**words, **chosen.get(fact, {"status": "blank"})}
        rows.append(keyed_row(study, one.office, one.respondent, SETTLED, who, fact, written, at))
    subject = one.respondent or one.office
    store.key_in(rows, [event(study, at, who, "settled", subject, item=one.code, channel="paper")])


@dataclass(frozen=True, slots=True)
class Taken:
    """How many answers came into the study, what was refused, and respondents who have not agreed to take part."""

    entries: int
    issues: tuple[Issue, ...]
    without_consent: tuple[str, ...]


def take_in(store: Store, study: Study, found: Iterable[Compared], at: str, who: str) -> Taken:
    """Make answers of what is agreed on or settled. Repeating it adds nothing.

    A respondent who has not agreed to take part, on paper or elsewhere, gives no answers.
    """
    standing, states = present(store.log()), states_of(store.events())
    known = {one.id for one in study.respondents if one.consented_at}
    count, issues, refused = 0, list[Issue](), list[str]()
    for form in found:
        author = form.respondent
        if not form.answers:
            continue
        if form.consent and author not in known:
            consented(store, study, author, form.answers[CONSENT].at, who)
        elif author and author not in known:
            refused.append(author)
            continue
        origin = f"paper:{author or form.office}"
        intake = Intake(study, standing, "self-assessment", "paper", at, origin, states)
        entries, faults = intake.take(_given(form))
        count += store.append(entries)
        issues += faults
    return Taken(count, tuple(issues), tuple(refused))


def _given(form: Compared) -> Iterator[Given]:
    where = Where(form.respondent or form.office)
    for fact, row in form.answers.items():
        if fact != CONSENT:
            yield Given(form.office, form.respondent, fact, row.written, row.at, where)
