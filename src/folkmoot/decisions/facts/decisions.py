"""What is told of decisions."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from folkmoot.ledger.facts import Audience, Fact


@dataclass(frozen=True)
class DecisionProposed(Fact):
    """A decision lies before the group, to be reached in a way (silence, motion); nothing is decided yet."""

    kind = "decisions.proposed"
    audience = Audience.PUBLIC
    sentence = _("Decision {label} was proposed: {title}.")

    decision_id: int
    label: str
    title: str
    way: str


@dataclass(frozen=True)
class DecisionAdopted(Fact):
    """A group decided something, on a day (ISO date), in a way (call, silence, motion)."""

    kind = "decisions.adopted"
    audience = Audience.PUBLIC
    sentence = _("Decision {label}: {title}.")

    decision_id: int
    label: str
    title: str
    way: str
    on: str


@dataclass(frozen=True)
class DecisionBroughtIn(Fact):
    """A decision that was reached elsewhere, or before, was brought in; it is for people in the group alone."""

    kind = "decisions.brought_in"
    audience = Audience.GROUP
    sentence = _("Decision {label} was brought in.")

    decision_id: int
    label: str


@dataclass(frozen=True)
class DecisionShown(Fact):
    """A decision that was for people in the group alone is shown to everybody."""

    kind = "decisions.shown"
    audience = Audience.PUBLIC
    sentence = _("Decision {label} was shown to everybody: {title}.")

    decision_id: int
    label: str
    title: str


@dataclass(frozen=True)
class DecisionSettled(Fact):
    """A proposed decision was not adopted: declined, withdrawn or referred, with the reason given."""

    kind = "decisions.settled"
    audience = Audience.PUBLIC
    sentence = _("Decision {label} was {status}: {title}.")
    personal = frozenset({"reason"})

    decision_id: int
    label: str
    title: str
    status: str
    reason: str


@dataclass(frozen=True)
class DecisionSuperseded(Fact):
    """Another decision took the place of this one."""

    kind = "decisions.superseded"
    audience = Audience.PUBLIC
    sentence = _("Decision {label} was superseded by {by_label}.")

    decision_id: int
    label: str
    by_decision_id: int
    by_label: str


@dataclass(frozen=True)
class DecisionCorrected(Fact):
    """Parts of what is said of a decision were changed (their names); the old words stand in its revisions."""

    kind = "decisions.corrected"
    audience = Audience.PUBLIC
    sentence = _("What is said of decision {label} was corrected.")

    decision_id: int
    label: str
    parts: list[str]
