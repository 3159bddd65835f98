"""What is told of seats that are filled without a vote, and of surveys."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from folkmoot.ledger.facts import Audience, Fact


@dataclass(frozen=True)
class VacancyRuleSet(Fact):
    """A group said what it does when a seat falls empty."""

    kind = "governance.vacancy_rule_set"
    audience = Audience.PUBLIC
    sentence = _("{actor} set what is done when a seat falls empty.")

    months: int
    by_election: bool


@dataclass(frozen=True)
class SeatOffered(Fact):
    """Somebody was asked to take a seat without a vote."""

    kind = "governance.seat_offered"
    audience = Audience.GROUP
    sentence = _("{actor} asked {person} to take the seat {seat}.")
    personal = frozenset({"person"})

    appointment_id: int
    seat: str
    person: str


@dataclass(frozen=True)
class SeatAnswered(Fact):
    """An offer of a seat was settled; `step` is an `AppointmentStep`."""

    kind = "governance.seat_answered"
    audience = Audience.GROUP
    sentence = _("The offer of the seat {seat} is settled.")

    appointment_id: int
    seat: str
    step: str


@dataclass(frozen=True)
class SurveyOpened(Fact):
    """Some questions can be answered without a name; `survey_kind` is a `SurveyKind`."""

    kind = "governance.survey_opened"
    audience = Audience.GROUP
    sentence = _("Some questions wait to be answered, without a name.")

    survey_id: int
    survey_kind: str


@dataclass(frozen=True)
class SurveyClosed(Fact):
    """A survey is over, and what it found can be read."""

    kind = "governance.survey_closed"
    audience = Audience.GROUP
    sentence = _("A survey is over; what it found can be read.")

    survey_id: int
    survey_kind: str
