"""A weights file: weights in place of a model's own, how they came about, and how consistent the judgements were."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, model_validator

from gscm.i18n import LANGUAGES, Language, Text, decimal
from gscm.model.schema import Day, Id, Number, Version, Weight, Words, Yaml
from gscm.yamlfile import Wrong

WeightMethod = Literal["eigenvector", "geometric-mean", "bwm-linear", "bwm-minmax"]
Grouping = Literal["aij", "aip"]
RandomIndexTable = Literal["saaty-1980", "saaty-2005", "donegan-dodd", "alonso-lamata"]
Completion = Literal["least-eigenvalue", "harker"]
ConsistencyMeasure = Literal["consistency-ratio", "input-based", "output-based", "xi-linear", "xi-minmax"]

METHODS: Mapping[WeightMethod, Text] = {
    "eigenvector": Text("AHP (vektor eigen utama)", "AHP (principal eigenvector)"),
    "geometric-mean": Text("AHP (rata-rata geometrik baris)", "AHP (geometric mean of rows)"),
    "bwm-linear": Text("BWM (model linear)", "BWM (linear model)"),
    "bwm-minmax": Text("BWM (model minmaks semula)", "BWM (original minmax model)"),
}
GROUPINGS: Mapping[Grouping, Text] = {
    "aij": Text("penilaian digabung lebih dahulu (AIJ)", "judgements aggregated first (AIJ)"),
    "aip": Text("bobot setiap pakar digabung (AIP)", "weights of every expert aggregated (AIP)"),
}
TABLES: Mapping[RandomIndexTable, Text] = {
    "saaty-1980": Text("Saaty (1980)", "Saaty (1980)"),
    "saaty-2005": Text("Saaty (2005)", "Saaty (2005)"),
    "donegan-dodd": Text("Donegan & Dodd (1991)", "Donegan & Dodd (1991)"),
    "alonso-lamata": Text("Alonso & Lamata (2006)", "Alonso & Lamata (2006)"),
}
COMPLETIONS: Mapping[Completion, Text] = {
    "least-eigenvalue": Text(
        "perbandingan kosong diisi agar λmax terkecil (Bozóki et al. 2010)",
        "missing comparisons filled so that λmax is least (Bozóki et al. 2010)",
    ),
    "harker": Text("perbandingan kosong menurut Harker (1987)", "missing comparisons after Harker (1987)"),
}
MEASURES: Mapping[ConsistencyMeasure, Text] = {
    "consistency-ratio": Text("rasio konsistensi (CR)", "consistency ratio (CR)"),
    "input-based": Text("rasio konsistensi berbasis masukan", "input-based consistency ratio"),
    "output-based": Text("rasio konsistensi berbasis keluaran", "output-based consistency ratio"),
    "xi-linear": Text("xi model linear", "xi of the linear model"),
    "xi-minmax": Text("xi model minmaks", "xi of the minmax model"),
}


class ConsistencyEntry(Yaml):
    """One figure of consistency: of one expert, by code, or of the group where no expert is named.

    `limit` is the highest value that is accepted, `limit_source` who set it; `missing` counts comparisons not made.
    """

    expert: str | None = None
    measure: ConsistencyMeasure
    value: Number
    limit: Number | None = None
    limit_source: str | None = None
    missing: Annotated[int, Field(ge=1)] | None = None

    @property
    def acceptable(self) -> bool | None:
        """None where nobody set a limit."""
        return None if self.limit is None else self.value <= self.limit


def _tupled(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


class NodeWeights(Yaml):
    """The weights of all children of one node, how they came about, and how consistent the judgements were."""

    weights: Annotated[dict[str, Weight], Field(min_length=1)]
    method: WeightMethod | None = None
    group: Grouping | None = None
    experts: Annotated[int, Field(ge=1)] | None = None
    random_index: RandomIndexTable | None = None
    completion: Completion | None = None
    consistency: Annotated[tuple[ConsistencyEntry, ...], BeforeValidator(_tupled)] = ()

    @model_validator(mode="after")
    def _sum_to_one(self) -> NodeWeights:
        total = sum(self.weights.values(), Fraction())
        if total != 1:
            said = figure(total)
            raise Wrong(
                Text(f"Jumlah bobotnya {said.id}, bukan 1.", f"The weights sum to {said.en}, not to 1."),
                Text("Tulis bobot yang jumlahnya tepat 1.", "Write weights that sum to exactly 1."),
            )
        return self

    @property
    def verdicts(self) -> Mapping[str, bool]:
        """Whether every expert is consistent, by the first figure of each that has a limit."""
        found: dict[str, bool] = {}
        for one in self.consistency:
            if one.expert is not None and one.acceptable is not None:
                found.setdefault(one.expert, one.acceptable)
        return found


class WeightsFile(Yaml):
    """WEIGHTS.yaml: weights in place of a model's own. `digits` tells to how many decimals they were rounded.

    `parts_sha256` binds them to the parts that its nodes have; `model_sha256` is of the edition they were worked out
    with, and binds them where there is no other. They are never official.
    """

    id: Id
    model: str
    version: Version
    model_sha256: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")] | None = None
    parts_sha256: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")] | None = None
    basis: Literal["published", "derived", "ours"] = "ours"
    source: Words
    date: Day | None = None
    experts: Annotated[int, Field(ge=1)] | None = None
    digits: Annotated[int, Field(ge=1, le=12)] | None = None
    nodes: Annotated[dict[str, NodeWeights], Field(min_length=1)]


@dataclass(frozen=True, slots=True)
class Replaced:
    """The weights file whose weights took the place of a model's own; `sha256` is of its content."""

    file: WeightsFile
    sha256: str

    @property
    def id(self) -> str:
        return self.file.id


def figure(value: Fraction) -> Text:
    """An exact number with at most six decimals, as either language writes it."""
    digits = f"{float(value):.6f}".rstrip("0").rstrip(".")
    return Text(*(decimal(digits, language) for language in LANGUAGES))


def four_decimals(value: Fraction | float, language: Language) -> str:
    """A weight, or a figure of consistency, with four decimals."""
    return decimal(f"{float(value):.4f}", language)


def limit_text(value: Fraction | float, language: Language) -> str:
    """A limit of a figure of consistency, with two to four decimals: 0.10, 0.3044."""
    return decimal(f"{float(value):.4f}".removesuffix("00"), language)
