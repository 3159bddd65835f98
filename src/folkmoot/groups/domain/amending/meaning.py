"""What a change of a charter means: which objectives, roles, meetings and rules are others than before.

Works on readings, as they were confirmed, so that an answer given differently counts and a comma that the reader
does not mind does not.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Final

from folkmoot.groups.domain.amending.matching import out_of_order
from folkmoot.groups.domain.amending.model import MeaningChange
from folkmoot.groups.domain.amending.pieces import plain
from folkmoot.groups.domain.amending.wording import bag, likeness
from folkmoot.groups.domain.charter.dates import find_date

LIKE_ENOUGH: Final = 0.5

TOPICS: Final = (
    "objectives", "scope_in", "scope_out", "membership", "roles", "managers", "annual_activities", "decision_rules",
    "channels", "resources", "policies", "amendments", "links",
)  # fmt: skip
FIELDS: Final[Mapping[str, tuple[str, ...]]] = {
    "managers": ("role",),
    "annual_activities": ("quarter",),
    "decision_rules": ("rule",),
    "channels": ("platform", "url"),
    "resources": ("url",),
    "policies": ("policy", "url"),
    "amendments": ("date",),
    "links": ("url",),
}
MEETING_FIELDS: Final = (
    "name", "rrule", "first_date", "local_time", "zone", "duration_minutes", "cadence", "either_weekday", "zone_label",
)  # fmt: skip

Item = Mapping[str, Any]


def compared_meaning(old: Mapping[str, Any], new: Mapping[str, Any]) -> list[MeaningChange]:
    """Everything that is understood differently, topic by topic."""
    return list(_compared(old, new))


def matched_items(old: Sequence[Item], new: Sequence[Item]) -> dict[int, int]:
    """The places of the new items by those of the old: by name, by words, then by likeness."""
    if [_identity(one) for one in old] > [_identity(one) for one in new]:
        return dict(sorted((i, j) for j, i in matched_items(new, old).items()))
    pairs: dict[int, int] = {}
    keys: tuple[Callable[[Item], str], ...] = (_identity, _name, _text)
    for key in keys:
        for i, one in enumerate(old):
            wanted = key(one)
            if i in pairs or not wanted.strip("\n"):
                continue
            j = next((j for j, other in enumerate(new) if j not in pairs.values() and key(other) == wanted), None)
            if j is not None:
                pairs[i] = j
    scored = []
    for i, one in enumerate(old):
        for j, other in enumerate(new):
            if i not in pairs and j not in pairs.values():
                value = max(
                    likeness(bag(_identity(one)), bag(_identity(other))),
                    likeness(bag(_text(one)), bag(_text(other))),
                )
                if value >= LIKE_ENOUGH:
                    scored.append((-value, abs(i - j), i, j))
    for _score, _distance, i, j in sorted(scored):
        if i not in pairs and j not in pairs.values():
            pairs[i] = j
    return dict(sorted(pairs.items()))


def _compared(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[MeaningChange]:
    for field in ("title", "purpose"):
        if plain(old.get(field) or "") != plain(new.get(field) or ""):
            yield MeaningChange(topic=field, what="changed", field=field, old=old.get(field), new=new.get(field))
    for topic in TOPICS:
        yield from _items(topic, _of(old, topic), _of(new, topic))
    yield from _meetings(old.get("meetings") or [], new.get("meetings") or [])


def _of(reading: Mapping[str, Any], topic: str) -> list[Item]:
    if topic.startswith("scope_"):
        return (reading.get("scope") or {}).get(topic.removeprefix("scope_")) or []
    return reading.get(topic) or []


def _items(topic: str, old: Sequence[Item], new: Sequence[Item]) -> Iterator[MeaningChange]:
    pairs = matched_items(old, new)
    kept = sorted(pairs)
    places = [pairs[i] for i in kept]
    moved = {i for i in kept if pairs[i] in out_of_order(places)}
    if places != sorted(places) and [_identity(one) for one in old] > [_identity(one) for one in new]:
        back = {j: i for i, j in pairs.items()}
        moved = out_of_order([back[j] for j in sorted(back)])
    for i, one in enumerate(old):
        if i not in pairs:
            yield MeaningChange(
                topic=topic, what="removed", old_name=_label(one), old=_value(one), **_anchors(one, None)
            )
            continue
        other = new[pairs[i]]
        both: dict[str, Any] = {
            "topic": topic, "old_name": _label(one), "new_name": _label(other), **_anchors(one, other),
        }  # fmt: skip
        if _name(one) != _name(other):
            yield MeaningChange(what="renamed", old=one.get("name"), new=other.get("name"), **both)
        if plain(one.get("text") or "") != plain(other.get("text") or ""):
            yield MeaningChange(what="reworded", old=one.get("text"), new=other.get("text"), **both)
        for field in FIELDS.get(topic, ()):
            if (one.get(field) or None) != (other.get(field) or None):
                yield MeaningChange(what="changed", field=field, old=one.get(field), new=other.get(field), **both)
        if i in moved:
            yield MeaningChange(what="moved", old=i + 1, new=pairs[i] + 1, **both)
    taken = set(pairs.values())
    for j, other in enumerate(new):
        if j not in taken:
            yield MeaningChange(
                topic=topic, what="added", new_name=_label(other), new=_value(other), **_anchors(None, other)
            )


def matched_meetings(old: Sequence[Item], new: Sequence[Item]) -> dict[int, int]:
    """The places of the new meetings by those of the old: the same ones, those of the same name, then by order."""
    pairs: dict[int, int] = {}
    keys: tuple[Callable[[Item], Any], ...] = (
        lambda one: [one.get(field) for field in MEETING_FIELDS],
        lambda one: plain(one.get("name") or "").casefold() or None,
        lambda one: [one.get("rrule")] if one.get("rrule") else None,
        lambda one: "any",
    )
    for key in keys:
        for i, one in enumerate(old):
            if i in pairs or key(one) is None:
                continue
            j = next((j for j, other in enumerate(new) if j not in pairs.values() and key(other) == key(one)), None)
            if j is not None:
                pairs[i] = j
    return pairs


def _meetings(old: Sequence[Item], new: Sequence[Item]) -> Iterator[MeaningChange]:
    pairs = matched_meetings(old, new)
    for i, one in enumerate(old):
        if i not in pairs:
            yield MeaningChange(
                topic="meetings", what="removed", old_name=_meeting_label(one), old=dict(one), old_anchor=_clause(one)
            )
            continue
        other = new[pairs[i]]
        both: dict[str, Any] = {
            "topic": "meetings", "old_name": _meeting_label(one), "new_name": _meeting_label(other),
            "old_anchor": _clause(one), "new_anchor": _clause(other),
        }  # fmt: skip
        for field in MEETING_FIELDS:
            before, after = one.get(field), other.get(field)
            if field == "cadence" and _states_the_same_days(one, other):
                continue
            if isinstance(before, str) and isinstance(after, str):
                if plain(before) == plain(after):
                    continue
            elif (before or None) == (after or None):
                continue
            yield MeaningChange(what="changed", field=field, old=before, new=after, **both)
        rows = [[(plain(row["label"]), row["time"]) for row in meeting.get("table") or []] for meeting in (one, other)]
        if rows[0] != rows[1]:
            yield MeaningChange(what="changed", field="table", old=one.get("table"), new=other.get("table"), **both)
    taken = set(pairs.values())
    for j, other in enumerate(new):
        if j not in taken:
            yield MeaningChange(
                topic="meetings",
                what="added",
                new_name=_meeting_label(other),
                new=dict(other),
                new_anchor=_clause(other),
            )


def _states_the_same_days(one: Item, other: Item) -> bool:
    """Whether both have the same days and only write the first one in another way: "Jan 22 2025", "2025-01-22"."""
    settled = ("rrule", "first_date")
    if any(not one.get(field) or one.get(field) != other.get(field) for field in settled):
        return False
    return _without_date(one.get("cadence") or "") == _without_date(other.get("cadence") or "")


def _without_date(text: str) -> str:
    low = plain(text).casefold()
    found = find_date(low)
    return f"{low[: found.start]}{low[found.end :]}" if found is not None else low


def _name(one: Item) -> str:
    return plain(one.get("name") or "")


def _text(one: Item) -> str:
    return plain(one.get("text") or one.get("url") or "")


def _identity(one: Item) -> str:
    return f"{_name(one)}\n{_text(one)}"


def _label(one: Item) -> str:
    return str(one.get("name") or one.get("text") or one.get("url") or "")


def _value(one: Item) -> str:
    return str(one.get("text") or one.get("url") or one.get("name") or "")


def _meeting_label(one: Item) -> str:
    return str(one.get("name") or one.get("cadence") or "")


def _clause(one: Item) -> str:
    return str(one.get("clause_anchor") or "")


def _anchors(old: Item | None, new: Item | None) -> dict[str, str]:
    return {
        "old_anchor": str((old or {}).get("anchor") or ""),
        "new_anchor": str((new or {}).get("anchor") or ""),
    }
