"""Our own form of minutes: Markdown that reads well where it is shown, and is read back exactly.

The front matter holds what is one value (each as JSON, which YAML reads as well); then come sections in a fixed
order. The title and the line below it repeat the front matter for people.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, time
from typing import Final

from folkmoot.meetings.domain.minutes.escape import PARTS, block, inline, names, names_of, parts_of, plain_of, text_of
from folkmoot.meetings.domain.minutes.model import (
    NO_COUNTS,
    NO_NAMES,
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
)

FORM: Final = "folkmoot"
VERSION: Final = "minutes 1"
_FRONT: Final = (
    "title",
    "group",
    "status",
    "date",
    "until",
    "starts",
    "ends",
    "zone",
    "moderator",
    "scribe",
    "unnamed",
    "stated_count",
    "approved",
)
_SECTIONS: Final = ("Present", "Regrets", "Opening texts", "Agenda", "Decisions", "Actions", "Links")
_VOTES: Final[Mapping[str, str]] = {
    "approve": "In favour",
    "decline": "Against",
    "abstain": "Abstained",
    "absent": "Absent",
}
_BACK: Final = {words: side for side, words in _VOTES.items()}
_META: Final = re.compile(r"\*(?!\*)(.*)\*")
_NUMBER: Final = re.compile(r"\d+\. ?")
_LINK: Final = re.compile(r"\[((?:\\.|[^\\\]])*)\]\(<((?:\\.|[^\\>])*)>\)")


class Broken(Exception):
    """The text is not in our form, from this line on."""

    def __init__(self, line: int, words: str) -> None:
        super().__init__(words)
        self.line = line
        self.words = words


# Writing


def write_minutes(record: MinutesRecord) -> str:
    """The minutes as Markdown. `read_minutes` gives back the same record.

    Line numbers are not written; names in votes and the names or handles of people must not be empty.
    """
    rows = [*_front(record), ""]
    if record.title:
        rows += [f"# {inline(record.title)}", ""]
    if summary := _summary(record):
        rows += [f"*{summary}*", ""]
    for title, body in (
        ("Present", [f"- {_person(one)}" for one in record.present]),
        ("Regrets", [f"- {_person(one)}" for one in record.regrets]),
        ("Opening texts", list(_texts(record.texts))),
        ("Agenda", list(_items(record.items))),
        ("Decisions", list(_decisions(record.decisions))),
        ("Actions", [_action(one) for one in record.actions]),
        ("Links", [f"- [{inline(one.label)}](<{inline(one.url)}>)" for one in record.links]),
    ):
        if body:
            rows += [f"## {title}", "", *body, ""]
    return "\n".join(rows).rstrip("\n") + "\n"


def _front(record: MinutesRecord) -> Iterator[str]:
    yield "---"
    yield f"{FORM}: {VERSION}"
    for key in _FRONT:
        value = getattr(record, key)
        if value is None or value == "" or (key == "unnamed" and not value):
            continue
        yield f"{key}: {front_value(value)}"
    yield "---"


def front_value(value: object) -> str:
    """A value for the front matter: days and times bare, texts in quotes."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, time):
        return f'"{value.isoformat()}"' if value.second or value.microsecond else f'"{value:%H:%M}"'
    if isinstance(value, int):
        return str(value)
    return (
        json.dumps(value, ensure_ascii=False)
        .replace("\u2028", "\\u2028")
        .replace("\u2029", "\\u2029")
        .replace("\x85", "\\u0085")
        .replace("\x7f", "\\u007f")
        .replace("\ufeff", "\\ufeff")
    )


def _summary(record: MinutesRecord) -> str:
    told = []
    if record.date:
        told.append(f"{record.date:%A}, {record.date.day} {record.date:%B} {record.date:%Y}")
    if record.starts:
        times = f"{record.starts:%H:%M}" + (f" to {record.ends:%H:%M}" if record.ends else "")
        told.append(" ".join(filter(None, (times, inline(record.zone)))))
    if record.moderator:
        told.append(f"moderated by {inline(record.moderator)}")
    if record.scribe:
        told.append(f"minutes by {inline(record.scribe)}")
    if record.unnamed:
        told.append(f"and {record.unnamed} more without names")
    return PARTS.join(told)


