"""What may be written in the YAML of a model: frozen values, every key declared, nothing else accepted.

The JSON Schemas that editors use (`gscm model schema`) are generated from these classes.
"""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Discriminator, Field, Tag, WithJsonSchema, model_validator

from gscm.i18n import Text
from gscm.yamlfile import Wrong

Basis = Literal["official", "published", "derived", "ours"]
"""What a claim rests on: a regulation or its owner's instrument; the authors or a study; a shown
calculation from published figures; or our own design, which a researcher may and should adapt."""

_FRACTION = re.compile(r"[-+]?[0-9]{1,18}(/[1-9][0-9]{0,17}|\.[0-9]{1,30})?\Z")
_ID = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*\Z")


def exact(value: Any) -> Fraction | None:
    """A number read from its digits: 3, 3.34, "14/3". None where the value is no such number."""
    if isinstance(value, bool):
        return None
    if isinstance(value, (int, Decimal, Fraction)):
        return Fraction(value)
    if isinstance(value, str) and _FRACTION.match(value.strip()):
        return Fraction(value.strip())
    return None


def _number(value: Any) -> Fraction:
    found = exact(value)
    if found is None:
        raise Wrong(
            Text(f"“{value}” bukan angka.", f"“{value}” is not a number."),
            Text("Tulis seperti 3, 3.34, atau 14/3.", "Write it like 3, 3.34 or 14/3."),
        )
    return found


def _weight(value: Any) -> Fraction:
    number = _number(value)
    if number <= 0:
        raise Wrong(
            Text(f"bobot harus lebih besar dari 0, bukan {value}.", f"a weight must be greater than 0, not {value}."),
            Text("Hapus butirnya bila tidak dihitung.", "Remove the entry if it does not count."),
        )
    return number


def _share(value: Any) -> Fraction:
    number = _number(value)
    if not 0 < number <= 1:
        raise Wrong(
            Text(
                f"porsi harus di atas 0 sampai 1, bukan {value}.",
                f"a share must be above 0 and at most 1, not {value}.",
            ),
            Text("Tulis seperti 1/2 atau 0.8.", "Write it like 1/2 or 0.8."),
        )
    return number


def _identifier(value: Any) -> str:
    if not isinstance(value, str) or not _ID.match(value):
        raise Wrong(
            Text(f"“{value}” bukan id yang sah.", f"“{value}” is not a valid id."),
            Text(
                "Pakai huruf kecil, angka, dan tanda hubung, diawali huruf: data-governance.",
                "Use lower-case letters, digits and hyphens, starting with a letter: data-governance.",
            ),
        )
    if value == "overall":
        raise Wrong(
            Text("“overall” selalu berarti seluruh model.", "“overall” always means the whole model."),
            Text("Pakai id lain.", "Use another id."),
        )
    return value


def _bilingual(value: Any) -> Any:
    if not isinstance(value, (str, dict, Bilingual)):
        raise Wrong(
            Text("di sini harus ada teks.", "there must be a text here."),
            Text(
                "Tulis satu teks dalam tanda kutip, atau {id: …, en: …}.",
                "Write one text in quotes, or {id: …, en: …}.",
            ),
        )
    return {"id": value, "en": value} if isinstance(value, str) else value


