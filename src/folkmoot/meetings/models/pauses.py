"""Days on which the calls of a series are left out."""

from __future__ import annotations

from django.db import models

from folkmoot.groups.models import Group


class Pause(models.Model):
    """A span of days (both included, in the zone of the series) without calls, with the reason in a few words.

    It belongs to the place of a series (`position`), so that it outlives an amended charter. With `meets_anyway` it is
    the other way round: calls of these days take place although a holiday or a break falls on them.
    """

    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="pauses")
    position = models.PositiveSmallIntegerField()
    first_day = models.DateField()
    last_day = models.DateField()
    reason = models.CharField(max_length=200)
    meets_anyway = models.BooleanField(default=False)
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["first_day", "pk"]
        constraints = [
            models.CheckConstraint(
                name="pause_ends_no_earlier_than_it_begins",
                condition=models.Q(last_day__gte=models.F("first_day")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.group}, series {self.position}: {self.first_day} to {self.last_day}"


class HolidayRule(models.Model):
    """No calls on the public holidays of a country, or of a part of it, from `since` on and up to `until` if set.

    `country` is an ISO 3166 code, `subdivision` a code as the list of holidays has it, empty for the whole country.
    """

    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="holiday_rules")
    position = models.PositiveSmallIntegerField()
    country = models.CharField(max_length=2)
    subdivision = models.CharField(max_length=20, blank=True)
    since = models.DateField()
    until = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["country", "subdivision", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["group", "position", "country", "subdivision"],
                condition=models.Q(until=None),
                name="one_holiday_rule_per_place",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.group}, series {self.position}: holidays of {self.country} {self.subdivision}".strip()
