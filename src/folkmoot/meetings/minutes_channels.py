"""What strangers find of a call elsewhere than in its minutes: it goes out with them, and is checked with them.

Nothing of it is written for the minutes, so it may have been there long before. But who reads the minutes of a call
under the Chatham House Rule reads beside them what was on its agenda and what was decided on it.
"""

from __future__ import annotations

from collections.abc import Collection

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from folkmoot.decisions.decision_page import page_of_decision
from folkmoot.decisions.models import Decision
from folkmoot.decisions.record_text import as_markdown
from folkmoot.ledger.facts import KINDS, Audience
from folkmoot.ledger.models import Entry
from folkmoot.ledger.sentences import sentence
from folkmoot.meetings.agenda_reading import items_on, with_readings
from folkmoot.meetings.agenda_wording import items_text
from folkmoot.meetings.domain.published import PublicMinutes, found_by
from folkmoot.meetings.minutes_check import CHANNELS, Channel, title_of
from folkmoot.meetings.minutes_reading import decided_on_call
from folkmoot.meetings.models import AgendaItem, Level, Meeting, MinutesItem
from folkmoot.meetings.queries import for_calendar
from folkmoot.meetings.where import place_of_call
from folkmoot.notices.mails import whole


def fill() -> None:
    """Enter these channels."""
    CHANNELS.register("search", Channel(_("search"), _search), order=70)
    CHANNELS.register("calendar", Channel(_("calendars, and the page of the call"), _calendar), order=80)
    CHANNELS.register("agenda", Channel(_("agenda"), _agenda), order=90)
    CHANNELS.register("decisions", Channel(_("records of decisions"), _decisions), order=100)
    CHANNELS.register("history", Channel(_("history of the group"), _history), order=110)


def _search(meeting: Meeting, public: PublicMinutes) -> str:
    return f"{title_of(public)}\n{found_by(public)}"


def _calendar(meeting: Meeting, public: PublicMinutes) -> str:
    told = for_calendar(meeting, place_of_call(meeting))
    return f"{told.summary}\n{told.description}\n{told.location}"


def _agenda(meeting: Meeting, public: PublicMinutes) -> str:
    """Without its head: nobody writes that, and the place of a zone is not somebody called so."""
    items = with_readings(items_on(meeting).exclude(pk__in=_open_items(meeting)))
    return f"{meeting.title}\n{items_text(list(items), names=False)}"


def _decisions(meeting: Meeting, public: PublicMinutes) -> str:
    found = [page_of_decision(decision, None, None) for decision in decided_on_call(meeting)]
    return "\n".join(
        as_markdown(page, address=whole(page.decision.get_absolute_url()), with_names=False) for page in found
    )


def _history(meeting: Meeting, public: PublicMinutes) -> str:
    """What strangers read of what happened to the call, to its agenda and to its decisions."""
    items = (
        AgendaItem.objects.filter(meeting=meeting.pk).exclude(pk__in=_open_items(meeting)).values_list("pk", flat=True)
    )
    told = _entries(Meeting, [meeting.pk]) | _entries(AgendaItem, list(items))
    told |= _entries(Decision, [one.pk for one in decided_on_call(meeting)])
    shown = [kind for kind, fact in KINDS.items() if fact.audience == Audience.PUBLIC]
    entries = Entry.objects.filter(told, kind__in=shown).select_related("actor", "detail").order_by("pk")
    return "\n".join(sentence(entry, names_actor=False) for entry in entries)


def _entries(of: type[Meeting | AgendaItem | Decision], keys: Collection[int]) -> Q:
    return Q(on_type=ContentType.objects.get_for_model(of), on_id__in=keys)


def _open_items(meeting: Meeting) -> list[int]:
    """The items of the agenda whose minutes may name people."""
    of_minutes = Q(level="", minutes__level=Level.OPEN)
    found = MinutesItem.objects.filter(Q(level=Level.OPEN) | of_minutes, minutes=meeting.pk, agenda_item__isnull=False)
    return [key for key in found.values_list("agenda_item", flat=True) if key is not None]
