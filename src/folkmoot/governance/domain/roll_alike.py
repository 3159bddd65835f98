"""Records that are probably of one person: addresses in another spelling, names that the eye takes for each other."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from folkmoot.people.domain.likeness import skeleton

DOTS_DO_NOT_COUNT: Final = frozenset({"gmail.com", "googlemail.com"})


class Because(StrEnum):
    """Why records may be of one person."""

    ADDRESS = "address"
    NAME = "name"


@dataclass(frozen=True)
class Alike:
    """Records that may be of one person, by their keys in order."""

    because: Because
    keys: tuple[int, ...]


def address_key(address: str) -> str:
    """What is left of an address without its spelling: case, a part after "+", dots where mail ignores them."""
    name, _at, domain = unicodedata.normalize("NFKC", address).strip().casefold().rpartition("@")
    name = name.partition("+")[0] or name
    if domain in DOTS_DO_NOT_COUNT:
        name, domain = name.replace(".", ""), "gmail.com"
    return f"{name}@{domain}" if name and domain else ""


def alike_among(names: Mapping[int, str], addresses: Iterable[tuple[int, str]]) -> list[Alike]:
    """Groups of records that may be of one person, those of an address first; each group once."""
    by_address: dict[str, set[int]] = defaultdict(set)
    by_name: dict[str, set[int]] = defaultdict(set)
    for key, address in addresses:
        if of := address_key(address):
            by_address[of].add(key)
    for key, name in names.items():
        if bones := skeleton(name):
            by_name[bones].add(key)
    found: dict[tuple[int, ...], Because] = {}
    for because, groups in ((Because.ADDRESS, by_address), (Because.NAME, by_name)):
        for keys in groups.values():
            if len(keys) > 1:
                found.setdefault(tuple(sorted(keys)), because)
    return [Alike(because, keys) for keys, because in sorted(found.items(), key=lambda one: (one[1], one[0]))]
