"""The reference pages that are made from the code: `python docs/generate.py` writes them, `--check` compares.

`reference/commands.md` is what `--help` prints; `reference/yaml.md` lists every key that the schemas know, with
the meaning given in `keys.yaml`; `reference/models.md` lists the models, with a page for each. Each
page exists in Indonesian and, as `.en.md`, in English.
"""

# ruff: noqa: INP001  a script, not part of a package

from __future__ import annotations

import contextlib
import io
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from gscm import shortlist as shortlists, yamlfile
from gscm.authoring.page import STATUSES, model_page
from gscm.cases import CaseFile, Expected, ExpectedRegions, Weightings
from gscm.cli.command import Group, Session
from gscm.cli.main import cli
from gscm.crosswalk import schema as crosswalks
from gscm.formats import comparisons, mapping
from gscm.i18n import LANGUAGES, Language, Text
from gscm.model import schema, weights_schema
from gscm.model.load import find_model, load_model, shipped_models
from gscm.questionnaire import schema as questions
from gscm.responses import migration, schema as answers

HERE = Path(__file__).parent
WIDTH = 96

MADE = Text(
    "<!-- Halaman ini dibuat oleh docs/generate.py; jangan disunting langsung. -->",
    "<!-- This page is made by docs/generate.py; do not edit it by hand. -->",
)
OTHER = {"id": "[English]({name}.en.md)", "en": "[Bahasa Indonesia]({name}.md)"}

FILES: tuple[tuple[Text, tuple[type[BaseModel], ...]], ...] = (
    (
        Text("Berkas jawaban", "The answers file"),
        (
            answers.AnswersFile,
            answers.SubjectEntry,
            answers.AnswerEntry,
            answers.ReusedEntry,
            answers.Row,
            answers.TableEntry,
            answers.RegionsEntry,
            answers.RegionEntry,
            answers.CitedSourceEntry,
            answers.RecommendationEntry,
            answers.StudyEntry,
            answers.RetiredEntry,
        ),
    ),
    (
        Text("`model.yaml`", "`model.yaml`"),
        (
            schema.ModelFile,
            schema.Scale,
            schema.LevelName,
            schema.Kind,
            schema.NodeRoot,
            schema.Provenance,
            schema.Claim,
            schema.CommonFile,
            schema.Wording,
        ),
    ),
    (
        Text("Simpul", "Nodes"),
        (
            schema.NodeEntry,
            schema.Include,
            schema.CriterionEntry,
            schema.Action,
            schema.Quantity,
            schema.Band,
            schema.Cohort,
            schema.OpenRows,
        ),
    ),
    (
        Text("Klausa dan syarat", "Clauses and requirements"),
        (
            schema.CriteriaClause,
            schema.ChildrenClause,
            schema.ScoreClause,
            schema.TargetClause,
            schema.RequiresEdge,
        ),
    ),
    (Text("`sources.yaml`", "`sources.yaml`"), (schema.SourcesFile, schema.Source)),
    (Text("`glossary.yaml`", "`glossary.yaml`"), (schema.GlossaryFile, schema.TermEntry)),
    (Text("Kasus uji", "Cases"), (CaseFile, Expected, ExpectedRegions, Weightings)),
    (
        Text("Migrasi", "Migrations"),
        (
            migration.MigrationFile,
            migration.RenamedEntry,
            migration.SplitEntry,
            migration.MergedEntry,
            migration.RemovedEntry,
            migration.ValuesEntry,
        ),
    ),
    (
        Text("Kuesioner", "Questionnaires"),
        (questions.QuestionnaireFile, questions.SharedItems, questions.ItemsFile, questions.ItemEntry),
    ),
    (Text("Tabel padanan", "Crosswalks"), (crosswalks.CrosswalkFile, crosswalks.MappingEntry)),
    (
        Text("Daftar pendek", "Shortlists"),
        (
            shortlists.ShortlistFile,
            shortlists.ShortlistCriterion,
            shortlists.AtLeast,
            shortlists.EnoughOf,
            shortlists.Quota,
            shortlists.RankBy,
        ),
    ),
    (
        Text("Padanan judul kolom Google Forms", "Mapping of the headings of a Google form"),
        (
            mapping.MappingFile,
            mapping.TimeColumn,
            mapping.OfficeColumn,
            mapping.RespondentColumn,
            mapping.ConsentColumn,
            mapping.Checkboxes,
        ),
    ),
    (
        Text("Perbandingan dan bobot pakar", "Experts’ comparisons and weights"),
        (
            comparisons.ComparisonsFile,
            comparisons.ExpertEntry,
            comparisons.BestWorstEntry,
            weights_schema.WeightsFile,
            weights_schema.NodeWeights,
            weights_schema.ConsistencyEntry,
        ),
    ),
)

