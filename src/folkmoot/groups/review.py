"""The page on which a steward looks at what was understood of a charter, corrects it and answers its questions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from folkmoot.groups.domain.confirming import CORRECTABLE, LEAVE_OUT, check_answers
from folkmoot.groups.domain.questions import Question, scheduled
from folkmoot.groups.intake import Intake, take_in
from folkmoot.groups.models import CharterDraft
from folkmoot.kit import recurrence, zones
from folkmoot.kit.errors import Refused

MEETING_PARTS = ("zone", "first_date", "rrule", "local_time")
OTHER_ZONE = "other"


@dataclass(frozen=True)
class Field:
    """One thing that was understood: its key, what stands there now, and the lines it was read from."""

    key: str
    value: str
    is_corrected: bool = False

    @property
    def part(self) -> str:
        """The last word of the key: name, text or quarter."""
        return self.key.rsplit(".", 1)[-1]

    @property
    def label(self) -> str:
        return {"name": _("Name"), "text": _("Words"), "quarter": _("Quarter")}[self.part]


@dataclass(frozen=True)
class Call:
    """A regular call: what the charter says, and how it would be scheduled."""

    said: str
    words: str
    lines: tuple[int, int]
    key: str
    zone: str
    first_date: str
    rrule: str
    local_time: str
    asked: frozenset[str]
    """Which of these are asked among the questions already."""


@dataclass(frozen=True)
class Item:
    """An objective, role, rule of membership or activity with its fields, to be kept or left out."""

    key: str
    lines: tuple[int, int]
    is_kept: bool
    fields: tuple[Field, ...]


@dataclass(frozen=True)
class Section:
    """A kind of thing in the charter: its name, and everything of that kind."""

    key: str
    title: str
    items: tuple[Item, ...]


@dataclass
class Review:
    """A draft under review. `problems` are pairs of an answer's key (or nothing) and a sentence."""

    intake: Intake
    answers: Mapping[str, str]
    problems: list[tuple[str, str]] = field(default_factory=list)

    @property
    def name(self) -> Field:
        return Field("name", self.intake.name, "name" in self.answers)

    @property
    def purpose(self) -> Field:
        read = self.intake.charter.purpose
        return Field(
            "purpose", self.answers.get("purpose", (read.text if read else None) or ""), "purpose" in self.answers
        )

    @property
    def sections(self) -> list[Section]:
        titles = {
            "objectives": _("Objectives"),
            "membership": _("Who may join"),
            "roles": _("Roles"),
            "annual_activities": _("The year"),
        }
        return [Section(key, title, tuple(self._items(key))) for key, title in titles.items()]

    def _items(self, key: str) -> Iterator[Item]:
        for position, said in enumerate(getattr(self.intake.charter, key)):
            prefix = f"{key}.{position}"
            fields = tuple(
                Field(
                    f"{prefix}.{part}",
                    self.answers.get(f"{prefix}.{part}", getattr(said, part, None) or ""),
                    f"{prefix}.{part}" in self.answers,
                )
                for part in CORRECTABLE[key]
            )
            yield Item(prefix, tuple(said.lines), self.answers.get(prefix) != LEAVE_OUT, fields)

    @property
    def questions(self) -> list[Question]:
        return self.intake.questions

    @property
    def purpose_lines(self) -> tuple[int, int] | None:
        read = self.intake.charter.purpose
        return (read.lines.first, read.lines.last) if read else None

    @property
    def calls(self) -> list[Call]:
        """The regular calls, in words."""
        return [self._call(position) for position in range(len(self.intake.charter.meetings))]

    def _call(self, position: int) -> Call:
        meeting = self.intake.charter.meetings[position]
        now = scheduled(meeting, self.intake.answers, position, today=self.intake.today)
        key = f"meetings.{position}"
        return Call(
            said=meeting.cadence or meeting.name or "",
            words=self._scheduled_words(position),
            lines=(meeting.lines.first, meeting.lines.last),
            key=key,
            zone=now.zone or "",
            first_date=now.first.isoformat() if now.first else "",
            rrule=recurrence.to_rrule(now.rule) if now.rule else "",
            local_time=f"{now.at:%H:%M}" if now.at else "",
            asked=frozenset(q.key.removeprefix(f"{key}.") for q in self.questions if q.key.startswith(f"{key}.")),
        )

    def _scheduled_words(self, position: int) -> str:
        now = scheduled(self.intake.charter.meetings[position], self.intake.answers, position, today=self.intake.today)
        if now.rule is None or now.first is None or now.at is None or now.zone is None:
            return _("Not in the calendar yet: see the open questions above.")
        return _("%(cadence)s at %(time)s in %(place)s, from %(day)s") % {
            "cadence": recurrence.words(now.rule, now.first).capitalize(),
            "time": f"{now.at:%H:%M}",
            "place": zones.place(now.zone),
            "day": date_format(now.first, "j F Y"),
        }

    def asked(self) -> Review:
        """The same review, saying that a needed answer is still missing."""
        open_ones = [question for question in self.questions if question.needed]
        problems = [(question.key, _("Please answer this before the group is made.")) for question in open_ones]
        if not self.intake.name:
            problems.append(("name", _("Please name the group.")))
        return replace(self, problems=problems)


def review_of(draft: CharterDraft, posted: Mapping[str, str] | None, *, today: date) -> Review:
    """The draft as it stands, or with the answers of a posted form; what cannot be used is a problem, kept visible."""
    data = bytes(draft.source)
    if posted is None:
        return Review(take_in(data, draft.answers, today=today), draft.answers)
    blank = take_in(data, {}, today=today)
    answers = answers_from(blank, posted)
    try:
        check_answers(blank.charter, answers, today=today)
    except Refused as refused:
        key = str(refused.params.get("key", ""))
        usable = {k: v for k, v in answers.items() if k != key}
        try:
            check_answers(blank.charter, usable, today=today)
        except Refused:
            usable = {}
        return Review(Intake(blank.charter, usable, today), answers, [(key, refused.message)])
    return Review(Intake(blank.charter, answers, today), answers)


def answers_from(intake: Intake, posted: Mapping[str, str]) -> dict[str, str]:
    """What a posted form changes or answers, by key; what is as it was read is no answer."""
    return dict(_answers_from(intake, posted))


def _answers_from(intake: Intake, posted: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    plain = Review(intake, {})
    for one in (plain.name, plain.purpose):
        yield from _changed(one, posted)
    for section in plain.sections:
        for item in section.items:
            # A box that is not ticked is not sent, so the form says that it had one.
            if f"{item.key}.offered" in posted and item.key not in posted:
                yield item.key, LEAVE_OUT
            for one in item.fields:
                yield from _changed(one, posted)
    for position, call in enumerate(plain.calls):
        for part in MEETING_PARTS:
            key = f"meetings.{position}.{part}"
            value = str(posted.get(key, "")).strip()
            if value in ("", OTHER_ZONE):
                value = str(posted.get(f"{key}.other", "")).strip()
            if value and value != getattr(call, part):
                yield key, value


def _changed(one: Field, posted: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    value = posted.get(one.key)
    if value is not None and " ".join(str(value).split()) != " ".join(one.value.split()):
        yield one.key, str(value).replace("\r\n", "\n").strip()
