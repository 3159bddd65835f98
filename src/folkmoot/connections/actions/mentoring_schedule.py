"""What happens to programmes and pairs by the calendar: each once, however often and late it is looked at."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Q

from folkmoot.connections.actions.mentoring import hold_programme
from folkmoot.connections.actions.mentoring_matching import hold_pair, let_questions_lapse
from folkmoot.connections.actions.mentoring_pairs import end_held
from folkmoot.connections.domain.mentoring_terms import Moment, Phase, check_in_due
from folkmoot.connections.facts.mentoring import MentoringClosed
from folkmoot.connections.models.mentoring import EndedBy, MentorPair, PairCheckIn, PairState
from folkmoot.connections.models.mentoring_programmes import MentoringProgramme, Side
from folkmoot.connections.notices.mentoring import HowDoesItGo, MatchingBegins, TermIsOver
from folkmoot.connections.queries.mentoring import who_runs, whole_pairs
from folkmoot.ledger.actions import record
from folkmoot.ledger.actors import system
from folkmoot.notices.actions import tell
from folkmoot.organisation.queries import today_here


def follow_the_calendar(*, now: datetime) -> None:
    """Questions lapse, pairs are asked how it goes, who runs a programme hears that it is time, programmes end."""
    let_questions_lapse()
    say_that_matching_begins()
    ask_how_it_goes(now=now)
    close_programmes(now=now)


def say_that_matching_begins() -> None:
    """Tell those who run a programme, once, that applications are closed."""
    today = today_here()
    waiting = MentoringProgramme.objects.filter(closes_on__lt=today, ends_on__gte=today, closed_at=None)
    for programme in waiting.select_related("group").order_by("pk"):
        with transaction.atomic():
            sides = list(programme.applications.values_list("side", flat=True))
            if sides and not programme.pairs.exists():
                notice = MatchingBegins(programme, sides.count(Side.MENTOR), sides.count(Side.MENTEE))
                tell(who_runs(programme), notice)


def ask_how_it_goes(*, now: datetime) -> int:
    """Ask the two of every running pair whose moment has come; returns how many people were asked."""
    today, asked = today_here(), 0
    running = whole_pairs().filter(state=PairState.RUNNING, programme__ends_on__gte=today, began_on__lte=today)
    for pair in running.order_by("pk"):
        if _moment_due(pair) is not None:
            with transaction.atomic():
                asked += _ask(hold_pair(pair), now)
    return asked


def close_programmes(*, now: datetime) -> int:
    """Close the programmes whose last day is over, and let their pairs end with them; returns how many."""
    today = today_here()
    due = list(MentoringProgramme.objects.filter(closed_at=None, ends_on__lt=today).order_by("pk"))
    for programme in due:
        with transaction.atomic():
            held = hold_programme(programme)
            if held.closed_at is None and held.term.phase(today) == Phase.ENDED:
                _close(held, now)
    return len(due)


def _moment_due(pair: MentorPair) -> Moment | None:
    """By the rows that are kept, so that a clock that jumps back or a second task asks nobody again."""
    asked = {Moment(one.moment) for one in pair.check_ins.all()}
    began = pair.began_on or pair.programme.starts_on
    return check_in_due(began, pair.programme.ends_on, asked, on=today_here())


def _ask(pair: MentorPair, now: datetime) -> int:
    moment = _moment_due(pair)
    if moment is None or pair.state != PairState.RUNNING:
        return 0
    asked = 0
    for side in Side:
        person = pair.application_of(side).person
        _row, is_new = PairCheckIn.objects.get_or_create(
            pair=pair, person=person, moment=moment.value, defaults={"asked_at": now}
        )
        if is_new:
            tell([person], HowDoesItGo(pair, pair.other(side).name, moment))
            asked += 1
    return asked


def _close(programme: MentoringProgramme, now: datetime) -> None:
    pairs = list(whole_pairs().filter(Q(programme=programme, state=PairState.RUNNING)).order_by("pk"))
    programme.closed_at = now
    programme.save(update_fields=["closed_at"])
    for pair in pairs:
        end_held(pair, EndedBy.TERM)
        for side in Side:
            tell([pair.application_of(side).person], TermIsOver(pair, pair.other(side).name))
    record(MentoringClosed(programme.pk, len(pairs)), by=system(), on=programme, within=programme.group)
