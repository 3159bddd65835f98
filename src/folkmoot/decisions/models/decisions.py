"""What a group decided, or is about to decide, and what was corrected in the record of it."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from folkmoot.groups.models import Amendment, Group
from folkmoot.plan.models.serving import Serving


class Way(models.TextChoices):
    """How a decision is reached."""

    CALL = "call", _("on a call")
    SILENCE = "silence", _("by silence")
    MOTION = "motion", _("by motion")


class Status(models.TextChoices):
    """How far a decision has come. That it was superseded follows from the decision that names it."""

    OPEN = "open", _("open")
    TALK = "talk", _("needs talking about")
    ADOPTED = "adopted", _("adopted")
    DECLINED = "declined", _("declined")
    WITHDRAWN = "withdrawn", _("withdrawn")
    REFERRED = "referred", _("referred")


UNSETTLED = (Status.OPEN, Status.TALK)


class Decision(Serving):
    """A decision of a group, known by its year and its number in that year ("2026-7"), which are given only once.

    `text` is what holds, in Markdown, and fixed once it is settled; `rationale` and `alternatives` say why, and are
    corrected in sight (`DecisionRevision`). `clause` is the clause of the charter it rests on as it was called then,
    and `clause_anchor` its permalink. `decided_on` is the day in the group's words, `settled_at` the instant at which
    the record was made. An adopted decision that `supersedes` another takes its place. `amendment` is the change of the
    charter that is adopted with it. `reason` says why it was declined, withdrawn or referred. With `is_inside` it is
    for people in the group alone: it was brought in from elsewhere, and nobody has shown it to everybody yet.
    """

    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="decisions")
    year = models.PositiveSmallIntegerField()
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=200)
    text = models.TextField()
    rationale = models.TextField(blank=True)
    alternatives = models.TextField(blank=True)
    way = models.CharField(max_length=10, choices=Way.choices)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.OPEN)
    clause = models.CharField(max_length=340, blank=True)
    clause_anchor = models.CharField(max_length=120, blank=True)
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="decisions_proposed"
    )
    supersedes = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="superseding")
    amendment = models.ForeignKey(Amendment, on_delete=models.PROTECT, null=True, blank=True, related_name="decisions")
    decided_on = models.DateField(null=True, blank=True)
    reason = models.TextField(blank=True)
    edition = models.PositiveIntegerField(default=1)
    is_inside = models.BooleanField(default=False)
    opened_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="decisions_settled"
    )

    class Meta:
        ordering = ["group", "-year", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["group", "year", "number"], name="decision_number_is_unique_in_year"),
            models.CheckConstraint(name="decision_has_a_title", condition=~models.Q(title="")),
            models.CheckConstraint(name="decision_has_a_text", condition=~models.Q(text="")),
            models.CheckConstraint(
                name="settled_decision_has_its_day",
                condition=models.Q(status__in=UNSETTLED, settled_at=None, decided_on=None)
                | (~models.Q(status__in=UNSETTLED) & models.Q(settled_at__isnull=False, decided_on__isnull=False)),
            ),
            models.CheckConstraint(
                name="decision_does_not_supersede_itself", condition=~models.Q(supersedes=models.F("id"))
            ),
            models.UniqueConstraint(
                fields=["supersedes"], condition=models.Q(status="adopted"), name="decision_is_superseded_once"
            ),
            models.UniqueConstraint(
                fields=["amendment"],
                condition=models.Q(status__in=(*UNSETTLED, Status.ADOPTED)),
                name="amendment_is_decided_on_once",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.label} {self.title}"

    def get_absolute_url(self) -> str:
        return reverse("decision", args=[self.group.slug, self.year, self.number])

    @property
    def label(self) -> str:
        """How people call it: "2026-7"."""
        return f"{self.year}-{self.number}"

    @property
    def is_settled(self) -> bool:
        """Whether there is nothing left to decide."""
        return self.status not in UNSETTLED

    @property
    def is_adopted(self) -> bool:
        return self.status == Status.ADOPTED


class DecisionRevision(models.Model):
    """A change of one part of a decision after it was written: what stood there, what stands there now, and why.

    `part` is the name of the field: title, text, rationale, alternatives.
    """

    decision = models.ForeignKey(Decision, on_delete=models.CASCADE, related_name="revisions")
    part = models.CharField(max_length=12)
    was = models.TextField(blank=True)
    now = models.TextField(blank=True)
    why = models.CharField(max_length=500, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["decision", "at", "pk"]

    def __str__(self) -> str:
        return f"{self.decision_id}, {self.part}"