def _level(value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 1 <= value <= 20:
        raise Wrong(
            Text(f"“{value}” bukan nomor level.", f"“{value}” is not the number of a level."),
            Text("Tulis bilangan bulat dari 1 ke atas.", "Write a whole number from 1 upwards."),
        )
    return value


def _gate(value: Any) -> Any:
    return value if value == "every" else _level(value)


def _shaped(pattern: str, called: Text, like: str) -> BeforeValidator:
    """A text of one pattern, with a sentence for what is not."""

    def shaped(value: Any) -> Any:
        if not isinstance(value, str) or not re.fullmatch(pattern, value):
            raise Wrong(
                Text(f"“{value}” bukan {called.id}.", f"“{value}” is not {called.en}."),
                Text(f"Tulis seperti {like}.", f"Write it like {like}."),
            )
        return value

    return BeforeValidator(shaped)


_NUMBER_SCHEMA = WithJsonSchema({"type": ["number", "string"], "description": '3, 3.34 or "14/3"'})
Number = Annotated[Fraction, BeforeValidator(_number), _NUMBER_SCHEMA]
Weight = Annotated[Fraction, BeforeValidator(_weight), _NUMBER_SCHEMA]
Share = Annotated[Fraction, BeforeValidator(_share), _NUMBER_SCHEMA]
Id = Annotated[
    str, BeforeValidator(_identifier), WithJsonSchema({"type": "string", "pattern": _ID.pattern.replace("\\Z", "$")})
]
Level = Annotated[int, BeforeValidator(_level), WithJsonSchema({"type": "integer", "minimum": 1, "maximum": 20})]
_VERSION, _COLOUR = r"^[0-9]+\.[0-9]+\.[0-9]+$", r"^#[0-9a-f]{6}$"
Version = Annotated[str, _shaped(_VERSION, Text("nomor versi", "a version number"), "1.0.0"), Field(pattern=_VERSION)]
Colour = Annotated[str, _shaped(_COLOUR, Text("warna", "a colour"), '"#7fb2a7"'), Field(pattern=_COLOUR)]


def version_numbers(version: str) -> tuple[int, ...]:
    """The three numbers of a version, to be compared: "1.10.0" comes after "1.9.0"."""
    return tuple(map(int, version.split(".")))


class Yaml(BaseModel):
    """Common to everything written in YAML: strict, frozen, no unknown keys."""

    model_config = ConfigDict(strict=True, frozen=True, extra="forbid", arbitrary_types_allowed=True, defer_build=True)


class Bilingual(Yaml):
    """A text in Indonesian and in English."""

    id: Annotated[str, Field(min_length=1)]
    en: Annotated[str, Field(min_length=1)]

    def text(self) -> Text:
        return Text(self.id, self.en)


Words = Annotated[
    Bilingual,
    BeforeValidator(_bilingual),
    WithJsonSchema(
        {
            "anyOf": [
                {"type": "string"},
                {
                    "type": "object",
                    "properties": {"id": {"type": "string"}, "en": {"type": "string"}},
                    "required": ["id", "en"],
                    "additionalProperties": False,
                },
            ]
        }
    ),
]
"""Both languages, or one string where both read alike (a name, an id)."""


def _date(value: Any) -> date:
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        raise Wrong(
            Text(f"“{value}” bukan tanggal.", f"“{value}” is not a date."),
            Text("Tulis seperti 2019-11-21.", "Write it like 2019-11-21."),
        ) from None


Day = Annotated[date, BeforeValidator(_date), WithJsonSchema({"type": "string", "format": "date"})]
Many = Annotated[tuple[Any, ...], BeforeValidator(lambda v: tuple(v) if isinstance(v, list) else v)]


def _tupled(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


class Claim(Yaml):
    """Where a statement comes from. Left out, it is inherited from `provenance` above it."""

    basis: Basis | None = None
    source: str | None = None
    locator: Words | None = None
    note: Words | None = None


class Provenance(Yaml):
    """The source and basis of each kind of claim from this node downwards."""

    levels: Claim | None = None
    structure: Claim | None = None
    weights: Claim | None = None
    gates: Claim | None = None
    requires: Claim | None = None
    criteria: Claim | None = None
    quantities: Claim | None = None


class LevelName(Claim):
    """One level of a sequence, from the lowest."""

    name: Words
    meaning: Words | None = None
    aliases: Annotated[tuple[str, ...], BeforeValidator(_tupled)] = ()
    colour: Colour | None = None


class Action(Yaml):
    """What would fulfil a criterion: what to do, how large, how long, who, and which document takes it up."""

    what: Words
    effort: Literal["low", "medium", "high"]
    months: Annotated[int, Field(ge=1, le=120)]
    owner: Annotated[tuple[Id, ...], BeforeValidator(_tupled), Field(min_length=1)]
    document: Annotated[tuple[Id, ...], BeforeValidator(_tupled), Field(min_length=1)]
    nomenclature: str | None = None


class CriterionEntry(Claim):
    """One checkable statement at one level of an indicator."""

    text: Words
    evidence: Annotated[tuple[Words, ...], BeforeValidator(_tupled)] = ()
    action: Action | None = None
    weight: Weight | None = None
    may_not_apply: bool | None = None


class Cohort(Claim):
    """The cohort that a figure is held against, frozen: who, and as of which day.

    With `mean` and `deviation` the score is the z-score; without, `min` and `max` of the quantity are the
    cohort's lowest and highest figure.
    """

    name: Words
    date: Day
    mean: Number | None = None
    deviation: Weight | None = None

    @model_validator(mode="after")
    def _two_statistics_or_none(self) -> Cohort:
        if (self.mean is None) != (self.deviation is None):
            raise Wrong(
                Text("mean dan deviation ditulis berdua.", "mean and deviation are written together."),
                Text(
                    "Tulis keduanya (z-score), atau tidak satu pun (min–max).",
                    "Write both (z-score), or neither (min–max).",
                ),
            )
        return self


class Band(Yaml):
    """From this figure on, in the direction of the quantity, the score is `score`."""

    start: Number = Field(alias="from")
    score: Number


class Quantity(Claim):
    """A measured figure: one unit, one direction, clamped to its goalposts.

    `min` and `max` are the goalposts of the score; `least` and `most` bound what the figure can be at all.
    """

    title: Words
    unit: Words
    direction: Literal["higher", "lower"]
    least: Number | None = None
    most: Number | None = None
    min: Number
    max: Number
    logarithm: bool = False
    targets: dict[Level, Number] = {}
    publisher: str | None = None
    bands: Annotated[tuple[Band, ...], BeforeValidator(_tupled)] = ()
    cohort: Cohort | None = None


class ChildrenClause(Claim):
    """Holds when enough of the children stand at a level (`at`, default the level of the gate)."""

    clause: Literal["children"]
    rule: Literal["all", "any", "share", "mean"]
    share: Share | None = None
    weighted: bool = False
    rounding: Literal["floor", "nearest"] = "floor"
    at: Level | None = None
    of: str | None = None
    reason: Words | None = None

    @model_validator(mode="after")
    def _share_goes_with_its_rule(self) -> ChildrenClause:
        if (self.rule == "share") != (self.share is not None):
            raise Wrong(
                Text(
                    "share ditulis bila, dan hanya bila, rule: share.",
                    "share is written if, and only if, rule: share.",
                ),
                Text(
                    "Tulis rule: share dengan share: 1/2, atau hapus share.",
                    "Write rule: share with share: 1/2, or remove share.",
                ),
            )
        return self


class CriteriaClause(Claim):
    """Holds when the weighted share met of the applicable criteria at a level (`at`, default the gate's) is `share`."""

    clause: Literal["criteria"]
    share: Share = Fraction(1)
    at: Level | None = None
    evidence: Literal["self-assessment", "document", "interview", "visit"] | None = None
    reason: Words | None = None


class ScoreClause(Claim):
    """Holds when the score of the node reaches a cut-off."""

    clause: Literal["score"]
    cutoff: Number = Field(alias="from")
    inclusive: bool = True
    reason: Words | None = None


class TargetClause(Claim):
    """Holds when the measured quantity reaches its target for the level."""

    clause: Literal["target"]
    reason: Words | None = None


Clause = Annotated[ChildrenClause | CriteriaClause | ScoreClause | TargetClause, Field(discriminator="clause")]
Gate = Annotated[tuple[Clause, ...], BeforeValidator(_tupled)]
Gates = dict[Annotated[int | Literal["every"], BeforeValidator(_gate)], Gate]
"""The clauses of each level; `every` stands for all levels from 2 upwards."""


class RequiresEdge(Claim):
    """To stand at level `at` here, `node` must stand at `level` or higher."""

    at: Level
    node: str
    level: Level
    reason: Words


Answer = Literal["criteria", "level", "quantity", "score"]
Aggregate = Literal["mean", "geometric", "minimum", "median", "sum", "rounded-sum", "unknown-weights", "mean-of-rows"]


class OpenRows(Yaml):
    """An open node: its children come with the answers, as rows answered in this way."""

    kind: str
    answer: Literal["level", "quantity", "score"]
    real: bool = False
    quantity: Quantity | None = None


class Kind(Yaml):
    """What nodes of one kind have in common."""

    title: Words
    gates: Gates = {}
    answer: Answer | None = None
    real: bool = False
    aggregate: Aggregate | None = None
    quantity: Quantity | None = None


class NodeEntry(Claim):
    """A node of the tree: a domain, an aspect, an indicator. Its own claim is the source of its place in the tree."""

    id: Id
    kind: str
    title: Words
    about: Words | None = None
    code: str | None = None
    weight: Weight | None = None
    weight_claim: Claim | None = None
    levels: str | None = None
    answer: Answer | None = None
    real: bool | None = None
    may_not_apply: bool | None = None
    aggregate: Aggregate | None = None
    round: Annotated[int, Field(ge=0, le=12)] | None = None
    provenance: Provenance | None = None
    gates: Gates | None = None
    requires: Annotated[tuple[RequiresEdge, ...], BeforeValidator(_tupled)] = ()
    criteria: dict[Level, Annotated[tuple[CriterionEntry, ...], BeforeValidator(_tupled), Field(min_length=1)]] = {}
    quantity: Quantity | None = None
    open: OpenRows | None = None
    children: Annotated[tuple[Child, ...], BeforeValidator(_tupled)] = ()


class Include(Yaml):
    """A node written in a file of its own, inside the folder of this model or of a model beside it.

    `without` leaves out nodes below it, `add` names files of nodes to add (by the id of their parent), `applies`
    names criteria that apply to everyone here, whatever the file says, and `wording` adapts its texts by one of
    the model's wordings.
    """

    include: str
    without: Annotated[tuple[str, ...], BeforeValidator(_tupled)] = ()
    add: dict[str, Annotated[tuple[str, ...], BeforeValidator(_tupled)]] = {}
    applies: Annotated[tuple[str, ...], BeforeValidator(_tupled)] = ()
    wording: str | None = None


class Wording(Yaml):
    """What is replaced in an included file: words and phrases of its texts by language, nomenclature codes."""

    id: dict[str, str] = {}
    en: dict[str, str] = {}
    nomenclature: dict[str, str] = {}


def _child(value: Any) -> str:
    included = "include" in value if isinstance(value, dict) else isinstance(value, Include)
    return "Include" if included else "NodeEntry"


Child = Annotated[Annotated[NodeEntry, Tag("NodeEntry")] | Annotated[Include, Tag("Include")], Discriminator(_child)]


class Scale(Yaml):
    """Lowest and highest score, and how scores are printed."""

    min: Number
    max: Number
    digits: Annotated[int, Field(ge=0, le=6)] = 2
    mode: Literal["half-up", "half-even"] = "half-up"
    compare: Literal["unrounded", "rounded"] = "unrounded"

    @model_validator(mode="after")
    def _rises(self) -> Scale:
        if self.min >= self.max:
            raise Wrong(
                Text("min harus lebih kecil daripada max.", "min must be below max."),
                Text(
                    "Tulis nilai terendah di min dan tertinggi di max.",
                    "Write the lowest score in min, the highest in max.",
                ),
            )
        return self


class NodeRoot(Yaml):
    """The root of the tree; its id is the model's."""

    title: Words | None = None
    levels: str | None = None
    aggregate: Aggregate | None = None
    round: Annotated[int, Field(ge=0, le=12)] | None = None
    gates: Gates = {}
    requires: Annotated[tuple[RequiresEdge, ...], BeforeValidator(_tupled)] = ()
    open: OpenRows | None = None
    children: Annotated[tuple[Child, ...], BeforeValidator(_tupled)] = ()


class CommonFile(Yaml):
    """What several models have in common; what a model writes itself takes its place."""

    level_names: dict[str, Annotated[tuple[LevelName, ...], BeforeValidator(_tupled), Field(min_length=2)]] = {}
    kinds: dict[str, Kind] = {}
    offices: dict[Id, Words] = {}
    documents: dict[Id, Words] = {}
    provenance: Provenance = Field(default_factory=Provenance)
    root: NodeRoot = Field(default_factory=NodeRoot)


class ModelFile(CommonFile):
    """`model.yaml`: the model as a whole. `common` names a file of a model beside it, whose entries hold here too."""

    id: Id
    version: Version
    title: Words
    short: Words | None = None
    about: Words
    status: Literal["official", "reconstruction", "secondary", "example"]
    notice: Words
    subject: Words
    scale: Scale
    inner: Literal["level", "score"]
    index: Words | None = None
    common: str | None = None
    wordings: dict[str, Wording] = {}


class Source(Yaml):
    """One entry of `sources.yaml`."""

    title: Annotated[str, Field(min_length=1)]
    publisher: str | None = None
    year: int | None = None
    href: str | None = None
    note: Words | None = None


class SourcesFile(Yaml):
    """`sources.yaml`: everything that the model's claims cite. `common` names the sources of a model beside it."""

    sources: dict[str, Source]
    common: str | None = None


class TermEntry(Yaml):
    """One term of the field and what the model means by it."""

    term: Words
    meaning: Words


class GlossaryFile(Yaml):
    """`glossary.yaml`: the terms of a model, used alike everywhere.

    `common` names the glossary of a model beside it, whose terms hold here too; `wording` adapts them by one of the
    model's wordings.
    """

    common: str | None = None
    wording: str | None = None
    terms: Annotated[tuple[TermEntry, ...], BeforeValidator(_tupled), Field(min_length=1)]
