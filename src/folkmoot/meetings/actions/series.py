"""Series as the charter has them, and their meetings made ahead."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from folkmoot.calendar.actions import announce_again, withdraw
from folkmoot.groups.models import Group, GroupState
from folkmoot.groups.terms import DEFAULT_DURATION, MeetingTerms, meeting_terms
from folkmoot.kit import zones
from folkmoot.kit.recurrence import Occurrence, parse_rrule, to_rrule
from folkmoot.ledger.actions import record
from folkmoot.ledger.actors import Actor, system
from folkmoot.meetings.actions.joined import keep_joined
from folkmoot.meetings.actions.left_out import leaves_out_of, settle_left_out
from folkmoot.meetings.actions.publishing import one_at_a_time, publish_meeting, publish_slot, stands_alone
from folkmoot.meetings.actions.telling_changes import coming_calls, tell_changed_calls, tell_shifted
from folkmoot.meetings.domain.left_out import LeavesOut
from folkmoot.meetings.domain.plan import Plan, planned
from folkmoot.meetings.domain.segments import ByHand, Segment, Wanted, segments, with_changes
from folkmoot.meetings.facts import MeetingShifted, SeriesBegan, SeriesEnded
from folkmoot.meetings.models import OWN_FROM, Meeting, Series, SeriesChange, Slot, Status
from folkmoot.meetings.wording import cadence_of, wall_words


@transaction.atomic
def bring_in_order(group: Group, *, by: Actor) -> None:
    """Let a group's series, meetings and calendar be what the versions of its charter say; twice is once.

    Meetings up to the day before an amended version comes into force stay as they are, also when moved or
    cancelled; those planned for later by a series that ended are dropped.
    """
    one_at_a_time(group)
    if Group.objects.filter(pk=group.pk, state=GroupState.CLOSED).exists():
        return
    before = coming_calls(group)
    pauses = leaves_out_of(group)
    charters = [
        (charter.in_force_from, {terms.position: wanted(terms) for terms in meeting_terms(charter)})
        for charter in group.charters.order_by("in_force_from", "number")
    ]
    versions = with_changes(charters, [by_hand(change) for change in group.series_changes.all()])
    titles = {change.position: change.title for change in group.series_changes.all() if change.title}
    left = list(group.series.prefetch_related("slots").order_by("pk"))
    for series in left:
        series.group = group
    kept: list[tuple[Series, Segment[MeetingTerms]]] = []
    new: list[tuple[int, Segment[MeetingTerms]]] = []
    for position, line in segments(versions).items():
        for segment in line:
            series_or_none = _known(left, position, segment)
            if series_or_none is None:
                new.append((position, segment))
            else:
                left.remove(series_or_none)
                kept.append((series_or_none, segment))
    # What ends does so first, since only one series runs in a place at a time.
    for series in left:
        # No version has it any more: another one was brought into force on the same day or before.
        end_series(series, versions[-1][0] - timedelta(days=1), by=by)
    for series, segment in kept:
        _update(series, segment, titles.get(series.position, ""), by=by)
    begun = [_begin(group, position, segment, titles.get(position, ""), by=by) for position, segment in new]
    for series in (*left, *(series for series, _segment in kept), *begun):
        settle_series(series, pauses.get(series.position))
    tell_changed_calls(group, before, coming_calls(group), by=by)


def materialise_ahead(series: Series, *, now: datetime) -> int:
    """Make the meetings of the coming months, and of right now; returns how many are new. Touches no other."""
    made = sum(_make(slot, slot.plan.ahead(now, series.duration)) for slot in series.slots.all())
    keep_joined(series.group_id, now=now)
    return made


@transaction.atomic
def materialise(series: Series, *, start: datetime, end: datetime) -> int:
    """Make all meetings of a span of time (aware), also of the past; returns how many are new. Touches no other."""
    return sum(_make(slot, slot.plan.occurrences(start, end, limit=1000)) for slot in series.slots.all())


@transaction.atomic
def follow_zone_data(group: Group, *, now: datetime) -> int:
    """Work the instants of a group's coming meetings out anew; returns how many have moved.

    The wall time stays what was agreed. Where a country has changed its laws since, the instant is another
    one: that is told, calendars are given the news with a higher SEQUENCE, and people the new time by their clocks.
    """
    one_at_a_time(group)
    shifted: dict[str, list[tuple[Meeting, datetime]]] = {}
    announced: set[str] = set()
    coming = group.meetings.filter(ends_at__gt=now).exclude(status=Status.DROPPED).select_related("slot__series")
    for meeting in coming:
        candidates = zones.local_to_utc(meeting.starts, meeting.zone).candidates
        instant = candidates[min(meeting.fold, len(candidates) - 1)].utc
        if instant == meeting.starts_at:
            continue
        was = meeting.starts_at
        shifted.setdefault(meeting.zone, []).append((meeting, was))
        meeting.starts_at, meeting.ends_at = instant, instant + meeting.duration
        meeting.save(update_fields=["starts_at", "ends_at"])
        meeting.group = group
        if stands_alone(meeting):
            publish_meeting(meeting)
        elif meeting.slot is not None and meeting.slot.uid not in announced:
            announced.add(meeting.slot.uid)
            announce_again(meeting.slot.uid)
        record(
            MeetingShifted(
                meeting_id=meeting.pk,
                wall=wall_words(meeting.starts),
                place=zones.place(meeting.zone),
                was=f"{was:%Y-%m-%d %H:%M} UTC",
                now=f"{instant:%Y-%m-%d %H:%M} UTC",
            ),
            by=system(),
            on=meeting,
            within=group,
        )
    tell_shifted(group, shifted)
    return sum(map(len, shifted.values()))


def wanted(terms: MeetingTerms) -> Wanted[MeetingTerms]:
    """A meeting of a charter as a plan with its duration."""
    rule = parse_rrule(terms.rrule, at=terms.local_time, zone_name=terms.zone)
    plan = planned(rule, terms.first_date, terms.local_time, zones.canonical(terms.zone))
    return Wanted(plan, timedelta(minutes=terms.duration_minutes), terms)


def by_hand(change: SeriesChange) -> ByHand[MeetingTerms]:
    """What a manager set, as the plans know it."""

    def applied(said: Wanted[MeetingTerms] | None) -> Wanted[MeetingTerms] | None:
        if said is None:
            return None if change.ends else _own(change)
        if change.slots:
            plans = plans_kept(change.slots, change.zone or said.plan.zone)
        else:
            plans = (replace(said.plan, at=change.local_time or said.plan.at, zone=change.zone or said.plan.zone),)
        terms = said.terms if change.duration is None else replace(said.terms, duration_stated=True)
        return Wanted(plans[0], change.duration or said.duration, terms, plans[1:])

    return ByHand(change.from_day, change.position, applied, is_own=change.position >= OWN_FROM)


def plans_kept(slots: Iterable[Mapping[str, str]], zone: str) -> tuple[Plan, ...]:
    """The plans that a change keeps as `[{rrule, first_date, at}]`."""
    found = []
    for slot in slots:
        at = time.fromisoformat(slot["at"])
        rule = parse_rrule(slot["rrule"], at=at, zone_name=zone)
        found.append(Plan(rule, date.fromisoformat(slot["first_date"]), at, zone))
    return tuple(found)


def _own(change: SeriesChange) -> Wanted[MeetingTerms]:
    """A series that the charter knows nothing of."""
    plans = plans_kept(change.slots, change.zone)
    duration = change.duration or timedelta(minutes=DEFAULT_DURATION)
    terms = MeetingTerms(
        position=change.position,
        cadence="",
        rrule=change.slots[0]["rrule"],
        first_date=plans[0].first,
        local_time=plans[0].at,
        zone=change.zone,
        duration_minutes=round(duration.total_seconds() / 60),
        duration_stated=True,
        table=(),
        clause_anchor="",
    )
    return Wanted(plans[0], duration, terms, plans[1:])


def _known(existing: Iterable[Series], position: int, segment: Segment[MeetingTerms]) -> Series | None:
    wanted_slots = [_key(plan) for plan in segment.plans]
    for series in existing:
        same = (series.position, series.zone, series.duration) == (position, segment.plan.zone, segment.duration)
        if same and [(slot.rrule, slot.first_date, slot.local_time) for slot in series.slots.all()] == wanted_slots:
            return series
    return None


def _key(plan: Plan) -> tuple[str, date, time]:
    return to_rrule(plan.rule, at=plan.at, zone_name=plan.zone), plan.first, plan.at


def _begin(group: Group, position: int, segment: Segment[MeetingTerms], title: str, *, by: Actor) -> Series:
    series = Series.objects.create(
        group=group,
        position=position,
        zone=segment.plan.zone,
        duration=segment.duration,
        ends_on=segment.ends_on,
        **_said(segment.terms, title),
    )
    for number, plan in enumerate(segment.plans):
        rrule, first, at = _key(plan)
        Slot.objects.create(series=series, position=number, rrule=rrule, first_date=first, local_time=at)
        _tell_begun(series, plan, by=by)
    return series


def _tell_begun(series: Series, plan: Plan, *, by: Actor) -> None:
    record(
        SeriesBegan(
            series_id=series.pk,
            cadence=cadence_of(plan),
            time=f"{plan.at:%H:%M}",
            place=zones.place(series.zone),
        ),
        by=by,
        on=series,
        within=series.group,
    )


def _update(series: Series, segment: Segment[MeetingTerms], title: str, *, by: Actor) -> None:
    """Take over what the latest version says of a series whose times are unchanged, and its end."""
    said = _said(segment.terms, title)
    changed = [name for name, value in said.items() if getattr(series, name) != value]
    for name in changed:
        setattr(series, name, said[name])
    if changed:
        series.save(update_fields=changed)
    if segment.ends_on is not None:
        end_series(series, segment.ends_on, by=by)


def end_series(series: Series, last: date, *, by: Actor) -> None:
    """Let a series end with a day, unless it ends before."""
    if series.ends_on is not None and series.ends_on <= last:
        return
    series.ends_on = last
    series.save(update_fields=["ends_on"])
    for slot in series.slots.all():
        record(
            SeriesEnded(
                series_id=series.pk,
                cadence=cadence_of(slot.plan),
                time=f"{slot.local_time:%H:%M}",
                place=zones.place(series.zone),
                ends_on=last.isoformat(),
            ),
            by=by,
            on=series,
            within=series.group,
        )


def settle_series(series: Series, pauses: LeavesOut | None) -> None:
    """Calendar and meetings of a series as it is now, with what `pauses` leaves out."""
    for slot in series.slots.all():
        slot.series = series
        settle_left_out(slot, pauses or LeavesOut(), now=timezone.now())
        publish_slot(slot)
        if series.ends_on is not None:
            _drop_later(slot, series.ends_on)
    if series.ends_on is None or series.ends_on >= timezone.now().date():
        materialise_ahead(series, now=timezone.now())


def _drop_later(slot: Slot, last: date) -> None:
    """Drop the coming meetings that a slot would have had after its last day."""
    after = datetime.combine(last, datetime.max.time()).replace(microsecond=0)
    later = slot.meetings.filter(original__gt=after, starts_at__gt=timezone.now())
    for meeting in later.exclude(status=Status.DROPPED):
        meeting.status = Status.DROPPED
        meeting.save(update_fields=["status"])
        # One that had been moved or restored stands in calendars by itself, beyond the end of its series.
        withdraw(slot.uid, recurrence_id=meeting.original)


def _make(slot: Slot, found: Iterable[Occurrence]) -> int:
    """Make those of these meetings that are not there yet.

    What another job makes between our look and our writing is left to it by the unique constraint.
    """
    due = {occurrence.local: occurrence for occurrence in found}
    if not due:
        return 0
    there = set(slot.meetings.filter(original__gte=min(due), original__lte=max(due)).values_list("original", flat=True))
    there |= slot.excluded.keys()
    series = slot.series
    new = [
        Meeting(
            group_id=series.group_id,
            slot=slot,
            title=series.title,
            original=local,
            starts=local,
            zone=series.zone,
            duration=series.duration,
            starts_at=occurrence.utc,
            ends_at=occurrence.utc + series.duration,
        )
        for local, occurrence in due.items()
        if local not in there
    ]
    Meeting.objects.bulk_create(new, ignore_conflicts=True)
    return len(new)


def _said(terms: MeetingTerms, title: str) -> dict[str, Any]:
    """What a charter says of a meeting besides its times, and what the group calls it."""
    return {
        "title": title,
        "cadence": terms.cadence[:400],
        "clause_anchor": terms.clause_anchor[:120],
        "duration_stated": terms.duration_stated,
        "table": [
            {"label": row.label, "time": row.at.isoformat("minutes"), "zones": list(row.zones)} for row in terms.table
        ],
    }
