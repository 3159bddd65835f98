"""What minutes say as values to be kept, with a number wherever a name stood; and back again.

The names are kept beside them, so that those of one person can be taken out without touching the rest.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from datetime import date, time
from typing import Any, Final

from folkmoot.meetings.domain.minutes.model import (
    SIDES,
    Counts,
    MinutesRecord,
    Names,
    OpeningText,
    ReadAction,
    ReadDecision,
    ReadItem,
    ReadLink,
    ReadPerson,
    Resolution,
)
from folkmoot.meetings.domain.minutes.naming import key_in, name_key
from folkmoot.meetings.domain.minutes.people import is_placeholder, split_list

NOBODY: Final = "…"
"""What stands for a name that was taken out."""
_PLAIN: Final = ("title", "group", "status", "zone", "unnamed", "stated_count", "approved")
_DAYS: Final = ("date", "until")
_TIMES: Final = ("starts", "ends")

Said = list[str | int]
"""A text in pieces: words, and the numbers of names."""


@dataclass(frozen=True, slots=True)
class KeptName:
    """A name as it stood somewhere. `key` is by what `match_names` knows whom it means; it is not kept."""

    name: str = ""
    handle: str = ""
    affiliation: str = ""
    initials: str = ""
    key: str = ""

    @property
    def is_nobody(self) -> bool:
        """Whether its words were taken out."""
        return not (self.name or self.handle)

    @property
    def by_itself(self) -> bool:
        """Whether it means the same wherever it stands, as initials do not."""
        return self.key == name_key(self.name, self.handle)


@dataclass(frozen=True, slots=True)
class Kept:
    """Values that JSON can hold, and the names that their numbers stand for."""

    values: dict[str, Any]
    names: tuple[KeptName, ...]


class _Names:
    """Names as they are met, each given a number."""

    def __init__(self, record: MinutesRecord) -> None:
        self.record = record
        self.found: dict[KeptName, int] = {}

    def number(self, name: KeptName) -> int:
        return self.found.setdefault(name, len(self.found))

    def person(self, one: ReadPerson) -> dict[str, Any]:
        key = name_key(one.name, one.handle)
        who = self.number(KeptName(one.name, one.handle, one.affiliation, one.initials, key))
        return {"who": who, "role": one.role, "guest": one.guest}

    def whole(self, name: str) -> int:
        """The number of a text that is one name altogether."""
        return self.number(KeptName(name, key=key_in(self.record, name)))

    def said(self, text: str) -> Said:
        """A text in which names stand, in pieces."""
        pieces: Said = []
        rest = text
        for name in split_list(text):
            if is_placeholder(name) or not name or name not in rest:
                continue
            before, _, rest = rest.partition(name)
            pieces += [*([before] if before else []), self.whole(name)]
        return [*pieces, rest] if rest else pieces


# Taking apart


def kept_of(record: MinutesRecord) -> Kept:
    """The minutes of one meeting as values and names; `record_of` gives back the same, but for numbers of lines."""
    names = _Names(record)
    values: dict[str, Any] = {key: getattr(record, key) for key in _PLAIN}
    for key in (*_DAYS, *_TIMES):
        value = getattr(record, key)
        values[key] = value.isoformat() if value is not None else None
    values |= {
        "present": [names.person(one) for one in record.present],
        "regrets": [names.person(one) for one in record.regrets],
        "moderator": names.said(record.moderator),
        "scribe": names.said(record.scribe),
        "texts": [asdict(one) for one in record.texts],
        "items": [
            {
                "title": one.title,
                "notes": one.notes,
                "minutes": one.minutes,
                "kind": one.kind,
                "owner": names.said(one.owner),
            }
            for one in record.items
        ],
        "decisions": [_decision(one, names) for one in record.decisions],
        "actions": [
            {
                "text": one.text,
                "owner": names.said(one.owner),
                "due": one.due.isoformat() if one.due else None,
                "done": one.done,
            }
            for one in record.actions
        ],
        "links": [{"label": one.label, "url": one.url} for one in record.links],
    }
    return Kept(values, tuple(names.found))


def kept_of_resolution(one: Resolution) -> Kept:
    """The same of a resolution; `resolution_of` gives it back."""
    names = _Names(MinutesRecord())
    decision = ReadDecision(one.text, one.way, one.outcome, one.counts, one.names, one.moved_by, one.seconded_by)
    values = {
        "number": one.number,
        "year": one.year,
        "title": one.title,
        "status": one.status,
        "decided": one.decided.isoformat() if one.decided else None,
        **_decision(decision, names),
    }
    return Kept(values, tuple(names.found))


def _decision(one: ReadDecision, names: _Names) -> dict[str, Any]:
    return {
        "text": one.text,
        "way": one.way,
        "outcome": one.outcome,
        "counts": {side: getattr(one.counts, side) for side in SIDES},
        "names": {side: [names.whole(name) for name in getattr(one.names, side)] for side in SIDES},
        "moved_by": names.said(one.moved_by),
        "seconded_by": names.said(one.seconded_by),
    }


# Putting together


def record_of(values: Mapping[str, Any], names: Sequence[KeptName]) -> MinutesRecord:
    """The minutes again. Where somebody's words were taken out of `names` they are counted, and named nowhere."""
    present, gone = _people(values["present"], names)
    regrets, _ = _people(values["regrets"], names)
    plain: dict[str, Any] = {**{key: values[key] for key in _PLAIN}, "unnamed": values["unnamed"] + gone}
    plain |= {key: date.fromisoformat(values[key]) if values[key] else None for key in _DAYS}
    plain |= {key: time.fromisoformat(values[key]) if values[key] else None for key in _TIMES}
    return MinutesRecord(
        **plain,
        present=tuple(present),
        regrets=tuple(regrets),
        moderator=_text(values["moderator"], names),
        scribe=_text(values["scribe"], names),
        texts=tuple(OpeningText(**one) for one in values["texts"]),
        items=tuple(
            ReadItem(one["title"], one["minutes"], one["kind"], _text(one["owner"], names), one["notes"])
            for one in values["items"]
        ),
        decisions=tuple(_decision_of(one, names) for one in values["decisions"]),
        actions=tuple(
            ReadAction(
                one["text"],
                _text(one["owner"], names),
                date.fromisoformat(one["due"]) if one["due"] else None,
                one["done"],
            )
            for one in values["actions"]
        ),
        links=tuple(ReadLink(one["label"], one["url"]) for one in values["links"]),
    )


