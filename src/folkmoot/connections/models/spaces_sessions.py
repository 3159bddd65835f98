"""Sessions on one subject: notes on a question, gathered into themes, on which people put dots."""

from __future__ import annotations

from typing import Final

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from folkmoot.connections.models.spaces_circles import Circle
from folkmoot.groups.models import Group
from folkmoot.people.models import Person

LONGEST_TITLE: Final = 120
LONGEST_PROMPT: Final = 240
LONGEST_NOTE: Final = 280
LONGEST_THEME: Final = 80
LONGEST_SUMMARY: Final = 12_000
LONGEST_PLACE: Final = 500
MOST_PROMPTS: Final = 3
MOST_NOTES: Final = 40
"""How many notes one person may write in a session, so that one does not fill the wall."""
MOST_THEMES: Final = 24
MOST_DOTS: Final = 10


class SessionState(models.TextChoices):
    """How far a session is."""

    GATHERING = "gathering", _("Writing notes")
    CLUSTERING = "clustering", _("Finding themes")
    VOTING = "voting", _("Choosing with dots")
    SUMMARY = "summary", _("Writing the summary")
    PUBLISHED = "published", _("Published")


class SummaryFor(models.TextChoices):
    """Who may read a published summary."""

    THOSE_INVITED = "invited", _("Those who could take part")
    HERE = "here", _("Everyone who is signed in")
    EVERYONE = "everyone", _("Everyone, also without an account")


class ThemeSession(models.Model):
    """A session on one subject, of a circle, of a group, or of everyone who is signed in (neither).

    `prompts` are the questions that notes answer, in order. Each person has `dots` to put on themes. While it is voted
    nobody sees how many dots there are; when voting closes they are counted into the themes, `voters` says of how many
    people, and who put which is forgotten. `board_version` counts changes of the themes, `summary_version` those of the
    summary.
    """

    circle = models.ForeignKey(Circle, on_delete=models.PROTECT, null=True, blank=True, related_name="sessions")
    group = models.ForeignKey(Group, on_delete=models.PROTECT, null=True, blank=True, related_name="theme_sessions")
    title = models.CharField(max_length=LONGEST_TITLE)
    prompts = models.JSONField(default=list)
    starts_at = models.DateTimeField(null=True, blank=True)
    zone = models.CharField(max_length=64)
    place = models.CharField(max_length=LONGEST_PLACE, blank=True)
    dots = models.PositiveSmallIntegerField(default=3)
    state = models.CharField(max_length=10, choices=SessionState.choices, default=SessionState.GATHERING)
    board_version = models.PositiveIntegerField(default=1)
    voters = models.PositiveIntegerField(null=True, blank=True)
    summary = models.TextField(max_length=LONGEST_SUMMARY, blank=True)
    summary_version = models.PositiveIntegerField(default=1)
    readers = models.CharField(max_length=8, choices=SummaryFor.choices, default=SummaryFor.THOSE_INVITED)
    published_at = models.DateTimeField(null=True, blank=True)
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.CheckConstraint(name="session_has_a_title", condition=~models.Q(title="")),
            models.CheckConstraint(
                name="session_is_of_one_place", condition=models.Q(circle=None) | models.Q(group=None)
            ),
            models.CheckConstraint(
                name="session_gives_some_dots", condition=models.Q(dots__gte=1, dots__lte=MOST_DOTS)
            ),
            models.CheckConstraint(
                name="published_session_has_its_day",
                condition=models.Q(state=SessionState.PUBLISHED, published_at__isnull=False)
                | (~models.Q(state=SessionState.PUBLISHED) & models.Q(published_at=None)),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("theme_session", args=[self.pk])

    @property
    def home(self) -> Group | None:
        """The group that it belongs to, also by its circle; needs `circle__group` and `group` at hand."""
        return self.circle.group if self.circle is not None else self.group

    @property
    def place_is_link(self) -> bool:
        return self.place.startswith("https://")

    @property
    def shows_results(self) -> bool:
        """Whether voting is closed, so that dots may be seen."""
        return self.state in (SessionState.SUMMARY, SessionState.PUBLISHED)


class SessionHost(models.Model):
    """Who hosts a session; several may."""

    session = models.ForeignKey(ThemeSession, on_delete=models.CASCADE, related_name="hosts")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")

    class Meta:
        ordering = ["session", "pk"]
        constraints = [models.UniqueConstraint(name="one_hosts_a_session_once", fields=["session", "person"])]

    def __str__(self) -> str:
        return f"{self.person_id} hosts session {self.session_id}"


class Theme(models.Model):
    """What several notes have in common. `counted` is the number of its dots, known once voting is closed."""

    session = models.ForeignKey(ThemeSession, on_delete=models.CASCADE, related_name="themes")
    name = models.CharField(max_length=LONGEST_THEME)
    counted = models.PositiveIntegerField(null=True, blank=True)

    class Meta:
        ordering = ["session", "pk"]
        constraints = [
            models.UniqueConstraint(name="theme_name_is_unique", fields=["session", "name"]),
            models.CheckConstraint(name="theme_has_a_name", condition=~models.Q(name="")),
        ]

    def __str__(self) -> str:
        return self.name


class ThemeNote(models.Model):
    """A note on the prompt number `prompt` (from 0). With `is_unsigned` nobody sees who wrote it, hosts included.

    `author` is kept so that whoever wrote it can take it back; it is None once that person is forgotten.
    """

    session = models.ForeignKey(ThemeSession, on_delete=models.CASCADE, related_name="notes")
    author = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="theme_notes")
    prompt = models.PositiveSmallIntegerField(default=0)
    text = models.CharField(max_length=LONGEST_NOTE)
    is_unsigned = models.BooleanField(default=False)
    theme = models.ForeignKey(Theme, on_delete=models.SET_NULL, null=True, blank=True, related_name="notes")
    written_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["session", "pk"]
        constraints = [models.CheckConstraint(name="theme_note_says_something", condition=~models.Q(text=""))]

    def __str__(self) -> str:
        return f"note {self.pk} in session {self.session_id}"


class Dot(models.Model):
    """One dot of one person on a theme, known by its number: so the database itself keeps anybody from more.

    Kept only while voting is open.
    """

    session = models.ForeignKey(ThemeSession, on_delete=models.CASCADE, related_name="dots_given")
    theme = models.ForeignKey(Theme, on_delete=models.CASCADE, related_name="dots_given")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    number = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["session", "person", "number"]
        constraints = [
            models.UniqueConstraint(name="dot_is_given_once", fields=["session", "person", "number"]),
            models.CheckConstraint(name="dot_is_one_of_few", condition=models.Q(number__gte=1, number__lte=MOST_DOTS)),
        ]

    def __str__(self) -> str:
        return f"dot {self.number} in session {self.session_id}"
