"""What articles show on the pages of others: a way to them, and to be found."""

from __future__ import annotations

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from folkmoot.connections.hub import add_way
from folkmoot.connections.models.knowledge import Article
from folkmoot.connections.queries.knowledge import articles_for, readable
from folkmoot.groups.models import Group
from folkmoot.people.domain.seeking import Words
from folkmoot.people.reader import signed_in
from folkmoot.people.searching import Candidate, Search, Seeker, beginning, likely, offer
from folkmoot.ui.slots import FOOTER, MenuLine

SHOWN = 4


def fill() -> None:
    """Hang them where they belong."""
    add_way("knowledge", way, order=90)
    FOOTER.register("knowledge", MenuLine(_("Knowledge"), "knowledge"), order=25, by=__name__)
    offer(Search("articles", _("Knowledge"), found), order=45, by=__name__)


def way(request: HttpRequest, group: Group | None) -> SafeString:
    """The articles looked through last, of one group or of all; one query."""
    articles = list(articles_for(signed_in(request), group).order_by("-looked_at", "-pk")[:SHOWN])
    all_of_them = reverse("group_knowledge", args=[group.slug]) if group else reverse("knowledge")
    context = {"articles": articles, "group": group, "all_of_them": all_of_them}
    return render_to_string("connections/knowledge/way.html", context, request)


def found(seeker: Seeker, words: Words) -> list[Candidate]:
    """Articles that somebody may read."""
    articles = Article.objects.filter(readable(seeker), retired_at=None).order_by("-looked_at", "-pk")
    rows = (
        likely(articles, words, "title", "question", "answer")
        .annotate(asked=beginning("question"), said=beginning("answer"))
        .values_list("pk", "title", "asked", "said", "looked_at", "group__name")
    )
    return [
        Candidate(f"article:{pk}", title, "article", (pk,), (asked, said), where or "", on)
        for pk, title, asked, said, on, where in rows
    ]
