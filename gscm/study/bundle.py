"""A study as one file that can be re-computed from itself: written, and verified.

The file is a zip whose members are stored, not deflated, in the order of their names and without times: the same
study gives the same bytes on every machine, a bundle can hold no more than its own size, and whatever is changed in
it shows. Results are computed from what the bundle holds, never from what the study holds beside it.
"""

from __future__ import annotations

import hashlib
import json
import re
import struct
import tempfile
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from importlib import metadata
from io import BytesIO
from pathlib import Path, PurePosixPath
from typing import Any

from gscm import resources, yamlfile
from gscm.assessment import assess
from gscm.errors import BadUse, FaultsFound, GscmError, Issue, Unreadable, Where
from gscm.formats.answers_csv import csv_text
from gscm.i18n import LANGUAGES, Text
from gscm.model.facts import facts_of
from gscm.model.tree import STAGES, Model
from gscm.model.weights import read_weights, weighed
from gscm.report.html import render_html
from gscm.report.load import find_report
from gscm.report.pdf import drawn_by, pdf_of
from gscm.study.evidence import Listed, faults
from gscm.study.log import Entry, Key
from gscm.study.personal import CORRECTABLE, pseudonyms
from gscm.study.result import result_json
from gscm.study.store import Event, Evidence, Office, Respondent, Store
from gscm.study.study import DEFAULTS, Collected, Study, collect, read_study
from gscm.study.tabular import long_rows

FORMAT = "gscm-study-bundle/1"
MANIFEST = "manifest.json"
WEIGHTS = "weights.yaml"
"""The weights file, where the result is one with weights in place of the model's own."""
LIMIT = 512 * 1024 * 1024
"""The size in bytes above which a bundle is not read."""
MOST_MEMBERS = 5000

DRAWN_BY = ("gscm", "jinja2", "markupsafe", "babel", "highspy")
"""The packages whose versions may change a page."""
RECORDED = (*DRAWN_BY, "networkx", "pydantic", "pyyaml", "sqlalchemy")
PAGES = tuple(f"report.{language}.html" for language in LANGUAGES)
PDFS = tuple(f"report.{language}.pdf" for language in LANGUAGES)
RESULTS = ("result.json", "answers.csv", *PAGES, *PDFS)

