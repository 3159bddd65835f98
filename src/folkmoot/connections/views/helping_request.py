"""One request: its conversation, who looks after it, how it ends."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from folkmoot.connections.actions import helping, helping_care, helping_ending
from folkmoot.connections.actions.helping_hold import helpers_for
from folkmoot.connections.domain.help_promises import Clocked
from folkmoot.connections.forms.helping import AnswerForm, OwnerForm, PointForm, RateForm, SayForm, UrgencyForm
from folkmoot.connections.helping_words import promise_words, wait_words
from folkmoot.connections.models.helping import Face, HelpRequest, MessageSort, Urgency
from folkmoot.connections.offered_answers import AFTER_SOLVED
from folkmoot.connections.queries.helping import request_for
from folkmoot.connections.queries.helping_clocks import wait_of
from folkmoot.connections.queries.helping_routing import whom_to_ask
from folkmoot.connections.rules.helping import is_asker, may_help, may_reopen, may_say
from folkmoot.connections.thankable import thanks_link
from folkmoot.kit.errors import Refused
from folkmoot.people.models import Person
from folkmoot.people.reader import signed_in
from folkmoot.ui.messages import say as say_to

TEMPLATE = "connections/helping/request.html"


@require_safe
@never_cache
@login_required
def page(request: HttpRequest, pk: int) -> HttpResponse:
    """The conversation, and what this reader may do about it."""
    asked = request_or_404(request, pk)
    return _page(request, asked, {})


@never_cache
@login_required
@require_POST
def act(request: HttpRequest, pk: int, what: str) -> HttpResponse:
    """One of the things that can be done with a request; a form that is not accepted comes back with its words."""
    asked, person = request_or_404(request, pk), signed_in(request)
    if what not in ACTS:
        raise Http404
    form = _form(what, request.POST, asked, person)
    if form is None or form.is_valid():
        try:
            said = ACTS[what](asked, person, {} if form is None else form.cleaned_data)
        except Refused as refused:
            if form is None or refused.code == "forbidden":
                raise
            field = str(refused.params.get("field", ""))
            form.add_error(field if field in form.fields else None, refused.message)
        else:
            say_to(request, said)
            return redirect(asked)
    assert form is not None
    return _page(request, asked, {what: form}, status=400)


def request_or_404(request: HttpRequest, pk: int) -> HelpRequest:
    """The request of an address, if its reader may know that it exists."""
    asked = request_for(signed_in(request), pk)
    if asked is None:
        raise Http404
    return asked


def _say(asked: HelpRequest, by: Person, given: dict[str, Any]) -> str:
    helping.say(asked, given["text"], by=by, asks_back=given.get("asks_back", False))
    return _("Sent.")


def _take(asked: HelpRequest, by: Person, _given: dict[str, Any]) -> str:
    helping_care.look_after(asked, by, by=by)
    return _("You look after it.")


def _give(asked: HelpRequest, by: Person, given: dict[str, Any]) -> str:
    owner: Person | None = given["owner"]
    helping_care.look_after(asked, owner, by=by)
    if owner is None:
        return _("Nobody looks after it now.")
    return _("%(name)s looks after it, and has been told.") % {"name": owner.name}


def _wish(asked: HelpRequest, by: Person, given: dict[str, Any]) -> str:
    helper: Person | None = given["owner"]
    if helper is None:
        raise Refused(_("Choose somebody who answers at this desk."), code="invalid", field="owner")
    reasons = {one.person.pk: one.to_them for one in whom_to_ask(asked, now=timezone.now())}
    helping_care.ask_helper(asked, helper, why=reasons.get(helper.pk, ""), by=by)
    return _("%(name)s has been asked.") % {"name": helper.name}


def _urgency(asked: HelpRequest, by: Person, given: dict[str, Any]) -> str:
    helping_care.change_urgency(asked, Urgency(given["urgency"]), reason=given["reason"], by=by)
    return _("The urgency is changed, and the reason stands in the conversation.")


def _solve(asked: HelpRequest, by: Person, given: dict[str, Any]) -> str:
    helping_ending.accept_answer(asked, given["answer"], by=by)
    return _("Good to know. It is closed.") if is_asker(by, asked) else _("Whoever asked is asked to confirm it.")


def _confirm(asked: HelpRequest, by: Person, _given: dict[str, Any]) -> str:
    helping_ending.confirm(asked, by=by)
    return _("Good to know. It is closed.")


def _take_back(asked: HelpRequest, by: Person, _given: dict[str, Any]) -> str:
    helping_ending.take_back(asked, by=by)
    return _("It is closed.")


def _reopen(asked: HelpRequest, by: Person, _given: dict[str, Any]) -> str:
    helping_ending.reopen(asked, by=by)
    return _("It is open again.")


def _rate(asked: HelpRequest, by: Person, given: dict[str, Any]) -> str:
    helping_ending.rate(asked, Face(given["face"]), given["text"], by=by)
    return _("Thank you. Those who help will read it.")


def _same(asked: HelpRequest, by: Person, given: dict[str, Any]) -> str:
    other = request_for(by, given["other"])
    if other is None:
        raise Refused(_("Choose another question that whoever asked may read."), code="invalid", field="other")
    helping_care.point_at(asked, other, by=by)
    return _("It is closed and leads to the other question.")


ACTS: dict[str, Callable[[HelpRequest, Person, dict[str, Any]], str]] = {
    "say": _say,
    "take": _take,
    "give": _give,
    "wish": _wish,
    "urgency": _urgency,
    "solve": _solve,
    "confirm": _confirm,
    "take-back": _take_back,
    "reopen": _reopen,
    "rate": _rate,
    "same": _same,
}


def _form(what: str, data: Any, asked: HelpRequest, person: Person) -> forms.Form | None:
    """The form of one of the acts; None where a button is all."""
    if what == "say":
        return SayForm(data, is_helper=not is_asker(person, asked))
    if what in ("give", "wish"):
        initial = {"owner": asked.owner_id} if data is None else None
        return OwnerForm(data, helpers=helpers_for(asked), initial=initial)
    if what == "urgency":
        return UrgencyForm(data, initial={"urgency": asked.urgency})
    if what == "solve":
        return AnswerForm(data, pk=asked.pk)
    if what == "rate":
        return RateForm(data)
    return PointForm(data) if what == "same" else None


def _page(request: HttpRequest, asked: HelpRequest, bound: dict[str, forms.Form], *, status: int = 200) -> HttpResponse:
    person, now = signed_in(request), timezone.now()
    mine, helper = is_asker(person, asked), bool(may_help(person, asked.desk))
    opening = asked.desk.opening
    cares = helper and not mine and asked.state != "closed"
    feedback = getattr(asked, "feedback", None) if mine or helper else None
    context: dict[str, Any] = {
        "asked": asked,
        "same": _same_for(asked, person),
        "desk": asked.desk,
        "group": asked.desk.group,
        "is_asker": mine,
        "is_helper": helper,
        "conversation": list(asked.messages.select_related("by")),
        "wait": wait_words(wait_of(asked, opening, now)),
        "solving": wait_words(wait_of(asked, opening, now, Clocked.SOLVED)),
        "promise": promise_words(asked.promised),
        "said_sort": MessageSort.SAID,
        "urgency_words": Urgency(asked.urgency).label,
        "may_say": bool(may_say(person, asked)),
        "may_reopen": bool(may_reopen(person, asked)),
        "may_accept": asked.state != "closed" and (mine or helper),
        "cares": cares,
        "feedback": feedback,
        "faces": Face,
        "suggested": whom_to_ask(asked, now=now) if cares and asked.owner_id is None else [],
        "thank": _thank(asked, person) if mine else "",
        "after_solved": _after(asked) if helper and asked.is_solved and not asked.is_private else [],
    }
    if context["may_say"]:
        context["say_form"] = bound.get("say") or _form("say", None, asked, person)
    if cares:
        context["give_form"] = bound.get("give") or bound.get("wish") or _form("give", None, asked, person)
        context["urgency_form"] = bound.get("urgency") or _form("urgency", None, asked, person)
        context["same_form"] = bound.get("same") or _form("same", None, asked, person)
    if mine and asked.answered_at is not None and not asked.is_open:
        context["rate_form"] = bound.get("rate") or _form("rate", None, asked, person)
    context["form"] = next(iter(bound.values()), None)
    return render(request, TEMPLATE, context, status=status)


def _same_for(asked: HelpRequest, reader: Person) -> HelpRequest | None:
    """The question that was asked before, if this reader may know that it exists."""
    return request_for(reader, asked.same_as_id) if asked.same_as_id is not None else None


def _thank(asked: HelpRequest, asker: Person) -> str:
    """Where whoever answered can be thanked; nowhere while nothing is accepted, or where they are gone."""
    answered = asked.accepted.by if asked.accepted is not None else None
    return thanks_link(answered, asked) if answered is not None and answered != asker else ""


def _after(asked: HelpRequest) -> list[tuple[Any, str]]:
    return [(one.label, one.url(asked)) for one in AFTER_SOLVED]
