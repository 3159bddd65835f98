"""What only the people of a group may know of its calls, for the calendars of their own."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from django.utils.translation import gettext as _

from folkmoot.calendar.offers import PrivateDetails
from folkmoot.meetings.models import CallPlace, Meeting, Slot

SLOT, MEETING = "meetings.slot:", "meetings.meeting:"
Held = tuple[int, int | None, int | None]
"""Where a place may be said: the group, the position of its series, and the call."""


def details_of(sources: Collection[str], /) -> dict[str, PrivateDetails]:
    """The ways into these series and calls, and venues that are not for everyone, by source; three queries.

    A call has its own place, else that of its series. Whoever asks has made sure that the reader may join.
    """
    held: dict[str, Held] = {}
    slots = Slot.objects.filter(pk__in=_numbers(sources, SLOT))
    for pk, group, position in slots.values_list("pk", "series__group", "series__position"):
        held[f"{SLOT}{pk}"] = (group, position, None)
    meetings = Meeting.objects.filter(pk__in=_numbers(sources, MEETING))
    for pk, group, of_slot in meetings.values_list("pk", "group", "slot__series__position"):
        held[f"{MEETING}{pk}"] = (group, of_slot, pk)
    groups = {group for group, _position, _call in held.values()}
    of_series: dict[tuple[int, int | None], CallPlace] = {}
    of_calls: dict[int | None, CallPlace] = {}
    for place in CallPlace.objects.filter(group__in=groups):
        if place.meeting_id is None:
            of_series[place.group_id, place.position] = place
        else:
            of_calls[place.meeting_id] = place
    found: dict[str, PrivateDetails] = {}
    for source, where in held.items():
        said = of_calls.get(where[2]) or of_series.get(where[:2])
        if said is not None and (details := _details(said)) is not None:
            found[source] = details
    return found


def _details(place: CallPlace) -> PrivateDetails | None:
    venue = ", ".join(filter(None, (place.venue, place.address)))
    if not place.join_link and (not venue or place.venue_is_public):
        return None
    words = _("Join the call: %(link)s") % {"link": place.join_link} if place.join_link else ""
    # Programs make a link in the place of a call their button for joining it.
    return PrivateDetails(location=venue or place.join_link, words="\n".join(filter(None, (words, place.venue_notes))))


def _numbers(sources: Iterable[str], kind: str) -> list[int]:
    return [int(source.removeprefix(kind)) for source in sources if source.startswith(kind)]
