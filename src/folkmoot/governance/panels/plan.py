"""What this part shows: the way of an election through its days, on its own page."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from folkmoot.governance import election_list, own_messages
from folkmoot.governance.actions.plan import ANYWHERE
from folkmoot.governance.actions.plan_checklist import checklist_of
from folkmoot.governance.day_words import span_words, step_words
from folkmoot.governance.domain.days import Days, Step, step_next, steps_now
from folkmoot.governance.election_parts import add_part
from folkmoot.governance.models.elections import Election, ElectionState
from folkmoot.governance.queries.elections import day_in
from folkmoot.governance.queries.plan import days_of
from folkmoot.governance.rules.elections import may_prepare
from folkmoot.governance.rules.plan import looks_after, may_announce, may_cancel
from folkmoot.kit import zones
from folkmoot.people.reader import person_of
from folkmoot.ui.tables import Column, DataTable

ENDED = (ElectionState.CANCELLED, ElectionState.CERTIFIED)


@dataclass(frozen=True)
class StepLine:
    """One step with its days, as the page shows it."""

    step: Step
    days: Days
    words: str
    is_now: bool
    is_over: bool

    @property
    def label(self) -> str:
        return step_words(self.step)


def fill() -> None:
    """Hang everything where it belongs."""
    own_messages.fill()
    election_list.offer()
    add_part("plan", timeline, order=10)


def timeline(request: HttpRequest, election: Election) -> SafeString | None:
    """Where the election is on its way, what comes next, and for those who look after it what they can change."""
    reader = person_of(request)
    now = timezone.now()
    days, today = days_of(election), day_in(election, now)
    cares = bool(reader and looks_after(reader, election))
    upcoming = step_next(days, today)
    context = {
        "election": election,
        "lines": step_lines(days, today),
        "zone_words": zone_words(election.zone),
        "upcoming": (step_words(upcoming), days[upcoming].first) if upcoming else None,
        "is_draft": election.state == ElectionState.DRAFT,
        "is_over": election.state in ENDED,
        "cares": cares,
        "announcing": may_announce(reader, election) if cares else None,
        "may_prepare": cares and bool(may_prepare(reader, election)),
        "may_cancel": cares and bool(may_cancel(reader, election)),
        "checklist": checklist_of(election) if cares else None,
    }
    return SafeString(render_to_string("governance/plan/timeline.html", context, request))


def step_lines(days: dict[Step, Days], today: object) -> list[StepLine]:
    """All steps in the order of their days."""
    running = set(steps_now(days, today))  # type: ignore[arg-type]
    order = list(Step)
    found = sorted(days.items(), key=lambda one: (one[1].first, order.index(one[0])))
    return [
        StepLine(step, span, span_words(span), step in running, span.last < today)  # type: ignore[operator]
        for step, span in found
    ]


def days_table(days: dict[Step, Days]) -> DataTable:
    """The days of all steps as a table, for a preview."""
    rows = tuple(
        (line.label, line.words, str(line.days.count)) for line in step_lines(days, min(d.first for d in days.values()))
    )
    return DataTable(
        _("All steps with their days"),
        (Column(_("Step")), Column(_("Days")), Column(_("How many"))),
        rows,
    )


def zone_words(zone: str) -> str:
    """Where the days of an election begin and end, in a sentence."""
    if zone == ANYWHERE:
        return _("A day lasts until it is over everywhere on Earth.")
    return _("Days begin and end at midnight in %(place)s.") % {"place": zones.place(zone)}
