"""Which roles of a group stay, are renamed, come and go when another wording of its charter comes into force."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from folkmoot.groups.domain.amending.matching import Pairs
from folkmoot.groups.domain.amending.meaning import matched_items
from folkmoot.kit.naming import plain_name

LONGEST: Final = 120


@dataclass(frozen=True)
class RoleStated:
    """A role as a charter has it."""

    position: int
    name: str
    text: str


@dataclass(frozen=True)
class RolesFollow:
    """`kept` are pairs of a role before and after; the names may differ."""

    kept: tuple[tuple[RoleStated, RoleStated], ...]
    added: tuple[RoleStated, ...]
    gone: tuple[RoleStated, ...]


def roles_follow(old: Mapping[str, Any], new: Mapping[str, Any], *, would_lead: Callable[[str], bool]) -> RolesFollow:
    """What becomes of the roles from one reading to the next.

    `would_lead` says of a name whether it is one that leads. A role that does not lead never turns into one that
    does by being renamed: it goes, and the other one comes.
    """
    before, after = _stated(old), _stated(new)
    pairs: Pairs = matched_items([_item(one) for one in before], [_item(one) for one in after])
    kept = [
        (before[i], after[j]) for i, j in pairs.items() if would_lead(before[i].name) or not would_lead(after[j].name)
    ]
    stay, stayed = {one.name for one, _other in kept}, {other.name for _one, other in kept}
    return RolesFollow(
        kept=tuple(kept),
        added=tuple(one for one in after if one.name not in stayed),
        gone=tuple(one for one in before if one.name not in stay),
    )


def _stated(reading: Mapping[str, Any]) -> Sequence[RoleStated]:
    found: dict[str, RoleStated] = {}
    for position, said in enumerate(reading.get("roles") or []):
        name = plain_name(str(said.get("name") or ""), LONGEST)
        if name and name.casefold() not in found:
            found[name.casefold()] = RoleStated(position, name, said.get("text") or "")
    return list(found.values())


def _item(role: RoleStated) -> dict[str, str]:
    return {"name": role.name, "text": role.text}
