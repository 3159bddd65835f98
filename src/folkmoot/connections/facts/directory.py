"""Who chose to be found, and introductions that were asked for. No words stand in them, and never who was asked."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from folkmoot.ledger.facts import Audience, Fact


@dataclass(frozen=True)
class BecameFindable(Fact):
    """Somebody stands in the directory from now on."""

    kind = "connections.became_findable"
    audience = Audience.PERSON
    sentence = _("{actor} chose to be found in the directory.")


@dataclass(frozen=True)
class FindableChanged(Fact):
    """Somebody changed who sees which part of them in the directory; `parts` names the parts."""

    kind = "connections.findable_changed"
    audience = Audience.PERSON
    sentence = _("{actor} changed who sees what in the directory.")

    parts: list[str]


@dataclass(frozen=True)
class StoppedBeingFindable(Fact):
    """Somebody left the directory."""

    kind = "connections.stopped_being_findable"
    audience = Audience.PERSON
    sentence = _("{actor} is not in the directory any more.")


@dataclass(frozen=True)
class IntroductionWished(Fact):
    """Somebody asked to be introduced, or suggested to introduce two others."""

    kind = "connections.introduction_wished"
    audience = Audience.PERSON
    sentence = _("{actor} asked for an introduction.")

    introduction_id: int


@dataclass(frozen=True)
class IntroductionAnswered(Fact):
    """Somebody answered; `state` is how the introduction stands since."""

    kind = "connections.introduction_answered"
    audience = Audience.PERSON
    sentence = _("{actor} answered an introduction.")

    introduction_id: int
    state: str


@dataclass(frozen=True)
class IntroductionEnded(Fact):
    """An introduction was withdrawn, or nobody answered it in time; `state` says which."""

    kind = "connections.introduction_ended"
    audience = Audience.PERSON
    sentence = _("An introduction came to nothing.")

    introduction_id: int
    state: str
