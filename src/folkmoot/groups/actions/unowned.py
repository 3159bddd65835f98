"""Nothing is orphaned: what somebody still holds when they leave, and what waits for a new owner."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from folkmoot.groups.facts import HoldingLeft, HoldingTaken
from folkmoot.groups.holdings import HOLDERS, Holding
from folkmoot.groups.models import Group, Participation, UnownedHolding
from folkmoot.groups.rules import may_oversee, may_take_unowned
from folkmoot.kit.errors import Refused
from folkmoot.kit.verdict import require
from folkmoot.ledger.actions import record
from folkmoot.ledger.actors import Actor, system
from folkmoot.people.models import Person

ROLE_KIND = "groups.role"
"""The kind of holding that is the leading role itself: it keeps nobody from leaving, for it ends with that."""


@dataclass(frozen=True)
class Held:
    """One thing that a person holds in a group, with the name of its kind in `HOLDERS` and the kind's heading."""

    kind: str
    title: str
    holding: Holding


def held_by(person: Person, group: Group) -> list[Held]:
    """Everything that a person holds in a group, from every room."""
    return [
        Held(entry.name, str(entry.item.title), holding)
        for entry in HOLDERS.entries()
        for holding in entry.item.held(person, group)
    ]


def settle_holdings(participation: Participation, *, by: Actor, force: bool) -> None:
    """Refuse `still_holds` while whoever leaves holds something; with `force` it waits for an owner.

    `force` is for those who oversee the group, and the steward.
    """
    person, group = participation.person, participation.group
    held = [one for one in held_by(person, group) if one.kind != ROLE_KIND]
    if not held:
        return
    if not force:
        words = ngettext(
            "%(person)s still holds something here: %(first)s. A handover gives it to somebody else.",
            "%(person)s still holds %(count)d things here, among them %(first)s. A handover gives them to others.",
            len(held),
        )
        said = {"person": person.name, "count": len(held), "first": held[0].holding.words}
        raise Refused(words % said, code="still_holds", group=group.slug)
    require(may_oversee(by, group))
    leave_to_group(group, held, left_by=person, by=by)


def leave_all(participation: Participation, *, by: Actor) -> None:
    """As with `force`, where a day or a charter ends the participation and nobody is asked."""
    person, group = participation.person, participation.group
    held = [one for one in held_by(person, group) if one.kind != ROLE_KIND]
    leave_to_group(group, held, left_by=person, by=by)


@transaction.atomic
def leave_to_group(group: Group, held: Sequence[Held], *, left_by: Person, by: Actor) -> list[UnownedHolding]:
    """Enter things into the list of what waits for an owner; what stands there already stays as it is."""
    left = []
    for one in held:
        unowned, is_new = UnownedHolding.objects.get_or_create(
            kind=one.kind,
            key=one.holding.key,
            taken_at=None,
            defaults={
                "group": group,
                "words": one.holding.words[:300],
                "path": one.holding.path[:300],
                "left_by": left_by,
                "since": timezone.now(),
            },
        )
        if is_new:
            left.append(unowned)
            record(
                HoldingLeft(unowned_id=unowned.pk, words=unowned.words), by=by, about=left_by, on=unowned, within=group
            )
    return left


@transaction.atomic
def take_unowned(unowned: UnownedHolding, *, to: Person, by: Actor) -> UnownedHolding:
    """Give something that waits to somebody who takes part. Refused `taken` once somebody else has it."""
    require(may_take_unowned(by, unowned.group))
    hold_unowned(unowned)
    unowned = UnownedHolding.objects.select_related("group", "taken_by").get(pk=unowned.pk)
    if unowned.taken_by == to:
        return unowned
    if unowned.taken_by is not None:
        raise Refused(_("%(person)s has taken it already.") % {"person": unowned.taken_by.name}, code="taken")
    give_on(unowned.kind, unowned.key, to=to)
    unowned.taken_by, unowned.taken_at = to, timezone.now()
    unowned.save(update_fields=["taken_by", "taken_at"])
    record(HoldingTaken(unowned_id=unowned.pk, person=to.name), by=by, about=to, on=unowned, within=unowned.group)
    return unowned


def give_on(kind: str, key: str, *, to: Person) -> None:
    """Let the room that knows the thing give it to somebody. Refused where no room knows such things any more."""
    holder = HOLDERS.get(kind)
    if holder is None:
        raise Refused(_("Nothing of this kind is held here any more."), code="unknown_holding")
    holder.hand_over(key, to=to, by=system())


def hold_unowned(unowned: UnownedHolding) -> None:
    """Let nobody else take it until this transaction ends."""
    UnownedHolding.objects.select_for_update().get(pk=unowned.pk)
