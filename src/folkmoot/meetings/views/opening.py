"""Pages on which those who lead a group choose and word the texts that open its calls."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from folkmoot.groups.models import Group
from folkmoot.kit.errors import Refused
from folkmoot.kit.verdict import require
from folkmoot.meetings.actions import choose_opening, word_opening
from folkmoot.meetings.attendance_rules import may_choose_opening
from folkmoot.meetings.forms.opening import OpeningChoiceForm, OpeningTextForm
from folkmoot.meetings.opening import documents_with_key, opening_of
from folkmoot.meetings.views.answering import signed_in
from folkmoot.ui.messages import say


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def choose(request: HttpRequest, slug: str) -> HttpResponse:
    """Which texts are shown when a call of the group opens."""
    group, by = get_object_or_404(Group, slug=slug), signed_in(request)
    require(may_choose_opening(by, group))
    opening = opening_of(group)
    form = OpeningChoiceForm(request.POST if request.method == "POST" else None, opening=opening)
    if request.method == "POST" and form.is_valid():
        choose_opening(group, form.cleaned_data["keys"], by=by)
        say(request, _("These texts open the calls from now on."))
        return redirect("choose_opening", slug)
    context = {"group": group, "opening": opening, "form": form}
    return render(request, "meetings/choose_opening.html", context, status=400 if form.errors else 200)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def word(request: HttpRequest, slug: str, key: str = "") -> HttpResponse:
    """Word one text, or a further one."""
    group, by = get_object_or_404(Group, slug=slug), signed_in(request)
    require(may_choose_opening(by, group))
    text = opening_of(group).worded(key) if key else None
    if key and text is None:
        raise Http404
    initial = {"title": text.title, "text": text.text} if text is not None else {}
    form = OpeningTextForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            word_opening(group, key=key, **form.cleaned_data, by=by)
        except Refused as refused:
            form.add_error("title" if refused.code == "invalid" else None, refused.message)
        else:
            say(request, _("The text is kept. What was read on earlier calls stays as it was."))
            return redirect("choose_opening", slug)
    versions = documents_with_key(group, key) if key else []
    context = {"group": group, "form": form, "text": text, "versions": versions}
    return render(request, "meetings/word_opening.html", context, status=400 if form.errors else 200)