def resolution_of(values: Mapping[str, Any], names: Sequence[KeptName]) -> Resolution:
    """The resolution again."""
    one = _decision_of(values, names)
    return Resolution(
        number=values["number"],
        year=values["year"],
        title=values["title"],
        text=one.text,
        status=values["status"],
        way=one.way,
        outcome=one.outcome,
        decided=date.fromisoformat(values["decided"]) if values["decided"] else None,
        counts=one.counts,
        names=one.names,
        moved_by=one.moved_by,
        seconded_by=one.seconded_by,
    )


def _decision_of(one: Mapping[str, Any], names: Sequence[KeptName]) -> ReadDecision:
    return ReadDecision(
        text=one["text"],
        way=one["way"],
        outcome=one["outcome"],
        counts=Counts(**one["counts"]),
        names=Names(**{side: tuple(_text([number], names) for number in one["names"][side]) for side in SIDES}),
        moved_by=_text(one["moved_by"], names),
        seconded_by=_text(one["seconded_by"], names),
    )


def _people(rows: Sequence[Mapping[str, Any]], names: Sequence[KeptName]) -> tuple[list[ReadPerson], int]:
    found = []
    for row in rows:
        name = names[row["who"]]
        if not name.is_nobody:
            found.append(ReadPerson(name.name, name.handle, name.affiliation, row["role"], row["guest"], name.initials))
    return found, len(rows) - len(found)


def _text(pieces: Said, names: Sequence[KeptName]) -> str:
    return "".join(piece if isinstance(piece, str) else names[piece].name or NOBODY for piece in pieces)


# What cannot be kept


def cannot_be_kept(one: MinutesRecord | Resolution) -> bool:
    """Whether there are characters in it that a database refuses."""
    return any("\x00" in text or (not text.isprintable() and _is_broken(text)) for text in _texts(one))


def _is_broken(text: str) -> bool:
    return any("\ud800" <= char <= "\udfff" for char in text)


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for one in value:
            yield from _texts(one)
    elif hasattr(value, "__dataclass_fields__"):
        for field in fields(value):  # type: ignore[arg-type]
            yield from _texts(getattr(value, field.name))
