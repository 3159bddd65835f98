"""A list of names as people paste it, beside the people of a group. Nothing is guessed: what fits is said. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from folkmoot.kit.naming import plain_name
from folkmoot.people.domain.likeness import seek_key, skeleton

MOST_NAMES: Final = 300
LONGEST: Final = 200
_MARK = re.compile(r"^\s*(?:[-*+•–—]|\(?\d{1,3}[.):])\s+(?:\[[ xX]\]\s*)?")
_ADDRESS = re.compile(r"<[^<>]*>")
_ASIDE = re.compile(r"\s*[(\[]([^()\[\]]*)[)\]]\s*$")


@dataclass(frozen=True)
class Named:
    """A name on the list, with what stood in brackets behind it: for whom somebody came."""

    name: str
    affiliation: str = ""


@dataclass(frozen=True)
class Found:
    """A name and whom it may mean, by keys: `person` where exactly one person has this name, else those alike."""

    named: Named
    person: int | None = None
    alike: tuple[int, ...] = ()


def names_in(text: str) -> list[Named]:
    """The names of a pasted text: one in a line, or several parted by semicolons, or by commas when it is one line.

    Marks of lists, mail addresses in angle brackets and repetitions are left out.
    """
    lines = [line for line in text.splitlines() if line.strip()]
    if len(lines) == 1 and ";" not in lines[0] and lines[0].count(",") > 0:
        pieces = _MARK.sub("", lines[0]).split(",")
    else:
        pieces = [piece for line in lines for piece in line.split(";")]
    found: dict[tuple[str, str], Named] = {}
    for piece in pieces:
        named = _named(piece)
        if named is not None:
            found.setdefault((seek_key(named.name), seek_key(named.affiliation)), named)
    return list(found.values())


def _named(piece: str) -> Named | None:
    text = _ADDRESS.sub("", _MARK.sub("", piece))
    aside = _ASIDE.search(text)
    name = plain_name(text[: aside.start()] if aside else text, LONGEST).strip(" ,.")
    if not any(letter.isalnum() for letter in seek_key(name)):
        return None
    return Named(name, plain_name(aside.group(1), LONGEST) if aside else "")


def find_people(names: Iterable[Named], people: Mapping[int, str]) -> list[Found]:
    """Each name beside people (name by key).

    The same name is the same letters without regard to case, marks and order of the words ("Okafor, Adaeze"). When
    two people share it, or it is only a part of their names or looks like them, they are alike and nobody is chosen.
    """
    keys = {pk: _words(name) for pk, name in people.items()}
    bones = {pk: skeleton(name) for pk, name in people.items()}
    found = []
    for named in names:
        words = _words(named.name)
        same = [pk for pk, have in keys.items() if have == words]
        if len(same) == 1:
            found.append(Found(named, same[0]))
            continue
        shape = skeleton(named.name)
        alike = same or [
            pk for pk, have in keys.items() if set(words) <= set(have) or set(have) <= set(words) or bones[pk] == shape
        ]
        found.append(Found(named, None, tuple(alike)))
    return found


def guest_key(name: str, affiliation: str) -> str:
    """By what a guest is known on one call: name and affiliation as names are compared."""
    return f"{seek_key(name)[:200]}|{seek_key(affiliation)[:200]}"


def _words(name: str) -> tuple[str, ...]:
    return tuple(sorted(seek_key(name.replace(",", " ")).split()))
