"""Pages of those who welcome, and of a newcomer who is asked how it goes."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from folkmoot.connections.actions.newcomers import care_for_newcomers, say_hello
from folkmoot.connections.actions.newcomers_buddies import (
    ask_for_another,
    confirm_buddy,
    hand_back,
    offer_to_be_buddy,
    suggest_another,
)
from folkmoot.connections.actions.newcomers_check_ins import answer_check_in
from folkmoot.connections.actions.newcomers_first_tasks import keep_first_task
from folkmoot.connections.forms.newcomers import NO, OPEN_END, UNTIL, CareForm, CheckInForm, FirstTaskForm, OfferForm
from folkmoot.connections.models.newcomers import (
    BuddyPair,
    BuddyPause,
    FirstTaskWords,
    Going,
    Newcomer,
    NewcomerCheckIn,
    PairState,
)
from folkmoot.connections.newcomers_page import answers_for, median_words, pair_cards, waiting_rows
from folkmoot.connections.queries.newcomers import (
    buddy_of,
    care_of,
    days_until_hello,
    newcomers_with_buddies,
    notes_on_first_tasks,
    welcomed_by,
)
from folkmoot.connections.rules.newcomers import (
    may_answer_check_in,
    may_care_for_newcomers,
    may_see_newcomers,
)
from folkmoot.groups.models import Group, Power
from folkmoot.groups.queries import has_power
from folkmoot.groups.rules import leads
from folkmoot.kit.errors import Refused
from folkmoot.kit.verdict import require
from folkmoot.organisation.queries import today_here
from folkmoot.people.reader import signed_in
from folkmoot.plan.models import BuddyOffer, Task, TaskState
from folkmoot.plan.queries import first_tasks as small_tasks_of
from folkmoot.plan.queries import in_order
from folkmoot.plan.rules import may_offer_welcome
from folkmoot.ui.messages import say
from folkmoot.ui.redirects import local_next


@never_cache
@require_safe
@login_required
def page(request: HttpRequest, slug: str) -> HttpResponse:
    """Who waits for a hello, whom the reader welcomes, how it goes, and who is on the rota."""
    group, person = get_object_or_404(Group, slug=slug), signed_in(request)
    require(may_see_newcomers(person, group))
    return _page(request, group)


@never_cache
@login_required
@require_POST
def offer(request: HttpRequest, slug: str) -> HttpResponse:
    """Be on the rota, pause, or leave it."""
    group, person = get_object_or_404(Group, slug=slug), signed_in(request)
    require(may_offer_welcome(person, group))
    form = OfferForm(request.POST)
    if form.is_valid():
        given = form.cleaned_data
        until = given["until"] if given["pause"] == UNTIL else None
        try:
            offer_to_be_buddy(
                group, most=given["most"], pauses=given["pause"] in (OPEN_END, UNTIL), until=until, by=person
            )
        except Refused as refused:
            form.add_error("until" if refused.code == "invalid" else None, refused.message)
        else:
            said = _("Thank you. You will be told when somebody comes.")
            if not given["most"]:
                said = _("You are on the rota no longer. Thank you for the hellos.")
            elif given["pause"] in (OPEN_END, UNTIL):
                said = _("You pause. Whom you welcome already, you keep.")
            say(request, said)
            return redirect("newcomers", group.slug)
    return _page(request, group, form=form, status=400)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def settings(request: HttpRequest, slug: str) -> HttpResponse:
    """What a group decides about its newcomers."""
    group, person = get_object_or_404(Group, slug=slug), signed_in(request)
    require(may_care_for_newcomers(person, group))
    care = care_of(group)
    initial = {"buddies": care.buddies, "check_ins": care.check_ins, "clause": care.clause_anchor}
    form = CareForm(request.POST if request.method == "POST" else None, initial=initial, group=group)
    status = 200
    if request.method == "POST":
        if form.is_valid():
            given = form.cleaned_data
            care_for_newcomers(
                group,
                buddies=given["buddies"],
                check_ins=given["check_ins"],
                clause_anchor=given["clause"],
                by=person,
            )
            say(request, _("Kept. It holds for whoever comes from now on."))
            return redirect("newcomers", group.slug)
        status = 400
    return render(request, "connections/newcomers/settings.html", {"group": group, "form": form}, status=status)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def first_tasks(request: HttpRequest, slug: str) -> HttpResponse:
    """Which open tasks are good to begin with; one is described, taken off the list, or offered to a newcomer."""
    group, person = get_object_or_404(Group, slug=slug), signed_in(request)
    require(may_care_for_newcomers(person, group))
    free = in_order(group.tasks.filter(state=TaskState.OPEN, owner=None))
    here = newcomers_with_buddies().filter(group=group).exclude(person=person)
    status = 200
    if request.method == "POST" and "stop" in request.POST:
        key = request.POST["stop"]
        task = get_object_or_404(Task, group=group, pk=int(key) if key.isascii() and key.isdecimal() else 0)
        keep_first_task(task, good=False, by=person)
        say(request, _("It is an ordinary task again."))
        return redirect("newcomer_first_tasks", group.slug)
    form = FirstTaskForm(
        request.POST if request.method == "POST" else None,
        tasks=free,
        newcomers=here,
        initial=_described(request, group),
    )
    if request.method == "POST":
        if form.is_valid():
            given = form.cleaned_data
            one, words = given["newcomer"], {"needs": given["needs"], "minutes": given["minutes"]}
            try:
                keep_first_task(given["task"], **words, offer_to=one, by=person)
            except Refused as refused:
                form.add_error("newcomer" if refused.code == "taken" else None, refused.message)
            else:
                asked = _("%(name)s is asked.") % {"name": one.person.name} if one is not None else ""
                say(request, asked or _("Newcomers see it from now on."))
                return redirect("newcomer_first_tasks", group.slug)
        status = 400
    listed = list(small_tasks_of(group))
    notes = notes_on_first_tasks([task.pk for task in listed])
    rows = [(task, notes.get(task.pk, ""), f"?task={task.pk}#describe") for task in listed]
    context = {"group": group, "form": form, "tasks": rows}
    return render(request, "connections/newcomers/first_tasks.html", context, status=status)


@never_cache
@login_required
@require_POST
def hello(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that one has greeted somebody."""
    newcomer, person = _newcomer(request, pk), signed_in(request)
    try:
        say_hello(newcomer, by=person)
    except Refused as refused:
        if refused.code != "taken":
            raise
        say(request, refused.message, level="info")
    else:
        say(request, _("Thank you. %(name)s has been greeted.") % {"name": newcomer.person.name})
    return redirect(local_next(request, reverse("newcomers", args=[newcomer.group.slug])))


