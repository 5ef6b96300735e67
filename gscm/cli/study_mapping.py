"""`gscm study map`: which heading of a form stands for which item, confirmed by a person one by one."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import click

from gscm.cli.command import command, option, say, session
from gscm.cli.study import opened, study_argument
from gscm.errors import BadUse, FaultsFound, Issue, Where, did_you_mean
from gscm.i18n import Language, Text

if TYPE_CHECKING:
    from gscm.formats.google_forms import Recognised, Suggestion
    from gscm.formats.mapping import MappingFile
    from gscm.formats.times import Order
    from gscm.questionnaire.questionnaire import Questionnaire


@command(
    Text(
        "Padankan judul kolom CSV dari Google Forms dengan kode butir, dan simpan sebagai berkas padanan untuk gscm "
        "study import --mapping. Judul yang memuat kode butir atau bunyi pertanyaannya langsung dipakai; yang lain "
        "hanya disarankan, dan Anda yang memutuskan.",
        "Map the headings of a CSV from Google Forms to item codes and save that as a mapping for gscm study import "
        "--mapping. A heading with the code of an item or the very words of its question is taken; others are but "
        "suggested, and you decide.",
    ),
    example="gscm study map kajian respons.csv --out padanan.yaml\n"
    "gscm study import kajian respons.csv --mapping padanan.yaml",
)
@study_argument
@click.argument("file")
@option("--out", required=True, metavar="FILE.yaml", text=Text("Berkas keluaran.", "Output file."))
@click.pass_context
def map_headings(context: click.Context, target: str, file: str, out: str) -> None:
    from gscm.formats.google_forms import headings_of, recognised, suggestions
    from gscm.formats.mapping import mapping_text
    from gscm.formats.saving import check_target, save
    from gscm.study.channels import check_file

    path, source = Path(out), Path(file)
    if path.exists():
        raise BadUse(
            Issue(
                None,
                Text(f"Berkas {out} sudah ada dan tidak ditimpa.", f"The file {out} is there already and is kept."),
                Text("Pilih nama lain.", "Choose another name."),
            )
        )
    check_target(path)
    check_file(source)
    headings = headings_of(source)
    with opened(target) as (_, found):
        questionnaire = found.questionnaire
    known = recognised(headings, questionnaire)
    _refuse_doubled(file, known)
    left = tuple(dict.fromkeys((*known.left, *(heading for heading, _ in known.doubled))))
    near = suggestions(known.left, questionnaire, known.mapping.items)
    asking = _Asking(questionnaire, session(context).language, headings, dict(known.mapping.items))
    if sys.stdin.isatty() and sys.stdout.isatty():
        asking.ask_all(left, near)
    mapping = asking.decided(known.mapping, left, near)
    mapping = _with_order(source, mapping)
    remarks = {one.code: f"{one.score}%: {_question(questionnaire, one.code, asking.language)}" for one in near}
    save(path, mapping_text(mapping, remarks, _told(file, mapping, asking.language)))
    click.echo(say(_summary(mapping, out)))


def _refuse_doubled(file: str, known: Recognised) -> None:
    from gscm.formats.cell import plain

    if issues := [
        Issue(
            Where(file, 1),
            Text(f"Ada beberapa kolom “{heading}”.", f"There are several columns “{heading}”."),
            Text("Bedakan judulnya; butir satu kolom saja.", "Tell their headings apart; an item is one column."),
        )
        for heading, other in known.doubled
        if plain(heading) == plain(other)
    ]:
        raise FaultsFound(issues)


@dataclass(slots=True)
class _Asking:
    """Asks about headings in the terminal, and keeps what was said of them."""

    questionnaire: Questionnaire
    language: Language
    headings: Sequence[str]
    items: dict[str, str]
    ignored: list[str] = field(default_factory=list)

    def ask_all(self, left: Sequence[str], near: Sequence[Suggestion]) -> None:
        """Ask about each heading; one who stops leaves the others undecided."""
        suggested = {one.heading: one for one in near}
        try:
            for number, heading in enumerate(left, 1):
                click.echo(f"\n[{number}/{len(left)}] “{heading}”")
                self._ask(heading, suggested.get(heading))
        except click.Abort:
            click.echo()

    def _ask(self, heading: str, one: Suggestion | None) -> None:
        if one and one.code not in self.items:
            click.echo(f"    → {one.code} ({one.score}%): {_question(self.questionnaire, one.code, self.language)}")
            said = self._typed(
                Text("y: ya · n: bukan · kode butir lain · l: lewati", "y: yes · n: no · another item code · s: skip")
            )
            if said in ("y", "ya", "yes"):
                self.items[one.code] = heading
                return
            if said not in ("n", "no", "t", "tidak", "bukan"):
                self._take(heading, said)
                return
        self._take(heading, self._typed(_CODE))

    def _take(self, heading: str, said: str) -> None:
        """Take what was typed as the code of an item, or ask until it is one, or the heading is skipped."""
        from gscm.formats.mapping import codes_of

        codes = {code.casefold(): code for code in codes_of(self.questionnaire)}
        while said not in _SKIP:
            code = codes.get(said)
            if code is not None and code not in self.items:
                self.items[code] = heading
                return
            if code is not None:
                what = Text(f"{code} sudah dipadankan dengan “{self.items[code]}”.", f"{code} is “{self.items[code]}”.")
            else:
                what = Text(f"Butir “{said}” tidak ada.", f"There is no item “{said}”.")
                what = _with(what, did_you_mean(said, codes))
            click.echo(f"    {what[self.language]}")
            said = self._typed(_CODE)
        self.ignored.append(heading)

    def _typed(self, choices: Text) -> str:
        return str(click.prompt(f"    {choices[self.language]}", prompt_suffix=" > ")).strip().casefold()

    def decided(self, mapping: MappingFile, left: Sequence[str], near: Sequence[Suggestion]) -> MappingFile:
        """The mapping with what was said, and the rest as suggestions or undecided."""
        done = {*self.items.values(), *self.ignored}
        open_ = {one.code: one.heading for one in near if one.heading not in done and one.code not in self.items}
        place = {heading: number for number, heading in enumerate(self.headings)}
        return mapping.model_copy(
            update={
                "items": dict(sorted(self.items.items(), key=lambda pair: place[pair[1]])),
                "ignored": (*mapping.ignored, *self.ignored),
                "suggested": dict(sorted(open_.items(), key=lambda pair: place[pair[1]])),
                "undecided": tuple(heading for heading in left if heading not in {*done, *open_.values()}),
            }
        )


_CODE = Text("kode butir · l: lewati", "item code · s: skip")
_SKIP = ("l", "lewati", "s", "skip")


def _with(what: Text, remedy: Text | None) -> Text:
    return Text(f"{what.id} {remedy.id}", f"{what.en} {remedy.en}") if remedy else what


def _question(questionnaire: Questionnaire, code: str, language: Language) -> str:
    return " ".join(questionnaire.items[code].text[language].split())


def _with_order(source: Path, mapping: MappingFile) -> MappingFile:
    """The mapping with the order of day and month, where the file does not tell it and a person does."""
    from gscm.formats.cell import Fault
    from gscm.formats.google_forms import order_told

    time = mapping.timestamp
    if time is None or not isinstance(order_told(source, time.heading), Fault):
        return mapping
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        return mapping
    question = say(
        Text(
            f"“{time.heading}”: 03/04 berarti 3 April atau 4 Maret?", f"“{time.heading}”: is 03/04 3 April or 4 March?"
        )
    )
    said = click.prompt(
        f"{question} d/m · m/d", type=click.Choice(["d/m", "m/d"]), show_choices=False, prompt_suffix=" > "
    )
    order: Order = "dmy" if said == "d/m" else "mdy"
    return mapping.model_copy(update={"timestamp": time.model_copy(update={"order": order})})


def _told(file: str, mapping: MappingFile, language: Language) -> list[str]:
    """What the file says at its top."""
    told = [
        Text(
            f"Padanan judul kolom {Path(file).name} dengan kode butir.",
            f"Which heading of {Path(file).name} stands for which item.",
        ),
        Text(
            "Dipakai oleh: gscm study import KAJIAN BERKAS --mapping BERKAS-INI",
            "Used by: gscm study import STUDY FILE --mapping THIS-FILE",
        ),
    ]
    if mapping.suggested:
        told.append(
            Text(
                "suggested: periksa satu per satu, lalu pindahkan barisnya ke bawah items; angkanya kemiripan kata.",
                "suggested: look at each and move its line below items; the figure is how alike the words are.",
            )
        )
    if mapping.undecided:
        told.append(
            Text(
                "undecided: tulis di bawah items (kode: judul), atau pindahkan ke bawah ignored.",
                "undecided: write it below items (code: heading), or move it below ignored.",
            )
        )
    return [text[language] for text in told]


def _summary(mapping: MappingFile, out: str) -> Text:
    taken, open_ = len(mapping.items), len(mapping.suggested) + len(mapping.undecided)
    if not open_:
        return Text(f"{taken} butir dipadankan. Ditulis ke {out}.", f"{taken} items mapped. Written to {out}.")
    return Text(
        f"{taken} butir dipadankan, {open_} judul menunggu keputusan Anda. Ditulis ke {out}.",
        f"{taken} items mapped, {open_} headings wait for your decision. Written to {out}.",
    )