def _person(one: ReadPerson) -> str:
    told = [inline(one.name)] if one.name else []
    if one.handle:
        told.append(f"@{inline(one.handle)}")
    if one.initials:
        told.append(f"({inline(one.initials)})")
    if one.affiliation:
        told.append(f"from {inline(one.affiliation)}")
    if one.role:
        told.append(f"as {inline(one.role)}")
    if one.guest:
        told.append("guest")
    return PARTS.join(told)


def _texts(texts: Sequence[OpeningText]) -> Iterator[str]:
    for place, one in enumerate(texts):
        if place:
            yield ""
        yield f"### {inline(one.title)}"
        if one.text:
            yield ""
            yield from block(one.text)


def _items(items: Sequence[ReadItem]) -> Iterator[str]:
    for number, one in enumerate(items, 1):
        if number > 1:
            yield ""
        yield f"### {number}. {inline(one.title)}".rstrip(" ")
        told = [f"kind {inline(one.kind)}"] if one.kind else []
        if one.minutes is not None:
            told.append(f"{one.minutes} minutes")
        if one.owner:
            told.append(f"with {inline(one.owner)}")
        if told:
            yield ""
            yield f"*{PARTS.join(told)}*"
        if one.notes:
            yield ""
            yield from block(one.notes)


def _decisions(decisions: Sequence[ReadDecision]) -> Iterator[str]:
    for number, one in enumerate(decisions, 1):
        if number > 1:
            yield ""
        yield f"### Decision {number}"
        yield ""
        yield from decision_rows(one.text, one.way, one.outcome, one.moved_by, one.seconded_by, one.counts, one.names)


def decision_rows(
    text: str, way: str, outcome: str, moved_by: str, seconded_by: str, counts: Counts, named: Names
) -> Iterator[str]:
    """A decision's text as a quotation, then what became of it and how, then its votes."""
    yield from quoted(text)
    told = [f"outcome {inline(outcome)}"] if outcome else []
    if way:
        told.append(f"by {inline(way)}")
    if moved_by:
        told.append(f"moved by {inline(moved_by)}")
    if seconded_by:
        told.append(f"seconded by {inline(seconded_by)}")
    if told:
        yield ""
        yield f"*{PARTS.join(told)}*"
    votes = []
    for side in SIDES:
        count, people = getattr(counts, side), getattr(named, side)
        if count is not None or people:
            votes.append(
                f"- {_VOTES[side]}"
                + (f": {count}" if count is not None else "")
                + (PARTS + names(people) if people else "")
            )
    if votes:
        yield ""
        yield from votes


def quoted(text: str) -> list[str]:
    """A text as a quotation, whatever is in it; of an empty one nothing."""
    if not text:
        return []
    rows = block(text)
    return rows if rows[0].startswith(">") else [f"> {row}" if row else ">" for row in rows]


def _action(one: ReadAction) -> str:
    told = [inline(one.text)]
    if one.owner:
        told.append(f"owner {inline(one.owner)}")
    if one.due is not None:
        told.append(f"due {one.due.isoformat()}")
    return f"- [{'x' if one.done else ' '}] {PARTS.join(told)}"


# Reading


def is_canonical(text: str) -> bool:
    """Whether a text says that it is in our form."""
    return text.startswith(f"---\n{FORM}: {VERSION}\n")


