"""What is told of seats and terms, handovers, and the order of the groups."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from folkmoot.ledger.facts import Audience, Fact


@dataclass(frozen=True)
class SeatAdded(Fact):
    """A group has a new office that somebody may hold for a term."""

    kind = "groups.seat_added"
    audience = Audience.PUBLIC
    sentence = _("There is a new seat: {title}.")

    seat_id: int
    title: str


@dataclass(frozen=True)
class SeatChanged(Fact):
    """What holds for a seat (title, way of filling, length and limit of terms, power) is another."""

    kind = "groups.seat_changed"
    audience = Audience.PUBLIC
    sentence = _("What holds for the seat {title} was changed.")

    seat_id: int
    title: str


@dataclass(frozen=True)
class SeatRetired(Fact):
    """A seat exists no longer; its history stays."""

    kind = "groups.seat_retired"
    audience = Audience.PUBLIC
    sentence = _("The seat {title} exists no longer.")

    seat_id: int
    title: str


@dataclass(frozen=True)
class TermBegan(Fact):
    """A person was given a seat from a day (ISO date) until another one, empty when that is open."""

    kind = "groups.term_began"
    audience = Audience.GROUP
    sentence = _("{person} holds the seat {seat} from {begins_on}.")
    personal = frozenset({"person"})

    term_id: int
    seat_id: int
    seat: str
    how: str
    begins_on: str
    ends_on: str
    person: str


@dataclass(frozen=True)
class TermEnded(Fact):
    """A person no longer holds a seat from a day (ISO date) on; `because` is a code of `Ended`."""

    kind = "groups.term_ended"
    audience = Audience.GROUP
    sentence = _("{person} no longer holds the seat {seat}, since {ended_on}.")
    personal = frozenset({"person", "remark"})

    term_id: int
    seat_id: int
    seat: str
    because: str
    ended_on: str
    person: str
    remark: str = ""


@dataclass(frozen=True)
class TermExtended(Fact):
    """A term ends on another day (ISO date) than was planned."""

    kind = "groups.term_extended"
    audience = Audience.GROUP
    sentence = _("The term of {person} in the seat {seat} now ends on {ends_on}.")
    personal = frozenset({"person", "why"})

    term_id: int
    seat_id: int
    seat: str
    ends_on: str
    person: str
    why: str


@dataclass(frozen=True)
class HandoverOffered(Fact):
    """Somebody offered what they hold in a group to others; `lines` is how many things that are."""

    kind = "groups.handover_offered"
    audience = Audience.GROUP
    sentence = _("{person} has begun a handover.")
    personal = frozenset({"person"})

    handover_id: int
    lines: int
    person: str


@dataclass(frozen=True)
class HandoverAnswered(Fact):
    """Somebody accepted or declined one line of a handover; `answer` is a code of `Answer`."""

    kind = "groups.handover_answered"
    audience = Audience.STEWARDS
    sentence = _("{person} answered a line of a handover: {answer}.")
    personal = frozenset({"person", "said"})

    handover_id: int
    line_id: int
    answer: str
    person: str
    said: str


@dataclass(frozen=True)
class HandoverSigned(Fact):
    """Somebody signed a handover: whoever leaves, or whoever takes; one fact for each signature."""

    kind = "groups.handover_signed"
    audience = Audience.GROUP
    sentence = _("{person} signed the handover.")
    personal = frozenset({"person"})

    handover_id: int
    person: str


@dataclass(frozen=True)
class HandoverDone(Fact):
    """All have signed, and what was accepted has new owners; `left` things wait for one in the group."""

    kind = "groups.handover_done"
    audience = Audience.GROUP
    sentence = _("A handover is done: {accepted} things were taken, {left} were left to the group.")

    handover_id: int
    accepted: int
    left: int


@dataclass(frozen=True)
class HandoverWithdrawn(Fact):
    """Somebody withdrew the handover that they had begun; they hold what they held."""

    kind = "groups.handover_withdrawn"
    audience = Audience.GROUP
    sentence = _("{person} withdrew a handover.")
    personal = frozenset({"person"})

    handover_id: int
    person: str


@dataclass(frozen=True)
class HoldingLeft(Fact):
    """Something that somebody held in the group waits for a new owner."""

    kind = "groups.holding_left"
    audience = Audience.GROUP
    sentence = _("Something waits for a new owner: {words}")
    personal = frozenset({"words"})

    unowned_id: int
    words: str


@dataclass(frozen=True)
class HoldingTaken(Fact):
    """Somebody took what had waited for an owner."""

    kind = "groups.holding_taken"
    audience = Audience.GROUP
    sentence = _("{person} took what had waited for an owner.")
    personal = frozenset({"person"})

    unowned_id: int
    person: str


@dataclass(frozen=True)
class EmeritusNamed(Fact):
    """Somebody who served agreed to be named for it."""

    kind = "groups.emeritus_named"
    audience = Audience.PUBLIC
    sentence = _("{person} is named for having served.")
    personal = frozenset({"person"})

    emeritus_id: int
    person: str


@dataclass(frozen=True)
class GroupProposed(Fact):
    """Somebody proposed a group. The words stay with the proposal."""

    kind = "groups.proposed"
    audience = Audience.STEWARDS
    sentence = _("{actor} proposed a group: {name}.")
    personal = frozenset({"name"})

    proposal_id: int
    name: str


@dataclass(frozen=True)
class ProposalTakenUp(Fact):
    """A proposed group is forming."""

    kind = "groups.proposal_taken_up"
    audience = Audience.PUBLIC
    sentence = _("{name} is forming.")

    proposal_id: int
    name: str


@dataclass(frozen=True)
class ProposalDeclined(Fact):
    """A proposed group does not come about, for a reason that its proposer was told."""

    kind = "groups.proposal_declined"
    audience = Audience.STEWARDS
    sentence = _("{actor} declined a proposed group.")
    personal = frozenset({"answer"})

    proposal_id: int
    answer: str


@dataclass(frozen=True)
class GroupActivated(Fact):
    """A group that was forming has its charter and its managers, and works."""

    kind = "groups.activated"
    audience = Audience.PUBLIC
    sentence = _("{name} has begun its work.")

    name: str


@dataclass(frozen=True)
class GroupClosed(Fact):
    """A group has ended its work: its terms and participations ended with it; charter and meetings stay readable."""

    kind = "groups.closed"
    audience = Audience.PUBLIC
    sentence = _("{name} was closed: {why}")

    name: str
    why: str


@dataclass(frozen=True)
class GroupReopened(Fact):
    """A closed group works again; nobody takes part in it yet. `closed_on` is the day (ISO) on which it was closed."""

    kind = "groups.reopened"
    audience = Audience.PUBLIC
    sentence = _("{name} was opened again: {why}")

    name: str
    why: str
    closed_on: str


@dataclass(frozen=True)
class GroupMoved(Fact):
    """A group answers to another one, or to none (then `parent` is empty)."""

    kind = "groups.moved"
    audience = Audience.PUBLIC
    sentence = _("{name} now answers to {parent}.")

    name: str
    parent: str


@dataclass(frozen=True)
class GroupRenamed(Fact):
    """A group has another name and address; its old address leads to it."""

    kind = "groups.renamed"
    audience = Audience.PUBLIC
    sentence = _("{was} is now called {name}.")

    was: str
    name: str
