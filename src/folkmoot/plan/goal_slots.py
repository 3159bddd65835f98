"""Where plan hangs its tabs and panels on a group's page."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from folkmoot.groups.models import Group
from folkmoot.plan import goal_holdings, goal_person_data, panels, report_parts
from folkmoot.ui.slots import GroupTab, Panel, add_group_panel, add_group_tab


def fill() -> None:
    """Hang tab and panel, and offer what people hold here, what is kept about them, and what reports say."""
    add_group_tab(GroupTab("plan", _("Plan"), _plan), order=30)
    add_group_panel(Panel("plan_year", 20, panels.year_so_far))
    goal_holdings.fill()
    goal_person_data.fill()
    report_parts.fill()


def _plan(group: Group) -> str:
    return reverse("group_plan", args=[group.slug])
