"""Pages of seats: who holds what from when to when, and giving and ending terms."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from folkmoot.groups.actions.seats import add_seat, begin_term, change_seat, end_term, extend_term, retire_seat
from folkmoot.groups.forms.seats import BeginTermForm, EndTermForm, ExtendTermForm, SeatForm
from folkmoot.groups.models import Begun, Ended, Filling, Group, Seat, Term
from folkmoot.groups.queries import charter_in_force, emeriti_of
from folkmoot.groups.rules import may_fill_seats, may_see_holders
from folkmoot.groups.seat_pages import history_table, people_for_seats, seat_line, seats_page, table_rows
from folkmoot.kit.csv_text import written
from folkmoot.kit.errors import Refused
from folkmoot.kit.verdict import require
from folkmoot.organisation.queries import today_here
from folkmoot.people.kept_pages import kept_for_strangers
from folkmoot.people.reader import person_of, signed_in
from folkmoot.ui.messages import say


@require_safe
@kept_for_strangers
def seats(request: HttpRequest, slug: str) -> HttpResponse:
    """A group's offices, who holds them, and what falls free next."""
    group = get_object_or_404(Group.objects.select_related("parent"), slug=slug)
    person = person_of(request)
    sees_all = person is not None and bool(may_see_holders(person, group))
    page = seats_page(group, on=today_here(), sees_all=sees_all, signed_in=person is not None)
    context = {
        "group": group,
        "page": page,
        "emeriti": emeriti_of(group),
        "may_fill": person is not None and bool(may_fill_seats(person, group)),
    }
    return render(request, "groups/seats.html", context)


@require_safe
def seats_csv(request: HttpRequest, slug: str) -> HttpResponse:
    """All terms of all seats as a table for a spreadsheet, with the names that the reader may know."""
    group = get_object_or_404(Group, slug=slug)
    person = person_of(request)
    page = seats_page(group, on=today_here(), sees_all=person is not None and bool(may_see_holders(person, group)))
    header = (_("Seat"), _("Held by"), _("From"), _("Until"), _("How"), _("Why it ended"))
    response = HttpResponse("".join(written([header, *table_rows(page)])), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{group.slug}-seats.csv"'
    return response


@require_safe
@kept_for_strangers
def seat(request: HttpRequest, pk: int) -> HttpResponse:
    """One seat and its history."""
    found = _seat(pk)
    person = person_of(request)
    sees_all = person is not None and bool(may_see_holders(person, found.group))
    line = seat_line(found, on=today_here(), sees_all=sees_all)
    may_fill = person is not None and bool(may_fill_seats(person, found.group))
    context = {
        "group": found.group,
        "seat": found,
        "line": line,
        "table": history_table(line),
        "may_fill": may_fill,
        "me": person,
    }
    return render(request, "groups/seat.html", context)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new_seat(request: HttpRequest, slug: str) -> HttpResponse:
    """Give a group a seat."""
    group = get_object_or_404(Group.objects.select_related("parent"), slug=slug)
    require(may_fill_seats(person_of(request), group))
    form = SeatForm(request.POST or None, group=group, clauses=_clauses(group))

    def add(given: dict[str, Any]) -> Seat:
        return add_seat(group, **_of(given), by=signed_in(request))

    return _answered(request, form, add, _("The seat is there."), "groups/seat_form.html", group=group)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def edit_seat(request: HttpRequest, pk: int) -> HttpResponse:
    """Let other things hold for a seat."""
    found = _seat(pk)
    require(may_fill_seats(person_of(request), found.group))
    form = SeatForm(
        request.POST or None, group=found.group, clauses=_clauses(found.group), initial=SeatForm.initial_of(found)
    )

    def change(given: dict[str, Any]) -> Seat:
        return change_seat(found, **_of(given), by=signed_in(request))

    return _answered(request, form, change, _("The seat was changed."), "groups/seat_form.html", seat=found)


@never_cache
@login_required
@require_POST
def retire(request: HttpRequest, pk: int) -> HttpResponse:
    """Let a seat exist no longer."""
    found = _seat(pk)
    retire_seat(found, by=signed_in(request))
    say(request, _("The seat exists no longer. Its history stays."))
    return redirect("seats", found.group.slug)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def begin(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a seat to somebody."""
    found = _seat(pk)
    require(may_fill_seats(person_of(request), found.group))
    line = seat_line(found, on=today_here(), sees_all=True)
    form = BeginTermForm(
        request.POST or None,
        people=people_for_seats(found.group),
        initial={"how": found.filling, "begins_on": line.free_from or today_here()},
    )

    def give(given: dict[str, Any]) -> Seat:
        begin_term(
            found,
            given["person"],
            how=Begun(given["how"]),
            begins_on=given["begins_on"],
            ends_on=given["ends_on"],
            remark=given["remark"],
            by=signed_in(request),
        )
        return found

    return _answered(
        request, form, give, _("The seat is given, and its holder was told."), "groups/term_begin.html", seat=found
    )


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """Let a term be over."""
    term = _term(pk)
    person = signed_in(request)
    if term.person != person:
        require(may_fill_seats(person, term.seat.group))
    form = EndTermForm(request.POST or None, initial={"on": today_here()})
    if term.person == person:
        form.fields["because"].choices = [(Ended.RESIGNED, Ended.RESIGNED.label)]  # type: ignore[attr-defined]

    def finish(given: dict[str, Any]) -> Seat:
        end_term(term, because=Ended(given["because"]), on=given["on"], remark=given["remark"], by=person)
        return term.seat

    return _answered(request, form, finish, _("The term is over."), "groups/term_end.html", seat=term.seat, term=term)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def extend(request: HttpRequest, pk: int) -> HttpResponse:
    """Let a term go on for longer."""
    term = _term(pk)
    require(may_fill_seats(person_of(request), term.seat.group))
    form = ExtendTermForm(request.POST or None, initial={"ends_on": term.ends_on})

    def prolong(given: dict[str, Any]) -> Seat:
        extend_term(term, ends_on=given["ends_on"], why=given["why"], by=signed_in(request))
        return term.seat

    return _answered(
        request, form, prolong, _("The term goes on."), "groups/term_extend.html", seat=term.seat, term=term
    )


def _answered(
    request: HttpRequest,
    form: forms.Form,
    do: Callable[[dict[str, Any]], Seat],
    done: str,
    template: str,
    **context: Any,
) -> HttpResponse:
    """Show a form, or do what it asks and go to the seat; what is refused stands above the form, with all it holds."""
    if request.method == "POST" and form.is_valid():
        try:
            found = do(form.cleaned_data)
        except Refused as refused:
            form.add_error(None, refused.message)
        else:
            say(request, done)
            return redirect(found)
    context.setdefault("group", context["seat"].group if "seat" in context else None)
    return render(request, template, {"form": form, **context}, status=400 if form.errors else 200)


def _of(given: dict[str, Any]) -> dict[str, Any]:
    return {**given, "filling": Filling(given["filling"])}


def _clauses(group: Group) -> list[tuple[str, str]]:
    """The clauses of the charter in force, to choose from."""
    charter = charter_in_force(group)
    if charter is None:
        return []
    return [(clause.anchor, str(clause)) for clause in charter.clauses.exclude(heading="").defer("html")]


def _seat(pk: int) -> Seat:
    return get_object_or_404(Seat.objects.select_related("group__parent", "role"), pk=pk)


def _term(pk: int) -> Term:
    return get_object_or_404(Term.objects.select_related("seat__group__parent", "person"), pk=pk)
