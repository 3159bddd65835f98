"""Reading articles: all of them, one, whether it helped, and how its words came about."""

from __future__ import annotations

import hashlib

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from folkmoot.connections.actions.knowledge import say_helped
from folkmoot.connections.forms.knowledge import HelpedForm
from folkmoot.connections.knowledge_page import ON_A_PAGE, list_page, shown_article, words_changed
from folkmoot.connections.models.knowledge import Article
from folkmoot.connections.rules.knowledge import may_edit_article, may_read_article
from folkmoot.groups.models import Group
from folkmoot.kit.errors import Refused
from folkmoot.kit.verdict import require
from folkmoot.people.guards import limited
from folkmoot.people.kept_pages import kept_for_strangers
from folkmoot.people.reader import person_of, signed_in
from folkmoot.ui.form_pages import form_page
from folkmoot.ui.messages import say

MOST_ANSWERS = "30/h"


@require_safe
@kept_for_strangers
def everything(request: HttpRequest) -> HttpResponse:
    """All articles that a reader may see, by title, of one topic or with some words where that is asked."""
    return render(request, "connections/knowledge/list.html", list_page(request.GET, person_of(request), None))


@require_safe
@kept_for_strangers
def of_group(request: HttpRequest, slug: str) -> HttpResponse:
    """The same of one group."""
    group = get_object_or_404(Group, slug=slug)
    return render(request, "connections/knowledge/of_group.html", list_page(request.GET, person_of(request), group))


@require_safe
@kept_for_strangers
def article(request: HttpRequest, pk: int) -> HttpResponse:
    """One article; the address of one that was merged leads on."""
    reader = person_of(request)
    found = get_object_or_404(Article.objects.select_related("group", "keeper", "merged_into"), pk=pk)
    if found.merged_into is not None and may_read_article(reader, found.merged_into):
        return redirect(found.merged_into, permanent=False)
    if not may_read_article(reader, found):
        raise Http404
    return render(request, "connections/knowledge/article.html", {"page": shown_article(found, reader)})


def article_to_read(request: HttpRequest, pk: int) -> Article:
    """The article as far as this reader may know of it; 404 otherwise."""
    found = get_object_or_404(Article.objects.select_related("group", "keeper"), pk=pk)
    if not may_read_article(person_of(request), found):
        raise Http404
    return found


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def helped(request: HttpRequest, pk: int) -> HttpResponse:
    """Whether an article helped: from the page for those who are signed in, from here for everybody else."""
    found, person = article_to_read(request, pk), person_of(request)
    form = HelpedForm(request.POST or None)
    if request.method != "POST":
        return form_page(request, "connections/knowledge/helped.html", form, article=found)
    if person is not None:
        said = request.POST.get("helped")
        if said not in ("yes", "no"):
            raise Refused(_("Please say yes or no."), code="invalid")
        say_helped(found, said == "yes", by=person)
    else:
        form = HelpedForm(request.POST)
        if not form.is_valid():
            return form_page(request, "connections/knowledge/helped.html", form, article=found)
        if not form.trapped and not limited(request, "article_helped", MOST_ANSWERS):
            say_helped(found, form.cleaned_data["helped"] == "yes", by=None, session=_session(request))
    say(request, _("Thank you. Whoever looks after the article reads how many it helped, not whom."))
    return redirect(found)


def _session(request: HttpRequest) -> str:
    """A digest of the session, which begins now where there is none."""
    if request.session.session_key is None:
        request.session.create()
    return hashlib.sha256(f"article {request.session.session_key}".encode()).hexdigest()


@require_safe
@never_cache
@login_required
def versions(request: HttpRequest, pk: int) -> HttpResponse:
    """How an article came about: each version with its writer, and what it changed; for those who edit it."""
    found = article_to_read(request, pk)
    require(may_edit_article(signed_in(request), found))
    page = Paginator(found.versions.select_related("written_by").order_by("-number"), ON_A_PAGE).get_page(
        request.GET.get("page")
    )
    context = {"article": found, "page": page, "changes": words_changed(found, list(page))}
    return render(request, "connections/knowledge/versions.html", context)
