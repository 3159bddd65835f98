"""What the calendar tells."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from folkmoot.ledger.facts import Audience, Fact


@dataclass(frozen=True)
class LayerAdded(Fact):
    """A calendar kept elsewhere is shown beside ours."""

    kind = "calendar.layer_added"
    audience = Audience.PUBLIC
    sentence = _("The calendar “{name}” is shown beside ours.")

    layer_id: int
    name: str


@dataclass(frozen=True)
class LayerChanged(Fact):
    """Name, address or zone of a foreign calendar changed, or it was hidden or shown again."""

    kind = "calendar.layer_changed"
    audience = Audience.STEWARDS
    sentence = _("{actor} changed how the calendar “{name}” is shown.")

    layer_id: int
    name: str


@dataclass(frozen=True)
class LayerRemoved(Fact):
    """A foreign calendar is shown no longer."""

    kind = "calendar.layer_removed"
    audience = Audience.PUBLIC
    sentence = _("The calendar “{name}” is no longer shown beside ours.")

    layer_id: int
    name: str


@dataclass(frozen=True)
class OwnFeedMade(Fact):
    """Somebody made an address for a feed of their own, or another one; `has_details` says whether links are in it."""

    kind = "calendar.own_feed_made"
    audience = Audience.PERSON
    sentence = _("{actor} made an address for a calendar of their own.")

    has_details: bool


@dataclass(frozen=True)
class OwnFeedRevoked(Fact):
    """The address of somebody's own feed leads nowhere any more."""

    kind = "calendar.own_feed_revoked"
    audience = Audience.PERSON
    sentence = _("{actor} took back the address of a calendar of their own.")


@dataclass(frozen=True)
class LayerRead(Fact):
    """A foreign calendar was read and says something else than before."""

    kind = "calendar.layer_read"
    audience = Audience.PUBLIC
    sentence = _("The calendar “{name}” was read anew.")

    layer_id: int
    name: str
    items: int
