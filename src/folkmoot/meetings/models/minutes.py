"""Minutes of a call: notes by item, who approves them, what is public of them, and what was corrected later."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from folkmoot.decisions.models import Decision
from folkmoot.groups.models import Group
from folkmoot.meetings.models.agenda import AgendaItem
from folkmoot.meetings.models.series import Meeting

LONGEST_NOTES = 20_000


class Level(models.TextChoices):
    """What everybody may read of notes, from the most to the least."""

    OPEN = "open", _("open: published as they are")
    CHATHAM = "chatham", _("Chatham House Rule: published without saying who")
    PRIVATE = "private", _("private: for people of the group alone")


class ApprovalWay(models.TextChoices):
    """How minutes come to be approved."""

    PEOPLE = "people", _("by people who are named")
    NEXT_CALL = "next_call", _("on a later call")
    SILENCE = "silence", _("by silence")


class MinutesState(models.TextChoices):
    """How far minutes have come. From `approved` on they are frozen and only corrected in sight."""

    DRAFT = "draft", _("draft")
    # They were written elsewhere, or before; what was true then is corrected in sight.
    BROUGHT_IN = "brought_in", _("brought in from older minutes")
    PROPOSED = "proposed", _("waits for approval")
    APPROVED = "approved", _("approved")
    PUBLISHED = "published", _("published")


class MinutesCustom(models.Model):
    """How a group does its minutes, for those that begin from now on. A group without a row has what is first here.

    `days` is how long silence lasts before minutes are approved by it.
    """

    group = models.OneToOneField(Group, on_delete=models.PROTECT, related_name="minutes_custom")
    level = models.CharField(max_length=8, choices=Level.choices, default=Level.OPEN)
    way = models.CharField(max_length=10, choices=ApprovalWay.choices, default=ApprovalWay.NEXT_CALL)
    days = models.PositiveSmallIntegerField(default=5)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="minutes_silence_lasts_1_to_60_days", condition=models.Q(days__gte=1, days__lte=60)
            ),
        ]

    def __str__(self) -> str:
        return f"How {self.group} does its minutes"


class Minutes(models.Model):
    """The minutes of one call.

    `level` is that of the items which have none of their own. `silence_ends_at` is set while they lie open to be
    approved by silence, `approved_on` is the call that approved them. `brought_in_at` is set for those that were
    written elsewhere (`BroughtIn`); they are not approved again. `published` is what everybody reads, as it was checked
    (`domain.published`): what it is made from may change afterwards, and it does not. `found_by` are the words in
    it by which a search finds it.
    """

    meeting = models.OneToOneField(Meeting, on_delete=models.PROTECT, primary_key=True, related_name="minutes")
    state = models.CharField(max_length=10, choices=MinutesState.choices, default=MinutesState.DRAFT)
    level = models.CharField(max_length=8, choices=Level.choices, default=Level.OPEN)
    way = models.CharField(max_length=10, choices=ApprovalWay.choices, default=ApprovalWay.NEXT_CALL)
    days = models.PositiveSmallIntegerField(default=5)
    began_at = models.DateTimeField(auto_now_add=True)
    began_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    proposed_at = models.DateTimeField(null=True, blank=True)
    silence_ends_at = models.DateTimeField(null=True, blank=True)
    approved_at = models.DateTimeField(null=True, blank=True)
    approved_on = models.ForeignKey(
        Meeting, on_delete=models.PROTECT, null=True, blank=True, related_name="minutes_approved"
    )
    brought_in_at = models.DateTimeField(null=True, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    published = models.JSONField(default=dict, blank=True)
    found_by = models.TextField(blank=True, editable=False)

    class Meta:
        verbose_name_plural = "minutes"
        ordering = ["-meeting__starts_at"]
        indexes = [models.Index(fields=["state", "silence_ends_at"], name="minutes_by_state")]
        constraints = [
            models.CheckConstraint(
                name="minutes_are_frozen_with_their_time",
                condition=models.Q(state__in=["draft", "proposed"], approved_at=None, brought_in_at=None)
                | models.Q(state__in=["approved", "published"], approved_at__isnull=False, brought_in_at=None)
                | models.Q(state__in=["brought_in", "published"], approved_at=None, brought_in_at__isnull=False),
            ),
            models.CheckConstraint(
                name="minutes_are_published_with_their_time",
                condition=(~models.Q(state="published") & models.Q(published_at=None))
                | models.Q(state="published", published_at__isnull=False),
            ),
            models.CheckConstraint(
                name="minutes_silence_has_its_end",
                condition=~models.Q(state="proposed", way="silence") | models.Q(silence_ends_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"Minutes of {self.meeting}"

    def get_absolute_url(self) -> str:
        return reverse("minutes", args=[self.pk])

    @property
    def is_draft(self) -> bool:
        return self.state == MinutesState.DRAFT

    @property
    def is_proposed(self) -> bool:
        return self.state == MinutesState.PROPOSED

    @property
    def is_published(self) -> bool:
        return self.state == MinutesState.PUBLISHED

    @property
    def is_frozen(self) -> bool:
        """Whether they are approved or were brought in, and are only corrected in sight."""
        return self.state in (MinutesState.BROUGHT_IN, MinutesState.APPROVED, MinutesState.PUBLISHED)


class MinutesItem(models.Model):
    """The notes on one item, in Markdown. `agenda_item` is None for what came up on the call.

    `decisions` are those that were written down with it.

    `version` counts the changes of title and notes. A public wording is `public_title` and `public_text`, which
    somebody confirmed for the version `public_of`; once the notes change it holds no longer.
    """

    minutes = models.ForeignKey(Minutes, on_delete=models.PROTECT, related_name="items")
    agenda_item = models.ForeignKey(
        AgendaItem, on_delete=models.PROTECT, null=True, blank=True, related_name="minutes_items"
    )
    position = models.PositiveIntegerField(default=0)
    title = models.CharField(max_length=200)
    notes = models.TextField(blank=True)
    decisions = models.ManyToManyField(Decision, related_name="+", blank=True)
    level = models.CharField(max_length=8, choices=Level.choices, blank=True)
    version = models.PositiveIntegerField(default=1)
    public_title = models.CharField(max_length=200, blank=True)
    public_text = models.TextField(blank=True)
    public_of = models.PositiveIntegerField(null=True, blank=True)
    public_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    public_at = models.DateTimeField(null=True, blank=True)
    changed_at = models.DateTimeField(auto_now=True)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["minutes", "position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["minutes", "agenda_item"], name="minutes_item_is_one_per_agenda_item"),
            models.CheckConstraint(name="minutes_item_has_a_title", condition=~models.Q(title="")),
            models.CheckConstraint(
                name="minutes_public_wording_has_its_time",
                condition=models.Q(public_of=None, public_at=None)
                | models.Q(public_of__isnull=False, public_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return f"{reverse('minutes', args=[self.minutes_id])}#item-{self.pk}"

    @property
    def level_now(self) -> str:
        """Its own level, or that of the minutes; needs `minutes` at hand."""
        return self.level or self.minutes.level

    @property
    def is_private(self) -> bool:
        return self.level_now == Level.PRIVATE

    @property
    def is_confirmed(self) -> bool:
        """Whether somebody confirmed a public wording of the notes as they are now."""
        return self.public_of == self.version


class MinutesApproval(models.Model):
    """Somebody is asked to approve minutes, and has done so at `answered_at`."""

    minutes = models.ForeignKey(Minutes, on_delete=models.PROTECT, related_name="approvals")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="minutes_approvals")
    asked_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["minutes", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["minutes", "person"], name="minutes_are_approved_once_per_person"),
        ]

    def __str__(self) -> str:
        return f"{self.person}, {self.minutes}"


class WantedChange(models.Model):
    """What somebody asked to be changed in minutes that lay open, and what those who write them answered."""

    minutes = models.ForeignKey(Minutes, on_delete=models.PROTECT, related_name="wanted")
    why = models.CharField(max_length=500, blank=True)
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    answer = models.CharField(max_length=500, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["minutes", "pk"]

    def __str__(self) -> str:
        return f"Change wanted of {self.minutes}"

    @property
    def is_answered(self) -> bool:
        return self.answered_at is not None


class Clearing(models.Model):
    """A hit of the check that somebody looked at and lets stand, with the reason.

    `mark` stands for the hit without its words: whom it means, the words and those around them, keyed. With any of
    them changed it is another hit, which was not cleared.
    """

    minutes = models.ForeignKey(Minutes, on_delete=models.PROTECT, related_name="clearings")
    channel = models.CharField(max_length=20)
    mark = models.CharField(max_length=64)
    why = models.CharField(max_length=300)
    cleared_at = models.DateTimeField()
    cleared_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["minutes", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["minutes", "channel", "mark"], name="hit_is_cleared_once"),
            models.CheckConstraint(name="clearing_says_why", condition=~models.Q(why="")),
        ]

    def __str__(self) -> str:
        return f"Hit in {self.channel}, cleared"


class MinutesCorrection(models.Model):
    """What an item of frozen minutes said before it was corrected, and why it was; nothing of it is ever taken away."""

    item = models.ForeignKey(MinutesItem, on_delete=models.PROTECT, related_name="corrections")
    notes_before = models.TextField(blank=True)
    public_before = models.TextField(blank=True)
    why = models.CharField(max_length=300)
    corrected_at = models.DateTimeField()
    corrected_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["item", "pk"]
        constraints = [
            models.CheckConstraint(name="minutes_correction_says_why", condition=~models.Q(why="")),
        ]

    def __str__(self) -> str:
        return f"Correction of {self.item}"
