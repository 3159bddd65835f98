"""What people are told about an election, written ahead and sent on its day."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from folkmoot.governance.models.elections import Election

LONGEST_SUBJECT = 200
LONGEST_MESSAGE = 6000


class MessageState(models.TextChoices):
    """How far a message has come. One that is `sending` goes on where it stopped."""

    WAITING = "waiting", _("waits for its day")
    SENDING = "sending", _("is being sent")
    SENT = "sent", _("sent")
    LEFT_OUT = "left_out", _("left out")


class ElectionMessage(models.Model):
    """One message of an election; `kind` is a name in `election_messages.MESSAGES`.

    Subject and words are empty while nobody wrote their own: then those that the kind suggests are sent, with the days
    as they are. `due_on` follows the days of the election unless `has_own_day`. `is_stale` says that days moved after
    somebody wrote their own words: it waits until they were looked over. `reached` is the number of the last person
    whom it went to, by which an interrupted sending goes on; `people` counts them.
    """

    election = models.ForeignKey(Election, on_delete=models.CASCADE, related_name="messages")
    kind = models.CharField(max_length=40)
    subject = models.CharField(max_length=LONGEST_SUBJECT, blank=True)
    words = models.TextField(max_length=LONGEST_MESSAGE, blank=True)
    due_on = models.DateField()
    has_own_day = models.BooleanField(default=False)
    is_stale = models.BooleanField(default=False)
    state = models.CharField(max_length=8, choices=MessageState.choices, default=MessageState.WAITING)
    reached = models.BigIntegerField(default=0)
    people = models.PositiveIntegerField(default=0)
    sent_at = models.DateTimeField(null=True, blank=True)
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["election", "due_on", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["election", "kind"], name="election_has_one_message_of_a_kind"),
            models.CheckConstraint(
                name="message_that_was_sent_has_its_time",
                condition=models.Q(state="sent", sent_at__isnull=False)
                | (~models.Q(state="sent") & models.Q(sent_at__isnull=True)),
            ),
        ]
        indexes = [
            models.Index(
                fields=["due_on"],
                name="election_message_due",
                condition=models.Q(state__in=("waiting", "sending")),
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} of {self.election_id}"

    @property
    def is_open(self) -> bool:
        return self.state in (MessageState.WAITING, MessageState.SENDING)
