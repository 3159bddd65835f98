"""What is told of amendments of a charter, and of what follows from them."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from folkmoot.ledger.facts import Audience, Fact


@dataclass(frozen=True)
class AmendmentProposed(Fact):
    """A change of a group's charter was laid before everybody for comments; `base` is the version it would replace."""

    kind = "groups.amendment_proposed"
    audience = Audience.PUBLIC
    sentence = _("Amendment {number} of the charter was proposed.")

    amendment_id: int
    number: int
    base: int


@dataclass(frozen=True)
class AmendmentAdopted(Fact):
    """A proposed change became a version of the charter, in force from a day (ISO date), with the reason given."""

    kind = "groups.amendment_adopted"
    audience = Audience.PUBLIC
    sentence = _("Amendment {number} of the charter was adopted as version {version}, in force from {in_force_from}.")
    personal = frozenset({"reason"})

    amendment_id: int
    number: int
    version: int
    in_force_from: str
    reason: str


@dataclass(frozen=True)
class AmendmentWithdrawn(Fact):
    """Whoever proposed a change took it back, or a manager did, with the reason given."""

    kind = "groups.amendment_withdrawn"
    audience = Audience.PUBLIC
    sentence = _("Amendment {number} of the charter was withdrawn.")
    personal = frozenset({"reason"})

    amendment_id: int
    number: int
    reason: str


@dataclass(frozen=True)
class AmendmentDeclined(Fact):
    """Those who lead the group decided against a proposed change, with the reason given."""

    kind = "groups.amendment_declined"
    audience = Audience.PUBLIC
    sentence = _("Amendment {number} of the charter was declined.")
    personal = frozenset({"reason"})

    amendment_id: int
    number: int
    reason: str


@dataclass(frozen=True)
class AmendmentCommented(Fact):
    """Somebody said something to a proposed change; the words stand with the comment, not here."""

    kind = "groups.amendment_commented"
    audience = Audience.PUBLIC
    sentence = _("Amendment {number} of the charter was commented on.")

    amendment_id: int
    number: int
    comment_id: int
    clause: str


@dataclass(frozen=True)
class CommentHidden(Fact):
    """Those who lead the group hid a comment, with the reason given; its author still sees it."""

    kind = "groups.comment_hidden"
    audience = Audience.GROUP
    sentence = _("A comment on amendment {number} was hidden.")
    personal = frozenset({"reason"})

    amendment_id: int
    number: int
    comment_id: int
    reason: str


@dataclass(frozen=True)
class CharterCameIntoForce(Fact):
    """The day came from which an adopted version holds; roles follow it from now on."""

    kind = "groups.charter_came_into_force"
    audience = Audience.PUBLIC
    sentence = _("Version {number} of the charter came into force.")

    charter_id: int
    number: int


@dataclass(frozen=True)
class RolesFollowedCharter(Fact):
    """Roles came, were renamed or went, since another version of the charter came into force."""

    kind = "groups.roles_followed_charter"
    audience = Audience.PUBLIC
    sentence = _("The roles follow version {number} of the charter.")

    charter_id: int
    number: int
