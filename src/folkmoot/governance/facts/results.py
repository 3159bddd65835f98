"""From the count to the seat. No fact holds a number of the result before it is released."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from folkmoot.ledger.facts import Audience, Fact


@dataclass(frozen=True)
class ElectionCounted(Fact):
    """The rankings that enough officers found were counted twice; the manifest waits for signatures."""

    kind = "governance.election_counted"
    audience = Audience.GROUP
    sentence = _("The ballots were counted. The officers sign the count.")

    election_id: int
    manifest: str


@dataclass(frozen=True)
class ManifestSigned(Fact):
    """An officer signed the count."""

    kind = "governance.manifest_signed"
    audience = Audience.GROUP
    sentence = _("{actor} signed the count.")

    election_id: int
    signatures: int
    needed: int


@dataclass(frozen=True)
class ResultReleased(Fact):
    """Everybody may see the result from now on."""

    kind = "governance.result_released"
    audience = Audience.PUBLIC
    sentence = _("The result is there: {title}.")

    election_id: int
    title: str


@dataclass(frozen=True)
class ComplaintMade(Fact):
    """Somebody complained about a result. Who and why stands with the complaint."""

    kind = "governance.complaint_made"
    audience = Audience.GROUP
    sentence = _("A complaint about the result was made.")

    election_id: int
    complaint_id: int


@dataclass(frozen=True)
class ComplaintAnswered(Fact):
    """The officers answered a complaint."""

    kind = "governance.complaint_answered"
    audience = Audience.GROUP
    sentence = _("{actor} answered a complaint about the result.")

    election_id: int
    complaint_id: int
    outcome: str


@dataclass(frozen=True)
class SeatPassedOn(Fact):
    """Whoever was elected cannot take the seat; by the same ballots the next one does, or it stays empty."""

    kind = "governance.seat_passed_on"
    audience = Audience.GROUP
    sentence = _("A seat went to the next of the count.")

    election_id: int
    nomination_id: int
    to_id: int | None


@dataclass(frozen=True)
class ElectionCertified(Fact):
    """The result stands; `terms` are those that begin by it."""

    kind = "governance.election_certified"
    audience = Audience.PUBLIC
    sentence = _("{actor} certified the result: {title}.")

    election_id: int
    title: str
    terms: list[int]
