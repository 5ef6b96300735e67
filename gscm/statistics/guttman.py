"""Guttman scaling of staged yes-or-no items: reproducibility under a named way of counting errors, and scalability."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np

from gscm.i18n import Text
from gscm.statistics.figure import ITEMS, RESPONDENTS, Figure, Method, few, need
from gscm.statistics.matrix import Array, Values, complete_rows, matrix, present

ErrorConvention = Literal["goodenough-edwards", "cornell", "bernard"]
Order = Literal["popularity", "given"]

NAME = Text("koefisien reprodusibilitas Guttman", "Guttman's coefficient of reproducibility")


@dataclass(frozen=True, slots=True, kw_only=True)
class GuttmanScale(Figure):
    """n counts respondents. Reproducibility is held to 0.90, scalability to 0.60.

    `minimal_marginal` is the reproducibility that the items reach by their shares alone, `improvement` what the scale
    adds to it, and `scalability` that over what could be added: None where nothing could.
    """

    reproducibility: float
    errors: int
    responses: int
    minimal_marginal: float
    improvement: float
    scalability: float | None
    order: tuple[int, ...]
    """The columns from easy to hard, from 0."""


def _goodenough_edwards(answers: Array) -> Array:
    """Answers that differ from the pattern which the respondent's number of passes predicts."""
    passed = answers.sum(axis=1, keepdims=True)
    predicted = np.arange(answers.shape[1]) < passed
    wrong: Array = (answers != predicted).sum(axis=1)
    return wrong


def _cornell(answers: Array) -> Array:
    """The fewest answers to change so that some scale pattern comes out."""
    items = np.arange(answers.shape[1])
    patterns = items < np.arange(answers.shape[1] + 1)[:, None]
    fewest: Array = (answers[:, None, :] != patterns).sum(axis=2).min(axis=1)
    return fewest


def _bernard(answers: Array) -> Array:
    """Failed items that are easier than the hardest one passed."""
    harder = np.cumsum(answers[:, ::-1], axis=1)[:, ::-1] - answers
    failed: Array = ((answers == 0) & (harder > 0)).sum(axis=1)
    return failed


ERRORS: dict[ErrorConvention, tuple[Callable[[Array], Array], Text, str]] = {
    "goodenough-edwards": (
        _goodenough_edwards,
        Text(
            "galat Goodenough–Edwards: jawaban yang berbeda dari pola menurut jumlah lulus",
            "errors of Goodenough–Edwards: answers that differ from the pattern of the number passed",
        ),
        "Edwards 1957",
    ),
    "cornell": (
        _cornell,
        Text(
            "galat minimum (Cornell): jawaban paling sedikit yang harus diubah menjadi pola skala",
            "minimum errors (Cornell): the fewest answers to change into a scale pattern",
        ),
        "Guttman 1947",
    ),
    "bernard": (
        _bernard,
        Text(
            "galat menurut Bernard: butir gagal yang lebih mudah daripada butir tersulit yang lulus",
            "errors after Bernard: failed items easier than the hardest one passed",
        ),
        "Bernard 2006",
    ),
}
_ORDERS: dict[Order, Text] = {
    "popularity": Text("butir diurutkan dari yang paling banyak lulus", "items in the order of how many passed"),
    "given": Text("butir menurut urutan yang diberikan", "items in the order given"),
}


def guttman_scale(
    answers: Values, convention: ErrorConvention = "goodenough-edwards", order: Order = "popularity"
) -> GuttmanScale:
    """Reproducibility of 0/1 answers, shape (respondents, items): 1 − errors / responses, errors as named.

    `order` "given" takes the columns as easy to hard, such as the stages of a model; items that equally many passed
    keep the order given. Respondents with a missing answer do not count. Refused with fewer than two items or
    respondents. n < 30 is a caution, and so is any item that more than 90 % answer alike, for it inflates the figure.
    """
    table = complete_rows(present(NAME, matrix(answers)))
    n, k = table.shape
    need(NAME, k, 2, ITEMS)
    need(NAME, n, 2, RESPONDENTS)
    if not np.isin(table, (0.0, 1.0)).all():
        raise ValueError("an answer is neither 0 nor 1")
    shares = table.mean(axis=0)
    columns = np.argsort(-shares, kind="stable") if order == "popularity" else np.arange(k)
    count, said, source = ERRORS[convention]
    modal = np.maximum(shares, 1 - shares)
    return _scale(
        errors=int(count(table[:, columns]).sum()),
        responses=table.size,
        marginal=float(modal.mean()),
        n=n,
        method=Method(
            NAME,
            Text(f"{said.id}; {_ORDERS[order].id}", f"{said.en}; {_ORDERS[order].en}"),
            (source, "Menzel 1953"),
        ),
        cautions=few(n) + ((_EXTREME,) if float(modal.max()) > 0.9 else ()),
        order=tuple(int(column) for column in columns),
    )


_EXTREME = Text(
    "Ada butir yang dijawab sama oleh lebih dari 90% responden; koefisien reprodusibilitas terdongkrak karenanya.",
    "Some item is answered alike by more than 90% of respondents, which inflates reproducibility.",
)
_COUNTED = Method(
    NAME,
    Text("jumlah galat seperti yang diberikan", "the number of errors as given"),
    ("Guttman 1947", "Menzel 1953"),
)


def guttman_of_counts(errors: int, respondents: int, items: int, minimal_marginal: float) -> GuttmanScale:
    """The same coefficients where the errors have been counted already, as in a printed table."""
    need(NAME, respondents * items, 1, Text("jawaban", "answers"))
    return _scale(
        errors=errors,
        responses=respondents * items,
        marginal=minimal_marginal,
        n=respondents,
        method=_COUNTED,
        cautions=few(respondents),
        order=tuple(range(items)),
    )


def _scale(
    *,
    errors: int,
    responses: int,
    marginal: float,
    n: int,
    method: Method,
    cautions: tuple[Text, ...],
    order: tuple[int, ...],
) -> GuttmanScale:
    reproducibility = 1 - errors / responses
    improvement = reproducibility - marginal
    return GuttmanScale(
        n=n,
        method=method,
        cautions=cautions,
        reproducibility=reproducibility,
        errors=errors,
        responses=responses,
        minimal_marginal=marginal,
        improvement=improvement,
        scalability=improvement / (1 - marginal) if marginal < 1 else None,
        order=order,
    )
