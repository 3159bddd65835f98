"""What was understood of minutes that are to be brought in, in words: the same on the page and on the command line."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from folkmoot.meetings.bringing_in import GroupPlan
from folkmoot.meetings.domain.minutes import write_minutes, write_resolution
from folkmoot.meetings.domain.minutes.keeping import resolution_of
from folkmoot.meetings.domain.minutes.matching import PlannedRecord
from folkmoot.meetings.domain.minutes.matching_resolutions import PlannedResolution
from folkmoot.meetings.domain.minutes.model import SIDES, Counts, Names, Note, ReadAction, ReadDecision
from folkmoot.meetings.domain.minutes.naming import NameMatch
from folkmoot.meetings.domain.minutes.source import read_source
from folkmoot.meetings.models import BroughtIn, Meeting, Minutes
from folkmoot.meetings.taking_out import brought_in_record, kept_names
from folkmoot.ui import times

Planned = PlannedRecord | PlannedResolution
LONGEST_QUOTE: Final = 160
MOST_CALLS: Final = 40
MOST_CHANGES: Final = 120


@dataclass(frozen=True)
class ShownNote:
    """Something that was not sure: the line, what is the matter, and what stands there."""

    line: int
    words: str
    quote: str


@dataclass(frozen=True)
class ShownPlan:
    """One meeting's minutes, or one resolution, as somebody looks at them before they are taken in."""

    planned: Planned
    title: str
    step: str
    understood: tuple[tuple[str, str], ...]
    questions: tuple[str, ...]
    notes: tuple[ShownNote, ...]
    to_know: tuple[ShownNote, ...]
    calls: tuple[Meeting, ...] = ()
    changes: tuple[tuple[str, str], ...] = ()

    @property
    def key(self) -> str:
        return self.planned.key

    @property
    def is_change(self) -> bool:
        return self.planned.step == "changed"

    @property
    def wants_call(self) -> bool:
        """Whether it is to be said which call it was."""
        return isinstance(self.planned, PlannedRecord) and self.planned.step == "ask"

    @property
    def may_have_own_call(self) -> bool:
        return isinstance(self.planned, PlannedRecord) and self.planned.record.date is not None

    @property
    def wants_look(self) -> bool:
        """Whether somebody has to look at its notes, and has not."""
        return bool(self.notes) and not self.planned.looked_at


