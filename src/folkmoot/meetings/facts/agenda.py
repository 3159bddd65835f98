"""What agendas tell. Titles are words that people wrote, and can be erased."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from folkmoot.ledger.facts import Audience, Fact

WORDS = frozenset({"title", "why"})


@dataclass(frozen=True)
class AgendaItemAdded(Fact):
    """An item stands on the agenda of a call."""

    kind = "meetings.agenda_item_added"
    audience = Audience.PUBLIC
    sentence = _("{actor} put “{title}” on the agenda.")
    personal = WORDS

    item_id: int
    meeting_id: int
    title: str


@dataclass(frozen=True)
class AgendaItemRequested(Fact):
    """Somebody of the group asked for an item."""

    kind = "meetings.agenda_item_requested"
    audience = Audience.GROUP
    sentence = _("{actor} asked for “{title}” on the agenda.")
    personal = WORDS

    item_id: int
    meeting_id: int
    title: str


@dataclass(frozen=True)
class GuestAskedForItem(Fact):
    """A guest, who has no record here, asked for an item by a link."""

    kind = "meetings.guest_asked_for_item"
    audience = Audience.GROUP
    sentence = _("A guest asked for “{title}” on the agenda.")
    personal = WORDS

    item_id: int
    meeting_id: int
    title: str


@dataclass(frozen=True)
class AgendaItemAccepted(Fact):
    """An item that was asked for stands on the agenda now."""

    kind = "meetings.agenda_item_accepted"
    audience = Audience.PUBLIC
    sentence = _("{actor} took “{title}” onto the agenda.")
    personal = WORDS

    item_id: int
    meeting_id: int
    title: str


@dataclass(frozen=True)
class AgendaItemDeclined(Fact):
    """An item that was asked for does not come onto the agenda; `why` says the reason."""

    kind = "meetings.agenda_item_declined"
    audience = Audience.GROUP
    sentence = _("{actor} declined “{title}” for the agenda.")
    personal = WORDS

    item_id: int
    meeting_id: int
    title: str
    why: str


@dataclass(frozen=True)
class AgendaItemChanged(Fact):
    """Something about an item changed; the entry's changes say what, apart from its text."""

    kind = "meetings.agenda_item_changed"
    audience = Audience.GROUP
    sentence = _("{actor} changed “{title}” on the agenda.")
    personal = WORDS | {"owner_name"}

    item_id: int
    meeting_id: int
    title: str


@dataclass(frozen=True)
class AgendaItemRemoved(Fact):
    """An item was taken off an agenda; that can be taken back."""

    kind = "meetings.agenda_item_removed"
    audience = Audience.GROUP
    sentence = _("{actor} took “{title}” off the agenda.")
    personal = WORDS

    item_id: int
    meeting_id: int
    title: str


@dataclass(frozen=True)
class AgendaItemRestored(Fact):
    """An item that was taken off, or was done, stands on the agenda again."""

    kind = "meetings.agenda_item_restored"
    audience = Audience.GROUP
    sentence = _("{actor} put “{title}” back on the agenda.")
    personal = WORDS

    item_id: int
    meeting_id: int
    title: str


@dataclass(frozen=True)
class AgendaItemFinished(Fact):
    """An item was dealt with."""

    kind = "meetings.agenda_item_finished"
    audience = Audience.PUBLIC
    sentence = _("{actor} noted that “{title}” was dealt with.")
    personal = WORDS

    item_id: int
    meeting_id: int
    title: str


@dataclass(frozen=True)
class AgendaItemCarried(Fact):
    """An item that was not dealt with goes on at a later call, there as `new_id`; a request moves along as it is."""

    kind = "meetings.agenda_item_carried"
    audience = Audience.GROUP
    sentence = _("“{title}” was carried over to the next call.")
    personal = WORDS

    item_id: int
    new_id: int
    meeting_id: int
    title: str


@dataclass(frozen=True)
class ConsentItemTakenOut(Fact):
    """Somebody wants an item of the consent agenda to be talked about."""

    kind = "meetings.consent_item_taken_out"
    audience = Audience.PUBLIC
    sentence = _("{actor} took “{title}” out of the consent agenda, to be talked about.")
    personal = WORDS

    item_id: int
    meeting_id: int
    title: str


@dataclass(frozen=True)
class AgendaReordered(Fact):
    """The items of an agenda come in another order: the ids of items, first to last."""

    kind = "meetings.agenda_reordered"
    audience = Audience.GROUP
    sentence = _("{actor} put the agenda in another order.")

    meeting_id: int
    order: list[int]


@dataclass(frozen=True)
class AgendaFilled(Fact):
    """A group's usual items were put on the agenda of a call: this many."""

    kind = "meetings.agenda_filled"
    audience = Audience.PUBLIC
    sentence = _("The usual agenda was laid out for the call, with {count} items.")

    meeting_id: int
    count: int


@dataclass(frozen=True)
class UsualAgendaChanged(Fact):
    """The items with which a group's agendas begin changed; there are this many now."""

    kind = "meetings.usual_agenda_changed"
    audience = Audience.GROUP
    sentence = _("{actor} changed the usual agenda, which has {count} items now.")

    count: int


@dataclass(frozen=True)
class MaterialProposed(Fact):
    """Something to read was proposed for an item."""

    kind = "meetings.material_proposed"
    audience = Audience.GROUP
    sentence = _("{actor} proposed something to read: “{title}”.")
    personal = WORDS

    material_id: int
    item_id: int
    title: str


@dataclass(frozen=True)
class MaterialTakenBack(Fact):
    """Whoever had proposed something to read took it back before anybody accepted it."""

    kind = "meetings.material_taken_back"
    audience = Audience.GROUP
    sentence = _("{actor} took back something to read: “{title}”.")
    personal = WORDS

    material_id: int
    item_id: int
    title: str


@dataclass(frozen=True)
class MaterialAnswered(Fact):
    """Something to read that was proposed is shown to everybody (`accepted`), or is not."""

    kind = "meetings.material_answered"
    audience = Audience.GROUP
    sentence = _("{actor} answered the proposal to read “{title}”.")
    personal = WORDS

    material_id: int
    item_id: int
    title: str
    accepted: bool


@dataclass(frozen=True)
class AgendaLinkMade(Fact):
    """There is a link by which guests ask for items on the agenda of a call; a link made before does not work now."""

    kind = "meetings.agenda_link_made"
    audience = Audience.GROUP
    sentence = _("{actor} made a link by which guests ask for agenda items.")

    link_id: int
    meeting_id: int


@dataclass(frozen=True)
class AgendaLinkRevoked(Fact):
    """A link for guests was taken back."""

    kind = "meetings.agenda_link_revoked"
    audience = Audience.GROUP
    sentence = _("{actor} took the link for guests back.")

    link_id: int
    meeting_id: int
