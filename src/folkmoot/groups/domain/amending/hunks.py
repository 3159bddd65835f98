"""Line by line: what has to be exchanged in one text to get the other, byte for byte."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher
from typing import Final

from folkmoot.groups.domain.amending.model import Hunk
from folkmoot.groups.domain.charter.source import with_ends

EXACT_UP_TO: Final = 1_500


def line_hunks(old: str, new: str) -> tuple[Hunk, ...]:
    """The runs of lines that differ; lines that differ only in how they end do not."""
    if old > new:  # one direction only, so that both ways give mirror images
        return tuple(Hunk(one.new_first, one.new, one.old, one.first) for one in line_hunks(new, old))
    before, after = with_ends(old), with_ends(new)
    a, b = [line.rstrip("\r\n") for line in before], [line.rstrip("\r\n") for line in after]
    # Comparing every line with every other is quadratic; long texts are compared by their rarer lines.
    matcher = SequenceMatcher(None, a, b, autojunk=len(a) > EXACT_UP_TO)
    return tuple(
        Hunk(i1, before[i1:i2], after[j1:j2], j1) for tag, i1, i2, j1, j2 in matcher.get_opcodes() if tag != "equal"
    )


def applied(old: str, hunks: Iterable[Hunk]) -> str:
    """The old text with the hunks in it; lines that stay keep their own ends."""
    lines: Sequence[str] = with_ends(old)
    parts: list[str] = []
    at = 0
    for hunk in hunks:
        parts.extend(lines[at : hunk.first])
        parts.extend(hunk.new)
        at = hunk.first + len(hunk.old)
    parts.extend(lines[at:])
    # A last line without an end gets one when something comes to stand behind it.
    ended = [part if part.endswith(("\n", "\r")) else part + "\n" for part in parts[:-1]]
    return "".join([*ended, *parts[-1:]])


def line_ends_differ(old: str, new: str) -> bool:
    """Whether lines that both have end in different ways (CR, LF, both, none)."""
    before, after = with_ends(old), with_ends(new)
    a, b = [line.rstrip("\r\n") for line in before], [line.rstrip("\r\n") for line in after]
    if a != b:
        kinds = [{line[len(line.rstrip("\r\n")) :] for line in lines} - {""} for lines in (before, after)]
        return bool(kinds[0]) and bool(kinds[1]) and kinds[0] != kinds[1]
    return before != after