_ALIAS = re.compile(r"(?!.*[0-9]{10})[A-Za-z0-9][A-Za-z0-9._-]{0,60}")
"""Who acts under a pseudonym; older studies may hold names and addresses."""
_FREE = ("note", "reason", "fact_note", "analysis", "justification")
_FREE_SETTINGS = ("controller", "contact", "purpose")
_EVIDENCE = "evidence/"
_SHA256 = re.compile(r"(sha256:)?[0-9a-f]{64}")
_PLAIN = re.compile(r"[0-9a-f]{64}|\d{4}-\d\d-\d\d(T[\d:.]+Z)?")
_LEFT_OUT = Text(
    "Tanpa catatan bebas: catatan, alasan, nama berkas bukti, dan keterangan audit hanya diberi nomor; "
    "hasil tidak bergantung padanya.",
    "Without free text: notes, reasons, names of evidence and remarks of the audit log are numbered only; "
    "results do not depend on them.",
)
_KEPT = Text(
    "Dengan catatan bebas, yang mungkin menyebut nama orang.", "With free text, which may name people."
)  # fmt: skip
_BROKEN = (zipfile.BadZipFile, struct.error, EOFError, OSError, RuntimeError, ValueError)
_NONSENSE = (GscmError, ArithmeticError, AttributeError, LookupError, OSError, RecursionError, TypeError, ValueError)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was compared; `agrees` is None for what could not be."""

    agrees: bool | None
    text: Text


# ------------------------------------------------------------------------------------------------------ writing


def bundle(
    store: Store,
    report: str | Path = "assessment",
    *,
    with_notes: bool = False,
    with_evidence: bool = False,
    with_pdf: bool = False,
    weights: bytes | None = None,
) -> bytes:
    """The study as one file: all that its results follow from, and the results.

    Persons, roles and tokens are never in it; free text is only `with_notes`. Of files of evidence it holds the
    hashes, and only `with_evidence` the files themselves; `with_pdf` the report as PDF, too. `weights` is the content
    of a weights file whose weights take the place of the model's own.

    Raises BadUse (no such report, too much evidence, no Pango for PDF), Unreadable, or FaultsFound with the faults of
    the report or of the evidence.
    """
    held = {**_copied(store, with_notes=with_notes), **_report_files(find_report(report))}
    if weights is not None:
        held[WEIGHTS] = weights
    study, collected = _recomputed(held)
    files = _evidence_files(store) if with_evidence else {}
    pages = _pages(collected, held)
    pdfs = _pdfs(pages) if with_pdf else {}
    members = {**held, **_figures(study, collected), **pages, **pdfs, **files}
    said = _KEPT if with_notes else _LEFT_OUT
    members[MANIFEST] = _json(
        {
            "format": FORMAT,
            "versions": _versions(),
            "pdf_versions": drawn_by() if with_pdf else None,
            "templates_sha256": _templates(),
            "notes": {"included": with_notes, "id": said.id, "en": said.en},
            "evidence": {"included": with_evidence},
            "members": _digests(members),
        }
    )
    return _packed(members)


def _copied(store: Store, *, with_notes: bool) -> dict[str, bytes]:
    """What the study holds, without persons; in an order that does not depend on the database."""
    study = read_study(store)
    log = sorted(store.log(), key=lambda entry: (entry.at, entry.id))
    named = pseudonyms([one.id for one in study.respondents], [entry.key.author for entry in log])
    texts = _Texts(_known(study, named), kept=with_notes)
    acting = {**named, **{office.id: office.id for office in study.offices}}
    members = {
        "settings.json": _json(texts.settings(study.settings)),
        "offices.json": _json([asdict(one) for one in sorted(study.offices, key=lambda one: one.id)]),
        "respondents.json": _json(
            sorted(
                ({"id": named[r.id], "office": r.office, "consented_at": r.consented_at} for r in study.respondents),
                key=lambda row: str(row["id"]),
            )
        ),
        "assignments.json": _json({fact: sorted(offices) for fact, offices in sorted(study.assignments.items())}),
        "log.jsonl": _lines(_entry(entry, named, texts) for entry in log),
        "events.jsonl": _lines(
            _event(one, acting, texts) for one in sorted(store.events(), key=lambda e: (e.at, e.id))
        ),
    }
    if evidence := store.evidence():
        rows = sorted(evidence, key=lambda one: one.sha256)
        members["evidence.json"] = _json([{**asdict(one), "name": texts.text(one.name)} for one in rows])
    return {**members, **{f"pinned/{path}": content for path, content in store.pinned().items()}}


def _known(study: Study, named: Mapping[str, str]) -> frozenset[str]:
    """The ids of a study, which name nobody."""
    offices = [office.id for office in study.offices]
    ids = ("", "*", study.id, study.subject.id, *offices, *named.values(), *study.model.nodes)
    return frozenset((*ids, *facts_of(study.model), *CORRECTABLE, *DEFAULTS, "rules", *STAGES))


class _Texts:
    """Free text, or a number in its place: the same number for the same text, so that what conflicts still does."""

    def __init__(self, known: frozenset[str], *, kept: bool) -> None:
        self.known, self.kept = known, kept
        self.numbers: dict[str, int] = {}

    def text(self, text: str) -> str:
        return text if self.kept else f"[{self.numbers.setdefault(text, len(self.numbers) + 1)}]"

    def settings(self, settings: Mapping[str, Any]) -> dict[str, Any]:
        return {k: self.text(v) if k in _FREE_SETTINGS and v else v for k, v in settings.items()}

    def word(self, word: Any) -> Any:
        """A value of the audit log: ids, dates and numbers stay."""
        if isinstance(word, list):
            return [self.word(one) for one in word]
        return self.text(word) if isinstance(word, str) and word not in self.known and not _PLAIN.match(word) else word

    def written(self, written: Mapping[str, Any]) -> dict[str, Any]:
        free: dict[str, Any] = {key: self.text(written[key]) for key in _FREE if written.get(key)}
        evidence = written.get("evidence") or ()
        if evidence:
            cited = [evidence] if isinstance(evidence, str) else evidence
            free["evidence"] = [one if _SHA256.fullmatch(one) else self.text(one) for one in cited]
        return {**written, **free}


def _entry(entry: Entry, named: Mapping[str, str], texts: _Texts) -> dict[str, Any]:
    key = entry.key
    return {
        "id": entry.id,
        "office": key.office,
        "author": named[key.author],
        "fact": key.fact,
        "stage": key.stage,
        "written": texts.written(entry.written),
        "at": entry.at,
        "channel": entry.channel,
        "origin": texts.word(entry.origin),
        "supersedes": list(entry.supersedes),
    }


def _event(event: Event, named: Mapping[str, str], texts: _Texts) -> dict[str, Any]:
    return {
        "id": event.id,
        "at": event.at,
        "who": named.get(event.who) or (event.who if _ALIAS.fullmatch(event.who) else texts.text(event.who)),
        "action": event.action,
        "subject": texts.word(named.get(event.subject, event.subject)),
        "detail": {key: texts.word(value) for key, value in event.detail.items()},
    }


def _evidence_files(store: Store) -> dict[str, bytes]:
    """The files of evidence by their hashes. Raises FaultsFound where one is not what it was, BadUse for too many."""
    files: dict[str, bytes] = {}
    found = list[Issue]()
    held = store.evidence()
    if sum(one.size for one in held) > LIMIT // 2 or len(held) > MOST_MEMBERS // 2:
        raise BadUse(
            Issue(
                None,
                Text(
                    f"Berkas buktinya melebihi {LIMIT >> 21} MiB, terlalu besar untuk satu bundel.",
                    f"The files of evidence exceed {LIMIT >> 21} MiB, too much for one bundle.",
                ),
                Text(
                    "Hilangkan --with-evidence, dan serahkan berkasnya dengan gscm study evidence --out.",
                    "Leave out --with-evidence, and hand them over by gscm study evidence --out.",
                ),
            )
        )
    for one in held:
        content = store.content(one.sha256)
        if content is None or hashlib.sha256(content).hexdigest() != one.sha256:
            found += faults([Listed(one, "missing" if content is None else "damaged", ())], store.target)
        else:
            files[f"{_EVIDENCE}{one.sha256[:2]}/{one.sha256}"] = content
    if found:
        raise FaultsFound(found)
    return files


def _report_files(folder: Path) -> dict[str, bytes]:
    """The plan of a report, and the templates that it has of its own."""
    files = [folder / "report.yaml", *(file for file in folder.rglob("*.j2") if file.is_file())]
    return {f"report/{file.relative_to(folder).as_posix()}": file.read_bytes() for file in files}


def _versions() -> dict[str, str]:
    return {package: metadata.version(package) for package in RECORDED}


def _templates() -> str:
    """One hash of everything shipped that pages are drawn from."""
    folder, digest = resources.folder("reports"), hashlib.sha256()
    for file in sorted(path for path in folder.rglob("*") if path.is_file()):
        digest.update(
            f"{file.relative_to(folder).as_posix()}\0{hashlib.sha256(file.read_bytes()).hexdigest()}\n".encode()
        )
    return digest.hexdigest()


def _digests(members: Mapping[str, bytes]) -> dict[str, str]:
    return {name: hashlib.sha256(members[name]).hexdigest() for name in sorted(members) if name != MANIFEST}


def _packed(members: Mapping[str, bytes]) -> bytes:
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as file:
        for name in sorted(members):
            info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            info.create_system, info.external_attr = 3, 0o644 << 16
            file.writestr(info, members[name])
    return buffer.getvalue()


def _json(value: Any) -> bytes:
    """As the command line prints it."""
    return (json.dumps(value, ensure_ascii=False, indent=2) + "\n").encode()


def _lines(rows: Iterable[Mapping[str, Any]]) -> bytes:
    return "".join(json.dumps(row, ensure_ascii=False, sort_keys=True) + "\n" for row in rows).encode()


# ----------------------------------------------------------------------------------------------------- computing


class _Copy:
    """The study in a bundle, read like the store that it was copied from."""

    target = "bundle"

    def __init__(self, members: Mapping[str, bytes]) -> None:
        self.members = members

    def _read(self, name: str) -> Any:
        return json.loads(self.members[name])

    def settings(self) -> dict[str, Any]:
        settings: dict[str, Any] = self._read("settings.json")
        for kind, file in (("model", "model.yaml"), ("questionnaire", "questionnaire.yaml")):
            if f"pinned/{kind}s/{settings[kind]['id']}/{file}" not in self.members:
                raise LookupError(settings[kind]["id"])
        return settings

    def pinned(self) -> dict[str, bytes]:
        return {n.removeprefix("pinned/"): content for n, content in self.members.items() if n.startswith("pinned/")}

    def offices(self) -> tuple[Office, ...]:
        return tuple(Office(**row) for row in self._read("offices.json"))

    def respondents(self) -> tuple[Respondent, ...]:
        return tuple(
            Respondent(row["id"], row["office"], None, "", row["consented_at"])
            for row in self._read("respondents.json")
        )

    def assignments(self) -> dict[str, tuple[str, ...]]:
        return {fact: tuple(offices) for fact, offices in self._read("assignments.json").items()}

    def evidence(self) -> tuple[Evidence, ...]:
        rows = self._read("evidence.json") if "evidence.json" in self.members else []
        return tuple(Evidence(**row) for row in rows)

    def log(self) -> Iterator[Entry]:
        for line in self.members["log.jsonl"].splitlines():
            row = json.loads(line)
            key = Key(row["office"], row["author"], row["fact"], row["stage"])
            yield Entry(
                row["id"], key, row["written"], row["at"], row["channel"], row["origin"], tuple(row["supersedes"])
            )


def _recomputed(held: Mapping[str, bytes]) -> tuple[Study, Collected]:
    copy = _Copy(held)
    study = read_study(copy)
    if WEIGHTS in held:
        given = read_weights(yamlfile.parse(held[WEIGHTS].decode("utf-8-sig"), WEIGHTS))
        study = replace(study, model=weighed(study.model, given))
    return study, collect(study, copy.log())


def _figures(study: Study, collected: Collected) -> dict[str, bytes]:
    """The result and the table."""
    headings, rows = long_rows(study, collected.present)
    return {
        "result.json": _json(result_json(collected)),
        "answers.csv": ("\ufeff" + "".join(csv_text(headings, rows))).encode(),
    }


def _pages(collected: Collected, held: Mapping[str, bytes]) -> dict[str, bytes]:
    """The report in both languages, by the plan and templates in the bundle."""
    overall = assess(collected.overall)
    with tempfile.TemporaryDirectory() as folder:
        for name, content in held.items():
            if name.startswith("report/"):
                file = Path(folder, name)
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_bytes(content)
        plan = Path(folder, "report")
        return {f"report.{language}.html": render_html(overall, plan, language).encode() for language in LANGUAGES}


def _pdfs(pages: Mapping[str, bytes]) -> dict[str, bytes]:
    return {pdf: pdf_of(pages[page].decode()) for page, pdf in zip(PAGES, PDFS, strict=True)}


# ----------------------------------------------------------------------------------------------------- verifying


def verify(path: Path) -> tuple[Finding, ...]:
    """What agrees in a bundle and what does not, a sentence each.

    Raises Unreadable (no bundle, truncated, too large, unsafe) or FaultsFound (no readable manifest).
    """
    raw = _raw(path)
    members = _unpacked(raw, path)
    manifest = _manifest(members, path)
    changed = _changed(manifest, members)
    found = [Finding(False, text) for text in changed.values()]
    if not changed and _packed({name: content for name, content in members.items() if content is not None}) != raw:
        found.append(
            Finding(
                False,
                Text(
                    "Bungkus bundel berubah, meskipun semua berkas di dalamnya utuh.",
                    "The wrapping of the bundle has changed, though every file in it is whole.",
                ),
            )
        )
    if not found:
        count = len(manifest["members"])
        found.append(Finding(True, Text(f"{count} berkas di dalamnya utuh.", f"The {count} files in it are whole.")))
    if any(name not in RESULTS for name in changed):
        what = Text(
            "Hasil tidak dihitung ulang, karena yang menjadi dasarnya sudah berubah.",
            "The results were not worked out again, because what they follow from has changed.",
        )
        return (*found, Finding(None, what))
    whole = {name: content for name, content in members.items() if content is not None}
    return (*found, *_compared(manifest, whole))


def _attached(members: Mapping[str, bytes]) -> Iterator[Finding]:
    """Whether files of evidence in the bundle are those whose hashes the study recorded."""
    files = {name.rpartition("/")[2]: content for name, content in members.items() if name.startswith(_EVIDENCE)}
    if not files:
        return
    known = {one.sha256 for one in _Copy(members).evidence()}
    wrong = {hash for hash, content in files.items() if hashlib.sha256(content).hexdigest() != hash} | (
        known ^ files.keys()
    )
    for hash in sorted(wrong):
        yield Finding(
            False,
            Text(
                f"Bukti {hash[:12]}… bukan berkas yang dicatat kajian, atau tidak ada.",
                f"Evidence {hash[:12]}… is not the file that the study recorded, or is missing.",
            ),
        )
    if not wrong:
        count = len(files)
        yield Finding(
            True,
            Text(
                f"{count} berkas bukti sesuai dengan sidiknya.",
                f"The {count} files of evidence agree with their hashes.",
            ),
        )


def _raw(path: Path) -> bytes:
    try:
        if path.stat().st_size > LIMIT:
            raise Unreadable(
                Issue(
                    Where(str(path)),
                    Text(
                        f"Berkas ini melebihi {LIMIT >> 20} MiB dan tidak dibaca.",
                        f"This file is larger than {LIMIT >> 20} MiB and is not read.",
                    ),
                    Text("Berikan keluaran gscm study bundle.", "Give the output of gscm study bundle."),
                )
            )
        return path.read_bytes()
    except OSError as error:
        raise Unreadable(
            Issue(
                Where(str(path)),
                Text(f"Berkas tidak dapat dibaca ({error.strerror}).", f"The file cannot be read ({error.strerror})."),
                Text("Periksa nama dan izinnya.", "Check its name and permissions."),
            )
        ) from None


def _unpacked(raw: bytes, path: Path) -> dict[str, bytes | None]:
    """The members by their names, None for one that cannot be read. Nothing is read before its size is known."""
    try:
        file = zipfile.ZipFile(BytesIO(raw))
        infos = file.infolist()
    except _BROKEN:
        raise Unreadable(
            Issue(
                Where(str(path)),
                Text(
                    "Ini bukan bundel yang utuh: terpotong atau rusak.", "This is no whole bundle: cut off or damaged."
                ),
                Text("Minta salinannya sekali lagi.", "Ask for a copy once more."),
            )
        ) from None
    if refused := tuple(_refused(infos, len(raw))):
        remedy = Text("Pakai berkas seperti ditulis gscm study bundle.", "Use the file as gscm study bundle wrote it.")
        raise Unreadable(Issue(Where(str(path)), what, remedy) for what in refused)
    members: dict[str, bytes | None] = {}
    for info in infos:
        try:
            members[info.filename] = file.read(info)
        except _BROKEN:
            members[info.filename] = None
    return members


def _refused(infos: list[zipfile.ZipInfo], size: int) -> Iterator[Text]:
    """What no bundle has: names that lead elsewhere, a name twice, compression, more content than its own size."""
    seen: set[str] = set()
    for info in infos[:MOST_MEMBERS]:
        name = info.filename
        if not _safe(name):
            yield Text(f"Nama “{name}” menunjuk ke luar bundel.", f"The name “{name}” leads out of the bundle.")
        if name in seen:
            yield Text(f"“{name}” ada dua kali.", f"“{name}” is in it twice.")
        if info.compress_type != zipfile.ZIP_STORED or info.flag_bits & 1:
            yield Text(f"“{name}” dimampatkan atau dikunci.", f"“{name}” is compressed or locked.")
        seen.add(name)
    if len(infos) > MOST_MEMBERS or sum(info.file_size for info in infos) > size:
        yield Text("Isi bundel ini melebihi ukurannya sendiri.", "The bundle claims to hold more than its own size.")


def _safe(name: str) -> bool:
    parts = name.split("/")
    plain = name.isprintable() and not any(sign in name for sign in '\\:*?"<>|') and len(name) <= 400
    return plain and PurePosixPath(name).as_posix() == name and not {"", ".", ".."} & set(parts)


def _manifest(members: Mapping[str, bytes | None], path: Path) -> dict[str, Any]:
    try:
        manifest = json.loads(members.get(MANIFEST) or b"")
        sound = (
            manifest["format"] == FORMAT
            and all(isinstance(manifest[key], dict) for key in ("members", "versions"))
            and isinstance(manifest["templates_sha256"], str)
        )
    except (ValueError, LookupError, TypeError, RecursionError):
        sound = False
    if not sound:
        raise FaultsFound(
            Issue(
                Where(str(path)),
                Text(
                    f"{MANIFEST} tidak ada, rusak, atau dari versi lain.",
                    f"{MANIFEST} is missing, damaged, or of another version.",
                ),
                Text("Minta salinannya sekali lagi.", "Ask for a copy once more."),
            )
        )
    stated: dict[str, Any] = manifest
    return stated


def _changed(manifest: Mapping[str, Any], members: Mapping[str, bytes | None]) -> dict[str, Text]:
    """The members that are not as the manifest states, and what is wrong with each."""
    found: dict[str, Text] = {}
    for name in sorted({*manifest["members"], *members} - {MANIFEST}):
        content = members.get(name)
        if name not in members:
            found[name] = Text(f"{name}: tidak ada.", f"{name}: is missing.")
        elif not _belongs(name):
            found[name] = Text(f"{name}: bukan bagian sebuah bundel.", f"{name}: is no part of a bundle.")
        elif name not in manifest["members"]:
            found[name] = Text(f"{name}: tidak disebut dalam manifest.", f"{name}: is not named in the manifest.")
        elif content is None or hashlib.sha256(content).hexdigest() != manifest["members"][name]:
            found[name] = Text(f"{name}: isinya berubah atau rusak.", f"{name}: its content is changed or damaged.")
    return found


_FIXED = frozenset(
    (
        "settings.json",
        "offices.json",
        "respondents.json",
        "assignments.json",
        "log.jsonl",
        "events.jsonl",
        "evidence.json",
        WEIGHTS,
    )
)


def _belongs(name: str) -> bool:
    """Whether a bundle has a file of this name."""
    return name in _FIXED or name in RESULTS or name.startswith(("pinned/", "report/", _EVIDENCE))


def _compared(manifest: Mapping[str, Any], members: Mapping[str, bytes]) -> Iterator[Finding]:
    held = {name: content for name, content in members.items() if name not in (*RESULTS, MANIFEST)}
    held = {name: content for name, content in held.items() if not name.startswith(_EVIDENCE)}
    try:
        study, collected = _recomputed(held)
        right = _figures(study, collected)
        otherwise = dict.fromkeys(PAGES, _drawn_otherwise(manifest))
        pages = {} if otherwise[PAGES[0]] else _pages(collected, held)
        listed = [name for name in RESULTS if name not in PDFS or name in members]
        if any(name in PDFS for name in listed):
            otherwise |= dict.fromkeys(PDFS, otherwise[PAGES[0]] or _printed_otherwise(manifest))
            pages |= {} if otherwise[PDFS[0]] else _pdfs(pages)
        right |= pages
    except _NONSENSE as error:
        said = error.issues[0].what if isinstance(error, GscmError) else Text(repr(error), repr(error))
        yield Finding(
            False,
            Text(
                f"Hasil tidak dapat dihitung ulang dari isi bundel: {said.id}",
                f"The results cannot be worked out again from the bundle: {said.en}",
            ),
        )
        return
    yield from _attached(members)
    by = _weights_said(study.model)
    for name in listed:
        if name not in right and (why := otherwise[name]):
            yield Finding(None, Text(f"{name}: tidak dibandingkan; {why.id}.", f"{name}: not compared; {why.en}."))
        elif members.get(name) == right[name]:
            yield Finding(
                True,
                Text(
                    f"{name}: dihitung ulang{by.id} dan sama.",
                    f"{name}: worked out again{by.en}, and the same to the byte.",
                ),
            )
        else:
            yield Finding(
                False,
                Text(
                    f"{name}: berbeda dari hasil hitung ulang.",
                    f"{name}: differs from what is worked out again.",
                ),
            )


def _weights_said(model: Model) -> Text:
    """With which weights the results were worked out, where not with the model's own."""
    if model.weights is None:
        return Text("", "")
    return Text(f" dengan bobot pengganti “{model.weights.id}”", f" with the replacement weights “{model.weights.id}”")


def _drawn_otherwise(manifest: Mapping[str, Any]) -> Text | None:
    """Why pages drawn here may differ from those in the bundle, if they may."""
    here = _versions()
    if other := _other(manifest["versions"], {package: here[package] for package in DRAWN_BY}):
        return other
    if manifest["templates_sha256"] != _templates():
        return Text("templat laporan di sini lain", "the report templates here are others")
    return None


def _printed_otherwise(manifest: Mapping[str, Any]) -> Text | None:
    """Why a PDF made here may differ from that in the bundle, if it may."""
    try:
        here = drawn_by()
    except BadUse:
        return Text("PDF tidak dapat dibuat di sini (gscm doctor)", "no PDF can be made here (gscm doctor)")
    return _other(manifest.get("pdf_versions") or {}, here)


def _other(then: Mapping[str, Any], here: Mapping[str, str]) -> Text | None:
    for package, version in here.items():
        if then.get(package) != version:
            return Text(
                f"dibuat dengan {package} {then.get(package)}, di sini {version}",
                f"made with {package} {then.get(package)}, here it is {version}",
            )
    return None
