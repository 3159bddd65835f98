"""Seats of a group, and who holds them for a term."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from folkmoot.groups.domain.offices import Held, Span, consecutive, end_of_term, is_counted
from folkmoot.groups.facts import SeatAdded, SeatChanged, SeatRetired, TermBegan, TermEnded, TermExtended
from folkmoot.groups.models import Begun, Ended, Filling, Group, Role, Seat, Term
from folkmoot.groups.naming import role_name
from folkmoot.groups.notices import TermEndedNotice, TermGiven
from folkmoot.groups.rules import is_open_for_work, may_fill_seats
from folkmoot.kit.errors import Refused
from folkmoot.kit.naming import plain_name, shows_nothing
from folkmoot.kit.verdict import require
from folkmoot.ledger.actions import record
from folkmoot.ledger.actors import Actor
from folkmoot.notices.actions import tell
from folkmoot.organisation.queries import today_here
from folkmoot.people.models import Person
from folkmoot.ui.times import plain_date

LONGEST_TERM = 240
EARLIEST, LATEST = 1900, 2200
LONGEST_TEXT = 1000
LONGEST_REMARK = 500


@transaction.atomic
def add_seat(
    group: Group,
    *,
    title: str,
    filling: Filling = Filling.ELECTED,
    term_months: int | None = None,
    turns_on: date | None = None,
    most_terms: int | None = None,
    text: str = "",
    clause_anchor: str = "",
    role: Role | None = None,
    is_public: bool = True,
    by: Actor,
) -> Seat:
    """Give a group a seat; nobody holds it yet. Refused `forbidden`, `invalid` or `title_taken`."""
    require(may_fill_seats(by, group))
    hold_seats(group)
    last = group.seats.order_by("-position").first()
    seat = Seat(
        group=group,
        position=last.position + 1 if last else 0,
        **_checked(group, title, filling, term_months, turns_on, most_terms, text, clause_anchor, role, is_public),
    )
    _save(seat)
    _note_seats(group)
    record(SeatAdded(seat_id=seat.pk, title=seat.title), by=by, on=seat, within=group)
    return seat


@transaction.atomic
def change_seat(
    seat: Seat,
    *,
    title: str,
    filling: Filling,
    term_months: int | None,
    turns_on: date | None,
    most_terms: int | None,
    text: str,
    clause_anchor: str,
    role: Role | None,
    is_public: bool,
    by: Actor,
) -> Seat:
    """Let other things hold for a seat from now on; terms that have begun stay as they are."""
    require(may_fill_seats(by, seat.group))
    seat = _current(seat)
    values = _checked(
        seat.group, title, filling, term_months, turns_on, most_terms, text, clause_anchor, role, is_public
    )
    changes = {
        name: [_plain(getattr(seat, name)), _plain(value)]
        for name, value in values.items()
        if getattr(seat, name) != value
    }
    if not changes:
        return seat
    for name, value in values.items():
        setattr(seat, name, value)
    _save(seat)
    record(SeatChanged(seat_id=seat.pk, title=seat.title), by=by, on=seat, within=seat.group, changes=changes)
    return seat


@transaction.atomic
def retire_seat(seat: Seat, *, by: Actor) -> None:
    """Let a seat exist no longer. Refused `seat_is_held` while somebody holds it or is to hold it."""
    require(may_fill_seats(by, seat.group))
    hold_seats(seat.group)
    seat = Seat.objects.select_related("group").get(pk=seat.pk)
    if seat.retired_on is not None:
        return
    today = today_here()
    held = [term for term in seat.terms.select_related("person") if _lasts_beyond(term, today)]
    if held:
        raise Refused(
            _("%(person)s holds this seat; end the term first.") % {"person": held[0].person.name}, code="seat_is_held"
        )
    seat.retired_on = today
    seat.save(update_fields=["retired_on"])
    _note_seats(seat.group)
    record(SeatRetired(seat_id=seat.pk, title=seat.title), by=by, on=seat, within=seat.group)


@transaction.atomic
def begin_term(
    seat: Seat,
    person: Person,
    *,
    how: Begun,
    begins_on: date | None = None,
    ends_on: date | None = None,
    remark: str = "",
    by: Actor,
    at: Any = None,
) -> Term:
    """Give a person a seat from a day (today by default), until the end of a term of its length.

    Refused `forbidden`, `seat_is_retired`, `seat_is_held` (by somebody else on one of these days), `limit_reached`
    and `invalid`. Given once more for the same day, it is written once. An acting term counts toward no limit.
    """
    require(may_fill_seats(by, seat.group))
    seat = _current(seat)
    first = begins_on or today_here()
    if not EARLIEST <= first.year <= LATEST:
        raise Refused(_("Please check the year: %(year)d.") % {"year": first.year}, code="invalid")
    last = ends_on or end_of_term(first, seat.term_months, seat.turns_on)
    if last is not None and last <= first:
        raise Refused(_("A term ends after it begins."), code="invalid")
    remark = _text(remark, LONGEST_REMARK)
    span = Span(first, last)
    terms = list(seat.terms.select_related("person"))
    for term in terms:
        if term.span.overlaps(span):
            if term.person_id == person.pk and term.begins_on == first and term.ended_on is None:
                return term
            raise Refused(_held_words(term), code="seat_is_held")
    if how != Begun.ACTING:
        _require_within_limit(seat, person, terms, first)
    try:
        with transaction.atomic():
            term = Term.objects.create(seat=seat, person=person, begins_on=first, ends_on=last, how=how, remark=remark)
    except IntegrityError:
        raise Refused(_("Somebody was just given this seat."), code="seat_is_held") from None
    record(
        TermBegan(
            term_id=term.pk,
            seat_id=seat.pk,
            seat=seat.title,
            how=term.how,
            begins_on=first.isoformat(),
            ends_on=last.isoformat() if last else "",
            person=person.name,
        ),
        by=by,
        about=person,
        on=term,
        within=seat.group,
        at=at,
    )
    if by != person and term.span.ends != first and not _is_past(term):
        tell([person], TermGiven(term))
    return term


@transaction.atomic
def end_term(
    term: Term, *, because: Ended, on: date | None = None, remark: str = "", by: Actor, at: Any = None
) -> Term:
    """Let a term be over from a day on (today by default). The holder may resign; ended twice, it is told once."""
    if not (because == Ended.RESIGNED and by == term.person):
        require(may_fill_seats(by, term.seat.group))
    hold_seats(term.seat.group)
    term = Term.objects.select_related("seat__group", "person").get(pk=term.pk)
    if term.ended_on is not None:
        return term
    day = on or today_here()
    if because == Ended.OVER and term.ends_on is not None:
        day = term.ends_on
    if term.ends_on is not None and day > term.ends_on:
        raise Refused(
            _("This term ends on %(day)s anyway; to let it go on, extend it.") % {"day": plain_date(term.ends_on)},
            code="invalid",
        )
    term.ended_on, term.ended_because = max(day, term.begins_on), because
    term.save(update_fields=["ended_on", "ended_because"])
    record(
        TermEnded(
            term_id=term.pk,
            seat_id=term.seat_id,
            seat=term.seat.title,
            because=because,
            ended_on=term.ended_on.isoformat(),
            person=term.person.name,
            remark=_text(remark, LONGEST_REMARK),
        ),
        by=by,
        about=term.person,
        on=term,
        within=term.seat.group,
        at=at,
    )
    if by != term.person:
        tell([term.person], TermEndedNotice(term))
    return term


@transaction.atomic
def extend_term(term: Term, *, ends_on: date, why: str, by: Actor) -> Term:
    """Let a term end on a later day, for a reason that is told. Refused where somebody else's term begins before."""
    require(may_fill_seats(by, term.seat.group))
    hold_seats(term.seat.group)
    term = Term.objects.select_related("seat__group", "person").get(pk=term.pk)
    why = _text(why, LONGEST_REMARK)
    if not why:
        raise Refused(_("Please say why, in a few words."), code="why_missing")
    if term.ended_on is not None:
        raise Refused(_("This term is over; begin a new one."), code="term_is_over")
    if term.ends_on is None or ends_on <= term.ends_on:
        raise Refused(_("Please name a day after the one on which the term ends now."), code="invalid")
    span = Span(term.begins_on, ends_on)
    for other in term.seat.terms.select_related("person").exclude(pk=term.pk):
        if other.span.overlaps(span):
            raise Refused(_held_words(other), code="seat_is_held")
    was, term.ends_on = term.ends_on, ends_on
    term.save(update_fields=["ends_on"])
    record(
        TermExtended(
            term_id=term.pk,
            seat_id=term.seat_id,
            seat=term.seat.title,
            ends_on=ends_on.isoformat(),
            person=term.person.name,
            why=why,
        ),
        by=by,
        about=term.person,
        on=term,
        within=term.seat.group,
        changes={"ends_on": [was.isoformat(), ends_on.isoformat()]},
    )
    return term


