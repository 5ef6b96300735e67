"""`gscm study form, key, differences`: a study on paper, keyed in twice, and what the two keyings disagree about."""

from __future__ import annotations

import secrets
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from gscm.cli.command import command, option, say, session
from gscm.cli.fill import opened_screen, plain_option
from gscm.cli.study import now, opened, study_argument, who_option
from gscm.cli.terminal import table
from gscm.errors import BadUse, FaultsFound, GscmError, Issue
from gscm.i18n import Language, Text, decimal, same

if TYPE_CHECKING:
    from collections.abc import Mapping
    from fractions import Fraction

    from gscm.cli.question import Screen
    from gscm.study.keying import Compared, Difference, Keying, Written
    from gscm.study.paper import Form
    from gscm.study.store import Keyed, Respondent, Store
    from gscm.study.study import Study

respondent_option = option("--respondent", metavar="ID", text=Text("Hanya responden ini.", "Of this respondent only."))


@command(
    Text(
        "Cetak formulir kertas (PDF) dari butir yang ditanyakan kepada suatu perangkat daerah, dengan kode QR pada "
        "setiap halaman. Tanpa --respondent atau --copies formulirnya atas nama perangkat daerah itu sendiri.",
        "Print a paper form (PDF) of what an office is asked, with a QR code on every page. Without --respondent or "
        "--copies the form is that of the office itself.",
    ),
    example="gscm study form kajian --office bappeda --copies 5 --out formulir.pdf\n"
    "gscm study form kajian --office bappeda --respondent bappeda-1 --out formulir.pdf",
)
@study_argument
@option("--office", required=True, metavar="ID", text=Text("Perangkat daerah penjawab.", "The office that answers."))
@option(
    "--respondent",
    "respondents",
    multiple=True,
    metavar="ID",
    text=Text("Formulir untuk responden ini (boleh diulang).", "A form for this respondent (may be repeated)."),
)
@option(
    "--copies",
    type=click.IntRange(1, 500),
    metavar="N",
    text=Text(
        "N formulir untuk N responden baru, masing-masing dengan nama samaran sendiri.",
        "N forms for N new respondents, each with a pseudonym of their own.",
    ),
)
@option("--out", required=True, metavar="FORM.pdf", text=Text("Berkas keluaran.", "Output file."))
@who_option
@click.pass_context
def form(
    context: click.Context,
    target: str,
    office: str,
    respondents: tuple[str, ...],
    copies: int | None,
    out: str,
    who: str,
) -> None:
    from gscm.formats.saving import check_target, save
    from gscm.study.paper import check, forms_as_pdf, forms_of, printed

    path = Path(out)
    if path.suffix.lower() != ".pdf":
        raise BadUse(
            Issue(
                None,
                Text(f"“{out}” bukan berkas .pdf.", f"“{out}” is not a .pdf file."),
                Text("Beri nama seperti formulir.pdf.", "Name it like form.pdf."),
            )
        )
    if respondents and copies:
        raise BadUse(
            Issue(
                None,
                Text("--respondent dan --copies tidak dapat bersama.", "--respondent and --copies exclude each other."),
                Text("Pakai salah satu.", "Use one of them."),
            )
        )
    check_target(path)
    with opened(target) as (store, found):
        check(found, office, respondents)
        new = _new_respondents(store, found, office, copies or 0)
        asked = replace(found, respondents=(*found.respondents, *new))
        forms = forms_of(asked, office, [one.id for one in new] or respondents or ("",))
        save(path, forms_as_pdf(asked, forms, session(context).language))
        store.record([printed(found, forms, now(), who)])
    click.echo(
        say(
            Text(
                f"{len(forms)} formulir dengan {len(forms[0].items)} butir ditulis ke {out}.",
                f"Forms written to {out}: {len(forms)}, with {len(forms[0].items)} items each.",
            )
        )
    )
    for line in table([[one.mark.code, one.respondent or office] for one in forms]):
        click.echo(f"  {line}")
    if not found.settings["controller"]:
        click.echo(say(_NO_CONTROLLER), err=True)


_NO_CONTROLLER = Text(
    "Perhatian: penanggung jawab data pribadi belum disebutkan, dan formulir mengatakan demikian. Sebutkan dengan "
    "gscm study set … --controller, lalu cetak lagi.",
    "Note: who is responsible for personal data has not been named, and the form says so. Name them by "
    "gscm study set … --controller, then print again.",
)


