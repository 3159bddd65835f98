"""Taking a list of people into a group: all of it, or nothing."""

from __future__ import annotations

import io
from collections.abc import Mapping
from datetime import datetime, time

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from folkmoot.groups.actions.joining import welcome
from folkmoot.groups.actions.participation import hold_group, take_role
from folkmoot.groups.domain.roster import FIELDS, Problem
from folkmoot.groups.facts import RosterApplied
from folkmoot.groups.models import Group, RosterDraft
from folkmoot.groups.roster import Change, Outcome, RosterFile, RosterReport, compare, report_of, roster_file
from folkmoot.groups.rules import may_invite
from folkmoot.kit import zones
from folkmoot.kit.errors import Refused
from folkmoot.kit.verdict import require
from folkmoot.ledger.actions import record
from folkmoot.ledger.actors import Actor
from folkmoot.organisation.queries import the_organisation
from folkmoot.people.actions import add_person
from folkmoot.people.models import Person

MOST_BYTES = 2 * 1024 * 1024
MOST_ROWS = 2_000
"""By the web: while a list is taken in, others wait with what they write on SQLite, for about 4 ms a row."""


def keep_roster(group: Group, file_name: str, data: bytes, *, by: Person) -> RosterDraft:
    """Keep an uploaded list until it is applied or a day has passed. Refused `too_large`, `empty`, `unreadable`."""
    require(may_invite(by, group))
    if len(data) > MOST_BYTES:
        raise Refused(_("This file is larger than 2 MB; please use the command line for it."), code="too_large")
    table = roster_file(io.BytesIO(data))
    return RosterDraft.objects.create(
        group=group, by=by, file_name=file_name[:200], source=data, mapping=dict(table.mapping)
    )


def table_of(draft: RosterDraft) -> RosterFile:
    """The table of a draft, with the columns that were chosen."""
    return roster_file(io.BytesIO(bytes(draft.source)), draft.mapping)


def choose_columns(draft: RosterDraft, mapping: Mapping[str, int | None]) -> None:
    """Say which column holds what; a column that the table does not have is Refused `invalid`."""
    width = len(table_of(draft).header)
    chosen = {name: column for name in FIELDS if (column := mapping.get(name)) is not None}
    if any(not 0 <= column < width for column in chosen.values()):
        raise Refused(_("Please choose one of the columns."), code="invalid")
    draft.mapping = chosen
    draft.save(update_fields=["mapping"])


@transaction.atomic
def apply_draft(draft: RosterDraft, *, shown: str, tell_people: bool, by: Person) -> RosterReport:
    """Apply what the dry run with this digest showed; Refused `applied` when somebody has done it before."""
    hold_group(draft.group)
    if not claim_draft(draft):
        raise Refused(_("This list has been taken in already."), code="applied")
    report = apply_roster(
        draft.group, table_of(draft), shown=shown, tell_people=tell_people, most_rows=MOST_ROWS, by=by
    )
    RosterDraft.objects.filter(pk=draft.pk).update(source=b"")
    return report


def claim_draft(draft: RosterDraft) -> bool:
    """Whether the caller is the one who applies it, in a transaction that others wait for."""
    return bool(RosterDraft.objects.filter(pk=draft.pk, applied_at=None).update(applied_at=timezone.now()))


@transaction.atomic
def apply_roster(
    group: Group, table: RosterFile, *, shown: str, tell_people: bool, most_rows: int | None = None, by: Actor
) -> RosterReport:
    """Take a list in as the dry run with the digest `shown` said it would be; all of it, or nothing.

    Refused `problems` when a row cannot be taken in, `changed` when the group has changed since the dry run. People
    get no mail, unless `tell_people` sends each who comes in a welcome.
    """
    require(may_invite(by, group))
    hold_group(group)
    report = report_of(compare(group, table, most_rows=most_rows))
    check_shown(report, shown)
    for outcome in compare(group, table, most_rows=most_rows):
        assert not isinstance(outcome, Problem)
        if outcome.change != Change.NOTHING:
            _take_in(group, outcome, tell_people=tell_people, by=by)
    record(
        RosterApplied(new_people=report.counts[Change.NEW], roles_given=report.changes, digest=report.digest),
        by=by,
        on=group,
        within=group,
    )
    return report


def check_shown(report: RosterReport, shown: str) -> None:
    """Refused when not everything can be taken in, or when it is not what was shown."""
    if report.problem_count:
        first = report.problems[0]
        raise Refused(
            _("Nothing was taken in. Line %(line)d: %(words)s") % {"line": first.line, "words": first.words},
            code="problems",
        )
    if report.digest != shown:
        raise Refused(
            _("Something has changed since this was shown. Nothing was taken in; please look again."), code="changed"
        )


def _take_in(group: Group, outcome: Outcome, *, tell_people: bool, by: Actor) -> None:
    row = outcome.row
    person = outcome.person or add_person(name=row.name, email=row.email, zone=row.zone, by=by)
    since = None
    if row.since is not None and outcome.change != Change.ROLE:
        organisation = the_organisation()
        since = datetime.combine(row.since, time(0), zones.zone(organisation.zone if organisation else "UTC"))
    participation = take_role(person, group, outcome.role, by=by, at=since, affiliation=row.affiliation)
    if tell_people:
        welcome(participation, by=by.name if isinstance(by, Person) else "")
