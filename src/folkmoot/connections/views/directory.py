"""The directory: who is in it, to each reader what they may see, and being in it oneself."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from folkmoot.connections.actions.directory import be_found, stop_being_found
from folkmoot.connections.actions.interests import forget_apart, keep_apart, say_interests
from folkmoot.connections.domain.directory import INTERESTS, Common, Found, said_among
from folkmoot.connections.forms.directory import FindableForm, SeekForm
from folkmoot.connections.queries.directory import Directory, directory_for, findable, shown_as
from folkmoot.connections.queries.directory_introductions import between
from folkmoot.connections.queries.interests import interests_of
from folkmoot.connections.views.directory_cards import Card, card_of
from folkmoot.kit.errors import Refused
from folkmoot.people.domain.seeking import NotSearchable, read_words
from folkmoot.people.models import Person, Profile, Seen
from folkmoot.people.places import language_name, region_name
from folkmoot.people.reader import signed_in
from folkmoot.ui.messages import say

ON_A_PAGE = 20
SUGGESTED = 12


@require_safe
@never_cache
@login_required
def directory(request: HttpRequest) -> HttpResponse:
    """Everybody whom the reader may find, sought and chosen by what the reader may see of them."""
    found = directory_for(signed_in(request))
    form = SeekForm(request.GET, choices_of(found), found.shows_hours)
    form.is_valid()
    wanted, rows = None, []
    try:
        wanted = form.wanted(read_words(form.cleaned_data.get("q", "")))
        rows = found.find(wanted)
    except (NotSearchable, KeyError):
        form.add_error("q", _("Please seek with a few words."))
    page = Paginator(rows, ON_A_PAGE).get_page(request.GET.get("page"))
    narrowed = any(request.GET.get(name) for name in form.fields if name != "q")
    context = {
        "form": form,
        "page": page,
        "cards": [card(request, found, one) for one in page.object_list],
        "said": {sort: said_among(found.shown, sort) for sort in INTERESTS},
        "narrowed": narrowed,
        "seeks": narrowed or bool(request.GET.get("q")),
        "anybody": bool(found.shown),
        "is_findable": found.is_findable,
    }
    return render(request, "connections/directory/directory.html", context, status=400 if form.errors else 200)


def choices_of(found: Directory) -> dict[str, list[tuple[str, str]]]:
    """What there is to choose from: only what the reader may see of somebody."""
    groups = {slug: name for one in found.shown for slug, name in one.groups.items()}
    languages = {code: language_name(code) for code in {code for one in found.shown for code in one.languages}}
    regions = {code: region_name(code) for code in {one.region for one in found.shown} if code}
    pairs = {"group": groups, "language": languages, "region": regions}
    return {name: sorted(some.items(), key=lambda pair: pair[1].casefold()) for name, some in pairs.items()}


def card(request: HttpRequest, of: Directory, found: Found) -> Card:
    """Somebody found, for this request's reader."""
    key = found.shown.key
    clock = request.reader.clock  # type: ignore[attr-defined]
    return card_of(of.people[key], found.shown, found.common, now=timezone.now(), clock=clock, away=of.away.get(key))


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def me(request: HttpRequest) -> HttpResponse:
    """What I care about, can help with and want to learn, whether I am found, and who sees what."""
    person = signed_in(request)
    chosen = findable(person)
    profile = Profile.objects.filter(person=person).first()
    form = FindableForm(
        interests_of([person.pk])[person.pk], chosen, profile, request.POST if request.method == "POST" else None
    )
    if request.method == "POST" and form.is_valid():
        try:
            if request.POST.get("do") == "keep" and chosen is None:
                for sort, words in form.interests().items():
                    say_interests(person, sort, words)
                say(request, _("Kept. You are not in the directory."))
            else:
                be_found(person, seen=form.seen(), interests=form.interests(), by=person)
                say(request, _("Kept. This is how others find you now."))
        except Refused as refused:
            form.add_error(None, refused.message)
        else:
            return redirect("directory_me" if request.POST.get("do") == "keep" else "directory_seen")
    shown = directory_for(person)
    context = {
        "form": form,
        "chosen": chosen,
        "rows": _rows(form, shown),
        "has_hours": shown.own.hours is not None,
        "apart": [one.other for one in person.apart_from.select_related("other").order_by("other__name")],
    }
    return render(request, "connections/directory/me.html", context, status=400 if form.errors else 200)


def _rows(form: FindableForm, shown: Directory) -> list[tuple[Any, Any, list[str]]]:
    """The three sorts, each with who sees it and words that others said, as far as they show them."""
    rows = []
    for sort, words, who in form.interest_rows:
        own = set(getattr(shown.own, sort).values())
        rows.append((words, who, [said for said in said_among(shown.shown, sort) if said not in own][:SUGGESTED]))
    return rows


@require_safe
@never_cache
@login_required
def seen(request: HttpRequest) -> HttpResponse:
    """How others see me in the directory, by `?as=`."""
    person = signed_in(request)
    levels = (Seen.SIGNED_IN, Seen.GROUPS)
    level = request.GET.get("as", "")
    level = level if level in levels else Seen.SIGNED_IN.value
    told = shown_as(person, level)
    clock = request.reader.clock  # type: ignore[attr-defined]
    context = {
        "card": card_of(person, told, Common(), now=timezone.now(), clock=clock) if told else None,
        "chosen": findable(person),
        "current": f"{request.path}?as={level}",
        "levels": [(each.label, f"{request.path}?as={each}") for each in levels],
    }
    return render(request, "connections/directory/seen.html", context)


@require_POST
@never_cache
@login_required
def stop(request: HttpRequest) -> HttpResponse:
    """Be found no more, at once."""
    person = signed_in(request)
    stop_being_found(person, by=person)
    say(request, _("You are not in the directory any more. What you care about is kept for you alone."))
    return redirect("directory_me")


@require_POST
@never_cache
@login_required
def apart(request: HttpRequest, pk: int) -> HttpResponse:
    """Never be brought together with somebody, or take that wish back; the other one never learns of it."""
    person = signed_in(request)
    if request.POST.get("do") == "forget":
        kept = person.apart_from.filter(other=pk).select_related("other").first()
        if kept is None:
            raise Http404
        forget_apart(person, kept.other)
        say(request, _("Taken back."))
        return redirect("directory_me")
    other = get_object_or_404(Person, pk=pk)
    is_there = directory_for(person, only=pk).one(pk) is not None or between(person, other).exists()
    if not is_there and not person.apart_from.filter(other=pk).exists():
        raise Http404
    keep_apart(person, other)
    say(
        request,
        _("Noted, and told to nobody. You do not find each other any more, and are never brought together."),
    )
    return redirect("directory")
