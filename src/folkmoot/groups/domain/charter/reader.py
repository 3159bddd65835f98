"""Puts the reading of a charter together."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from itertools import chain
from typing import TypeVar

from folkmoot.groups.domain.charter import notes
from folkmoot.groups.domain.charter.activities import find_activities
from folkmoot.groups.domain.charter.bindings import find_amendments, find_links, find_policies, find_resources
from folkmoot.groups.domain.charter.channels import find_channels
from folkmoot.groups.domain.charter.decisions import find_decision_rules
from folkmoot.groups.domain.charter.gathering import find_meetings
from folkmoot.groups.domain.charter.markdown import read_markdown
from folkmoot.groups.domain.charter.membership import find_membership
from folkmoot.groups.domain.charter.model import Charter, Clause, Named, Note
from folkmoot.groups.domain.charter.numbering import (
    Numbering,
    dead_links,
    internal_targets,
    marked_lines,
    sections,
)
from folkmoot.groups.domain.charter.objectives import find_objectives
from folkmoot.groups.domain.charter.outline import outline
from folkmoot.groups.domain.charter.passages import passages
from folkmoot.groups.domain.charter.people import find_managers
from folkmoot.groups.domain.charter.purpose import find_purpose, find_scope, find_title, group_name
from folkmoot.groups.domain.charter.reading import Reading
from folkmoot.groups.domain.charter.roles import find_roles
from folkmoot.groups.domain.charter.source import read_source

_ClauseT = TypeVar("_ClauseT", bound=Clause)
_SEVERITIES = ("error", "warning", "info")


def read(data: bytes, *, today: date | None = None) -> Charter:
    """Read a charter from the bytes of a Markdown file.

    `today` is the day from which coming changes of clocks are counted; by default today's date in UTC.
    Raises `Refused`, and nothing else, with code `too_large`, `line_too_long`, `table_too_large`, `not_text`
    or `asciidoc`; all else is read, in time and memory bounded by those limits.
    """
    today = datetime.now(UTC).date() if today is None else today
    source = read_source(data)
    document = read_markdown(source)
    structure = outline(document, len(source.lines))
    reading = Reading(structure, passages(structure))
    title = find_title(reading, document.title)
    purpose = find_purpose(reading)
    objectives = find_objectives(reading, purpose.lines if purpose else None)
    membership = find_membership(reading)
    roles = find_roles(reading)
    scope_in, scope_out = find_scope(reading, roles.sections)
    meetings = find_meetings(reading, today)
    activities, empty_quarters = find_activities(reading)
    decision_rules = find_decision_rules(reading)
    channels = find_channels(reading)
    resources = find_resources(reading)
    policies = find_policies(reading)
    amendments = find_amendments(reading)

    clauses: list[Sequence[Clause]] = [
        objectives, roles.roles, membership, activities, scope_in, scope_out, decision_rules, channels, resources,
        policies, amendments,
    ]  # fmt: skip
    named = ((one.lines, one.name if isinstance(one, Named) else None) for one in chain.from_iterable(clauses))
    numbering = Numbering(structure, marked_lines(document, named))
    targets = internal_targets(document, structure, numbering)
    found = chain(
        notes.on_meetings(meetings, today),
        notes.on_placeholders(document),
        notes.on_objectives(objectives),
        notes.on_roles(roles),
        notes.on_duties(document),
        notes.on_links(dead_links(document, targets)),
        notes.on_quarters(empty_quarters),
    )
    return Charter(
        lines=source.lines,
        title=title,
        name=group_name(title),
        purpose=_placed([purpose], numbering)[0] if purpose else None,
        scope_in=_placed(scope_in, numbering),
        scope_out=_placed(scope_out, numbering),
        objectives=_placed(objectives, numbering),
        membership=_placed(membership, numbering),
        roles=_placed(roles.roles, numbering),
        managers=find_managers(reading),
        meetings=meetings,
        annual_activities=_placed(activities, numbering),
        decision_rules=_placed(decision_rules, numbering),
        channels=_placed(channels, numbering),
        resources=_placed(resources, numbering),
        policies=_placed(policies, numbering),
        links=find_links(document),
        amendments=_placed(amendments, numbering),
        sections=sections(structure, numbering),
        notes=_in_order(found),
    )


def _placed(clauses: Iterable[_ClauseT], numbering: Numbering) -> tuple[_ClauseT, ...]:
    placed = []
    for clause in clauses:
        number, anchor = numbering.at(clause.lines)
        placed.append(replace(clause, number=number, anchor=anchor))
    return tuple(placed)


def _in_order(found: Iterable[Note]) -> tuple[Note, ...]:
    return tuple(sorted(found, key=lambda note: (note.line, _SEVERITIES.index(note.severity))))
