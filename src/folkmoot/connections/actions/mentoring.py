"""Setting a programme of mentoring up, and applying for one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from folkmoot.calendar.texts import one_line
from folkmoot.connections.actions.interests import say_interests
from folkmoot.connections.domain.mentoring_terms import LONGEST_WINDOW, SHORTEST_TERM, Odd, Phase, Term
from folkmoot.connections.facts.mentoring import (
    AppliedForMentoring,
    MentoringApplicationWithdrawn,
    MentoringChanged,
    MentoringPlanned,
)
from folkmoot.connections.models.interests import InterestSort
from folkmoot.connections.models.mentoring_programmes import (
    LONGEST_NAME,
    LONGEST_PURPOSE,
    LONGEST_WHO,
    LONGEST_WORDS,
    MOST_ROOM,
    MOST_WEEKS,
    MOST_WISHES,
    ForWhom,
    MentoringApplication,
    MentoringProgramme,
    MentorWish,
    Side,
)
from folkmoot.connections.rules.mentoring import (
    may_apply,
    may_change_programme,
    may_make_programme,
    may_withdraw,
)
from folkmoot.groups.models import Group
from folkmoot.kit.errors import Refused
from folkmoot.kit.verdict import require
from folkmoot.ledger.actions import record
from folkmoot.ledger.actors import Actor
from folkmoot.organisation.queries import today_here
from folkmoot.people.models import Person
from folkmoot.people.places import known_languages
from folkmoot.plan.who import author

MOST_LANGUAGES = 4


@dataclass(frozen=True)
class ProgrammeWords:
    """What a programme is; see `models.mentoring_programmes.MentoringProgramme`."""

    name: str
    purpose: str
    term: Term
    who: str = ""
    for_whom: ForWhom = ForWhom.EVERYBODY
    weeks: int = 2
    most_each: int = 1


@dataclass(frozen=True)
class ApplicationWords:
    """What somebody applies with. `subjects` are what they can help with, or want to learn; they become their interests
    everywhere. `wishes` are keys of applications of mentors, the dearest first, and are a mentee's alone; `room` and
    `shows` are a mentor's."""

    subjects: tuple[str, ...]
    words: str = ""
    languages: tuple[str, ...] = ()
    room: int = 1
    shows: bool = False
    wishes: tuple[int, ...] = ()


def hold_programme(programme: MentoringProgramme) -> MentoringProgramme:
    """The programme as it is now; nobody else changes it, its applications or its pairs until this transaction ends."""
    held: MentoringProgramme = (
        MentoringProgramme.objects.select_for_update(no_key=True, of=("self",))
        .select_related("group")
        .get(pk=programme.pk)
    )
    return held


@transaction.atomic
def make_programme(group: Group | None, words: ProgrammeWords, *, by: Actor) -> MentoringProgramme:
    """Set a programme up, in a group or for the whole community.

    Refused `forbidden`, and `invalid` with params `field` for words that are missing and days that cannot be.
    """
    require(may_make_programme(by, group))
    fields = _checked(words, group, is_new=True)
    programme = MentoringProgramme.objects.create(group=group, made_by=author(by), **fields)
    record(
        MentoringPlanned(
            programme.pk,
            words.term.opens_on.isoformat(),
            words.term.closes_on.isoformat(),
            words.term.starts_on.isoformat(),
            words.term.ends_on.isoformat(),
        ),
        by=by,
        on=programme,
        within=group,
    )
    return programme