def _new_respondents(store: Store, study: Study, office: str, count: int) -> tuple[Respondent, ...]:
    """People who answer on paper: each with a pseudonym, and a token that nobody is given."""
    from gscm.study.field import invite

    return invite(store, study, [(office, None)] * count, [secrets.token_urlsafe(12) for _ in range(count)])


@command(
    Text(
        "Entri formulir kertas dengan papan angka: pindai atau ketik kode formulirnya, lalu ketik kode jawaban. "
        "Setiap jawaban tersimpan sebelum butir berikutnya muncul. Formulir dientri dua kali oleh dua operator "
        "(--who); yang kedua tidak melihat entri yang pertama, dan hanya jawaban yang sama yang langsung masuk.",
        "Key in paper forms by the numeric pad: scan or type the code of the form, then type the codes of the answers. "
        "Every answer is kept before the next item appears. A form is keyed in twice by two operators (--who); the "
        "second does not see what the first one did, and only answers on which they agree come in at once.",
    ),
    example="gscm study key kajian --who operator-1\n"
    "gscm study key kajian --office bappeda --respondent bappeda-1 --who operator-2",
)
@study_argument
@option("--form", "code", metavar="KODE", text=Text("Kode formulir, atau isi QR-nya.", "Code of the form, or its QR."))
@option("--office", metavar="ID", text=Text("Perangkat daerah, bila tanpa kode.", "The office, if there is no code."))
@option("--respondent", metavar="ID", text=Text("Responden, bila tanpa kode.", "The respondent, if there is no code."))
@option(
    "--single",
    is_flag=True,
    text=Text(
        "Cukup satu kali entri; hal itu tercatat dalam catatan audit.",
        "Key in once only; the audit log says so.",
    ),
)
@option(
    "--same-operator",
    is_flag=True,
    text=Text("Izinkan operator yang sama mengentri dua kali.", "Let the same operator key in a form twice."),
)
@who_option
@plain_option
@click.pass_context
def key(
    context: click.Context,
    target: str,
    code: str | None,
    office: str | None,
    respondent: str | None,
    single: bool,
    same_operator: bool,
    who: str,
    plain: bool,
) -> None:
    from gscm.study.paper import form_found, form_of

    screen = opened_screen(session(context).language, plain)
    if respondent and not office:
        raise BadUse(
            Issue(
                None,
                Text("--respondent memerlukan --office.", "--respondent needs --office."),
                Text(
                    "Sebutkan --office, atau kode formulirnya dengan --form.", "Name --office, or the code by --form."
                ),
            )
        )
    with opened(target) as (store, found):
        desk = Desk(store, found, screen, who, single, same_operator)
        try:
            if code or office:
                one = (
                    form_found(found, store.events(), code) if code else form_of(found, office or "", respondent or "")
                )
                desk.form(one)
            else:
                desk.all_forms()
        except (KeyboardInterrupt, EOFError, click.Abort):
            click.echo()
        desk.end()


def _need_office(office: str | None, respondent: str | None) -> None:
    if respondent and not office:
        raise BadUse(
            Issue(
                None,
                Text("--respondent memerlukan --office.", "--respondent needs --office."),
                Text("Sebutkan juga perangkat daerahnya.", "Name the office as well."),
            )
        )


