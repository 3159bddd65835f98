"""Opening a help desk, and changing what it promises."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from folkmoot.calendar.texts import one_line
from folkmoot.connections.domain.help_promises import (
    KEYS,
    MOST_CLOSED,
    USUAL,
    USUAL_STEPS,
    Escalation,
    Promise,
    checked_steps,
    opening,
)
from folkmoot.connections.facts.helping import HelpDeskChanged
from folkmoot.connections.models.helping import LONGEST_REASON, LONGEST_TOPIC, MOST_TOPICS, DeskHelper, HelpDesk
from folkmoot.connections.rules.helping import may_run_desk
from folkmoot.groups.models import Group
from folkmoot.kit import zones
from folkmoot.kit.errors import Refused
from folkmoot.kit.verdict import require
from folkmoot.ledger.actions import record
from folkmoot.ledger.actors import Actor
from folkmoot.people.models import Person
from folkmoot.plan.who import people_in

Week = Sequence[Sequence[tuple[int, int]]]
OFFICE_HOURS: Week = tuple(((9 * 60, 17 * 60),) if day < 5 else () for day in range(7))
MOST_HELPERS = 100
LONGEST_QUIET = 90


@dataclass(frozen=True)
class DeskWords:
    """How a desk works; see `models.helping.HelpDesk`. `helpers` are all who answer there."""

    helpers: Sequence[Person] = ()
    zone: str = "UTC"
    is_on: bool = True
    about: str = ""
    topics: Sequence[str] = ()
    around_the_clock: bool = False
    week: Week = OFFICE_HOURS
    holidays: Sequence[tuple[str, str]] = ()
    closed_days: Sequence[date] = ()
    promises: Sequence[Promise] = USUAL
    steps: Sequence[Escalation] = USUAL_STEPS
    quiet_days: int = 7
    most_open: int = 3


@transaction.atomic
def set_up_desk(group: Group | None, words: DeskWords, *, by: Actor) -> HelpDesk:
    """Open the desk of a group (of everybody: None), or change it; what was asked keeps what it was promised.

    Refused `forbidden`, `invalid` with params `field`, `too_many`.
    """
    require(may_run_desk(by, group))
    zone = zones.canonical(words.zone)
    promises = {one.key: one for one in words.promises}
    if set(promises) != set(KEYS):
        raise Refused(_("Say what is promised for each urgency."), code="invalid", field="promises")
    if not 1 <= words.quiet_days <= LONGEST_QUIET:
        raise Refused(_("Between 1 and %(most)d days.") % {"most": LONGEST_QUIET}, code="invalid", field="quiet_days")
    if not 1 <= words.most_open <= 50:
        raise Refused(_("Between 1 and 50 requests."), code="invalid", field="most_open")
    if words.is_on and not words.helpers:
        raise Refused(_("Name at least one person who answers."), code="invalid", field="helpers")
    if group is not None and {person.pk for person in words.helpers} - {person.pk for person in people_in(group)}:
        raise Refused(_("Name people who take part in the group."), code="invalid", field="helpers")
    if len(words.helpers) > MOST_HELPERS:
        raise Refused(_("At most %(most)d people.") % {"most": MOST_HELPERS}, code="too_many", field="helpers")
    closed = sorted({day.isoformat() for day in words.closed_days})
    if len(closed) > MOST_CLOSED:
        raise Refused(_("At most %(most)d closed days.") % {"most": MOST_CLOSED}, code="too_many", field="closed_days")
    week = [[list(span) for span in day] for day in words.week]
    holidays = [list(place) for place in words.holidays]
    if not words.around_the_clock:
        kept = opening(zone, week, holidays, closed)
        holidays = [list(place) for place in kept.holidays]
    values = {
        "is_on": words.is_on,
        "about": words.about.strip()[:LONGEST_REASON],
        "topics": _topics(words.topics),
        "around_the_clock": words.around_the_clock,
        "zone": zone,
        "week": week,
        "holidays": holidays,
        "closed_days": closed,
        "promises": [promises[key].kept() for key in KEYS],
        "steps": [one.key for one in checked_steps(words.steps)],
        "quiet_days": words.quiet_days,
    }
    desk, _is_new = HelpDesk.objects.select_for_update().update_or_create(group=group, defaults=values)
    wanted = {person.pk: person for person in words.helpers}
    desk.helpers.exclude(person__in=wanted).delete()
    for person in wanted.values():
        DeskHelper.objects.update_or_create(desk=desk, person=person, defaults={"most": words.most_open})
    record(HelpDeskChanged(desk.pk, words.is_on, len(wanted)), by=by, on=desk, within=group)
    return desk


def _topics(given: Sequence[str]) -> list[str]:
    found: dict[str, str] = {}
    for one in given:
        topic = one_line(one, most=LONGEST_TOPIC)
        if topic:
            found.setdefault(topic.casefold(), topic)
    if len(found) > MOST_TOPICS:
        raise Refused(_("At most %(most)d topics.") % {"most": MOST_TOPICS}, code="too_many", field="topics")
    return list(found.values())