def hold_seats(group: Group) -> None:
    """Let nobody else change who holds a seat of the group until this transaction ends; refused once it is closed.

    On PostgreSQL by a lock on the group's row; on SQLite the writing transaction itself keeps others out.
    """
    require(is_open_for_work(Group.objects.select_for_update().get(pk=group.pk)))


def _current(seat: Seat) -> Seat:
    """The seat as it stands now, with nobody else changing it; refused once it is retired."""
    hold_seats(seat.group)
    seat = Seat.objects.select_related("group", "role").get(pk=seat.pk)
    if seat.retired_on is not None:
        raise Refused(_("The seat %(seat)s exists no longer.") % {"seat": seat.title}, code="seat_is_retired")
    return seat


def _require_within_limit(seat: Seat, person: Person, terms: list[Term], first: date) -> None:
    if seat.most_terms is None:
        return
    history = [
        Held(term.person_id, term.span, not term.is_acting and is_counted(term.span, seat.term_months))
        for term in terms
    ]
    held = consecutive(history, person.pk, first)
    if held < seat.most_terms:
        return
    words = ngettext(
        "%(person)s has held this seat for %(count)d term, which is the limit.",
        "%(person)s has held this seat for %(count)d terms, which is the limit.",
        held,
    )
    raise Refused(words % {"person": person.name, "count": held}, code="limit_reached")


