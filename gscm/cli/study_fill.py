"""`gscm study fill`: one office's questions in the terminal; an answer is in the study before the next is asked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

import click

from gscm.cli.command import command, option, session
from gscm.cli.fill import Run, call, opened_screen, plain_option
from gscm.cli.question import NOTES, Screen, notes_of, value_of
from gscm.cli.study import now, opened, stage_option, study_argument
from gscm.cli.terminal import table
from gscm.cli.typed import typed
from gscm.errors import BadUse, FaultsFound, GscmError, Issue, Where, did_you_mean
from gscm.i18n import Text, language_of

if TYPE_CHECKING:
    from gscm.model.tree import Stage
    from gscm.questionnaire.flow import Progress
    from gscm.questionnaire.questionnaire import Item
    from gscm.responses.answers import Answer, Answers
    from gscm.study.field import Intake
    from gscm.study.log import Entry
    from gscm.study.store import Office, Store
    from gscm.study.study import Study


@command(
    Text(
        "Isi bagian suatu perangkat daerah di terminal: satu pertanyaan sekali, masuk ke kajian setiap kali dijawab, "
        "dan dapat dilanjutkan kapan saja. Yang sudah dijawab perangkat daerah lain tidak ditanyakan lagi, kecuali "
        "bila kajian menghendaki beberapa pendapat; rekan seperangkat daerah tetap ditanya masing-masing.",
        "Fill in an office's part in the terminal: one question at a time, in the study as soon as it is answered, to "
        "be resumed at any time. What another office has answered is not asked again, unless the study wants several "
        "opinions; colleagues of one office are each asked.",
    ),
    example="gscm study fill kajian --office bappeda --respondent bappeda-1",
)
@study_argument
@option("--office", required=True, metavar="ID", text=Text("Perangkat daerah penjawab.", "The office that answers."))
@option(
    "--respondent",
    metavar="ID",
    text=Text(
        "Nama samaran responden; tanpa ini jawabannya atas nama perangkat daerah itu sendiri.",
        "Pseudonym of the respondent; without it the answers are those of the office itself.",
    ),
)
@stage_option
@plain_option
@click.pass_context
def fill(context: click.Context, target: str, office: str, respondent: str | None, stage: Stage, plain: bool) -> None:
    from gscm.study.field import closed_to, comments_of, returned_with, states_of

    language = session(context).language
    with opened(target) as (store, found):
        asked = office_of(found, office)
        check_respondent(found, office, respondent)
        store.refuse_frozen()
        target, events = found.target, store.events()
        if closed := closed_to(found, states_of(events), office, stage):
            raise FaultsFound(closed)
        other = {"--lang": None if language == language_of() else language}
        chosen = {"--office": office, "--respondent": respondent}
        at_stage = {"--stage": None if stage == "self-assessment" else stage}
        screen = opened_screen(language, plain)
        if not _agreed(store, found, respondent, screen):
            return
        run = StudyRun(
            path=Path(office),  # what messages name
            questionnaire=_part(found, asked),
            staging=found.questionnaire.staging,
            screen=screen,
            text="",
            told=(returned_with(comment),) if (comment := comments_of(events).get(office)) else (),
            store=store,
            study=found,
            office=office,
            author=respondent or "",
            stage=stage,
        )
        run.take_over()
        run.ask_all()
        again = call("study fill", target, {**chosen, **at_stage, **other}) + (" --plain" if plain else "")
        run.end(again, call("study assess", target, other))
        screen.command(Text("Kemajuan:", "Progress:"), call("study status", target, other))


def _agreed(store: Store, study: Study, respondent: str | None, screen: Screen) -> bool:
    """Whether the respondent may be asked: informed, and agreed, which is asked once. An office itself is no person."""
    from gscm.study.field import consented
    from gscm.study.notice import notice

    if respondent is None or any(one.id == respondent and one.consented_at for one in study.respondents):
        return True
    told = notice(study)
    title = [screen.strong(line) for line in screen.wrapped(told.title)]
    question = [screen.strong(line) for line in screen.wrapped(told.question)]
    blocks = [title, *(list(screen.wrapped(text)) for text in told.paragraphs), question]
    keys = Text(f"y = {told.agreed.id}, t = {told.declined.id} > ", f"y = {told.agreed.en}, n = {told.declined.en} > ")
    try:
        screen.read(blocks, None)
        while (command := typed(screen.ask(keys)).command) not in ("yes", "no", "quit"):
            screen.paragraph(Text("Ketik y atau t.", "Type y or n."))
    except (KeyboardInterrupt, EOFError, click.Abort):
        click.echo()
        command = "quit"
    if command == "yes":
        consented(store, study, respondent, now(), respondent)
        return True
    screen.paragraph(
        Text(
            "Baik, tidak ada yang ditanyakan dan tidak ada yang dicatat. Terima kasih.",
            "Very well: nothing is asked, and nothing is recorded. Thank you.",
        )
    )
    return False


def office_of(study: Study, id: str) -> Office:
    """The office with this id. Raises BadUse."""
    known = {office.id: office for office in study.offices}
    if id in known:
        return known[id]
    raise BadUse(
        Issue(
            None,
            Text(f"Kajian ini tidak memuat “{id}”.", f"The study has no office “{id}”."),
            did_you_mean(id, known)
            or Text(
                f"Undang dahulu: gscm study invite {study.target} --office {id}",
                f"Invite it first: gscm study invite {study.target} --office {id}",
            ),
        )
    )


def check_respondent(study: Study, office: str, id: str | None) -> None:
    """Raise BadUse where the office has no such respondent; None is the office itself."""
    people = {one.id: one.office for one in study.respondents}
    if id is None or people.get(id) == office:
        return
    if id in people:
        raise BadUse(
            Issue(
                None,
                Text(f"Responden “{id}” bukan dari “{office}”.", f"Respondent “{id}” is not of “{office}”."),
                Text(f"Ia terdaftar pada “{people[id]}”.", f"They are registered with “{people[id]}”."),
            )
        )
    mine = [one for one, of in people.items() if of == office]
    raise BadUse(
        Issue(
            None,
            Text(f"“{office}” tidak mempunyai responden “{id}”.", f"“{office}” has no respondent “{id}”."),
            did_you_mean(id, mine)
            or Text(
                f"Undang dahulu: gscm study invite {study.target} --office {office}",
                f"Invite them first: gscm study invite {study.target} --office {office}",
            ),
        )
    )


def _part(study: Study, office: Office) -> Any:
    """The questionnaire of one office: the items assigned to it, below its name."""
    from gscm.study.field import assigned_to

    form = study.questionnaire
    title = Text(f"{form.title.id} – {office.name}", f"{form.title.en} – {office.name}")
    return replace(form, title=title, items={code: form.items[code] for code in assigned_to(study, office.id)})


@dataclass(kw_only=True)
class StudyRun(Run):
    """A run through the items of an office. Its text holds the respondent's own answers, as they stand in the log."""

    store: Store
    study: Study
    office: str
    author: str
    stage: Stage
    seen: int = -1
    """How many entries the log had when it was last read."""
    others: Mapping[str, Answer] = field(default_factory=dict)
    """What other offices have settled, so that it need not be asked here."""
    intake: Intake | None = None
    raw: Mapping[str, Any] = field(default_factory=dict)
    """The answers in the text, as they are written there."""
    earlier: Mapping[str, Answer] = field(default_factory=dict)
    """What the office said at the stages before this one."""
    recorded: bool = False
    """Whether the audit log has its line of this run."""
    asks_evidence: ClassVar[Text] = Text(
        "Nama dan nomor dokumen, atau letak berkasnya: ", "Name and number of the document, or the path of its file: "
    )

    def take_over(self) -> None:
        """Read the log. Raises Unreadable."""
        from gscm.study.field import Intake, states_of
        from gscm.study.log import present

        log = tuple(self.store.log())
        standing = present(log)
        self.text = self._own(standing.entries.values())
        self.others = {} if self.study.settings["opinions"] else self._settled(log)
        origin = f"terminal:{self.author or self.office}"
        self.earlier = self._said_earlier(log)
        states = states_of(self.store.events())
        self.intake = Intake(self.study, standing, self.stage, "terminal", now(), origin, states)
        self.raw = self._read(self.text)[0].get("answers") or {}
        self.seen = len(log)

    def _own(self, standing: Any) -> str:
        from gscm.formats.answers_yaml import blank_text, flow

        items, model, subject = self.questionnaire.items, self.study.model, self.study.subject
        mine = {
            entry.key.fact: entry.written
            for entry in standing
            if (entry.key.office, entry.key.author, entry.key.stage) == (self.office, self.author, self.stage)
        }
        asked = {**dict.fromkeys(items), **{item.absence: None for item in items.values() if item.absence}}
        lines = [
            f"  {key}: {flow(mine[key])}\n"
            for key in asked
            if key in mine and (key in items or mine[key].get("status") != "blank")
        ]
        head = blank_text(model.id, model.version, {"id": subject.id, "name": subject.name})
        return head.removesuffix("answers: {}\n") + "answers:\n" + "".join(lines) if lines else head

    def _settled(self, log: Sequence[Entry]) -> Mapping[str, Answer]:
        """What others answered, at this stage of verification or a later one; not that they do not know."""
        from gscm.model.tree import STAGES
        from gscm.responses.answers import OPEN
        from gscm.study.study import collect

        far = STAGES.index(self.stage)
        theirs = (e for e in log if e.key.office != self.office and STAGES.index(e.key.stage) >= far)
        found = collect(self.study, theirs).overall.entries
        return {id: answer for id, answer in found.items() if answer.status not in OPEN}

    def _said_earlier(self, log: Sequence[Entry]) -> Mapping[str, Answer]:
        """What stands for the office before this stage of verification."""
        from gscm.model.tree import STAGES
        from gscm.study.study import collect

        before = STAGES.index(self.stage)
        if not before:
            return {}
        mine = (e for e in log if e.key.office == self.office and STAGES.index(e.key.stage) < before)
        found = collect(self.study, mine).by_office.get(self.office)
        return found.entries if found else {}

    def _shown(self, entry: Answer | None) -> Answer | None:
        if entry is None or not entry.evidence:
            return entry
        return replace(entry, evidence=tuple(self.study.files.get(one, one) for one in entry.evidence))

    def _beside(self, item: Item) -> tuple[Text, ...]:
        """What the office said before: what an assessor is to check."""
        answer = self.earlier.get(item.code) or self.earlier.get(item.absence or "")
        value = value_of(answer, item) if answer else None
        if answer is None or value is None:
            return ()
        said = [Text(f"Jawaban sebelumnya: {value.id}", f"Answer before: {value.en}")]
        if answer.evidence:
            shown = "; ".join(answer.evidence)
            said.append(Text(f"Bukti sebelumnya: {shown}", f"Evidence before: {shown}"))
        notes = [(label, text) for one in answer.judgements for label, text in notes_of(one) if text]
        return (*said, *(Text(f"{label.id}: {text}", f"{label.en}: {text}") for label, text in notes))

    def _judged(self, entry: Mapping[str, Any], kept: Mapping[str, Any]) -> dict[str, Any]:
        """At a stage of verification: fact, analysis and justification, each of which may be passed over."""
        if self.stage == "self-assessment" or entry.get("status") == "blank":
            return {}
        found = {}
        for key, label in NOTES.items():
            more = Text(" (Enter: tetap)", " (Enter: as it is)") if kept.get(key) else Text("", "")
            asked = Text(f"{label.id}{more.id}: ", f"{label.en}{more.en}: ")
            if text := " ".join(self.screen.ask(asked).split()):
                found[key] = text
        return found

    def _document(self, text: str) -> str:
        """A file that is there goes into the study, and is cited by its hash; anything else is the name of a document.

        What begins with “berkas:” or “file:” has to be a file.
        """
        from gscm.study.evidence import PREFIX, keep, read_file
        from gscm.study.field import closed_to, states_of

        path, meant = _path(text)
        if not meant and not path.is_file():
            return text
        if closed := closed_to(self.study, states_of(self.store.events()), self.office, self.stage):
            raise FaultsFound(closed)
        kept = keep(self.store, read_file(path, self.study.settings["evidence_limit"]), now())
        cited = f"{PREFIX}{kept.sha256}"
        self.study = replace(self.study, files={**self.study.files, cited: f"{path.name} (sha256 {kept.sha256[:12]})"})
        return cited

    def _refresh(self) -> None:
        """Take over what came into the study meanwhile."""
        from gscm.study.field import states_of

        if self.intake is not None:
            self.intake.states = states_of(self.store.events())
        if self.store.count() == self.seen:
            return
        before = self.text
        self.take_over()
        if self.text != before:
            self.message = Text(
                "Jawaban ini diubah di tempat lain; perubahan itu ikut dipakai.",
                "These answers were changed elsewhere; the changes are taken over.",
            )[self.screen.language]

    def _keep(self, written: str) -> None:
        """Append what changed to the log: only then is it acknowledged."""
        from gscm.responses.given import Given
        from gscm.study.field import event

        data, answers = self._read(written)
        raw = data.get("answers") or {}
        at, where = now(), Where(self.study.target)
        given = [
            Given(self.office, self.author, key, _plain(raw.get(key), answers.entries.get(key)), at, where)
            for key in dict.fromkeys((*self.raw, *raw))
            if self.raw.get(key) != raw.get(key)
        ]
        assert self.intake is not None
        try:
            entries, issues = self.intake.take(given)
            if issues:
                raise FaultsFound(issues)
            line = event(self.study, at, self.author or self.office, "filled", self.office, stage=self.stage)
            self.seen += self.store.append(entries, [line] if entries and not self.recorded else [])
            self.recorded = self.recorded or bool(entries)
        except BaseException:
            self.seen = -1  # the log is read again before anything is built on it
            raise
        self.raw = raw

    def _progress(self) -> Progress:
        """What is left of the office's items, when what others have answered is known too."""
        from gscm.questionnaire.flow import Progress, asked_facts, progress

        whole, mine = self._known(), self.questionnaire.items
        found = progress(self.study.questionnaire, whole, self.staging)
        left = tuple(item for item in found.left if item.code in mine)
        skipped = tuple(item for item in found.skipped if item.code in mine)
        asked = len(asked_facts(self._answers()) & mine.keys())
        return Progress(asked, left, skipped, len(mine) - asked - len(left) - len(skipped))

    def _known(self) -> Answers:
        """The respondent's own answers, and where these are open, what others answered."""
        from gscm.responses.answers import OPEN

        mine, items = self._answers(), self.questionnaire.items
        known = {id: answer for id, answer in mine.entries.items() if answer.status not in OPEN}
        applies = {items[id].node for id, answer in known.items() if id in items and answer.status == "given"}
        theirs = {
            id: answer
            for id, answer in self.others.items()
            if answer.status != "not_applicable" or id not in applies  # what one says applies is not settled
        }
        return replace(mine, entries={**mine.entries, **theirs, **known})

    def end(self, again: str, report: str) -> None:
        """How many items, what is still open for the office, and how to go on."""
        with suppress(GscmError):  # the last that could be read is told
            self._refresh()
        progress, screen = self._progress(), self.screen
        waiting = (*progress.left, *progress.skipped)
        screen.space()
        screen.bold(self.questionnaire.title)
        screen.paragraph(_told(progress, len(self.questionnaire.items)))
        if waiting:
            screen.space()
            for line in table([[title[screen.language], str(count)] for title, count in self._open(waiting)]):
                click.echo(f"  {line}")
            screen.space()
            screen.command(Text("Tersimpan dalam kajian; lanjutkan dengan:", "In the study; go on with:"), again)
        screen.command(Text("Hasil sejauh ini:", "The result so far:"), report)

    def _open(self, waiting: Sequence[Item]) -> Sequence[tuple[Text, int]]:
        """The parts of the model in which items are open, and how many."""
        model = self.study.model
        count: dict[str, int] = {}
        for item in waiting:
            above = {item.node, *(node.id for node in model.above(item.node))}
            part = next((child for child in model.root.children if child in above), model.id)
            count[part] = count.get(part, 0) + 1
        return [(node.title, count[id]) for id, node in model.nodes.items() if id in count]


