"""What mentoring tells: ids and days. Who said no to whom, what anybody wrote, and how it goes is in no fact."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from folkmoot.ledger.facts import Audience, Fact


@dataclass(frozen=True)
class MentoringPlanned(Fact):
    """A programme of mentoring was set up, with its days (ISO dates)."""

    kind = "connections.mentoring_planned"
    audience = Audience.GROUP
    sentence = _("{actor} set up a programme of mentoring.")

    programme_id: int
    opens_on: str
    closes_on: str
    starts_on: str
    ends_on: str


@dataclass(frozen=True)
class MentoringChanged(Fact):
    """Words or days of a programme were changed."""

    kind = "connections.mentoring_changed"
    audience = Audience.GROUP
    sentence = _("{actor} changed a programme of mentoring.")

    programme_id: int


@dataclass(frozen=True)
class AppliedForMentoring(Fact):
    """Somebody would like to be a mentor or a mentee, or said it in other words."""

    kind = "connections.mentoring_applied"
    audience = Audience.PERSON
    sentence = _("{actor} applied for mentoring.")

    programme_id: int
    side: str


@dataclass(frozen=True)
class MentoringApplicationWithdrawn(Fact):
    """Somebody took their application back; nothing of it is kept."""

    kind = "connections.mentoring_withdrawn"
    audience = Audience.PERSON
    sentence = _("{actor} took an application for mentoring back.")

    programme_id: int
    side: str


@dataclass(frozen=True)
class MentorPairAsked(Fact):
    """Whoever runs a programme asked two whether they would like to be a pair."""

    kind = "connections.mentor_pair_asked"
    audience = Audience.STEWARDS
    sentence = _("{actor} asked two people whether they would like to be a pair in mentoring.")

    programme_id: int
    pair_id: int


@dataclass(frozen=True)
class MentorPairUnmade(Fact):
    """A pair that was asked did not come about. Nobody is named, since it is nobody's business who said no."""

    kind = "connections.mentor_pair_unmade"
    audience = Audience.STEWARDS
    sentence = _("A pair that was asked in mentoring did not come about.")

    programme_id: int
    pair_id: int


@dataclass(frozen=True)
class MentorPairBegan(Fact):
    """Both said yes."""

    kind = "connections.mentor_pair_began"
    audience = Audience.STEWARDS
    sentence = _("A pair in mentoring began.")

    programme_id: int
    pair_id: int


@dataclass(frozen=True)
class MentorPairEnded(Fact):
    """A pair ended: `ended_by` is `term` or `early`. Who of the two ended it is not told."""

    kind = "connections.mentor_pair_ended"
    audience = Audience.STEWARDS
    sentence = _("A pair in mentoring ended.")

    programme_id: int
    pair_id: int
    ended_by: str


@dataclass(frozen=True)
class MentoringClosed(Fact):
    """A programme is over, and so many pairs ended with it."""

    kind = "connections.mentoring_closed"
    audience = Audience.GROUP
    sentence = _("A programme of mentoring came to its end.")

    programme_id: int
    pairs: int
