"""What the sample community has decided over the past year, and what it is about to decide."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

from django.db import transaction
from django.utils import timezone

from folkmoot.decisions.actions import (
    Terms,
    answer_objection,
    finish_silence,
    object_to,
    propose_by_silence,
    record_decision,
    support_decision,
)
from folkmoot.decisions.models import Decision, Status
from folkmoot.decisions.queries import usual_period
from folkmoot.decisions.wording import Wording
from folkmoot.groups.models import Group
from folkmoot.groups.queries import charter_in_force, managers_of
from folkmoot.organisation.queries import today_here
from folkmoot.people.models import Person
from folkmoot.plan.objectives import Objectives

ROUNDS = Wording(
    title="Listening rounds have at most eight people",
    text="A listening round has **at most eight people**. Whoever comes ninth is offered the next one.",
    rationale="Above eight, the last ones to speak had four minutes left.",
    alternatives="Two rounds at once, with two hosts. We do not have the hosts yet.",
)
ROUNDS_AGAIN = Wording(
    title="Listening rounds have at most six people, or two hosts",
    text="A listening round has at most six people.\n\nWith two hosts it may have **ten**, in two circles.",
    rationale="Eight was still many. Since spring we have enough hosts for two circles.",
)
MINUTES = Wording(
    title="Notes of calls are public after three days",
    text="Notes of a call are put into the open folder three days after it, unless somebody asks for a word to go.",
    rationale="People who missed a call asked what had happened, and found nothing for weeks.",
    alternatives="- At once: too early for whoever wants to read them first.\n- After the next call: too late to help.",
)
RECORDING = Wording(
    title="Calls are recorded",
    text="Every call is recorded, and the recording is kept for a month.",
    rationale="It would help those who cannot come.",
)
OPEN_HOUSE = Wording(
    title="The open house runs for a whole day, round the clock",
    text="The open house lasts 24 hours. Each part of the world hosts the hours of its own afternoon.",
    rationale="Whichever hour we chose, somebody would have had to come at night.",
)
WELCOME = Wording(
    title="Newcomers hear from a person within two days",
    text="Whoever joins hears from one of us, by name, **within two days**.\n\nThe list of buddies says who is next.",
    rationale="Of those who heard nothing in their first week, hardly anybody came to a second call.",
    alternatives="A letter written by nobody in particular. We have that, and it is not the same.",
)
OBJECTION = "Two days are short when it is a weekend. I could not promise it for mine."
ANSWER = "Then weekends do not count, and whoever is away says so on the list. Would that do?"


@transaction.atomic
def decide(groups: Sequence[Group], people: Mapping[str, Person]) -> None:
    """Let the first group have decided some things, one of them anew, and lay one before it now."""
    if not groups:
        return
    group, today = groups[0], today_here()
    lead, tomas, rosa = managers_of(group)[0], people["tomas"], people["rosa"]
    clause = _clause_on_deciding(group)
    objectives = [one.name for one in Objectives(group).all] or [""]

    first = _on_call(group, ROUNDS, today - timedelta(days=300), lead, clause=clause, objective=objectives[0])
    _by_silence(group, MINUTES, today - timedelta(days=210), tomas, clause=clause)
    _on_call(group, RECORDING, today - timedelta(days=160), lead, reason="Three people would no longer speak freely.")
    _on_call(group, OPEN_HOUSE, today - timedelta(days=95), lead, objective=objectives[-1])
    _by_silence(
        group, ROUNDS_AGAIN, today - timedelta(days=40), rosa, clause=clause, objective=objectives[0], supersedes=first
    )
    running = propose_by_silence(
        group,
        _with(WELCOME, clause=clause, objective=objectives[0]),
        by=tomas,
        terms=Terms(7, skips_weekends=False),
        at=timezone.now() - timedelta(days=2),
    )
    answer_objection(object_to(running, reason=OBJECTION, by=rosa), answer=ANSWER, by=tomas)
    if lead not in (tomas, rosa):
        support_decision(running, by=lead)


def _clause_on_deciding(group: Group) -> str:
    """The clause in which the charter's rule on silence stands: the rule itself may be an item of a list in it."""
    charter, anchor = charter_in_force(group), usual_period(group).anchor
    anchors = charter.clauses.values_list("anchor", flat=True) if charter else ()
    return max((one for one in anchors if anchor.startswith(one)), key=len, default="")


def _on_call(
    group: Group, wording: Wording, day: date, lead: Person, *, reason: str = "", clause: str = "", objective: str = ""
) -> Decision:
    return record_decision(
        group,
        _with(wording, clause=clause, objective=objective),
        on_day=day,
        status=Status.DECLINED if reason else Status.ADOPTED,
        reason=reason,
        by=lead,
        at=datetime.combine(day, time(17), UTC),
    )


def _by_silence(
    group: Group,
    wording: Wording,
    day: date,
    author: Person,
    *,
    clause: str = "",
    objective: str = "",
    supersedes: Decision | None = None,
) -> None:
    proposed = propose_by_silence(
        group,
        _with(wording, clause=clause, objective=objective, supersedes=supersedes),
        by=author,
        terms=Terms(7, skips_weekends=True, countries=["KE", "PT"]),
        at=datetime.combine(day, time(8), UTC),
    )
    silence = proposed.silences.get()
    finish_silence(silence, at=silence.ends_at)


def _with(wording: Wording, *, clause: str, objective: str, supersedes: Decision | None = None) -> Wording:
    return replace(wording, clause=clause, objective=objective, supersedes=supersedes)