def _path(text: str) -> tuple[Path, bool]:
    """The path in what was typed or dropped into the terminal, and whether it was said to be a file."""
    word, colon, rest = text.partition(":")
    meant = bool(colon) and word.strip().casefold() in ("berkas", "file")
    plain = (rest if meant else text).strip()
    if plain[:1] in "\"'" and plain[-1:] == plain[:1]:
        plain = plain[1:-1]
    with suppress(RuntimeError):  # a user that is not known
        return Path(plain or ".").expanduser(), meant
    return Path(plain), meant


def _told(progress: Progress, items: int) -> Text:
    left = len(progress.left) + len(progress.skipped)
    rest = Text(
        f" {progress.saved} tidak perlu ditanyakan: tidak mengubah hasil, atau sudah dijawab perangkat daerah lain.",
        f" {progress.saved} need not be asked: they change no result, or another office has answered them.",
    )
    saved = rest if progress.saved else Text("", "")
    return Text(
        f"{progress.asked} dari {items} butir terjawab; masih terbuka: {left}.{saved.id}",
        f"{progress.asked} of {items} items answered; still open: {left}.{saved.en}",
    )


def _plain(raw: Any, answer: Answer | None) -> dict[str, Any]:
    """An answer of the text as the log writes it: plain JSON, figures by their digits; one taken back is blank."""
    from gscm.formats.answers_yaml import long_form

    written = {key: list(value) if isinstance(value, list) else value for key, value in long_form(raw).items()}
    value = written.get("value")
    if answer is not None and answer.kind == "criterion" and answer.value is not None:
        written["value"] = bool(answer.value)
    elif isinstance(value, (int, Decimal)):
        written["value"] = f"{value:f}" if isinstance(value, Decimal) else str(value)
    return written
