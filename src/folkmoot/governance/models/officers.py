"""Who looks after an election, and the keys by which they open its ballots."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from folkmoot.governance.models.elections import Election

MOST_OFFICERS = 12
LONGEST_CONFLICT = 1000
LONGEST_REASON = 500


class Duty(models.TextChoices):
    """What somebody does in an election: officers hold keys and decide, monitors read."""

    OFFICER = "officer", _("officer")
    MONITOR = "monitor", _("monitor")


class OfficerState(models.TextChoices):
    """Whether somebody took the duty that they were asked to take."""

    ASKED = "asked", _("asked")
    ACCEPTED = "accepted", _("accepted")
    DECLINED = "declined", _("declined")
    GONE = "gone", _("gave it back")


class ElectionOfficer(models.Model):
    """Somebody's duty in an election. `conflict` is what they declared themselves (empty: nothing to declare).

    `place` is the officer's from 0 among those to whose keys ballots are sealed; it is set when voting opens.
    """

    election = models.ForeignKey(Election, on_delete=models.CASCADE, related_name="officers")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="election_duties")
    duty = models.CharField(max_length=7, choices=Duty.choices, default=Duty.OFFICER)
    state = models.CharField(max_length=8, choices=OfficerState.choices, default=OfficerState.ASKED)
    conflict = models.TextField(blank=True, max_length=LONGEST_CONFLICT)
    asked_at = models.DateTimeField(auto_now_add=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    place = models.PositiveSmallIntegerField(null=True, blank=True)

    class Meta:
        ordering = ["election", "duty", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["election", "person"], name="one_duty_for_a_person_in_an_election"),
            models.UniqueConstraint(fields=["election", "place"], name="officers_have_places_of_their_own"),
            models.CheckConstraint(
                name="officers_alone_have_places",
                condition=models.Q(place__isnull=True) | models.Q(duty="officer", state="accepted"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} as {self.duty}"

    @property
    def is_serving(self) -> bool:
        return self.state == OfficerState.ACCEPTED


class OfficerKey(models.Model):
    """The public keys of one officer, made in their browser: one for opening ballots, one for signing the result.

    Both are JWKs of P-256 with `kty crv x y` alone. `print_of` is what is frozen and read aloud: the SHA-256, in
    base64url, of the two thumbprints (RFC 7638) joined by a dot.
    """

    officer = models.OneToOneField(ElectionOfficer, on_delete=models.CASCADE, related_name="key")
    opening = models.JSONField()
    signing = models.JSONField()
    print_of = models.CharField(max_length=43, unique=True)
    made_at = models.DateTimeField(auto_now_add=True)
    rehearsed_at = models.DateTimeField(null=True, blank=True)
    lost_at = models.DateTimeField(null=True, blank=True)
    destroyed_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.print_of


class PrintHeard(models.Model):
    """One officer heard another read this fingerprint aloud, and saw the same on their own screen."""

    key = models.ForeignKey(OfficerKey, on_delete=models.CASCADE, related_name="heard")
    by = models.ForeignKey(ElectionOfficer, on_delete=models.CASCADE, related_name="prints_heard")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["key", "pk"]
        constraints = [models.UniqueConstraint(fields=["key", "by"], name="print_is_heard_once_by_each")]

    def __str__(self) -> str:
        return f"key {self.key_id} heard by {self.by_id}"


class Rehearsal(models.Model):
    """Invented ballots, sealed to all keys that were there, which the officers open to try their files.

    `contest` is the hash, in hexadecimal, to which they are bound, `prints` the fingerprints of the keys in the order
    of sealing, `needed` how many of them open. `envelopes` is a list of texts, `rankings` what is in them. `opened_at`
    is when an officer's browser first found just these rankings with the shares of others.
    """

    election = models.OneToOneField(Election, on_delete=models.CASCADE, related_name="rehearsal")
    contest = models.CharField(max_length=64)
    prints = models.JSONField()
    needed = models.PositiveSmallIntegerField()
    envelopes = models.JSONField()
    rankings = models.JSONField()
    made_at = models.DateTimeField(auto_now_add=True)
    opened_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"rehearsal of {self.election_id}"


class RehearsalShares(models.Model):
    """One officer's shares of the invented ballots, sealed to another officer's key (a compact JWE)."""

    rehearsal = models.ForeignKey(Rehearsal, on_delete=models.CASCADE, related_name="shares")
    sender = models.ForeignKey(ElectionOfficer, on_delete=models.CASCADE, related_name="+")
    to = models.ForeignKey(ElectionOfficer, on_delete=models.CASCADE, related_name="+")
    sealed = models.TextField()

    class Meta:
        ordering = ["rehearsal", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["rehearsal", "sender", "to"], name="rehearsed_shares_are_sent_once")
        ]

    def __str__(self) -> str:
        return f"rehearsed shares of {self.sender_id} for {self.to_id}"


class VotingOpened(models.Model):
    """Who opened the voting, and in spite of what: `despite` are the codes of warnings that they read and accepted,
    `why_unrehearsed` the reason where the officers did without a rehearsal."""

    election = models.OneToOneField(Election, on_delete=models.CASCADE, related_name="opened")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="elections_opened"
    )
    at = models.DateTimeField()
    despite = models.JSONField(default=list, blank=True)
    why_unrehearsed = models.CharField(max_length=LONGEST_REASON, blank=True)

    def __str__(self) -> str:
        return f"opening of {self.election_id}"
