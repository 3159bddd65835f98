"""The checks about the rooms below plan, and about tasks."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from folkmoot.groups.facts import AgreementGiven, RoleTaken
from folkmoot.people.facts import PreferencesChanged, ProfileChanged, SignedInByLink
from folkmoot.plan import checks
from folkmoot.plan.checks import Check, offer_check
from folkmoot.plan.facts import TaskFinished


def offer() -> None:
    """Enter them; called once, while the program starts."""
    offer_check(Check("people.signed_in", _("the first sign-in is done"), (SignedInByLink,), checks.has_signed_in))
    in_profile = (PreferencesChanged, ProfileChanged)
    offer_check(Check("people.zone", _("the time zone is set"), in_profile, checks.has_zone))
    offer_check(
        Check(
            "people.profile",
            _("the profile is complete: a time zone, and a few words about oneself"),
            in_profile,
            checks.has_profile,
        )
    )
    offer_check(
        Check(
            "groups.code_of_conduct",
            _("the code of conduct is agreed to"),
            (AgreementGiven,),
            checks.has_agreed_to_conduct,
            checks.no_code_of_conduct,
        )
    )
    offer_check(Check("groups.has_role", _("a role in the group is taken"), (RoleTaken,), checks.has_joined))
    offer_check(Check("groups.has_manager", _("the group has a manager"), (RoleTaken,), checks.has_manager))
    offer_check(
        Check("plan.finished_a_task", _("a first task is finished"), (TaskFinished,), checks.has_finished_a_task)
    )
