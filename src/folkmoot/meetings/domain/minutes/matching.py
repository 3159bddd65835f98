"""What an import of minutes would do, before it does anything: which call each record belongs to, and who is who.

A plan is made from what was read and what is there. It decides nothing that is not clear: a record with a question
waits for its answer, and the others do not wait for it. Each record has a key that stays the same when it is imported
again, and a digest of all that it says; so what was taken in before is left as it is, and what has changed is told.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, time, timedelta
from hashlib import sha256
from typing import Final, Literal

from folkmoot.meetings.domain.minutes.canonical import write_minutes
from folkmoot.meetings.domain.minutes.model import MinutesFile, MinutesRecord, Note, ReadMeeting
from folkmoot.meetings.domain.minutes.naming import KnownPeople, KnownPerson, NameMatch, match_names
from folkmoot.meetings.domain.minutes.people import folded

Step = Literal["same_call", "new_call", "unchanged", "changed", "ask"]
"""`same_call`: into a call that is there. `new_call`: a past call is made for it. `unchanged`: it was taken in so.
`changed`: it was taken in, and says something else now. `ask`: see `questions`."""

FAR_OFF: Final = timedelta(hours=3)
"""So far the times of minutes and of their call may differ before it is asked whether they are the same."""

QUESTIONS: Final[Mapping[str, str]] = {
    "no_date": "The day is not known, so that no call can be found for it.",
    "in_future": "{day} is still to come.",
    "several_calls": "The group met more than once on {day}; say which call this was.",
    "a_day_off": "There is no call on {day}, but one on the day beside it.",
    "cancelled": "The call on {day} was cancelled.",
    "times_differ": "The call on {day} began at {call}, by the minutes at {said}.",
    "other_group": "By their own words these are the minutes of “{said}”.",
    "same_call_twice": "Other minutes of this import are of the same call: {other}.",
    "twice": "Other minutes of the same day, time and title are in {other}.",
    "call_has_minutes": "The call on {day} has minutes already, which were written here.",
    "imported_before": "Minutes of the call on {day} were imported before, with another title or time.",
    "named_twice": "{first} and {second} are the same person.",
    "days_reversed": "The last day, {until}, is before the first, {day}.",
}
"""The words of questions by their codes, which never change."""


@dataclass(frozen=True, slots=True)
class KnownCall:
    """A call of the group. `day` and `starts` are on the wall where it is anchored.

    `imported` is the key of the record that was taken into it; `has_minutes` says that its minutes were written here.
    """

    key: int
    day: date
    starts: time | None = None
    title: str = ""
    is_cancelled: bool = False
    has_minutes: bool = False
    imported: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """Why a record cannot be taken in without somebody's word. `words` is a whole sentence."""

    code: str
    words: str


@dataclass(frozen=True, slots=True)
class PlannedRecord:
    """What would become of the minutes of one meeting.

    `calls` is the key of its call, or of those it may belong to while that is asked. `notes` are what the reader was
    not sure of. `place` counts the meetings of a file from 0.
    """

    file: str
    place: int
    record: MinutesRecord
    key: str
    digest: str
    step: Step
    calls: tuple[int, ...] = ()
    questions: tuple[Question, ...] = ()
    names: tuple[NameMatch, ...] = ()
    notes: tuple[Note, ...] = ()
    looked_at: bool = False

    @property
    def call(self) -> int | None:
        """The call that it belongs to, where that is settled and there is one."""
        return self.calls[0] if self.step in ("same_call", "unchanged", "changed") and self.calls else None

    @property
    def open_names(self) -> tuple[NameMatch, ...]:
        """Those of which somebody has to say who it is."""
        return tuple(name for name in self.names if name.verdict == "ask")

    @property
    def open_notes(self) -> tuple[Note, ...]:
        """What a person must look at in what was read."""
        return tuple(note for note in self.notes if note.severity == "open")

    @property
    def does_nothing(self) -> bool:
        return self.step == "unchanged"

    @property
    def is_clear(self) -> bool:
        """Whether it can be taken in without anybody looking at it, or somebody has."""
        waits = self.step in ("ask", "changed") or self.open_names
        return not waits and (self.looked_at or not self.open_notes)


