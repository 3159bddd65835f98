"""The summary of a session: written from its draft, checked for names, published as a page and a file."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from folkmoot.connections.actions.spaces_summary import keep_summary, publish_summary
from folkmoot.connections.forms.spaces_sessions import SummaryForm
from folkmoot.connections.models.spaces import SessionState, ThemeSession
from folkmoot.connections.models.spaces_sessions import SummaryFor
from folkmoot.connections.queries.spaces_names import NameFound, markdown_of, names_in
from folkmoot.connections.rules.spaces import may_host_session, may_read_summary, may_take_part_in_session
from folkmoot.connections.views.spaces_sessions import session_or_404
from folkmoot.kit.errors import Refused
from folkmoot.kit.verdict import require
from folkmoot.people.kept_pages import kept_for_strangers
from folkmoot.people.reader import person_of, signed_in
from folkmoot.plan.rendering import rendered
from folkmoot.ui.messages import say


@require_safe
@kept_for_strangers
def summary(request: HttpRequest, pk: int) -> HttpResponse:
    """A published summary, for those whom its hosts chose."""
    found = _readable(request, pk)
    if isinstance(found, HttpResponse):
        return found
    person = person_of(request)
    context = {
        "session": found,
        "group": found.home,
        "words": rendered(found.summary, first_heading=1),
        "takes_part": bool(person and may_take_part_in_session(person, found)),
        "may_host": bool(person and may_host_session(person, found)),
    }
    return render(request, "connections/spaces/summary.html", context)


@never_cache
@require_safe
def markdown(request: HttpRequest, pk: int) -> HttpResponse:
    """The same as a file."""
    found = _readable(request, pk)
    if isinstance(found, HttpResponse):
        return found
    response = HttpResponse(markdown_of(found, found.summary), "text/markdown; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="session-{found.pk}.md"'
    return response


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def write(request: HttpRequest, pk: int) -> HttpResponse:
    """Work on the summary, and publish it once no name is in it that may not stand."""
    found, person = session_or_404(request, pk), signed_in(request)
    require(may_host_session(person, found))
    if not found.shows_results:
        return redirect(found)
    initial = {"summary": found.summary, "readers": found.readers, "version": found.summary_version}
    form = SummaryForm(request.POST if request.method == "POST" else None, initial=initial)
    problem, theirs, status = "", "", 200
    if request.method == "POST" and form.is_valid():
        given, publishes = form.cleaned_data, "publish" in request.POST
        text, version = given["summary"], given["version"]
        try:
            if publishes:
                readers = SummaryFor(given["readers"])
                publish_summary(found, text, version=version, readers=readers, let_stand=form.let_stand, by=person)
            else:
                keep_summary(found, text, version=version, by=person)
        except Refused as refused:
            problem, status = refused.message, 409
            if refused.code == "stale":
                found = session_or_404(request, pk)
                theirs = found.summary
                data = request.POST.copy()
                data["version"] = str(found.summary_version)
                form = SummaryForm(data)
            elif refused.code != "names":
                form.add_error("summary", refused.message)
                problem, status = "", 400
        else:
            say(request, _("The summary is published.") if publishes else _("The draft is kept."))
            return redirect("session_summary" if publishes else "write_summary", pk)
    context = {
        "session": found,
        "group": found.home,
        "form": form,
        "problem": problem,
        "theirs": theirs,
        "names": _names(found, form, found.summary),
        "is_published": found.state == SessionState.PUBLISHED,
    }
    return render(request, "connections/spaces/write_summary.html", context, status=400 if form.errors else status)


def _names(found: ThemeSession, form: SummaryForm, kept: str) -> list[tuple[NameFound, bool]]:
    """The names in the words that are shown, each with whether it was let stand."""
    text = form.data.get("summary", "")[:20_000] if form.is_bound else kept
    stand = set(form.let_stand)
    return [(name, name.mark in stand) for name in names_in(found, text)]


def _readable(request: HttpRequest, pk: int) -> ThemeSession | HttpResponse:
    """The session, where its summary may be read; else the way to sign in, or Http404."""
    found = get_object_or_404(ThemeSession.objects.select_related("circle__group", "group"), pk=pk)
    person = person_of(request)
    if may_read_summary(person, found):
        return found
    if person is None:
        return redirect_to_login(request.get_full_path())
    raise Http404
