"""Pages on which people comment on a proposed amendment."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from folkmoot.groups.actions import (
    comment_on_amendment,
    edit_comment,
    hide_comment,
    withdraw_comment,
)
from folkmoot.groups.forms.amending import CommentForm, HideForm
from folkmoot.groups.models import Amendment, AmendmentComment
from folkmoot.groups.rules import (
    may_change_comment,
    may_comment_on,
    may_settle_amendments,
)
from folkmoot.groups.views.amending import amendment_page, seen_amendment
from folkmoot.kit.verdict import require
from folkmoot.organisation.queries import today_here
from folkmoot.people.reader import person_of, signed_in
from folkmoot.ui.messages import say


@never_cache
@login_required
@require_POST
def comment(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Say something to a proposal."""
    found = seen_amendment(request, slug, number)
    require(may_comment_on(person_of(request), found, on=today_here()))
    form = CommentForm(request.POST)
    if form.is_valid():
        made = comment_on_amendment(
            found, by=signed_in(request), text=form.cleaned_data["text"], clause=form.cleaned_data["clause"]
        )
        return redirect(f"{found.get_absolute_url()}#comment-{made.pk}")
    return amendment_page(request, found, comment_form=form, status=400)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def change_comment(request: HttpRequest, slug: str, number: int, pk: int) -> HttpResponse:
    """Reword one's own comment, or take it back."""
    found = seen_amendment(request, slug, number)
    said = _comment_of(found, pk)
    require(may_change_comment(signed_in(request), said))
    form = CommentForm(request.POST or None, initial={"text": said.text})
    if request.method == "POST" and "withdraw" in request.POST:
        withdraw_comment(said, by=signed_in(request))
        say(request, _("Your comment was taken back."))
        return redirect(found)
    if request.method == "POST" and form.is_valid():
        edit_comment(said, by=signed_in(request), text=form.cleaned_data["text"])
        return redirect(f"{found.get_absolute_url()}#comment-{said.pk}")
    context = {"group": found.group, "amendment": found, "said": said, "form": form}
    return render(request, "groups/comment_edit.html", context, status=400 if form.errors else 200)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def hide(request: HttpRequest, slug: str, number: int, pk: int) -> HttpResponse:
    """Hide a comment, with a reason."""
    found = seen_amendment(request, slug, number)
    require(may_settle_amendments(signed_in(request), found.group))
    said = _comment_of(found, pk)
    form = HideForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        hide_comment(said, by=signed_in(request), reason=form.cleaned_data["reason"])
        say(request, _("The comment is hidden; its author can read why."))
        return redirect(found)
    context = {"group": found.group, "amendment": found, "said": said, "form": form}
    return render(request, "groups/comment_hide.html", context, status=400 if form.errors else 200)


def _comment_of(found: Amendment, pk: int) -> AmendmentComment:
    said = found.comments.filter(pk=pk, withdrawn_at=None).select_related("by", "amendment__group").first()
    if said is None:
        raise Http404
    return said
