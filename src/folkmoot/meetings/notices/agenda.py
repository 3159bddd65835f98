"""What people are told about agendas."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from folkmoot.meetings.models import AgendaItem
from folkmoot.meetings.notices.calls import when_words
from folkmoot.notices.kinds import Notice


@dataclass(frozen=True)
class _AboutItem:
    """An item, with its call's time by the clock of whoever reads."""

    item: AgendaItem

    @property
    def title(self) -> str:
        return self.item.title

    @property
    def group(self) -> str:
        return self.item.meeting.group.name

    @property
    def when(self) -> str:
        return when_words(self.item.meeting.starts_at, timezone.get_current_timezone_name())

    def path(self) -> str:
        return self.item.get_absolute_url()


@dataclass(frozen=True)
class ItemRequested(_AboutItem, Notice):
    """To those who lead: somebody asks for an item on an agenda."""

    kind = "meetings.item_requested"
    topic = "calls"

    by: str

    def subject(self) -> str:
        return _("%(group)s: “%(title)s” is asked for on the agenda") % {"group": self.group, "title": self.title}

    def path(self) -> str:
        return reverse("answer_agenda_item", args=[self.item.pk])

    def action(self) -> str:
        return _("Say yes or no")


@dataclass(frozen=True)
class ItemAccepted(_AboutItem, Notice):
    """To who asked: the item is on the agenda."""

    kind = "meetings.item_accepted"
    topic = "calls"

    def subject(self) -> str:
        return _("“%(title)s” is on the agenda of %(group)s") % {"group": self.group, "title": self.title}


@dataclass(frozen=True)
class ItemDeclined(_AboutItem, Notice):
    """To who asked: the item does not come onto the agenda, and why."""

    kind = "meetings.item_declined"
    topic = "calls"

    @property
    def why(self) -> str:
        return self.item.why

    def subject(self) -> str:
        return _("“%(title)s” does not come onto the agenda of %(group)s") % {"group": self.group, "title": self.title}


@dataclass(frozen=True)
class ItemIsYours(_AboutItem, Notice):
    """To the owner: you lead an item on the agenda."""

    kind = "meetings.item_is_yours"
    topic = "calls"

    by: str

    def subject(self) -> str:
        return _("You lead “%(title)s” on a call of %(group)s") % {"group": self.group, "title": self.title}


@dataclass(frozen=True)
class MaterialWaits(_AboutItem, Notice):
    """To those who lead: somebody proposes something to read for an item; once for each item and person."""

    kind = "meetings.material_waits"
    topic = "calls"

    by: str
    by_id: int

    def subject(self) -> str:
        return _("%(group)s: something to read for “%(title)s”") % {"group": self.group, "title": self.title}

    def path(self) -> str:
        return reverse("agenda_item", args=[self.item.pk])

    def once(self) -> str:
        return f"material:{self.item.pk}:{self.by_id}"
