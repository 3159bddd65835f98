"""A list of people beside who takes part now: row by row what it would change, and the list as it is taken out."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from itertools import islice
from typing import BinaryIO

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from folkmoot.groups.domain.roster import (
    FIELDS,
    HEADINGS,
    Problem,
    RosterRow,
    guessed_mapping,
    read_row,
    repeated_headings,
)
from folkmoot.groups.models import Group, Participation, Power, Role
from folkmoot.groups.queries import participations_now
from folkmoot.kit import zones
from folkmoot.kit.csv_text import rows_of
from folkmoot.kit.errors import Refused
from folkmoot.organisation.queries import the_organisation, today_here
from folkmoot.people.models import Person
from folkmoot.people.queries import people_with_emails

BATCH = 500
MOST_SHOWN = 200


class Change(StrEnum):
    """What a row would change."""

    NEW = "new"
    COMES_IN = "comes_in"
    ROLE = "role"
    NOTHING = "nothing"


CHANGE_WORDS = {
    Change.NEW: _lazy("new here"),
    Change.COMES_IN: _lazy("known, comes in"),
    Change.ROLE: _lazy("changes role"),
    Change.NOTHING: _lazy("is here already"),
}


@dataclass(frozen=True)
class Outcome:
    """A row that can be taken in: what it says and changes. `person` is None for somebody new, `was` the last role."""

    row: RosterRow
    change: Change
    role: Role
    person: Person | None = None
    was: Role | None = None

    @property
    def words(self) -> str:
        return str(CHANGE_WORDS[self.change])


@dataclass
class RosterReport:
    """A dry run: how many rows change what, the first rows and problems, and a digest of all that would happen."""

    counts: Counter[Change] = field(default_factory=Counter)
    problem_count: int = 0
    problems: list[Problem] = field(default_factory=list)
    outcomes: list[Outcome] = field(default_factory=list)
    digest: str = ""

    @property
    def rows(self) -> int:
        return sum(self.counts.values())

    @property
    def changes(self) -> int:
        return self.rows - self.counts[Change.NOTHING]

    @property
    def lines(self) -> list[tuple[str, int]]:
        """How many rows change what, in words."""
        return [(str(words), self.counts[change]) for change, words in CHANGE_WORDS.items() if self.counts[change]]


@dataclass(frozen=True)
class RosterFile:
    """A table of people: a stream that can be read again, its headings, and for each field the column that holds it."""

    stream: BinaryIO
    header: tuple[str, ...]
    mapping: Mapping[str, int]

    @property
    def repeated(self) -> list[str]:
        return repeated_headings(self.header)

    def rows(self) -> Iterator[tuple[int, list[str]]]:
        """The rows under the headings, with their lines."""
        return islice(rows_of(self.stream), 1, None)


def roster_file(stream: BinaryIO, mapping: Mapping[str, int] | None = None) -> RosterFile:
    """A table with the mapping given, or the one that its headings suggest. Refused `empty` or `unreadable`."""
    header = next((cells for _line, cells in rows_of(stream)), None)
    if header is None:
        raise Refused(_("This file is empty; expected a table with a line of headings."), code="empty")
    chosen = dict(guessed_mapping(header) if mapping is None else mapping)
    return RosterFile(stream, tuple(header), {name: chosen[name] for name in FIELDS if chosen.get(name) is not None})


def compare(group: Group, table: RosterFile, *, most_rows: int | None = None) -> Iterator[Outcome | Problem]:
    """What each row would change, or what is wrong with it; reads people in batches, so memory stays bounded."""
    if "email" not in table.mapping:
        raise Refused(_("Please say which column holds the e-mail address."), code="no_email")
    roles = {role.pk: role for role in group.roles.filter(retired_at=None)}
    usual = next((pk for pk, role in roles.items() if role.power == Power.TAKE_PART), None) or next(
        (pk for pk, role in roles.items() if role.power == Power.OBSERVE), None
    )
    names = {role.name.casefold(): pk for pk, role in roles.items()}
    for pk, role in roles.items():
        if role.name.endswith("s"):
            names.setdefault(role.name[:-1].casefold(), pk)
    today, seen = today_here(), set[int]()
    rows = table.rows()
    count = 0
    while batch := list(islice(rows, BATCH)):
        count += len(batch)
        if most_rows is not None and count > most_rows:
            raise Refused(
                _("This list has more than %(count)d rows; please use the command line for it.") % {"count": most_rows},
                code="too_many",
            )
        read = [
            read_row(line, cells, table.mapping, roles=names, usual_role=usual, is_email=is_email, today=today)
            for line, cells in batch
        ]
        yield from _beside_people(group, read, roles, seen)


def _beside_people(
    group: Group, read: list[RosterRow | list[Problem]], roles: Mapping[int, Role], seen: set[int]
) -> Iterator[Outcome | Problem]:
    people = people_with_emails([row.email for row in read if isinstance(row, RosterRow)])
    present = {
        one.person_id: one
        for one in Participation.objects.filter(
            group=group, ended_at=None, person__in=[person.pk for person in people.values()]
        )
    }
    for row in read:
        if not isinstance(row, RosterRow):
            yield from row
            continue
        mark = _mark(row.email)
        if mark in seen:
            yield Problem(row.line, "email", f"{row.email} stands on the list before.")
            continue
        seen.add(mark)
        person = people.get(row.email)
        if person is not None:
            mark = _mark(f"person {person.pk}")
            if mark in seen:
                yield Problem(row.line, "email", f"{row.email} belongs to somebody who stands on the list before.")
                continue
            seen.add(mark)
        yield _outcome(row, roles, person, present)


def _outcome(
    row: RosterRow, roles: Mapping[int, Role], person: Person | None, present: Mapping[int, Participation]
) -> Outcome | Problem:
    role = roles[row.role]
    now = present.get(person.pk) if person is not None else None
    if now is not None and now.role_id == role.pk:
        return Outcome(row, Change.NOTHING, role, person, role)
    if role.power == Power.MANAGE:
        return Problem(row.line, "role", f"“{role.name}” leads the group; people are asked for that, one by one.")
    if now is not None and roles[now.role_id].power == Power.MANAGE:
        return Problem(row.line, "role", f"{row.email} leads the group; their term has to end first.")
    if person is None:
        return Outcome(row, Change.NEW, role)
    if now is None:
        return Outcome(row, Change.COMES_IN, role, person)
    return Outcome(row, Change.ROLE, role, person, roles[now.role_id])


def is_email(text: str) -> bool:
    """Whether a text is an address that a person may have here."""
    try:
        validate_email(text)
    except ValidationError:
        return False
    return len(text) <= 254


def _mark(email: str) -> int:
    return int.from_bytes(hashlib.blake2b(email.lower().encode(), digest_size=8).digest())


def report_of(results: Iterable[Outcome | Problem]) -> RosterReport:
    """A dry run in numbers, with the first rows and problems; `digest` stands for everything that would happen."""
    report, digest = RosterReport(), hashlib.sha256()
    for result in results:
        if isinstance(result, Problem):
            report.problem_count += 1
            if len(report.problems) < MOST_SHOWN:
                report.problems.append(result)
            continue
        report.counts[result.change] += 1
        if len(report.outcomes) < MOST_SHOWN:
            report.outcomes.append(result)
        digest.update(
            repr((result.row, result.change.value, result.person.pk if result.person else None)).encode(
                "utf-8", "replace"
            )
        )
    report.digest = digest.hexdigest()
    return report


def roster_rows(group: Group) -> Iterator[list[str]]:
    """Who takes part now as a table, with its headings; days are those of the organisation's zone."""
    yield [HEADINGS[name] for name in FIELDS]
    organisation = the_organisation()
    zone = zones.zone(organisation.zone if organisation else "UTC")
    for one in participations_now(group).order_by("role__position", "began_at", "pk").iterator():
        began: date = timezone.localdate(one.began_at, zone)
        yield [
            one.person.name,
            one.person.email or "",
            one.role.name,
            one.person.zone,
            one.affiliation,
            began.isoformat(),
        ]
