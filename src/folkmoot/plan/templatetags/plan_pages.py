"""The pages of a group's plan, under the tabs of the group."""

from __future__ import annotations

from django import template
from django.http import HttpRequest
from django.template import Context
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from folkmoot.groups.models import Group
from folkmoot.plan.rules import Standing, standing_in
from folkmoot.ui.chrome import signed_in_person
from folkmoot.ui.tags.navigation import subpages

register = template.Library()


@register.simple_tag(takes_context=True)
def plan_pages(context: Context, group: Group) -> SafeString:
    """The pages of the plan that this reader may open, with the present one marked.

    One query for who is signed in, unless the page knows their `standing` already.
    """
    request = context["request"]
    standing = context.get("standing") or _standing(request, group)
    lines = [part for label, name in _pages(standing) for part in (label, _address(name, group))]
    return subpages(_("Plan of %(group)s") % {"group": group.name}, request.path, *lines)


def _standing(request: HttpRequest, group: Group) -> Standing:
    person = signed_in_person(request)
    return standing_in(person, group) if person is not None else Standing(None, None, False)


def _address(name: str, group: Group) -> str:
    return reverse(name, args=[group.slug])


def _pages(standing: Standing) -> list[tuple[str, str]]:
    """Words and names, in the order of work: what is wanted, what is done for it, who comes, what is told of it."""
    pages = [
        (_("Overview"), "group_plan"),
        (_("Goals"), "plan_goals"),
        (_("Initiatives"), "plan_initiatives"),
        (_("The year"), "plan_year"),
    ]
    if standing.is_in:
        pages += [(_("Tasks"), "group_tasks"), (_("Checklists"), "group_checklists"), (_("Welcome"), "group_welcome")]
    pages.append((_("Reports"), "reports"))
    if standing.is_in:
        pages.append((_("Risks"), "plan_risks"))
    if standing.leads:
        pages.append((_("Stakeholders"), "plan_stakeholders"))
    return pages
