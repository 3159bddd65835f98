"""What methods that move ballots from candidate to candidate share: who still stands, who goes out next."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from folkmoot.governance.domain.counting.ballots import Ballots, by_name
from folkmoot.governance.domain.counting.packed import Packed
from folkmoot.governance.domain.counting.record import Excluded, Guarded, Recorder
from folkmoot.governance.domain.counting.ties import About
from folkmoot.kit.errors import Refused


def refuse_equals(ballots: Ballots, packed: Packed, method: str) -> None:
    """Refused where a ballot holds two candidates equal, for methods whose rule does not say what that means."""
    equal = packed.equal(ballots.standing)
    if equal:
        rows = 0
        for held in equal.values():
            rows |= held
        many = packed.weigh(rows)
        hold = "one ballot holds" if many == 1 else f"{many} ballots hold"
        raise Refused(
            f"{method} has no rule for equal preferences, and {hold} candidates equal.", code="equal_preferences"
        )


def displaced_next(recorder: Recorder, continuing: Iterable[str]) -> list[str]:
    """Who stands and can have no seat, since their affiliation has all that it may have; noted as displaced."""
    out = {event.name for event in recorder.displaced}
    totals = recorder.stages[-1].totals
    full = [name for name in continuing if recorder.cap.is_full(name, recorder.seated) and name not in recorder.holders]
    for name in by_name(full):
        if name not in out:
            recorder.displace(name, totals[name])
    return full


def lowest(recorder: Recorder, among: Iterable[str], totals: Mapping[str, int], vacancies: int) -> str:
    """Who has fewest votes and is excluded; equal ones by the latest stage at which they differed, then by the rules.

    Where all of the equals never had a vote and all of them will go out, one after the other, it is no tie.
    """
    standing = excludable(recorder, list(among), totals)
    fewest = min(totals[name] for name in standing)
    tied = [name for name in standing if totals[name] == fewest]
    if (
        not recorder.cap.affiliations
        and len(standing) - len(tied) >= vacancies
        and all(stage.totals[name] == 0 for stage in recorder.stages for name in tied)
    ):
        return by_name(tied)[0]
    return recorder.ties.choose(
        tied, About.EXCLUSION, stage=len(recorder.stages), last=True, before=recorder.before[:-1]
    )


def excludable(recorder: Recorder, among: list[str], totals: Mapping[str, int]) -> list[str]:
    """Who can go out without leaving a seat empty that somebody could have had; who cannot is told to be guarded."""
    if not recorder.cap.affiliations:
        return among
    seated, cap = recorder.seated, recorder.cap
    needed = min(recorder.vacancies, cap.fillable(among, seated))
    free = [name for name in among if cap.fillable([other for other in among if other != name], seated) >= needed]
    fewest = min(totals[name] for name in free)
    guarded = [name for name in among if name not in free and totals[name] < fewest]
    recorder.events.extend(Guarded(name, totals[name]) for name in by_name(guarded))
    return free


def exclude(recorder: Recorder, name: str, votes: int) -> None:
    """Note an exclusion in the stage that begins with it."""
    recorder.excluded.append(name)
    recorder.events.append(Excluded(name, votes))
