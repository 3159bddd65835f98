"""Who comes to a call, as one reader may know it, and their own answer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from folkmoot.kit.verdict import Verdict
from folkmoot.meetings.attendance_reading import answers_to, own_answer
from folkmoot.meetings.attendance_rules import may_answer_call, may_see_who_was_there
from folkmoot.meetings.models import Answer, Meeting, Says
from folkmoot.people.models import Person


@dataclass(frozen=True)
class Choice:
    """One of the answers, as a button."""

    value: str
    label: str
    is_mine: bool


@dataclass(frozen=True)
class Said:
    """One of the answers with those who gave it, in the order of their names."""

    words: str
    people: tuple[Person, ...]


@dataclass(frozen=True)
class AnswersPage:
    """The answers to one call for whoever is signed in."""

    meeting: Meeting
    person: Person
    now: datetime

    @cached_property
    def may_answer(self) -> Verdict:
        return may_answer_call(self.person, self.meeting, self.now)

    @cached_property
    def sees_names(self) -> bool:
        """Whether the answers of others are theirs to know; to guests they are not."""
        return bool(may_see_who_was_there(self.person, self.meeting))

    @cached_property
    def answers(self) -> list[Answer]:
        """All that count, for those who see names."""
        return answers_to(self.meeting) if self.sees_names else []

    @cached_property
    def mine(self) -> Answer | None:
        if not self.sees_names:
            return own_answer(self.meeting, self.person) if self.may_answer else None
        return next((one for one in self.answers if one.person_id == self.person.pk), None)

    @property
    def choices(self) -> list[Choice]:
        return choices(self.mine)

    @property
    def said(self) -> list[Said]:
        """Each answer that somebody gave."""
        found = []
        for says, words in WORDS.items():
            people = tuple(one.person for one in self.answers if one.says == says)
            if people:
                found.append(Said(words(len(people)), people))
        return found

    @property
    def is_shown(self) -> bool:
        return self.now < self.meeting.starts_at and self.meeting.is_planned and bool(self.may_answer or self.answers)


@dataclass(frozen=True)
class OwnAnswer:
    """The answer of one person to one call, and nobody else's: for who comes by a link."""

    meeting: Meeting
    person: Person

    @cached_property
    def answer(self) -> Answer | None:
        """The one that counts; one query."""
        return own_answer(self.meeting, self.person)

    @property
    def choices(self) -> list[Choice]:
        return choices(self.answer)


def choices(mine: Answer | None) -> list[Choice]:
    """The answers as buttons, with the one that was given marked."""
    says = mine.says if mine else ""
    return [Choice(one.value, str(BUTTONS[one]), one.value == says) for one in Says]


def time_shown(given: str | None) -> datetime | None:
    """The time of a call as the page with the buttons knew it (seconds since 1970); None where it did not say."""
    if given is None or not (given.isascii() and given.isdigit() and len(given) < 12):
        return None
    return datetime.fromtimestamp(int(given), UTC)


def _coming(count: int) -> str:
    return ngettext("%(count)d is coming", "%(count)d are coming", count) % {"count": count}


def _maybe(count: int) -> str:
    return ngettext("%(count)d may come", "%(count)d may come", count) % {"count": count}


def _regret(count: int) -> str:
    return ngettext("%(count)d cannot come", "%(count)d cannot come", count) % {"count": count}


BUTTONS = {Says.COMING: _("I am coming"), Says.MAYBE: _("Maybe"), Says.REGRET: _("I cannot come")}
WORDS = {Says.COMING: _coming, Says.MAYBE: _maybe, Says.REGRET: _regret}


def answered_words(says: Says) -> str:
    """What is said to somebody who answered."""
    return str(ANSWERED[says])


ANSWERED = {
    Says.COMING: _("The group sees that you are coming."),
    Says.MAYBE: _("The group sees that you may come."),
    Says.REGRET: _("The group sees that you cannot come."),
}
