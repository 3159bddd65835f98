"""Who stands for what: nominations from the first word to the ballot paper."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from folkmoot.governance.models.elections import Contest

LONGEST_STATEMENT = 6000
LONGEST_WHY = 1000
LONGEST_AFFILIATION = 120
LONGEST_APPEAL = 2000


class NominationState(models.TextChoices):
    """How far a nomination has come; `standing` is on the ballot paper unless it is taken back."""

    PROPOSED = "proposed", _("waits for an answer")
    STANDING = "standing", _("stands")
    DECLINED = "declined", _("declined")
    LAPSED = "lapsed", _("not answered in time")
    INELIGIBLE = "ineligible", _("may not stand")
    WITHDRAWN = "withdrawn", _("withdrew")


JUDGED = (NominationState.PROPOSED, NominationState.STANDING, NominationState.INELIGIBLE)
"""Of these officers say whether somebody may stand; others have ended by the wish of the person, or by time."""


class Nomination(models.Model):
    """One person for one contest, nominated by themselves or by others (`nominators`).

    Without a person it is a name alone: an invented candidate of a practice election, or an answer to a question
    ("Yes", "No"), which stands from the start and has its `ballot_name`.
    `ballot_name` is how they are called on the ballot, `place` where they stand in the frozen order of candidates, from
    0; both are set when voting opens. Who withdraws after that keeps the place and is counted as withdrawn. `appeal` is
    what somebody wrote who was found not to be allowed to stand.
    """

    contest = models.ForeignKey(Contest, on_delete=models.CASCADE, related_name="nominations")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="nominations"
    )
    state = models.CharField(max_length=10, choices=NominationState.choices, default=NominationState.PROPOSED)
    proposed_at = models.DateTimeField(auto_now_add=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    why_ended = models.CharField(max_length=LONGEST_WHY, blank=True)
    appeal = models.TextField(blank=True, max_length=LONGEST_APPEAL)
    statement = models.TextField(blank=True, max_length=LONGEST_STATEMENT)
    affiliation = models.CharField(max_length=LONGEST_AFFILIATION, blank=True)
    ballot_name = models.CharField(max_length=250, blank=True)
    place = models.PositiveSmallIntegerField(null=True, blank=True)

    class Meta:
        ordering = ["contest", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["contest", "person"], name="nominated_once_for_a_contest"),
            models.UniqueConstraint(fields=["contest", "place"], name="candidates_have_places_of_their_own"),
            models.UniqueConstraint(
                fields=["contest", "ballot_name"],
                condition=~models.Q(ballot_name=""),
                name="candidates_are_called_differently",
            ),
            models.CheckConstraint(
                name="candidate_is_a_person_or_a_name",
                condition=models.Q(person__isnull=False) | ~models.Q(ballot_name=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} for {self.contest_id}"

    @property
    def is_standing(self) -> bool:
        return self.state == NominationState.STANDING


class Nominator(models.Model):
    """Somebody who nominated a person, with why; oneself is one's own nominator.

    The person who is nominated reads who and why; with `shows`, so does everybody on the candidate's page.
    """

    nomination = models.ForeignKey(Nomination, on_delete=models.CASCADE, related_name="nominators")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="nominations_made", null=True
    )
    why = models.CharField(max_length=LONGEST_WHY, blank=True)
    shows = models.BooleanField(default=False)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["nomination", "pk"]
        constraints = [models.UniqueConstraint(fields=["nomination", "person"], name="nominates_once")]

    def __str__(self) -> str:
        return f"{self.person_id} nominated {self.nomination_id}"


class Endorsement(models.Model):
    """Somebody who stands by a nomination, for an affiliation; counted by different affiliations."""

    nomination = models.ForeignKey(Nomination, on_delete=models.CASCADE, related_name="endorsements")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="endorsements_given", null=True
    )
    affiliation = models.CharField(max_length=LONGEST_AFFILIATION, blank=True)
    words = models.CharField(max_length=LONGEST_WHY, blank=True)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["nomination", "pk"]
        constraints = [models.UniqueConstraint(fields=["nomination", "person"], name="endorses_once")]

    def __str__(self) -> str:
        return f"{self.person_id} endorsed {self.nomination_id}"
