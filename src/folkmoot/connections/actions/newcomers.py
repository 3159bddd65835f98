"""What a group decides about its newcomers; coming, being greeted, going."""

from __future__ import annotations

from django.db import models, transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from folkmoot.connections.actions.newcomers_buddies import find_buddy, give_up, hold_newcomer
from folkmoot.connections.facts.newcomers import HelloSaid, NewcomerCareChanged
from folkmoot.connections.models.newcomers import (
    BuddyMode,
    BuddyPair,
    BuddyPause,
    Newcomer,
    NewcomerCare,
    NewcomerCheckIn,
)
from folkmoot.connections.queries.newcomers import OPEN_STATES, care_of
from folkmoot.connections.rules.newcomers import may_care_for_newcomers, may_say_hello
from folkmoot.groups.actions import hold_group
from folkmoot.groups.models import Group, GroupState, Participation, Power
from folkmoot.groups.queries import charter_in_force, has_power
from folkmoot.kit.errors import Refused
from folkmoot.kit.verdict import require
from folkmoot.ledger.actions import record
from folkmoot.ledger.actors import Actor
from folkmoot.people.models import Person
from folkmoot.plan.actions import finish_line
from folkmoot.plan.actions.welcome import LATELY, receive
from folkmoot.plan.models import BuddyOffer, Checklist, ChecklistLine, LineState
from folkmoot.plan.queries import BUDDY, WELCOMES, welcome_of


@transaction.atomic
def care_for_newcomers(group: Group, *, buddies: str, check_ins: bool, clause_anchor: str = "", by: Actor) -> None:
    """Decide how buddies are found and whether newcomers are asked how it goes; nothing is told when nothing changes.

    `clause_anchor` names the clause of the charter in force that this stands for. Refused `invalid`.
    """
    require(may_care_for_newcomers(by, group))
    hold_group(group)
    if buddies not in BuddyMode.values:
        raise Refused(_("Please choose one of the options."), code="invalid")
    name = ""
    if clause_anchor:
        charter = charter_in_force(group)
        clause = charter.clauses.filter(anchor=clause_anchor).first() if charter is not None else None
        if clause is None:
            raise Refused(_("The charter in force has no such clause."), code="invalid")
        name = str(clause)[:300]
    before = care_of(group)
    new = {"buddies": buddies, "check_ins": check_ins, "clause_anchor": clause_anchor}
    old = {key: getattr(before, key) for key in new}
    if before.is_chosen and old == new:
        return
    NewcomerCare.objects.update_or_create(group=group, defaults={**new, "clause_name": name})
    changes = {key: [str(old[key]), str(value)] for key, value in new.items() if old[key] != value}
    record(NewcomerCareChanged(buddies, check_ins), by=by, on=group, within=group, changes=changes)


@transaction.atomic
def arrive(participation: Participation, *, by: Actor) -> Newcomer | None:
    """Enter somebody who has come to a group for the first time, and find them a buddy as the group decided.

    None for whoever leads, is back, came long ago or is gone again. Done twice, it is done once.
    """
    person, group = participation.person, participation.group
    if participation.began_at < timezone.now() - LATELY or participation.role.power == Power.MANAGE:
        return None
    if Group.objects.filter(pk=group.pk, state=GroupState.CLOSED).exists():
        return None
    receive(participation, by=by)  # The welcome path is there first, whichever reaction is delivered first.
    hold_group(group)
    participation.refresh_from_db()
    if participation.ended_at is not None or not person.is_active:
        return None
    earlier = Participation.objects.filter(person=person, group=group, began_at__lte=participation.began_at)
    if earlier.exclude(pk=participation.pk).exists():
        return None
    newcomer, is_new = Newcomer.objects.get_or_create(
        group=group, person=person, defaults={"came_at": participation.began_at}
    )
    if is_new and not _has_buddy_already(person, group):
        find_buddy(newcomer, by=by)
    return newcomer


def enter_all(*, by: Actor) -> int:
    """Enter whoever came lately and is not known as a newcomer yet, with a hello that they had; how many there were.

    For those who came before newcomers were kept, and for what a reaction missed.
    """
    known = Newcomer.objects.filter(person=models.OuterRef("person"), group=models.OuterRef("group"))
    came = Participation.objects.filter(
        ~models.Exists(known), ended_at=None, began_at__gte=timezone.now() - LATELY, person__is_active=True
    ).exclude(role__power=Power.MANAGE)
    found = 0
    for participation in came.select_related("person", "group", "role").order_by("pk"):
        newcomer = arrive(participation, by=by)
        path = welcome_of(participation.person, participation.group) if newcomer is not None else None
        line = hello_line(path) if path is not None else None
        if line is not None:
            follow_hello(line)
        found += newcomer is not None
    return found


