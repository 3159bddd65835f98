"""Who chose to be found, and introductions that were asked for."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from folkmoot.groups.models import Group
from folkmoot.people.models import Person

LONGEST_WHY = 600
LONGEST_REACH = 200


class Findable(models.Model):
    """Somebody who chose to stand in the directory; whoever did not has none.

    `seen` says by part (`domain.directory.PARTS`) who sees it there: "groups" or "signed_in"; a part that is not in it
    is shown to nobody. What the profile says is never shown to more people than the profile shows it to.
    """

    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="findable")
    seen = models.JSONField(default=dict)
    since = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name_plural = "findable people"

    def __str__(self) -> str:
        return f"Findable person {self.person_id}"


class IntroductionState(models.TextChoices):
    """How an introduction stands."""

    OPEN = "open", _("open")
    INTRODUCED = "introduced", _("introduced")
    NOT_NOW = "not_now", _("not now")
    EXPIRED = "expired", _("no answer")
    WITHDRAWN = "withdrawn", _("withdrawn")


class Introduction(models.Model):
    """Two people who may be introduced to each other: asked for by one of them, or by somebody who knows both.

    `suggested_by` is empty where `asker` asked. Each side says yes for itself: `*_said_at`, with what it chose to hand
    over then, `*_mail` for its e-mail address and `*_reach` for words of its own. One that is `mute` reaches neither
    side, for reasons that whoever asked is not told, and ends like one that nobody answered.
    """

    asker = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="introductions_wished")
    asked = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="introductions_asked_of")
    suggested_by = models.ForeignKey(
        Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="introductions_suggested"
    )
    group = models.ForeignKey(Group, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    why = models.TextField(max_length=LONGEST_WHY, blank=True)
    asker_said_at = models.DateTimeField(null=True, blank=True)
    asker_mail = models.BooleanField(default=False)
    asker_reach = models.CharField(max_length=LONGEST_REACH, blank=True)
    asked_said_at = models.DateTimeField(null=True, blank=True)
    asked_mail = models.BooleanField(default=False)
    asked_reach = models.CharField(max_length=LONGEST_REACH, blank=True)
    mute = models.BooleanField(default=False)
    state = models.CharField(max_length=10, choices=IntroductionState, default=IntroductionState.OPEN)
    made_at = models.DateTimeField()
    open_until = models.DateTimeField()
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-made_at", "-pk"]
        indexes = [models.Index(name="introductions_open", fields=["state", "open_until"])]
        constraints = [
            models.UniqueConstraint(
                name="introduction_is_open_once", fields=["asker", "asked"], condition=Q(state="open", mute=False)
            ),
            models.CheckConstraint(name="introduction_is_of_two", condition=~Q(asker=F("asked"))),
            models.CheckConstraint(
                name="introduction_is_settled_with_its_time",
                condition=Q(state="open", settled_at=None) | (~Q(state="open") & Q(settled_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="introduced_when_both_said_yes",
                condition=~Q(state="introduced") | Q(asker_said_at__isnull=False, asked_said_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"Introduction {self.pk} ({self.state})"

    @property
    def is_open(self) -> bool:
        return self.state == IntroductionState.OPEN

    def side_of(self, person: Person) -> str:
        """Which of the two somebody is: "asker", "asked", or neither."""
        return {self.asker_id: "asker", self.asked_id: "asked"}.get(person.pk, "")

    def other_than(self, person: Person) -> Person:
        """The other one of the two."""
        return self.asked if person.pk == self.asker_id else self.asker

    def waits_for(self, person: Person) -> bool:
        """Whether this one of the two has not said anything yet."""
        side = self.side_of(person)
        return bool(self.is_open and side and getattr(self, f"{side}_said_at") is None and not self.mute)

    def ways_to(self, person: Person) -> list[str]:
        """How this one of the two chose to be reached, once both said yes."""
        side = self.side_of(person)
        if self.state != IntroductionState.INTRODUCED or not side:
            return []
        mail = (person.email or "") if getattr(self, f"{side}_mail") else ""
        return [way for way in (mail, getattr(self, f"{side}_reach")) if way]