@transaction.atomic
def change_programme(programme: MentoringProgramme, words: ProgrammeWords, *, by: Actor) -> MentoringProgramme:
    """Say it otherwise, or move its days, until it has ended. What changes nothing is told to nobody.

    Refused `forbidden`, `invalid` with params `field`, and `has_pairs` for applications that would open once more after
    people were brought together.
    """
    held = hold_programme(programme)
    require(may_change_programme(by, held, on=today_here()))
    fields = _checked(words, held.group, is_new=False)
    if words.term.phase(today_here()) in (Phase.PLANNED, Phase.OPEN) and held.pairs.exists():
        raise Refused(
            _("Pairs have been asked already, so applications cannot open once more."),
            code="has_pairs",
            field="closes_on",
        )
    changed = [name for name, value in fields.items() if getattr(held, name) != value]
    if changed:
        for name in changed:
            setattr(held, name, fields[name])
        held.save(update_fields=changed)
        record(MentoringChanged(held.pk), by=by, on=held, within=held.group)
    return held


@transaction.atomic
def apply_for_mentoring(
    programme: MentoringProgramme, side: Side, words: ApplicationWords, *, by: Person
) -> MentoringApplication:
    """Offer oneself as a mentor, or say that one would like to have one; done again, it changes what one wrote.

    Refused `forbidden` (also when applications are closed), `invalid` with params `field`, `too_many`, `too_long`.
    """
    held = hold_programme(programme)
    require(may_apply(by, held, on=today_here()))
    subjects = [one for one in (word.strip() for word in words.subjects) if one]
    if not subjects and not words.wishes:
        raise Refused(
            _("Please name at least one thing you can help with.")
            if side == Side.MENTOR
            else _("Please name at least one thing you want to learn, or a mentor you would like."),
            code="invalid",
            field="subjects",
        )
    sort = InterestSort.HELPS if side == Side.MENTOR else InterestSort.LEARNS
    say_interests(by, sort, subjects)
    fields = {
        "words": words.words.strip()[:LONGEST_WORDS],
        "languages": _languages(words.languages),
        "room": _room(words.room, held) if side == Side.MENTOR else 0,
        "shows": side == Side.MENTOR and words.shows,
    }
    application, _is_new = MentoringApplication.objects.update_or_create(
        programme=held, person=by, side=side, defaults=fields
    )
    if side == Side.MENTEE:
        _wish(application, words.wishes)
    elif not words.shows:
        MentorWish.objects.filter(mentor=application).delete()
    record(AppliedForMentoring(held.pk, side.value), by=by, about=by, on=held, within=held.group)
    return application


@transaction.atomic
def withdraw_application(programme: MentoringProgramme, side: Side, *, by: Person) -> None:
    """Take one's application back while applications are open; nothing of it is kept. Without one nothing happens.

    Refused `forbidden`, and `has_pairs` where a clock went back after somebody was asked.
    """
    held = hold_programme(programme)
    mine = MentoringApplication.objects.filter(programme=held, person=by, side=side)
    may = may_withdraw if mine.exists() else may_apply
    require(may(by, held, on=today_here()))
    if held.pairs.filter(Q(mentor__in=mine) | Q(mentee__in=mine)).exists():
        raise Refused(
            _("Somebody was asked already whether they would like to be a pair with you, so it stays."),
            code="has_pairs",
        )
    count, _each = mine.delete()
    if count:
        record(MentoringApplicationWithdrawn(held.pk, side.value), by=by, about=by, on=held, within=held.group)


def _checked(words: ProgrammeWords, group: Group | None, *, is_new: bool) -> dict[str, object]:
    """The fields of a programme, or why they cannot be."""
    name, purpose = one_line(words.name, most=LONGEST_NAME), words.purpose.strip()[:LONGEST_PURPOSE]
    if not name:
        raise Refused(_("Please give the programme a name."), code="invalid", field="name")
    if not purpose:
        raise Refused(_("Please say what the programme is for."), code="invalid", field="purpose")
    if not 1 <= words.weeks <= MOST_WEEKS:
        raise Refused(_("Two meet every one to eight weeks."), code="invalid", field="weeks")
    if not 1 <= words.most_each <= MOST_ROOM:
        raise Refused(_("A mentor takes one to five people."), code="invalid", field="most_each")
    if words.for_whom == ForWhom.GROUP and group is None:
        raise Refused(_("Without a group it is for everybody."), code="invalid", field="for_whom")
    odd = words.term.odd(on=today_here(), is_new=is_new)
    if odd is not None:
        raise Refused(odd_in_words(odd), code="invalid", field=odd.field)
    return {
        "name": name,
        "purpose": purpose,
        "who": one_line(words.who, most=LONGEST_WHO),
        "for_whom": words.for_whom,
        "opens_on": words.term.opens_on,
        "closes_on": words.term.closes_on,
        "starts_on": words.term.starts_on,
        "ends_on": words.term.ends_on,
        "weeks": words.weeks,
        "most_each": words.most_each,
    }


