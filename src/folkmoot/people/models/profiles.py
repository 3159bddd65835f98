"""What people say of themselves, and who may see which part of it."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from folkmoot.people.models.people import Person


class Seen(models.TextChoices):
    """Who may see a part of a profile, from the fewest to the most."""

    ME = "me", _("Only me")
    GROUPS = "groups", _("People in my groups")
    SIGNED_IN = "signed_in", _("Everyone who is signed in")
    EVERYONE = "everyone", _("Everyone, also on the open web")


class Profile(models.Model):
    """One person's words about themselves; whoever has written nothing has none.

    `languages` is a list of BCP 47 codes, `region` a country or a part of the world by its CLDR code, `links` a list
    of `{"label", "url"}`. `seen` says by field who may see it; a field that is not in it is seen by its owner alone.
    """

    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="profile")
    pronouns = models.CharField(max_length=60, blank=True)
    pronunciation = models.CharField(max_length=200, blank=True)
    languages = models.JSONField(default=list)
    region = models.CharField(max_length=3, blank=True)
    about = models.TextField(max_length=1000, blank=True)
    links = models.JSONField(default=list)
    seen = models.JSONField(default=dict)
    changed_at = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return f"Profile of person {self.person_id}"


class Affiliation(models.Model):
    """For whom a person works or speaks, from one day to another; without an organisation: for nobody but themselves.

    Ended ones are kept as history: whether somebody was bound on a day is asked later.
    """

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="affiliations")
    organisation = models.CharField(max_length=200, blank=True)
    began_on = models.DateField(null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["person", "-began_on", "pk"]
        constraints = [
            models.CheckConstraint(
                name="affiliation_ends_after_it_began",
                condition=models.Q(ended_on=None)
                | models.Q(began_on=None)
                | models.Q(ended_on__gte=models.F("began_on")),
            )
        ]

    def __str__(self) -> str:
        return f"Affiliation of person {self.person_id}"

    @property
    def is_independent(self) -> bool:
        return not self.organisation
