"""Ratings by experts of the items of an instrument: what the validity of its content is computed from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Asked = Literal["relevance", "essential"]
LOWEST, HIGHEST = 1, 5
"""The scale of relevance."""


@dataclass(frozen=True, slots=True)
class Ratings:
    """What experts say of items, by item and expert: 1 to 5 for relevance, 1 or 0 for whether it is essential."""

    asked: Asked
    by_item: Mapping[str, Mapping[str, int]]

    @property
    def experts(self) -> tuple[str, ...]:
        return tuple(sorted({expert for ratings in self.by_item.values() for expert in ratings}))
