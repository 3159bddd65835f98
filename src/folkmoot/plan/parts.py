"""The parts that people play in checklists, in words. Rooms above give further ones, for their own lists."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from django.utils.translation import gettext_lazy as _

from folkmoot.groups.models import Group
from folkmoot.kit.registry import Registry
from folkmoot.ui.slots import Label

PARTS: dict[str, Label] = {
    "newcomer": _("the newcomer"),
    "buddy": _("their buddy"),
    "manager": _("a manager"),
    "owner": _("the owner"),
}
NOBODY_NAMED: Label = _("whoever runs the list")
MORE_PARTS: Registry[Callable[[Group | None], Mapping[str, Label]]] = Registry("source of parts in checklists")
"""What a room above calls the parts that it gives in its lists, in a group or (None) in the whole organisation."""


def parts_in(group: Group | None) -> dict[str, Label]:
    """All parts that a step may name in a template of a group, or of the organisation."""
    found = dict(PARTS)
    for more in MORE_PARTS:
        found.update((who, label) for who, label in more(group).items() if who not in PARTS)
    return found


def part_words(who: str) -> Label:
    """Who does a step that has no name yet; a part that another room gave is called as it calls it."""
    return parts_in(None).get(who, who or NOBODY_NAMED)
