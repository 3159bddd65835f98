"""Bringing a version of a charter into force."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction

from folkmoot.groups.actions.agreements import follow_charter
from folkmoot.groups.facts import CharterAdopted
from folkmoot.groups.models import CharterVersion, Clause, Group
from folkmoot.groups.rendering import rendered_clauses
from folkmoot.groups.rules import may_found_group
from folkmoot.kit.verdict import require
from folkmoot.ledger.actions import record
from folkmoot.ledger.actors import Actor
from folkmoot.organisation.queries import today_here


@transaction.atomic
def adopt_charter(
    group: Group,
    *,
    text: str,
    reading: Mapping[str, Any],
    answers: Mapping[str, Any],
    in_force_from: date | None = None,
    at: Any = None,
    by: Actor,
) -> CharterVersion:
    """Bring the next version of a group's charter into force, clause by clause, without asking anybody."""
    require(may_found_group(by))
    return write_version(group, text=text, reading=reading, answers=answers, in_force_from=in_force_from, at=at, by=by)


def write_version(
    group: Group,
    *,
    text: str,
    reading: Mapping[str, Any],
    answers: Mapping[str, Any],
    in_force_from: date | None = None,
    at: Any = None,
    by: Actor,
) -> CharterVersion:
    """Write the next version of a group's charter; whoever calls has seen to it that `by` may, in a transaction."""
    last = group.charters.order_by("-number").first()
    charter = CharterVersion.objects.create(
        group=group,
        number=last.number + 1 if last else 1,
        text=text,
        digest=digest_of(text),
        reading=dict(reading),
        answers=dict(answers),
        in_force_from=in_force_from or today_here(),
    )
    Clause.objects.bulk_create(
        Clause(
            charter=charter,
            position=position,
            number=clause.number,
            anchor=clause.anchor,
            heading=clause.heading[:300],
            level=clause.level,
            kind=clause.kind,
            first_line=clause.first_line,
            last_line=clause.last_line,
            html=clause.html,
        )
        for position, clause in enumerate(rendered_clauses(text, reading))
    )
    follow_charter(charter)
    record(
        CharterAdopted(charter_id=charter.pk, number=charter.number, in_force_from=charter.in_force_from.isoformat()),
        by=by,
        on=charter,
        within=group,
        at=at,
    )
    return charter


def digest_of(text: str) -> str:
    """SHA-256 in hexadecimal of a charter's text, by which a changed file is told from the same one."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