class Shown:
    """A plan in words. `files` are those it was made of."""

    def __init__(self, plan: GroupPlan, files: Mapping[str, bytes | str]) -> None:
        self.plan = plan
        self._files = files
        self._lines: dict[str, tuple[str, ...]] = {}

    @cached_property
    def waiting(self) -> list[ShownPlan]:
        return [self.one(one) for one in self.plan.waiting]

    @cached_property
    def clear(self) -> list[ShownPlan]:
        return [self.one(one) for one in self.plan.clear]

    @property
    def done(self) -> tuple[Planned, ...]:
        return self.plan.done

    @property
    def names(self) -> tuple[NameMatch, ...]:
        """Of whom it is to be said who they are."""
        return self.plan.minutes.open_names

    @cached_property
    def file_notes(self) -> list[tuple[str, ShownNote]]:
        """What concerns whole files, such as one that is no text."""
        return [(file, self._note(file, note)) for file, note in self.plan.minutes.file_notes]

    @property
    def summary(self) -> str:
        """How much there is of each, in a sentence."""
        clear, waits, done = len(self.plan.clear), len(self.plan.waiting), len(self.plan.done)
        told = [
            ngettext("%(n)d can be taken in", "%(n)d can be taken in", clear) % {"n": clear},
            ngettext("%(n)d waits for your word", "%(n)d wait for your word", waits) % {"n": waits},
            ngettext("%(n)d is here already", "%(n)d are here already", done) % {"n": done},
        ]
        return ", ".join(told) + "."

    def one(self, planned: Planned) -> ShownPlan:
        """One of them with all that was understood."""
        notes = [self._note(planned.file, note) for note in planned.open_notes]
        to_know = [self._note(planned.file, note) for note in planned.notes if note.severity != "open"]
        if isinstance(planned, PlannedRecord):
            title, understood = _title(planned), tuple(self._understood(planned))
        else:
            title, understood = planned.resolution.title or planned.file, tuple(_of_resolution(planned))
        return ShownPlan(
            planned,
            title=title,
            step=self.step_words(planned),
            understood=understood,
            questions=tuple(one.words for one in planned.questions),
            notes=tuple(notes),
            to_know=tuple(to_know),
            calls=self._calls(planned),
            changes=tuple(self._changes(planned)) if planned.step == "changed" else (),
        )

    def step_words(self, planned: Planned) -> str:
        """What would be done with it."""
        if planned.step == "same_call" and isinstance(planned, PlannedRecord):
            return _("goes into the call of %(day)s") % {"day": call_words(self.plan.calls[planned.calls[0]])}
        return {
            "new_call": _("makes a past call"),
            "new_decision": _("becomes a decision"),
            "unchanged": _("is here already"),
            "there": _("was written here"),
            "changed": _("was taken in before, and says something else now"),
            "ask": _("waits for an answer"),
        }[planned.step]

    def person_words(self, name: NameMatch) -> str:
        """A name with whom it means."""
        if name.person is None:
            return name.shown
        known = self.plan.people[name.person].name if name.person in self.plan.people else name.shown
        return known if known == name.shown else f"{name.shown} = {known}"

    def _understood(self, planned: PlannedRecord) -> Iterator[tuple[str, str]]:
        said = planned.record
        if said.date:
            hours = "-".join(f"{at:%H:%M}" for at in (said.starts, said.ends) if at)
            yield _("Day"), " ".join(filter(None, (times.plain_date(said.date), hours, said.zone if hours else "")))
        listed = [name for name in planned.names if "present" in name.places]
        known = [self.person_words(name) for name in listed if name.person is not None]
        guests = [name.shown for name in listed if name.person is None]
        if known:
            yield _("There, with a record here"), ", ".join(known)
        if guests:
            yield _("There, by name only"), ", ".join(guests)
        if said.unnamed:
            yield _("There, without a name"), str(said.unnamed)
        if said.regrets:
            yield _("Could not come"), ", ".join(one.shown for one in said.regrets)
        if titles := [item.title for item in said.items if item.title]:
            yield _("Agenda"), " · ".join(titles)
        for one in said.decisions:
            yield _("Decided"), _decision_words(one)
        for action in said.actions:
            yield _("To be done"), _action_words(action)

    def _calls(self, planned: Planned) -> tuple[Meeting, ...]:
        """The calls that it may be of: those the plan names, else the latest."""
        if not isinstance(planned, PlannedRecord) or planned.step != "ask":
            return ()
        if planned.calls:
            return tuple(self.plan.calls[pk] for pk in planned.calls)
        day = planned.record.date
        held = [call for call in self.plan.calls.values() if not call.is_cancelled]
        if day is not None:
            held.sort(key=lambda call: abs((call.starts.date() - day).days))
            return tuple(held[:6])
        return tuple(held[::-1][:MOST_CALLS])

    def _changes(self, planned: Planned) -> Iterator[tuple[str, str]]:
        """The lines that differ, first what is here and then what the file says."""
        before = BroughtIn.objects.filter(group=self.plan.group, key=planned.key).prefetch_related("names").first()
        if before is None:
            return
        if isinstance(planned, PlannedResolution):
            here, there = (
                write_resolution(resolution_of(before.values, kept_names(before))),
                write_resolution(planned.resolution),
            )
        elif before.meeting is not None:
            here = write_minutes(brought_in_record(before.meeting.minutes, before))
            there = write_minutes(planned.record)
        else:
            return
        lines = difflib.unified_diff(here.splitlines(), there.splitlines(), n=0, lineterm="")
        changed = [line for line in list(lines)[2:] if not line.startswith("@@")]
        yield from ((line[0], line[1:]) for line in changed[:MOST_CHANGES])

    def _note(self, file: str, note: Note) -> ShownNote:
        lines = self._lines.get(file)
        if lines is None:
            lines = self._lines[file] = read_source(self._files.get(file, "")).lines
        quote = " ".join(lines[note.line - 1].split()) if 0 < note.line <= len(lines) else ""
        if quote.strip(" #*->") in note.words:
            quote = ""
        return ShownNote(note.line, note.words, quote if len(quote) <= LONGEST_QUOTE else f"{quote[:LONGEST_QUOTE]}…")


