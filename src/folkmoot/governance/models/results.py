"""What came of an election."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from folkmoot.governance.models.elections import Contest, Election
from folkmoot.governance.models.nominations import LONGEST_WHY, Nomination

LONGEST_ANNOUNCEMENT = 4000


class ShownBallots(models.TextChoices):
    """How much of the ballots of a contest is published (`domain.publishing.Shown`)."""

    WHOLE = "whole", _("all")
    SHORTENED = "shortened", _("rare rankings shortened")
    WITHHELD = "withheld", _("none")


class ContestResult(models.Model):
    """The count of one contest. `ballots` is the file that was counted (`.blt`), the whole of it, for officers;
    `published` what of it is published; `result` is `counting.written.to_json`. `rules` is `given.rules_to_json`.
    `salt` is secret: with it whoever has the whole file recognises it by its hash in the manifest. `shortened` is how
    many ballots are published without a part.
    """

    contest = models.OneToOneField(Contest, on_delete=models.CASCADE, related_name="result")
    ballots = models.TextField()
    published = models.TextField(blank=True)
    affiliations = models.TextField(blank=True)
    rules = models.JSONField()
    result = models.JSONField()
    cast = models.PositiveIntegerField()
    spoilt = models.PositiveIntegerField(default=0)
    shown = models.CharField(max_length=9, choices=ShownBallots.choices, default=ShownBallots.WHOLE)
    shortened = models.PositiveIntegerField(default=0)
    salt = models.CharField(max_length=32, blank=True)

    def __str__(self) -> str:
        return f"result of {self.contest_id}"


class Elected(models.Model):
    """Somebody who was elected; `position` from 0 in the order of election. `term` is theirs once it was certified."""

    contest = models.ForeignKey(Contest, on_delete=models.CASCADE, related_name="elected")
    nomination = models.OneToOneField(Nomination, on_delete=models.PROTECT, related_name="elected")
    position = models.PositiveSmallIntegerField()
    term = models.ForeignKey("groups.Term", on_delete=models.PROTECT, null=True, blank=True, related_name="elected_by")

    class Meta:
        ordering = ["contest", "position"]
        constraints = [models.UniqueConstraint(fields=["contest", "position"], name="elected_in_an_order")]

    def __str__(self) -> str:
        return f"{self.nomination_id} in {self.contest_id}"


class ElectionBundle(models.Model):
    """The manifest of an election's bundle, which officers sign, and its files as they are published (JSON, name to
    text). Made when the count is done; nothing of it changes afterwards.
    """

    election = models.OneToOneField(Election, on_delete=models.CASCADE, related_name="bundle")
    manifest = models.TextField()
    files = models.JSONField()
    made_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"bundle of {self.election_id}"


class Release(models.Model):
    """Which officer let everybody see the result, with the words of the announcement."""

    election = models.OneToOneField(Election, on_delete=models.CASCADE, related_name="release")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="results_released")
    words = models.TextField(blank=True, max_length=LONGEST_ANNOUNCEMENT)
    at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"release of {self.election_id}"


class PassedOn(models.Model):
    """A seat that went to the next of the count, since whoever was elected cannot take it; `to` is None where the
    ballots name nobody else. `why` is for everybody.
    """

    contest = models.ForeignKey(Contest, on_delete=models.CASCADE, related_name="passed_on")
    nomination = models.ForeignKey(Nomination, on_delete=models.PROTECT, related_name="+")
    to = models.ForeignKey(Nomination, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    why = models.CharField(max_length=LONGEST_WHY)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["contest", "pk"]
        constraints = [models.UniqueConstraint(fields=["contest", "nomination"], name="seat_is_passed_on_once")]

    def __str__(self) -> str:
        return f"seat of {self.nomination_id}"
