"""What came of an election."""

from __future__ import annotations

from django.db import models

from folkmoot.governance.models.elections import Contest, Election
from folkmoot.governance.models.nominations import Nomination


class ContestResult(models.Model):
    """The count of one contest. `ballots` is the file that was counted (`.blt`), the whole of it, for officers;
    `published` what of it is published; `result` is `counting.written.to_json`. `rules` is `given.rules_to_json`.
    """

    contest = models.OneToOneField(Contest, on_delete=models.CASCADE, related_name="result")
    ballots = models.TextField()
    published = models.TextField(blank=True)
    affiliations = models.TextField(blank=True)
    rules = models.JSONField()
    result = models.JSONField()
    cast = models.PositiveIntegerField()
    spoilt = models.PositiveIntegerField(default=0)

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