def read_canonical(text: str) -> MinutesRecord:
    """The record that `write_minutes` wrote. Raises `Broken` where the text is not in that form."""
    rows = text.split("\n")
    front, at = read_front(rows)
    values = _front_values(front)
    sections: dict[str, list[tuple[int, str]]] = {}
    current: list[tuple[int, str]] | None = None
    last = -1
    for number, row in enumerate(rows[at:], at + 1):
        if row.startswith("## "):
            name = row[3:]
            if name not in _SECTIONS or _SECTIONS.index(name) <= last:
                raise Broken(number, f"there is no section “{name}” at this place")
            last = _SECTIONS.index(name)
            current = sections.setdefault(name, [])
        elif current is not None:
            current.append((number, row))
        elif row.strip() and not row.startswith(("# ", "*")):
            raise Broken(number, "there is text above the first section")
    return MinutesRecord(
        **values,  # type: ignore[arg-type]
        present=tuple(_read_person(number, row) for number, row in _bullets(sections.get("Present", []))),
        regrets=tuple(_read_person(number, row) for number, row in _bullets(sections.get("Regrets", []))),
        texts=tuple(_read_text(*head, body) for head, body in _parts(sections.get("Opening texts", []))),
        items=tuple(_read_item(*head, body) for head, body in _parts(sections.get("Agenda", []))),
        decisions=tuple(_read_decision(*head, body) for head, body in _parts(sections.get("Decisions", []))),
        actions=tuple(_read_action(number, row) for number, row in _bullets(sections.get("Actions", []))),
        links=tuple(_read_link(number, row) for number, row in _bullets(sections.get("Links", []))),
    )


def read_front(rows: Sequence[str]) -> tuple[dict[str, tuple[int, str]], int]:
    """The values of the front matter as written, with their lines, and the place after it."""
    found: dict[str, tuple[int, str]] = {}
    for place, row in enumerate(rows[1:], 1):
        if row == "---":
            return found, place + 1
        key, colon, value = row.partition(": ")
        if not colon or key in found:
            raise Broken(place + 1, "the front matter has a line that is no value")
        found[key] = place + 1, value
    raise Broken(1, "the front matter has no end")


def value_of(number: int, written: str, kind: type) -> object:
    """A value of the front matter. Raises `Broken`."""
    try:
        if kind is date:
            return date.fromisoformat(written)
        if kind is int:
            return int(written)
        said = json.loads(written)
        if not isinstance(said, str):
            raise ValueError(said)
        return time.fromisoformat(said) if kind is time else said
    except ValueError:
        raise Broken(number, f"“{written[:40]}” is not a value that we know") from None


_KINDS: Final[Mapping[str, type]] = {
    "date": date,
    "until": date,
    "starts": time,
    "ends": time,
    "unnamed": int,
    "stated_count": int,
}


def _front_values(front: Mapping[str, tuple[int, str]]) -> dict[str, object]:
    values: dict[str, object] = {}
    for key, (number, written) in front.items():
        if key == FORM:
            continue
        if key not in _FRONT:
            raise Broken(number, f"there is no value called “{key}”")
        values[key] = value_of(number, written, _KINDS.get(key, str))
    return values


def _bullets(rows: Sequence[tuple[int, str]]) -> Iterator[tuple[int, str]]:
    for number, row in rows:
        if not row.strip():
            continue
        if not row.startswith("- "):
            raise Broken(number, "a line of the list does not begin with a dash")
        yield number, row[2:]


def _parts(rows: Sequence[tuple[int, str]]) -> Iterator[tuple[tuple[int, str], list[tuple[int, str]]]]:
    head: tuple[int, str] | None = None
    body: list[tuple[int, str]] = []
    for number, row in rows:
        if row.startswith("###"):
            if head is not None:
                yield head, body
            head, body = (number, row[3:].removeprefix(" ")), []
        elif head is not None:
            body.append((number, row))
        elif row.strip():
            raise Broken(number, "there is text above the first heading of the section")
    if head is not None:
        yield head, body


def _trimmed(body: Sequence[tuple[int, str]]) -> list[tuple[int, str]]:
    kept = list(body)
    while kept and not kept[0][1]:
        kept.pop(0)
    while kept and not kept[-1][1]:
        kept.pop()
    return kept


def _read_person(number: int, row: str) -> ReadPerson:
    said: dict[str, object] = {}
    for place, part in enumerate(parts_of(row)):
        if place == 0 and not part.startswith("@"):
            said["name"] = plain_of(part)
        elif part.startswith("@"):
            said["handle"] = plain_of(part[1:])
        elif part.startswith("(") and part.endswith(")"):
            said["initials"] = plain_of(part[1:-1])
        elif part.startswith("from "):
            said["affiliation"] = plain_of(part[5:])
        elif part.startswith("as "):
            said["role"] = plain_of(part[3:])
        elif part == "guest":
            said["guest"] = True
        else:
            raise Broken(number, f"“{part[:40]}” is no part of a person that we know")
    return ReadPerson(**{"name": "", **said}, line=number)  # type: ignore[arg-type]


