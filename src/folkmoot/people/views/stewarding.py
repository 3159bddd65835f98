"""People's records, for stewards: found, held, merged, handed out, erased."""

from __future__ import annotations

from collections.abc import Callable

from allauth.account.models import EmailAddress
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from folkmoot.kit.errors import Refused
from folkmoot.kit.verdict import require
from folkmoot.people.actions import (
    erase_person,
    hand_out_data,
    merge_people,
    name_steward,
    restore_person,
    suspend_person,
    undo_merge,
    unname_steward,
)
from folkmoot.people.actions.erasing import check_typed_name
from folkmoot.people.actions.standing import refuse_last_steward
from folkmoot.people.export import kept_about
from folkmoot.people.forms.profiles import TypedNameForm
from folkmoot.people.models import MergeRecord, Person
from folkmoot.people.queries import SHOW, look_alikes, people_for_stewards, records_of
from folkmoot.people.reader import signed_in
from folkmoot.people.rules import may_run_the_installation
from folkmoot.people.steward_mode import switch_off, switch_on
from folkmoot.people.views.own import zip_answer
from folkmoot.ui.messages import say
from folkmoot.ui.redirects import local_next

ON_A_PAGE = 50
MOST_FOUND = 20
STANDINGS: dict[str, Callable[..., None]] = {
    "steward": name_steward,
    "no-steward": unname_steward,
    "hold": suspend_person,
    "restore": restore_person,
}


@never_cache
@login_required
@require_POST
def steward_mode_on(request: HttpRequest) -> HttpResponse:
    """Act as a steward from now on, and go on where one was."""
    switch_on(request)
    return redirect(local_next(request, "/steward/"))


@never_cache
@login_required
@require_POST
def steward_mode_off(request: HttpRequest) -> HttpResponse:
    """Act as an ordinary person again."""
    switch_off(request)
    return redirect(local_next(request, "/"))


@never_cache
@require_safe
@login_required
def people(request: HttpRequest) -> HttpResponse:
    """Everybody, sought by name or address."""
    require(may_run_the_installation(request.user))
    words, show = request.GET.get("q", "")[:200], request.GET.get("show", "")
    show = show if show in SHOW else ""
    page = Paginator(people_for_stewards(words=words, show=show), ON_A_PAGE).get_page(request.GET.get("page"))
    alike = look_alikes(list(page.object_list))
    filters = [
        ("", _("Everybody")),
        ("steward", _("Stewards")),
        ("held", _("Held")),
        ("never", _("Never signed in")),
        ("left", _("Merged or erased")),
    ]
    return render(
        request,
        "people/people.html",
        {
            "page": page,
            "rows": [(person, alike.get(person.pk, [])) for person in page],
            "words": words,
            "show": show,
            "filters": filters,
        },
    )


@never_cache
@require_safe
@login_required
def person_record(request: HttpRequest, pk: int) -> HttpResponse:
    """One record: what stewards need to know of it, and what they can do with it."""
    require(may_run_the_installation(request.user))
    person = get_object_or_404(Person.objects.select_related("merged_into"), pk=pk)
    merges = MergeRecord.objects.filter(kept=person, undone_at=None).select_related("gone")
    return render(
        request,
        "people/person_record.html",
        {
            "person": person,
            "addresses": EmailAddress.objects.filter(user__in=records_of(person)).order_by("pk"),
            "alike": look_alikes([person]).get(person.pk, []),
            "merges": merges,
            "merge_of": MergeRecord.objects.filter(gone=person, undone_at=None, settled_at=None).first(),
            "kinds": [section for section in kept_about(person) if section.rows],
            "is_self": person == request.user,
            "last_steward": _why_not_unname(person),
        },
    )


def _why_not_unname(person: Person) -> str:
    try:
        refuse_last_steward(person)
    except Refused as refused:
        return refused.message
    return ""


@never_cache
@login_required
@require_POST
def change_standing(request: HttpRequest, pk: int) -> HttpResponse:
    """Make a steward or no longer one, hold or restore: by the button's `to`."""
    require(may_run_the_installation(request.user))
    person = get_object_or_404(Person, pk=pk)
    change = STANDINGS.get(request.POST.get("to", ""))
    if change is None:
        raise Refused(_("Please choose one of the options."), code="invalid")
    change(person, by=signed_in(request))
    say(request, _("That is done."))
    return redirect("person_record", pk)


@never_cache
@login_required
@require_POST
def person_file(request: HttpRequest, pk: int) -> HttpResponse:
    """Everything that is kept, for somebody who asked a steward for it."""
    require(may_run_the_installation(request.user))
    person = get_object_or_404(Person, pk=pk)
    return zip_answer(hand_out_data(person, by=signed_in(request)), f"person-{pk}.zip")


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def merge(request: HttpRequest, pk: int) -> HttpResponse:
    """Find the other record, see what would move, confirm."""
    require(may_run_the_installation(request.user))
    kept = get_object_or_404(Person, pk=pk, merged_into=None, erased_at=None)
    given = request.POST if request.method == "POST" else request.GET
    words, number = given.get("q", "")[:200], given.get("gone", "")
    gone = None
    if number.isdecimal():
        gone = Person.objects.filter(pk=int(number[:18]), merged_into=None, erased_at=None).exclude(pk=pk).first()
    if request.method == "POST":
        if gone is None:
            raise Refused(_("Please choose the record that is to go."), code="invalid")
        done = merge_people(kept, gone, by=signed_in(request))
        say(request, _("The two records are one now. You can take it back within thirty days."))
        return redirect("person_record", done.kept_id)
    found = people_for_stewards(words=words).exclude(pk=pk)[:MOST_FOUND] if words and gone is None else []
    return render(
        request,
        "people/merge.html",
        {
            "kept": kept,
            "gone": gone,
            "words": words,
            "found": found,
            "kinds": [section for section in kept_about(gone) if section.rows and section.moves] if gone else [],
        },
    )


@never_cache
@login_required
@require_POST
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Make two of one again."""
    require(may_run_the_installation(request.user))
    merge = get_object_or_404(MergeRecord, pk=pk)
    undo_merge(merge, by=signed_in(request))
    say(request, _("The two records are apart again."))
    return redirect("person_record", merge.kept_id)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def erase(request: HttpRequest, pk: int) -> HttpResponse:
    """Erase a record because its person asked for it."""
    require(may_run_the_installation(request.user))
    person = get_object_or_404(Person, pk=pk, merged_into=None, erased_at=None)
    form = TypedNameForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            check_typed_name(person, form.cleaned_data["name"])
            erase_person(person, by=signed_in(request))
        except Refused as refused:
            form.add_error("name" if refused.code == "invalid" else None, refused.message)
        else:
            say(request, _("The record is erased."))
            return redirect("people")
    return render(
        request,
        "people/erase.html",
        {"form": form, "person": person, "own": False},
        status=400 if form.errors else 200,
    )
