"""The elections of a group as a list shows them, in a fixed number of queries."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q
from django.utils.translation import gettext as _

from folkmoot.governance.day_words import span_words, step_words
from folkmoot.governance.domain.days import Step, step_next, steps_now
from folkmoot.governance.models.elections import Election, ElectionKind, ElectionState
from folkmoot.governance.models.officers import OfficerState
from folkmoot.governance.queries.elections import day_in
from folkmoot.governance.queries.plan import days_of
from folkmoot.groups.models import Group
from folkmoot.groups.queries import ancestors, holds_anything
from folkmoot.groups.rules import leads
from folkmoot.people.models import Person
from folkmoot.ui.times import plain_date

OVER = (ElectionState.CERTIFIED, ElectionState.CANCELLED)


@dataclass(frozen=True)
class ElectionLine:
    """One election in a list: what it is, what runs in it now, and what comes next."""

    election: Election
    kind: str
    state: str
    next: str
    side: str
    is_running: bool


def listed(group: Group, reader: Person | None, now: datetime) -> list[ElectionLine]:
    """All elections of a group that the reader may know of, newest first; as `rules.may_see_election` for one.

    Those of a group above are among them where the people of this one elect too.
    """
    theirs = Q(group__in=ancestors(group), reaches_below=True) & ~Q(state=ElectionState.DRAFT)
    found = Election.objects.filter(Q(group=group) | theirs).prefetch_related("stages", "officers")
    sees_all = bool(leads(reader, group))
    takes_part = sees_all or (reader is not None and holds_anything(reader, group))
    lines = []
    for election in found.select_related("group"):
        is_public = election.state != ElectionState.DRAFT and not election.is_practice
        if (
            is_public
            or sees_all
            or _has_a_duty(election, reader)
            or (takes_part and election.state != ElectionState.DRAFT)
        ):
            lines.append(_line(election, now, here=group))
    return lines


def _has_a_duty(election: Election, reader: Person | None) -> bool:
    return reader is not None and any(
        one.person_id == reader.pk and one.state != OfficerState.DECLINED for one in election.officers.all()
    )


def _line(election: Election, now: datetime, *, here: Group) -> ElectionLine:
    days, today = days_of(election), day_in(election, now)
    is_running = election.state not in OVER
    steps = steps_now(days, today) if election.state not in (ElectionState.DRAFT, *OVER) else []
    coming = step_next(days, today) if is_running else None
    words = {"step": step_words(coming), "day": plain_date(days[coming].first, now=today)} if coming else {}
    voting = days.get(Step.VOTING)
    kind = str(ElectionKind(election.kind).label).capitalize()
    if election.group != here:
        kind = _("%(kind)s, %(group)s") % {"kind": kind, "group": election.group.name}
    return ElectionLine(
        election=election,
        kind=kind,
        state=step_words(steps[0]) if steps else str(election.get_state_display()),
        next=_("then %(step)s, from %(day)s") % words if words else "",
        side=_("Voting %(days)s") % {"days": span_words(voting, year=today.year)} if voting else "",
        is_running=is_running,
    )
