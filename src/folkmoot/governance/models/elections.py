"""Elections: what is elected by whom, in which steps, and how far it has come."""

from __future__ import annotations

from datetime import date, datetime

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from folkmoot.groups.models import Group, Seat

LONGEST_TITLE = 120
LONGEST_WORDS = 4000
MOST_CONTESTS = 12
MOST_SEATS = 20
ANYWHERE = "Etc/GMT+12"
"""Anywhere on Earth: a day lasts until it is over in the last place in which people live by it."""


class ElectionKind(models.TextChoices):
    """Why people vote. A practice election seats nobody and stands on no public page."""

    REGULAR = "regular", _("election")
    VACANCY = "vacancy", _("election for a vacancy")
    RECALL = "recall", _("recall")
    CONFIDENCE = "confidence", _("vote of confidence")
    PRACTICE = "practice", _("practice election")


SEATLESS = (ElectionKind.PRACTICE, ElectionKind.RECALL, ElectionKind.CONFIDENCE)
"""Nobody is nominated in elections of these kinds, and nobody seated by them."""


class ElectionState(models.TextChoices):
    """How far an election has come. Within `announced` its days say which step it is at (`domain.days`)."""

    DRAFT = "draft", _("being prepared")
    ANNOUNCED = "announced", _("announced")
    OPEN = "open", _("voting")
    CLOSED = "closed", _("voting is over")
    COUNTED = "counted", _("counted, not yet released")
    RELEASED = "released", _("result released")
    CERTIFIED = "certified", _("certified")
    CANCELLED = "cancelled", _("cancelled")


FROZEN = (
    ElectionState.OPEN,
    ElectionState.CLOSED,
    ElectionState.COUNTED,
    ElectionState.RELEASED,
    ElectionState.CERTIFIED,
)
"""In these states roll, candidates, rules and officers' keys cannot change any more."""
PUBLISHED = (ElectionState.RELEASED, ElectionState.CERTIFIED)
"""In these states the result is for everybody."""


class Stage(models.TextChoices):
    """The steps of an election, in order."""

    ROLES = "roles", _("Officers are found")
    CALL = "call", _("Call for candidates")
    NOMINATIONS = "nominations", _("Nominations")
    ACCEPTANCE = "acceptance", _("Acceptance and endorsements")
    QUESTIONS = "questions", _("Questions to candidates")
    FREEZE = "freeze", _("Roll and candidates are frozen")
    VOTING = "voting", _("Voting")
    GRACE = "grace", _("Days of grace")
    COUNT = "count", _("Opening and counting")
    RESULT = "result", _("Result")
    COMPLAINTS = "complaints", _("Complaints")
    ONBOARDING = "onboarding", _("Onboarding")
    TERM = "term", _("Terms begin")
    RETRO = "retro", _("Looking back")


