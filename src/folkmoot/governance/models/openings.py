"""Opening the ballots: the officers' shares, the rankings that they found, their signatures."""

from __future__ import annotations

from django.db import models

from folkmoot.governance.models.elections import Contest, Election
from folkmoot.governance.models.officers import ElectionOfficer


class SharesSent(models.Model):
    """One officer's shares of all envelopes of a contest, sealed to one counting officer's key.

    `sealed` is a compact JWE to `to`'s opening key over JSON {receipt: share in base64url}. Emptied when the count is
    signed.
    """

    contest = models.ForeignKey(Contest, on_delete=models.CASCADE, related_name="shares_sent")
    sender = models.ForeignKey(ElectionOfficer, on_delete=models.CASCADE, related_name="shares_sent")
    to = models.ForeignKey(ElectionOfficer, on_delete=models.CASCADE, related_name="shares_got")
    sealed = models.TextField(blank=True)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["contest", "pk"]
        constraints = [models.UniqueConstraint(fields=["contest", "sender", "to"], name="shares_are_sent_once")]

    def __str__(self) -> str:
        return f"shares of {self.sender_id} for {self.to_id}"


class RankingsFound(models.Model):
    """The rankings that one officer's browser found in the envelopes of a contest, sorted: `rankings` is JSON, a list
    of lists of ranks in the frozen order of candidates; `spoilt` counts envelopes that did not open or held none.
    `digest` is the SHA-256 of the canonical text of both.
    """

    contest = models.ForeignKey(Contest, on_delete=models.CASCADE, related_name="found")
    officer = models.ForeignKey(ElectionOfficer, on_delete=models.CASCADE, related_name="found")
    rankings = models.JSONField()
    spoilt = models.PositiveIntegerField(default=0)
    digest = models.CharField(max_length=64)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["contest", "pk"]
        constraints = [models.UniqueConstraint(fields=["contest", "officer"], name="rankings_are_found_once_by_each")]

    def __str__(self) -> str:
        return self.digest


class ManifestSignature(models.Model):
    """One officer's signature of the manifest of an election's bundle: a compact JWS by ES256 over its text."""

    election = models.ForeignKey(Election, on_delete=models.CASCADE, related_name="signatures")
    officer = models.ForeignKey(ElectionOfficer, on_delete=models.CASCADE, related_name="signatures")
    jws = models.TextField()
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["election", "pk"]
        constraints = [models.UniqueConstraint(fields=["election", "officer"], name="manifest_is_signed_once_by_each")]

    def __str__(self) -> str:
        return f"signature of {self.officer_id}"
