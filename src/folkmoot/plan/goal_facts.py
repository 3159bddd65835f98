"""What is told of initiatives, goals, the year's activities, registers and reports."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from folkmoot.ledger.facts import Audience, Fact


@dataclass(frozen=True)
class InitiativeProposed(Fact):
    """Somebody proposed an initiative; nothing is begun yet."""

    kind = "plan.initiative_proposed"
    audience = Audience.GROUP
    sentence = _("{actor} proposed the initiative {title}.")

    initiative_id: int
    title: str


@dataclass(frozen=True)
class InitiativeMoved(Fact):
    """An initiative went from one stage to another, on a day (ISO date), for a reason."""

    kind = "plan.initiative_moved"
    audience = Audience.PUBLIC
    sentence = _("{title} went from {was} to {now}.")
    personal = frozenset({"why"})

    initiative_id: int
    title: str
    was: str
    now: str
    on: str
    why: str


@dataclass(frozen=True)
class InitiativeChanged(Fact):
    """What is said of an initiative was changed."""

    kind = "plan.initiative_changed"
    audience = Audience.GROUP
    sentence = _("{actor} changed what is said of {title}.")

    initiative_id: int
    title: str


@dataclass(frozen=True)
class InitiativeLed(Fact):
    """A person leads an initiative from now on."""

    kind = "plan.initiative_led"
    audience = Audience.PUBLIC
    sentence = _("{person} leads {title}.")
    personal = frozenset({"person"})

    initiative_id: int
    title: str
    person: str


@dataclass(frozen=True)
class InitiativeUpdated(Fact):
    """A note on how an initiative goes was written."""

    kind = "plan.initiative_updated"
    audience = Audience.PUBLIC
    sentence = _("There is news of {title}.")

    update_id: int
    title: str


@dataclass(frozen=True)
class GoalSet(Fact):
    """A goal was set for a year or a quarter ("2026", "2026-Q4")."""

    kind = "plan.goal_set"
    audience = Audience.PUBLIC
    sentence = _("A goal for {period}: {title}.")

    goal_id: int
    title: str
    period: str


@dataclass(frozen=True)
class GoalChanged(Fact):
    """What is said of a goal, or one of its key results, was changed."""

    kind = "plan.goal_changed"
    audience = Audience.GROUP
    sentence = _("{actor} changed the goal {title}.")

    goal_id: int
    title: str


@dataclass(frozen=True)
class KeyResultMoved(Fact):
    """A key result has another value than before; numbers as text, `was` empty for the first."""

    kind = "plan.key_result_moved"
    audience = Audience.PUBLIC
    sentence = _("{words}: now {now}.")

    key_result_id: int
    goal_id: int
    words: str
    was: str
    now: str


@dataclass(frozen=True)
class GoalCheckedIn(Fact):
    """Somebody said how sure they are of a goal: on_track, at_risk or off_track."""

    kind = "plan.goal_checked_in"
    audience = Audience.PUBLIC
    sentence = _("{actor} says of {title}: {confidence}.")

    goal_id: int
    title: str
    confidence: str


@dataclass(frozen=True)
class PeriodClosed(Fact):
    """The goals of a period were closed with their final values; some were carried over."""

    kind = "plan.period_closed"
    audience = Audience.PUBLIC
    sentence = _("The goals for {period} are closed: {goals} in all, {carried} carried over.")

    period: str
    goals: int
    carried: int


@dataclass(frozen=True)
class ActivityListed(Fact):
    """An activity that the charter asks for stands in a year's list."""

    kind = "plan.activity_listed"
    audience = Audience.PUBLIC
    sentence = _("{name} is on the list for {year}.")

    activity_id: int
    name: str
    year: int


@dataclass(frozen=True)
class ActivityRetired(Fact):
    """The charter no longer asks for an activity, from a day on (ISO date)."""

    kind = "plan.activity_retired"
    audience = Audience.PUBLIC
    sentence = _("The charter no longer asks for {name}.")

    activity_id: int
    name: str
    on: str


@dataclass(frozen=True)
class ActivityMoved(Fact):
    """An activity of the year is now not_begun, under_way, done or dropped."""

    kind = "plan.activity_moved"
    audience = Audience.PUBLIC
    sentence = _("{name} is now {now}.")
    personal = frozenset({"why"})

    activity_id: int
    name: str
    was: str
    now: str
    why: str


@dataclass(frozen=True)
class ActivityPlanned(Fact):
    """Owner, time or words of an activity of the year were changed."""

    kind = "plan.activity_planned"
    audience = Audience.GROUP
    sentence = _("{actor} changed what is planned for {name}.")

    activity_id: int
    name: str


@dataclass(frozen=True)
class RiskNoted(Fact):
    """A risk was entered or changed; its words stay in the register."""

    kind = "plan.risk_noted"
    audience = Audience.GROUP
    sentence = _("{actor} looked after the list of risks.")

    risk_id: int
    score: int
    state: str


@dataclass(frozen=True)
class StakeholderNoted(Fact):
    """A stakeholder was entered, changed or taken off; who it is stays in the register."""

    kind = "plan.stakeholder_noted"
    audience = Audience.STEWARDS
    sentence = _("{actor} looked after the list of stakeholders.")

    stakeholder_id: int
    is_gone: bool


@dataclass(frozen=True)
class ReportDrafted(Fact):
    """The report for a month ("2026-10") was drafted from the record, or drafted anew."""

    kind = "plan.report_drafted"
    audience = Audience.GROUP
    sentence = _("The report for {month} was drafted.")

    report_id: int
    month: str


@dataclass(frozen=True)
class ReportEdited(Fact):
    """Somebody wrote parts of a report, or chose who may read it."""

    kind = "plan.report_edited"
    audience = Audience.GROUP
    sentence = _("{actor} worked on the report for {month}.")

    report_id: int
    month: str


@dataclass(frozen=True)
class ReportPublished(Fact):
    """A report was published; a `revision` above 1 is a correction."""

    kind = "plan.report_published"
    audience = Audience.GROUP
    sentence = _("{actor} published the report for {month}.")

    report_id: int
    month: str
    revision: int
