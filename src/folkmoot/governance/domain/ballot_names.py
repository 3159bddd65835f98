"""How candidates are called on the ballot: nothing hidden, and never two alike. Pure."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from folkmoot.kit.naming import plain_name

LONGEST: Final = 250
JOINERS: Final = "\u200c\u200d"
"""They cannot be seen, but emoji and several scripts need them."""


@dataclass(frozen=True)
class Called:
    """A candidate's name and affiliation, as they write them."""

    name: str
    affiliation: str = ""


def ballot_names(called: Sequence[Called], taken: Sequence[str] = ()) -> list[str]:
    """One name for each, in their order, other than those that are taken.

    Names that look alike get their affiliations beside them, and where these do not tell them apart, numbers.
    """
    names = [plain_name(_shown(one.name), LONGEST) or "?" for one in called]
    alike = _alike([*names, *taken])
    with_affiliation = [
        _beside(name, plain_name(_shown(one.affiliation))) if look_of(name) in alike else name
        for name, one in zip(names, called, strict=True)
    ]
    used = {look_of(name) for name in taken}
    still_alike = _alike(with_affiliation)
    final = []
    for name in with_affiliation:
        number = 1
        chosen = f"{name[: LONGEST - 6]} ({number})" if look_of(name) in still_alike else name
        while look_of(chosen) in used:
            number += 1
            chosen = f"{name[: LONGEST - 6]} ({number})"
        used.add(look_of(chosen))
        final.append(chosen)
    return final


def look_of(name: str) -> str:
    """By what two names look alike: compatible forms, without case and what cannot be seen."""
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).casefold())
    return " ".join("".join(c for c in folded if unicodedata.category(c) != "Cf").split())


def _shown(text: str) -> str:
    return "".join(c for c in text if c in JOINERS or unicodedata.category(c) not in ("Cf", "Cs", "Co", "Cn"))


def _alike(names: Sequence[str]) -> set[str]:
    return {look for look, count in Counter(map(look_of, names)).items() if count > 1}


def _beside(name: str, affiliation: str) -> str:
    return f"{name[: LONGEST // 2]} ({affiliation[: LONGEST // 2 - 3]})" if affiliation else name
