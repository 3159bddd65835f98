"""Person, the one model of a human being, and one-time sign-in links."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from folkmoot.people.domain.likeness import seek_key


class Clock(models.TextChoices):
    H24 = "24", _("24 hours, 21:30")
    H12 = "12", _("12 hours, 9:30 pm")


class Theme(models.TextChoices):
    SYSTEM = "system", _("As my device")
    LIGHT = "light", _("Light")
    DARK = "dark", _("Dark")


class Standing(models.TextChoices):
    """How a record stands; only an active one can sign in."""

    ACTIVE = "active", _("active")
    SUSPENDED = "suspended", _("held")
    MERGED = "merged", _("merged")
    ERASED = "erased", _("erased")


class PersonManager(BaseUserManager["Person"]):
    """Django's and allauth's way of making people; the product's own is `people.actions`."""

    @classmethod
    def normalize_email(cls, email: str | None) -> str:
        """The address in one form of its letters (NFKC), its domain in lower case: what looks equal is equal."""
        kept: str = super().normalize_email(unicodedata.normalize("NFKC", email or ""))
        return kept

    def create_user(self, email: str | None = None, password: str | None = None, **fields: Any) -> Person:
        """A person with a normalised address and, if none is given, a password that never matches."""
        person = self.model(email=self.normalize_email(email) or None, **fields)
        person.set_password(password)
        person.save()
        return person

    def get_by_natural_key(self, username: str | None) -> Person:
        return self.get(email__iexact=username)


class Person(AbstractBaseUser):
    """A human being. May exist before signing in (invited, attended): then the password never matches."""

    email = models.EmailField(_("e-mail address"), max_length=254, null=True, blank=True)
    name = models.CharField(_("name"), max_length=200)
    zone = models.CharField(_("time zone"), max_length=64, blank=True)
    clock = models.CharField(_("clock"), max_length=2, choices=Clock.choices, default=Clock.H24)
    theme = models.CharField(_("appearance"), max_length=6, choices=Theme.choices, default=Theme.SYSTEM)
    shortcuts = models.BooleanField(_("keyboard shortcuts"), default=True)
    is_steward = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)
    joined_at = models.DateTimeField(auto_now_add=True)
    name_key = models.CharField(max_length=400, default="", editable=False, db_index=True)
    has_public_profile = models.BooleanField(default=False, editable=False)
    merged_into = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, editable=False, related_name="merged_from"
    )
    erased_at = models.DateTimeField(null=True, blank=True, editable=False)

    # Of whoever is signed in, for one request and never kept: their steward mode is off (`people.steward_mode`), and
    # a rule would have let them through with it.
    holds_back: bool = False
    was_held_back: bool = False

    objects: ClassVar[PersonManager] = PersonManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        verbose_name_plural = "people"
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(Lower("email"), name="person_email_is_unique"),
            models.CheckConstraint(name="person_email_is_not_empty", condition=~models.Q(email="")),
            models.CheckConstraint(
                name="person_who_left_holds_nothing",
                condition=models.Q(merged_into=None, erased_at=None)
                | models.Q(is_active=False, is_steward=False, email=None, has_public_profile=False),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keeps the key by which the name is sought in step with the name."""
        self.name_key = seek_key(self.name)[:400]
        fields: Iterable[str] | None = kwargs.get("update_fields")
        if fields is not None and "name" in fields:
            kwargs["update_fields"] = {*fields, "name_key"}
        super().save(*args, **kwargs)

    @property
    def standing(self) -> Standing:
        if self.erased_at:
            return Standing.ERASED
        if self.merged_into_id:
            return Standing.MERGED
        return Standing.ACTIVE if self.is_active else Standing.SUSPENDED

    @property
    def public_path(self) -> str:
        """The address of the profile, where anybody at all may see more of it than the name; else nothing."""
        return reverse("person", args=[self.pk]) if self.has_public_profile and self.is_active else ""

    def get_full_name(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        return self.name


class SignInLink(models.Model):
    """A link that signs one person in once. Only a digest of its token is kept."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="sign_in_links")
    token_digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"Sign-in link of person {self.person_id}"


class HeldSignUp(models.Model):
    """Somebody who signed up and waits for a steward, and what the steward said. Nothing about their device is kept."""

    class Reason(models.TextChoices):
        MAIL_DOMAIN = "mail_domain", _("The address is of a kind that is thrown away after use.")
        NETWORK = "network", _("Several accounts were made from the same network within the hour.")

    class Outcome(models.TextChoices):
        LET_IN = "let_in", _("let in")
        TURNED_AWAY = "turned_away", _("turned away")

    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="held_sign_up")
    reason = models.CharField(max_length=20, choices=Reason.choices)
    held_at = models.DateTimeField(auto_now_add=True)
    outcome = models.CharField(max_length=12, choices=Outcome.choices, blank=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        verbose_name_plural = "held sign-ups"
        ordering = ["held_at", "pk"]
        constraints = [
            models.CheckConstraint(
                name="held_sign_up_is_decided_with_its_time",
                condition=models.Q(outcome="", decided_at=None)
                | (~models.Q(outcome="") & models.Q(decided_at__isnull=False)),
            )
        ]

    def __str__(self) -> str:
        return f"Sign-up of person {self.person_id}"
