"""Welcoming people into a group: buddies, and the lists that begin by themselves."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from folkmoot.groups.actions import hold_group
from folkmoot.groups.models import Group, GroupState, Participation, Power
from folkmoot.groups.queries import has_power
from folkmoot.kit import zones
from folkmoot.kit.errors import Refused
from folkmoot.kit.verdict import require
from folkmoot.ledger.actions import record
from folkmoot.ledger.actors import Actor
from folkmoot.notices.actions import tell
from folkmoot.organisation.queries import the_organisation
from folkmoot.people.models import Person
from folkmoot.people.queries import awaits_first_visit
from folkmoot.plan.actions.checklists import free_part, give_part, start_checklist, stop_checklists_of
from folkmoot.plan.domain.buddies import choose
from folkmoot.plan.facts import BuddyOfferChanged
from folkmoot.plan.models import BuddyOffer, Checklist, ChecklistState
from folkmoot.plan.notices import BuddyWasChosen, WelcomeBegan
from folkmoot.plan.queries import BUDDY, ONBOARDING, WELCOME, WELCOME_OBSERVER, WELCOMES, buddy_candidates
from folkmoot.plan.rules import may_offer_welcome
from folkmoot.plan.welcoming import looked_after

LATELY = timedelta(days=30)
"""Whoever took a role longer ago, and is only being entered now, has arrived already."""


@transaction.atomic
def offer_welcome(group: Group, *, most: int, by: Person) -> None:
    """Offer to be the buddy of at most `most` newcomers at a time (1 to 9); 0 takes the offer back."""
    require(may_offer_welcome(by, group))
    if not 0 <= most <= 9:
        raise Refused(_("Please choose a number up to nine."), code="invalid")
    offers = BuddyOffer.objects.filter(person=by, group=group)
    before = offers.values_list("most", flat=True).first() or 0
    if most == before:
        return
    if most:
        BuddyOffer.objects.update_or_create(person=by, group=group, defaults={"most": most})
    else:
        offers.delete()
    record(BuddyOfferChanged(most), by=by, about=by, on=group, within=group, changes={"most": [before, most]})


@transaction.atomic
def receive(participation: Participation, *, by: Actor) -> Checklist | None:
    """Begin what helps somebody who has just taken a role: a welcome path the first time, or a manager's onboarding.

    None when there is nothing to begin: the role is over, was taken long ago, or they were welcomed before. Done
    twice, it is begun once.
    """
    person, group = participation.person, participation.group
    if Group.objects.filter(pk=group.pk, state=GroupState.CLOSED).exists():
        return None
    hold_group(group)
    participation.refresh_from_db()
    if participation.ended_at is not None or participation.began_at < timezone.now() - LATELY:
        return None
    if not person.is_active:
        return None
    began = participation.began_at.astimezone(zones.zone(_zone())).date()
    if participation.role.power == Power.MANAGE:
        known = Checklist.objects.filter(
            person=person, group=group, template_key=ONBOARDING, started_on__gte=began
        ).exists()
        if known:
            return None
        return start_checklist(ONBOARDING, group=group, anchor=began, people={"manager": person}, subject=person, by=by)
    if Checklist.objects.filter(person=person, group=group, template_key__in=WELCOMES).exists():
        return None
    earlier = Participation.objects.filter(person=person, group=group, began_at__lte=participation.began_at)
    if earlier.exclude(pk=participation.pk).exists():
        return None
    buddy = None if looked_after(group) else _choose_buddy(group, person)
    people = {"newcomer": person} | ({BUDDY: buddy} if buddy else {})
    key = WELCOME_OBSERVER if participation.role.power == Power.OBSERVE else WELCOME
    checklist = start_checklist(key, group=group, anchor=began, people=people, subject=person, by=by)
    if not awaits_first_visit(person):  # whoever was only put on a list gets no mail for it, and finds the path here
        tell([person], WelcomeBegan(checklist.pk, group.name, group.slug, buddy.name if buddy else ""))
    if buddy is not None:
        tell([buddy], BuddyWasChosen(checklist.pk, group.name, person.name))
    return checklist


@transaction.atomic
def part_with(person: Person, group: Group, *, by: Actor) -> None:
    """Bring in order what was begun for somebody who has left a role: asked of the present state, as often as wished.

    Who is no longer in the group has no welcome path and is nobody's buddy there; who no longer leads it is no longer
    being brought in as a manager.
    """
    Group.objects.select_for_update(no_key=True).get(pk=group.pk)  # also one that has closed meanwhile
    if not has_power(person, group, Power.MANAGE):
        stop_checklists_of(person, group, [ONBOARDING], why=_("They no longer lead the group."), by=by)
    if has_power(person, group):
        return
    stop_checklists_of(person, group, WELCOMES, why=_("They have left the group."), by=by)
    BuddyOffer.objects.filter(person=person, group=group).delete()
    left = Checklist.objects.filter(
        group=group, state=ChecklistState.OPEN, parts__who=BUDDY, parts__person=person
    ).select_related("person")
    in_other_hands = looked_after(group)
    for checklist in left:
        if in_other_hands:
            free_part(checklist, BUDDY, by=by)
            continue
        other = _choose_buddy(group, checklist.person) if checklist.person else None
        if other is not None and checklist.person is not None:
            give_part(checklist, BUDDY, other, by=by)
            tell([other], BuddyWasChosen(checklist.pk, group.name, checklist.person.name))


def _choose_buddy(group: Group, newcomer: Person) -> Person | None:
    willing, managers = buddy_candidates(group, newcomer)
    key = choose(willing, managers)
    return Person.objects.get(pk=key) if key is not None else None


def _zone() -> str:
    organisation = the_organisation()
    return organisation.zone if organisation else "UTC"
