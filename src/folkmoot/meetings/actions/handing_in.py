"""Files of older minutes handed in for a group, what is answered about them, and taking in all that is clear."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from folkmoot.groups.actions import hold_group
from folkmoot.groups.models import Group
from folkmoot.kit.errors import Refused
from folkmoot.kit.verdict import require
from folkmoot.ledger.actors import Actor
from folkmoot.meetings.actions.bringing_in import take_in_minutes, take_in_resolution
from folkmoot.meetings.domain.minutes.matching import PlannedRecord
from folkmoot.meetings.domain.minutes.matching_resolutions import PlannedResolution
from folkmoot.meetings.domain.minutes.unpacking import bounded
from folkmoot.meetings.minutes_rules import may_bring_in
from folkmoot.meetings.models import BroughtIn, HandedIn, HandedInFile
from folkmoot.plan.who import author

KEPT_FOR: Final = timedelta(days=14)
"""So long files wait that nobody takes in."""
MOST_ANSWERS: Final = 4_000


@dataclass(frozen=True)
class TakenIn:
    """What became of what was to be taken in: what is here now, and of which files nothing is, with the reason."""

    made: tuple[BroughtIn, ...]
    refused: tuple[tuple[str, Refused], ...]


@transaction.atomic
def hand_in(group: Group, files: Mapping[str, bytes], *, by: Actor) -> HandedIn:
    """Keep files to be looked at, beside those that wait already; a file of the same path takes the place of that one.

    Refused `forbidden`, `too_many`, `too_large`.
    """
    require(may_bring_in(by, group))
    hold_group(group)
    pile, _is_new = HandedIn.objects.update_or_create(
        group=group, defaults={"handed_in_at": timezone.now(), "handed_in_by": author(by)}
    )
    bounded({**files_of(pile), **files})
    pile.files.filter(path__in=files).delete()
    HandedInFile.objects.bulk_create(HandedInFile(handed_in=pile, path=path, data=data) for path, data in files.items())
    return pile


@transaction.atomic
def keep_answers(group: Group, answers: Mapping[str, Any], *, by: Actor) -> None:
    """Keep what was answered (`HandedIn.answers`) beside what was before; an answer again is changed by the later.

    Refused `forbidden`, `not_now` where nothing is handed in, `too_many`.
    """
    require(may_bring_in(by, group))
    hold_group(group)
    pile = HandedIn.objects.filter(group=group).first()
    if pile is None:
        raise Refused(_("There is nothing to answer."), code="not_now")
    before = pile.answers
    merged: dict[str, Any] = {key: {**before.get(key, {}), **answers.get(key, {})} for key in ("calls", "names")}
    for key in ("left_out", "looked_at"):
        merged[key] = sorted({*before.get(key, ()), *answers.get(key, ())})
    if sum(map(len, merged.values())) > MOST_ANSWERS:
        raise Refused(_("Those are too many answers."), code="too_many")
    pile.answers = merged
    pile.save(update_fields=["answers"])


@transaction.atomic
def give_up(group: Group, *, by: Actor) -> None:
    """Delete the files that were handed in; what was taken in of them stays."""
    require(may_bring_in(by, group))
    HandedIn.objects.filter(group=group).delete()


def forget_handed_in(*, now: datetime) -> int:
    """Delete files that nobody took in for two weeks; how many piles that were. For the schedule."""
    due = HandedIn.objects.filter(handed_in_at__lt=now - KEPT_FOR)
    number = due.count()
    due.delete()
    return number


def files_of(pile: HandedIn) -> dict[str, bytes]:
    """The files by their paths."""
    return {path: bytes(data) for path, data in pile.files.values_list("path", "data")}


def take_in_all(group: Group, planned: Iterable[PlannedRecord | PlannedResolution], *, by: Actor) -> TakenIn:
    """Take in what a plan has, each file wholly or not at all: one that is refused harms none of the others."""
    by_file: dict[str, list[PlannedRecord | PlannedResolution]] = {}
    for one in planned:
        by_file.setdefault(one.file, []).append(one)
    made: list[BroughtIn] = []
    refused: list[tuple[str, Refused]] = []
    for file, parts in by_file.items():
        try:
            with transaction.atomic():
                found = [_take_in(group, one, by) for one in parts]
        except Refused as why:
            if why.code == "forbidden":
                raise
            refused.append((file, why))
        else:
            made += found
    return TakenIn(tuple(made), tuple(refused))


def _take_in(group: Group, one: PlannedRecord | PlannedResolution, by: Actor) -> BroughtIn:
    if isinstance(one, PlannedRecord):
        return take_in_minutes(group, one, by=by)
    return take_in_resolution(group, one, by=by)