def _held_words(term: Term) -> str:
    said = {"person": term.person.name, "begins": plain_date(term.begins_on)}
    ends = term.span.ends
    if ends is None:
        return _("%(person)s holds this seat from %(begins)s, without an end.") % said
    return _("%(person)s holds this seat from %(begins)s to %(ends)s.") % {**said, "ends": plain_date(ends)}


def _is_past(term: Term) -> bool:
    return term.span.ends is not None and term.span.ends <= today_here()


def _lasts_beyond(term: Term, day: date) -> bool:
    span = term.span
    return not span.is_empty and (span.ends is None or span.ends > day)


def _checked(
    group: Group,
    title: str,
    filling: Filling,
    term_months: int | None,
    turns_on: date | None,
    most_terms: int | None,
    text: str,
    clause_anchor: str,
    role: Role | None,
    is_public: bool,
) -> dict[str, Any]:
    title = role_name(title)
    if shows_nothing(title):
        raise Refused(_("The seat needs a title."), code="invalid")
    if term_months is not None and not 0 < term_months <= LONGEST_TERM:
        raise Refused(_("A term lasts from a month to twenty years."), code="invalid")
    if most_terms is not None and most_terms < 1:
        raise Refused(_("A limit allows at least one term."), code="invalid")
    if role is not None and role.group_id != group.pk:
        raise Refused(_("%(role)s is a role of another group.") % {"role": role.name}, code="invalid")
    return {
        "title": title,
        "filling": filling,
        "term_months": term_months,
        "turns_on": turns_on if term_months else None,
        "most_terms": most_terms,
        "text": _text(text, LONGEST_TEXT),
        "clause_anchor": plain_name(clause_anchor, 120),
        "role": role,
        "is_public": is_public,
    }


def _text(words: str, most: int) -> str:
    """Words on one line; refused when they are longer than what is kept."""
    kept = plain_name(words)
    if len(kept) > most:
        raise Refused(_("Please say it in at most %(count)s characters.") % {"count": most}, code="invalid")
    return kept


def _save(seat: Seat) -> None:
    try:
        with transaction.atomic():
            seat.save()
    except IntegrityError:
        raise Refused(
            _("There is a seat called %(title)s already.") % {"title": seat.title}, code="title_taken"
        ) from None


def _note_seats(group: Group) -> None:
    Group.objects.filter(pk=group.pk).update(has_seats=group.seats.filter(retired_on=None).exists())


def _plain(value: Any) -> Any:
    """A value of a seat as JSON keeps it."""
    if isinstance(value, date):
        return value.isoformat()
    return value.name if isinstance(value, Role) else value
