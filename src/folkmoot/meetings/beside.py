"""What other rooms show beside the calls of a group, to those who take part in it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from folkmoot.groups.models import Group
from folkmoot.kit.registry import Registry
from folkmoot.ui.slots import Label, Link


@dataclass(frozen=True)
class Beside:
    """A link among those at the head of a group's calls: what it says, and its address."""

    label: Label
    url: Callable[[Group], str]


BESIDE_CALLS: Registry[Beside] = Registry("link beside the calls of a group")


def links_beside(group: Group) -> list[Link]:
    """All of them for one group; no query."""
    return [Link(one.label, one.url(group)) for one in BESIDE_CALLS]