@dataclass(frozen=True, slots=True)
class ImportPlan:
    """What an import would do, in the order of the files, and what concerns whole files by their names."""

    records: tuple[PlannedRecord, ...] = ()
    file_notes: tuple[tuple[str, Note], ...] = ()

    def of(self, *steps: Step) -> tuple[PlannedRecord, ...]:
        """Those with which one of these is done."""
        return tuple(record for record in self.records if record.step in steps)

    @property
    def open_names(self) -> tuple[NameMatch, ...]:
        """Each name to be asked about once, in the order of the files."""
        found: dict[str, NameMatch] = {}
        for record in self.records:
            if not record.does_nothing:
                for name in record.open_names:
                    found.setdefault(name.key, name)
        return tuple(found.values())

    @property
    def changes_nothing(self) -> bool:
        return all(record.does_nothing for record in self.records)


@dataclass(frozen=True, slots=True)
class Answers:
    """What somebody said to the questions of an earlier plan.

    `calls`: by the key of a record the call that it belongs to, None for a call of its own. `names`: by the key of a
    name the person, None for a guest. `left_out`: the keys of records that are not taken in. `looked_at`: the keys of
    those whose notes somebody has looked at.
    """

    calls: Mapping[str, int | None] = field(default_factory=dict)
    names: Mapping[str, int | None] = field(default_factory=dict)
    left_out: Collection[str] = ()
    looked_at: Collection[str] = ()


def record_key(record: MinutesRecord, file: str, place: int) -> str:
    """By what a record is known again: its day, time and title, or the place it was read from while it has no day."""
    if record.date is None:
        said = ("undated", file, str(place))
    else:
        said = (record.date.isoformat(), record.starts.isoformat() if record.starts else "", folded(record.title))
    return _hashed(*said)


def record_digest(record: MinutesRecord) -> str:
    """All that a record says, as one value: two records have the same where they say the same."""
    return sha256(write_minutes(record).encode("utf-8", "surrogatepass")).hexdigest()


def plan_import(
    files: Sequence[MinutesFile],
    *,
    group: str,
    calls: Iterable[KnownCall],
    people: Iterable[KnownPerson],
    today: date,
    imported: Mapping[str, str] | None = None,
    answers: Answers | None = None,
) -> ImportPlan:
    """What an import of these files into the group of this name would do.

    `imported` is what was taken in before: digests by the keys of records. Nothing here is changed or remembered: an
    importer takes in what is clear or answered, keeps key and digest with the call, and plans again.
    """
    there, said = _There(group, list(calls), KnownPeople(people), today, imported or {}), answers or Answers()
    planned = [_planned(one, there, said) for one in _found(files) if one.key not in said.left_out]
    notes = tuple((file.name, note) for file in files for note in file.notes)
    return ImportPlan(tuple(_one_for_each_call(planned, said)), notes)


@dataclass(frozen=True, slots=True)
class _There:
    """What is there already."""

    group: str
    calls: Sequence[KnownCall]
    people: KnownPeople
    today: date
    imported: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class _Found:
    """Minutes of one meeting as they were found; `twin` is the file of others that say to be the same, and differ."""

    file: str
    place: int
    meeting: ReadMeeting
    key: str
    digest: str
    twin: str = ""


def _found(files: Sequence[MinutesFile]) -> Iterator[_Found]:
    """Everything in the files. What says the very same as something before it is left out."""
    seen: dict[str, _Found] = {}
    digests: set[tuple[str, str]] = set()
    for file in files:
        for place, meeting in enumerate(file.meetings):
            key, digest = record_key(meeting.record, file.name, place), record_digest(meeting.record)
            if (key, digest) in digests:
                continue
            digests.add((key, digest))
            one = _Found(file.name, place, meeting, key, digest)
            if (first := seen.setdefault(key, one)) is not one:
                own = _hashed(key, file.name, str(place))
                one = _Found(file.name, place, meeting, own, digest, first.file)
            yield one


def _planned(one: _Found, there: _There, answers: Answers) -> PlannedRecord:
    record = one.meeting.record
    names = match_names(record, there.people, answers.names)
    calls: tuple[int, ...]
    questions: tuple[Question, ...] = ()
    step: Step
    before = there.imported.get(one.key)
    if before is not None:
        step = "unchanged" if before == one.digest else "changed"
        calls = tuple(call.key for call in there.calls if call.imported == one.key)
    else:
        calls, questions = _call_for(record, there, answers.calls, one.key)
        if one.twin and one.key not in answers.calls:
            questions = (*questions, _ask("twice", other=one.twin))
        questions = (*questions, *_about_names(names))
        step = "ask" if questions else "same_call" if calls else "new_call"
    return PlannedRecord(
        one.file,
        one.place,
        record,
        one.key,
        one.digest,
        step,
        calls,
        questions,
        names,
        one.meeting.notes,
        one.key in answers.looked_at,
    )