@never_cache
@login_required
@require_POST
def somebody_else(request: HttpRequest, pk: int) -> HttpResponse:
    """Have somebody else as one's buddy."""
    newcomer = get_object_or_404(Newcomer.objects.select_related("group", "person"), pk=pk)
    person = signed_in(request)
    if newcomer.person_id != person.pk:
        raise Http404
    found = ask_for_another(newcomer, by=person)
    if found is not None and found.state == PairState.RUNNING:
        say(request, _("%(name)s is there for you now.") % {"name": found.buddy.name})
    else:
        found_soon = found is not None
        say(
            request,
            _("Understood. Somebody else is being found; until then ask anybody who leads the group.")
            if found_soon
            else _("Understood. Nobody else is free just now; those who lead the group are there for your questions."),
        )
    return redirect("group_welcome", newcomer.group.slug)


@never_cache
@login_required
@require_POST
def change_pair(request: HttpRequest, pk: int, what: str) -> HttpResponse:
    """Say yes to a suggestion, see somebody else, or hand a newcomer back."""
    found = BuddyPair.objects.select_related("newcomer__group", "newcomer__person", "buddy")
    pair, person = get_object_or_404(found, pk=pk), signed_in(request)
    group = pair.newcomer.group
    if not (leads(person, group) or (person.pk == pair.buddy_id and pair.asked_at is not None)):
        raise Http404  # Somebody who is only suggested has not heard of it.
    match what:
        case "confirm":
            confirm_buddy(pair, by=person)
            said = _("%(name)s is asked, and both have heard of each other.") % {"name": pair.buddy.name}
        case "another":
            try:
                other = suggest_another(pair, by=person)
            except Refused as refused:
                if refused.code != "taken":
                    raise
                said = refused.message
            else:
                said = _("Here is somebody else.") if other else _("Nobody else is free at present.")
        case "hand-back":
            hand_back(pair, by=person)
            said = _("Handed back. Thank you for having been ready.")
        case _:
            raise Http404
    say(request, said)
    return redirect("newcomers", group.slug)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def check_in(request: HttpRequest, pk: int) -> HttpResponse:
    """One question with three buttons, for whoever was asked; nobody else learns of it."""
    found = get_object_or_404(
        NewcomerCheckIn.objects.select_related("newcomer__group", "newcomer__person", "buddy"), pk=pk
    )
    person = signed_in(request)
    if found.newcomer.person_id != person.pk:
        raise Http404
    group = found.newcomer.group
    pair = buddy_of(person, group)
    initial = {"words": found.words, "only_buddy": "yes" if found.only_buddy and pair else "no"}
    form = CheckInForm(request.POST if request.method == "POST" else None, initial=initial)
    status = 200
    if request.method == "POST":
        if form.is_valid():
            given = form.cleaned_data
            try:
                answer_check_in(
                    found, given["answer"], words=given["words"], only_buddy=given["only_buddy"] == "yes", by=person
                )
            except Refused as refused:
                if refused.code != "no_buddy":
                    raise
                form.add_error("only_buddy", refused.message)
            else:
                say(request, _thanks(given["answer"]))
                return redirect("group_welcome", group.slug)
        status = 400
    context = {
        "group": group,
        "check_in": found,
        "form": form,
        "buddy": pair.buddy if pair is not None else None,
        "answers": Going.choices,
        "may": may_answer_check_in(person, found),
    }
    return render(request, "connections/newcomers/check_in.html", context, status=status)


