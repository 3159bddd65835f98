"""Bringing two together: asked by whoever runs the programme, and a pair only when both say yes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from folkmoot.calendar.texts import one_line
from folkmoot.connections.actions.mentoring import hold_programme
from folkmoot.connections.domain.mentoring_terms import Phase
from folkmoot.connections.facts.mentoring import MentorPairAsked, MentorPairBegan, MentorPairUnmade
from folkmoot.connections.models.mentoring import LONGEST_REASON, MentorPair, PairState
from folkmoot.connections.models.mentoring_programmes import MentoringApplication, MentoringProgramme, Side
from folkmoot.connections.notices.mentoring import PairAsked, PairBegins, PairUnmade
from folkmoot.connections.queries.mentoring import taken, whole_pairs
from folkmoot.connections.queries.mentoring_matching import not_again
from folkmoot.connections.rules.mentoring import PAIRS_ARE_MADE, may_bring_together
from folkmoot.kit.errors import Refused
from folkmoot.kit.verdict import require
from folkmoot.ledger.actions import record
from folkmoot.ledger.actors import Actor, system
from folkmoot.notices.actions import tell
from folkmoot.organisation.queries import today_here
from folkmoot.people.models import Person

TIME_TO_ANSWER = timedelta(days=10)


@dataclass(frozen=True)
class Asked:
    """The pairs that were asked, and how many could not be asked any more."""

    pairs: tuple[MentorPair, ...]
    left: int


@transaction.atomic
def ask_pairs(programme: MentoringProgramme, wanted: Sequence[tuple[int, int]], *, by: Actor) -> Asked:
    """Ask each two, mentor first (keys of applications), whether they would like to be a pair.

    Two that cannot be asked now are left out: one has nobody free, is in a pair, or is not to be asked for whatever
    reason, and it is not told which. Refused `forbidden`.
    """
    held = hold_programme(programme)
    require(may_bring_together(by, held, on=today_here()))
    applied = {
        one.pk: one
        for one in held.applications.filter(
            pk__in={key for pair in wanted for key in pair}, in_pool=True, person__is_active=True
        ).select_related("person")
    }
    never = not_again(held, applied.values())
    now = timezone.now()
    made = []
    for mentor_key, mentee_key in dict.fromkeys(wanted):
        mentor, mentee = applied.get(mentor_key), applied.get(mentee_key)
        if mentor is None or mentee is None or not mentor.is_mentor or mentee.is_mentor:
            continue
        place = None if (mentor.pk, mentee.pk) in never else free_place(held, mentor, mentee)
        if place is not None:
            made.append(_ask(held, mentor, mentee, place, now, by))
    return Asked(tuple(made), len(set(wanted)) - len(made))


def free_place(programme: MentoringProgramme, mentor: MentoringApplication, mentee: MentoringApplication) -> int | None:
    """The first place of a mentor that nobody has; None without one, or when the mentee is in a pair."""
    present = taken(programme)
    if mentee.pk in present.mentees:
        return None
    has = present.places.get(mentor.pk, set())
    return next((place for place in range(1, min(mentor.room, programme.most_each) + 1) if place not in has), None)


@transaction.atomic
def answer_pairing(pair: MentorPair, accepts: bool, *, by: Person, reason: str = "", tells: bool = False) -> MentorPair:
    """Say yes, or that it is not the right pairing; a reason is kept only if those who run the programme may read it.

    The other one is never told who said no. Saying yes twice is once. Refused `not_found` for anybody else, and
    `answered` when the pair is not asked any more.
    """
    held = hold_pair(pair)
    side = held.side_of(by)
    if side is None:
        raise Refused(_("There is nothing here."), code="not_found")
    if held.state != PairState.ASKED:
        if accepts and held.state == PairState.RUNNING:
            return held
        raise Refused(_("This question is not open any more."), code="answered")
    if not accepts:
        if tells:
            held.reason, held.reason_by = one_line(reason, most=LONGEST_REASON), by
        _unmake(held, but=by)
        return held
    if held.programme.phase(today_here()) not in PAIRS_ARE_MADE:
        raise Refused(_("The programme has ended."), code="answered")
    if held.agreed_at(side) is None:
        setattr(held, f"{side.value}_agreed_at", timezone.now())
    if held.mentor_agreed_at is not None and held.mentee_agreed_at is not None:
        _begin(held)
    held.save()
    return held


def let_questions_lapse() -> int:
    """Take back what was not answered in time or before the programme ended, each by itself; returns how many."""
    today, lapsed = today_here(), 0
    for pair in whole_pairs().filter(state=PairState.ASKED).order_by("pk"):
        if pair.answer_by >= today and pair.programme.phase(today) != Phase.ENDED:
            continue
        with transaction.atomic():
            held = hold_pair(pair)
            if held.state == PairState.ASKED:
                _unmake(held, but=None)
                lapsed += 1
    return lapsed


def hold_pair(pair: MentorPair) -> MentorPair:
    """The pair as it is now, with its programme held: nobody else changes either until this transaction ends."""
    hold_programme(pair.programme)
    return whole_pairs().get(pk=pair.pk)


def _ask(
    programme: MentoringProgramme,
    mentor: MentoringApplication,
    mentee: MentoringApplication,
    place: int,
    now: datetime,
    by: Actor,
) -> MentorPair:
    pair = MentorPair.objects.create(
        programme=programme,
        mentor=mentor,
        mentee=mentee,
        place=place,
        asked_at=now,
        answer_by=today_here() + TIME_TO_ANSWER,
        weeks=programme.weeks,
    )
    record(MentorPairAsked(programme.pk, pair.pk), by=by, on=pair, within=programme.group)
    for side in Side:
        notice = PairAsked(pair, pair.other(side).name, as_mentor=side == Side.MENTOR, answer_by=pair.answer_by)
        tell([pair.application_of(side).person], notice)
    return pair


def _begin(pair: MentorPair) -> None:
    pair.state = PairState.RUNNING
    pair.began_on = max(today_here(), pair.programme.starts_on)
    record(MentorPairBegan(pair.programme_id, pair.pk), by=system(), on=pair, within=pair.programme.group)
    for side in Side:
        tell([pair.application_of(side).person], PairBegins(pair, pair.other(side).name))


def _unmake(pair: MentorPair, *, but: Person | None) -> None:
    """It does not come about; whoever said so needs no notice of it."""
    pair.state = PairState.UNMADE
    pair.save()
    record(MentorPairUnmade(pair.programme_id, pair.pk), by=system(), on=pair, within=pair.programme.group)
    goes_on = pair.programme.phase(today_here()) in PAIRS_ARE_MADE
    for side in Side:
        person = pair.application_of(side).person
        if person != but:
            tell([person], PairUnmade(pair, pair.other(side).name, goes_on=goes_on))