@dataclass
class Desk:
    """Where one operator keys in forms, one after the other."""

    store: Store
    study: Study
    screen: Screen
    operator: str
    single: bool
    same_operator: bool
    done: int = 0
    beside: dict[str, Any] = field(default_factory=dict)
    """Evidence and a note that were typed before the code of their item, and are kept with it."""

    def all_forms(self) -> None:
        """Ask for the code of a form and key it in, until there is none."""
        from gscm.study.paper import form_found

        while scanned := _ask(self.screen, _WHICH):
            try:
                if not self.form(form_found(self.study, self.store.events(), scanned)):
                    return
            except BadUse as error:
                self._tell(error)

    def form(self, form: Form) -> bool:
        """Key in one form; False where the operator has enough. Raises BadUse where it is not theirs to key in."""
        from gscm.study.keying import begun

        keying = begun(self.store, self.study, form, self.operator, self.same_operator, self.single)
        office = next(one.name for one in self.study.offices if one.id == form.office)
        whose = " · ".join(part for part in (form.mark.code, office, form.respondent) if part)
        self.screen.space()
        self.screen.bold(same(whose))
        total, done = len(form.codes), keying.count
        turn = Text("pertama", "first") if keying.turn == 1 else Text("kedua", "second")
        self.screen.paragraph(
            Text(
                f"Entri {turn.id} oleh {self.operator}: {done} dari {total} sudah. "
                "Enter = dibiarkan kosong, < = kembali, ? = bantuan, q = berhenti.",
                f"The {turn.en} keying, by {self.operator}: {done} of {total} so far. "
                "Enter = left blank, < = back, ? = help, q = stop.",
            )
        )
        if not self._ask_all(keying):
            return False
        self.done += 1
        self._close(keying)
        return True

    def _ask_all(self, keying: Keying) -> bool:
        """Ask item after item until all are keyed in and the operator closes the form; False to stop."""
        code = next(iter(keying.open), None)
        while True:
            if code is None:
                line = _ask(self.screen, _COMPLETE)
                if not line:
                    return True
            else:
                line = _ask(self.screen, self._prompt(keying, code))
            if line == "q":
                return False
            before = code
            try:
                code = self._act(keying, code, line)
            except GscmError as error:
                self._tell(error)
            if code != before:
                self.beside = {}

    def _prompt(self, keying: Keying, code: str) -> Text:
        """`12/47 i12 (1–5 98) > `, below the question; what was keyed in already stands behind it."""
        from gscm.study.keying import possible

        codes = keying.form.codes
        item = keying.items.get(code)
        question = item.text if item else Text("Persetujuan", "Consent")
        can = possible(self.study, item) if item else same("1 0")
        before = keying.answer(code)
        told = f" = {_code_of(before, self.screen.language)}" if before else ""
        passed = keying.is_passed_over(code) and not before
        over = Text(" dilewati?", " passed over?") if passed else same("")
        head = f"{codes.index(code) + 1}/{len(codes)} {code}"
        room = self.screen.width - len(head) - 2
        return Text(
            f"\n{_cut(question.id, room + len(head))}\n{head} ({can.id}){told}{over.id} > ",
            f"\n{_cut(question.en, room + len(head))}\n{head} ({can.en}){told}{over.en} > ",
        )

    def _act(self, keying: Keying, code: str | None, line: str) -> str | None:
        """Do what was typed at an item (none: at the end of the form); the item to go to, None at the end."""
        codes = keying.form.codes
        if line == "?":
            self._help()
            return code
        if line == "<":
            place = codes.index(code) if code else len(codes)
            return codes[max(place - 1, 0)]
        goal = line.removeprefix("j ").strip()
        if goal in codes and (goal != line or not _is_figure(line)):
            return goal
        if code is None:
            raise BadUse(_unknown_code(goal, codes))
        word, _, words = line.partition(" ")
        if word in ("c", "u", "e") and words.strip():
            self._beside(keying, code, "note" if word == "c" else "evidence", words.strip())
            return code
        self._keep(keying, code, line)
        return self._next(keying, code)

    def _next(self, keying: Keying, code: str) -> str | None:
        """The item behind this one that is still open, else the first that is."""
        left, codes = keying.open, keying.form.codes
        behind = [one for one in left if codes.index(one) > codes.index(code)]
        return next(iter(behind or left), None)

    def _keep(self, keying: Keying, code: str, line: str) -> None:
        from gscm.study.keying import consent_answer, keyed_answer

        item, before = keying.items.get(code), keying.answer(code)
        if not line:
            if before is None:
                passed = keying.is_passed_over(code)
                keying.key(code, {"status": "not_asked" if passed else "blank", **self.beside}, now())
            return
        written = keyed_answer(self.study, item, line, self.screen.language) if item else consent_answer(line)
        if written.get("status") == "not_applicable":
            asked = Text("Alasan yang tertulis > ", "The reason that is written > ")
            reason = _ask(self.screen, asked) or _NO_REASON[self.screen.language]
            written = {**written, "reason": reason}
        said = {key: value for key, value in (before or {}).items() if key in ("note", "evidence")}
        keying.key(code, {**written, **said, **self.beside}, now())

    def _beside(self, keying: Keying, code: str, which: str, words: str) -> None:
        """Keep a note or the name of a document with the answer of an item: the one it has, or the one typed next."""
        if code not in keying.items:
            raise BadUse(_unknown_code(code, tuple(keying.items)))
        said = {which: [words] if which == "evidence" else words}
        if before := keying.answer(code):
            keying.key(code, {**before, **said}, now())
        else:
            self.beside |= said

    def _close(self, keying: Keying) -> None:
        """Take in what a closed form gives to the study, and tell what is still to be settled."""
        from gscm.study.keying import compared, take_in

        if self.single:
            keying.accept_alone(now())
        (found,) = compared(self.study, self.store.keyed(keying.form.office, keying.form.respondent))
        taken = take_in(self.store, self.study, [found], now(), self.operator)
        screen, form = self.screen, keying.form
        if self.single or len(found.operators) > 1:
            screen.paragraph(
                Text(f"{taken.entries} jawaban masuk ke kajian.", f"Answers taken into the study: {taken.entries}.")
            )
        else:
            screen.paragraph(
                Text(
                    "Tersimpan; masuk ke kajian setelah dientri sekali lagi oleh operator lain.",
                    "Kept; in the study once another operator has keyed it in, too.",
                )
            )
        if found.open:
            mine = f" --respondent {form.respondent}" if form.respondent else ""
            again = f"gscm study differences {self.study.target} --office {form.office}{mine} --settle"
            count = len(found.open)
            screen.command(Text(f"{count} berbeda; putuskan dengan:", f"Differences: {count}; settle them by:"), again)
        _tell_taken(screen, taken.issues, taken.without_consent)

    def end(self) -> None:
        self.screen.space()
        self.screen.paragraph(
            Text(
                f"{self.done} formulir ditutup. Yang terketik sudah tersimpan; perintah yang sama melanjutkannya.",
                f"Forms closed: {self.done}. What was keyed in is kept; the same command goes on with it.",
            )
        )

    def _tell(self, error: GscmError) -> None:
        click.echo("\a", nl=False)
        for issue in error.issues:
            self.screen.paragraph(Text(issue.sentence("id"), issue.sentence("en")))

    def _help(self) -> None:
        language = self.screen.language
        for line in table([[keys[language], meaning[language]] for keys, meaning in _HELP]):
            click.echo(f"  {line}")


