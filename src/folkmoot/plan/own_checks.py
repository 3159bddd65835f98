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
    offer_check(Check("people.signed_in", _("they have signed in once"), (SignedInByLink,), checks.has_signed_in))
    offer_check(Check("people.zone", _("their time zone is set"), (PreferencesChanged,), checks.has_zone))
    offer_check(Check("groups.has_role", _("they hold a role in the group"), (RoleTaken,), checks.has_joined))
    offer_check(Check("groups.has_manager", _("the group has a manager"), (RoleTaken,), checks.has_manager))
    offer_check(
        Check("plan.finished_a_task", _("they have finished a task"), (TaskFinished,), checks.has_finished_a_task)
    )
