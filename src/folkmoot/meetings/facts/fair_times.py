"""What is told about fair times."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from folkmoot.ledger.facts import Audience, Fact


@dataclass(frozen=True)
class RotationAdopted(Fact):
    """The calls of a series go round fairer slots from a day (ISO date) on.

    Of so many calls nobody has more than `most` early, late or at night.
    """

    kind = "meetings.rotation_adopted"
    audience = Audience.PUBLIC
    sentence = _("{actor} gave the calls from {from_day} on to a rotation that is fairer to everybody.")

    position: int
    from_day: str
    turns: int
    calls: int
    most: int
