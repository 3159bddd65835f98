"""Thanks that people say to each other, and what those who are thanked wish to become of them."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from folkmoot.groups.models import Group
from folkmoot.people.models import Person

LONGEST_THANKS = 500
LONGEST_OCCASION = 250


class ThanksShown(models.TextChoices):
    """Who reads a thanks besides the two whose it is, from the least to the most."""

    ME = "me", _("Only me")
    GROUP = "group", _("People of the group")
    SIGNED_IN = "signed_in", _("Everyone signed in, on my profile")


class ThanksState(models.TextChoices):
    """Whether a thanks is with whom it was said to. Whoever said it sees no difference."""

    WITH_THEM = "with_them", _("with them")
    # The two are kept apart, which neither learns from this.
    WITHHELD = "withheld", _("delivered to nobody")
    REMOVED = "removed", _("removed by whom it was said to")


class Thanks(models.Model):
    """A few words of one person to another.

    It reaches them at `reaches_at`; until then nobody but the giver sees it. `group` is where it happened, if anywhere.
    `occasion` says for what ("the call on 3 March"), and `occasion_path` leads there: both are for the two people and
    for people of the group alone. With `stays_inside` it comes from something that is not for everybody, such as a call
    under the Chatham House Rule, and is shown no further than the group.
    """

    giver = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="thanks_given")
    receiver = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="thanks_received")
    group = models.ForeignKey(Group, on_delete=models.PROTECT, null=True, blank=True, related_name="thanks")
    words = models.CharField(max_length=LONGEST_THANKS)
    occasion = models.CharField(max_length=LONGEST_OCCASION, blank=True)
    occasion_path = models.CharField(max_length=200, blank=True)
    stays_inside = models.BooleanField(default=False)
    shown = models.CharField(max_length=9, choices=ThanksShown.choices, default=ThanksShown.ME)
    state = models.CharField(max_length=9, choices=ThanksState.choices, default=ThanksState.WITH_THEM)
    said_at = models.DateTimeField()
    reaches_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "thanks"
        ordering = ["-said_at", "-pk"]
        indexes = [
            models.Index(fields=["receiver", "state", "reaches_at"], name="thanks_by_receiver"),
            models.Index(fields=["giver", "said_at"], name="thanks_by_giver"),
            models.Index(fields=["group", "shown", "reaches_at"], name="thanks_of_a_group"),
        ]
        constraints = [
            models.CheckConstraint(name="thanks_have_words", condition=~models.Q(words="")),
            models.CheckConstraint(name="nobody_thanks_themselves", condition=~models.Q(giver=models.F("receiver"))),
            models.CheckConstraint(
                name="thanks_shown_to_a_group_have_one",
                condition=~models.Q(shown=ThanksShown.GROUP) | models.Q(group__isnull=False),
            ),
            models.CheckConstraint(
                name="thanks_that_stay_inside_stay_there",
                condition=models.Q(stays_inside=False) | ~models.Q(shown=ThanksShown.SIGNED_IN),
            ),
            models.CheckConstraint(
                name="only_thanks_that_are_with_somebody_are_shown",
                condition=models.Q(state=ThanksState.WITH_THEM) | models.Q(shown=ThanksShown.ME),
            ),
        ]

    def __str__(self) -> str:
        return f"Thanks {self.pk}"

    @property
    def may_be_shown_to(self) -> list[ThanksShown]:
        """What its receiver can choose from."""
        found = [ThanksShown.ME]
        if self.group_id is not None:
            found.append(ThanksShown.GROUP)
        if not self.stays_inside:
            found.append(ThanksShown.SIGNED_IN)
        return found


class ThanksWish(models.Model):
    """Who reads new thanks of a person until they say otherwise for one. Without a row: they alone."""

    person = models.OneToOneField(Person, on_delete=models.CASCADE, primary_key=True, related_name="thanks_wish")
    shown = models.CharField(max_length=9, choices=ThanksShown.choices, default=ThanksShown.ME)

    def __str__(self) -> str:
        return f"New thanks of person {self.person_id}: {self.shown}"