def call_words(call: Meeting) -> str:
    """`5 March 2024, 17:00`, with the title of a call that has one."""
    return ", ".join(filter(None, (times.plain_date(call.starts.date()), f"{call.starts:%H:%M}", call.title)))


def field_of(kind: str, key: str) -> str:
    """The name of a field for the answer about something, whatever letters its key has."""
    return f"{kind}-{sha256(key.encode('utf-8', 'surrogatepass')).hexdigest()[:16]}"


def also_said(minutes: Minutes) -> list[tuple[str, str]]:
    """What minutes that were brought in say besides their notes, for those who may read them; else nothing."""
    kept = BroughtIn.objects.filter(meeting=minutes.pk).prefetch_related("names").first()
    if kept is None:
        return []
    said = brought_in_record(minutes, kept)
    told = [
        (_("Title"), said.title),
        (_("Moderated by"), said.moderator),
        (_("Minutes by"), said.scribe),
        (_("Could not come"), ", ".join(one.shown for one in said.regrets)),
        (_("Approved"), said.approved),
        *((_("Decided"), _decision_words(one)) for one in said.decisions),
        *((_("To be done"), _action_words(one)) for one in said.actions),
        *((_("Link"), " ".join((one.label, one.url))) for one in said.links),
        (_("From the file"), kept.file),
    ]
    return [(label, words) for label, words in told if words]


def _title(planned: PlannedRecord) -> str:
    said = planned.record
    return " · ".join(filter(None, (times.plain_date(said.date) if said.date else "", said.title))) or planned.file


def _of_resolution(planned: PlannedResolution) -> Iterator[tuple[str, str]]:
    one = planned.resolution
    if one.number is not None:
        yield _("Number"), f"{one.year}-{one.number}" if one.year else str(one.number)
    if one.decided:
        yield _("Day"), times.plain_date(one.decided)
    yield (
        _("Decided"),
        _decision_words(
            ReadDecision(one.text, one.way, one.outcome, one.counts, one.names, one.moved_by, one.seconded_by)
        ),
    )


def _decision_words(one: ReadDecision) -> str:
    outcomes = {
        "carried": _("adopted"),
        "declined": _("declined"),
        "deferred": _("referred"),
        "withdrawn": _("withdrawn"),
    }
    more = ", ".join(
        filter(None, (outcomes.get(one.outcome, _("not said what became of it")), votes_words(one.counts, one.names)))
    )
    return f"{' '.join(one.text.split())} ({more})"


def votes_words(counts: Counts, names: Names) -> str:
    """`2 for (Ada, Ben), 0 against`; empty where there was no vote."""
    words = {"approve": _("for"), "decline": _("against"), "abstain": _("abstained"), "absent": _("absent")}
    told = []
    for side in SIDES:
        count, named = getattr(counts, side), getattr(names, side)
        if count is not None or named:
            who = f" ({', '.join(named)})" if named else ""
            told.append(f"{count if count is not None else len(named)} {words[side]}{who}")
    return ", ".join(told)


def _action_words(one: ReadAction) -> str:
    more = (one.owner, times.plain_date(one.due) if one.due else "", _("done") if one.done else "")
    told = ", ".join(filter(None, more))
    return f"{one.text} ({told})" if told else one.text


def people_to_choose(plan: GroupPlan, name: NameMatch) -> Sequence[tuple[int, str]]:
    """Whom a name may mean: those who are likely first, then everybody else by name."""
    likely = [pk for pk in name.people if pk in plan.people]
    rest = sorted((pk for pk in plan.people if pk not in likely), key=lambda pk: plan.people[pk].name.casefold())
    return [(pk, plan.people[pk].name) for pk in (*likely, *rest[:200])]
