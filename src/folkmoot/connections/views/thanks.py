"""Thanking somebody, one's own thanks, and the card of a year."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from folkmoot.connections.actions.thanks import remove_thanks, show_thanks, take_back, thank, wish_for_thanks
from folkmoot.connections.forms.thanks import ThanksForm
from folkmoot.connections.models.thanks import ThanksShown
from folkmoot.connections.queries.thanks import (
    given_by,
    received_by,
    whom_to_thank,
    wish_of,
    year_in_thanks,
    years_of,
)
from folkmoot.connections.rules.thanks import may_thank
from folkmoot.connections.thankable import Occasion, occasion_of
from folkmoot.groups.models import Group
from folkmoot.groups.queries import holds_anything
from folkmoot.kit.errors import Refused
from folkmoot.people.models import Person
from folkmoot.people.reader import signed_in
from folkmoot.ui.form_pages import form_page
from folkmoot.ui.messages import say

ON_A_PAGE = 20
GIVEN_SHOWN = 30
FIRST_YEAR, LAST_YEAR = 2000, 2200


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Thank somebody: `?person=` is who is meant, `?about=` what for, `?group=` where."""
    person = signed_in(request)
    about = request.GET.get("about", "")
    occasion = occasion_of(about, person) if about else None
    if about and occasion is None:
        raise Http404
    group = occasion.group if occasion else _group(request)
    meant = _meant(request, person, occasion)
    # Only people of a group are told who is in it.
    narrow = group if group is not None and holds_anything(person, group) else None
    people = whom_to_thank(person, narrow)
    if meant is not None and meant not in people:
        people = [meant, *people]
    initial = {"whom": meant.pk} if meant is not None else {}
    form = ThanksForm(request.POST if request.method == "POST" else None, people=people, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            said = thank(form.receivers, form.cleaned_data["words"], by=person, occasion=occasion, group=group)
        except Refused as refused:
            field = str(refused.params.get("field", ""))
            form.add_error(field if field in form.fields else None, refused.message)
        else:
            undo = reverse("take_thanks_back", args=[said[0].pk]) if len(said) == 1 else ""
            say(request, _("Your thanks is on its way. For ten minutes you can still take it back."), undo=undo)
            return redirect(f"{reverse('my_thanks')}#given")
    context = {"occasion": occasion, "group": group, "people": people, "meant": meant}
    return form_page(request, "connections/thanks/new.html", form, **context)


def _group(request: HttpRequest) -> Group | None:
    slug = request.GET.get("group", "")
    return get_object_or_404(Group, slug=slug) if slug else None


def _meant(request: HttpRequest, person: Person, occasion: Occasion | None) -> Person | None:
    """Whom the link names, as far as this reader may know of them."""
    number = request.GET.get("person", "")
    if not number.isdecimal() or len(number) > 12:
        return None
    meant = Person.objects.filter(pk=int(number)).exclude(pk=person.pk).first()
    return meant if meant is not None and may_thank(person, meant, occasion) else None


@require_safe
@never_cache
@login_required
def mine(request: HttpRequest) -> HttpResponse:
    """What one got, with who sees each, and what one said."""
    person, now = signed_in(request), timezone.now()
    wished = wish_of(person)
    page = Paginator(received_by(person, now=now), ON_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "received": [
            (one, [(shown, shown.label, shown == one.shown) for shown in one.may_be_shown_to]) for one in page
        ],
        "given": list(given_by(person)[:GIVEN_SHOWN]),
        "years": years_of(person, now=now),
        "wishes": [(shown, shown.label, shown == wished) for shown in ThanksShown],
        "now": now,
    }
    return render(request, "connections/thanks/mine.html", context)


@require_safe
@never_cache
@login_required
def year(request: HttpRequest, year: int) -> HttpResponse:
    """Everything that one was thanked for in a year, to keep or to print; for oneself alone."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise Http404
    person = signed_in(request)
    months = year_in_thanks(person, year, now=timezone.now())
    return render(request, "connections/thanks/year.html", {"person": person, "year": year, "months": months})


@never_cache
@login_required
@require_POST
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """Say who reads one that one got."""
    person = signed_in(request)
    thanks = get_object_or_404(received_by(person, now=timezone.now()), pk=pk)
    show_thanks(thanks, _shown(request), by=person)
    say(request, _("It is shown as you said."))
    return redirect(f"{reverse('my_thanks')}#thanks-{pk}")


@never_cache
@login_required
@require_POST
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Take one that one got off every page."""
    person = signed_in(request)
    remove_thanks(get_object_or_404(received_by(person, now=timezone.now()), pk=pk), by=person)
    say(request, _("It is gone from your pages. Whoever said it is not told."))
    return redirect("my_thanks")


@never_cache
@login_required
@require_POST
def take_it_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Take one back that one said."""
    person = signed_in(request)
    take_back(get_object_or_404(given_by(person), pk=pk), by=person)
    say(request, _("You took it back. It stands nowhere any more."))
    return redirect(f"{reverse('my_thanks')}#given")


@never_cache
@login_required
@require_POST
def wish(request: HttpRequest) -> HttpResponse:
    """Say who reads new ones."""
    wish_for_thanks(signed_in(request), _shown(request))
    say(request, _("New thanks are shown as you said. Those you have stay as they are."))
    return redirect("my_thanks")


def _shown(request: HttpRequest) -> ThanksShown:
    try:
        return ThanksShown(request.POST.get("shown", ""))
    except ValueError:
        raise Refused(_("Please choose who may read it."), code="invalid") from None
