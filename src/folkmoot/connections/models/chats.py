"""Coffee chats: programmes, rounds, and what became of the conversations."""

from __future__ import annotations

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from folkmoot.groups.models import Group
from folkmoot.people.models import Person

LONGEST_NAME = 80
MOST_WEEKS = 12
WORKING_DAYS = (0, 1, 2, 3, 4)


def working_days() -> list[int]:
    return list(WORKING_DAYS)


class Near(models.TextChoices):
    """Whom somebody would rather meet; a wish, and no more."""

    ANYWHERE = "anywhere", _("Anywhere in the world")
    NEAR = "near", _("Rather in my part of the world")


class Answer(models.TextChoices):
    """What somebody says of a conversation; empty as long as they have said nothing."""

    YES = "yes", _("We talked")
    NOT_YET = "not_yet", _("Not yet")
    NO = "no", _("It will not happen")


class Missed(models.TextChoices):
    """Why there was nobody for somebody in a round (`domain.matching.Why`, or that nobody else was in it)."""

    NO_SHARED_HOURS = "no_shared_hours", _("nobody had hours in common with yours")
    NOBODY_FREE = "nobody_free", _("there was nobody left for you")
    ALONE = "alone", _("you were the only one")


class ChatProgramme(models.Model):
    """Chats of a group, or of everybody where there is none, drawn every so many weeks.

    `next_draw` is the day of the next draw in the organisation's zone, `warned_of` the one of which people were told
    beforehand; `seed` is the text by which equals are parted. One that has ended draws nothing any more.
    """

    group = models.ForeignKey(Group, on_delete=models.PROTECT, null=True, blank=True, related_name="chat_programmes")
    name = models.CharField(max_length=LONGEST_NAME)
    weeks = models.PositiveSmallIntegerField()
    weekday = models.PositiveSmallIntegerField()
    has_trios = models.BooleanField(default=True)
    minutes = models.PositiveSmallIntegerField(default=30)
    seed = models.CharField(max_length=64)
    next_draw = models.DateField()
    warned_of = models.DateField(null=True, blank=True)
    made_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["name", "pk"]
        constraints = [
            models.CheckConstraint(
                name="chats_come_every_few_weeks", condition=models.Q(weeks__gte=1, weeks__lte=MOST_WEEKS)
            ),
            models.CheckConstraint(name="chats_are_drawn_on_a_weekday", condition=models.Q(weekday__lte=6)),
            models.CheckConstraint(name="chats_have_a_seed", condition=~models.Q(seed="")),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("chat_programme", args=[self.pk])


class ChatPart(models.Model):
    """Somebody who takes part in a programme, by their own wish.

    `weekdays` are those on which chats suit (0 = Monday); `skips` is the day of a draw that they leave out, and until
    `paused_until` they leave out all. `passed_over` counts the rounds in a row in which there was nobody for them.
    """

    programme = models.ForeignKey(ChatProgramme, on_delete=models.CASCADE, related_name="parts")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="chat_parts")
    weekdays = models.JSONField(default=working_days)
    near = models.CharField(max_length=8, choices=Near, default=Near.ANYWHERE)
    welcomes = models.BooleanField(default=False)
    skips = models.DateField(null=True, blank=True)
    paused_until = models.DateField(null=True, blank=True)
    passed_over = models.PositiveSmallIntegerField(default=0)
    began_at = models.DateTimeField()

    class Meta:
        ordering = ["programme", "pk"]
        constraints = [
            models.UniqueConstraint(name="takes_part_in_chats_once", fields=["programme", "person"]),
        ]

    def __str__(self) -> str:
        return f"Person {self.person_id} in chats {self.programme_id}"


class ChatRound(models.Model):
    """One draw of a programme: the chats are for the days from `on` until before `ends_on`.

    `asked_at` is when people were asked whether their chats happened.
    """

    programme = models.ForeignKey(ChatProgramme, on_delete=models.CASCADE, related_name="rounds")
    number = models.PositiveIntegerField()
    on = models.DateField()
    ends_on = models.DateField()
    drawn_at = models.DateTimeField()
    asked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["programme", "number"]
        constraints = [
            models.UniqueConstraint(name="round_of_chats_is_drawn_once", fields=["programme", "number"]),
            models.UniqueConstraint(name="chats_are_drawn_once_a_day", fields=["programme", "on"]),
            models.CheckConstraint(name="round_of_chats_has_days", condition=models.Q(ends_on__gt=models.F("on"))),
        ]

    def __str__(self) -> str:
        return f"Round {self.number} of chats {self.programme_id}"


class ChatConversation(models.Model):
    """Two or three people who were brought together, and why.

    `reasons` is a list of `{"good", "places", "topics", "minutes"}` (`domain.matching.Reason`); `places` are those of
    the seats, so that nobody's key stands in it.
    """

    round = models.ForeignKey(ChatRound, on_delete=models.CASCADE, related_name="conversations")
    reasons = models.JSONField(default=list)

    class Meta:
        ordering = ["round", "pk"]

    def __str__(self) -> str:
        return f"Conversation {self.pk} of round {self.round_id}"

    def get_absolute_url(self) -> str:
        return f"{reverse('chats')}#chat-{self.pk}"


class ChatSeat(models.Model):
    """What a round brought somebody: a conversation, with what they say of it; or nobody this time, and why."""

    round = models.ForeignKey(ChatRound, on_delete=models.CASCADE, related_name="seats")
    conversation = models.ForeignKey(
        ChatConversation, on_delete=models.CASCADE, null=True, blank=True, related_name="seats"
    )
    place = models.PositiveSmallIntegerField(default=0)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="chat_seats")
    missed = models.CharField(max_length=16, choices=Missed, blank=True)
    answer = models.CharField(max_length=8, choices=Answer, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["round", "conversation", "place"]
        constraints = [
            models.UniqueConstraint(name="one_seat_in_a_round_of_chats", fields=["round", "person"]),
            models.UniqueConstraint(name="one_at_a_place_of_a_chat", fields=["conversation", "place"]),
            models.CheckConstraint(
                name="chat_or_why_there_is_none",
                condition=models.Q(conversation__isnull=False, missed="")
                | (models.Q(conversation=None, answer="") & ~models.Q(missed="")),
            ),
        ]

    def __str__(self) -> str:
        return f"Person {self.person_id} in round {self.round_id}"
