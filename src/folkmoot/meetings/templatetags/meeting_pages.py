"""The pages of one meeting, under its title."""

from __future__ import annotations

from django import template
from django.template import Context
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from folkmoot.meetings.models import Meeting
from folkmoot.ui.chrome import signed_in_person
from folkmoot.ui.tags.navigation import subpages

register = template.Library()


@register.simple_tag(takes_context=True)
def meeting_pages(context: Context, meeting: Meeting) -> SafeString:
    """The pages of a meeting, with the present one marked; nothing where there is only one."""
    pages = _pages(meeting, is_signed_in=signed_in_person(context["request"]) is not None)
    if len(pages) < 2:
        return SafeString("")
    return subpages(_("Pages of this call"), context["request"].path, *(part for page in pages for part in page))


def _pages(meeting: Meeting, *, is_signed_in: bool) -> list[tuple[str, str]]:
    """Words and addresses, in the order of work: before, during, after."""
    pages = [
        (_("The call"), meeting.get_absolute_url()),
        (_("Agenda"), reverse("agenda", args=[meeting.pk])),
        (_("Who was there"), reverse("attendance", args=[meeting.pk])),
    ]
    if is_signed_in:
        pages.append((_("Who does what"), reverse("call_roles", args=[meeting.pk])))
        pages.append((_("Minutes"), reverse("minutes", args=[meeting.pk])))
    return pages
