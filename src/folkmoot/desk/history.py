"""Entries as a page shows them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from folkmoot.desk.queries import PAGE
from folkmoot.ledger.models import Entry
from folkmoot.ledger.sentences import Change, actor_words, changes, sentence


@dataclass(frozen=True)
class Line:
    """One entry in words."""

    pk: int
    happened_at: datetime
    kind: str
    room: str
    actor: str
    words: str
    changes: Sequence[Change]
    request_id: str


@dataclass(frozen=True)
class Leaf:
    """A page of history, newest first; `older` is the number before which the next page begins, None at the end."""

    lines: Sequence[Line]
    older: int | None


def leaf_of(entries: QuerySet[Entry], *, before: str, with_personal: bool, names_actors: bool = True) -> Leaf:
    """The entries before a number, or the newest; what is no number counts as none. One query."""
    # A number that no entry can have would not fit the column of every database.
    if before.isascii() and before.isdigit() and len(before) <= 18:
        entries = entries.filter(pk__lt=int(before))
    found = list(entries[: PAGE + 1])
    older = found[PAGE - 1].pk if len(found) > PAGE else None
    lines = [line_of(entry, with_personal=with_personal, names_actor=names_actors) for entry in found[:PAGE]]
    return Leaf(lines, older)


def line_of(entry: Entry, *, with_personal: bool, names_actor: bool = True) -> Line:
    """An entry in words; needs its `actor` and `detail` at hand."""
    return Line(
        pk=entry.pk,
        happened_at=entry.happened_at,
        kind=entry.kind,
        room=entry.kind.partition(".")[0],
        actor=actor_words(entry, by_name=names_actor),
        words=sentence(entry, names_actor=names_actor),
        changes=changes(entry, with_personal=with_personal),
        request_id=entry.request_id,
    )
