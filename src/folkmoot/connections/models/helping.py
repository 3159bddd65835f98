"""Help desks, what is asked there, and what becomes of it."""

from __future__ import annotations

from django.db import models
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from folkmoot.connections.domain.help_promises import Escalation, Promise, opening
from folkmoot.connections.domain.opening import Opening
from folkmoot.groups.models import Group
from folkmoot.kit import public_holidays
from folkmoot.people.models import Person

LONGEST_TITLE = 150
LONGEST_TEXT = 8000
LONGEST_TOPIC = 60
LONGEST_REASON = 500
MOST_TOPICS = 20


class Urgency(models.TextChoices):
    """How urgent a request is, the most urgent first."""

    CRITICAL = "critical", _("Nothing goes on without it")
    HIGH = "high", _("It holds up what I do today")
    MEDIUM = "medium", _("I need it this week")
    LOW = "low", _("When somebody has time")


class HelpDesk(models.Model):
    """Where one asks for help: of a group, or of the whole organisation where there is none.

    `week` holds for each weekday (Monday first) pairs of minutes from and until, `holidays` pairs of a country and its
    part, `closed_days` ISO dates; they count where not `around_the_clock`. `promises` and `steps` are those of
    `domain.help_promises`. A request whose asker says nothing for `quiet_days` closes by itself.
    """

    group = models.OneToOneField(Group, on_delete=models.PROTECT, null=True, blank=True, related_name="help_desk")
    is_on = models.BooleanField(default=True)
    about = models.CharField(max_length=LONGEST_REASON, blank=True)
    topics = models.JSONField(default=list)
    around_the_clock = models.BooleanField(default=False)
    zone = models.CharField(max_length=64)
    week = models.JSONField(default=list)
    holidays = models.JSONField(default=list)
    closed_days = models.JSONField(default=list)
    promises = models.JSONField(default=list)
    steps = models.JSONField(default=list)
    quiet_days = models.PositiveSmallIntegerField(default=7)
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["group__name", "pk"]
        constraints = [
            models.UniqueConstraint(
                Coalesce("group", models.Value(0), output_field=models.BigIntegerField()),
                name="one_help_desk_for_all",
            ),
            models.CheckConstraint(name="help_desk_waits_some_days", condition=models.Q(quiet_days__gte=1)),
        ]

    def __str__(self) -> str:
        return f"Help desk of group {self.group_id}" if self.group_id else "Help desk of the organisation"

    @property
    def name(self) -> str:
        """Whose it is, in words."""
        return self.group.name if self.group is not None else str(_("Everybody"))

    def get_absolute_url(self) -> str:
        return self.address("")

    def address(self, what: str) -> str:
        """The address of one of its pages: nothing for itself, else `ask`, `settings` or `numbers`."""
        name = f"help_{what}" if what else "help_desk"
        return reverse(f"group_{name}", args=[self.group.slug]) if self.group is not None else reverse(name)

    @property
    def opening(self) -> Opening | None:
        """Its hours; None around the clock. A country whose holidays are known no more has none."""
        if self.around_the_clock:
            return None
        known = public_holidays.countries()
        places = [place for place in self.holidays if place[1] in ("", *known.get(place[0], ())) and place[0] in known]
        return opening(self.zone, self.week, places, self.closed_days)

    @property
    def promised(self) -> dict[str, Promise]:
        """What it promises, by urgency."""
        return {one["key"]: Promise.of(one) for one in self.promises}

    @property
    def escalations(self) -> tuple[Escalation, ...]:
        return tuple(Escalation.of(key) for key in self.steps)


class DeskHelper(models.Model):
    """Somebody who answers at a desk; with `most` open requests they are full."""

    desk = models.ForeignKey(HelpDesk, on_delete=models.CASCADE, related_name="helpers")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="helps_at")
    most = models.PositiveSmallIntegerField(default=3)
    since = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["desk", "pk"]
        constraints = [models.UniqueConstraint(name="helps_at_a_desk_once", fields=["desk", "person"])]

    def __str__(self) -> str:
        return f"Person {self.person_id} at desk {self.desk_id}"


class HelpState(models.TextChoices):
    """How far a request has come."""

    OPEN = "open", _("open")
    ASKED_BACK = "asked_back", _("waits for whoever asked")
    SOLVED = "solved", _("solved, to be confirmed")
    CLOSED = "closed", _("closed")


class ClosedBecause(models.TextChoices):
    """Why a request is closed."""

    CONFIRMED = "confirmed", _("whoever asked said that it is solved")
    QUIET = "quiet", _("nobody said anything for a while")
    TAKEN_BACK = "taken_back", _("whoever asked needs it no more")
    DUPLICATE = "duplicate", _("it was asked before")


