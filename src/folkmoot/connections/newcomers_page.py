"""The page of those who welcome, as one reader sees it: who waits, who is whose buddy, how it goes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from folkmoot.connections.domain.shared_hours import SharedTime, Window, shared_times
from folkmoot.connections.models.newcomers import BuddyPair, Newcomer, NewcomerCheckIn, PairState
from folkmoot.connections.newcomer_words import common_words, why_words
from folkmoot.connections.queries.newcomers import STILL_ASKED, about, check_ins_in, how_it_goes, waiting_in, with_hours
from folkmoot.connections.rules.newcomers import reads_answer
from folkmoot.groups.models import Group
from folkmoot.people.models import Person

LOOKED_BACK = timedelta(days=120)
TIMES = 3
SHOWN = 5
LEAST_MINUTES = 60


@dataclass(frozen=True)
class WaitingRow:
    """Somebody who waits for a hello."""

    newcomer: Newcomer
    waited: str
    buddy: Person | None
    suggestion: BuddyPair | None
    why: str


@dataclass(frozen=True)
class PairCard:
    """Two people and what helps them begin: what they share, and the next times that suit both."""

    pair: BuddyPair
    common: str
    times: tuple[SharedTime, ...]


@dataclass(frozen=True)
class AnswerRow:
    """A check-in as this reader sees it: the answer where they may read it, else only that there is one."""

    check_in: NewcomerCheckIn
    answer: str
    words: str
    is_readable: bool
    is_hand: bool


def waiting_words(days: int) -> str:
    """“since today”, “waiting 3 days”."""
    if days < 1:
        return _("since today")
    return ngettext("waiting %(n)d day", "waiting %(n)d days", days) % {"n": days}


def days_waited(newcomer: Newcomer, *, today: date) -> int:
    """Whole days by the calendar of the reader's zone."""
    return max(0, (today - timezone.localdate(newcomer.came_at)).days)


def waiting_rows(group: Group, *, today: date) -> list[WaitingRow]:
    """Who waits for a hello in a group, the longest first, with who was asked or is suggested."""
    rows = []
    for newcomer in waiting_in(group):
        pair: BuddyPair | None = next(iter(newcomer.open_pairs), None)  # type: ignore[attr-defined]
        runs = pair is not None and pair.state == PairState.RUNNING
        rows.append(
            WaitingRow(
                newcomer=newcomer,
                waited=waiting_words(days_waited(newcomer, today=today)),
                buddy=pair.buddy if pair is not None and runs else None,
                suggestion=pair if not runs else None,
                why=why_words(pair.why) if pair is not None else "",
            )
        )
    return rows


def pair_cards(pairs: list[BuddyPair], *, now: datetime) -> list[PairCard]:
    """Pairs with the next times that suit both, of those who said where they are; two queries for all of them."""
    if not pairs:
        return []
    keys = {key for pair in pairs for key in (pair.buddy_id, pair.newcomer.person_id)}
    known = about(with_hours(keys))
    window = Window(now, 7)
    cards = []
    for pair in pairs:
        rhythms = [known[key].rhythm for key in (pair.buddy_id, pair.newcomer.person_id) if key in known]
        both = [rhythm for rhythm in rhythms if rhythm is not None]
        times = shared_times(both, window, least=LEAST_MINUTES, most=TIMES) if len(both) == 2 else ()
        cards.append(PairCard(pair, common_words(pair.why), times))
    return cards


@dataclass(frozen=True)
class Answers:
    """What a reader learns of check-ins: how many are on their way, what was answered, and all together from 5 on."""

    rows: list[AnswerRow]
    earlier: list[AnswerRow]
    waiting: list[NewcomerCheckIn]
    together: str


def answers_for(reader: Person, group: Group, *, leads_group: bool, now: datetime) -> Answers:
    """Answers that this reader may read, wants for a hand first; who did not answer is nowhere."""
    found = check_ins_in(group, since=now - LOOKED_BACK)
    rows = []
    for one in found:
        readable = reads_answer(reader, one, leads_group=leads_group)
        if not one.answer or not (readable or leads_group):
            continue
        rows.append(
            AnswerRow(
                check_in=one,
                answer=one.get_answer_display() if readable else _("Answered to their buddy"),
                words=one.words if readable else "",
                is_readable=readable,
                is_hand=readable and one.answer == "hand",
            )
        )
    waiting = [one for one in found if not one.answer and one.asked_at > now - STILL_ASKED] if leads_group else []
    rows.sort(key=lambda row: not row.is_hand)
    return Answers(rows[:SHOWN], rows[SHOWN:], waiting, _together(found) if leads_group else "")


def _together(found: list[NewcomerCheckIn]) -> str:
    goes = how_it_goes(found)
    if goes is None:
        return ""
    return _(
        "Of %(all)d answers in the last months: going well %(well)d, finding their feet %(feet)d, a hand %(hand)d."
    ) % {
        "all": goes.answers,
        "well": goes.well,
        "feet": goes.feet,
        "hand": goes.hand,
    }


def median_words(found: tuple[float, int] | None) -> str:
    """How soon hellos come; nothing where it is of too few."""
    if found is None:
        return ""
    days, many = found
    if days < 1:
        return _("Half of the last %(many)d hellos came within a day.") % {"many": many}
    whole = round(days)
    return ngettext(
        "Half of the last %(many)d hellos came within %(days)d day.",
        "Half of the last %(many)d hellos came within %(days)d days.",
        whole,
    ) % {"many": many, "days": whole}
