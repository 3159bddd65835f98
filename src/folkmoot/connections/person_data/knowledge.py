"""What is kept about people who write articles, look after them, or say whether they helped."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from folkmoot.connections.models.knowledge import Article, ArticleHelp, ArticleVersion
from folkmoot.people.person_data import PRIVATE, Pointers, Rows, offer


def fill() -> None:
    """Answer for every model of this part that points at a person."""
    offer(
        "connections.articles_kept",
        Pointers(_("Articles you look after"), Article, "keeper", lambda one: {"title": one.title}),
    )
    offer(
        "connections.article_versions",
        Pointers(_("Words of articles that you wrote"), ArticleVersion, "written_by", _version),
    )
    offer(
        "connections.article_help",
        Rows(
            _("Whether articles helped you"),
            ArticleHelp,
            "person",
            lambda one: {"article": one.article.title, "helped": one.helped},
            seen_by=PRIVATE,
            fetched=("article",),
        ),
    )


def _version(version: ArticleVersion) -> dict[str, Any]:
    return {
        "title": version.title,
        "question": version.question,
        "answer": version.answer,
        "why": version.why,
        "written_at": version.written_at.isoformat(),
    }
