"""How far a list of people goes: what belongs to a label or a heading, and where something else begins."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from folkmoot.meetings.domain.minutes.lines import Line
from folkmoot.meetings.domain.minutes.people import looks_like_a_name, split_list
from folkmoot.meetings.domain.minutes.plain import plain
from folkmoot.meetings.domain.minutes.words import head_kind, is_date_label, role_of, standing_of

LONGEST_LABEL: Final = 60


@dataclass(slots=True)
class Part:
    """The lines after a label or heading that belong to it, `start` up to `end`."""

    start: int
    end: int


def at_colon(text: str) -> tuple[str, str | None]:
    """What stands before the first colon and what after it; one in brackets or in a time of day is none."""
    depth = 0
    for place, char in enumerate(text[: LONGEST_LABEL * 3]):
        depth += (char in "([") - (char in ")]")
        if char == "：" and depth <= 0:
            return text[:place], text[place + 1 :]
        if (
            char == ":"
            and depth <= 0
            and not (
                (text[:place][-1:].isdigit() and text[place + 1 : place + 2].isdigit())
                or text[place + 1 : place + 4].lower() in ("inn", "in ", "in:")  # "Teilnehmer:innen"
            )
        ):
            return text[:place], text[place + 1 :]
    return text, None


def labelled(text: str) -> tuple[str, str] | None:
    """The label before a colon and what follows it; also `**Label** value`."""
    label, value = at_colon(plain(text))
    if value is not None and 0 < len(label) <= LONGEST_LABEL and not value.startswith("//"):
        return label.strip(), value.strip().lstrip(":").lstrip()
    if bold := re.match(r"(?:\*\*|__)([^*_]{2,50})(?:\*\*|__)\s*[-–—]?\s+(\S.*)$", text.strip()):
        return plain(bold[1]).rstrip(" :-"), plain(bold[2])
    return None


def end_under_heading(lines: Sequence[Line], start: int) -> int:
    """Where the list below a heading ends: at the next heading, at a rule or at prose after people."""
    listed = tabled = bullets = False
    for place in range(start, len(lines)):
        line = lines[place]
        if line.kind in ("heading", "code"):
            return place
        if line.kind == "rule" and listed and not (line.raw.lstrip().startswith("+") or "|" in line.raw):
            return place
        if line.kind == "row":
            listed = tabled = True
        if line.kind not in ("bullet", "text") or not line.plain:
            continue
        pair = labelled(line.text)
        begins = pair is not None and bool(is_date_label(pair[0]) or head_kind(pair[0]))
        if begins and (line.kind == "text" or not line.indent):
            return place
        if line.kind == "text" and bullets and pair and role_of(pair[0]) and lines[place - 1].kind == "blank":
            return place  # "Minutes by: Ada" below the list is about the meeting, not one more in it
        bullets = bullets or line.kind == "bullet"
        if line.kind == "text" and ((listed and _is_no_list(line, pair)) or (tabled and pair is None)):
            return place
        listed = listed or line.kind == "bullet" or not is_prose(line)
    return len(lines)


def _is_no_list(line: Line, pair: tuple[str, str] | None) -> bool:
    """Whether a line of text after people is no part of their list: sentences, or a label with an address."""
    return is_prose(line) or (pair is not None and "://" in line.text and standing_of(pair[0], weak=True) is None)


def is_prose(line: Line) -> bool:
    """Whether a line of text is sentences rather than names."""
    words = line.plain
    if len(words.split()) < 7:
        return False
    parts = split_list(words)
    names = sum(looks_like_a_name(re.sub(r"\([^()]*\)", "", part)) for part in parts)
    return names * 2 < len(parts) or len(parts) == 1


def are_names(lines: Sequence[Line]) -> bool:
    """Whether lines are a list of names and nothing else."""
    entries = [line for line in lines if line.kind in ("bullet", "text", "row") and line.plain]
    if not entries:
        return False
    good = sum(looks_like_a_name(re.split(r"\s[-–—]\s|[,(:@/]", line.plain, maxsplit=1)[0]) for line in entries)
    return good >= len(entries) * 0.9


def after_label(lines: Sequence[Line], at: int, has_value: bool) -> Part:
    """The lines that belong to a label: its list, its table, or the lines of its paragraph."""
    head = lines[at]
    start = at + 1
    place = start
    while place < len(lines) and lines[place].kind == "blank" and not has_value:
        place += 1
    if place >= len(lines):
        return Part(start, start)
    first = lines[place]
    if first.kind == "row" and not has_value:
        while place < len(lines) and lines[place].kind in ("row", "rule", "comment"):
            place += 1
        return Part(start, place)
    if first.kind == "bullet" and not has_value and (head.kind != "bullet" or first.indent > head.indent):
        return Part(start, _end_of_list(lines, place, head))
    if first.kind == "text" and (head.kind == "text" or first.indent > head.indent):
        if has_value:
            return Part(start, _end_of_value(lines, start))
        return Part(start, _end_of_names(lines, place))
    return Part(start, start)


def _end_of_list(lines: Sequence[Line], place: int, head: Line) -> int:
    first = lines[place]
    least = first.indent
    blanks = 0
    while place < len(lines):
        line = lines[place]
        if line.kind == "bullet":
            inside = line.indent > head.indent if head.kind == "bullet" else line.indent >= least
            pair = labelled(line.text)
            stops = pair and line.indent <= least and (
                is_date_label(pair[0]) or head_kind(pair[0]) or (role_of(pair[0]) and head.kind == "bullet")
            )  # fmt: skip
            another = blanks and line.indent <= least and line.ordered and not first.ordered
            if not inside or stops or another:
                return place - blanks
            blanks = 0
        elif line.kind == "blank":
            blanks += 1
            if blanks > 2:
                return place - blanks + 1
        elif line.kind == "text" and line.indent > least and not blanks:
            pass
        else:
            return place - blanks
        place += 1
    return place - blanks


def _end_of_value(lines: Sequence[Line], place: int) -> int:
    """Lines that go on with a list of names behind a label."""
    while place < len(lines):
        line = lines[place]
        if line.kind != "text" or labelled(line.text) or is_prose(line):
            return place
        before = lines[place - 1].text.rstrip()
        parts = split_list(line.plain)
        if not (
            before.endswith((",", ";", " and", "&", " und", " et", " y"))
            or line.plain.startswith(("(", "["))
            or before.count("(") > before.count(")")
            or all(looks_like_a_name(part.split("(")[0]) for part in parts)
        ):
            return place
        place += 1
    return place


def _end_of_names(lines: Sequence[Line], place: int) -> int:
    """Lines of names below a label, also with an empty line between each of them."""
    end = place
    while place < len(lines):
        line = lines[place]
        if line.kind == "blank":
            place += 1
            continue
        pair = labelled(line.text)
        if line.kind != "text" or line.plain.endswith(":") or head_kind(line.plain) or (pair and standing_of(pair[0])):
            return end
        name = re.split(r"\s[-–—]\s|[(@/]", line.plain, maxsplit=1)[0]
        parts = split_list(name)
        if is_prose(line) or not parts or not all(looks_like_a_name(part) for part in parts):
            return end
        if end < place and (len(parts) > 1 or len(name.split()) < 2):
            return end  # a name in a paragraph of its own must be a clear one
        place += 1
        end = place
    return end