def _call_for(
    record: MinutesRecord, there: _There, answered: Mapping[str, int | None], key: str
) -> tuple[tuple[int, ...], tuple[Question, ...]]:
    """The call that a record belongs to, none for a call of its own, or those it may belong to, with what is asked.

    An answer goes before what would be found, as far as it can be done: there is no call of its own without a day.
    """
    day, calls = record.date, there.calls
    chosen = answered.get(key)
    if chosen is not None and any(call.key == chosen for call in calls):
        return (chosen,), ()
    if day is None:
        return (), (_ask("no_date"),)
    if day > there.today:
        return (), (_ask("in_future", day=day),)
    if key in answered and chosen is None:
        return (), ()
    asked = [_ask("other_group", said=record.group)] if _is_another(record.group, there.group) else []
    until = record.until or day
    if until < day:
        return (), (*asked, _ask("days_reversed", day=day, until=until))
    then = [call for call in calls if day <= call.day <= until]
    fitting = _best(record, then)
    if len(fitting) > 1:
        return tuple(call.key for call in fitting), (*asked, _ask("several_calls", day=day))
    if not fitting:
        beside = [call for call in calls if abs(call.day - day) == timedelta(days=1) and not call.has_minutes]
        beside = [call for call in beside if not call.imported and not call.is_cancelled]
        if beside:
            return tuple(call.key for call in beside), (*asked, _ask("a_day_off", day=day))
        return (), tuple(asked)
    call = fitting[0]
    if call.is_cancelled:
        asked.append(_ask("cancelled", day=call.day))
    if call.has_minutes:
        asked.append(_ask("call_has_minutes", day=call.day))
    if call.imported and call.imported != key:
        asked.append(_ask("imported_before", day=call.day))
    if record.starts and call.starts and _apart(record.starts, call.starts) > FAR_OFF:
        asked.append(_ask("times_differ", day=call.day, call=f"{call.starts:%H:%M}", said=f"{record.starts:%H:%M}"))
    return (call.key,), tuple(asked)


def _best(record: MinutesRecord, calls: Sequence[KnownCall]) -> list[KnownCall]:
    """Out of several calls of a day the one at the same time, of the same title, or that took place at all."""
    fitting = list(calls)
    ways = (
        lambda call: not call.is_cancelled,
        lambda call: record.starts is not None and call.starts == record.starts,
        lambda call: bool(record.title) and folded(call.title) == folded(record.title),
    )
    for way in ways:
        if len(fitting) > 1:
            fitting = [call for call in fitting if way(call)] or fitting
    return fitting


def _about_names(names: Sequence[NameMatch]) -> tuple[Question, ...]:
    """Two listed names that turn out to be one person."""
    first: dict[int, NameMatch] = {}
    asked = []
    for name in names:
        if name.person is None or not {"present", "regrets"} & set(name.places):
            continue
        if (other := first.setdefault(name.person, name)) is not name:
            asked.append(_ask("named_twice", first=other.shown, second=name.shown))
    return tuple(asked)


def _one_for_each_call(planned: Sequence[PlannedRecord], answers: Answers) -> Iterator[PlannedRecord]:
    """The same, where two records of one import that want the same call are asked about unless it was answered."""
    taken: dict[int, PlannedRecord] = {}
    for one in planned:
        before = taken.setdefault(one.call, one) if one.call is not None else one
        if before is one or one.step != "same_call" or one.key in answers.calls:
            yield one
        else:
            question = _ask("same_call_twice", other=before.file)
            yield replace(one, step="ask", questions=(*one.questions, question))


def _is_another(said: str, group: str) -> bool:
    """Whether minutes name a group that is not this one; a shorter or longer name of it is none."""
    one, other = set(folded(said).split()), set(folded(group).split())
    return bool(one) and not one <= other and not other <= one


def _apart(one: time, other: time) -> timedelta:
    minutes = abs((one.hour - other.hour) * 60 + one.minute - other.minute)
    return timedelta(minutes=min(minutes, 24 * 60 - minutes))


def _hashed(*said: str) -> str:
    return sha256("\n".join(said).encode("utf-8", "surrogatepass")).hexdigest()[:32]


def _ask(code: str, **values: object) -> Question:
    return Question(code, QUESTIONS[code].format(**values))
