"""The present state of an open study as it is asked for: office by office, so that memory does not grow with them."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any, overload

from gscm.study.log import Conflict, Entry, Key, Present, present
from gscm.study.store import Store


def standing(store: Store) -> Present:
    """What holds now in the study, read when it is asked for; the same values as `present(store.log())`."""
    offices = _Offices(store)
    return _Standing(_Entries(offices), _Conflicts(offices), _Heads(offices))


class _Offices:
    """The present state of one office after the other; the last one asked for is kept."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.last: tuple[str, Present] | None = None

    def of(self, office: str) -> Present:
        if self.last is None or self.last[0] != office:
            self.last = office, present(self.store.log(office))
        return self.last[1]

    def each(self) -> Iterator[Present]:
        for office in self.store.answering():
            yield self.of(office)


class _Standing(Present):
    """A present state that reads the log anew for the keys that it is asked for."""

    def of(self, keys: Collection[Key]) -> Present:
        assert isinstance(self.entries, _Entries)
        return present(self.entries.offices.store.entries_of(keys))


class _Lazy(Mapping[Key, Any]):
    def __init__(self, offices: _Offices) -> None:
        self.offices = offices

    @abstractmethod
    def part(self, state: Present) -> Mapping[Key, Any]:
        """What is asked of the present state of one office."""

    def __getitem__(self, key: Key) -> Any:
        return self.part(self.offices.of(key.office))[key]

    def __iter__(self) -> Iterator[Key]:
        return (key for state in self.offices.each() for key in self.part(state))

    def __len__(self) -> int:
        return sum(len(self.part(state)) for state in self.offices.each())


class _Entries(_Lazy):
    def part(self, state: Present) -> Mapping[Key, Entry]:
        return state.entries


class _Heads(_Lazy):
    def part(self, state: Present) -> Mapping[Key, tuple[str, ...]]:
        return state.heads


class _Conflicts(Sequence[Conflict]):
    """Read once, when first asked for: there are few."""

    def __init__(self, offices: _Offices) -> None:
        self.offices = offices
        self.found: tuple[Conflict, ...] | None = None

    def _all(self) -> tuple[Conflict, ...]:
        if self.found is None:
            self.found = tuple(one for state in self.offices.each() for one in state.conflicts)
        return self.found

    @overload
    def __getitem__(self, index: int) -> Conflict: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Conflict]: ...
    def __getitem__(self, index: int | slice) -> Conflict | Sequence[Conflict]:
        return self._all()[index]

    def __len__(self) -> int:
        return len(self._all())
