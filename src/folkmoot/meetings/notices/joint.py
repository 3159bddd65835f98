"""What people and mailing lists are told of calls that several groups hold together."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from folkmoot.meetings.models import JointCall
from folkmoot.meetings.wording import when_words
from folkmoot.notices.kinds import Notice
from folkmoot.ui import times


@dataclass(frozen=True)
class _AboutJoint:
    """`calls` are the next ones that it is about, as instants; they are worded by the clock of whoever reads."""

    joint: JointCall
    calls: tuple[datetime, ...]

    @property
    def host(self) -> str:
        return self.joint.host.name

    @property
    def group(self) -> str:
        return self.joint.group.name

    @property
    def names(self) -> dict[str, str]:
        return {"host": self.host, "group": self.group}

    @property
    def is_one(self) -> bool:
        """Whether it is about one call."""
        return self.joint.meeting_id is not None

    @property
    def when(self) -> list[str]:
        return [when_words(instant, timezone.get_current_timezone_name()) for instant in self.calls]

    def path(self) -> str:
        return reverse("group_meetings", args=[self.joint.host.slug])


@dataclass(frozen=True)
class JoiningWaits(_AboutJoint, Notice):
    """To who leads the invited group: another group would like to hold calls together."""

    kind = "meetings.joining_waits"
    topic = "calls"

    by: str

    def subject(self) -> str:
        return _("%(host)s invites %(group)s to its calls") % self.names

    def path(self) -> str:
        return reverse("joint_call", args=[self.joint.pk])

    def action(self) -> str:
        return _("Say yes or no")

    def once(self) -> str:
        return f"joining:{self.joint.pk}"


@dataclass(frozen=True)
class JoiningWasDeclined(_AboutJoint, Notice):
    """To who leads the host: the other group does not join."""

    kind = "meetings.joining_declined"
    topic = "calls"

    def subject(self) -> str:
        return _("%(group)s does not join the calls of %(host)s") % self.names


@dataclass(frozen=True)
class CallsAreJoint(_AboutJoint, Notice):
    """To both groups and their lists: calls are held together from now on."""

    kind = "meetings.calls_are_joint"
    topic = "calls"
    for_lists = True

    def subject(self) -> str:
        if self.is_one:
            return _("%(host)s and %(group)s hold a call together") % self.names
        return _("%(host)s and %(group)s hold calls together") % self.names


@dataclass(frozen=True)
class CallsNoLongerJoint(_AboutJoint, Notice):
    """To both groups and their lists: calls are held by their group alone again, from a day on."""

    kind = "meetings.calls_no_longer_joint"
    topic = "calls"
    for_lists = True

    from_day: date

    @property
    def day(self) -> str:
        return times.long_day(self.from_day)

    def subject(self) -> str:
        return _("%(group)s no longer joins the calls of %(host)s") % self.names