def _ask(screen: Screen, prompt: Text) -> str:
    """A line that is typed; one that comes from a file is shown."""
    line = screen.ask(prompt).strip()
    if not sys.stdin.isatty():
        click.echo(line)
    return line


_WHICH = Text(
    "\nKode formulir (pindai QR atau ketik; Enter = selesai) > ",
    "\nCode of the form (scan its QR or type it; Enter = done) > ",
)
_COMPLETE = Text(
    "Formulir ini lengkap. Enter = tutup, < atau kode butir = perbaiki > ",
    "This form is complete. Enter = close, < or an item code = correct > ",
)
_NO_REASON = Text("Alasan tidak ditulis pada formulir.", "No reason is written on the form.")
_HELP = (
    (Text("1 0", "1 0"), Text("ya, tidak", "yes, no")),
    (Text("1 … 5", "1 … 5"), Text("level", "level")),
    (Text("12,5", "12.5"), Text("angka; koma memisahkan desimal", "a figure; a point marks decimals")),
    (Text("98  97", "98  97"), Text("tidak tahu, tidak berlaku", "don’t know, does not apply")),
    (Text("*98 *97", "*98 *97"), Text("juga bila 98 dan 97 bisa berupa angka", "the same, where a figure is asked")),
    (Text("Enter", "Enter"), Text("dibiarkan kosong, atau tetap bila terisi", "left blank, or kept if there is one")),
    (Text("99", "99"), Text("kosongkan lagi", "blank again")),
    (Text("<", "<"), Text("kembali ke butir sebelumnya", "back to the item before")),
    (Text("i12, j i12", "i12, j i12"), Text("lompat ke butir itu", "jump to that item")),
    (Text("u teks", "e text"), Text("bukti yang tertulis", "the evidence that is written")),
    (Text("c teks", "c text"), Text("catatan yang tertulis", "the note that is written")),
    (Text("q", "q"), Text("berhenti; semuanya sudah tersimpan", "stop; everything is kept already")),
)  # fmt: skip


def _is_figure(line: str) -> bool:
    return line.replace(",", "").replace(".", "").removeprefix("-").isdigit()


def _unknown_code(code: str, codes: Sequence[str]) -> Issue:
    from gscm.errors import did_you_mean

    return Issue(
        None,
        Text(f"Butir “{code}” tidak ada pada formulir ini.", f"There is no item “{code}” on this form."),
        did_you_mean(code, codes) or Text("Pakai kode di tepi kiri.", "Use the code at the left."),
    )


def _cut(text: str, room: int) -> str:
    words = " ".join(text.split())
    return words if len(words) <= room else words[: room - 1].rstrip() + "…"


