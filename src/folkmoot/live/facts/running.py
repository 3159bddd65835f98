"""How a call went: opened, from item to item, closed."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from folkmoot.ledger.facts import Audience, Fact


@dataclass(frozen=True)
class CallOpened(Fact):
    """A call was opened for those who are on it, or opened again."""

    kind = "live.call_opened"
    audience = Audience.GROUP
    sentence = _("{actor} opened a call.")

    meeting_id: int


@dataclass(frozen=True)
class CallWentOn(Fact):
    """A call went on to an item (None: the agenda is dealt with); `step` counts how often it has gone on."""

    kind = "live.call_went_on"
    audience = Audience.GROUP
    sentence = _("{actor} went on with the agenda of a call.")

    meeting_id: int
    agenda_item_id: int | None
    step: int


@dataclass(frozen=True)
class TimeAdded(Fact):
    """An item was given so many more minutes while it was talked about."""

    kind = "live.time_added"
    audience = Audience.GROUP
    sentence = _("{actor} gave an item more time, in minutes: {minutes}.")

    meeting_id: int
    agenda_item_id: int
    minutes: int


@dataclass(frozen=True)
class QueueReordered(Fact):
    """The order of speaking was changed by hand; the reason stood on the page of the call alone."""

    kind = "live.queue_reordered"
    audience = Audience.GROUP
    sentence = _("{actor} changed the order of speaking on a call.")

    meeting_id: int


@dataclass(frozen=True)
class CallClosed(Fact):
    """A call was closed; so many turns to speak there were. Whose they were is kept nowhere."""

    kind = "live.call_closed"
    audience = Audience.GROUP
    sentence = _("{actor} closed a call. Turns to speak: {spoke}.")

    meeting_id: int
    spoke: int


@dataclass(frozen=True)
class SpeakingCustomSet(Fact):
    """How people speak on the calls of a group from now on."""

    kind = "live.speaking_custom_set"
    audience = Audience.GROUP
    sentence = _("{actor} said how people speak on calls.")

    new_voices_first: bool
    observers_speak: bool
