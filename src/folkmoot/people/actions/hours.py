"""In which hours calls suit somebody: stated by themselves, or left to what is usual."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time

from django.db import transaction
from django.utils.translation import gettext as _

from folkmoot.kit.errors import Refused
from folkmoot.kit.verdict import require
from folkmoot.ledger.actions import record
from folkmoot.ledger.actors import Actor
from folkmoot.people.actions.standing import gone, hold_person
from folkmoot.people.facts import ComfortableHoursStated
from folkmoot.people.models import ComfortableHours, Person, Standing
from folkmoot.people.models.hours import USUAL_DAYS_OFF
from folkmoot.people.rules import may_change_profile


@dataclass(frozen=True)
class StatedHours:
    """From and until by the clock of the person's zone; `off` is None where no call suits on days off."""

    working: tuple[time, time]
    off: tuple[time, time] | None = None
    days_off: tuple[int, ...] = USUAL_DAYS_OFF


@transaction.atomic
def state_comfortable_hours(person: Person, stated: StatedHours | None, *, by: Actor) -> None:
    """Keep in which hours calls suit somebody; None for the usual ones. Stated twice, they are told once.

    The ledger learns that they changed, not what they are. Refused `invalid` for hours that have no length.
    """
    require(may_change_profile(by, person))
    held = hold_person(person)
    if held.standing != Standing.ACTIVE:
        raise gone(held)
    present = ComfortableHours.objects.filter(person=held).first()
    if stated is None:
        if present is None:
            return
        present.delete()
    else:
        row = present or ComfortableHours(person=held)
        new = _values(stated)
        if present is not None and all(getattr(present, key) == value for key, value in new.items()):
            return
        for key, value in new.items():
            setattr(row, key, value)
        row.save()
    record(ComfortableHoursStated(), by=by, about=held, on=held)


def _values(stated: StatedHours) -> dict[str, object]:
    for begins, ends in filter(None, (stated.working, stated.off)):
        if begins == ends:
            raise Refused(_("Hours end at another time than they begin."), code="invalid")
    if not all(0 <= day <= 6 for day in stated.days_off):
        raise Refused(_("Please choose one of the options."), code="invalid")
    off = stated.off or (None, None)
    return {
        "working_from": stated.working[0],
        "working_until": stated.working[1],
        "off_from": off[0],
        "off_until": off[1],
        "days_off": sorted(set(stated.days_off)),
    }
