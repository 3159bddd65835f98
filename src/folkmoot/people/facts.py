"""What people tells."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from folkmoot.ledger.facts import Audience, Fact


@dataclass(frozen=True)
class PersonAdded(Fact):
    """A person became known here, by signing up or by being named by someone."""

    kind = "people.added"
    audience = Audience.STEWARDS
    sentence = _("{name} was added.")
    personal = frozenset({"name"})

    name: str


@dataclass(frozen=True)
class StewardNamed(Fact):
    """A person became a steward of this installation."""

    kind = "people.steward_named"
    audience = Audience.STEWARDS
    sentence = _("{name} became a steward.")
    personal = frozenset({"name"})

    name: str


@dataclass(frozen=True)
class StewardModeOn(Fact):
    """A steward switched steward mode on in one of their sessions; it ends by itself after so many minutes."""

    kind = "people.steward_mode_on"
    audience = Audience.STEWARDS
    sentence = _("{actor} switched steward mode on, for {minutes} minutes.")

    minutes: int


@dataclass(frozen=True)
class StewardModeOff(Fact):
    """A steward switched steward mode off before it ended by itself."""

    kind = "people.steward_mode_off"
    audience = Audience.STEWARDS
    sentence = _("{actor} switched steward mode off.")


@dataclass(frozen=True)
class PreferencesChanged(Fact):
    """A person changed their zone, clock, appearance or keyboard shortcuts."""

    kind = "people.preferences_changed"
    audience = Audience.PERSON
    sentence = _("{actor} changed their preferences.")
    personal = frozenset({"zone", "clock", "theme", "shortcuts"})


@dataclass(frozen=True)
class ComfortableHoursStated(Fact):
    """A person said in which hours calls suit them, or went back to the usual ones; which they are is not told."""

    kind = "people.comfortable_hours_stated"
    audience = Audience.PERSON
    sentence = _("{actor} changed the hours that suit them.")


@dataclass(frozen=True)
class AbsenceSaid(Fact):
    """A person said that they will be away; from when to when stands with the person alone."""

    kind = "people.absence_said"
    audience = Audience.PERSON
    sentence = _("{actor} said that they will be away.")


@dataclass(frozen=True)
class AbsenceEnded(Fact):
    """A person came back sooner, or took back that they will be away."""

    kind = "people.absence_ended"
    audience = Audience.PERSON
    sentence = _("{actor} is not away after all, or is back.")


@dataclass(frozen=True)
class SignedInByLink(Fact):
    """A one-time link was used."""

    kind = "people.signed_in_by_link"
    audience = Audience.PERSON
    sentence = _("{actor} signed in by a one-time link.")


@dataclass(frozen=True)
class SignInLinkMade(Fact):
    """Whoever runs the installation made a one-time link for a person."""

    kind = "people.sign_in_link_made"
    audience = Audience.PERSON
    sentence = _("A one-time sign-in link was made.")


@dataclass(frozen=True)
class SecondStepLost(Fact):
    """A person's second step could no longer be read, and was switched off when they came by a one-time link."""

    kind = "people.second_step_lost"
    audience = Audience.PERSON
    sentence = _("The second step could no longer be read, and was switched off.")


@dataclass(frozen=True)
class SignUpHeld(Fact):
    """Somebody signed up and waits for a steward; `reason` is mail_domain or network."""

    kind = "people.sign_up_held"
    audience = Audience.STEWARDS
    sentence = _("{name} signed up and waits for a steward.")
    personal = frozenset({"name"})

    reason: str
    name: str


@dataclass(frozen=True)
class SignUpLetIn(Fact):
    """A steward let somebody in who waited."""

    kind = "people.sign_up_let_in"
    audience = Audience.STEWARDS
    sentence = _("{actor} let {name} in.")
    personal = frozenset({"name"})

    name: str


@dataclass(frozen=True)
class ProfileChanged(Fact):
    """A person changed what they say of themselves, or who may see it; the fields in question, by name."""

    kind = "people.profile_changed"
    audience = Audience.PERSON
    sentence = _("{actor} changed their profile.")
    personal = frozenset(
        {"name", "zone", "pronouns", "pronunciation", "languages", "region", "about", "links", "affiliations", "seen"}
    )

    fields: list[str]


@dataclass(frozen=True)
class StewardUnnamed(Fact):
    """A person is no longer a steward of this installation."""

    kind = "people.steward_unnamed"
    audience = Audience.STEWARDS
    sentence = _("{name} is no longer a steward.")
    personal = frozenset({"name"})

    name: str


@dataclass(frozen=True)
class SignUpTurnedAway(Fact):
    """A steward turned somebody away who waited."""

    kind = "people.sign_up_turned_away"
    audience = Audience.STEWARDS
    sentence = _("{actor} turned {name} away.")
    personal = frozenset({"name"})

    name: str


@dataclass(frozen=True)
class PersonSuspended(Fact):
    """A person was held: they cannot sign in until somebody lets them back."""

    kind = "people.suspended"
    audience = Audience.STEWARDS
    sentence = _("{name} was held, and cannot sign in.")
    personal = frozenset({"name"})

    name: str


@dataclass(frozen=True)
class PersonRestored(Fact):
    """A person who was held may sign in again."""

    kind = "people.restored"
    audience = Audience.STEWARDS
    sentence = _("{name} may sign in again.")
    personal = frozenset({"name"})

    name: str


@dataclass(frozen=True)
class PeopleMerged(Fact):
    """Two records were found to be one person's: what was `gone_id`'s is now the person's whom this is about."""

    kind = "people.merged"
    audience = Audience.STEWARDS
    sentence = _("Another record was merged into that of {name}.")
    personal = frozenset({"name"})

    merge_id: int
    gone_id: int
    name: str


@dataclass(frozen=True)
class MergeUndone(Fact):
    """A merge was taken back: `gone_id` is a person of their own again."""

    kind = "people.merge_undone"
    audience = Audience.STEWARDS
    sentence = _("A record was parted from that of {name} again.")
    personal = frozenset({"name"})

    merge_id: int
    gone_id: int
    name: str


@dataclass(frozen=True)
class DataHandedOut(Fact):
    """All that is kept about a person was handed out as a file, to themselves or to a steward."""

    kind = "people.data_handed_out"
    audience = Audience.PERSON
    sentence = _("{actor} took out everything that is kept about this person.")


@dataclass(frozen=True)
class PersonErased(Fact):
    """Every word about a person was erased; the record stays without a name."""

    kind = "people.erased"
    audience = Audience.STEWARDS
    sentence = _("Someone left, and what was kept about them was erased.")


@dataclass(frozen=True)
class FileHandedIn(Fact):
    """A file was taken in; `upload` is its number, `size` in bytes. What it is for, another fact may tell."""

    kind = "people.file_handed_in"
    audience = Audience.PERSON
    sentence = _("{actor} handed in the file “{name}”.")
    personal = frozenset({"name"})

    upload: str
    media_type: str
    size: int
    name: str


@dataclass(frozen=True)
class FileRemoved(Fact):
    """A file was deleted, with its name."""

    kind = "people.file_removed"
    audience = Audience.PERSON
    sentence = _("{actor} deleted a file.")

    upload: str