def _page(request: HttpRequest, group: Group, *, form: OfferForm | None = None, status: int = 200) -> HttpResponse:
    person, now = signed_in(request), timezone.now()
    leading = bool(leads(person, group))
    reads = has_power(person, group, Power.MANAGE)
    context: dict[str, Any] = {
        "group": group,
        "leads": leading,
        "cards": pair_cards(welcomed_by(person, group), now=now),
        "answers": answers_for(person, group, leads_group=reads, now=now),
    }
    if leading:
        today = timezone.localdate()
        context |= {
            "waiting": waiting_rows(group, today=today),
            "median": median_words(days_until_hello(group, now=now)),
            "care": care_of(group),
            "rota": _rota(group),
            "may_care": may_care_for_newcomers(person, group),
        }
    if may_offer_welcome(person, group):
        context["form"] = form or OfferForm(initial=_offered(person, group))
    return render(request, "connections/newcomers/page.html", context, status=status)


def _rota(group: Group) -> list[tuple[BuddyOffer, bool]]:
    """Who is on the rota, and whether they pause."""
    today = today_here()
    pausing = {pause.person_id for pause in BuddyPause.objects.filter(group=group) if pause.lasts(today)}
    offers = BuddyOffer.objects.filter(group=group).select_related("person").order_by("person__name", "pk")
    return [(one, one.person_id in pausing) for one in offers]


def _offered(person: Any, group: Group) -> dict[str, Any]:
    most = BuddyOffer.objects.filter(person=person, group=group).values_list("most", flat=True).first() or 0
    pause = BuddyPause.objects.filter(person=person, group=group).first()
    if pause is None or not pause.lasts(today_here()):
        return {"most": min(most, 4), "pause": NO}
    return {"most": min(most, 4), "pause": UNTIL if pause.until else OPEN_END, "until": pause.until}


def _described(request: HttpRequest, group: Group) -> dict[str, Any]:
    """What was said of the task that the address names, so that it can be said otherwise."""
    key = request.GET.get("task", "")
    if not (key.isascii() and key.isdecimal() and len(key) < 12):
        return {}
    words = FirstTaskWords.objects.filter(task=int(key), task__group=group).first()
    return {"task": int(key)} | ({"needs": words.needs, "minutes": words.minutes} if words else {})


def _newcomer(request: HttpRequest, pk: int) -> Newcomer:
    """A newcomer whom the reader may know of as one who waits: those who lead, and their buddy."""
    found = get_object_or_404(Newcomer.objects.select_related("group", "person", "hello_by"), pk=pk)
    person = signed_in(request)
    if not (leads(person, found.group) or found.pairs.filter(buddy=person, state=PairState.RUNNING).exists()):
        raise Http404
    return found


def _thanks(answer: str) -> str:
    if answer == Going.HAND:
        return _("Thank you for saying so. They have been told just now.")
    return _("Thank you. It helps to know.")
