"""Where polls hang on the pages of other rooms."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from folkmoot.availability import panels, person_data
from folkmoot.groups.models import Group
from folkmoot.meetings.beside import BESIDE_CALLS, Beside
from folkmoot.ui.slots import DeskPanel, add_desk_panel


def fill() -> None:
    """A link beside the calls of a group, what waits on the desk, and what is kept about people."""
    BESIDE_CALLS.register("polls", Beside(_("Finding a time"), _polls), order=10, by=__name__)
    add_desk_panel(DeskPanel("polls_that_wait", 9, panels.polls_that_wait))
    person_data.fill()


def _polls(group: Group) -> str:
    return reverse("polls", args=[group.slug])
