"""Who has voted, and what was voted: two tables with nothing between them."""

from __future__ import annotations

import secrets

from django.db import models

from folkmoot.governance.models.elections import Contest, Election
from folkmoot.governance.models.rolls import Voter


def random_number() -> int:
    """A primary key of 63 bits that says nothing of when its row was written."""
    return secrets.randbelow(2**63 - 1) + 1


class Turnout(models.Model):
    """That a voter has cast their ballots of an election. No time: it would tell which envelopes came with it."""

    id = models.BigIntegerField(primary_key=True, default=random_number)
    election = models.ForeignKey(Election, on_delete=models.CASCADE, related_name="turnout")
    voter = models.OneToOneField(Voter, on_delete=models.CASCADE, related_name="turnout")

    def __str__(self) -> str:
        return f"turnout of {self.election_id}"


class SealedBallot(models.Model):
    """One ballot of one contest in its envelope (`domain.sealed.envelopes`), until it was counted.

    `receipt` is the SHA-256 of the envelope. `secret_hash` is the SHA-256 of the secret by which its voter may replace
    it, empty where ballots are final. The envelope is emptied once the count is signed; receipts stay for the bundle.
    """

    id = models.BigIntegerField(primary_key=True, default=random_number)
    contest = models.ForeignKey(Contest, on_delete=models.CASCADE, related_name="sealed")
    envelope = models.TextField(blank=True)
    receipt = models.CharField(max_length=64, unique=True)
    secret_hash = models.CharField(max_length=64, blank=True)

    class Meta:
        ordering = ["contest", "receipt"]

    def __str__(self) -> str:
        return self.receipt
