"""Which sentences state when this group meets, and which only speak of meetings."""

from __future__ import annotations

from datetime import date
from typing import Final

from folkmoot.groups.domain.charter import lexicon
from folkmoot.groups.domain.charter.reading import bracketed, is_bracket_placeholder
from folkmoot.groups.domain.charter.schedule import LONGEST_SENTENCE, Schedule, might_tell, read_schedule
from folkmoot.groups.domain.charter.text import Words

SHORT: Final = 10
"""Words; what is no longer says nothing but the schedule."""

_CLAUSE_ENDS: Final = (",", ";", ":", "(", " but ", " and ", " – ", " — ")


def statement(sentence: Words, *, in_meetings: bool, own_name: str, today: date) -> Schedule | None:
    """The schedule that a sentence states, or None; `own_name` is the charter's title in lower case.

    Sentences that deny, remember, propose or give examples state nothing, and neither do those about the
    newsletter or another group's call. Outside sections on meetings the sentence has to say that it is this
    group that meets.
    """
    text = sentence.text[:LONGEST_SENTENCE]
    if not might_tell(text) or text.rstrip().endswith("?"):
        return None
    if any(is_bracket_placeholder(found[1]) for found in bracketed(text)):
        return None
    low = lexicon.lowered(text)
    example = lexicon.EXAMPLE.search(low)
    if example is not None:
        text, low = text[: example.start()], low[: example.start()]
    if lexicon.ENDED.search(low) or _is_over(low, today):
        return None
    found = read_schedule(text)
    if not (found.tells_days or found.first or found.clocks or found.weekdays or found.minutes):
        return None
    before = low[: found.start]
    if _is_of_another(low, own_name):
        return None
    if _denied(before) or lexicon.OPTIONAL.search(before) or lexicon.PAST.search(_last_clause(before)):
        return None
    if in_meetings:
        return found if _is_about_meetings(low, found) else None
    nearby = low[: found.end + 15]
    if not found.tells_days or lexicon.ANOTHER_GROUP.search(nearby) or not lexicon.OWN_MEETING.search(low):
        return None
    return found if _is_about_meetings(low, found) else None


def _is_of_another(low: str, own_name: str) -> bool:
    hits = (pattern.search(low) for pattern in lexicon.ANOTHER_MEETS)
    return any(hit is not None and hit["who"] not in own_name for hit in hits)


def _is_over(low: str, today: date) -> bool:
    for pattern in lexicon.UNTIL:
        found = pattern.search(low)
        if found is not None and int(found["year"]) < today.year:
            return True
    return False


def _last_clause(before: str) -> str:
    for mark in _CLAUSE_ENDS:
        before = before.rpartition(mark)[2]
    return before


def _denied(before: str) -> bool:
    clause = before
    for mark in (",", ";", ":", "(", " but ", " that ", " which ", " who "):
        clause = clause.rpartition(mark)[2]
    return bool(lexicon.NEGATION.search(clause[-60:]))


def _is_about_meetings(low: str, found: Schedule) -> bool:
    """Whether the thing that the schedule is said of is a meeting."""
    meetings = [hit.start() for hit in lexicon.MEETING_NOUN.finditer(low)]
    others = [hit.start() for hit in lexicon.NOT_MEETING.finditer(low)]
    own = lexicon.OWN_MEETING.search(low)
    if lexicon.ANOTHER_GROUP.search(low[: found.start]) and own is None:
        return False
    if not others:
        if meetings or own or lexicon.MEETING_VERB.search(low):
            return True
        return _is_bare(low, found)
    if own is not None and own.start() < min(others):
        return _nearest(found, meetings, [at for at in others if at < found.start]) or not any(
            at < found.start for at in others
        )
    first = min(meetings, default=len(low))
    if min(others) < first and min(others) < found.start:
        return False
    if min(others) > found.end and (found.clocks or found.weekdays):
        return True  # "Tuesdays at 17:30 UTC; notes are here"
    return _nearest(found, meetings, others)


def _nearest(found: Schedule, meetings: list[int], others: list[int]) -> bool:
    """The noun before the schedule counts; failing one, the noun after it."""
    noun = max((at for at in meetings if at <= found.start), default=-1)
    other = max((at for at in others if at <= found.start), default=-1)
    if noun >= 0 or other >= 0:
        return noun > other
    return min(meetings, default=1 << 30) < min(others, default=1 << 30)


def _is_bare(low: str, found: Schedule) -> bool:
    if found.clocks and (found.weekdays or found.frequency):
        return True
    rest = low[: found.start] + " " + low[found.end :]
    return len(rest.split()) <= SHORT and found.start <= 25
