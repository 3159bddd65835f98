"""What people and mailing lists are told when regular calls change, each by their own clock."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from folkmoot.groups.models import Group
from folkmoot.kit import zones
from folkmoot.meetings.wording import duration_words, when_words
from folkmoot.notices.kinds import Notice
from folkmoot.ui import times

MOST_NAMED = 12


@dataclass(frozen=True)
class _AboutCalls:
    group: Group
    title: str

    @property
    def name(self) -> str:
        """ "Lantern Working Group", with the title of a series that has one."""
        if not self.title:
            return self.group.name
        return _("%(group)s (%(title)s)") % {"group": self.group.name, "title": self.title}

    def path(self) -> str:
        return reverse("group_meetings", args=[self.group.slug])


def _here(instants: Sequence[datetime]) -> list[str]:
    return [when_words(instant, timezone.get_current_timezone_name()) for instant in instants]


def _day(instant: datetime) -> str:
    return times.short_day(timezone.localtime(instant).date())


@dataclass(frozen=True)
class CallsChanged(_AboutCalls, Notice):
    """To the group and its lists: all regular calls from a day on are otherwise, new, or at an end.

    `was` is the next call as it would have been, `now` the next ones as they are; `lasts` only where that changed.
    """

    kind = "meetings.calls_changed"
    topic = "calls"
    for_lists = True

    was_words: str
    now_words: str
    was: tuple[datetime, ...]
    now: tuple[datetime, ...]
    since: datetime
    lasts: timedelta | None

    @property
    def day(self) -> str:
        return times.long_day(timezone.localtime(self.since).date())

    @property
    def before(self) -> str:
        return "".join(_here(self.was))

    @property
    def next_calls(self) -> list[str]:
        return _here(self.now)

    @property
    def length(self) -> str:
        return duration_words(self.lasts) if self.lasts else ""

    def subject(self) -> str:
        words = {"name": self.name, "day": _day(self.since)}
        if not self.now:
            return _("%(name)s: no more regular calls from %(day)s on") % words
        if not self.was:
            return _("%(name)s: new regular calls, from %(day)s on") % words
        return _("%(name)s: all calls change from %(day)s on") % words


@dataclass(frozen=True)
class _SomeCalls(_AboutCalls):
    instants: tuple[datetime, ...]
    why: str

    @property
    def named(self) -> list[str]:
        return _here(self.instants[:MOST_NAMED])

    @property
    def more(self) -> int:
        return max(0, len(self.instants) - MOST_NAMED)


@dataclass(frozen=True)
class CallsLeftOut(_SomeCalls, Notice):
    """To the group and its lists: there are no calls on some days, for a break or for holidays."""

    kind = "meetings.calls_left_out"
    topic = "calls"
    for_lists = True

    def subject(self) -> str:
        words = {"name": self.name, "day": _day(self.instants[0]), "count": len(self.instants)}
        return (
            ngettext(
                "%(name)s: no call on %(day)s",
                "%(name)s: %(count)d calls are left out, from %(day)s on",
                len(self.instants),
            )
            % words
        )


@dataclass(frozen=True)
class CallsBack(_SomeCalls, Notice):
    """To the group and its lists: calls that were left out take place after all."""

    kind = "meetings.calls_back"
    topic = "calls"
    for_lists = True

    def subject(self) -> str:
        words = {"name": self.name, "day": _day(self.instants[0]), "count": len(self.instants)}
        return (
            ngettext(
                "%(name)s: the call on %(day)s takes place after all",
                "%(name)s: %(count)d calls take place after all, from %(day)s on",
                len(self.instants),
            )
            % words
        )


@dataclass(frozen=True)
class CallsShifted(_AboutCalls, Notice):
    """To the group and its lists: a country changed its clocks, so that calls are at another time elsewhere.

    `was` and `now` are instants of the first of them; `zone` is the one in which all of them keep their time.
    """

    kind = "meetings.calls_shifted"
    topic = "calls"
    for_lists = True

    was: datetime
    now: datetime
    zone: str
    count: int

    @property
    def place(self) -> str:
        return zones.place(self.zone)

    @property
    def there(self) -> str:
        return when_words(self.now, self.zone)

    @property
    def stays(self) -> bool:
        """Whether nothing changes for the reader, whose clocks are the very same."""
        return timezone.get_current_timezone_name() == self.zone

    @property
    def before(self) -> str:
        return when_words(self.was, timezone.get_current_timezone_name())

    @property
    def after(self) -> str:
        return when_words(self.now, timezone.get_current_timezone_name())

    def subject(self) -> str:
        return _("%(name)s: clocks in %(place)s change otherwise, and calls with them") % {
            "name": self.name,
            "place": self.place,
        }
