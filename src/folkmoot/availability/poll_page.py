"""What the page of a poll shows to one reader: hours to mark, how many are free when, and the times that suit most."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache, cached_property

from django.utils.dates import WEEKDAYS, WEEKDAYS_ABBR
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from folkmoot.availability.domain.finding import Finder, Found, Heat, Marks, heat
from folkmoot.availability.domain.hours import (
    Cell,
    Laid,
    Line,
    Moves,
    Sort,
    cells_of,
    first_move,
    laid_out,
    on_clock,
)
from folkmoot.availability.models import Poll, PollAnswer
from folkmoot.availability.queries import answers_to
from folkmoot.kit import zones
from folkmoot.meetings.burden_by_clock import EARLY_OR_LATE, cost_by_the_clock
from folkmoot.meetings.fair_times_reading import SHOWN
from folkmoot.people.models import Person, Profile
from folkmoot.people.shown import level_of
from folkmoot.ui import times

MOST_TIMES = 5


@dataclass(frozen=True)
class Column:
    """A day of the table: as short as it can be, and in full for those who hear it."""

    short: str
    date: str
    full: str


@dataclass(frozen=True)
class Square:
    """One place of the table in which hours are marked."""

    key: int
    words: str
    free: bool
    maybe: bool


@dataclass(frozen=True)
class HeatSquare:
    """One place of the table that says how many are free."""

    key: int
    free: int
    maybe: int
    level: int
    words: str


@dataclass(frozen=True)
class Time:
    """A time that suits, in words. Names are there for those who see them."""

    key: int
    when: str
    there: str
    coming: str
    is_everybody: bool
    maybe: tuple[str, ...]
    missing: tuple[str, ...]
    hardest: str


@dataclass(frozen=True)
class PollPage:
    """The poll as somebody sees it by the clock of `zone`, with hours on a clock of 12 or 24."""

    poll: Poll
    zone: str
    clock: str
    sees_names: bool

    @cached_property
    def cells(self) -> tuple[Cell, ...]:
        return cells_of(self.poll.shape)

    @cached_property
    def laid(self) -> Laid:
        return laid_out(self.cells, Sort(self.poll.sort), self.zone)

    @cached_property
    def answers(self) -> list[PollAnswer]:
        return answers_to(self.poll)

    @cached_property
    def marks(self) -> list[Marks]:
        return [Marks(frozenset(one.free), frozenset(one.maybe), one.zone) for one in self.answers]

    @property
    def columns(self) -> list[Column]:
        return [_column(one) for one in self.laid.columns]

    @property
    def place(self) -> str:
        return zones.place(self.zone)

    @property
    def there(self) -> str:
        """Where the poll's own clock is, if it is not the reader's."""
        return "" if self.zone == self.poll.zone else zones.place(self.poll.zone)

    @property
    def moves(self) -> str:
        """From when on a weekly call is at another hour for the reader."""
        if not self.poll.is_weekly:
            return ""
        found = first_move(self.poll.zone, self.zone, self.cells[-1].at)
        return _moves_words(found, zones.place(self.poll.zone)) if found is not None else ""

    def squares(self, free: Sequence[int], maybe: Sequence[int]) -> list[tuple[str, bool, list[Square | None]]]:
        """The table in which hours are marked, line by line (see `_head`), with what is marked already."""
        of_free, of_maybe = frozenset(free), frozenset(maybe)

        def square(line: Line, column: date | int) -> Square | None:
            cell = self.laid.at(line, column)
            if cell is None:
                return None
            words = f"{_column(column).full}, {self._label(line)}"
            return Square(cell.key, words, cell.key in of_free, cell.key in of_maybe and cell.key not in of_free)

        return [(*self._head(line), [square(line, column) for column in self.laid.columns]) for line in self.laid.lines]

    @property
    def heat(self) -> list[tuple[str, bool, list[HeatSquare | None]]]:
        """How many are free, line by line (see `_head`)."""
        counted, of = heat(self.cells, self.marks), len(self.answers)

        def square(line: Line, column: date | int) -> HeatSquare | None:
            cell = self.laid.at(line, column)
            if cell is None:
                return None
            one = counted[cell.key]
            return HeatSquare(cell.key, one.free, one.maybe, one.level(of), _heat_words(one))

        return [(*self._head(line), [square(line, column) for column in self.laid.columns]) for line in self.laid.lines]

    @cached_property
    def finder(self) -> Finder:
        minutes = self.poll.minutes

        @cache
        def cost(at: datetime, zone: str) -> int:
            return cost_by_the_clock(at, zone, minutes)

        return Finder(self.cells, self.poll.step, minutes, self.marks, cost)

    @cached_property
    def best(self) -> list[Time]:
        """The times that suit most, the best first."""
        return [self.time_of(one) for one in self.finder.best(MOST_TIMES)]

    @property
    def chosen(self) -> str:
        """Day and hours of what came of the poll, by the reader's clock."""
        found = self.finder.at(self.poll.chosen) if self.poll.chosen is not None else None
        return self.when(found.cell, self.zone) if found is not None else ""

    def time_of(self, found: Found) -> Time:
        """A time in words."""
        of = len(self.answers)
        return Time(
            key=found.cell.key,
            when=self.when(found.cell, self.zone),
            there=self.when(found.cell, self.poll.zone, is_short=True) if self.there else "",
            coming=self._coming(found, of),
            is_everybody=found.coming == of,
            maybe=self._names(found.maybe),
            missing=self._names(found.missing),
            hardest=self._hardest(found) if self.sees_names else "",
        )

    def when(self, cell: Cell, zone: str, *, is_short: bool = False) -> str:
        """Day and hours of a call that begins with a cell, by the clock of a zone."""
        sort, last = Sort(self.poll.sort), self.cells[-1].at
        begins = on_clock(cell.at, last, sort, zone)
        ends = on_clock(cell.at + timedelta(minutes=self.poll.minutes), last, sort, zone)
        here = on_clock(cell.at, last, sort, self.zone)
        hours = f"{times.clock_words(begins, self.clock)}–{times.clock_words(ends, self.clock)}"
        if is_short and begins.date() == here.date():
            return times.clock_words(begins, self.clock)
        day = str(WEEKDAYS[begins.weekday()]) if self.poll.is_weekly else times.short_day(begins.date())
        return f"{day}, {hours}"

    def _coming(self, found: Found, of: int) -> str:
        if found.coming == of:
            words = ngettext("The one who answered can come", "All %(of)s can come", of) % {"of": of}
        else:
            words = _("%(n)s of %(of)s can come") % {"n": found.coming, "of": of}
        if not found.maybe:
            return words
        return ngettext("%(words)s, one only if need be", "%(words)s, %(n)s only if need be", len(found.maybe)) % {
            "words": words,
            "n": len(found.maybe),
        }

    def _names(self, numbers: Sequence[int]) -> tuple[str, ...]:
        return tuple(self.answers[number].who for number in numbers) if self.sees_names else ()

    def _hardest(self, found: Found) -> str:
        if found.hardest is None or found.cost < EARLY_OR_LATE:
            return ""
        answer = self.answers[found.hardest]
        if not shows_zone(answer):
            return _("For one person it is early in the morning, late in the evening or at night.")
        local = on_clock(found.cell.at, self.cells[-1].at, Sort(self.poll.sort), answer.zone)
        return _("Hardest for %(name)s: it is %(time)s in %(place)s then.") % {
            "name": answer.who,
            "time": times.clock_words(local, self.clock),
            "place": zones.place(answer.zone),
        }

    def _head(self, line: Line) -> tuple[str, bool]:
        """What stands before a line, and whether hours that nobody asks for lie between it and the one above."""
        number = self.laid.lines.index(line)
        above = self.laid.lines[number - 1] if number else line
        return self._label(line), line.minute - above.minute > self.poll.step

    def _label(self, line: Line) -> str:
        words = times.clock_words(line.at, self.clock)
        return _("%(time)s, the second time") % {"time": words} if line.again else words


