"""Articles: questions that were answered once, with their versions, and whether they helped."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from folkmoot.groups.models import Group
from folkmoot.people.models import Person

LONGEST_TITLE = 150
LONGEST_QUESTION = 2_000
LONGEST_ANSWER = 20_000
LONGEST_TOPIC = 40
LONGEST_REMARK = 300
MOST_TOPICS = 6
GOOD_FOR = timedelta(days=365)
"""So long an article is taken to hold since somebody last looked through it."""


class ArticleSeen(models.TextChoices):
    """Who reads an article."""

    GROUP = "group", _("People of the group")
    SIGNED_IN = "signed_in", _("Everyone who is signed in")
    EVERYONE = "everyone", _("Everybody, also on the open web")


class Article(models.Model):
    """A question and its answer, in Markdown, of a group or (without one) of the organisation.

    `topics` are words as they were written. `keeper` looks after it; `looked_at` is the day on which somebody last
    looked through it, and `asked_on` that on which somebody was asked to since. `outdated_because` is why somebody says
    that it no longer holds. One that was retired is read by those who may edit it; one that was merged leads to
    `merged_into`. `source` is the key of what it was made from, once ("request:12"). `number` is that of its newest
    version, whose words it has.
    """

    group = models.ForeignKey(Group, on_delete=models.PROTECT, null=True, blank=True, related_name="articles")
    title = models.CharField(max_length=LONGEST_TITLE)
    question = models.TextField(max_length=LONGEST_QUESTION)
    answer = models.TextField(max_length=LONGEST_ANSWER)
    topics = models.JSONField(default=list, blank=True)
    seen = models.CharField(max_length=9, choices=ArticleSeen.choices)
    number = models.PositiveIntegerField(default=1)
    keeper = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="articles_kept")
    made_at = models.DateTimeField(auto_now_add=True)
    looked_at = models.DateField()
    asked_on = models.DateField(null=True, blank=True)
    outdated_because = models.CharField(max_length=LONGEST_REMARK, blank=True)
    retired_at = models.DateTimeField(null=True, blank=True)
    merged_into = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="merged_from")
    source = models.CharField(max_length=60, blank=True)

    class Meta:
        ordering = ["title", "pk"]
        indexes = [models.Index(fields=["group", "retired_at"], name="article_of_a_group")]
        constraints = [
            models.CheckConstraint(
                name="article_has_its_words",
                condition=~models.Q(title="") & ~models.Q(question="") & ~models.Q(answer=""),
            ),
            models.CheckConstraint(
                name="article_for_a_group_has_one",
                condition=~models.Q(seen=ArticleSeen.GROUP) | models.Q(group__isnull=False),
            ),
            models.CheckConstraint(
                name="article_is_not_merged_into_itself", condition=~models.Q(merged_into=models.F("id"))
            ),
            models.CheckConstraint(
                name="merged_article_is_retired",
                condition=models.Q(merged_into=None) | models.Q(retired_at__isnull=False),
            ),
            models.UniqueConstraint(
                name="one_article_of_one_source", fields=["source"], condition=~models.Q(source="")
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("article", args=[self.pk])

    @property
    def is_retired(self) -> bool:
        return self.retired_at is not None

    @property
    def is_public(self) -> bool:
        return self.seen == ArticleSeen.EVERYONE

    def is_stale(self, today: date) -> bool:
        """Whether nobody has looked through it for a year."""
        return self.looked_at <= today - GOOD_FOR


class ArticleVersion(models.Model):
    """The words of an article from one change to the next, and why they were changed."""

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=LONGEST_TITLE)
    question = models.TextField(max_length=LONGEST_QUESTION)
    answer = models.TextField(max_length=LONGEST_ANSWER)
    why = models.CharField(max_length=LONGEST_REMARK, blank=True)
    written_by = models.ForeignKey(
        Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="article_versions"
    )
    written_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["article", "-number"]
        constraints = [
            models.UniqueConstraint(name="article_version_is_there_once", fields=["article", "number"]),
        ]

    def __str__(self) -> str:
        return f"{self.title}, version {self.number}"


class ArticleHelp(models.Model):
    """Whether an article helped one person, or one browser that nobody is signed in with (`session`, a digest)."""

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="said_to_help")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, null=True, blank=True, related_name="articles_rated")
    session = models.CharField(max_length=64, blank=True)
    helped = models.BooleanField()
    said_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["article", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="person_says_once_whether_it_helped",
                fields=["article", "person"],
                condition=models.Q(person__isnull=False),
            ),
            models.UniqueConstraint(
                name="session_says_once_whether_it_helped",
                fields=["article", "session"],
                condition=~models.Q(session=""),
            ),
            models.CheckConstraint(
                name="somebody_says_whether_it_helped",
                condition=models.Q(person__isnull=False, session="") | (models.Q(person=None) & ~models.Q(session="")),
            ),
        ]

    def __str__(self) -> str:
        return f"Article {self.article_id} {'helped' if self.helped else 'did not help'}"
