"""Entries in words, for people who read history."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from folkmoot.ledger.actors import ActorKind
from folkmoot.ledger.facts import KINDS
from folkmoot.ledger.models import Entry


class _Values(dict[str, Any]):
    """What a sentence may name; what was erased, or is not told any more, is "someone" or "…"."""

    def __missing__(self, name: str) -> str:
        return "…"


@dataclass(frozen=True)
class Change:
    """A field with what stood in it and what stands there now, both as text."""

    field: str
    old: str
    new: str


def actor_words(entry: Entry, *, by_name: bool = True) -> str:
    """Who did it; needs the entry's `actor` at hand. People are "someone" where they are not to be named."""
    if entry.actor_kind == ActorKind.SYSTEM:
        return _("Folkmoot")
    if entry.actor_kind == ActorKind.MACHINE:
        return _("Someone at the command line")
    return (str(entry.actor) if by_name else "") or _("Someone")


def sentence(entry: Entry, *, names_actor: bool = True) -> str:
    """What happened in one sentence; needs the entry's `actor` and `detail` at hand.

    Words about a person that were erased are "someone". An entry of a kind that no room tells any more shows its kind.
    """
    fact = KINDS.get(entry.kind)
    if fact is None or not str(fact.sentence):
        return entry.kind
    words = _words(entry)
    values = _Values(dict.fromkeys(fact.personal, _("someone")) | dict(entry.payload) | dict(words))
    values["actor"] = actor_words(entry, by_name=names_actor)
    told = str(fact.sentence).format_map(_Values({name: isolated(value) for name, value in values.items()}))
    return told[:1].upper() + told[1:]


def isolated(value: object) -> object:
    """A text that runs from right to left, set apart so that it does not turn the sentence around it (UAX #9)."""
    if isinstance(value, str) and any(unicodedata.bidirectional(c) in ("R", "AL") for c in value):
        return f"\u2068{value}\u2069"
    return value


def changes(entry: Entry, *, with_personal: bool) -> list[Change]:
    """What changed field by field; personal fields only where asked for and not erased."""
    found: dict[str, Any] = dict(entry.changes)
    if with_personal and hasattr(entry, "detail"):
        found |= dict(entry.detail.changes)
    return [Change(field.replace("_", " "), _text(old), _text(new)) for field, (old, new) in sorted(found.items())]


def _words(entry: Entry) -> Mapping[str, Any]:
    words: Mapping[str, Any] = entry.detail.words if hasattr(entry, "detail") else {}
    return words


def _text(value: object) -> str:
    if value is None or value == "":
        return "–"
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return str(value)[:500]
