"""What people and mailing lists are told about calls."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from folkmoot.meetings.models import Meeting
from folkmoot.meetings.offers import answer_links
from folkmoot.meetings.wording import when_words
from folkmoot.notices.kinds import Notice, Shortcut
from folkmoot.people.models import Person
from folkmoot.ui import times


@dataclass(frozen=True)
class AboutCall:
    """A call, with its time by the clock of whoever reads: the zone that is active while it is worded."""

    meeting: Meeting

    @property
    def name(self) -> str:
        """ "Lantern Working Group", with the title of a call that has one."""
        group, title = self.meeting.group.name, self.meeting.title
        return _("%(group)s (%(title)s)") % {"group": group, "title": title} if title else group

    @property
    def day(self) -> str:
        return times.short_day(timezone.localtime(self.meeting.starts_at).date())

    @property
    def when(self) -> str:
        """ "Wednesday 25 November 2026 at 16:00, Lisbon time"."""
        return when_words(self.meeting.starts_at, timezone.get_current_timezone_name())

    @property
    def there(self) -> str:
        """The same by the clock that the call is held by; empty where that shows the same time."""
        here = timezone.localtime(self.meeting.starts_at)
        there = times.local(self.meeting.starts_at, self.meeting.zone)
        if here.utcoffset() == there.utcoffset():
            return ""
        return when_words(self.meeting.starts_at, self.meeting.zone)

    @property
    def why(self) -> str:
        return self.meeting.why

    def path(self) -> str:
        return self.meeting.get_absolute_url()


@dataclass(frozen=True)
class AsksWhoComes(AboutCall):
    """A call that is to come: the mail has a link by which its reader says whether they do."""

    def shortcut(self, person: Person) -> Shortcut | None:
        return next((link(self.meeting, person) for link in answer_links), None)


@dataclass(frozen=True)
class CallMoved(AsksWhoComes, Notice):
    """To the group and its lists: a call is at another time."""

    kind = "meetings.moved"
    topic = "calls"
    for_lists = True

    was_at: datetime

    @property
    def was(self) -> str:
        return when_words(self.was_at, timezone.get_current_timezone_name())

    def subject(self) -> str:
        return _("%(name)s: the call has moved to %(day)s, %(time)s") % {
            "name": self.name,
            "day": self.day,
            "time": f"{timezone.localtime(self.meeting.starts_at):%H:%M}",
        }


@dataclass(frozen=True)
class CallCancelled(AboutCall, Notice):
    """To the group and its lists: a call does not take place."""

    kind = "meetings.cancelled"
    topic = "calls"
    for_lists = True

    def subject(self) -> str:
        return _("%(name)s: no call on %(day)s") % {"name": self.name, "day": self.day}


@dataclass(frozen=True)
class CallRestored(AsksWhoComes, Notice):
    """To the group and its lists: a call that was cancelled takes place after all."""

    kind = "meetings.restored"
    topic = "calls"
    for_lists = True

    def subject(self) -> str:
        return _("%(name)s: the call on %(day)s takes place after all") % {"name": self.name, "day": self.day}


@dataclass(frozen=True)
class CallAdded(AsksWhoComes, Notice):
    """To the group and its lists: there is a call besides the regular ones."""

    kind = "meetings.added"
    topic = "calls"
    for_lists = True

    def subject(self) -> str:
        return _("%(name)s: one more call, on %(day)s") % {"name": self.name, "day": self.day}
