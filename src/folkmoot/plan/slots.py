"""Where plan hangs its parts: the reader's own tasks in the menu and on the desk, and what it offers to other rooms."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from folkmoot.groups.holdings import HOLDERS
from folkmoot.people.rules import is_steward
from folkmoot.plan import kept_data, own_checks, own_search, panels
from folkmoot.plan.holdings import LinesHeld, TasksHeld
from folkmoot.ui.chrome import signed_in_person
from folkmoot.ui.slots import MAIN_MENU, PERSON_MENU, DeskPanel, MenuLine, add_desk_panel


def fill() -> None:
    """Hang everything where it belongs."""
    MAIN_MENU.register("my_tasks", MenuLine(_("My tasks"), "my_tasks", _signed_in, keys="g t"), order=30, by=__name__)
    PERSON_MENU.register(
        "checklist_templates",
        MenuLine(_("Checklist templates"), "checklist_templates", _for_stewards),
        order=55,
        by=__name__,
    )
    add_desk_panel(DeskPanel("my_tasks", 20, panels.my_tasks))
    HOLDERS.register("plan.tasks", TasksHeld(), order=30)
    HOLDERS.register("plan.lines", LinesHeld(), order=40)
    own_search.fill()
    kept_data.offer_all()
    own_checks.offer()


def _signed_in(request: HttpRequest) -> bool:
    return signed_in_person(request) is not None


def _for_stewards(request: HttpRequest) -> bool:
    return is_steward(signed_in_person(request))