class Election(models.Model):
    """One election of a group, with one or more contests.

    `key` is its name in addresses, unique in the group. Days are counted in `zone` (an IANA name, or `Etc/GMT+12` for
    Anywhere on Earth). `needed` of the officers together open the ballots. `is_final` says that a ballot that was cast
    stays as it is; else whoever has its secret may replace it. `opens_at`, `closes_at` and `accepts_until` (with the
    days of grace) are instants that are set when voting opens. `frozen` is the canonical text of everything that was
    frozen then, `frozen_hash` its SHA-256 in hexadecimal, `nonce` the 128 bits in hexadecimal that keep the hash of the
    roll from being guessed until they are published after the close. `of` is the seat or the body that a recall or a
    vote of confidence is about, `about` the person, both otherwise empty. With `reaches_below` the people of the groups
    that answer to the group elect too.
    """

    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="elections")
    key = models.SlugField(max_length=60)
    kind = models.CharField(max_length=10, choices=ElectionKind.choices, default=ElectionKind.REGULAR)
    title = models.CharField(max_length=LONGEST_TITLE)
    words = models.TextField(blank=True, max_length=LONGEST_WORDS)
    clause_anchor = models.CharField(max_length=120, blank=True)
    state = models.CharField(max_length=9, choices=ElectionState.choices, default=ElectionState.DRAFT)
    zone = models.CharField(max_length=60)
    needed = models.PositiveSmallIntegerField(default=2)
    is_final = models.BooleanField(default=True)
    reaches_below = models.BooleanField(default=False)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="elections_made"
    )
    made_at = models.DateTimeField(auto_now_add=True)
    opens_at = models.DateTimeField(null=True, blank=True)
    closes_at = models.DateTimeField(null=True, blank=True)
    accepts_until = models.DateTimeField(null=True, blank=True)
    frozen = models.TextField(blank=True)
    frozen_hash = models.CharField(max_length=64, blank=True)
    nonce = models.CharField(max_length=32, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    counted_at = models.DateTimeField(null=True, blank=True)
    released_at = models.DateTimeField(null=True, blank=True)
    certified_at = models.DateTimeField(null=True, blank=True)
    cancelled_at = models.DateTimeField(null=True, blank=True)
    why_cancelled = models.CharField(max_length=500, blank=True)
    of = models.ForeignKey(Seat, on_delete=models.PROTECT, null=True, blank=True, related_name="elections_about")
    about = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="elections_about"
    )

    class Meta:
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["group", "key"], name="election_key_is_unique_in_its_group"),
            models.CheckConstraint(name="election_has_a_title", condition=~models.Q(title="")),
            models.CheckConstraint(name="election_needs_an_officer", condition=models.Q(needed__gte=1)),
            models.CheckConstraint(
                name="election_that_was_opened_is_frozen",
                condition=models.Q(state__in=("draft", "announced", "cancelled"))
                | (
                    ~models.Q(frozen_hash="")
                    & models.Q(opens_at__isnull=False, closes_at__isnull=False, accepts_until__isnull=False)
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("election", args=[self.group.slug, self.key])

    @property
    def is_frozen(self) -> bool:
        return self.state in FROZEN

    @property
    def is_published(self) -> bool:
        return self.state in PUBLISHED

    @property
    def is_practice(self) -> bool:
        return self.kind == ElectionKind.PRACTICE

    @property
    def zone_beside(self) -> str:
        """The zone that stands beside an hour of the election; none for Anywhere on Earth, whose clock nobody reads."""
        return "" if self.zone == ANYWHERE else self.zone

    def accepts_ballots(self, now: datetime) -> bool:
        """Whether a ballot counts that is written at this instant: from `opens_at` on, until before `accepts_until`."""
        return (
            self.state == ElectionState.OPEN
            and self.opens_at is not None
            and self.accepts_until is not None
            and self.opens_at <= now < self.accepts_until
        )


class ElectionStage(models.Model):
    """The days of one step, both belonging to it, in the election's zone."""

    election = models.ForeignKey(Election, on_delete=models.CASCADE, related_name="stages")
    stage = models.CharField(max_length=11, choices=Stage.choices)
    first = models.DateField()
    last = models.DateField()

    class Meta:
        ordering = ["election", "first", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["election", "stage"], name="election_has_each_stage_once"),
            models.CheckConstraint(
                name="election_stage_ends_after_it_begins", condition=models.Q(last__gte=models.F("first"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.stage} {self.first} to {self.last}"

    def has(self, day: date) -> bool:
        return self.first <= day <= self.last


class Contest(models.Model):
    """One question on the ballot: who gets these seats.

    `method` is a `counting.methods.Method`, `rules` what else is said of the count, as `given.rules_to_json` writes it
    (without method and seats). `most_of_one` caps how many of one affiliation are elected. `endorsements` is how many
    are needed of different affiliations. `publishes_all` says that the officers decided before the vote to publish all
    rankings, however rare. `sealed_for` is, in hexadecimal, the hash to which envelopes of this contest are bound; it
    is set when voting opens.
    """

    election = models.ForeignKey(Election, on_delete=models.CASCADE, related_name="contests")
    position = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=LONGEST_TITLE)
    words = models.TextField(blank=True, max_length=LONGEST_WORDS)
    method = models.CharField(max_length=12, default="scottish-stv")
    places = models.PositiveSmallIntegerField(default=1)
    rules = models.JSONField(default=dict, blank=True)
    most_of_one = models.PositiveSmallIntegerField(null=True, blank=True)
    endorsements = models.PositiveSmallIntegerField(default=0)
    publishes_all = models.BooleanField(default=False)
    sealed_for = models.CharField(max_length=64, blank=True)
    seats = models.ManyToManyField(Seat, through="ContestSeat", related_name="contests")

    class Meta:
        ordering = ["election", "position"]
        constraints = [
            models.UniqueConstraint(fields=["election", "position"], name="contest_position_is_unique"),
            models.CheckConstraint(
                name="contest_has_places", condition=models.Q(places__gte=1, places__lte=MOST_SEATS)
            ),
        ]

    def __str__(self) -> str:
        return self.title


class ContestSeat(models.Model):
    """A seat that a contest fills; the first elected gets the first."""

    contest = models.ForeignKey(Contest, on_delete=models.CASCADE, related_name="fills")
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["contest", "position"]
        constraints = [
            models.UniqueConstraint(fields=["contest", "seat"], name="contest_fills_a_seat_once"),
            models.UniqueConstraint(fields=["contest", "position"], name="contest_seat_position_is_unique"),
        ]

    def __str__(self) -> str:
        return f"{self.seat_id} in {self.contest_id}"
