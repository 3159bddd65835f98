"""What a fact is. Rooms declare their own facts as frozen dataclasses that inherit from `Fact`."""

from __future__ import annotations

from dataclasses import fields
from enum import StrEnum
from typing import Any, ClassVar

from folkmoot.kit.errors import Refused


class Audience(StrEnum):
    """Who may read that something happened."""

    PUBLIC = "public"
    GROUP = "group"
    STEWARDS = "stewards"
    PERSON = "person"


class Fact:
    """Something that happened, as told by the room that owns it.

    A subclass is a frozen dataclass of JSON values (ids, numbers, codes, texts). It names its `kind`
    ("groups.joined": stable, it stands in the database), its `audience`, a `sentence` for people with
    `{actor}` and its own fields in braces, and in `personal` the fields that hold words about a person:
    these are kept apart, where they can be erased.
    """

    kind: ClassVar[str] = ""
    audience: ClassVar[Audience] = Audience.GROUP
    sentence: ClassVar[Any] = ""
    personal: ClassVar[frozenset[str]] = frozenset()

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        if not cls.kind:
            raise TypeError(f"{cls.__name__} has no kind.")
        if cls.kind in KINDS and KINDS[cls.kind].__qualname__ != cls.__qualname__:
            raise TypeError(f"Two facts are called {cls.kind}.")
        KINDS[cls.kind] = cls

    def public_payload(self) -> dict[str, Any]:
        """The fields that stay for ever."""
        return {f.name: getattr(self, f.name) for f in fields(self) if f.name not in self.personal}  # type: ignore[arg-type]

    def personal_payload(self) -> dict[str, Any]:
        """The fields that can be erased."""
        return {f.name: getattr(self, f.name) for f in fields(self) if f.name in self.personal}  # type: ignore[arg-type]


KINDS: dict[str, type[Fact]] = {}


def kind_named(kind: str) -> type[Fact]:
    """The fact class of a kind; Refused with code `unknown_fact` for a kind that no room tells any more."""
    try:
        return KINDS[kind]
    except KeyError:
        raise Refused(f"No room tells facts of the kind {kind}.", code="unknown_fact") from None
