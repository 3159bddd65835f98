"""Rows that are for people of a group, chosen in the database as the rules choose them one by one."""

from __future__ import annotations

from django.db.models import Exists, Q

from folkmoot.groups.models import Participation, Power, Term
from folkmoot.groups.queries import groups_with_power, root_groups
from folkmoot.organisation.queries import today_here
from folkmoot.people.rules import is_steward
from folkmoot.people.searching import Seeker, as_person

EVERY = ~Q(pk=None)
NONE = Q(pk__in=[])


def inside(seeker: Seeker, group: str = "group", *powers: Power) -> Q:
    """Rows whose `group` (a path to it) the seeker has a role or seat in, with one of these powers if any is named.

    For stewards all of them, as in `goal_rules.may_see_inside`.
    """
    if is_steward(seeker):
        return EVERY
    person = as_person(seeker)
    return Q(**{f"{group}__in": groups_with_power(person, *powers)}) if person else NONE


def of_group(seeker: Seeker, group: str = "group") -> Q:
    """Rows of groups in which the seeker takes part or holds any seat, as `holds_anything`; for stewards all."""
    if is_steward(seeker):
        return EVERY
    person = as_person(seeker)
    if person is None:
        return NONE
    seated = Term.objects.on(today_here()).filter(person=person, seat__retired_on=None).values("seat__group")
    takes_part = Participation.objects.filter(person=person, ended_at=None).values("group")
    return Q(**{f"{group}__in": takes_part}) | Q(**{f"{group}__in": seated})


def answers_proposals(seeker: Seeker) -> Q:
    """All rows for whoever may answer proposals of groups, none for others, see `rules.may_answer_proposals`."""
    if is_steward(seeker):
        return EVERY
    person = as_person(seeker)
    if person is None:
        return NONE
    leads = groups_with_power(person, Power.MANAGE).filter(pk__in=root_groups().values("pk"))
    return Q(Exists(leads))
