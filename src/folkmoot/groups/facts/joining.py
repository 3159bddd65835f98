"""What is told of who joins, is invited, is appointed, and agrees to what."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from folkmoot.ledger.facts import Audience, Fact


@dataclass(frozen=True)
class AgreementPublished(Fact):
    """A version of a document to which people agree was published, in force from a day (ISO date)."""

    kind = "groups.agreement_published"
    audience = Audience.PUBLIC
    sentence = _("{title}, version {number}, is in force from {in_force_from}.")

    agreement_id: int
    title: str
    number: int
    in_force_from: str


@dataclass(frozen=True)
class AgreementGiven(Fact):
    """A person agreed to one version of a document."""

    kind = "groups.agreement_given"
    audience = Audience.PERSON
    sentence = _("{actor} agreed to {title}, version {number}.")

    agreement_id: int
    title: str
    number: int


@dataclass(frozen=True)
class JoiningAsked(Fact):
    """A person asked to join a group whose charter wants a yes."""

    kind = "groups.joining_asked"
    audience = Audience.GROUP
    sentence = _("{person} asked to be among the {role}.")
    personal = frozenset({"person"})

    request_id: int
    role: str
    person: str


@dataclass(frozen=True)
class JoiningDecided(Fact):
    """A wish to join was approved or declined by who leads the group, or taken back: `state` says which."""

    kind = "groups.joining_decided"
    audience = Audience.GROUP
    sentence = _("The wish of {person} to be among the {role} was answered: {state}.")
    personal = frozenset({"person", "words"})

    request_id: int
    role: str
    state: str
    person: str
    words: str


@dataclass(frozen=True)
class RemovedFromGroup(Fact):
    """A person was taken out of a group by who leads it, for a reason; the role's end is told beside it."""

    kind = "groups.removed"
    audience = Audience.GROUP
    sentence = _("{person} was taken out of the group.")
    personal = frozenset({"person", "why"})

    participation_id: int
    person: str
    why: str


@dataclass(frozen=True)
class LeavingUndone(Fact):
    """A person came back right after leaving, as if they had not left; withdraws the entry that told they had."""

    kind = "groups.leaving_undone"
    audience = Audience.GROUP
    sentence = _("{person} did not leave after all.")
    personal = frozenset({"person"})

    participation_id: int
    person: str


@dataclass(frozen=True)
class InvitationMade(Fact):
    """A group was opened to whoever holds a link, or to one person by mail (then told about that person)."""

    kind = "groups.invitation_made"
    audience = Audience.GROUP
    sentence = _("{actor} made an invitation to be among the {role}.")

    invitation_id: int
    role: str
    most_uses: int


@dataclass(frozen=True)
class InvitationSentAgain(Fact):
    """A mailed invitation was sent once more, with a new link; the old one stopped working."""

    kind = "groups.invitation_sent_again"
    audience = Audience.GROUP
    sentence = _("{actor} sent an invitation again.")

    invitation_id: int


@dataclass(frozen=True)
class InvitationRevoked(Fact):
    """An invitation was taken back."""

    kind = "groups.invitation_revoked"
    audience = Audience.GROUP
    sentence = _("{actor} took an invitation back.")

    invitation_id: int


@dataclass(frozen=True)
class InvitationUsed(Fact):
    """A person came in by an invitation."""

    kind = "groups.invitation_used"
    audience = Audience.GROUP
    sentence = _("{actor} came in by an invitation.")

    invitation_id: int


@dataclass(frozen=True)
class LeadOffered(Fact):
    """A person was asked to lead a group for a term (ISO dates, both in it)."""

    kind = "groups.lead_offered"
    audience = Audience.GROUP
    sentence = _("{person} was asked to be among the {role} from {starts_on} to {ends_on}.")
    personal = frozenset({"person"})

    appointment_id: int
    role: str
    starts_on: str
    ends_on: str
    person: str


@dataclass(frozen=True)
class LeadAnswered(Fact):
    """A person said yes or no to leading a group, or the offer was taken back: `state` says which."""

    kind = "groups.lead_answered"
    audience = Audience.GROUP
    sentence = _("The offer to {person} to be among the {role} was answered: {state}.")
    personal = frozenset({"person"})

    appointment_id: int
    role: str
    state: str
    names_publicly: bool
    person: str


@dataclass(frozen=True)
class LeadEnded(Fact):
    """A term of leading a group came to its end: on its last day, or early for a reason."""

    kind = "groups.lead_ended"
    audience = Audience.GROUP
    sentence = _("The term of {person} among the {role} has ended.")
    personal = frozenset({"person", "why"})

    appointment_id: int
    role: str
    early: bool
    person: str
    why: str


@dataclass(frozen=True)
class PublicNameChosen(Fact):
    """Who leads a group chose whether everybody may read their name."""

    kind = "groups.public_name_chosen"
    audience = Audience.PERSON
    sentence = _("{actor} chose who may read their name.")

    appointment_id: int
    names_publicly: bool


@dataclass(frozen=True)
class RosterApplied(Fact):
    """A list of people was taken into a group: how many people were new here, and how many came in or changed role."""

    kind = "groups.roster_applied"
    audience = Audience.GROUP
    sentence = _("{actor} took in a list of people.")

    new_people: int
    roles_given: int
    digest: str