def _code_of(written: Written, language: Language) -> str:
    """An answer as it is keyed in: 1, 0, 3, 12,5, 98, 97; – where it was left blank."""
    status = written.get("status", "given")
    if status != "given":
        return {"unknown": "98", "not_applicable": "97"}.get(status, "–")
    value = written.get("value")
    if isinstance(value, bool):
        return "1" if value else "0"
    return str(value).replace(".", ",") if language == "id" else str(value)


# ------------------------------------------------------------------------------------------------------- differences


@command(
    Text(
        "Perlihatkan butir yang dientri berbeda oleh dua operator, dan tingkat kesalahan entrinya. Dengan --settle "
        "setiap perbedaan diputuskan dengan melihat kertasnya. Yang sama atau sudah diputuskan masuk ke kajian.",
        "Show the items that two operators keyed in differently, and the rate of error. With --settle each difference "
        "is settled by a look at the paper. What is alike or settled comes into the study.",
    ),
    example="gscm study differences kajian --office bappeda --out perbedaan.csv\n"
    "gscm study differences kajian --settle --who penyelia",
)
@study_argument
@option("--office", metavar="ID", text=Text("Hanya perangkat daerah ini.", "Of this office only."))
@respondent_option
@option("--settle", is_flag=True, text=Text("Putuskan satu per satu.", "Settle them one by one."))
@option("--out", metavar="FILE.csv", text=Text("Tulis daftarnya sebagai CSV.", "Write the list as CSV."))
@who_option
@click.pass_context
def differences(
    context: click.Context,
    target: str,
    office: str | None,
    respondent: str | None,
    settle: bool,
    out: str | None,
    who: str,
) -> None:
    from gscm.cli.question import Screen
    from gscm.formats.saving import check_target, save
    from gscm.study.keying import compared, take_in
    from gscm.study.paper import check

    _need_office(office, respondent)
    language, path = session(context).language, Path(out) if out else None
    screen = Screen(language, plain=True)
    if path is not None:
        _check_csv(path)
        check_target(path)
    with opened(target) as (store, found):
        if office:
            check(found, office, [respondent or ""])
        forms = compared(found, store.keyed(office, respondent))
        if settle:
            _settle_all(store, found, forms, screen, who)
            forms = compared(found, store.keyed(office, respondent))
        taken = take_in(store, found, forms, now(), who)
    if path is not None:
        save(path, _as_csv(forms, language))
    _show(forms, screen)
    screen.paragraph(Text(f"{taken.entries} jawaban baru masuk.", f"Answers new in the study: {taken.entries}."))
    if path is not None:
        screen.paragraph(Text(f"Ditulis ke {out}.", f"Written to {out}."))
    _tell_taken(screen, (), taken.without_consent)
    if taken.issues:
        raise FaultsFound(taken.issues)


def _check_csv(path: Path) -> None:
    if path.suffix.lower() != ".csv":
        raise BadUse(
            Issue(
                None,
                Text(f"“{path}” bukan berkas .csv.", f"“{path}” is not a .csv file."),
                Text("Beri nama yang berakhir dengan .csv.", "Give it a name that ends in .csv."),
            )
        )


def _show(forms: Sequence[Compared], screen: Screen) -> None:
    from gscm.study.keying import error_rate

    language = screen.language
    if rows := [row for one in forms for row in _rows(one, language)]:
        head = (
            Text("Formulir", "Form"),
            Text("Butir", "Item"),
            Text("Pertama", "First"),
            Text("Kedua", "Second"),
            Text("Diputuskan", "Settled"),
        )
        shown = [[row[1] or row[0], row[2], f"{row[4]} ({row[3]})", f"{row[6]} ({row[5]})", row[7]] for row in rows]
        click.echo("\n".join(table([[text[language] for text in head], *shown])) + "\n")
    both = [one for one in forms if len(one.operators) > 1]
    twice, found = sum(one.twice for one in both), sum(len(one.differences) for one in both)
    left = sum(len(one.open) for one in both)
    screen.paragraph(
        Text(
            f"Dientri dua kali: {len(both)} formulir, {twice} jawaban. Baru sekali: {len(forms) - len(both)} formulir.",
            f"Forms keyed in twice: {len(both)} ({twice} answers); once so far: {len(forms) - len(both)}.",
        )
    )
    rate = error_rate(both)
    if rate is not None:
        screen.paragraph(
            Text(
                f"Berbeda: {found} ({_percent(rate, 'id')}); belum diputuskan: {left}.",
                f"Differences: {found} ({_percent(rate, 'en')}); still to settle: {left}.",
            )
        )
    for one in both:
        if len(one.operators) > 2:
            more = ", ".join(one.operators[2:])
            screen.paragraph(
                Text(
                    f"{one.respondent or one.office}: entri oleh {more} tidak ikut dibandingkan.",
                    f"{one.respondent or one.office}: what {more} keyed in is not compared.",
                )
            )


