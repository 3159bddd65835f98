"""Agendas: their items and materials, what a group usually talks about, and links by which guests ask for items."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from folkmoot.groups.models import Group
from folkmoot.meetings.models.series import Meeting
from folkmoot.people.models import Upload
from folkmoot.plan.models.serving import Serving

LONGEST_MINUTES = 480


class Kind(models.TextChoices):
    """What is to come of an item."""

    INFORM = "inform", _("to know")
    DISCUSS = "discuss", _("to talk about")
    DECIDE = "decide", _("to decide")


class ItemState(models.TextChoices):
    """What has become of an item; one that is requested, accepted, done or carried over stands on its agenda."""

    REQUESTED = "requested", _("asked for")
    ACCEPTED = "accepted", _("on the agenda")
    DECLINED = "declined", _("declined")
    DONE = "done", _("done")
    CARRIED = "carried", _("carried over")
    REMOVED = "removed", _("taken off")


class Agenda(models.Model):
    """The agenda of one call as a whole. `version` counts every change of the order, so that no order is lost unseen.

    `is_filled` says that the group's usual items were put on it, or that somebody chose to begin without them.
    """

    meeting = models.OneToOneField(Meeting, on_delete=models.PROTECT, primary_key=True, related_name="agenda")
    version = models.PositiveIntegerField(default=1)
    is_filled = models.BooleanField(default=False)

    def __str__(self) -> str:
        return f"Agenda of {self.meeting}"


class AgendaItem(Serving):
    """One item on the agenda of a call, or asked for.

    `owner` leads it; a guest who does so has no record here and stands in `owner_name`. Whoever asked for it is
    `asked_by`, or `asker_name` for a guest, with `asker_mail` until the call is over. `is_usual` came from the group's
    usual agenda, comes by itself the next time and so is never carried over; what is `at_end` stays behind what is
    added later. `carried_from` is the item of an earlier call that this one goes on with, `times_carried` how often
    that has happened. With `is_consent` it passes together with others unless somebody takes it out, after which it
    `was_taken_out`. `state_before` is what an item was that was taken off. `version` counts its changes.
    """

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="agenda_items")
    position = models.PositiveIntegerField(default=0)
    title = models.CharField(max_length=200)
    text = models.TextField(blank=True)
    minutes = models.PositiveSmallIntegerField(default=10)
    kind = models.CharField(max_length=8, choices=Kind.choices, default=Kind.DISCUSS)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="agenda_items"
    )
    owner_name = models.CharField(max_length=120, blank=True)
    state = models.CharField(max_length=10, choices=ItemState.choices, default=ItemState.ACCEPTED)
    state_before = models.CharField(max_length=10, choices=ItemState.choices, blank=True)
    why = models.CharField(max_length=500, blank=True)
    is_consent = models.BooleanField(default=False)
    was_taken_out = models.BooleanField(default=False)
    is_usual = models.BooleanField(default=False)
    at_end = models.BooleanField(default=False)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="agenda_items_asked"
    )
    asker_name = models.CharField(max_length=120, blank=True)
    asker_mail = models.EmailField(blank=True)
    carried_from = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="carried_to")
    times_carried = models.PositiveSmallIntegerField(default=0)
    version = models.PositiveIntegerField(default=1)
    made_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["meeting", "position", "pk"]
        indexes = [
            models.Index(fields=["meeting", "state", "position"], name="agenda_item_of_meeting"),
            models.Index(fields=["state", "meeting"], name="agenda_item_by_state"),
        ]
        constraints = [
            models.CheckConstraint(name="agenda_item_has_a_title", condition=~models.Q(title="")),
            models.CheckConstraint(
                name="agenda_item_takes_at_most_a_day", condition=models.Q(minutes__lte=LONGEST_MINUTES)
            ),
            models.CheckConstraint(
                name="agenda_item_has_one_owner", condition=models.Q(owner=None) | models.Q(owner_name="")
            ),
            models.CheckConstraint(
                name="agenda_item_declined_says_why",
                condition=~models.Q(state=ItemState.DECLINED) | ~models.Q(why=""),
            ),
            models.UniqueConstraint(fields=["carried_from"], name="agenda_item_is_carried_over_once"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return f"{reverse('agenda', args=[self.meeting_id])}#item-{self.pk}"

    @property
    def is_requested(self) -> bool:
        return self.state == ItemState.REQUESTED

    @property
    def is_done(self) -> bool:
        return self.state == ItemState.DONE

    @property
    def is_carried(self) -> bool:
        """Whether it was not dealt with and went to a later call."""
        return self.state == ItemState.CARRIED


class MaterialKind(models.TextChoices):
    LINK = "link", _("link")
    UPLOAD = "upload", _("file")


class MaterialState(models.TextChoices):
    PROPOSED = "proposed", _("proposed")
    ACCEPTED = "accepted", _("accepted")
    DECLINED = "declined", _("declined")


class Material(models.Model):
    """Something to read for an item: a link to another site, or a file handed in. Everybody sees it once accepted.

    A file that was declined or taken back is gone; an item that is carried over shares its files with the new one.
    """

    item = models.ForeignKey(AgendaItem, on_delete=models.CASCADE, related_name="materials")
    kind = models.CharField(max_length=6, choices=MaterialKind.choices, default=MaterialKind.LINK)
    title = models.CharField(max_length=200)
    url = models.URLField(max_length=600, blank=True)
    upload = models.ForeignKey(Upload, on_delete=models.SET_NULL, null=True, blank=True, related_name="materials")
    state = models.CharField(max_length=8, choices=MaterialState.choices, default=MaterialState.PROPOSED)
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    proposed_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["item", "pk"]
        constraints = [
            models.CheckConstraint(name="material_has_a_title", condition=~models.Q(title="")),
            models.CheckConstraint(
                name="material_link_has_an_address",
                condition=~models.Q(kind=MaterialKind.LINK) | models.Q(url__startswith="https://"),
            ),
            models.CheckConstraint(
                name="material_file_is_there_until_declined",
                condition=models.Q(kind=MaterialKind.UPLOAD, upload__isnull=False, url="")
                | models.Q(kind=MaterialKind.UPLOAD, state=MaterialState.DECLINED)
                | models.Q(kind=MaterialKind.LINK, upload=None),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_accepted(self) -> bool:
        return self.state == MaterialState.ACCEPTED

    @property
    def address(self) -> str:
        """Where it is read: a whole address elsewhere, or a path of ours; nothing for a file that is gone."""
        return self.url if self.upload is None else self.upload.get_absolute_url()


class AgendaTemplate(models.Model):
    """What a group usually talks about; put on the agenda of every regular call `days_before` it (0: only by hand)."""

    group = models.OneToOneField(Group, on_delete=models.PROTECT, related_name="agenda_template")
    days_before = models.PositiveSmallIntegerField(default=7)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="usual_agenda_comes_within_two_months", condition=models.Q(days_before__lte=60)
            ),
        ]

    def __str__(self) -> str:
        return f"The usual agenda of {self.group}"


class AgendaTemplateItem(models.Model):
    """One item of a group's usual agenda; what is `at_end` closes the call, behind everything else."""

    template = models.ForeignKey(AgendaTemplate, on_delete=models.CASCADE, related_name="items")
    position = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=200)
    minutes = models.PositiveSmallIntegerField(default=5)
    kind = models.CharField(max_length=8, choices=Kind.choices, default=Kind.INFORM)
    is_consent = models.BooleanField(default=False)
    at_end = models.BooleanField(default=False)

    class Meta:
        ordering = ["template", "position", "pk"]
        constraints = [
            models.CheckConstraint(name="usual_item_has_a_title", condition=~models.Q(title="")),
            models.CheckConstraint(
                name="usual_item_takes_at_most_a_day", condition=models.Q(minutes__lte=LONGEST_MINUTES)
            ),
        ]

    def __str__(self) -> str:
        return self.title


class AgendaLink(models.Model):
    """A link by which anybody who holds it may ask for an item on the agenda of one call, until `expires_at`."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="agenda_links")
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    made_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting"], condition=models.Q(revoked_at=None), name="one_open_agenda_link_per_meeting"
            ),
        ]

    def __str__(self) -> str:
        return f"Link to the agenda of meeting {self.meeting_id}"
