"""Who was there: the parts of minutes that list people, and the people in them.

A part begins at a heading ("## Attendees"), a label ("Present: …", "- Team members: …") or a table, and ends where
something else begins. Whatever stands in it and is no person is noted, never counted.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from folkmoot.meetings.domain.minutes.beside import look_beside
from folkmoot.meetings.domain.minutes.extents import Part, after_label, are_names, end_under_heading, is_prose, labelled
from folkmoot.meetings.domain.minutes.gathered import Gathered, stated_in
from folkmoot.meetings.domain.minutes.lexicon import OTHER_TIMES
from folkmoot.meetings.domain.minutes.lines import BOLD_LEVEL, Line
from folkmoot.meetings.domain.minutes.lists import read_lines, read_value
from folkmoot.meetings.domain.minutes.marks import has_key
from folkmoot.meetings.domain.minutes.people import is_placeholder, looks_like_a_name, split_list
from folkmoot.meetings.domain.minutes.plain import links, plain
from folkmoot.meetings.domain.minutes.tables import by_standing, columns_of, guessed, is_roster, read_table
from folkmoot.meetings.domain.minutes.words import (
    Standing,
    head_kind,
    label_words,
    role_of,
    standing_of,
)

_GROUP_ROLES: Final = ("co-chairs", "co-chair", "chairs", "chair", "maintainers", "staff", "observers", "guests")
MOST_GUESSED_FROM: Final = 25
"""Lines from the top of a meeting in which names without a label may still be those who were there."""

MOST_JOINED: Final = 20
"""Lines over which the brackets of a list of names may stay open."""
_TAIL: Final = re.compile(r"(?:^|[.!?:]\s+|\s)([A-Za-z][A-Za-z '-]{3,30})\s*:\s*$")
_BY: Final = re.compile(
    r"^(?:(?P<minutes>minutes|notes|scribed|minuted|recorded)|(?P<chair>chaired|facilitated|moderated|hosted|led))"
    r"(?:\s+(?:were|was))?(?:\s+(?:taken|recorded|prepared|written|submitted))?\s+by:?\s+(?P<name>\S.{1,60})$",
    re.IGNORECASE,
)
_WERE: Final = re.compile(
    r"^(?:in attendance|present|attending|those present|participants|attendees)(?: (?:at|on|in) [\w ]{3,30})?"
    r" (?:were|are)\s*:?\s+"
    r"(?P<names>[A-Z@].{3,2000})$",
    re.IGNORECASE,
)
_NUMBER: Final = re.compile(
    r"(?:~|about |approx\.? |around |c\. ?)?(\d{1,4})\+?"
    r"(?:\s+[^\W\d_]{2,20}){0,3}\.?(?:\s*\([^()]{0,80}\))?\.?$",
    re.IGNORECASE,
)


def read_attendance(lines: Sequence[Line]) -> Gathered:
    """Everybody whom the lines of one meeting list as present, absent, leading or writing."""
    found = Gathered()
    at = 0
    under = 0
    """The level of the heading below which groups such as "TSC members" are groups of people; 0 for none."""
    on_agenda = False
    while at < len(lines):
        line = lines[at]
        if line.kind == "heading":
            on_agenda = head_kind(line.plain) == "agenda"
            at, under = _heading(lines, at, under, found)
        elif line.kind == "row":
            at = _rows(lines, at, found)
        elif line.kind in ("bullet", "text"):
            at = _label(lines, at, found, weak=bool(under), on_agenda=on_agenda)
        else:
            at += 1
    if not found.lists:
        _guess(lines, found)
    look_beside(lines, found)
    if not found.present and not found.unnamed:
        _hidden(lines, found)
        told = any(one.code.startswith(("nobody", "attendance")) for one in found.notes)
        if (found.lists or found.empty) and not found.stated and not told:
            found.tell("nobody_named", found.empty[0] if found.empty else lines[0].number)
    return found


def _heading(lines: Sequence[Line], at: int, under: int, found: Gathered) -> tuple[int, int]:
    line = lines[at]
    pair = labelled(line.text)
    label, value = pair if pair else (line.plain, "")
    if (role := role_of(label)) and standing_of(label) is None:
        found.claimed.add(line.number)
        return _role(lines, at, role, value, found), under if under and line.level > under else 0
    standing = standing_of(label, weak=bool(under) and line.level > under)
    if standing is None and pair:
        standing = standing_of(line.plain) if len(line.plain.split()) <= 6 else None
        value = "" if standing else value
    if standing is None and standing_of(label, weak=True) and _marked_rows(lines, at + 1):
        standing = "present"
    if standing is None and not value and standing_of(label, weak=True) and _names_follow(lines, at):
        standing = "present"
        found.tell("attendance_guessed", line.number)
    if standing is None:
        if set(label_words(label).split()) & OTHER_TIMES:
            return at + 1, under if line.level > under else 0
        end = end_under_heading(lines, at + 1)
        inside = under and line.level > under and not head_kind(label) and are_names(lines[at + 1 : end])
        if not inside:
            return at + 1, 0
        standing = "present"
    found.claimed.add(line.number)
    _state(line, found)
    end = end_under_heading(lines, at + 1)
    _take(lines, Part(at + 1, end), standing, value, line, found, role=_group_role(label))
    return max(at + 1, end), under if under and line.level > under else line.level


def _marked_rows(lines: Sequence[Line], start: int) -> bool:
    """Whether a table with marks of presence stands next."""
    for place in range(start, min(len(lines), start + 40)):
        if lines[place].kind == "row":
            rows = [line for line in lines[place : place + 60] if line.kind == "row"]
            return guessed(rows).mark is not None or columns_of(rows[0].cells).mark is not None
        if lines[place].kind not in ("blank", "comment", "rule") and lines[place].plain:
            return False
    return False


def _state(line: Line, found: Gathered) -> None:
    words = line.plain.lower()
    if "handle" in words or "github" in words or "username" in words:
        found.handles_in_brackets = "(" in words
    if (stated := stated_in(line.text)) is not None:
        found.stated.append((stated, line.number))


def _group_role(label: str) -> str:
    """What a group of people is called, where that says more than that they were there."""
    words = label_words(label)
    part = next((part for part in _GROUP_ROLES if words == part or words.startswith(f"{part} ")), "")
    return part if part == "staff" else part.removesuffix("s")


def _take(
    lines: Sequence[Line], part: Part, standing: Standing, value: str, head: Line, found: Gathered, role: str = ""
) -> None:
    """Take the people of a part: the value behind its label, then its lines."""
    before = len(found.present), len(found.regrets), found.unnamed, len(found.notes)
    found.first_line = head.number
    found.signs, found.left_out = [], []
    start, most = part.start, min(part.end, part.start + MOST_JOINED)
    while value and value.count("(") > value.count(")") and start < most and lines[start].kind == "text":
        value = f"{value} {lines[start].plain}"  # brackets that are closed on the next line
        found.claimed.add(lines[start].number)
        start += 1
    again = "" if standing == "absent" else label_words(head.plain.partition(":")[0])
    if value:
        if (number := _NUMBER.fullmatch(value)) is not None:
            if standing == "guest":
                found.unnamed += int(number[1])
                found.tell("unnamed_counted", head.number, text=value, count=int(number[1]))
            elif standing != "absent":
                found.stated.append((int(number[1]), head.number))
        else:
            read_value(value, head, standing, found, role)
    read_lines(lines[start : part.end], standing, found, role)
    after = len(found.present), len(found.regrets), found.unnamed, len(found.notes)
    if None in found.signs and set(found.signs) - {None}:
        found.tell("sign_missing", head.number)
    for words, place in found.left_out if before[0] != after[0] else ():
        found.tell("line_not_a_person", place, text=words)
    new = found.present[before[0] :]
    if found.lists and new and all(one.name and one.name == one.name.lower() and not one.handle for one in new):
        found.tell("list_again", head.number, text=head.plain)
    if again and before[0] != after[0]:
        if again in found.labels:
            found.tell("list_again", head.number, text=head.plain)
        found.labels[again] = head.number
    if standing != "absent":
        _explained(lines, part, head, found)
    if before == after:
        if standing != "absent":
            found.empty.append(head.number)
    elif standing != "absent":
        found.lists += 1


def _explained(lines: Sequence[Line], part: Part, head: Line, found: Gathered) -> None:
    """Words beside a list that explain signs in it, such as "bold: present", are not understood, and told."""
    for line in (head, *lines[part.start : min(part.end, part.start + 3)]):
        if line.kind in ("text", "heading", "comment") and has_key(line.text):
            found.tell("key_of_signs", line.number, text=line.plain)


def _rows(lines: Sequence[Line], at: int, found: Gathered) -> int:
    """A table outside the known parts: one of people with marks, or rows of labels and values."""
    end = at
    while end < len(lines) and lines[end].kind in ("row", "rule", "comment"):
        end += 1
    rows = [line for line in lines[at:end] if line.kind == "row"]
    if is_roster(rows):
        found.first_line = rows[0].number
        found.lists += 1
        read_table(rows, "present", found)
        return end
    if rows and by_standing(rows, found):
        found.first_line = rows[0].number
        found.lists += 1
        found.claimed.update(row.number for row in rows)
        return end
    seen = False
    for row in rows:
        cells = [cell for cell in row.cells if plain(cell)]
        if len(cells) < 2:
            continue
        label = plain(cells[0]).rstrip(": ")
        standing = standing_of(label, weak=seen)
        seen = seen or standing == "present"
        if (standing is not None and not row.header) or (standing is not None and len(cells) == 2 and len(rows) > 1):
            found.claimed.add(row.number)
            _state(row, found)
            value = "\n".join(plain(cell) for cell in cells[1:])
            _take(lines, Part(at, at), standing, value, row, found)
        elif role := role_of(label):
            found.claimed.add(row.number)
            found.names_role(role, _names(plain(cells[1])), row.number)
    return end


def _label(lines: Sequence[Line], at: int, found: Gathered, *, weak: bool, on_agenda: bool) -> int:
    """A line that begins or is a label of people; otherwise the next line."""
    line = lines[at]
    words = line.plain
    if by := _BY.match(words):
        found.names_role("scribe" if by["minutes"] else "moderator", _names(by["name"]), line.number)
        found.claimed.add(line.number)
        return at + 1
    if were := _WERE.match(words):
        found.first_line = line.number
        found.lists += 1
        read_value(were["names"], line, "present", found)
        return at + 1
    pair = labelled(line.text)
    if pair:
        label, value = pair
        near = line.number - 1 in found.claimed and bool(value)
        standing = standing_of(label, weak=near)
        if standing is None and (role := role_of(label)):
            return _role(lines, at, role, value, found)
    else:
        label, value = words, ""
        follows = len(words.split()) <= 5 and _list_follows(lines, at)
        standing = standing_of(label) if follows else None
        if standing is not None and on_agenda:
            found.tell("attendance_guessed", line.number)
        group = line.kind == "text" and standing is None and standing_of(label, weak=True)
        if follows and group and _names_follow(lines, at):
            standing = "present"
            found.tell("attendance_guessed", line.number)
    if standing is None and line.kind == "text" and (tail := _TAIL.search(words)) and not value:
        standing = standing_of(tail[1].split(".")[-1])
        label = tail[1]
    if standing is None or (label_words(label) in ("members", "team") and not weak):
        return at + 1
    if line.kind == "bullet" and line.ordered and not value and _is_topic(lines, at):
        return at + 1
    found.claimed.add(line.number)
    _state(line, found)
    listed = bool(value) and _NUMBER.fullmatch(value) is None and not is_placeholder(value)
    part = after_label(lines, at, listed)
    if listed:
        _doubt_list_below(lines, part.end, line, found)
        _doubt_rest(lines, part.end, line, found)
    _take(lines, part, standing, value, line, found, role=_group_role(label))
    return max(at + 1, part.end)


def _is_topic(lines: Sequence[Line], at: int) -> bool:
    """Whether a numbered line such as "1. Roll call" is a topic of the agenda: what is below it is not names."""
    part = after_label(lines, at, False)
    return part.end == part.start or not are_names(lines[part.start : part.end])


def _list_follows(lines: Sequence[Line], at: int) -> bool:
    """Whether the next line that holds something belongs below a label without a colon."""
    for line in lines[at + 1 : at + 4]:
        if line.kind in ("bullet", "row"):
            return lines[at].kind != "bullet" or line.indent > lines[at].indent
        if line.kind == "text":
            return lines[at].kind == "text" and any(map(looks_like_a_name, split_list(line.plain)[:1]))
        if line.kind != "blank":
            return False
    return False


def _names_follow(lines: Sequence[Line], at: int) -> bool:
    """Whether a list of names, each of two to four words, stands below a line."""
    if lines[at].kind == "heading":
        part = Part(at + 1, end_under_heading(lines, at + 1))
    else:
        part = after_label(lines, at, False)
    below = [line for line in lines[part.start : part.end] if line.kind == "bullet"]
    names = [re.split(r"\s[-–—]\s|[(,@/]", line.plain, maxsplit=1)[0].split() for line in below]
    return bool(below) and are_names(below) and all(2 <= len(name) <= 5 and name[0][:1].isupper() for name in names)


def _doubt_list_below(lines: Sequence[Line], start: int, head: Line, found: Gathered) -> None:
    """Names in bullets right below a label that already has its people may belong to it."""
    below = []
    for line in lines[start : start + 30]:
        if line.kind != "bullet" or (head.kind == "bullet" and line.indent <= head.indent):
            break
        below.append(line)
    if below and are_names(below) and all(len(line.plain.split()) in (2, 3) and line.plain.istitle() for line in below):
        found.tell("nested_people", below[0].number, text=head.plain)


def _doubt_rest(lines: Sequence[Line], end: int, head: Line, found: Gathered) -> None:
    """A line right below a list of names, in its paragraph, that was not taken for a part of it."""
    below = lines[end] if end < len(lines) else None
    if (
        below is not None
        and below.kind == "text"
        and not labelled(below.text)
        and not (is_prose(below) and below.plain.endswith("."))
        and lines[end - 1].raw[-2:] not in ("  ",)
    ):
        found.tell("line_not_a_person", below.number, text=below.plain)


def _role(lines: Sequence[Line], at: int, role: str, value: str, found: Gathered) -> int:
    """Who led or wrote: behind the label, or in the list below it."""
    line = lines[at]
    if value:
        names = _names(value)
        if names:
            found.claimed.add(line.number)
            found.names_role(role, names, line.number)
        return at + 1
    if line.kind == "heading":
        end = end_under_heading(lines, at + 1)
        part = Part(at + 1, end)
    else:
        part = after_label(lines, at, False)
    entries = [one for one in lines[part.start : part.end] if one.kind in ("bullet", "text")]
    if not entries or len(entries) > 6 or not are_names(entries):
        return at + 1
    for one in entries:
        found.claimed.add(one.number)
        pair = labelled(one.text)
        own = role_of(pair[0]) if pair else None
        found.names_role(own or role, _names(pair[1] if pair and own else one.plain), one.number)
    return part.end


def _names(value: str) -> list[str]:
    """The names in a value such as "Ada Example (Labs), Ben"."""
    kept = []
    for part in split_list(value):
        bare = re.sub(r"\([^()]*\)|\[[^\[\]]*\]", "", part)
        bare = re.split(r"\s+[-–—]\s+", bare, maxsplit=1)[0].strip(" .*@")
        if bare and not is_placeholder(bare) and looks_like_a_name(bare):
            kept.append(bare)
    return kept


def _guess(lines: Sequence[Line], found: Gathered) -> None:
    """Names at the top without a label: a paragraph or a list of at least three, each of which looks like one."""
    top = [line for line in lines if line.kind != "blank"][:MOST_GUESSED_FROM]
    for line in top:
        if line.kind == "heading" and line.level > 1 and line.level != BOLD_LEVEL and line is not top[0]:
            break
        if line.kind != "text":
            continue
        parts = split_list(line.plain)
        bare = [re.sub(r"\([^()]*\)", "", part).strip() for part in parts]
        if (
            len(parts) >= 3
            and sum(looks_like_a_name(part) and len(part.split()) >= 2 for part in bare) >= len(parts) * 0.8
        ):
            found.first_line = line.number
            found.lists += 1
            found.tell("attendance_guessed", line.number)
            read_value(line.text, line, "present", found)
            return


def _hidden(lines: Sequence[Line], found: Gathered) -> None:
    for line in lines:
        if line.kind == "comment" and not line.cells:
            bare = line.text.strip("<!-> ")
            pair = labelled(bare)
            if standing_of(pair[0] if pair else bare, weak=True):
                found.tell("attendance_hidden", line.number)
                return
        if line.kind in ("text", "bullet", "heading") and "](" in line.text:
            url = next((url for label, url in links(line.text) if label and standing_of(label)), "")
            if url:
                found.tell("attendance_elsewhere", line.number, url=url)
                return
