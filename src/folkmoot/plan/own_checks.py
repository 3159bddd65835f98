"""The checks about the rooms below plan, and about tasks."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from folkmoot.groups.facts import RoleTaken
from folkmoot.people.facts import PreferencesChanged, SignedInByLink
from folkmoot.plan import checks
from folkmoot.plan.checks import Check, offer_check
from folkmoot.plan.facts import TaskFinished


def offer() -> None:
    """Enter them; called once, while the program starts."""
    offer_check(Check("people.signed_in", _("the first sign-in is done"), (SignedInByLink,), checks.has_signed_in))
    offer_check(Check("people.zone", _("the time zone is set"), (PreferencesChanged,), checks.has_zone))
    offer_check(Check("groups.has_role", _("a role in the group is taken"), (RoleTaken,), checks.has_joined))
    offer_check(Check("groups.has_manager", _("the group has a manager"), (RoleTaken,), checks.has_manager))
    offer_check(
        Check("plan.finished_a_task", _("a first task is finished"), (TaskFinished,), checks.has_finished_a_task)
    )
