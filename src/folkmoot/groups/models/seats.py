"""Seats: offices in a group that somebody holds for a term."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from folkmoot.groups.domain.offices import Span
from folkmoot.groups.models.groups import Group
from folkmoot.groups.models.participation import Role


class Filling(models.TextChoices):
    """How a seat is usually filled."""

    ELECTED = "elected", _("elected")
    APPOINTED = "appointed", _("appointed")
    EX_OFFICIO = "ex_officio", _("by another office")


class Begun(models.TextChoices):
    """How somebody came to a term."""

    ELECTED = "elected", _("elected")
    APPOINTED = "appointed", _("appointed")
    EX_OFFICIO = "ex_officio", _("by another office")
    ACTING = "acting", _("acting")


class Ended(models.TextChoices):
    """Why a term is over."""

    OVER = "over", _("the term was over")
    RESIGNED = "resigned", _("resigned")
    REMOVED = "removed", _("removed from office")
    HANDED_OVER = "handed_over", _("handed over")
    CLOSED = "closed", _("the group was closed")


class Seat(models.Model):
    """An office in a group that one person at a time holds.

    `term_months` is the length of a full term, None when it has none; `turns_on` is a day on which the seat turns
    over, by which staggered seats stay staggered; `most_terms` is how many terms one person may hold one after the
    other. `role` is the role of the group whose power goes with the seat. Strangers read who holds it only where
    `is_public`. From `retired_on` the seat no longer exists.
    """

    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="seats")
    position = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=120)
    filling = models.CharField(max_length=12, choices=Filling.choices)
    term_months = models.PositiveSmallIntegerField(null=True, blank=True)
    turns_on = models.DateField(null=True, blank=True)
    most_terms = models.PositiveSmallIntegerField(null=True, blank=True)
    text = models.CharField(max_length=1000, blank=True)
    clause_anchor = models.CharField(max_length=120, blank=True)
    role = models.ForeignKey(Role, on_delete=models.PROTECT, null=True, blank=True, related_name="seats_with_power")
    is_public = models.BooleanField(default=True)
    retired_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["group", "position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["group", "title"], condition=Q(retired_on=None), name="seat_title_is_unique_in_group"
            ),
            models.CheckConstraint(name="seat_has_a_title", condition=~Q(title="")),
            models.CheckConstraint(name="seat_term_takes_time", condition=Q(term_months=None) | Q(term_months__gt=0)),
            models.CheckConstraint(name="seat_allows_a_term", condition=Q(most_terms=None) | Q(most_terms__gt=0)),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("seat", args=[self.pk])


class TermQuerySet(models.QuerySet["Term"]):
    """Terms by day."""

    def on(self, day: date) -> TermQuerySet:
        """Those that hold on a day."""
        return (
            self.filter(begins_on__lte=day)
            .filter(Q(ends_on=None) | Q(ends_on__gt=day))
            .filter(Q(ended_on=None) | Q(ended_on__gt=day))
        )


class Term(models.Model):
    """Somebody in a seat from a day until the day `ends_on`, which is the first on which they no longer hold it.

    `ended_on` is set once it is over, on that day or before, with the reason. A term without `ends_on` is open.
    """

    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="terms")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="terms")
    begins_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)
    ended_because = models.CharField(max_length=12, choices=Ended.choices, blank=True)
    how = models.CharField(max_length=12, choices=Begun.choices)
    remark = models.CharField(max_length=500, blank=True)

    objects = TermQuerySet.as_manager()

    class Meta:
        ordering = ["seat", "-begins_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["seat"], condition=Q(ends_on=None, ended_on=None), name="one_open_term_per_seat"
            ),
            models.UniqueConstraint(
                fields=["seat", "begins_on"],
                condition=Q(ended_on=None) | Q(ended_on__gt=F("begins_on")),
                name="one_term_per_seat_and_first_day",
            ),
            models.CheckConstraint(
                name="term_ends_after_it_begins", condition=Q(ends_on=None) | Q(ends_on__gt=F("begins_on"))
            ),
            models.CheckConstraint(
                name="term_ended_after_it_began",
                condition=Q(ended_on=None, ended_because="") | (Q(ended_on__gte=F("begins_on")) & ~Q(ended_because="")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}, {self.seat}"

    @property
    def span(self) -> Span:
        """The days on which it holds."""
        return Span(self.begins_on, self.ended_on or self.ends_on)

    @property
    def is_acting(self) -> bool:
        return self.how == Begun.ACTING