def _read_text(number: int, title: str, body: Sequence[tuple[int, str]]) -> OpeningText:
    return OpeningText(plain_of(title), text_of([row for _, row in _trimmed(body)]))


def _read_item(number: int, title: str, body: Sequence[tuple[int, str]]) -> ReadItem:
    hit = _NUMBER.match(title)
    if hit is None:
        raise Broken(number, "a topic has no number")
    rows = _trimmed(body)
    said: dict[str, object] = {}
    if rows and (meta := _META.fullmatch(rows[0][1])):
        for part in parts_of(meta[1]):
            if part.startswith("kind "):
                said["kind"] = plain_of(part[5:])
            elif part.startswith("with "):
                said["owner"] = plain_of(part[5:])
            elif part.endswith(" minutes") and part[:-8].isdecimal():
                said["minutes"] = int(part[:-8])
            else:
                raise Broken(rows[0][0], f"“{part[:40]}” is no part of a topic that we know")
        rows = _trimmed(rows[1:])
    return ReadItem(plain_of(title[hit.end() :]), notes=text_of([row for _, row in rows]), line=number, **said)  # type: ignore[arg-type]


def _read_decision(number: int, title: str, body: Sequence[tuple[int, str]]) -> ReadDecision:
    return ReadDecision(**read_decision_rows(body), line=number)  # type: ignore[arg-type]


def read_decision_rows(body: Sequence[tuple[int, str]]) -> dict[str, object]:
    """What `decision_rows` wrote, by the names of the fields."""
    said: dict[str, object] = {}
    text: list[str] = []
    counts: dict[str, int] = {}
    people: dict[str, tuple[str, ...]] = {}
    for number, row in _trimmed(body):
        if row.startswith(">"):
            text.append(row)
        elif meta := _META.fullmatch(row):
            for part in parts_of(meta[1]):
                for words, key in (
                    ("outcome ", "outcome"),
                    ("by ", "way"),
                    ("moved by ", "moved_by"),
                    ("seconded by ", "seconded_by"),
                ):
                    if part.startswith(words):
                        said[key] = plain_of(part[len(words) :])
                        break
                else:
                    raise Broken(number, f"“{part[:40]}” is no part of a decision that we know")
        elif row.startswith("- "):
            head, _, named = row[2:].partition(PARTS)
            words, _, count = head.partition(": ")
            if words not in _BACK or (count and not count.isdecimal()):
                raise Broken(number, f"“{head[:40]}” is no side of a vote that we know")
            if count:
                counts[_BACK[words]] = int(count)
            if named:
                people[_BACK[words]] = names_of(named)
        elif row.strip():
            raise Broken(number, "there is a line in a decision that is no part of one")
    said["text"] = text_of(text) if text else ""
    said["counts"] = Counts(**counts) if counts else NO_COUNTS
    said["names"] = Names(**people) if people else NO_NAMES
    return said


def _read_action(number: int, row: str) -> ReadAction:
    if row[:4] not in ("[ ] ", "[x] "):
        raise Broken(number, "an action has no box")
    text, *rest = parts_of(row[4:])
    owner, due = "", None
    for part in rest:
        if part.startswith("owner "):
            owner = plain_of(part[6:])
        elif part.startswith("due "):
            said = value_of(number, part[4:], date)
            due = said if isinstance(said, date) else None
        else:
            raise Broken(number, f"“{part[:40]}” is no part of an action that we know")
    return ReadAction(plain_of(text), owner, due, row[1] == "x", number)


def _read_link(number: int, row: str) -> ReadLink:
    hit = _LINK.fullmatch(row)
    if hit is None:
        raise Broken(number, "a link has no address")
    return ReadLink(plain_of(hit[1]), plain_of(hit[2]), number)
