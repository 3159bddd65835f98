"""Two who were brought together in a programme, and what they keep on their own page."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from folkmoot.connections.models.mentoring_programmes import MOST_ROOM, MentoringApplication, MentoringProgramme, Side
from folkmoot.kit import zones
from folkmoot.people.models import Person

LONGEST_GOALS = 3000
LONGEST_NOTE = 2000
LONGEST_REASON = 500


class PairState(models.TextChoices):
    """Where a pair stands. Asked: both were asked, and not both have said yes. Unmade: it did not come about."""

    ASKED = "asked", _("both are asked")
    RUNNING = "running", _("running")
    UNMADE = "unmade", _("did not come about")
    ENDED = "ended", _("ended")


class EndedBy(models.TextChoices):
    """Why a pair ended."""

    TERM = "term", _("with the programme")
    EARLY = "early", _("before the end")


LIVE = (PairState.ASKED, PairState.RUNNING)


class MentorPair(models.Model):
    """A mentor and a mentee, by their applications.

    `place` is the one that the mentee takes among those of the mentor, from 1 on: while a pair is asked or runs nobody
    else has it, so that no mentor has more than there are places. The next meeting is a wall time in a zone.
    """

    programme = models.ForeignKey(MentoringProgramme, on_delete=models.CASCADE, related_name="pairs")
    mentor = models.ForeignKey(MentoringApplication, on_delete=models.PROTECT, related_name="pairs_as_mentor")
    mentee = models.ForeignKey(MentoringApplication, on_delete=models.PROTECT, related_name="pairs_as_mentee")
    place = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=7, choices=PairState.choices, default=PairState.ASKED)
    asked_at = models.DateTimeField()
    answer_by = models.DateField()
    mentor_agreed_at = models.DateTimeField(null=True, blank=True)
    mentee_agreed_at = models.DateTimeField(null=True, blank=True)
    began_on = models.DateField(null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)
    ended_by = models.CharField(max_length=5, choices=EndedBy.choices, blank=True)
    goals = models.TextField(max_length=LONGEST_GOALS, blank=True)
    goals_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    weeks = models.PositiveSmallIntegerField()
    next_day = models.DateField(null=True, blank=True)
    next_time = models.TimeField(null=True, blank=True)
    next_zone = models.CharField(max_length=64, blank=True)
    next_minutes = models.PositiveSmallIntegerField(default=45)
    next_number = models.PositiveIntegerField(default=0)
    next_set_at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(max_length=LONGEST_REASON, blank=True)
    reason_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["programme", "pk"]
        constraints = [
            models.UniqueConstraint(name="mentee_has_one_mentor", fields=["mentee"], condition=Q(state__in=LIVE)),
            models.UniqueConstraint(
                name="place_of_mentor_is_taken_once", fields=["mentor", "place"], condition=Q(state__in=LIVE)
            ),
            models.CheckConstraint(name="mentor_pair_has_a_place", condition=Q(place__gte=1, place__lte=MOST_ROOM)),
            models.CheckConstraint(name="mentor_pair_is_two", condition=~Q(mentor=models.F("mentee"))),
            models.CheckConstraint(
                name="mentor_pair_runs_by_consent",
                condition=~Q(state__in=("running", "ended"))
                | Q(mentor_agreed_at__isnull=False, mentee_agreed_at__isnull=False, began_on__isnull=False),
            ),
            models.CheckConstraint(
                name="mentor_pair_ended_somehow",
                condition=Q(state="ended", ended_on__isnull=False) & ~Q(ended_by="") | ~Q(state="ended"),
            ),
        ]

    def __str__(self) -> str:
        return f"pair {self.pk} of programme {self.programme_id}"

    def get_absolute_url(self) -> str:
        return reverse("mentor_pair", args=[self.pk])

    @property
    def is_live(self) -> bool:
        return self.state in LIVE

    @property
    def people(self) -> tuple[Person, Person]:
        """The mentor and the mentee; both applications are fetched with their people."""
        return self.mentor.person, self.mentee.person

    def side_of(self, person: Person) -> Side | None:
        """Which of the two somebody is; None for everybody else."""
        if person.pk == self.mentor.person_id:
            return Side.MENTOR
        return Side.MENTEE if person.pk == self.mentee.person_id else None

    def application_of(self, side: Side) -> MentoringApplication:
        return self.mentor if side == Side.MENTOR else self.mentee

    def other(self, side: Side) -> Person:
        """The other one of the two."""
        return self.mentee.person if side == Side.MENTOR else self.mentor.person

    def agreed_at(self, side: Side) -> datetime | None:
        return self.mentor_agreed_at if side == Side.MENTOR else self.mentee_agreed_at

    @property
    def next_local(self) -> datetime | None:
        """The beginning of the next meeting on the wall in `next_zone` (naive)."""
        return datetime.combine(self.next_day, self.next_time) if self.next_day and self.next_time else None

    @property
    def next_at(self) -> datetime | None:
        """The same as an instant."""
        local = self.next_local
        return zones.local_to_utc(local, self.next_zone).utc if local is not None else None


class PairMeeting(models.Model):
    """A day on which the two met."""

    pair = models.ForeignKey(MentorPair, on_delete=models.CASCADE, related_name="meetings")
    held_on = models.DateField()

    class Meta:
        ordering = ["pair", "-held_on"]
        constraints = [models.UniqueConstraint(name="pair_met_once_a_day", fields=["pair", "held_on"])]

    def __str__(self) -> str:
        return f"pair {self.pair_id} on {self.held_on}"


class PairNote(models.Model):
    """What one of the two wrote down for both about a meeting."""

    meeting = models.ForeignKey(PairMeeting, on_delete=models.CASCADE, related_name="notes")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    words = models.TextField(max_length=LONGEST_NOTE)

    class Meta:
        ordering = ["meeting", "pk"]
        constraints = [models.UniqueConstraint(name="one_note_of_each_about_a_meeting", fields=["meeting", "person"])]

    def __str__(self) -> str:
        return f"note about meeting {self.meeting_id}"


class HowItGoes(models.TextChoices):
    """What one can answer to a check-in."""

    WELL = "well", _("It goes well")
    SO_SO = "so_so", _("It could go better; we manage")
    ATTENTION = "attention", _("It needs attention")


class PairCheckIn(models.Model):
    """One of the two was asked how it goes at a `Moment`; the row makes sure that it is once for each moment."""

    pair = models.ForeignKey(MentorPair, on_delete=models.CASCADE, related_name="check_ins")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    moment = models.CharField(max_length=6)
    asked_at = models.DateTimeField()
    answer = models.CharField(max_length=9, choices=HowItGoes.choices, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["pair", "asked_at", "pk"]
        constraints = [
            models.UniqueConstraint(name="asked_how_it_goes_once", fields=["pair", "person", "moment"]),
            models.CheckConstraint(
                name="check_in_is_answered_at_a_time",
                condition=Q(answer="", answered_at=None) | (~Q(answer="") & Q(answered_at__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.moment} of pair {self.pair_id}"


class SharedWith(models.TextChoices):
    """Who reads a closing reflection."""

    ME = "me", _("Only me")
    PAIR = "pair", _("The two of us")
    RUNS = "runs", _("Those who run the programme")
    QUOTE = "quote", _("Anybody: it may be quoted without my name in the programme’s summary")


class ClosingReflection(models.Model):
    """What one of the two takes with them, in their own words."""

    pair = models.ForeignKey(MentorPair, on_delete=models.CASCADE, related_name="reflections")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    words = models.TextField(max_length=LONGEST_NOTE)
    shared = models.CharField(max_length=5, choices=SharedWith.choices, default=SharedWith.ME)
    written_at = models.DateTimeField()

    class Meta:
        ordering = ["pair", "pk"]
        constraints = [models.UniqueConstraint(name="one_closing_reflection_of_each", fields=["pair", "person"])]

    def __str__(self) -> str:
        return f"reflection on pair {self.pair_id}"
