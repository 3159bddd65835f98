"""What another wording of a charter would do to a group's calls."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from folkmoot.groups.charter_words import Consequence
from folkmoot.groups.models import CharterVersion, Group, Participation
from folkmoot.groups.terms import MeetingTerms, meeting_terms
from folkmoot.kit import zones
from folkmoot.meetings.actions.series import wanted
from folkmoot.meetings.domain.segments import Wanted
from folkmoot.meetings.models import Meeting, Status
from folkmoot.meetings.wording import cadence_of, duration_words
from folkmoot.ui import times

MOST_ZONES = 4


class MeetingsWord:
    """Calls that move, go or come, in the words of the clocks of those who take part."""

    def consequences(
        self, group: Group, old_reading: Mapping[str, Any], new_reading: Mapping[str, Any], *, on: date
    ) -> Sequence[Consequence]:
        before, after = _by_position(old_reading), _by_position(new_reading)
        stated = len(new_reading.get("meetings") or [])
        found: list[Consequence] = []
        for position in sorted(before.keys() | after.keys()):
            old, new = before.get(position), after.get(position)
            if old is not None and new is None and position < stated:
                found.append(_left_open(old, on))
            else:
                found += _one(group, position, old, new, on)
        return found


def _by_position(reading: Mapping[str, Any]) -> dict[int, Wanted[MeetingTerms]]:
    return {terms.position: wanted(terms) for terms in meeting_terms(CharterVersion(reading=dict(reading)))}


def _left_open(old: Wanted[MeetingTerms], on: date) -> Consequence:
    """The charter still speaks of the calls, and something about them has to be answered."""
    words = _(
        "The new wording leaves open when the calls %(cadence)s are to be. Unless that is answered, none are planned "
        "from %(day)s."
    )
    return Consequence(words % {"cadence": cadence_of(old.plan), "day": date_format(on, "j F Y")}, minds=True)


def _one(
    group: Group, position: int, old: Wanted[MeetingTerms] | None, new: Wanted[MeetingTerms] | None, on: date
) -> Iterator[Consequence]:
    day = date_format(on, "j F Y")
    if old is None and new is not None:
        words = _("New calls: %(cadence)s at %(clock)s, from %(day)s.") % {
            "cadence": cadence_of(new.plan),
            "clock": _clock(new),
            "day": _first_day(new, on),
        }
        yield Consequence(words)
        return
    if old is None:
        return
    if new is None:
        yield Consequence(
            _("The calls %(cadence)s end; the charter asks for none from %(day)s.")
            % {"cadence": cadence_of(old.plan), "day": day},
            minds=True,
        )
        yield from _planned_calls_that_go(group, position, on, replaced=False)
        return
    same_times = new.plan.agrees_with(old.plan, on)
    if same_times and new.duration == old.duration:
        return
    if cadence_of(old.plan) != cadence_of(new.plan):
        yield Consequence(
            _("Calls are %(new)s instead of %(old)s, from %(day)s.")
            % {"old": cadence_of(old.plan), "new": cadence_of(new.plan), "day": _first_day(new, on)},
            minds=True,
        )
    elif not same_times and (old.plan.at, old.plan.zone) == (new.plan.at, new.plan.zone):
        yield Consequence(
            _("Calls keep their rhythm and fall on other days; the first is on %(day)s.")
            % {"day": _first_day(new, on)},
            minds=True,
        )
    if (old.plan.at, old.plan.zone) != (new.plan.at, new.plan.zone):
        yield Consequence(
            _("Calls move from %(old)s to %(new)s.") % {"old": _clock(old), "new": _clock(new)}, minds=True
        )
        yield from _by_their_clocks(group, old, new, on)
    if new.duration != old.duration:
        yield Consequence(
            _("Calls last %(new)s instead of %(old)s.")
            % {"old": duration_words(old.duration), "new": duration_words(new.duration)}
        )
    yield from _planned_calls_that_go(group, position, on)


def _planned_calls_that_go(group: Group, position: int, on: date, *, replaced: bool = True) -> Iterator[Consequence]:
    """How many calls that stand in calendars now are taken out of them, or planned anew."""
    after = datetime.combine(on, datetime.min.time())
    going = list(
        Meeting.objects.filter(
            group=group,
            slot__series__position=position,
            slot__series__ends_on=None,
            original__gte=after,
            starts_at__gt=timezone.now(),
            status=Status.PLANNED,
        ).select_related("slot__series")
    )
    if not going:
        return
    words = ngettext(
        "%(count)d planned call goes, and calls by the new rule take its place.",
        "%(count)d planned calls go, and calls by the new rule take their place.",
        len(going),
    )
    if not replaced:
        words = ngettext("%(count)d planned call goes.", "%(count)d planned calls go.", len(going))
    words = words % {"count": len(going)}
    moved = sum(meeting.is_moved for meeting in going)
    if moved:
        words = f"{words} " + ngettext(
            "One of them had been moved by hand.", "%(count)d of them had been moved by hand.", moved
        ) % {"count": moved}
    yield Consequence(words, minds=True)


def _by_their_clocks(
    group: Group, old: Wanted[MeetingTerms], new: Wanted[MeetingTerms], on: date
) -> Iterator[Consequence]:
    """Before and after in the zones in which most of those who take part live."""
    places = list(
        Participation.objects.filter(group=group, ended_at=None)
        .exclude(person__zone="")
        .order_by()
        .values_list("person__zone", flat=True)
    )
    counted = sorted(set(places), key=lambda zone: (-places.count(zone), zone))[:MOST_ZONES]
    was, becomes = _next_instant(old, on), _next_instant(new, on)
    if was is None or becomes is None:
        return
    for zone in counted:
        there = zones.zone(zone)
        yield Consequence(
            _("In %(place)s: %(old)s before, %(new)s from then on.")
            % {
                "place": zones.place(zone),
                "old": f"{was.astimezone(there):%H:%M}",
                "new": f"{becomes.astimezone(there):%H:%M}",
            }
        )


def _next_instant(one: Wanted[MeetingTerms], on: date) -> datetime | None:
    start = datetime.combine(on, datetime.min.time(), zones.zone(one.plan.zone))
    found = one.plan.occurrences(start, start + timedelta(days=800), limit=1)
    return found[0].utc if found else None


def _first_day(one: Wanted[MeetingTerms], on: date) -> str:
    days = one.plan.days(on, on + timedelta(days=800), limit=1)
    return date_format(days[0] if days else on, "j F Y")


def _clock(one: Wanted[MeetingTerms]) -> str:
    words = {"time": f"{one.plan.at:%H:%M}", "place": zones.place(one.plan.zone)}
    if times.is_fixed(one.plan.zone):
        return _("%(time)s %(place)s") % words
    return _("%(time)s, %(place)s time") % words
