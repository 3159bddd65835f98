"""Where decisions hang their parts, and what they offer to other rooms."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from folkmoot.decisions import own_search, panels, person_data, report_part
from folkmoot.groups.models import Group
from folkmoot.ui.slots import DeskPanel, GroupTab, add_desk_panel, add_group_tab


def fill() -> None:
    """Hang everything where it belongs."""
    add_group_tab(GroupTab("decisions", _("Decisions"), _decisions), order=35)
    add_desk_panel(DeskPanel("decisions", 15, panels.silence_and_objections))
    own_search.fill()
    person_data.fill()
    report_part.fill()


def _decisions(group: Group) -> str:
    return reverse("decisions", args=[group.slug])
