"""What is told of periods of silence and objections. The words of objections stand with them, not here."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from folkmoot.ledger.facts import Audience, Fact


@dataclass(frozen=True)
class SilenceBegan(Fact):
    """A text lies before the group until the end of a day Anywhere on Earth (ISO date); `number` counts the periods."""

    kind = "decisions.silence_began"
    audience = Audience.PUBLIC
    sentence = _("Silence on decision {label} lasts until the end of {last_day}, Anywhere on Earth.")

    decision_id: int
    label: str
    number: int
    last_day: str


@dataclass(frozen=True)
class SilenceBroken(Fact):
    """A period of silence ended without adoption: an objection stands, or the decision could not be put into effect."""

    kind = "decisions.silence_broken"
    audience = Audience.PUBLIC
    sentence = _("Decision {label} needs talking about.")

    decision_id: int
    label: str
    number: int
    objections: int


@dataclass(frozen=True)
class ObjectionRaised(Fact):
    """Somebody objected to a text, with a reason."""

    kind = "decisions.objection_raised"
    audience = Audience.PUBLIC
    sentence = _("There is an objection to decision {label}.")

    decision_id: int
    label: str
    objection_id: int


@dataclass(frozen=True)
class ObjectionAnswered(Fact):
    """An objection was answered; it may still stand."""

    kind = "decisions.objection_answered"
    audience = Audience.PUBLIC
    sentence = _("An objection to decision {label} was answered.")

    decision_id: int
    label: str
    objection_id: int


@dataclass(frozen=True)
class ObjectionTakenBack(Fact):
    """Whoever objected took the objection back."""

    kind = "decisions.objection_taken_back"
    audience = Audience.PUBLIC
    sentence = _("An objection to decision {label} was taken back.")

    decision_id: int
    label: str
    objection_id: int


@dataclass(frozen=True)
class DecisionSupported(Fact):
    """Somebody said yes to a text that lies before the group."""

    kind = "decisions.supported"
    audience = Audience.PUBLIC
    sentence = _("{actor} is for decision {label}.")

    decision_id: int
    label: str
