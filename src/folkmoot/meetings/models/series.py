"""Series, their slots, and meetings."""

from __future__ import annotations

import uuid
from datetime import datetime, time, timedelta
from typing import Final

from django.db import models
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from folkmoot.calendar.fields import WallTimeField
from folkmoot.groups.models import Group
from folkmoot.kit import zones
from folkmoot.kit.recurrence import parse_rrule
from folkmoot.kit.timetable import Row
from folkmoot.meetings.domain.plan import Plan


def new_uid() -> str:
    """An iCalendar UID: random, so that it tells nothing and survives a change of address (RFC 7986)."""
    return str(uuid.uuid4())


OWN_FROM: Final = 1000
"""From this position on, series are a group's own; those of its charter count from 0."""


class Series(models.Model):
    """A regular meeting as one wording of the charter has it.

    `position` is its number among the charter's meetings. When an amended charter changes its times, the
    series gets a last day and another one takes its place. `table` is the charter's table of times, as
    `[{label, time, zones}]`; `duration_stated` is False when the charter is silent about the duration. From
    `OWN_FROM` on positions are series that the group set up besides its charter; these have a `title`.
    """

    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="series")
    position = models.PositiveSmallIntegerField()
    cadence = models.CharField(max_length=400, blank=True)
    clause_anchor = models.CharField(max_length=120, blank=True)
    zone = models.CharField(max_length=64)
    duration = models.DurationField()
    duration_stated = models.BooleanField()
    table = models.JSONField(default=list)
    ends_on = models.DateField(null=True, blank=True)
    title = models.CharField(max_length=120, blank=True)

    class Meta:
        verbose_name_plural = "series"
        ordering = ["group", "position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["group", "position"],
                condition=models.Q(ends_on=None),
                name="one_running_series_per_group_and_position",
            ),
            models.CheckConstraint(name="series_takes_time", condition=models.Q(duration__gt=timedelta())),
        ]

    def __str__(self) -> str:
        return f"{self.group}, series {self.position}"

    @property
    def is_own(self) -> bool:
        """Whether the group set it up besides its charter."""
        return self.position >= OWN_FROM

    @property
    def rows(self) -> tuple[Row, ...]:
        """The charter's table of times."""
        return tuple(Row(row["label"], time.fromisoformat(row["time"]), tuple(row["zones"])) for row in self.table)


class SeriesChange(models.Model):
    """What a manager set for all calls of a series from a day on, apart from what the charter says.

    What is None or empty is as the charter has it; with all of them so, the series goes back to the charter. It holds
    until a later change, or until the charter itself says something else of this meeting. `slots` are other days
    and times than the charter's, as `[{rrule, first_date, at}]`: several of them take turns. A series of the group's
    own (`OWN_FROM`) has them, zone, duration and `title` all here; `ends` says that there are no more of its calls.
    """

    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="series_changes")
    position = models.PositiveSmallIntegerField()
    from_day = models.DateField()
    local_time = models.TimeField(null=True, blank=True)
    zone = models.CharField(max_length=64, blank=True)
    duration = models.DurationField(null=True, blank=True)
    slots = models.JSONField(default=list, blank=True)
    title = models.CharField(max_length=120, blank=True)
    ends = models.BooleanField(default=False)
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["group", "from_day", "pk"]

    def __str__(self) -> str:
        return f"{self.group}, series {self.position}, changed from {self.from_day}"

    @property
    def is_charter(self) -> bool:
        """Whether it goes back to the charter."""
        return self.local_time is None and not self.zone and self.duration is None and not (self.slots or self.ends)


class Slot(models.Model):
    """One weekday (or the like) and time of a series. `uid` is the series' in every calendar, for good.

    `left_out` are the wall times (ISO) at which it would be and is not, each with the reason: holidays and breaks,
    worked out as far ahead as calendars are told.
    """

    series = models.ForeignKey(Series, on_delete=models.PROTECT, related_name="slots")
    position = models.PositiveSmallIntegerField(default=0)
    rrule = models.CharField(max_length=1200)
    first_date = models.DateField()
    local_time = models.TimeField()
    uid = models.CharField(max_length=200, unique=True, default=new_uid, editable=False)
    left_out = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ["series", "position"]
        constraints = [
            models.UniqueConstraint(fields=["series", "position"], name="slot_position_is_unique_in_series"),
        ]

    def __str__(self) -> str:
        return f"{self.rrule} at {self.local_time:%H:%M}"

    @property
    def plan(self) -> Plan:
        """When it takes place; up to the series' last day where it has one."""
        rule = parse_rrule(self.rrule, at=self.local_time, zone_name=self.series.zone)
        plan = Plan(rule, self.first_date, self.local_time, self.series.zone)
        return plan if self.series.ends_on is None else plan.until(self.series.ends_on)

    @property
    def excluded(self) -> dict[datetime, str]:
        """Wall times left out, each with the reason, in order of time."""
        return {datetime.fromisoformat(when): self.left_out[when] for when in sorted(self.left_out)}


