"""A count in plain words, stage by stage, from its events."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from folkmoot.decisions.domain.tally import Result as Outcome
from folkmoot.governance.domain.counting.methods import METHODS, Method
from folkmoot.governance.domain.counting.record import (
    Action,
    Displaced,
    Elected,
    Excluded,
    Guarded,
    Pair,
    Result,
    Stage,
    Transferred,
    Verdict,
    Why,
)
from folkmoot.governance.domain.counting.ties import About, By, Tie

BROKEN_BY: Final = {
    By.EARLIER_STAGES: "what they had at an earlier stage",
    By.HEAD_TO_HEAD: "who of them is preferred to more of the others",
    By.TOTAL: "the higher total",
    By.TOP_MARKS: "how often each was given the highest number",
    By.DRAW: "the draw that was held",
    By.SEED: "the order made from the text that was named beforehand",
    By.NO_DIFFERENCE: "nothing: whoever of them is taken, the same are elected",
}
EQUAL_FOR: Final = {
    About.SEAT: "for a seat",
    About.TERM: "for the longer term",
    About.SURPLUS: "for whose surplus goes first",
    About.EXCLUSION: "for who goes out",
    About.RUNOFF: "for the run-off",
    About.PAIR: "for which pair counts first",
}


def number(votes: int, decimals: int) -> str:
    """Votes as they are read: without zeros at the end."""
    text = exact(votes, decimals)
    return text.rstrip("0").rstrip(".") if decimals else text


def exact(votes: int, decimals: int) -> str:
    """Votes with all their decimals."""
    sign, votes = ("-", -votes) if votes < 0 else ("", votes)
    whole, part = divmod(votes, 10**decimals)
    return f"{sign}{whole}.{part:0{decimals}d}" if decimals else f"{sign}{whole}"


def all_of(names: Sequence[str]) -> str:
    """Names in a row: Ana, Ben and Cleo."""
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def story(result: Result) -> list[str]:
    """The count as paragraphs, the first about how it was counted, the last about who is elected."""
    return [_opening(result), *(_paragraph(result, stage) for stage in result.stages), _ending(result)]


def _opening(result: Result) -> str:
    kind = METHODS[Method(result.method)].words
    if result.verdict is not None:
        left = f", of which {result.invalid} could not be counted" if result.invalid else ""
        return f"{kind}: {result.ballots} ballots{left}."
    seats = "1 seat" if result.seats == 1 else f"{result.seats} seats"
    parts = [f"{kind} for {seats}: {result.ballots} ballots"]
    if result.invalid:
        parts.append(f", of which {result.invalid} could not be counted")
    if result.method == Method.SCOTTISH_STV and result.quota is not None:
        parts.append(f". Who has {number(result.quota, result.decimals)} votes, the quota, is elected")
    if result.withdrawn:
        parts.append(f". Withdrawn, and as if never there: {all_of(result.withdrawn)}")
    if result.holders:
        keep = "keeps a seat" if len(result.holders) == 1 else "keep their seats"
        parts.append(f". {all_of(result.holders)} {keep}")
    return "".join(parts) + "."


def _paragraph(result: Result, stage: Stage) -> str:
    sentences = [*_what(result, stage), *_outcome(result, stage)]
    sentences += [_tie(tie) for tie in result.ties if tie.stage == stage.number and tie.resolved_by is not None]
    return " ".join(sentences)


def _what(result: Result, stage: Stage) -> Iterator[str]:
    """What the stage did."""
    shown = [f"{name} {number(votes, result.decimals)}" for name, votes in _ranked(stage) if votes]
    moved = [event for event in stage.events if isinstance(event, Transferred)]
    match stage.action:
        case Action.FIRST_PREFERENCES:
            yield f"First preferences: {', '.join(shown) or 'none'}."
        case Action.SCORES:
            yield f"Totals: {', '.join(shown) or 'none'}."
        case Action.SURPLUS:
            given = result.stages[stage.number - 2].totals[stage.subject or ""] - (stage.quota or 0)
            more = number(given, result.decimals)
            yield f"{stage.subject} had {more} more than needed; those {more} went on: {_moved(result, moved)}."
        case Action.EXCLUSION:
            gone = next(event for event in stage.events if isinstance(event, Excluded))
            had = number(gone.votes, result.decimals)
            least = gone.name not in {event.name for event in result.displaced}
            why = "the fewest, and goes out" if least else "and can have no seat"
            to = f": {_moved(result, moved)}" if moved else ""
            kept = [event.name for event in stage.events if isinstance(event, Guarded)]
            if kept:
                yield f"{all_of(kept)} cannot go out, since a seat would stay empty."
            yield f"{gone.name} had {had} {'vote' if had == '1' else 'votes'}, {why}{to}."
        case Action.KEPT_SHARES:
            yield "The elected keep only as much of each ballot as they need, and the rest goes on."
            yield f"The quota is now {number(stage.quota or 0, result.decimals)}."
        case Action.RUNOFF:
            pair = next((event for event in stage.events if isinstance(event, Pair)), None)
            if pair is not None:
                yield f"Run-off, {pair.winner} against {pair.loser}: {pair.votes} to {pair.against}."
        case Action.PAIRS:
            yield from _pairs(result, stage)


def _ranked(stage: Stage) -> list[tuple[str, int]]:
    return sorted(stage.totals.items(), key=lambda item: (-item[1], item[0]))


def _moved(result: Result, moved: Sequence[Transferred]) -> str:
    """Where votes went."""
    parts = [
        f"{number(event.votes, result.decimals)} to {event.to}"
        for event in sorted(moved, key=lambda event: (-event.votes, event.to or ""))
        if event.to is not None
    ]
    ended = sum(event.votes for event in moved if event.to is None)
    if ended:
        parts.append(f"{number(ended, result.decimals)} to nobody, their ballots naming no one else")
    return ", ".join(parts) or "nowhere"


def _pairs(result: Result, stage: Stage) -> Iterator[str]:
    """The order of a pairwise method, and why each stands below the one before."""
    ways = {(event.winner, event.loser): event for event in stage.events if isinstance(event, Pair)}
    groups = [all_of(list(group)) for group in result.order]
    yield f"In order: {'; '.join(groups)}."
    for upper, lower in zip(result.order, result.order[1:], strict=False):
        a, b = upper[0], lower[0]
        if result.pairs is not None and result.pairs[a][b] > result.pairs[b][a]:
            yield f"{a} against {b}: {result.pairs[a][b]} to {result.pairs[b][a]}."
        elif (a, b) in ways and result.method == Method.SCHULZE:
            way = ways[a, b]
            yield f"{a} is ahead of {b} by way of others: {way.votes} at the weakest step, against {way.against}."


def _outcome(result: Result, stage: Stage) -> Iterator[str]:
    """What the stage brought."""
    elected = [event for event in stage.events if isinstance(event, Elected)]
    reasons = {Why.QUOTA: "reached the quota", Why.MAJORITY: "won", Why.LAST_SEATS: "took the seats that were left"}
    for why, words in reasons.items():
        names = [event.name for event in elected if event.why is why]
        if names:
            if why is Why.LAST_SEATS and len(names) == 1:
                words = "took the seat that was left"
            yield f"{all_of(names)} {words}."
    for event in stage.events:
        if isinstance(event, Displaced):
            yield f"{event.name} is kept out: {reason(event)}"


def reason(displaced: Displaced) -> str:
    """Why somebody is kept out, in a sentence."""
    return f"as many of {displaced.affiliation} as may have a seat have one."


def _tie(tie: Tie) -> str:
    if tie.resolved_by is None:
        return f"{all_of(tie.candidates)} are equal {EQUAL_FOR[tie.about]}, and no rule was given to decide."
    return (
        f"{all_of(tie.candidates)} were equal {EQUAL_FOR[tie.about]}; it was decided by {BROKEN_BY[tie.resolved_by]}."
    )


def _verdict(verdict: Verdict) -> str:
    """What became of a question."""
    if verdict.result is Outcome.NO_QUORUM:
        return f"{verdict.there} took part, and {verdict.quorum} had to: not carried."
    word = "Carried" if verdict.result is Outcome.CARRIED else "Not carried"
    return f"{word}: {verdict.yes} of {verdict.base} said yes, and {verdict.needed} had to."


def _ending(result: Result) -> str:
    if result.verdict is not None:
        return _verdict(result.verdict)
    parts = [_tie(result.open_tie)] if result.open_tie else []
    if result.elected:
        are = "is" if len(result.elected) == 1 else "are"
        parts.append(f"{all_of(result.elected)} {are} elected.")
    else:
        parts.append("Nobody is elected.")
    left = result.seats - len(result.holders) - len(result.elected)
    if left and not result.open_tie:
        parts.append(f"{left} {'seat stays' if left == 1 else 'seats stay'} empty.")
    if result.terms:
        terms = [f"{name} {years} {'year' if years == 1 else 'years'}" for name, years in result.terms.items()]
        parts.append(f"Terms: {', '.join(terms)}.")
    return " ".join(parts)
