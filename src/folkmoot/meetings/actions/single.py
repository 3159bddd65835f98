"""One meeting moved, cancelled, restored or called besides, without touching the rest."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from folkmoot.calendar.texts import one_line
from folkmoot.groups.models import Group
from folkmoot.kit import zones
from folkmoot.kit.errors import Refused
from folkmoot.kit.verdict import require
from folkmoot.kit.zones import Candidate
from folkmoot.ledger.actions import record
from folkmoot.ledger.actors import Actor
from folkmoot.meetings.actions.publishing import one_at_a_time, publish_meeting
from folkmoot.meetings.actions.telling import tell_group, tell_groups
from folkmoot.meetings.facts import MeetingAdded, MeetingCancelled, MeetingMoved, MeetingRestored
from folkmoot.meetings.models import Meeting, Status
from folkmoot.meetings.notices import CallAdded, CallCancelled, CallMoved, CallRestored
from folkmoot.meetings.rules import may_call_meeting, may_change_meeting
from folkmoot.meetings.wording import wall_words
from folkmoot.ui import times

FURTHEST_AHEAD = timedelta(days=366 * 2)
LONGEST = timedelta(hours=24)
LONGEST_WHY = 500
LONGEST_TITLE = 200


@transaction.atomic
def move_meeting(
    meeting: Meeting, *, to: datetime, zone: str | None = None, fold: int | None = None, why: str, by: Actor
) -> Meeting:
    """Let a meeting be at another wall time, in its own zone or in another one.

    `fold` chooses the first (0) or the second (1) of two equal wall times when clocks go back. Refused with
    `forbidden`, `meeting_over`, `meeting_cancelled`, `invalid` (no reason given), `in_the_past`,
    `too_far_ahead`; with `time_in_gap` when no clock shows that time, and `time_twice` when it comes twice and
    `fold` is None: both carry `candidates`. A move to where it already is changes nothing.
    """
    require(may_change_meeting(by, meeting))
    why = _reason(why)
    meeting = _current(meeting)
    if meeting.is_cancelled:
        raise Refused(_("This call is cancelled; restore it before moving it."), code="meeting_cancelled")
    place = zones.canonical(zone or meeting.zone)
    local = to.replace(second=0, microsecond=0, fold=0)
    chosen = resolve(local, place, fold)
    _require_ahead(chosen.utc)
    which = _fold(local, place, chosen)
    if (local, which, place) == (meeting.starts, meeting.fold, meeting.zone):
        return meeting
    was, was_zone, was_at = meeting.starts, meeting.zone, meeting.starts_at
    meeting.starts, meeting.fold, meeting.zone, meeting.why = local, which, place, why
    meeting.starts_at, meeting.ends_at = chosen.utc, chosen.utc + meeting.duration
    meeting.save(update_fields=["starts", "fold", "zone", "why", "starts_at", "ends_at"])
    publish_meeting(meeting)
    changes = {"starts": [wall_words(was), wall_words(local)]}
    if place != was_zone:
        changes["zone"] = [was_zone, place]
    record(
        MeetingMoved(
            meeting_id=meeting.pk, was=wall_words(was), now=wall_words(local), place=zones.place(place), why=why
        ),
        by=by,
        on=meeting,
        within=meeting.group,
        changes=changes,
    )
    tell_groups(meeting.groups, CallMoved(meeting, was_at), by=by)
    return meeting


@transaction.atomic
def cancel_meeting(meeting: Meeting, *, why: str, by: Actor) -> Meeting:
    """Call a meeting off. It stays in sight, with the reason; done twice, it is told once.

    Refused with `forbidden`, `meeting_over` or `invalid` (no reason given).
    """
    require(may_change_meeting(by, meeting))
    why = _reason(why)
    meeting = _current(meeting)
    if meeting.is_cancelled:
        return meeting
    meeting.status, meeting.why = Status.CANCELLED, why
    meeting.save(update_fields=["status", "why"])
    publish_meeting(meeting)
    record(
        MeetingCancelled(
            meeting_id=meeting.pk, was=wall_words(meeting.starts), place=zones.place(meeting.zone), why=why
        ),
        by=by,
        on=meeting,
        within=meeting.group,
        changes={"status": [Status.PLANNED, Status.CANCELLED]},
    )
    tell_groups(meeting.groups, CallCancelled(meeting), by=by)
    return meeting


@transaction.atomic
def restore_meeting(meeting: Meeting, *, by: Actor) -> Meeting:
    """Let a cancelled meeting take place after all, at the time it last had; one that is planned stays as it is.

    Refused with `forbidden` or `meeting_over`.
    """
    require(may_change_meeting(by, meeting))
    meeting = _current(meeting)
    if not meeting.is_cancelled:
        return meeting
    meeting.status, meeting.why = Status.PLANNED, ""
    meeting.save(update_fields=["status", "why"])
    publish_meeting(meeting)
    record(
        MeetingRestored(meeting_id=meeting.pk, now=wall_words(meeting.starts), place=zones.place(meeting.zone)),
        by=by,
        on=meeting,
        within=meeting.group,
        changes={"status": [Status.CANCELLED, Status.PLANNED]},
    )
    tell_groups(meeting.groups, CallRestored(meeting), by=by)
    return meeting


@transaction.atomic
def add_extra_meeting(
    group: Group,
    *,
    starts: datetime,
    zone: str,
    duration: timedelta,
    title: str = "",
    fold: int | None = None,
    by: Actor,
) -> Meeting:
    """Call a meeting besides the regular ones; refused as a move is, and for a duration beyond a day."""
    require(may_call_meeting(by, group))
    if len(title) > LONGEST_TITLE:
        raise Refused(_("A title may have at most %(count)s characters.") % {"count": LONGEST_TITLE}, code="invalid")
    if not timedelta() < duration <= LONGEST:
        raise Refused(_("A call lasts from a minute to a day."), code="invalid")
    one_at_a_time(group)
    place = zones.canonical(zone)
    local = starts.replace(second=0, microsecond=0, fold=0)
    chosen = resolve(local, place, fold)
    _require_ahead(chosen.utc)
    meeting = Meeting.objects.create(
        group=group,
        title=one_line(title, most=LONGEST_TITLE),
        starts=local,
        fold=_fold(local, place, chosen),
        zone=place,
        duration=duration,
        starts_at=chosen.utc,
        ends_at=chosen.utc + duration,
    )
    publish_meeting(meeting)
    record(
        MeetingAdded(meeting_id=meeting.pk, now=wall_words(local), place=zones.place(place), title=meeting.title),
        by=by,
        on=meeting,
        within=group,
    )
    tell_group(group, CallAdded(meeting), by=by)
    return meeting


def resolve(local: datetime, zone: str, fold: int | None) -> Candidate:
    """The instant meant by a wall time; what is not plain is refused with its candidates, for a person to choose.

    Refused `time_in_gap` and `time_twice`: params `candidates` (`kit.zones.Candidate`), `zone`, `local`.
    """
    resolved = zones.local_to_utc(local, zone)
    if resolved.kind == "plain":
        return resolved.chosen
    words = {"time": f"{local:%H:%M}", "place": zones.place(zone), "day": times.plain_date(local.date())}
    params = {"candidates": resolved.candidates, "zone": zone, "local": local}
    if resolved.kind == "gap":
        raise Refused(
            _(
                "There is no %(time)s in %(place)s on %(day)s: clocks are put forward that day and jump over it. "
                "Please choose another time."
            )
            % words,
            code="time_in_gap",
            **params,
        )
    if fold is None:
        raise Refused(
            _(
                "It is %(time)s twice in %(place)s on %(day)s: clocks are put back that day. "
                "Please say which of the two you mean."
            )
            % words,
            code="time_twice",
            **params,
        )
    return resolved.candidates[1 if fold else 0]


def _fold(local: datetime, zone: str, chosen: Candidate) -> int:
    return int(chosen.utc != zones.local_to_utc(local, zone).utc)


def _current(meeting: Meeting) -> Meeting:
    """The meeting as it stands now, with nobody else changing it; refused when it has begun or is dropped."""
    one_at_a_time(meeting.group)
    meeting = Meeting.objects.select_related("group", "slot__series__group").get(pk=meeting.pk)
    if meeting.skipped_for:
        words = _("There is no call on this day (%(why)s). Let it take place first.") % {"why": meeting.skipped_for}
        raise Refused(words, code="meeting_over")
    if meeting.is_dropped:
        raise Refused(_("This call is no longer planned: the charter has other times now."), code="meeting_over")
    if meeting.starts_at <= timezone.now():
        raise Refused(_("This call has begun, or is over; it can no longer be changed."), code="meeting_over")
    return meeting


def _reason(why: str) -> str:
    if len(why) > LONGEST_WHY:
        raise Refused(_("Please say it in at most %(count)s characters.") % {"count": LONGEST_WHY}, code="invalid")
    why = one_line(why, most=LONGEST_WHY)
    if not why:
        raise Refused(_("Please say why, in a few words: people have this call in their calendars."), code="invalid")
    return why


def _require_ahead(instant: datetime) -> None:
    now = timezone.now()
    if instant <= now:
        raise Refused(_("That time is in the past."), code="in_the_past")
    if instant > now + FURTHEST_AHEAD:
        raise Refused(
            _("That is more than two years ahead (%(year)s); please check the date.")
            % {"year": instant.astimezone(UTC).year},
            code="too_far_ahead",
        )
