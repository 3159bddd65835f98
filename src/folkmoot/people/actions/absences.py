"""Saying that one is away, and that one is back."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from folkmoot.kit.errors import Refused
from folkmoot.ledger.actions import record
from folkmoot.organisation.queries import today_here
from folkmoot.people.absences import REMEMBERED, coming_absences
from folkmoot.people.facts import AbsenceEnded, AbsenceSaid
from folkmoot.people.models import Absence, Person

LONGEST = timedelta(days=366)
MOST = 12
"""How many absences a person may have said beforehand."""


@transaction.atomic
def say_away(person: Person, *, first_day: date, last_day: date, shown: bool) -> Absence:
    """Say from which day to which oneself is away, both included; with `shown` leaders of one's groups see until when.

    Refused `invalid` for days in the wrong order, that are over, or further ahead or apart than a year; `too_many`.
    """
    today = today_here()
    if last_day < first_day:
        raise Refused(_("The last day comes before the first."), code="invalid")
    if last_day < today:
        raise Refused(_("These days are over already."), code="invalid")
    if last_day - first_day > LONGEST or first_day - today > LONGEST:
        raise Refused(_("Please choose days within a year."), code="invalid")
    Person.objects.select_for_update().get(pk=person.pk)
    if coming_absences(person, today=today).count() >= MOST:
        raise Refused(_("That is enough ahead. Take one of them away first."), code="too_many")
    made = Absence.objects.create(person=person, first_day=first_day, last_day=last_day, shown=shown)
    record(AbsenceSaid(), by=person, about=person, on=person)
    return made


@transaction.atomic
def end_absence(absence: Absence, *, by: Person) -> None:
    """Take back what has not begun; of what has, today is no day away any more. Done twice, it is done once.

    Refused `not_found` for what is somebody else's.
    """
    held = Absence.objects.select_for_update().filter(pk=absence.pk).first()
    if held is None:
        return
    if held.person_id != by.pk:
        raise Refused(_("There is no such absence."), code="not_found")
    today = today_here()
    if held.last_day < today:
        return
    if held.first_day >= today:
        held.delete()
    else:
        held.last_day = today - timedelta(days=1)
        held.save(update_fields=["last_day"])
    record(AbsenceEnded(), by=by, about=by, on=by)


def forget_absences(*, today: date | None = None) -> int:
    """Take away what has been over for a while; returns how many."""
    return Absence.objects.filter(last_day__lt=(today or today_here()) - REMEMBERED).delete()[0]
