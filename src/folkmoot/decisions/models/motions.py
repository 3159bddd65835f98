"""Motions: a text that people amend and then vote on, who has a vote, and the positions they take."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from folkmoot.decisions.domain.paragraphs import Change
from folkmoot.decisions.domain.tally import Value
from folkmoot.decisions.models.decisions import Decision


class MotionState(models.TextChoices):
    """How far a motion has come."""

    AMENDING = "amending", _("open for amendments")
    VOTING = "voting", _("being voted on")
    CARRIED = "carried", _("carried")
    FAILED = "failed", _("not carried")
    NO_QUORUM = "no_quorum", _("no quorum")
    WITHDRAWN = "withdrawn", _("withdrawn")
    REFERRED = "referred", _("referred")


SETTLED = (MotionState.CARRIED, MotionState.FAILED, MotionState.WITHDRAWN, MotionState.REFERRED)
"""With these the decision is settled as well; without a quorum it stays open, to be extended or taken up again."""


class Motion(models.Model):
    """A decision that is reached by a vote. Its number, title and present text are the decision's.

    `text` is the text as it was put; amendments count its paragraphs. `terms` are the terms of the vote as they were in
    force when it was opened (`motion_terms.kept`), `result` the count when it was settled (`motion_terms.counted`).
    `round` counts the votes on it: a motion that found no quorum may be opened for amendments again. The vote ends at
    `closes_at`, when the day `closes_on` is over in `zone`. `origin` is the motion of another group that was referred.
    `proposal` is the decision of this group that needed talking about, of which the motion was made, and which is
    settled with it.
    """

    decision = models.OneToOneField(Decision, on_delete=models.PROTECT, related_name="motion")
    text = models.TextField()
    seconder = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="motions_seconded"
    )
    state = models.CharField(max_length=10, choices=MotionState.choices, default=MotionState.AMENDING)
    round = models.PositiveSmallIntegerField(default=1)
    terms = models.JSONField(default=dict, blank=True)
    result = models.JSONField(default=dict, blank=True)
    vote_opened_at = models.DateTimeField(null=True, blank=True)
    closes_on = models.DateField(null=True, blank=True)
    zone = models.CharField(max_length=60, blank=True)
    closes_at = models.DateTimeField(null=True, blank=True)
    extended = models.BooleanField(default=False)
    counted_at = models.DateTimeField(null=True, blank=True)
    origin = models.OneToOneField("self", on_delete=models.PROTECT, null=True, blank=True, related_name="referral")
    proposal = models.ForeignKey(
        Decision, on_delete=models.PROTECT, null=True, blank=True, related_name="motions_made_of_it"
    )

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                name="motion_that_is_voted_on_has_its_end",
                condition=~models.Q(state="voting") | models.Q(closes_at__isnull=False, vote_opened_at__isnull=False),
            ),
            models.CheckConstraint(
                name="motion_that_was_counted_has_its_count",
                condition=~models.Q(state__in=("carried", "failed", "no_quorum")) | models.Q(counted_at__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["proposal"],
                condition=models.Q(state__in=("amending", "voting", "no_quorum")),
                name="one_motion_at_a_time_is_made_of_a_proposal",
            ),
            models.CheckConstraint(name="motion_is_not_its_own_origin", condition=~models.Q(origin=models.F("id"))),
        ]  # fmt: skip

    def __str__(self) -> str:
        return str(self.decision)

    def get_absolute_url(self) -> str:
        decision = self.decision
        return reverse("motion", args=[decision.group.slug, decision.year, decision.number])

    @property
    def is_amending(self) -> bool:
        return self.state == MotionState.AMENDING

    @property
    def is_voting(self) -> bool:
        return self.state == MotionState.VOTING

    @property
    def lacks_quorum(self) -> bool:
        return self.state == MotionState.NO_QUORUM


class MotionAmendment(models.Model):
    """A change of one paragraph that somebody wants; `paragraph` counts from 1 in the text as it was put."""

    class State(models.TextChoices):
        OPEN = "open", _("open")
        ACCEPTED = "accepted", _("accepted")
        DECLINED = "declined", _("declined")
        WITHDRAWN = "withdrawn", _("withdrawn")

    class Kind(models.TextChoices):
        REPLACE = Change.REPLACE.value, _("put other words in its place")
        DELETE = Change.DELETE.value, _("leave it out")
        INSERT = Change.INSERT.value, _("add a paragraph after it")

    motion = models.ForeignKey(Motion, on_delete=models.CASCADE, related_name="amendments")
    number = models.PositiveSmallIntegerField()
    change = models.CharField(max_length=8, choices=Kind.choices)
    paragraph = models.PositiveSmallIntegerField()
    text = models.TextField(blank=True)
    why = models.TextField(blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="motion_amendments"
    )
    at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="motion_amendments_answered"
    )
    answered_at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["motion", "number"]
        constraints = [
            models.UniqueConstraint(fields=["motion", "number"], name="motion_amendment_number_is_unique"),
            models.UniqueConstraint(
                fields=["motion", "paragraph"],
                condition=models.Q(state="accepted") & ~models.Q(change="insert"),
                name="motion_paragraph_is_changed_once",
            ),
        ]

    def __str__(self) -> str:
        return f"Amendment {self.number} of motion {self.motion_id}"

    @property
    def is_open(self) -> bool:
        return self.state == self.State.OPEN


class Voter(models.Model):
    """A person on the roll of one vote, as it was frozen when the vote was opened.

    `role` is the role or seat by which they are on it, `because` the sentence of the charter that gives it a vote or
    none (empty where the charter does not say), `clause_anchor` its permalink.
    """

    motion = models.ForeignKey(Motion, on_delete=models.CASCADE, related_name="voters")
    round = models.PositiveSmallIntegerField()
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="votes")
    binding = models.BooleanField()
    leads = models.BooleanField(default=False)
    role = models.CharField(max_length=200)
    because = models.TextField(blank=True)
    clause_anchor = models.CharField(max_length=120, blank=True)

    class Meta:
        ordering = ["motion", "-round", "-binding", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["motion", "round", "person"], name="voter_is_on_the_roll_once"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} on motion {self.motion_id}"


class Position(models.Model):
    """A position that a voter took; earlier ones stay, and one stands.

    A block says why in `text`. Once it is taken back, `cleared_at` and `cleared_because` say when and why.
    """

    class Choice(models.TextChoices):
        APPROVE = Value.APPROVE.value, _("approve")
        DECLINE = Value.DECLINE.value, _("decline")
        BLOCK = Value.BLOCK.value, _("block")
        ABSTAIN = Value.ABSTAIN.value, _("abstain")
        ABSENT = Value.ABSENT.value, _("absent")

    voter = models.ForeignKey(Voter, on_delete=models.CASCADE, related_name="positions")
    value = models.CharField(max_length=8, choices=Choice.choices)
    text = models.TextField(blank=True)
    at = models.DateTimeField()
    stands = models.BooleanField(default=True)
    cleared_at = models.DateTimeField(null=True, blank=True)
    cleared_because = models.TextField(blank=True)

    class Meta:
        ordering = ["voter", "at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["voter"], condition=models.Q(stands=True), name="one_position_stands_for_each_voter"
            ),
            models.CheckConstraint(
                name="only_a_block_is_cleared",
                condition=models.Q(cleared_at=None) | models.Q(value="block", stands=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.value} by voter {self.voter_id}"

    @property
    def is_block(self) -> bool:
        return self.value == self.Choice.BLOCK