def shows_zone(answer: PollAnswer) -> bool:
    """Whether those who see names may read where somebody is: guests said it here, people in their profile."""
    person: Person | None = answer.person
    if person is None:
        return True
    profile: Profile | None = getattr(person, "profile", None)
    return profile is not None and level_of(profile, "zone") in SHOWN


def _column(of: date | int) -> Column:
    if isinstance(of, int):
        return Column(str(WEEKDAYS_ABBR[of]), "", str(WEEKDAYS[of]))
    return Column(str(WEEKDAYS_ABBR[of.weekday()]), times.plain_date(of, now=of), times.long_day(of, now=of))


def _heat_words(one: Heat) -> str:
    if not one.free and not one.maybe:
        return _("nobody is free")
    free = ngettext("one is free", "%(n)s are free", one.free) % {"n": one.free} if one.free else ""
    maybe = ngettext("one if need be", "%(n)s if need be", one.maybe) % {"n": one.maybe} if one.maybe else ""
    return ", ".join(filter(None, (free, maybe)))


def _moves_words(moves: Moves, place: str) -> str:
    words = {"day": times.plain_date(moves.on), "length": times.minutes_words(abs(moves.minutes)), "place": place}
    if moves.minutes > 0:
        later = _("From %(day)s on, a weekly call is %(length)s later for you, since it keeps its time in %(place)s.")
        return later % words
    earlier = _("From %(day)s on, a weekly call is %(length)s earlier for you, since it keeps its time in %(place)s.")
    return earlier % words
