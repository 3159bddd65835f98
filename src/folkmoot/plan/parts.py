"""The parts that people play in checklists, in words."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from folkmoot.ui.slots import Label

PARTS: dict[str, Label] = {
    "newcomer": _("the newcomer"),
    "buddy": _("their buddy"),
    "manager": _("a manager"),
    "owner": _("the owner"),
}
NOBODY_NAMED: Label = _("whoever runs the list")


def part_words(who: str) -> Label:
    """Who does a step that has no name yet; a part that another room gave is called as it calls it."""
    return PARTS.get(who, who or NOBODY_NAMED)
