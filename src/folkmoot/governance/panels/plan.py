"""What this part shows: the way of an election through its days, on its own page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from folkmoot.decisions.domain.thresholds import Said
from folkmoot.decisions.motion_terms import terms_of
from folkmoot.decisions.motion_words import quorum_words, threshold_words
from folkmoot.governance import election_list, own_messages
from folkmoot.governance.actions.plan_checklist import checklist_of
from folkmoot.governance.actions.plan_contests import QUESTIONS, needed_by_charter
from folkmoot.governance.day_words import span_words, step_words
from folkmoot.governance.domain.counting.methods import METHODS, Method
from folkmoot.governance.domain.days import Days, Step, step_next
from folkmoot.governance.domain.given import terms_of_question
from folkmoot.governance.election_parts import add_part
from folkmoot.governance.models.elections import ANYWHERE, Contest, Election, ElectionState
from folkmoot.governance.queries.elections import day_in
from folkmoot.governance.queries.plan import days_of
from folkmoot.governance.roll_criteria import Clause
from folkmoot.governance.rules.elections import may_prepare
from folkmoot.governance.rules.plan import looks_after, may_announce, may_cancel
from folkmoot.groups.models import Group
from folkmoot.kit import zones
from folkmoot.people.reader import person_of
from folkmoot.ui.slots import Label
from folkmoot.ui.tables import Column, DataTable

ENDED = (ElectionState.CANCELLED, ElectionState.CERTIFIED)
PREPARED = (ElectionState.DRAFT, ElectionState.ANNOUNCED)


@dataclass(frozen=True)
class StepLine:
    """The steps that share the same days, as the page shows them."""

    labels: tuple[str, ...]
    days: Days
    words: str
    is_now: bool
    is_over: bool
    is_next: bool


@dataclass(frozen=True)
class ContestLine:
    """A contest as everybody reads of it; `needs` is for a question."""

    contest: Contest
    method: Label
    needs: list[tuple[str, Clause | None]]

    @property
    def seats(self) -> list[str]:
        """The seats that it fills, by title."""
        return [fill.seat.title for fill in self.contest.fills.all()]


def fill() -> None:
    """Hang everything where it belongs."""
    own_messages.fill()
    election_list.offer()
    add_part("contests", contests, order=18)
    add_part("plan", timeline, order=80, leads_while=PREPARED)


def timeline(request: HttpRequest, election: Election) -> SafeString | None:
    """Where the election is on its way, what comes next, and for those who look after it what they can change."""
    reader = person_of(request)
    now = timezone.now()
    days, today = days_of(election), day_in(election, now)
    cares = bool(reader and looks_after(reader, election))
    is_over = election.state in ENDED
    lines = step_lines(days, today)
    context = {
        "election": election,
        "lines": lines,
        "soon": [] if is_over else [line for line in lines if line.is_now or line.is_next],
        "zone_words": zone_words(election.zone),
        "voting": voting_times(election, days),
        "is_draft": election.state == ElectionState.DRAFT,
        "is_over": is_over,
        "cares": cares,
        "announcing": may_announce(reader, election) if cares else None,
        "may_prepare": cares and bool(may_prepare(reader, election)),
        "may_cancel": cares and bool(may_cancel(reader, election)),
        "checklist": checklist_of(election) if cares else None,
    }
    return SafeString(render_to_string("governance/plan/timeline.html", context, request))


def contests(request: HttpRequest, election: Election) -> SafeString | None:
    """What is voted on: who is elected to what and how it is counted, or the question and what a yes needs."""
    found = election.contests.prefetch_related("fills__seat")
    lines = [
        ContestLine(contest, METHODS[Method(contest.method)].words, needed_words(contest, election.group))
        for contest in found
    ]
    if not lines:
        return None
    context = {"election": election, "lines": lines, "is_question": election.kind in QUESTIONS}
    return SafeString(render_to_string("governance/plan/voted_on.html", context, request))


def needed_words(contest: Contest, group: Group) -> list[tuple[str, Clause | None]]:
    """What a question needs, in sentences, with the clause of the charter in force that says so; else nothing."""
    question = contest.rules.get("question")
    if contest.method != Method.YES_NO or question is None:
        return []
    terms, charter = terms_of_question(question), terms_of(group)
    said = needed_by_charter(group)
    is_charters = all(question.get(name) == value for name, value in said.items())
    lines = [(threshold_words(terms), _clause(charter.threshold_said) if is_charters else None)]
    if terms.quorum.share or terms.quorum.count:
        lines.append((quorum_words(terms), _clause(charter.quorum_said) if is_charters else None))
    return lines


def _clause(said: Said | None) -> Clause | None:
    return Clause(said.text, said.number, said.anchor) if said is not None else None


def step_lines(days: dict[Step, Days], today: date) -> list[StepLine]:
    """All steps in the order of their days, those with the same days together; a year is said once, where it begins."""
    together: dict[Days, list[str]] = {}
    for step, span in days.items():
        together.setdefault(span, []).append(step_words(step))
    coming, year, lines = step_next(days, today), today.year, []
    for span, labels in sorted(together.items(), key=lambda one: (one[0].first, one[0].last)):
        lines.append(
            StepLine(
                tuple(labels),
                span,
                span_words(span, year=year),
                is_now=span.first <= today <= span.last,
                is_over=span.last < today,
                is_next=coming is not None and span == days[coming],
            )
        )
        year = span.last.year
    return lines


def days_table(days: dict[Step, Days]) -> DataTable:
    """The days of all steps as a table, for a preview."""
    rows = tuple((step_words(step), span_words(span), str(span.count)) for step, span in days.items())
    columns = (Column(_("Step")), Column(_("Days")), Column(_("How many"), is_number=True))
    return DataTable(_("All steps with their days"), columns, rows)


def voting_times(election: Election, days: dict[Step, Days]) -> tuple[datetime, datetime] | None:
    """The instants between which ballots will be taken, as the days say; None once voting is open."""
    if Step.VOTING not in days or election.state not in PREPARED:
        return None
    last = days.get(Step.GRACE, days[Step.VOTING]).last
    return _midnight(days[Step.VOTING].first, election.zone), _midnight(last + timedelta(days=1), election.zone)


def _midnight(day: date, zone: str) -> datetime:
    return zones.local_to_utc(datetime.combine(day, time()), zone).candidates[-1].utc


def zone_words(zone: str) -> str:
    """Where the days of an election begin and end, in a sentence."""
    if zone == ANYWHERE:
        return _("A day lasts until it is over everywhere on Earth.")
    return _("Days begin and end at midnight in %(place)s.") % {"place": zones.place(zone)}