YAML_INTRODUCTION = Text(
    """
Semua kunci yang dikenal, dan hanya itu; kunci lain ditolak beserta nomor barisnya. Bintang (\\*) menandai kunci yang
wajib. **Teks** adalah satu kalimat, atau `{id: …, en: …}` bila bunyinya berbeda dalam kedua bahasa. **Bilangan**
dibaca dari angkanya, tidak pernah melalui pecahan biner: `3`, `3.34`, atau `14/3`. Jangkar, alias, dan tag YAML
(`&`, `*`, `!`) tidak diterima. JSON Schema setiap macam berkas, untuk penyunting yang mengenal
*yaml-language-server*, dicetak oleh `gscm model schema --kind …`.
""",
    """
Every key that is known, and nothing else; any other key is refused with its line. A star (\\*) marks a key that must
be there. **Text** is one string, or `{id: …, en: …}` where the languages differ. A **number** is read from its
digits, never through a binary fraction: `3`, `3.34` or `14/3`. YAML anchors, aliases and tags (`&`, `*`, `!`) are
not accepted. For editors that know *yaml-language-server*, `gscm model schema --kind …` prints the JSON Schema of
each kind of file.
""",
)
COMMANDS_INTRODUCTION = Text(
    """
Bantuan setiap perintah, sebagaimana dicetak `--help`. Bahasa dipilih dengan `--lang id` atau `--lang en`; tanpa itu
dibaca dari lingkungan (`GSCM_LANG`, lalu `LC_ALL`, `LC_MESSAGES`, `LANG`), dan bawaannya bahasa Indonesia. Kode
keluar, bentuk JSON, dan bentuk pesan kesalahan: [Hasil](results.md).
""",
    """
The help of every command, as `--help` prints it. Choose the language by `--lang id` or `--lang en`; otherwise it is
read from the environment (`GSCM_LANG`, then `LC_ALL`, `LC_MESSAGES`, `LANG`), and is Indonesian by default. Exit
codes, the shape of JSON and the style of error messages: [Results](results.en.md).
""",
)


def pages() -> Iterator[tuple[Path, str]]:
    """Every generated page: where it belongs and what it must say."""
    for language in LANGUAGES:
        suffix = "" if language == "id" else ".en"
        yield HERE / f"reference/commands{suffix}.md", commands_page(language)
        yield HERE / f"reference/yaml{suffix}.md", yaml_page(language)
        yield HERE / f"reference/models{suffix}.md", models_page(language)
        for name in shipped_models():
            yield HERE / f"reference/models/{name}{suffix}.md", about_model(name, language)


# ── commands ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def commands_page(language: Language) -> str:
    """The help of every command."""
    lines = [_head("commands", Text("Perintah", "Commands"), language), COMMANDS_INTRODUCTION[language]]
    for words in _commands(cli, ()):
        lines += [f"## gscm {' '.join(words)}".rstrip(), "", "```text", help_of(words, language), "```", ""]
    return "\n".join(lines).rstrip() + "\n"


