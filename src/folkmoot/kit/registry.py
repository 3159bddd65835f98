"""Named things that rooms offer and a lower room asks for: menu lines, panels, words of the charter."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True)
class Entry(Generic[T]):
    """One thing in a registry, with the name it goes by and its place in line."""

    name: str
    item: T
    order: int
    by: str
    """Who put it there: the module of a class or function, or what the caller said."""


class Registry(Generic[T]):
    """Things of one type by name, in a settled order: by `order`, then by name.

    Filled while the program starts and only read afterwards. `what` says in a word or two what it holds, for
    messages and for `describe`.
    """

    def __init__(self, what: str) -> None:
        self.what = what
        self._entries: dict[str, Entry[T]] = {}
        self._in_order: tuple[Entry[T], ...] | None = None

    def register(self, name: str, item: T, *, order: int = 100, by: str = "") -> T:
        """Add a thing and hand it back. Raises `ValueError` for a name that is empty or taken."""
        if not name:
            raise ValueError(f"a {self.what} needs a name")
        if name in self._entries:
            holder = self._entries[name].by or "someone else"
            raise ValueError(f"the {self.what} {name!r} is already registered by {holder}")
        source = by or getattr(item, "__module__", "")
        self._entries[name] = Entry(name, item, order, str(source))
        self._in_order = None
        return item

    def entries(self) -> tuple[Entry[T], ...]:
        if self._in_order is None:
            self._in_order = tuple(sorted(self._entries.values(), key=lambda entry: (entry.order, entry.name)))
        return self._in_order

    def get(self, name: str) -> T | None:
        entry = self._entries.get(name)
        return None if entry is None else entry.item

    def __getitem__(self, name: str) -> T:
        try:
            return self._entries[name].item
        except KeyError:
            known = ", ".join(sorted(self._entries)) or "none"
            raise KeyError(f"there is no {self.what} {name!r}; there are: {known}") from None

    def __contains__(self, name: object) -> bool:
        return name in self._entries

    def __iter__(self) -> Iterator[T]:
        return (entry.item for entry in self.entries())

    def __len__(self) -> int:
        return len(self._entries)

    def describe(self) -> list[tuple[str, int, str]]:
        """Name, order and origin of everything in it, in order: what a person wants to see listed."""
        return [(entry.name, entry.order, entry.by) for entry in self.entries()]