class HelpRequest(models.Model):
    """What somebody asked. `promise` is what its desk promised for its urgency when it was asked or changed last.

    The clock of the first answer stops at `answered_at`, the one of the solution at `solved_at`; while `pauses` last
    both stand still. `answer_took` is how many seconds counted until the first answer. `once` is the mark of the form
    with which it was asked, so that it is asked once.
    """

    desk = models.ForeignKey(HelpDesk, on_delete=models.PROTECT, related_name="requests")
    asker = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="help_requests")
    title = models.CharField(max_length=LONGEST_TITLE)
    text = models.TextField(max_length=LONGEST_TEXT, blank=True)
    topic = models.CharField(max_length=LONGEST_TOPIC, blank=True)
    urgency = models.CharField(max_length=8, choices=Urgency.choices)
    promise = models.JSONField(default=dict)
    is_private = models.BooleanField(default=False)
    state = models.CharField(max_length=10, choices=HelpState.choices, default=HelpState.OPEN)
    owner = models.ForeignKey(
        Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="help_requests_owned"
    )
    asked_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)
    answer_took = models.PositiveIntegerField(null=True, blank=True)
    solved_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_because = models.CharField(max_length=10, choices=ClosedBecause.choices, blank=True)
    last_said_at = models.DateTimeField()
    accepted = models.ForeignKey(
        "HelpMessage", on_delete=models.SET_NULL, null=True, blank=True, related_name="accepted_for"
    )
    same_as = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, blank=True, related_name="asked_again")
    once = models.CharField(max_length=64, null=True, blank=True)

    class Meta:
        ordering = ["-asked_at", "-pk"]
        indexes = [models.Index(fields=["state", "answered_at"], name="help_request_by_state")]
        constraints = [
            models.UniqueConstraint(name="help_is_asked_once_by_a_form", fields=["asker", "once"]),
            models.CheckConstraint(
                name="help_request_is_closed_with_its_time",
                condition=models.Q(state=HelpState.CLOSED, closed_at__isnull=False)
                | (~models.Q(state=HelpState.CLOSED) & models.Q(closed_at=None, closed_because="")),
            ),
            models.CheckConstraint(
                name="help_request_is_answered_with_its_time",
                condition=models.Q(answered_at=None, answer_took=None)
                | models.Q(answered_at__isnull=False, answer_took__isnull=False),
            ),
            models.CheckConstraint(name="help_request_is_not_itself", condition=~models.Q(same_as=models.F("id"))),
        ]

    def __str__(self) -> str:
        return f"Help request {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("help_request", args=[self.pk])

    @property
    def heading(self) -> str:
        """Its title; words for one whose asker was erased."""
        return self.title or str(_("A question of somebody who left"))

    @property
    def promised(self) -> Promise:
        return Promise.of(self.promise)

    @property
    def is_open(self) -> bool:
        """Whether helpers have something to do or to wait for."""
        return self.state in (HelpState.OPEN, HelpState.ASKED_BACK)

    @property
    def is_solved(self) -> bool:
        """Whether there is an answer that helped, to be confirmed or confirmed."""
        return self.solved_at is not None


class MessageSort(models.TextChoices):
    """What a line of a conversation is."""

    SAID = "said", _("said")
    URGENCY = "urgency", _("changed the urgency")


class HelpMessage(models.Model):
    """A line of the conversation of a request; for a change of `urgency`, `text` is the reason."""

    request = models.ForeignKey(HelpRequest, on_delete=models.CASCADE, related_name="messages")
    by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="help_messages")
    sort = models.CharField(max_length=7, choices=MessageSort.choices, default=MessageSort.SAID)
    is_answer = models.BooleanField(default=False)
    urgency = models.CharField(max_length=8, choices=Urgency.choices, blank=True)
    text = models.TextField(max_length=LONGEST_TEXT, blank=True)
    said_at = models.DateTimeField()

    class Meta:
        ordering = ["request", "said_at", "pk"]

    def __str__(self) -> str:
        return f"Message {self.pk} of help request {self.request_id}"


class HelpPause(models.Model):
    """While helpers wait for whoever asked, and from a solution until it turned out to be none."""

    request = models.ForeignKey(HelpRequest, on_delete=models.CASCADE, related_name="pauses")
    began_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["request", "began_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="help_request_pauses_once_at_a_time", fields=["request"], condition=models.Q(ended_at=None)
            ),
            models.CheckConstraint(
                name="help_pause_ends_after_it_began",
                condition=models.Q(ended_at=None) | models.Q(ended_at__gte=models.F("began_at")),
            ),
        ]

    def __str__(self) -> str:
        return f"Pause {self.pk} of help request {self.request_id}"


class HelpEscalation(models.Model):
    """A step that was taken, once: the row is what makes it so."""

    request = models.ForeignKey(HelpRequest, on_delete=models.CASCADE, related_name="steps_taken")
    key = models.CharField(max_length=40)
    taken_at = models.DateTimeField()

    class Meta:
        ordering = ["request", "pk"]
        constraints = [models.UniqueConstraint(name="help_step_is_taken_once", fields=["request", "key"])]

    def __str__(self) -> str:
        return f"{self.key} of help request {self.request_id}"


class HelpWish(models.Model):
    """Somebody was asked whether they can answer a request."""

    request = models.ForeignKey(HelpRequest, on_delete=models.CASCADE, related_name="wishes")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="help_wishes")
    asked_at = models.DateTimeField()

    class Meta:
        ordering = ["request", "pk"]
        constraints = [models.UniqueConstraint(name="asked_for_help_once", fields=["request", "person"])]

    def __str__(self) -> str:
        return f"Person {self.person_id} asked for help request {self.request_id}"


class Face(models.TextChoices):
    """How well somebody was helped."""

    WELL = "well", _("It helped")
    PARTLY = "partly", _("It helped a little")
    NOT = "not", _("It did not help")


class HelpFeedback(models.Model):
    """What whoever asked says of the help they got."""

    request = models.OneToOneField(HelpRequest, on_delete=models.CASCADE, related_name="feedback")
    face = models.CharField(max_length=6, choices=Face.choices)
    text = models.CharField(max_length=LONGEST_REASON, blank=True)
    given_at = models.DateTimeField()

    class Meta:
        ordering = ["-given_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.face} for help request {self.request_id}"
