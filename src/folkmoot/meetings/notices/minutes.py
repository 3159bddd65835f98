"""What people are told about minutes. None of these names anybody or quotes minutes: a call may be under a rule."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from folkmoot.meetings.notices.calls import AboutCall
from folkmoot.meetings.wording import when_words
from folkmoot.notices.kinds import Notice


@dataclass(frozen=True)
class _AboutMinutes(AboutCall):
    def path(self) -> str:
        return reverse("minutes", args=[self.meeting.pk])

    @property
    def words(self) -> dict[str, str]:
        return {"name": self.name, "day": self.day}


@dataclass(frozen=True)
class MinutesWait(_AboutMinutes, Notice):
    """To those who are named: please approve."""

    kind = "meetings.minutes_wait"
    topic = "tasks"

    def subject(self) -> str:
        return _("%(name)s: please approve the minutes of %(day)s") % self.words

    def action(self) -> str:
        return _("Read the minutes")


@dataclass(frozen=True)
class MinutesLieOpen(_AboutMinutes, Notice):
    """To the group: minutes are approved by silence unless somebody asks for a change."""

    kind = "meetings.minutes_lie_open"
    topic = "calls"

    until: datetime

    @property
    def until_words(self) -> str:
        return when_words(self.until, timezone.get_current_timezone_name())

    def subject(self) -> str:
        return _("%(name)s: the minutes of %(day)s lie open") % self.words

    def action(self) -> str:
        return _("Read the minutes")


@dataclass(frozen=True)
class MinutesNeedChange(_AboutMinutes, Notice):
    """To those who write them: somebody asks for a change. What it is stands in the history alone."""

    kind = "meetings.minutes_need_change"
    topic = "tasks"

    def subject(self) -> str:
        return _("%(name)s: a change of the minutes of %(day)s is asked for") % self.words


@dataclass(frozen=True)
class MinutesAreApproved(_AboutMinutes, Notice):
    """To those who lead: minutes are approved, and can be published."""

    kind = "meetings.minutes_are_approved"
    topic = "tasks"

    def subject(self) -> str:
        return _("%(name)s: the minutes of %(day)s are approved") % self.words

    def action(self) -> str:
        return _("Go on to publish them")


@dataclass(frozen=True)
class MinutesArePublished(_AboutMinutes, Notice):
    """To the group and its lists: minutes can be read by everybody."""

    kind = "meetings.minutes_are_published"
    topic = "calls"
    for_lists = True

    def path(self) -> str:
        return reverse("published_minutes", args=[self.meeting.pk])

    def subject(self) -> str:
        return _("%(name)s: the minutes of %(day)s") % self.words

    def action(self) -> str:
        return _("Read the minutes")

    def once(self) -> str:
        return f"minutes:{self.meeting.pk}"