class Status(models.TextChoices):
    PLANNED = "planned", _("planned")
    CANCELLED = "cancelled", _("cancelled")
    # Its series ended before, by an amended charter, or a break falls on its day. Lists leave it out; its page says so.
    DROPPED = "dropped", _("no longer planned")


class Meeting(models.Model):
    """A meeting of a group: an occurrence of a slot, or one called besides (then `slot` and `original` are None).

    `original` is the wall time at which the slot would have it, `starts` the one at which it is to be, in
    `zone`; `fold` is 1 for the second of two equal wall times when clocks go back. `starts_at` and `ends_at`
    are worked out from these, and anew when a country changes its laws. `why` is the reason given for a move
    or a cancellation; `skipped_for` the holiday or break for which it was dropped, and empty for all others.
    """

    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="meetings")
    joined_groups = models.ManyToManyField(Group, through="JoinedMeeting", related_name="joined_meetings")
    slot = models.ForeignKey(Slot, on_delete=models.PROTECT, null=True, related_name="meetings")
    original = WallTimeField(null=True, blank=True)
    uid = models.CharField(max_length=200, unique=True, default=new_uid, editable=False)
    title = models.CharField(max_length=200, blank=True)
    starts = WallTimeField()
    fold = models.PositiveSmallIntegerField(default=0)
    zone = models.CharField(max_length=64)
    duration = models.DurationField()
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.PLANNED)
    why = models.CharField(max_length=500, blank=True)
    skipped_for = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["starts_at", "pk"]
        indexes = [
            models.Index(fields=["group", "ends_at"], name="meeting_group_ends"),
            models.Index(fields=["group", "starts_at"], name="meeting_group_starts"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["slot", "original"], name="one_meeting_per_slot_and_time"),
            models.CheckConstraint(
                name="meeting_of_a_slot_has_its_original_time",
                condition=models.Q(slot=None, original=None) | models.Q(slot__isnull=False, original__isnull=False),
            ),
            models.CheckConstraint(
                name="meeting_ends_after_it_starts", condition=models.Q(ends_at__gt=models.F("starts_at"))
            ),
            models.CheckConstraint(
                name="only_a_dropped_meeting_is_skipped",
                condition=models.Q(skipped_for="") | models.Q(status="dropped", slot__isnull=False),
            ),
            models.CheckConstraint(name="meeting_fold_is_0_or_1", condition=models.Q(fold__in=[0, 1])),
        ]

    def __str__(self) -> str:
        return f"{self.group}, {self.starts} {self.zone}"

    def get_absolute_url(self) -> str:
        return reverse("meeting", args=[self.pk])

    @cached_property
    def joined(self) -> list[Group]:
        """The groups besides its own that join it, asked for once."""
        return list(self.joined_groups.all())

    @property
    def groups(self) -> list[Group]:
        """All groups whose call it is, its own first."""
        return [self.group, *self.joined]

    @property
    def is_planned(self) -> bool:
        return self.status == Status.PLANNED

    @property
    def is_cancelled(self) -> bool:
        return self.status == Status.CANCELLED

    @property
    def is_dropped(self) -> bool:
        return self.status == Status.DROPPED

    @property
    def is_extra(self) -> bool:
        """Whether it was called besides the regular ones."""
        return self.slot_id is None

    @property
    def is_moved(self) -> bool:
        """Whether it is to be at another time than the slot would have it; needs `slot__series` at hand."""
        if self.slot is None or self.original is None:
            return False
        return (self.starts, self.fold, self.zone) != (self.original, 0, self.slot.series.zone)

    @property
    def original_at(self) -> datetime | None:
        """The instant at which the slot would have it, in UTC; needs `slot__series` at hand."""
        if self.slot is None or self.original is None:
            return None
        return zones.local_to_utc(self.original, self.slot.series.zone).utc
