"""Pages that help with a step of a checklist, also of rooms above this one, by name."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _

from folkmoot.groups.models import Group
from folkmoot.ui.slots import Label


@dataclass(frozen=True)
class StepLink:
    """The words of a link, and the name of its page, which has the group's slug in its address or nothing.

    A page of the product itself, such as the preferences, leads back to the group's welcome afterwards.
    """

    label: Label
    url_name: str
    of_group: bool = True


LINKS: dict[str, StepLink] = {
    "preferences": StepLink(_("Choose your time zone"), "preferences", of_group=False),
    "group": StepLink(_("The group’s page"), "group"),
    "profile": StepLink(_("Your profile"), "my_profile", of_group=False),
    "agreements": StepLink(_("What is agreed to here"), "group_people"),
    "charter": StepLink(_("Read the charter"), "charter"),
    "meetings": StepLink(_("When the group meets next"), "group_meetings"),
    "calendar": StepLink(_("Subscribe to the calls"), "subscribe"),
    "tasks": StepLink(_("The group’s tasks"), "group_tasks"),
    "first_tasks": StepLink(_("Small tasks to begin with"), "group_welcome"),
}


def link_of(name: str, group: Group | None) -> tuple[Label, str] | None:
    """Words and address; None for a page that is not there, or that needs a group where there is none."""
    link = LINKS.get(name)
    if link is None or (link.of_group and group is None):
        return None
    try:
        url = reverse(link.url_name, args=[group.slug] if link.of_group and group is not None else [])
    except NoReverseMatch:
        return None
    if not link.of_group and group is not None:
        url += "?" + urlencode({"next": reverse("group_welcome", args=[group.slug])})
    return link.label, url
