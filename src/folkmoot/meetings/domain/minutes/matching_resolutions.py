"""What an import of resolutions would do: each becomes a decision of its day, unless it is there already."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Final, Literal

from folkmoot.meetings.domain.minutes.matching import Question
from folkmoot.meetings.domain.minutes.model import Note, ReadResolution, Resolution
from folkmoot.meetings.domain.minutes.people import folded
from folkmoot.meetings.domain.minutes.resolutions import write_resolution

Step = Literal["new_decision", "unchanged", "changed", "there", "ask"]
"""`there`: the decision of this number and title was written here. The others are as in `matching`."""

REACHED: Final = ("carried", "declined", "deferred")
"""Outcomes that make a decision; what was withdrawn was never decided."""
QUESTIONS: Final[Mapping[str, str]] = {
    "no_date": "The day on which it was decided is not known.",
    "in_future": "{day} is still to come.",
    "no_text": "It has no text.",
    "no_outcome": "It is not said whether it was adopted.",
    "number_used": "Decision {label} is another one: {title}.",
    "twice": "Another resolution of the same number and title is in {other}.",
}
"""The words of questions by their codes, which never change."""


@dataclass(frozen=True, slots=True)
class KnownDecision:
    """A decision of the group that was not brought in."""

    year: int
    number: int
    title: str


@dataclass(frozen=True, slots=True)
class PlannedResolution:
    """What would become of a resolution."""

    file: str
    resolution: Resolution
    key: str
    digest: str
    step: Step
    questions: tuple[Question, ...] = ()
    notes: tuple[Note, ...] = ()
    looked_at: bool = False

    @property
    def open_notes(self) -> tuple[Note, ...]:
        """What a person must look at in what was read."""
        return tuple(note for note in self.notes if note.severity == "open")

    @property
    def does_nothing(self) -> bool:
        return self.step in ("unchanged", "there")

    @property
    def is_clear(self) -> bool:
        """Whether it can be taken in without anybody looking at it, or somebody has."""
        return self.step not in ("ask", "changed") and (self.looked_at or not self.open_notes)


def plan_resolutions(
    read: Iterable[tuple[str, ReadResolution]],
    *,
    decisions: Iterable[KnownDecision],
    today: date,
    imported: Mapping[str, str],
    looked_at: Collection[str] = (),
    left_out: Collection[str] = (),
) -> tuple[PlannedResolution, ...]:
    """What would become of each, in their order; `imported` are digests by keys, of what was taken in before."""
    there = {(one.year, one.number): one for one in decisions}
    return tuple(one for one in _planned(read, there, today, imported, looked_at) if one.key not in left_out)


def resolution_key(one: Resolution, file: str) -> str:
    """By what it is known again: year, number and title, or its file where it has no number."""
    said = (str(one.year), str(one.number), folded(one.title)) if one.number is not None else ("", file, "")
    return sha256("\n".join(("resolution", *said)).encode("utf-8", "surrogatepass")).hexdigest()[:32]


def _planned(
    read: Iterable[tuple[str, ReadResolution]],
    there: Mapping[tuple[int, int], KnownDecision],
    today: date,
    imported: Mapping[str, str],
    looked_at: Collection[str],
) -> Iterator[PlannedResolution]:
    seen: dict[str, PlannedResolution] = {}
    for file, found in read:
        one = found.resolution
        key = resolution_key(one, file)
        digest = sha256(write_resolution(one).encode("utf-8", "surrogatepass")).hexdigest()
        questions: tuple[Question, ...] = ()
        step: Step
        before = seen.get(key)
        if before is not None and before.digest == digest:
            continue
        if key in imported:
            step = "unchanged" if imported[key] == digest else "changed"
        else:
            known = there.get((one.year or 0, one.number or 0))
            if known is not None and folded(known.title) == folded(one.title):
                step = "there"
            else:
                questions = tuple(_asked(one, known, today))
                if before is not None:
                    questions = (*questions, _ask("twice", other=before.file))
                step = "ask" if questions else "new_decision"
        planned = PlannedResolution(file, one, key, digest, step, questions, found.notes, key in looked_at)
        seen.setdefault(key, planned)
        yield planned


def _asked(one: Resolution, known: KnownDecision | None, today: date) -> Iterator[Question]:
    if one.decided is None:
        yield _ask("no_date")
    elif one.decided > today:
        yield _ask("in_future", day=one.decided)
    if not one.text.strip():
        yield _ask("no_text")
    if one.outcome not in REACHED:
        yield _ask("no_outcome")
    if known is not None:
        yield _ask("number_used", label=f"{known.year}-{known.number}", title=known.title)


def _ask(code: str, **values: object) -> Question:
    return Question(code, QUESTIONS[code].format(**values))