def _percent(rate: Fraction, language: Language) -> str:
    return decimal(f"{float(100 * rate):.2f}", language) + "%"


def _rows(form: Compared, language: Language) -> Iterator[tuple[str, ...]]:
    for one in form.differences:
        first, second = (_said(one, keyed, language) for keyed in (one.first, one.second))
        settled = _said(one, one.settled, language) if one.settled else ""
        yield (
            one.office,
            one.respondent,
            one.code,
            one.operators[0],
            first,
            one.operators[1],
            second,
            settled,
            one.by,
        )


_APPLIES = Text("berlaku", "applies")


def _said(one: Difference, keyed: Mapping[str, Keyed], language: Language) -> str:
    """What a side says of a difference: the code, or that an indicator does apply."""
    row = keyed.get(one.code)
    if row is not None and not (one.whole and row.written.get("status") != "not_applicable"):
        return _code_of(row.written, language)
    return _APPLIES[language]


HEADINGS = (
    "office",
    "respondent",
    "item",
    "first_operator",
    "first",
    "second_operator",
    "second",
    "settled",
    "settled_by",
)


def _as_csv(forms: Sequence[Compared], language: Language) -> bytes:
    from gscm.formats.answers_csv import csv_text

    rows = (row for one in forms for row in _rows(one, language))
    return ("\ufeff" + "".join(csv_text(HEADINGS, rows))).encode()


def _settle_all(store: Store, study: Study, forms: Sequence[Compared], screen: Screen, who: str) -> None:
    """Ask for each difference what the paper says, until all are settled or whoever types has enough."""
    from gscm.study.keying import settle

    try:
        for form in forms:
            for one in form.open:
                chosen = _chosen(study, one, screen)
                if chosen is None:
                    return
                if chosen:
                    settle(store, study, one, chosen, now(), who)
    except (KeyboardInterrupt, EOFError, click.Abort):
        click.echo()


def _chosen(study: Study, one: Difference, screen: Screen) -> Mapping[str, Written] | None:
    """What holds for a difference, by fact: nothing to leave it for later, None to stop."""
    from gscm.study.keying import consent_answer, keyed_answer

    language = screen.language
    item = study.questionnaire.items.get(one.code)
    sides = {"a": one.first, "b": one.second}
    screen.space()
    screen.bold(same(f"{one.respondent or one.office} · {one.code}"))
    if item:
        screen.paragraph(item.text)
    for letter, (keyed, who) in zip("ab", zip(sides.values(), one.operators, strict=True), strict=True):
        click.echo(f"  {letter} = {_said(one, keyed, language)} ({who})")
    ways = Text("a, b", "a, b") if one.whole else Text("a, b, atau kodenya", "a, b, or its code")
    asked = Text(
        f"Menurut kertasnya? {ways.id}; Enter = nanti, q = berhenti > ",
        f"What does the paper say? {ways.en}; Enter = later, q = stop > ",
    )
    while True:
        line = _ask(screen, asked)
        if line in ("", "q"):
            return {} if not line else None
        if line in sides:
            return {fact: row.written for fact, row in sides[line].items()}
        try:
            if one.whole:
                raise BadUse(Issue(None, Text("Ketik a atau b.", "Type a or b.")))
            written = keyed_answer(study, item, line, language) if item else consent_answer(line)
        except BadUse as error:
            for issue in error.issues:
                screen.paragraph(Text(issue.sentence("id"), issue.sentence("en")))
            continue
        if written.get("status") == "not_applicable":
            reason = _ask(screen, Text("Alasan yang tertulis > ", "The reason that is written > "))
            written = {**written, "reason": reason or _NO_REASON[language]}
        return {one.code: written}


def _tell_taken(screen: Screen, issues: Sequence[Issue], without_consent: Sequence[str]) -> None:
    for issue in issues:
        screen.paragraph(Text(issue.sentence("id"), issue.sentence("en")))
    if without_consent:
        who = ", ".join(without_consent)
        screen.paragraph(
            Text(
                f"Tidak dimasukkan, karena persetujuannya tidak ada: {who}.",
                f"Not taken in, for there is no consent: {who}.",
            )
        )
