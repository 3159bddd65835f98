"""Lists of people: bullets with people below groups, lines of names, names parted by commas."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from folkmoot.meetings.domain.minutes.extents import at_colon
from folkmoot.meetings.domain.minutes.gathered import TOTALS, Gathered
from folkmoot.meetings.domain.minutes.lexicon import ELSEWHERE, ROLES
from folkmoot.meetings.domain.minutes.lines import Line
from folkmoot.meetings.domain.minutes.marks import after_initials, is_firm
from folkmoot.meetings.domain.minutes.people import (
    is_placeholder,
    looks_like_a_name,
    more_people,
    split_list,
)
from folkmoot.meetings.domain.minutes.plain import plain
from folkmoot.meetings.domain.minutes.tables import read_table
from folkmoot.meetings.domain.minutes.words import Standing, asks_to_write, label_words, role_of, standing_of

_BOXES: Final = re.compile(r"\[([ xX✓✔])\]\s*([^\[\]]{2,80})")
_STRUCK: Final = re.compile(r"^~~([^~]{1,200})~~$")
_MARKED: Final = re.compile(
    r"^(?P<who>[^:–—]{2,80}?)(?::|\s[-–—])\s*"
    r"(?:(?P<here>present|here|attended|attending|in attendance)"
    r"|(?P<away>absent|excused|regrets|apologies|not present))"
    r"\s*(?P<more>\([^()]{1,60}\))?\.?$",
    re.IGNORECASE,
)
"""A person with the word for whether they were there: "Ada Example: present (remote)"."""
_LETTER_FIRST: Final = re.compile(r"[AELNPRXY]\s+\S")
_LETTER_LAST: Final = re.compile(r"\w\s+\w\S*\s+[ANPXY]$")
_IN_BRACKETS: Final = re.compile(r"\([^()]*\)|\[[^\[\]]*\](?:\([^()]*\))?")


def read_value(value: str, line: Line, standing: Standing, into: Gathered, role: str = "") -> None:
    """Take the people of a line, parted by commas, bars or line ends."""
    into.claimed.add(line.number)
    boxes = _BOXES.findall(value)
    if len(boxes) >= 2:
        for mark, name in boxes:
            if mark.strip():
                into.entry(name.strip(" ,;"), line, standing, role)
            else:
                into.tell("not_ticked", line.number, name=name.strip(" ,;"))
        return
    parts = split_list(value)
    if ";" in value and len(parts) > 1 and all("," in part for part in parts[:-1]):
        parts = [_with_title(part) for part in parts]
    if len(parts) == 1 and value.count(" / ") >= 3:
        parts = [part.strip() for part in value.split(" / ") if part.strip()]
    if (
        len(parts) == 1
        and "@" not in value
        and len(words := value.split()) > 6
        and all(one[:1].isupper() for one in words)
    ):
        into.tell("commas_unclear", line.number, text=value)
    if len(parts) == 2 and "," in value and _is_role(parts[1]):
        parts = [f"{parts[0]} ({parts[1]})"]
    if value.rstrip().endswith(("...", "…")) and standing != "absent":
        into.tell("unnamed_unclear", line.number, text="…")
    for part in parts:
        inner = re.match(r"^([A-Za-z][\w '-]{2,40}):\s+(\S.*)$", part)
        if inner and (sub := standing_of(inner[1], weak=True)):
            standing, part = sub, inner[2]
        into.entry(part, line, standing, role)


def _with_title(part: str) -> str:
    """`Ada Example, Director, Chair` in a list that is parted by semicolons, with the rest in brackets."""
    name, _, rest = part.partition(",")
    return f"{name} ({rest.strip()})" if len(name.split()) > 1 and "(" not in part else part


def read_lines(lines: Sequence[Line], standing: Standing, into: Gathered, role: str = "") -> None:
    """Take the people of the lines below a label."""
    rows = [line for line in lines if line.kind == "row"]
    if rows:
        read_table(rows, standing, into, role)
    entries = [line for line in lines if line.kind in ("bullet", "text") and line.plain]
    if not entries:
        return
    least = min(line.indent for line in entries)
    listed = entries[0].kind == "bullet"
    owned = _owned(entries)
    commas = _comma_style(entries)
    if commas == "affiliation" and _may_be_two_each(entries):
        into.tell("commas_unclear", entries[0].number, text=entries[0].plain)
    ticked = [line.checked for line in entries if line.checked is not None]
    if ticked and not any(ticked):
        into.tell("nobody_ticked", entries[0].number)
    last = sum(bool(_LETTER_LAST.search(line.plain)) for line in entries)
    if len(entries) > 1 and (last > 1 or all(_LETTER_FIRST.match(line.plain) for line in entries)):
        into.tell("key_of_signs", entries[0].number, text=entries[0].plain)
    current, current_role, affiliation, prose = standing, role, "", False
    for place, line in enumerate(entries):
        if line.indent == least:
            affiliation = ""
        if asks_to_write(line.plain) and not _names_somebody(line.plain):
            into.claimed.add(line.number)
            into.tell("instruction", line.number, text=line.plain)
            continue
        if struck := _STRUCK.match(line.text.strip()):
            into.claimed.add(line.number)
            into.tell("struck_out", line.number, name=plain(struck[1]))
            continue
        if place in owned:
            group = line.plain.rstrip(": ")
            sub = standing_of(group, weak=True)
            into.claimed.add(line.number)
            if set(label_words(group).split()) & ELSEWHERE:
                into.tell("listed_elsewhere", line.number, text=group)
            if sub or line.indent == least:
                current, current_role = sub or standing, role
            if sub is None and role_of(group) is None:
                affiliation = group
            continue
        if (marked := _MARKED.match(line.plain)) and looks_like_a_name(_IN_BRACKETS.sub("", marked["who"])):
            who = f"{marked['who']} {marked['more'] or ''}"
            into.entry(who, line, "present" if marked["here"] else "absent", current_role)
            continue
        if _labelled(line, current, current_role, into):
            continue
        if line.checked is False and current != "absent":
            if any(ticked):
                into.claimed.add(line.number)
                into.tell("not_ticked", line.number, name=line.plain)
            continue
        below = (
            line.kind == "text" and listed and line.indent > least and not entries[place - 1].plain.endswith((",", ";"))
        )
        if (below or (line.indent > least + 1 and line.kind == "bullet")) and not _below_group(entries, place, owned):
            into.tell("nested_people", line.number, text=_parent(entries, place))
            continue
        if line.kind == "text" and len(line.plain.split()) > 12 and not _names_somebody(line.plain):
            prose = True
        if prose and line.kind == "text" and not _names_somebody(line.plain):
            continue
        besides = bool(rows) or (listed and line.indent <= least and bool(at_colon(line.plain)[1]))
        if line.kind == "text" and besides:
            into.tell("line_not_a_person", line.number, text=line.plain)
            continue
        sub = standing_of(line.plain) if line.kind == "text" and len(line.plain.split()) <= 4 else None
        if sub is not None:
            current = sub
            into.claimed.add(line.number)
            continue
        _one(line, current, current_role, affiliation, commas, len(entries), into)


def _labelled(line: Line, standing: Standing, role: str, into: Gathered) -> bool:
    """A line within a list that has a label of its own: "Others: Ada, Ben", "Scribe: Cleo", "Labs: Ada, Ben"."""
    label, after = at_colon(line.plain)
    value = (after or "").strip()
    if not value or value.startswith("//") or len(label) > 50:
        return False
    if value.isdigit():
        if len(value) < 5 and label_words(label) in TOTALS and standing != "absent":
            into.stated.append((int(value), line.number))
        else:
            into.tell("line_not_a_person", line.number, text=line.plain)
        return True
    if set(label_words(label).split()) & ELSEWHERE and standing != "absent":
        into.claimed.add(line.number)
        into.tell("listed_elsewhere", line.number, text=line.plain)
        return True
    sub = standing_of(label, weak=True)
    kind = role_of(label)
    if sub is not None and kind is None:
        if label_words(value) not in ("", "none") and not is_placeholder(value):
            read_value(value, line, sub, into, role)
        into.claimed.add(line.number)
        return True
    if kind is not None:
        said = re.sub(r"s$", "", label_words(label))
        parts = split_list(value)
        if len(parts) == 2 and (is_firm(parts[1]) or value.count(" | ") == 1):
            parts = [f"{parts[0]} ({parts[1]})"]
        for part in parts:
            into.entry(part, line, standing, said)
        into.names_role(
            kind,
            [_IN_BRACKETS.sub("", part).strip(" @") for part in parts if not is_placeholder(part)],
            line.number,
        )
        into.claimed.add(line.number)
        return True
    parts = split_list(value)
    if len(parts) >= 2 and all(
        looks_like_a_name(_IN_BRACKETS.sub("", part)) and len(part.split()) >= 2 for part in parts
    ):
        for part in parts:
            into.entry(part, line, standing, role, label.strip())
        return True
    return False


def _one(line: Line, standing: Standing, role: str, affiliation: str, commas: str, lines: int, into: Gathered) -> None:
    """One line that is one person, or several parted by commas."""
    text = line.text.strip()
    if lines > 1 and line.kind == "bullet" and plain(text).count(" | ") == 1 and "," not in text:
        into.entry(text, line, standing, role, affiliation)
        return
    parts = split_list(plain(text))
    if len(parts) <= 1 or more_people(plain(text)) is not None or _in_affiliation(parts):
        into.entry(text, line, standing, role, affiliation)
        return
    outside = _IN_BRACKETS.sub("", plain(text))
    if commas == "affiliation" and outside.count(",") <= 2:
        name, _, rest = plain(text).partition(",")
        into.entry(f"{name} ({rest.strip()})" if rest.strip() else name, line, standing, role, affiliation)
        return
    names = [part for part in parts if looks_like_a_name(_IN_BRACKETS.sub("", part).strip())]
    if len(parts) == 2 and "," in outside:
        if _is_role(parts[1]):
            into.entry(f"{parts[0]} ({parts[1]})", line, standing, role, affiliation)
            return
        if not all(len(_IN_BRACKETS.sub("", part).split()) >= 2 or part.startswith("@") for part in parts) or lines > 1:
            into.tell("commas_unclear", line.number, text=plain(text))
            if lines > 1 and line.kind == "bullet":
                into.entry(f"{parts[0]} ({parts[1]})", line, standing, role, affiliation)
                return
    elif len(names) < len(parts) and not any(more_people(part) is not None for part in parts):
        into.tell("commas_unclear", line.number, text=plain(text))
        if len(names) * 2 < len(parts):
            into.entry(text, line, standing, role, affiliation)
            return
    for part in parts:
        into.entry(part, line, standing, role, affiliation)


def _in_affiliation(parts: Sequence[str]) -> bool:
    """Whether the comma comes after a dash, as in "Ada Example – Example Labs, Chair"."""
    if parts and after_initials(parts[0]):
        return True
    dashes = sum(bool(re.search(r"\s[-–—]\s", part)) for part in parts)
    return len(parts) <= 3 and dashes == 1 and bool(re.search(r"\s[-–—]\s", parts[0]))


def _comma_style(entries: Sequence[Line]) -> str:
    """`affiliation` where most lines are "Name, Affiliation", otherwise `list`."""
    if len(entries) < 2:
        return "list"
    counts = [_IN_BRACKETS.sub("", line.plain).count(",") for line in entries]
    ones = sum(1 <= count <= 2 for count in counts)
    return (
        "affiliation"
        if ones >= 2 and ones >= len(entries) * 0.5 and sum(count == 1 for count in counts) * 2 >= ones
        else "list"
    )


def _may_be_two_each(entries: Sequence[Line]) -> bool:
    """Whether "Ada Example, Ben Example" on every line may be two people rather than one with an affiliation."""
    pairs = [parts for line in entries if len(parts := split_list(_IN_BRACKETS.sub("", line.plain))) == 2]
    seconds = [second for _, second in pairs]
    if not pairs or len(set(seconds)) < len(seconds) or any(is_firm(one) or one.isupper() for one in seconds):
        return False
    return all(
        looks_like_a_name(second) and not _is_role(second) and len(first.split()) <= len(second.split()) <= 3
        for first, second in pairs
    )


def _is_role(text: str) -> bool:
    words = text.lower().replace("co-", "").split()
    return bool(words) and len(words) <= 3 and all(word.strip("().") in ROLES for word in words)


def _names_somebody(text: str) -> bool:
    """Whether a line of text holds names rather than a sentence."""
    parts = split_list(_IN_BRACKETS.sub("", text))
    good = sum(looks_like_a_name(part) for part in parts)
    return (
        bool(parts)
        and good * 2 >= len(parts)
        and (len(parts) > 1 or len(text.split()) <= 6)
        and "your" not in text.lower()
    )


def _owned(entries: Sequence[Line]) -> frozenset[int]:
    """Places of lines that are groups with people below them: labels, or bullets that all have people below."""
    parents = []
    for place, line in enumerate(entries[:-1]):
        if entries[place + 1].indent > line.indent + 1 and line.kind == "bullet":
            parents.append(place)
    if not parents:
        return frozenset(
            place for place, line in enumerate(entries[:-1])
            if line.plain.endswith(":") and (standing_of(line.plain, weak=True) or line.kind == "text")
        )  # fmt: skip
    least = min(line.indent for line in entries)
    tops = [place for place, line in enumerate(entries) if line.indent == least and line.kind == "bullet"]
    all_have = all(place in parents for place in tops) and len(tops) >= 1
    return frozenset(
        place for place in parents
        if entries[place].plain.endswith(":")
        or standing_of(entries[place].plain, weak=True)
        or role_of(entries[place].plain)
        or (all_have and not {"@", "("} & set(entries[place].plain) and _children_are_names(entries, place))
    )  # fmt: skip


def _children_are_names(entries: Sequence[Line], place: int) -> bool:
    for line in entries[place + 1 :]:
        if line.indent <= entries[place].indent:
            break
        if not looks_like_a_name(re.split(r"\s[-–—]\s|[(,@/]", line.plain, maxsplit=1)[0]):
            return False
    return True


def _below_group(entries: Sequence[Line], place: int, owned: frozenset[int]) -> bool:
    """Whether the line above, by indentation, is a group."""
    for before in range(place - 1, -1, -1):
        if entries[before].indent < entries[place].indent:
            return before in owned
    return False


def _parent(entries: Sequence[Line], place: int) -> str:
    for before in range(place - 1, -1, -1):
        if entries[before].indent < entries[place].indent:
            return entries[before].plain
    return entries[place].plain
