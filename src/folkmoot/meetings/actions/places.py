"""Saying where people meet: the video link and the venue, of a series or of one call."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from folkmoot.calendar.texts import one_line
from folkmoot.groups.models import Group
from folkmoot.kit.errors import Refused
from folkmoot.kit.verdict import require
from folkmoot.ledger.actions import record
from folkmoot.ledger.actors import Actor
from folkmoot.meetings.actions.publishing import one_at_a_time, publish_meeting, publish_slot, stands_alone
from folkmoot.meetings.domain.join_links import checked_link
from folkmoot.meetings.facts import PlaceSettled
from folkmoot.meetings.models import CallPlace, Meeting, Status
from folkmoot.meetings.rules import may_call_meeting, may_change_meeting
from folkmoot.meetings.where import place_of_series

LONGEST_VENUE, LONGEST_ADDRESS, LONGEST_NOTES = 120, 300, 600


@transaction.atomic
def settle_series_place(
    group: Group,
    position: int,
    *,
    join_link: str,
    venue: str,
    address: str,
    venue_notes: str,
    venue_is_public: bool,
    by: Actor,
) -> CallPlace | None:
    """Say where the calls of a series are held; with nothing said, nothing is kept.

    A public venue is in every calendar; the link never is. Refused `forbidden`, `not_found`, and `invalid` (`field`).
    """
    require(may_call_meeting(by, group))
    one_at_a_time(group)
    if not group.series.filter(position=position).exists():
        raise Refused(_("There are no such regular calls."), code="not_found")
    wanted = _wanted(join_link, venue, address, venue_notes, venue_is_public)
    place = place_of_series(group.pk, position)
    if not _changes(place, wanted):
        return place
    place = _keep(place or CallPlace(group=group, position=position), wanted)
    _tell(group, place, position, None, by)
    for series in group.series.filter(position=position).exclude(ends_on__lt=timezone.now().date()):
        series.group = group
        for slot in series.slots.all():
            slot.series = series
            publish_slot(slot)
    coming = group.meetings.filter(slot__series__position=position, starts_at__gt=timezone.now())
    for meeting in coming.exclude(status=Status.DROPPED).select_related("group", "slot__series__group"):
        if stands_alone(meeting):
            publish_meeting(meeting)
    return place if place.pk else None


@transaction.atomic
def settle_call_place(
    meeting: Meeting,
    *,
    join_link: str,
    venue: str,
    address: str,
    venue_notes: str,
    venue_is_public: bool,
    by: Actor,
) -> CallPlace | None:
    """Say where one call is held, apart from its series; with nothing said, it is held where its series is.

    Refused `forbidden`, `meeting_over`, and `invalid` with `field`.
    """
    require(may_change_meeting(by, meeting))
    one_at_a_time(meeting.group)
    meeting = Meeting.objects.select_related("group", "slot__series__group").get(pk=meeting.pk)
    if meeting.is_dropped or meeting.ends_at <= timezone.now():
        raise Refused(_("This call is over, or no longer planned."), code="meeting_over")
    wanted = _wanted(join_link, venue, address, venue_notes, venue_is_public)
    own = CallPlace.objects.filter(meeting=meeting).first()
    if not _changes(own, wanted):
        return own
    place = _keep(own or CallPlace(group=meeting.group, meeting=meeting), wanted)
    _tell(meeting.group, place, None, meeting, by)
    # Also for a link alone, which no public feed shows: those who may join have it in calendars of their own.
    publish_meeting(meeting)
    return place if place.pk else None


def _wanted(join_link: str, venue: str, address: str, venue_notes: str, venue_is_public: bool) -> dict[str, str | bool]:
    wanted: dict[str, str | bool] = {
        "join_link": checked_link(join_link),
        "venue": _line("venue", venue, LONGEST_VENUE),
        "address": _line("address", address, LONGEST_ADDRESS),
        "venue_notes": _line("venue_notes", venue_notes, LONGEST_NOTES),
    }
    if not wanted["venue"] and (wanted["address"] or wanted["venue_notes"]):
        raise Refused(_("Please say what the venue is called."), code="invalid", field="venue")
    return {**wanted, "venue_is_public": venue_is_public and bool(wanted["venue"])}


def _line(field: str, text: str, most: int) -> str:
    if len(text) > most:
        raise Refused(
            _("Please say it in at most %(count)s characters.") % {"count": most}, code="invalid", field=field
        )
    return one_line(text, most=most)


def _changes(place: CallPlace | None, wanted: dict[str, str | bool]) -> bool:
    return any(wanted.values()) if place is None else any(getattr(place, name) != new for name, new in wanted.items())


def _keep(place: CallPlace, wanted: dict[str, str | bool]) -> CallPlace:
    for name, value in wanted.items():
        setattr(place, name, value)
    if not place.is_empty:
        place.save()
    elif place.pk:
        place.delete()
    return place


def _tell(group: Group, place: CallPlace, position: int | None, meeting: Meeting | None, by: Actor) -> None:
    record(
        PlaceSettled(
            position=position,
            meeting_id=meeting.pk if meeting is not None else None,
            has_link=bool(place.join_link),
            has_venue=bool(place.venue),
        ),
        by=by,
        on=meeting or group,
        within=group,
    )
