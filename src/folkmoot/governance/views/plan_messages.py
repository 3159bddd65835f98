"""The messages of an election: read, changed, sent, left out."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from folkmoot.governance.actions.plan_messages import (
    change_message,
    in_order,
    leave_out_message,
    may_go,
    send_message,
    take_back_message,
    written,
)
from folkmoot.governance.election_messages import KINDS, hides_number
from folkmoot.governance.finding import election_or_404
from folkmoot.governance.forms.plan import MessageForm
from folkmoot.governance.models.elections import Election
from folkmoot.governance.models.messages import ElectionMessage
from folkmoot.governance.rules.plan import may_write_messages
from folkmoot.kit.verdict import require
from folkmoot.people.reader import signed_in
from folkmoot.plan.filling_in import fill_in
from folkmoot.ui.messages import say

FORM = ["GET", "HEAD", "POST"]


@never_cache
@login_required
@require_safe
def messages(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """All messages with their days, in the order in which they go out; the first that may go has its button."""
    election = election_or_404(request, slug, key)
    require(may_write_messages(signed_in(request), election))
    lines = []
    sendable = None
    for message in in_order(election):
        kind = KINDS.get(message.kind)
        if sendable is None and message.is_open and may_go(message):
            sendable = message.pk
        label = kind.label if kind is not None else message.kind
        lines.append((message, written(message).subject, label, hides_number(kind, election)))
    context = {"election": election, "group": election.group, "lines": lines, "sendable": sendable}
    return render(request, "governance/plan/messages.html", context)


@never_cache
@login_required
@require_http_methods(FORM)
def message(request: HttpRequest, slug: str, key: str, kind: str) -> HttpResponse:
    """One message, to be changed until it goes out."""
    election = election_or_404(request, slug, key)
    reader = signed_in(request)
    require(may_write_messages(reader, election))
    found = _message(election, kind)
    says = written(found)
    form = MessageForm(
        request.POST or None, initial={"subject": says.subject, "words": says.words, "due_on": found.due_on}
    )
    return fill_in(
        request,
        form,
        lambda given: change_message(found, **given, by=reader),
        group=election.group,
        title=str(KINDS[found.kind].label),
        submit=_("Keep it so"),
        back=_list_of(election),
        done=_("The message is kept."),
        template="governance/plan/message.html",
        context={
            "election": election,
            "message": found,
            "verdict": may_go(found),
            "people": _number(found),
            "says": says,
        },
    )


@never_cache
@login_required
@require_POST
def send(request: HttpRequest, slug: str, key: str, kind: str) -> HttpResponse:
    """Send a message now."""
    election = election_or_404(request, slug, key)
    send_message(_message(election, kind), by=signed_in(request))
    say(request, _("It is on its way; within a few minutes everybody has it."))
    return redirect(_list_of(election))


@never_cache
@login_required
@require_POST
def set_aside(request: HttpRequest, slug: str, key: str, kind: str) -> HttpResponse:
    """Leave a message out; with `back`, send it after all."""
    election = election_or_404(request, slug, key)
    found = _message(election, kind)
    if "back" in request.POST:
        take_back_message(found, by=signed_in(request))
        say(request, _("It goes out after all."))
    else:
        leave_out_message(found, by=signed_in(request))
        say(request, _("It is left out."))
    return redirect(_list_of(election))


def _number(message: ElectionMessage) -> int | None:
    """To how many people a message went, or would go now; None where that would tell who has voted."""
    kind, election = KINDS[message.kind], message.election
    if hides_number(kind, election):
        return None
    return kind.people(election).count() if message.is_open else message.people


def _message(election: Election, kind: str) -> ElectionMessage:
    found = election.messages.filter(kind=kind.replace("-", "_")).first()
    if found is None or found.kind not in KINDS:
        raise Http404
    found.election = election
    return found


def _list_of(election: Election) -> str:
    return reverse("election_messages", args=[election.group.slug, election.key])
