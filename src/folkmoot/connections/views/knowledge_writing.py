"""Writing articles, and what those do who look after them."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from folkmoot.connections.actions.knowledge import (
    bring_back,
    change_article,
    flag_outdated,
    look_through,
    merge_article,
    retire_article,
    write_article,
)
from folkmoot.connections.forms.knowledge import ArticleForm, MergeForm, OutdatedForm
from folkmoot.connections.models.knowledge import Article
from folkmoot.connections.prefill import prefilled, source_of
from folkmoot.connections.queries.knowledge import articles_for
from folkmoot.connections.rules.knowledge import may_edit_article, may_lead_articles, may_write_article
from folkmoot.connections.views.knowledge import article_to_read
from folkmoot.groups.models import Group
from folkmoot.kit.errors import Refused
from folkmoot.kit.verdict import require
from folkmoot.people.reader import signed_in
from folkmoot.ui.form_pages import form_page
from folkmoot.ui.messages import say

FORM = ["GET", "HEAD", "POST"]
MOST_TO_MERGE_WITH = 300


@never_cache
@login_required
@require_http_methods(FORM)
def new(request: HttpRequest) -> HttpResponse:
    """Write an article: `?group=` is whose, `?from=` what it is made of ("request:12", or 12 for a request)."""
    person = signed_in(request)
    key = request.GET.get("from", "")
    begun = prefilled(key, person) if key else None
    if key and begun is None:
        raise Http404
    slug = request.GET.get("group", "")
    group = begun.group if begun is not None else get_object_or_404(Group, slug=slug) if slug else None
    require(may_write_article(person, group))
    source = source_of(key) if begun is not None else ""
    made = Article.objects.filter(source=source).first() if source else None
    if made is not None and request.method != "POST":
        say(request, _("This is written down already. If something is missing, change the article."))
        return redirect(made)
    filled: dict[str, Any] = {}
    if begun is not None:
        filled = {"title": begun.title, "question": begun.question, "answer": begun.answer}
    form = ArticleForm(
        request.POST if request.method == "POST" else None,
        group=group,
        may_publish=bool(may_lead_articles(person, group)),
        begun=filled,
    )
    if request.method == "POST" and form.is_valid():
        try:
            written = write_article(group, form.words, by=person, source=source)
        except Refused as refused:
            _refuse(form, refused)
            made = Article.objects.filter(source=source).first() if source else None
        else:
            say(request, _("The article is there. You look after it."))
            return redirect(written)
    back = reverse("group_knowledge", args=[group.slug]) if group else reverse("knowledge")
    context = {"group": group, "article": None, "back": back, "is_made_of": begun is not None, "present": made}
    page = form_page(request, "connections/knowledge/form.html", form, **context)
    if made is not None:
        page.status_code = 409
    return page


@never_cache
@login_required
@require_http_methods(FORM)
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Change the words of an article, or who reads it."""
    person, article = signed_in(request), article_to_read(request, pk)
    require(may_edit_article(person, article))

    def filled_in(data: Any) -> ArticleForm:
        may_publish = bool(may_lead_articles(person, article.group))
        return ArticleForm(data, group=article.group, may_publish=may_publish, article=article)

    form, present = filled_in(request.POST if request.method == "POST" else None), None
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            change_article(article, form.words, number=given["number"] or 0, why=given["why"], by=person)
        except Refused as refused:
            if refused.code == "changed_meanwhile":
                # What is sent now was written with the newest version in sight, and is kept if it is sent again.
                present = article_to_read(request, pk)
                data = request.POST.copy()
                data["number"] = str(present.number)
                form = filled_in(data)
            _refuse(form, refused)
        else:
            say(request, _("The article is changed. What it said before is kept with its versions."))
            return redirect(article)
    context = {"group": article.group, "article": article, "back": article.get_absolute_url(), "present": present}
    page = form_page(request, "connections/knowledge/form.html", form, **context)
    if present is not None:
        page.status_code = 409
    return page


@never_cache
@login_required
@require_http_methods(FORM)
def outdated(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that an article no longer holds."""
    article = article_to_read(request, pk)
    form = OutdatedForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            flag_outdated(article, form.cleaned_data["because"], by=signed_in(request))
        except Refused as refused:
            _refuse(form, refused)
        else:
            say(request, _("Thank you. Whoever looks after the article is told."))
            return redirect(article)
    return form_page(request, "connections/knowledge/outdated.html", form, article=article)


@never_cache
@login_required
@require_http_methods(FORM)
def merge(request: HttpRequest, pk: int) -> HttpResponse:
    """Let another article take the place of one."""
    person, article = signed_in(request), article_to_read(request, pk)
    require(may_lead_articles(person, article.group))
    others = list(articles_for(person).exclude(pk=pk)[:MOST_TO_MERGE_WITH])
    form = MergeForm(request.POST if request.method == "POST" else None, articles=others)
    if request.method == "POST" and form.is_valid():
        into = form.articles[form.cleaned_data["into"]]
        try:
            merge_article(article, into, by=person)
        except Refused as refused:
            _refuse(form, refused)
        else:
            say(request, _("The address of the other article leads here now."))
            return redirect(into)
    return form_page(request, "connections/knowledge/merge.html", form, article=article, others=others)


@never_cache
@login_required
@require_POST
def looked_through(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that an article holds."""
    article = article_to_read(request, pk)
    look_through(article, by=signed_in(request))
    say(request, _("It holds, as of today."))
    return redirect(article)


@never_cache
@login_required
@require_POST
def retire(request: HttpRequest, pk: int) -> HttpResponse:
    """Take an article off all pages."""
    article = article_to_read(request, pk)
    retire_article(article, by=signed_in(request))
    say(request, _("The article is retired."), undo=reverse("bring_article_back", args=[pk]))
    return redirect(article)


@never_cache
@login_required
@require_POST
def back(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a retired article again."""
    article = get_object_or_404(Article.objects.select_related("group"), pk=pk)
    if not may_write_article(signed_in(request), article.group):
        raise Http404
    bring_back(article, by=signed_in(request))
    say(request, _("The article is there again."))
    return redirect(article)


def _refuse(form: Any, refused: Refused) -> None:
    """Say what was not accepted above what was typed; what is forbidden becomes a page of its own."""
    if refused.code == "forbidden":
        raise refused
    field = str(refused.params.get("field", ""))
    form.add_error(field if field in form.fields else None, refused.message)
