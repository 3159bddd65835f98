"""What people hear of articles: that one they look after was not looked through for a year, or may no longer hold."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from folkmoot.connections.models.knowledge import Article
from folkmoot.notices.kinds import TOPICS, Notice, Topic

TOPICS.register(
    "knowledge",
    Topic(gettext_lazy("Knowledge"), gettext_lazy("Articles you look after that may no longer hold")),
    order=120,
    by=__name__,
)


@dataclass(frozen=True)
class ArticleIsStale(Notice):
    """To its keeper, or to those who lead where it has none: nobody has looked through it for a year."""

    kind = "connections.article_is_stale"
    topic = "knowledge"

    article: Article

    def subject(self) -> str:
        return _("Does “%(title)s” still hold?") % {"title": self.article.title}

    def path(self) -> str:
        return self.article.get_absolute_url()

    def action(self) -> str:
        return _("Look through it")

    def once(self) -> str:
        return f"article {self.article.pk} since {self.article.looked_at.isoformat()}"


@dataclass(frozen=True)
class ArticleMayBeOutdated(Notice):
    """To its keeper: somebody says that it no longer holds, and why."""

    kind = "connections.article_may_be_outdated"
    topic = "knowledge"

    article: Article

    def subject(self) -> str:
        return _("“%(title)s” may no longer hold") % {"title": self.article.title}

    def path(self) -> str:
        return self.article.get_absolute_url()

    def action(self) -> str:
        return _("See the article")
