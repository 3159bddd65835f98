"""Pages of handovers: what I hold here, the handover itself, answers, signatures, and what waits for an owner."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from folkmoot.groups.actions.handover import (
    answer_lines,
    begin_handover,
    offer_handover,
    open_lines,
    signers,
    withdraw_handover,
    write_handover,
)
from folkmoot.groups.actions.handover_signing import sign_handover
from folkmoot.groups.actions.unowned import held_by, take_unowned
from folkmoot.groups.forms.handover import AnswerForm, HandoverForm
from folkmoot.groups.models import Answer, Group, Handover, HandoverLine, HandoverState, UnownedHolding
from folkmoot.groups.queries import holds_anything, shadows_of
from folkmoot.groups.rules import may_begin_handover, may_read_handover, may_take_lines, may_take_unowned
from folkmoot.kit.errors import Refused
from folkmoot.kit.verdict import require
from folkmoot.people.models import Person
from folkmoot.people.reader import signed_in
from folkmoot.ui.messages import say


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def handovers(request: HttpRequest, slug: str) -> HttpResponse:
    """What I hold in a group and could hand over; what waits for an owner; who shadows whom. POST begins mine."""
    group = get_object_or_404(Group.objects.select_related("parent"), slug=slug)
    person = signed_in(request)
    may_begin = may_begin_handover(person, group)
    may_take = bool(may_take_unowned(person, group))
    if not may_take:
        require(may_begin)
    if request.method == "POST":
        return redirect(begin_handover(group, by=person))
    to_me = (
        Handover.objects.filter(group=group, state=HandoverState.OFFERED, lines__taker=person)
        .select_related("leaver")
        .distinct()
    )
    context = {
        "group": group,
        "may_begin": may_begin,
        "mine": group.handovers.filter(leaver=person, state__in=("draft", "offered")).first(),
        "held": held_by(person, group),
        "to_me": to_me,
        "shadows": shadows_of(group),
        "unowned": group.unowned.filter(taken_at=None).select_related("left_by") if may_take else (),
    }
    return render(request, "groups/handovers.html", context)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def handover(request: HttpRequest, pk: int) -> HttpResponse:
    """One handover. Whoever hands over writes and offers it here."""
    found = _handover(request, pk)
    person = signed_in(request)
    writes = found.is_open and found.leaver == person
    if request.method == "POST" and not writes:
        raise Refused(_("Only %(leaver)s may change this handover.") % {"leaver": found.leaver.name}, code="forbidden")
    lines = _lines(found)
    form = HandoverForm(request.POST or None, handover=found, lines=lines, people=_takers(found)) if writes else None
    if form is not None and request.method == "POST" and form.is_valid():
        try:
            written = write_handover(found, **form.written(), by=person)
            if "offer" in request.POST:
                offer_handover(written, by=person)
        except Refused as refused:
            form.add_error(None, refused.message)
        else:
            said = (
                _("The handover is offered; those you named were told.")
                if "offer" in request.POST
                else _("It is kept.")
            )
            say(request, said)
            return redirect(found)
    return _page(request, found, lines, form=form)


@never_cache
@login_required
@require_POST
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Accept or decline lines."""
    found = _handover(request, pk)
    person = signed_in(request)
    lines = _lines(found)
    mine = _answerable(found, lines, person)
    if not mine:
        raise Refused(_("There is nothing in this handover that you are asked about now."), code="forbidden")
    form = AnswerForm(request.POST, lines=mine)
    if form.is_valid():
        try:
            answer_lines(
                found, form.answers(), names_publicly=form.cleaned_data.get("names_publicly", False), by=person
            )
        except Refused as refused:
            form.add_error(None, refused.message)
        else:
            say(request, _("Your answers were kept."))
            return redirect(found)
    return _page(request, found, lines, answers=form)


@never_cache
@login_required
@require_POST
def sign(request: HttpRequest, pk: int) -> HttpResponse:
    """Sign; with the last signature everything passes."""
    found = _handover(request, pk)
    signed = sign_handover(found, by=signed_in(request))
    done = signed.state == HandoverState.SIGNED
    say(request, _("All have signed. The handover is done.") if done else _("You have signed. The others were told."))
    return redirect(found)


@never_cache
@login_required
@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Leave everything as it was."""
    found = _handover(request, pk)
    withdraw_handover(found, by=signed_in(request))
    say(request, _("The handover is withdrawn. Everything stays with you."))
    return redirect("handovers", found.group.slug)


@never_cache
@login_required
@require_POST
def take(request: HttpRequest, pk: int) -> HttpResponse:
    """Take something that waits for an owner."""
    unowned = get_object_or_404(UnownedHolding.objects.select_related("group__parent"), pk=pk)
    person = signed_in(request)
    if not holds_anything(person, unowned.group) and not may_take_unowned(person, unowned.group):
        raise Http404
    take_unowned(unowned, to=person, by=person)
    say(request, _("It is yours now."))
    return redirect("handovers", unowned.group.slug)


def _page(
    request: HttpRequest,
    found: Handover,
    lines: list[HandoverLine],
    *,
    form: HandoverForm | None = None,
    answers: AnswerForm | None = None,
) -> HttpResponse:
    person = signed_in(request)
    if answers is None and found.state == HandoverState.OFFERED:
        mine = _answerable(found, lines, person)
        answers = AnswerForm(lines=mine) if mine else None
    signed = {signature.person_id: signature for signature in found.signatures.all()}
    wanted = signers(found)
    ready = found.state == HandoverState.OFFERED and not open_lines(found)
    context: dict[str, Any] = {
        "handover": found,
        "group": found.group,
        "lines": lines,
        "form": form,
        "answers": answers,
        "signers": [(one, signed.get(one.pk)) for one in wanted],
        "may_sign": ready and person in wanted and person.pk not in signed,
        "is_leaver": found.leaver == person,
    }
    failed = bool((form is not None and form.errors) or (answers is not None and answers.errors))
    return render(request, "groups/handover.html", context, status=400 if failed else 200)


def _answerable(found: Handover, lines: list[HandoverLine], person: Person) -> list[HandoverLine]:
    """The lines that somebody may answer now: their own without an answer, and those that others have declined."""
    if found.leaver == person:
        return []
    may_take = bool(may_take_lines(person, found.group))
    return [
        line
        for line in lines
        if (line.taker_id == person.pk and line.answer in (Answer.OPEN, Answer.DECLINED))
        or (may_take and line.answer == Answer.DECLINED)
    ]


def _lines(found: Handover) -> list[HandoverLine]:
    return list(found.lines.select_related("taker"))


def _takers(found: Handover) -> list[Person]:
    """Who may be asked: everybody else who takes part."""
    taking_part = found.group.participations.filter(ended_at=None).exclude(person=found.leaver).values("person")
    return list(Person.objects.filter(pk__in=taking_part, is_active=True).order_by("name", "pk"))


def _handover(request: HttpRequest, pk: int) -> Handover:
    found = get_object_or_404(Handover.objects.select_related("group__parent", "leaver", "taker"), pk=pk)
    if not may_read_handover(signed_in(request), found):
        raise Http404
    return found
