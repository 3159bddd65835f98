"""Answering a call from a mail, without signing in: one page with the answers as buttons."""

from __future__ import annotations

from collections.abc import Mapping

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods

from folkmoot.invitations.links import read_link
from folkmoot.kit.errors import Refused
from folkmoot.meetings.actions import answer_call, take_answer_back
from folkmoot.meetings.answers_page import OwnAnswer, answered_words, time_shown
from folkmoot.meetings.attendance_rules import may_answer_call
from folkmoot.meetings.models import Says, Way
from folkmoot.people.guards import GuardedForm


@never_cache
@sensitive_variables("token")
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, token: str) -> HttpResponse:
    """GET shows the call and the answers as buttons, and changes nothing; POST answers, and may do so anew.

    Programs that open the links of a mail and press what they find come too quickly for the form; what they could say
    can be said otherwise by the same page. Who is signed in makes no difference: the answer is of whoever got the mail.
    """
    now = timezone.now()
    try:
        meeting, person = read_link(token)
    except Refused as refused:
        return _page(request, {"title": _("This link does not work any more"), "why": refused.message}, 404)
    context: dict[str, object] = {"title": _("Are you coming?"), "meeting": meeting, "group": meeting.group}
    verdict = may_answer_call(person, meeting, now)
    if not verdict:
        return _page(request, {**context, "title": meeting.group.name, "why": verdict.reason}, 410)
    form = GuardedForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid() and not form.trapped:
        match request.POST.get("do"):
            case Says.COMING | Says.MAYBE | Says.REGRET as says:
                try:
                    shown = time_shown(request.POST.get("at"))
                    answer_call(meeting, Says(says), by=person, way=Way.LINK, asked_for=shown)
                except Refused as refused:
                    form.add_error(None, refused.message)
                else:
                    context |= {"title": _("Thank you"), "told": answered_words(Says(says))}
            case "open":
                take_answer_back(meeting, by=person)
                context |= {"told": _("It is open again whether you come.")}
            case _:
                form.add_error(None, _("Please use one of the buttons of the page."))
        form = form if form.errors else GuardedForm()
    context |= {"form": form, "own": OwnAnswer(meeting, person)}
    return _page(request, context, 400 if form.errors else 200)


def _page(request: HttpRequest, context: Mapping[str, object], status: int = 200) -> HttpResponse:
    return render(request, "invitations/answer.html", {**context}, status=status)
