"""Mail addresses: how they fare, those of mailing lists, and what arrived from outside."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models.functions import Lower

from folkmoot.notices.models.letters import Letter


class Address(models.Model):
    """How mail to an address fares; without a row nothing ever came back.

    A paused address gets no notices until somebody who reads it enters a code that was sent there.
    """

    address = models.CharField(max_length=320)
    soft_bounces = models.PositiveSmallIntegerField(default=0)
    soft_since = models.DateTimeField(null=True)
    paused_at = models.DateTimeField(null=True)
    problem = models.CharField(max_length=300, blank=True)
    code_digest = models.CharField(max_length=64, blank=True)
    code_expires_at = models.DateTimeField(null=True)
    code_tries = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name_plural = "addresses"
        constraints = [models.UniqueConstraint(Lower("address"), name="address_is_unique")]

    def __str__(self) -> str:
        return self.address


class ListAddress(models.Model):
    """The address of a mailing list to which a place ("group:3", "organisation") posts once it is confirmed."""

    place = models.CharField(max_length=60)
    address = models.EmailField(max_length=254)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="list_addresses_added"
    )
    added_at = models.DateTimeField(auto_now_add=True)
    confirmed_at = models.DateTimeField(null=True)
    code_digest = models.CharField(max_length=64, blank=True)
    code_expires_at = models.DateTimeField(null=True)
    code_tries = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name_plural = "list addresses"
        ordering = ["place", "address"]
        constraints = [models.UniqueConstraint("place", Lower("address"), name="list_once_per_place")]

    def __str__(self) -> str:
        return f"{self.address} of {self.place}"


class ListPost(models.Model):
    """One notice to one list."""

    list = models.ForeignKey(ListAddress, on_delete=models.CASCADE, related_name="posts")
    kind = models.CharField(max_length=80)
    once_key = models.CharField(max_length=200, blank=True)
    letter = models.ForeignKey(Letter, on_delete=models.SET_NULL, null=True, related_name="list_posts")
    posted_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["list", "kind", "once_key"],
                condition=~models.Q(once_key=""),
                name="posted_once_per_list_kind_and_key",
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} to list {self.list_id}"


class Arrival(models.Model):
    """A mail that came in, without its content: by it the same one is not handled twice, and storms are seen.

    `digest` is of its bytes. `identity` is of what stays when it comes by another way, with other headers of servers:
    its Message-ID, its sender and the address of ours; None until a room was given it.
    """

    digest = models.CharField(max_length=64, unique=True)
    identity = models.CharField(max_length=64, unique=True, null=True)
    sender = models.CharField(max_length=320, blank=True)
    kind = models.CharField(max_length=12, blank=True)
    outcome = models.CharField(max_length=20)
    words = models.CharField(max_length=300, blank=True)
    arrived_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(Lower("sender"), "arrived_at", name="arrival_of_sender")]

    def __str__(self) -> str:
        return f"{self.outcome} from {self.sender}"


class MailBoxState(models.Model):
    """How the last look into a mailbox went. `last_uid` is the mail begun last; without `failures` all is well."""

    place = models.CharField(max_length=300, unique=True)
    last_uid = models.PositiveBigIntegerField(default=0)
    looked_at = models.DateTimeField(null=True)
    well_at = models.DateTimeField(null=True)
    failures = models.PositiveIntegerField(default=0)
    problem = models.CharField(max_length=500, blank=True)
    passed_over = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return self.place
