"""What everybody reads of minutes: a value that is checked, kept and shown as it is.

Nobody stands in it but in the words that were written: who was there is only counted.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

from folkmoot.meetings.domain.minutes import (
    MinutesRecord,
    OpeningText,
    ReadAction,
    ReadDecision,
    ReadItem,
    write_minutes,
)


@dataclass(frozen=True)
class PublicItem:
    """One item with its notes as Markdown. `under_rule` is one in which nobody may be recognised."""

    key: int
    title: str
    text: str
    under_rule: bool = False


@dataclass(frozen=True)
class PublicRevision:
    """What an item said until it was corrected on a day (ISO), and why it was."""

    key: int
    on: str
    title: str
    why: str
    before: str
    under_rule: bool = False


@dataclass(frozen=True)
class PublicMinutes:
    """Minutes as they are published. `day` is an ISO date, `starts` and `ends` are times on the wall in `zone`.

    `people` and `guests` count who was there, `held_back` the items that are for the group alone. `decisions` are
    labels with titles, `actions` titles of tasks, `opening` titles of the texts that were read out, `approved` the day
    of the approval.
    """

    title: str
    group: str
    day: str
    starts: str = ""
    ends: str = ""
    zone: str = ""
    people: int = 0
    guests: int = 0
    items: tuple[PublicItem, ...] = ()
    held_back: int = 0
    decisions: tuple[tuple[str, str], ...] = ()
    actions: tuple[str, ...] = ()
    opening: tuple[str, ...] = ()
    approved: str = ""
    revisions: tuple[PublicRevision, ...] = ()

    @property
    def under_rule(self) -> bool:
        """Whether anything in it may name nobody."""
        return any(item.under_rule for item in self.items)

    @property
    def date(self) -> dt.date:
        return dt.date.fromisoformat(self.day)

    @property
    def guarded(self) -> PublicMinutes:
        """That of it in which nobody may be recognised: all but the open items and their revisions."""
        return replace(
            self,
            items=tuple(item for item in self.items if item.under_rule),
            revisions=tuple(one for one in self.revisions if one.under_rule),
        )

    def corrected(self, item: PublicItem, revision: PublicRevision) -> PublicMinutes:
        """With another wording of one item, and what it said before among the revisions."""
        items = tuple(item if one.key == item.key else one for one in self.items)
        return replace(self, items=items, revisions=(*self.revisions, revision))


def as_json(public: PublicMinutes) -> dict[str, Any]:
    """As JSON values, to be kept."""
    return asdict(public)


def from_json(kept: Mapping[str, Any]) -> PublicMinutes:
    """As it was kept; ValueError for anything else."""
    try:
        return PublicMinutes(
            **{
                **kept,
                "items": tuple(PublicItem(**one) for one in kept.get("items", ())),
                "revisions": tuple(PublicRevision(**one) for one in kept.get("revisions", ())),
                "decisions": tuple((label, title) for label, title in kept.get("decisions", ())),
                "actions": tuple(kept.get("actions", ())),
                "opening": tuple(kept.get("opening", ())),
            }
        )
    except TypeError:
        raise ValueError("These are no published minutes.") from None


def found_by(public: PublicMinutes) -> str:
    """The words by which published minutes are found, as plain text: what holds now, without what was corrected."""
    parts = [part for item in public.items for part in (item.title, item.text)]
    parts += [f"{label} {title}" for label, title in public.decisions]
    return "\n".join(filter(None, [*parts, *public.actions, *public.opening]))


def as_markdown(public: PublicMinutes, *, corrections: str) -> str:
    """As a file in our own form of minutes; `corrections` is the heading under which revisions stand."""
    return write_minutes(as_record(public, corrections=corrections))


def as_record(public: PublicMinutes, *, corrections: str) -> MinutesRecord:
    """As a record of minutes that is written like any other."""
    items = [ReadItem(title=item.title, notes=item.text) for item in public.items]
    if public.revisions:
        lines = [f"- {one.on}, {one.title}: {one.why}\n\n  > {_quoted(one.before)}" for one in public.revisions]
        items.append(ReadItem(title=corrections, notes="\n".join(lines)))
    return MinutesRecord(
        title=public.title,
        group=public.group,
        status="approved",
        date=public.date,
        starts=dt.time.fromisoformat(public.starts) if public.starts else None,
        ends=dt.time.fromisoformat(public.ends) if public.ends else None,
        zone=public.zone,
        unnamed=public.people + public.guests,
        texts=tuple(OpeningText(title, "") for title in public.opening),
        items=tuple(items),
        decisions=tuple(ReadDecision(text=f"{label} {title}") for label, title in public.decisions),
        actions=tuple(ReadAction(text=title) for title in public.actions),
        approved=public.approved,
    )


def _quoted(text: str) -> str:
    return text.replace("\n", "\n  > ")
