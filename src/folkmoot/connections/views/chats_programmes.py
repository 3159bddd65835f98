"""Programmes of chats: made, changed and ended by those who run them; taken part in, skipped, paused and left."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from folkmoot.connections.actions.chats import (
    begin_chats,
    change_chats,
    come_after_all,
    end_chats,
    leave_chats,
    pause_chats,
    skip_next_chat,
    take_part_in_chats,
)
from folkmoot.connections.actions.chats_drawing import PREVIEW_FROM, preview
from folkmoot.connections.actions.interests import say_interests
from folkmoot.connections.chats_links import read_skip
from folkmoot.connections.forms.chats import PauseForm, ProgrammeForm, TakePartForm, joined
from folkmoot.connections.models.chats import WORKING_DAYS, ChatProgramme, Near
from folkmoot.connections.queries.chats import NUMBERS_FROM, last_round, numbers_of, part_of
from folkmoot.connections.queries.interests import interests_of
from folkmoot.connections.rules.chats import may_begin_chats, may_run_chats, may_see_chats, may_take_part_in_chats
from folkmoot.groups.models import Group
from folkmoot.kit import zones
from folkmoot.kit.errors import Refused
from folkmoot.kit.verdict import require
from folkmoot.organisation.queries import today_here
from folkmoot.people.guards import GuardedForm
from folkmoot.people.models import Person
from folkmoot.people.reader import signed_in
from folkmoot.ui import times
from folkmoot.ui.form_pages import form_page
from folkmoot.ui.messages import say
from folkmoot.ui.refusals import status_of


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new_for_all(request: HttpRequest) -> HttpResponse:
    """A programme for everybody here."""
    return _new(request, None)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new_for_group(request: HttpRequest, slug: str) -> HttpResponse:
    """A programme of one group."""
    return _new(request, get_object_or_404(Group, slug=slug))


def _new(request: HttpRequest, group: Group | None) -> HttpResponse:
    person = signed_in(request)
    require(may_begin_chats(person, group))
    initial = {"weeks": 4, "weekday": 1, "minutes": 30, "has_trios": True}
    form = ProgrammeForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            made = begin_chats(group, form.words(), by=person)
        except Refused as refused:
            _add(form, refused)
        else:
            say(request, _("The chats are there. Tell people about them; nobody is in them until they choose to be."))
            return redirect(made)
    return form_page(request, "connections/chats/programme_form.html", form, group=group, programme=None)


@require_safe
@never_cache
@login_required
def programme(request: HttpRequest, pk: int) -> HttpResponse:
    """A programme: when the next round is, whether I am in it, and for who runs it how it goes."""
    found, person = _programme(pk), signed_in(request)
    require(may_see_chats(person, found))
    part = part_of(person, found)
    runs = bool(may_run_chats(person, found))
    looks = runs and "look" in request.GET
    context = {
        "programme": found,
        "group": found.group,
        "part": part,
        "skips": part is not None and part.skips == found.next_draw,
        "pauses": part is not None and part.paused_until is not None and part.paused_until > today_here(),
        "may_take_part": may_take_part_in_chats(person, found),
        "runs": runs,
        "pause_form": PauseForm(),
        "last": last_round(found) if runs else None,
        "numbers": numbers_of(found) if runs else None,
        "numbers_from": NUMBERS_FROM,
        "looks": looks,
        "preview": preview(found) if looks else None,
        "preview_from": PREVIEW_FROM,
    }
    return render(request, "connections/chats/programme.html", context)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """How a programme goes from now on."""
    found, person = _programme(pk), signed_in(request)
    require(may_run_chats(person, found))
    initial = {name: getattr(found, name) for name in ("name", "weeks", "weekday", "minutes", "has_trios")}
    form = ProgrammeForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            change_chats(found, form.words(), by=person)
        except Refused as refused:
            _add(form, refused)
        else:
            say(request, _("Changed."))
            return redirect(found)
    return form_page(request, "connections/chats/programme_form.html", form, group=found.group, programme=found)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def take_part(request: HttpRequest, pk: int) -> HttpResponse:
    """Take part, or change how; what one cares about is kept for all other ways of finding each other too."""
    found, person = _programme(pk), signed_in(request)
    require(may_take_part_in_chats(person, found))
    part = part_of(person, found)
    initial = {
        **joined(interests_of([person.pk])[person.pk]),
        "weekdays": part.weekdays if part else list(WORKING_DAYS),
        "near": part.near if part else Near.ANYWHERE,
        "welcomes": part.welcomes if part else False,
    }
    form = TakePartForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                for sort, words in form.interests().items():
                    say_interests(person, sort, words)
                take_part_in_chats(found, form.how(), by=person)
        except Refused as refused:
            _add(form, refused)
        else:
            say(request, _("Kept.") if part else _you_are_in(found))
            return redirect(found)
    place = zones.place(person.zone) if person.zone else ""
    return form_page(
        request, "connections/chats/take_part.html", form, programme=found, group=found.group, part=part, place=place
    )


def _you_are_in(found: ChatProgramme) -> str:
    if found.warned_of == found.next_draw:
        return _("You are in. The next round is on %(day)s.") % {"day": times.long_day(found.next_draw)}
    return _("You are in. Two days before the next round you hear of it.")


@never_cache
@login_required
@require_POST
def skip(request: HttpRequest, pk: int) -> HttpResponse:
    """Leave the next draw out; with `back`, come after all."""
    found, person = _programme(pk), signed_in(request)
    require(may_see_chats(person, found))
    if "back" in request.POST:
        come_after_all(found, by=person)
        say(request, _("You are in the next round."))
    else:
        skip_next_chat(found, by=person)
        say(request, _("You skip this round, and come again with the one after it."))
    return redirect(found)


@never_cache
@login_required
@require_POST
def pause(request: HttpRequest, pk: int) -> HttpResponse:
    """Leave out all draws before a day."""
    found, person = _programme(pk), signed_in(request)
    require(may_see_chats(person, found))
    form = PauseForm(request.POST)
    if form.is_valid():
        try:
            pause_chats(found, form.cleaned_data["until"], by=person)
        except Refused as refused:
            if refused.code != "invalid":
                raise
            form.add_error("until", refused.message)
    if form.errors:
        return form_page(request, "connections/chats/pause.html", form, programme=found, group=found.group)
    say(request, _("You pause. Nobody asks why."))
    return redirect(found)


@never_cache
@login_required
@require_POST
def leave(request: HttpRequest, pk: int) -> HttpResponse:
    """Take part no more."""
    found, person = _programme(pk), signed_in(request)
    require(may_see_chats(person, found))
    leave_chats(found, by=person)
    say(request, _("You take part no more. You can come back at any time."))
    return redirect("chats")


@never_cache
@login_required
@require_POST
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """Draw no more rounds."""
    found, person = _programme(pk), signed_in(request)
    end_chats(found, by=person)
    say(request, _("These chats have ended. What was drawn stays on people's pages."))
    return redirect(found)


@never_cache
@sensitive_variables("token")
@require_http_methods(["GET", "HEAD", "POST"])
def skip_from_mail(request: HttpRequest, token: str) -> HttpResponse:
    """GET shows what it is about and a button, and changes nothing; POST skips, and twice is once.

    Programs that open the links of a mail and press what they find come too quickly for the form.
    """
    try:
        named = read_skip(token)
        found = ChatProgramme.objects.filter(pk=named.programme_id).first()
        person = Person.objects.filter(pk=named.person_id, is_active=True).first()
        if found is None or person is None:
            raise Refused(_("These chats are not there any more."), code="closed")
        part = part_of(person, found)
        if part is None:
            raise Refused(_("You do not take part in these chats any more."), code="closed")
        if found.ended_at is not None:
            raise Refused(_("These chats have ended."), code="closed")
        if found.next_draw != named.on:
            raise Refused(_("This round has been drawn already."), code="closed")
        form = GuardedForm(request.POST if request.method == "POST" else None)
        state = "done" if part.skips == named.on else "asked"
        if state == "asked" and request.method == "POST" and form.is_valid() and not form.trapped:
            if not skip_next_chat(found, by=person, draw=named.on):
                raise Refused(_("This round has been drawn already."), code="closed")
            state = "done"
    except Refused as refused:
        status = 410 if refused.code == "closed" else status_of(refused.code)
        closed = {"state": "closed", "why": refused.message}
        return render(request, "connections/chats/skip.html", closed, status=status)
    context = {"state": state, "programme": found, "on": named.on, "form": form}
    return render(request, "connections/chats/skip.html", context, status=400 if form.errors else 200)


def _programme(pk: int) -> ChatProgramme:
    return get_object_or_404(ChatProgramme.objects.select_related("group"), pk=pk)


def _add(form: ProgrammeForm | TakePartForm, refused: Refused) -> None:
    field = str(refused.params.get("field", ""))
    form.add_error(field if field in form.fields else None, refused.message)
