"""Notes gathered into themes: their order by dots, with ties said, and the summary that is drafted from them. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

_ANYWHERE: Final = re.compile(r"[\\`*_\[\]<&~]")
_AT_START: Final = re.compile(r"^(\d{0,9})([#+\-=>.)|:])")


@dataclass(frozen=True)
class Gathered:
    """A theme with its notes, without a name of anybody, and its dots (0 where nobody chose it)."""

    name: str
    notes: tuple[str, ...]
    dots: int = 0


@dataclass(frozen=True)
class Placed:
    """A theme in its place. `place` counts from 1; themes with as many dots share one, and `tied` says so."""

    place: int
    theme: Gathered
    tied: bool


@dataclass(frozen=True)
class Wording:
    """The fixed words of a draft in the reader's language. `dots` words a number; `tied` is put behind it."""

    questions: str
    chosen: str
    others: str
    tied: str
    dots: Mapping[int, str]


def in_order(themes: Iterable[Gathered]) -> tuple[Placed, ...]:
    """Most dots first; those that share a number share a place, by name, and the next place leaves room for them."""
    ranked = sorted(themes, key=lambda theme: (-theme.dots, theme.name.casefold(), theme.name))
    found = []
    for theme in ranked:
        place = 1 + sum(other.dots > theme.dots for other in ranked)
        tied = sum(other.dots == theme.dots for other in ranked) > 1
        found.append(Placed(place, theme, tied))
    return tuple(found)


def draft(prompts: Sequence[str], themes: Iterable[Gathered], unplaced: Sequence[str], wording: Wording) -> str:
    """A summary in Markdown: the questions, the themes by their dots with their notes, then notes outside all themes.

    Whatever people wrote is escaped, so that it stays the text that it is.
    """
    lines = [f"## {wording.questions}", "", *(f"- {plain(prompt)}" for prompt in prompts), ""]
    placed = in_order(themes)
    if placed:
        lines += [f"## {wording.chosen}", ""]
    for one in placed:
        said = wording.dots[one.theme.dots]
        tied = f", {wording.tied}" if one.tied else ""
        lines += [f"### {one.place}. {plain(one.theme.name)}", "", f"{said}{tied}", ""]
        lines += [f"- {plain(note)}" for note in one.theme.notes]
        lines += [""] if one.theme.notes else []
    if unplaced:
        lines += [f"## {wording.others}", "", *(f"- {plain(note)}" for note in unplaced), ""]
    return "\n".join(lines).rstrip() + "\n"


def plain(text: str) -> str:
    """A text on one line in which Markdown finds nothing to do; what needs no escape is left as it is."""
    line = _ANYWHERE.sub(r"\\\g<0>", " ".join(text.split()))
    return _AT_START.sub(r"\g<1>\\\g<2>", line, count=1) or "…"


def spent(wanted: Mapping[int, int], most: int) -> bool:
    """Whether dots by theme are a choice that one person may make: no less than none on each, and no more in all."""
    return all(count >= 0 for count in wanted.values()) and sum(wanted.values()) <= most