def odd_in_words(odd: Odd) -> str:
    """What is impossible about the days, as a sentence to whoever chose them."""
    return {
        Odd.CLOSES_BEFORE_OPENING: _("Applications would close before they open. Please choose a later last day."),
        Odd.OPEN_TOO_LONG: _("Applications are open for half a year (%(days)d days) at most.")
        % {"days": LONGEST_WINDOW},
        Odd.WINDOW_IS_OVER: _("The last day for applications is over already, so nobody could apply."),
        Odd.STARTS_BEFORE_CLOSING: _(
            "The programme would start while applications are open. People are brought together in between, so please "
            "choose a later first day."
        ),
        Odd.ENDS_BEFORE_START: _("The programme would end before it starts. Please choose a later last day."),
        Odd.TERM_IS_OVER: _("The last day of the programme is over already."),
        Odd.TERM_TOO_SHORT: _("A programme lasts four weeks (%(days)d days) at least, so that two can get to know "
                              "each other.") % {"days": SHORTEST_TERM},
        Odd.TERM_TOO_LONG: _("A programme lasts two years at most. Another one can follow it."),
    }[odd]  # fmt: skip


def _languages(codes: Sequence[str]) -> list[str]:
    found = list(dict.fromkeys(filter(None, codes)))[:MOST_LANGUAGES]
    if unknown := [code for code in found if code not in known_languages()]:
        raise Refused(
            _("“%(code)s” is no language that is known here.") % {"code": unknown[0][:20]},
            code="invalid",
            field="languages",
        )
    return found


def _room(room: int, programme: MentoringProgramme) -> int:
    if not 1 <= room <= programme.most_each:
        raise Refused(
            _("In this programme a mentor takes one person.")
            if programme.most_each == 1
            else _("In this programme a mentor takes from one to %(most)d people.") % {"most": programme.most_each},
            code="invalid",
            field="room",
        )
    return room


def _wish(mentee: MentoringApplication, wishes: Sequence[int]) -> None:
    wanted = list(dict.fromkeys(wishes))
    if len(wanted) > MOST_WISHES:
        raise Refused(_("Name three mentors at most."), code="invalid", field="wishes")
    known = set(
        MentoringApplication.objects.filter(
            programme=mentee.programme_id, side=Side.MENTOR, shows=True, pk__in=wanted, person__is_active=True
        )
        .exclude(person=mentee.person_id)
        .values_list("pk", flat=True)
    )
    if known != set(wanted):
        raise Refused(
            _("Somebody you named is not among the mentors any more. Please choose again."),
            code="invalid",
            field="wishes",
        )
    MentorWish.objects.filter(mentee=mentee).delete()
    MentorWish.objects.bulk_create(
        MentorWish(mentee=mentee, mentor_id=mentor, place=place) for place, mentor in enumerate(wanted, 1)
    )


def dates_around(today: date) -> Term:
    """Days that usually work, for a form that has none yet: four weeks to apply, two to match, half a year."""
    return Term(
        today.fromordinal(today.toordinal() + 7),
        today.fromordinal(today.toordinal() + 34),
        today.fromordinal(today.toordinal() + 49),
        today.fromordinal(today.toordinal() + 49 + 182),
    )
