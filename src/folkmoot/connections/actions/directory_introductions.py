"""Introductions: asked for, suggested, answered, taken back, ended by silence."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from folkmoot.connections.facts.directory import IntroductionAnswered, IntroductionEnded, IntroductionWished
from folkmoot.connections.models.directory import LONGEST_REACH, LONGEST_WHY, Introduction, IntroductionState
from folkmoot.connections.notices.directory import (
    IntroductionCameAbout,
    IntroductionIsAsked,
    IntroductionNotNow,
    IntroductionUnanswered,
)
from folkmoot.connections.queries.directory import directory_for
from folkmoot.connections.queries.directory_introductions import (
    REST,
    between,
    open_wishes,
    rests_between,
    suggested_lately,
    waiting_for,
)
from folkmoot.connections.queries.interests import kept_apart
from folkmoot.connections.rules.directory import MOST_OPEN, may_answer, may_ask, may_introduce, may_withdraw
from folkmoot.groups.models import Group
from folkmoot.groups.queries import participations_now
from folkmoot.kit.errors import Refused
from folkmoot.kit.verdict import require
from folkmoot.ledger.actions import record
from folkmoot.ledger.actors import system
from folkmoot.notices.actions import tell
from folkmoot.people.models import Person
from folkmoot.people.profile_words import clean_line

OPEN_FOR = timedelta(days=21)


@dataclass(frozen=True)
class Reach:
    """How somebody wants to be reached by the other one: by their e-mail address, by words of their own, or both."""

    mail: bool = False
    words: str = ""


@transaction.atomic
def ask_introduction(asked: Person, *, why: str, reach: Reach, by: Person) -> Introduction:
    """Ask to be introduced to somebody in the directory, who hears of it and decides.

    Refused `not_found` for whoever the asker does not find there, `forbidden` beyond the limits, `invalid` for words
    that are missing or too long, `no_way` where the asker could not be reached.
    """
    _hold(by, asked)
    if directory_for(by, only=asked.pk).one(asked.pk) is None:
        raise _nobody()
    now = timezone.now()
    require(may_ask(by, asked, now=now))
    way = _clean(reach, by)
    if not (way.mail or way.words):
        raise Refused(_no_way(), code="no_way")
    made = Introduction.objects.create(
        asker=by,
        asked=asked,
        why=_clean_why(why),
        asker_said_at=now,
        asker_mail=way.mail,
        asker_reach=way.words,
        made_at=now,
        open_until=now + OPEN_FOR,
    )
    record(IntroductionWished(introduction_id=made.pk), by=by, on=made)
    tell([asked], _asks(made, by))
    return made


@transaction.atomic
def suggest_introduction(group: Group, one: Person, other: Person, *, why: str, by: Person) -> Introduction:
    """Suggest to two people of a group, whom `by` finds in the directory, that they be introduced: both decide.

    Where the two are not to be asked, nobody hears of it and it ends like one that was not answered: why is theirs
    alone. Refused `forbidden` to those who do not lead the group, `not_found`, `invalid`, `suggested`, `too_many`.
    """
    require(may_introduce(by, group))
    _hold(by, one, other)
    if one.pk == other.pk or by.pk in (one.pk, other.pk):
        raise Refused(_("Choose two different people, neither of them yourself."), code="invalid")
    here = set(participations_now(group).values_list("person", flat=True))
    found = {told.key for told in directory_for(by).shown}
    if not {one.pk, other.pk} <= here & found:
        raise _nobody()
    now = timezone.now()
    if suggested_lately(by, one, other, now):
        raise Refused(
            _("You have suggested this already. If nothing comes of it, you may again after ninety days."),
            code="suggested",
        )
    if open_wishes(by, now) >= MOST_OPEN:
        raise Refused(
            _("You have asked for %(count)d introductions. Wait for an answer; one taken back counts for another week.")
            % {"count": MOST_OPEN},
            code="too_many",
        )
    made = Introduction.objects.create(
        asker=one,
        asked=other,
        suggested_by=by,
        group=group,
        why=_clean_why(why),
        mute=_are_not_asked(one, other, now),
        made_at=now,
        open_until=now + OPEN_FOR,
    )
    record(IntroductionWished(introduction_id=made.pk), by=by, on=made)
    if not made.mute:
        for person in (one, other):
            tell([person], _asks(made, made.other_than(person)))
    return made


@transaction.atomic
def say_yes(introduction: Introduction, *, reach: Reach, by: Person) -> Introduction:
    """Say yes for oneself; once both did, each gets what the other chose to hand over.

    Refused `answered` when it is settled, `not_found` when it does not wait for `by`, `no_way` when neither could reach
    the other.
    """
    held = _waiting(introduction, by)
    way, side = _clean(reach, by), held.side_of(by)
    other = "asked" if side == "asker" else "asker"
    if not (way.mail or way.words or getattr(held, f"{other}_mail") or getattr(held, f"{other}_reach")):
        raise Refused(_no_way(), code="no_way")
    now = timezone.now()
    for name, value in (("said_at", now), ("mail", way.mail), ("reach", way.words)):
        setattr(held, f"{side}_{name}", value)
    if held.asker_said_at and held.asked_said_at:
        held.state, held.settled_at = IntroductionState.INTRODUCED, now
    held.save()
    record(IntroductionAnswered(introduction_id=held.pk, state=held.state), by=by, on=held)
    if held.state == IntroductionState.INTRODUCED:
        for person in (held.asker, held.asked):
            one = held.other_than(person)
            tell(
                [person],
                IntroductionCameAbout(held.pk, one.name, tuple(held.ways_to(one)), bool(held.ways_to(person))),
            )
    return held


@transaction.atomic
def say_not_now(introduction: Introduction, *, by: Person) -> Introduction:
    """Say that it does not suit now: whoever asked is told kindly, and not by whom where two were asked.

    Refused as `say_yes`.
    """
    held = _waiting(introduction, by)
    _settle(held, IntroductionState.NOT_NOW)
    record(IntroductionAnswered(introduction_id=held.pk, state=held.state), by=by, on=held)
    _tell_end(held, IntroductionNotNow, but=by)
    return held


@transaction.atomic
def withdraw_introduction(introduction: Introduction, *, by: Person) -> None:
    """Take back what one asked for or suggested; nobody is told. Done twice, it is done once."""
    held = _held(introduction)
    require(may_withdraw(by, held))
    if not held.is_open:
        if held.state == IntroductionState.WITHDRAWN:
            return
        raise _answered()
    _settle(held, IntroductionState.WITHDRAWN)
    record(IntroductionEnded(introduction_id=held.pk, state=held.state), by=by, on=held)


def end_unanswered(now: datetime | None = None) -> int:
    """End what nobody answered in time, and tell whoever waits; returns how many. Done twice, it is done once."""
    now = now or timezone.now()
    due = Introduction.objects.filter(state=IntroductionState.OPEN, open_until__lte=now).order_by("pk")
    return sum(_end(key, now) for key in list(due.values_list("pk", flat=True)))


@transaction.atomic
def _end(key: int, now: datetime) -> bool:
    held = Introduction.objects.select_for_update().filter(pk=key, state=IntroductionState.OPEN).first()
    if held is None or held.open_until > now:
        return False
    _settle(held, IntroductionState.EXPIRED, now)
    record(IntroductionEnded(introduction_id=held.pk, state=held.state), by=system(), on=held)
    _tell_end(held, IntroductionUnanswered)
    return True


def forget_introductions(now: datetime | None = None) -> int:
    """Delete what came to nothing once it limits nothing any more; returns how many."""
    before = (now or timezone.now()) - REST
    over = Introduction.objects.filter(settled_at__lte=before).exclude(state=IntroductionState.INTRODUCED)
    return over.delete()[0]


def _hold(*people: Person) -> None:
    """One at a time for each of these people, always in the same order."""
    list(Person.objects.select_for_update().filter(pk__in=[person.pk for person in people]).order_by("pk"))


def _held(introduction: Introduction) -> Introduction:
    held = Introduction.objects.select_for_update(of=("self",)).filter(pk=introduction.pk)
    return held.select_related("asker", "asked", "suggested_by").get()


def _waiting(introduction: Introduction, by: Person) -> Introduction:
    held = _held(introduction)
    require(may_answer(by, held))
    if not held.is_open or getattr(held, f"{held.side_of(by)}_said_at") is not None:
        raise _answered()
    if not waiting_for(by).filter(pk=held.pk).exists():
        raise _nobody()
    return held


def _settle(held: Introduction, state: IntroductionState, now: datetime | None = None) -> None:
    """What was handed over for an introduction that comes to nothing is not kept, nor are its words."""
    held.state, held.settled_at = state, now or timezone.now()
    held.why = held.asker_reach = held.asked_reach = ""
    held.asker_mail = held.asked_mail = False
    held.save()


def _tell_end(held: Introduction, notice: type[IntroductionNotNow], but: Person | None = None) -> None:
    """Tell whoever said yes, and whoever suggested it."""
    sides = ((held.asker, held.asker_said_at), (held.asked, held.asked_said_at))
    for person, said_at in sides:
        if said_at and person != but:
            tell([person], notice(held.other_than(person).name))
    if held.suggested_by:
        names = {"one": held.asker.name, "other": held.asked.name}
        tell([held.suggested_by], notice(_("%(one)s and %(other)s") % names))


def _are_not_asked(one: Person, other: Person, now: datetime) -> bool:
    """Whether two people are not to be asked by others: apart, asked or introduced already, or it came to nothing."""
    here = between(one, other).filter(state__in=(IntroductionState.OPEN, IntroductionState.INTRODUCED))
    return bool(kept_apart([one.pk, other.pk]) or rests_between(one, other, now) or here.exists())


def _asks(made: Introduction, name_of: Person) -> IntroductionIsAsked:
    return IntroductionIsAsked(
        made.pk,
        name_of.name,
        made.why,
        made.suggested_by.name if made.suggested_by else "",
        made.group.name if made.group else "",
        made.open_until,
    )


def _clean(reach: Reach, by: Person) -> Reach:
    return Reach(reach.mail and bool(by.email), clean_line(reach.words, LONGEST_REACH))


def _clean_why(text: str) -> str:
    """Several lines, each without what steers or cannot be seen."""
    kept = "\n".join(clean_line(line, LONGEST_WHY) for line in text.replace("\r\n", "\n").split("\n")).strip()
    if not kept:
        raise Refused(_("Say in a few words why: it makes a yes much easier."), code="invalid")
    if len(kept) > LONGEST_WHY:
        raise Refused(_("Please say it in %(count)d characters at most.") % {"count": LONGEST_WHY}, code="invalid")
    return kept


def _no_way() -> str:
    return _("Say how you can be reached: tick your e-mail address, or write another way.")


def _nobody() -> Refused:
    return Refused(_("There is nobody here whom you could ask."), code="not_found")


def _answered() -> Refused:
    return Refused(_("This has been answered already."), code="answered")