@transaction.atomic
def say_hello(newcomer: Newcomer, *, by: Person) -> None:
    """Say that one has greeted a newcomer; it ticks the step of their welcome path.

    Said twice by the same one it is told once; Refused `taken` where somebody else was first.
    """
    require(may_say_hello(by, newcomer))
    hold_newcomer(newcomer)
    if newcomer.hello_at is not None:
        if newcomer.hello_by_id == by.pk:
            return
        raise Refused(
            _("%(name)s was greeted already, on %(day)s%(who)s. A second hello is welcome all the same.")
            % {
                "name": newcomer.person.name,
                "day": date_format(timezone.localtime(newcomer.hello_at), "j F"),
                "who": _(" by %(name)s") % {"name": newcomer.hello_by.name} if newcomer.hello_by else "",
            },
            code="taken",
        )
    if newcomer.left_at is not None:
        raise Refused(_("%(name)s is no longer in the group.") % {"name": newcomer.person.name}, code="ended")
    newcomer.hello_at, newcomer.hello_by = timezone.now(), by
    newcomer.save(update_fields=["hello_at", "hello_by"])
    record(HelloSaid(newcomer.pk), by=by, about=newcomer.person, on=newcomer, within=newcomer.group)
    path = welcome_of(newcomer.person, newcomer.group)
    line = hello_line(path) if path is not None and path.is_open else None
    if line is not None and line.is_open:
        finish_line(line, by=by)


@transaction.atomic
def follow_hello(line: ChecklistLine) -> None:
    """Let a hello be what the step of the welcome path says, also when it was ticked or opened again there."""
    path = line.checklist
    if path.template_key not in WELCOMES or line.who != BUDDY or path.person is None or path.group is None:
        return
    first = hello_line(path)
    newcomer = Newcomer.objects.filter(person=path.person, group=path.group).first()
    if newcomer is None or first is None or first.pk != line.pk:
        return
    hold_newcomer(newcomer)
    if first.state == LineState.OPEN:
        newcomer.hello_at, newcomer.hello_by = None, None
    elif newcomer.hello_at is None:
        newcomer.hello_at = first.ended_at
        newcomer.hello_by = first.ended_by if first.ended_by_id != newcomer.person_id else None
    newcomer.save(update_fields=["hello_at", "hello_by"])


@transaction.atomic
def depart(person: Person, group: Group, *, by: Actor) -> None:
    """End what was between somebody who is no longer in a group and those who welcomed them, or whom they welcomed.

    Asked of the present state, as often as wished. Their newcomers get somebody else; what they were asked and did not
    answer is asked no more.
    """
    if has_power(person, group):
        return
    Group.objects.select_for_update(no_key=True).get(pk=group.pk)  # also one that has closed meanwhile
    BuddyPause.objects.filter(person=person, group=group).delete()
    for newcomer in Newcomer.objects.select_for_update().filter(person=person, group=group, left_at=None):
        newcomer.left_at = timezone.now()
        newcomer.save(update_fields=["left_at"])
        NewcomerCheckIn.objects.filter(newcomer=newcomer, answer="").delete()
    mine = BuddyPair.objects.filter(newcomer__person=person, newcomer__group=group, state__in=OPEN_STATES)
    for pair in mine:
        give_up(pair, by=by)
    theirs = BuddyPair.objects.filter(buddy=person, newcomer__group=group, state__in=OPEN_STATES)
    for pair in theirs.select_related("newcomer"):
        give_up(pair, by=by)
        find_buddy(pair.newcomer, by=by)


@transaction.atomic
def forget_pause(person: Person, group: Group) -> None:
    """Whoever is on the rota no longer pauses no longer: an offer that they make later on counts from then."""
    if not BuddyOffer.objects.filter(person=person, group=group).exists():
        BuddyPause.objects.filter(person=person, group=group).delete()


def hello_line(path: Checklist) -> ChecklistLine | None:
    """The step of a welcome path by which somebody is greeted: the buddy's first one."""
    return path.lines.filter(who=BUDDY).order_by("position", "pk").select_related("ended_by", "owner").first()


def _has_buddy_already(person: Person, group: Group) -> bool:
    path = welcome_of(person, group)
    return path is not None and path.parts.filter(who=BUDDY).exists()