def _commands(group: Group, above: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    yield above
    for name in group.table:
        command = group.get_command(None, name)  # type: ignore[arg-type]
        if isinstance(command, Group):
            yield from _commands(command, (*above, name))
        else:
            yield (*above, name)


def help_of(words: tuple[str, ...], language: Language) -> str:
    """What `gscm … --help` prints."""
    said = io.StringIO()
    with contextlib.redirect_stdout(said):
        cli.main(
            args=[*words, "--help"],
            prog_name="gscm",
            obj=Session(language, False),
            standalone_mode=False,
            terminal_width=WIDTH,
        )
    return said.getvalue().strip("\n")


# ── YAML ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


def yaml_page(language: Language) -> str:
    """Every key of every kind of file."""
    keys = _keys()
    lines = [_head("yaml", Text("Rujukan YAML", "YAML reference"), language), YAML_INTRODUCTION[language]]
    for title, kinds in FILES:
        lines += [f"## {title[language]}", ""]
        for kind in kinds:
            lines += [*_table(kind, keys[kind.__name__], language), ""]
    return "\n".join(lines).rstrip() + "\n"


def _keys() -> dict[str, dict[str, Text]]:
    """The meanings in keys.yaml; refuses what is missing and what has no key."""
    written = yamlfile.read(HERE / "keys.yaml").data
    kinds = {kind.__name__: kind for _, kinds in FILES for kind in kinds}
    if set(written) != set(kinds):
        raise SystemExit(f"docs/keys.yaml: {sorted(set(written) ^ set(kinds))}")
    for name, kind in kinds.items():
        differ = {"_", *_own(kind)} ^ set(written[name])
        if differ:
            raise SystemExit(f"docs/keys.yaml: {name}: {sorted(differ)}")
    return {name: {key: Text(**words) for key, words in entries.items()} for name, entries in written.items()}


def _own(kind: type[BaseModel]) -> dict[str, Any]:
    """The keys of a class, by the name they have in YAML; those of a claim are described once."""
    inherited = set(schema.Claim.model_fields) if kind is not schema.Claim and issubclass(kind, schema.Claim) else set()
    return {field.alias or name: field for name, field in kind.model_fields.items() if name not in inherited}


_MAY_CLAIM = Text(
    " Boleh pula memuat kunci asal-usul ([claim](#claim)).", " It may also hold the keys of a [claim](#claim)."
)
_HEADINGS = Text("| Kunci | Isi | Bawaan | Arti |", "| Key | Holds | Default | Meaning |")


def _table(kind: type[BaseModel], meanings: dict[str, Text], language: Language) -> Iterator[str]:
    described = kind.model_json_schema(by_alias=True)
    if "$ref" in described:  # a class that contains itself stands among its own definitions
        described = described["$defs"][described["$ref"].rpartition("/")[2]]
    yield f"### {_name(kind.__name__)}"
    yield ""
    claim = issubclass(kind, schema.Claim) and kind is not schema.Claim
    yield meanings["_"][language] + (_MAY_CLAIM[language] if claim else "")
    yield ""
    yield _HEADINGS[language]
    yield "|---|---|---|---|"
    for key, field in _own(kind).items():
        star = "\\*" if field.is_required() else ""
        written = described["properties"][key]
        shown = _default(written.get("default"))
        holds = _holds({"title": key.title(), **written}, language)
        yield f"| `{key}`{star} | {holds} | {shown} | {meanings[key][language]} |"


def _default(value: Any) -> str:
    if value is None or value in ([], {}):
        return ""
    return f"`{str(value).lower() if isinstance(value, bool) else value}`"


_WORDS = {
    "words": Text("teks", "text"),
    "string": Text("kata", "a word"),
    "number string": Text("bilangan", "a number"),
    "boolean number string": Text("bilangan atau kata", "a number or a word"),
    "integer": Text("bilangan bulat", "a whole number"),
    "boolean": Text("`true` atau `false`", "`true` or `false`"),
    "array": Text("daftar ", "a list of "),
    "many string": Text("daftar kata", "a list of words"),
    "many words": Text("daftar teks", "a list of texts"),
    "strings": Text("kata, atau daftar kata", "a word, or a list of words"),
    "date": Text("tanggal", "a date"),
    "answer": Text("nilai, atau [answer](#answer)", "a value, or an [answer](#answer)"),
    "level": Text("level", "a level"),
}
_TOGETHER = {
    ("string", "object"): "words",
    ("string", "array"): "strings",
    ("['boolean', 'number', 'string']", "object"): "answer",
}
_MAPS = {
    "map": Text("nilai lama → nilai baru", "old value → new value"),
    "gates": Text(
        "level atau `every` → daftar [klausa](#klausa-dan-syarat)",
        "a level or `every` → a list of [clauses](#clauses-and-requirements)",
    ),
    "criteria": Text("level → daftar [criterion](#criterion)", "a level → a list of [criterion](#criterion)"),
    "targets": Text("level → bilangan", "a level → a number"),
    "levels": Text("id → level", "id → a level"),
    "comparisons": Text("id → perbandingan bagian-bagiannya", "id → comparisons of its parts"),
    "levels of words": Text("level → teks", "a level → text"),
    "answers": Text("id → nilai, atau [answer](#answer)", "id → a value, or an [answer](#answer)"),
}


def _holds(written: dict[str, Any], language: Language) -> str:
    """What a key holds, from its JSON Schema, in words."""
    options = [option for option in written.get("anyOf", [written]) if option.get("type") != "null"]
    kinds = tuple(str(option.get("type")) for option in options)
    if kinds in _TOGETHER:
        return _WORDS[_TOGETHER[kinds]][language]
    (option,) = options
    named = str(option.get("title", written.get("title"))).lower()
    if named == "levels" and "anyOf" in (option.get("additionalProperties") or ()):
        named = "levels of words"
    if option.get("type") == "object" and named in _MAPS:
        return _MAPS[named][language]
    if "$ref" in option:
        return _link(option["$ref"])
    if "enum" in option or "const" in option:
        return ", ".join(f"`{value}`" for value in option.get("enum", [option.get("const")]))
    return _plain(option, language)


def _plain(option: dict[str, Any], language: Language) -> str:
    kind = option.get("type")
    if kind == "array":
        refs = [ref["$ref"] for ref in option["items"].get("oneOf", option["items"].get("anyOf", [])) if "$ref" in ref]
        many = "many string" if option["items"].get("type") == "string" else "many words"
        named = ", ".join(map(_link, refs or [ref for ref in [option["items"].get("$ref")] if ref]))
        return _WORDS["array"][language] + named if named else _WORDS[many][language]
    if kind == "object":
        (inside,) = option.get("patternProperties", {"": option.get("additionalProperties")}).values()
        return "id → " + _holds(inside, language)
    bounds = option.get("minimum"), option.get("maximum")
    if kind == "integer" and bounds == (1, 20):
        return _WORDS["level"][language]
    word = "date" if option.get("format") == "date" else " ".join(kind) if isinstance(kind, list) else str(kind)
    return _WORDS[word][language] + (f" {bounds[0]}–{bounds[1]}" if None not in bounds else "")


def _link(ref: str) -> str:
    name = _name(ref.rpartition("/")[2])
    return f"[{name}](#{name})"


def models_page(language: Language) -> str:
    """The models that come with gscm, each with its page."""
    suffix = "" if language == "id" else ".en"
    models = [load_model(find_model(name)) for name in shipped_models()]
    rows = [
        f"| [{model.title[language]}](models/{model.id}{suffix}.md) | `{model.id}` {model.version} "
        f"| {STATUSES[model.status][language]} |"
        for model in models
    ]
    head = Text("| Model | Id dan versi | Status |", "| Model | Id and version | Status |")[language]
    return "\n".join([_head("models", Text("Model", "Models"), language), "", head, "|---|---|---|", *rows]) + "\n"


def about_model(name: str, language: Language) -> str:
    """The page of a model, with the way back to the documentation."""
    title, _, rest = model_page(load_model(find_model(name)), language).partition("\n")
    index = Text("[Dokumentasi](../../README.md)", "[Documentation](../../README.en.md)")[language]
    return f"{MADE[language]}\n\n{title}\n\n{index} · {OTHER[language].format(name=name)}\n{rest}"


def _name(kind: str) -> str:
    """What a class is called on the page: LevelName → level-name, SubjectEntry → subject."""
    words = re.findall("[A-Z][a-z]+", kind)
    return "-".join(word.lower() for word in words if word not in ("Entry", "File"))


def _head(name: str, title: Text, language: Language) -> str:
    index = Text("[Dokumentasi](../README.md)", "[Documentation](../README.en.md)")[language]
    return f"{MADE[language]}\n\n# {title[language]}\n\n{index} · {OTHER[language].format(name=name)}"


def main() -> int:
    """Write the pages, or with --check tell which are out of date."""
    stale = [(path, text) for path, text in pages() if not path.is_file() or path.read_text(encoding="utf-8") != text]
    for path, text in stale:
        sys.stdout.write(f"{path.relative_to(HERE.parent)}\n")
        if "--check" not in sys.argv:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
    return 1 if stale and "--check" in sys.argv else 0


if __name__ == "__main__":
    sys.exit(main())
