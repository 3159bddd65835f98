"""What other rooms ask of a charter in force: typed terms instead of its text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, time

from folkmoot.groups.domain.commitment import commitment_in
from folkmoot.groups.domain.joining import Asks, demands_approval, what_it_asks
from folkmoot.groups.models import CharterVersion, Power, Role
from folkmoot.groups.naming import role_name
from folkmoot.groups.role_words import power_of_role

DEFAULT_DURATION = 60
DEFAULT_HOURS_A_WEEK = 2
DEFAULT_TERM_MONTHS = 6


@dataclass(frozen=True)
class TableRow:
    """A row of the charter's time table: its label ("PST"), the time it states, and the zones it may mean."""

    label: str
    at: time
    zones: tuple[str, ...]


@dataclass(frozen=True)
class MeetingTerms:
    """One regular meeting of the charter that can be scheduled: wall time, zone and rule are all known.

    `position` counts the charter's meetings from 0 and stays the key of what is scheduled from it;
    `duration_stated` is False when the charter is silent and `DEFAULT_DURATION` minutes stand in.
    `clause_anchor` leads to the wording on the charter page.
    """

    position: int
    cadence: str
    rrule: str
    first_date: date
    local_time: time
    zone: str
    duration_minutes: int
    duration_stated: bool
    table: tuple[TableRow, ...]
    clause_anchor: str


def meeting_terms(charter: CharterVersion) -> list[MeetingTerms]:
    """The charter's meetings that can be scheduled, in its order; those with an open question are left out."""
    return list(_meeting_terms(charter))


def _meeting_terms(charter: CharterVersion) -> Iterator[MeetingTerms]:
    for position, meeting in enumerate(charter.reading.get("meetings", [])):
        if not all(meeting.get(key) for key in ("rrule", "first_date", "local_time", "zone")):
            continue
        yield MeetingTerms(
            position=position,
            cadence=meeting.get("cadence") or "",
            rrule=meeting["rrule"],
            first_date=date.fromisoformat(meeting["first_date"]),
            local_time=time.fromisoformat(meeting["local_time"]),
            zone=meeting["zone"],
            duration_minutes=meeting.get("duration_minutes") or DEFAULT_DURATION,
            duration_stated=bool(meeting.get("duration_minutes")),
            table=tuple(
                TableRow(row["label"], time.fromisoformat(row["time"]), tuple(row["zone_candidates"]))
                for row in meeting.get("table", [])
                if row.get("time")
            ),
            clause_anchor=meeting.get("clause_anchor") or "",
        )


@dataclass(frozen=True)
class MembershipRule:
    """A rule of membership in the charter's words, what it asks, its clause ("2.1.2") and that clause's permalink."""

    text: str
    asks: Asks
    number: str
    anchor: str


@dataclass(frozen=True)
class MembershipTerms:
    """What joining asks: the rules, and which roles somebody has to say yes to (names, as `role_name` makes them)."""

    rules: tuple[MembershipRule, ...]
    approved_roles: frozenset[str]

    def needs_approval(self, role: Role) -> bool:
        """Whether the charter wants somebody to say yes to whoever takes this role."""
        return role.name in self.approved_roles or any(rule.asks == Asks.APPROVAL for rule in self.rules)


def membership_terms(charter: CharterVersion | None) -> MembershipTerms:
    """The rules of membership of a charter; without a charter there are none."""
    reading = charter.reading if charter else {}
    return MembershipTerms(
        rules=tuple(
            MembershipRule(
                text=item["text"],
                asks=what_it_asks(item["text"]),
                number=item.get("number") or "",
                anchor=item.get("anchor") or "",
            )
            for item in reading.get("membership") or []
            if item.get("text")
        ),
        approved_roles=frozenset(
            role_name(item.get("name") or "")
            for item in reading.get("roles") or []
            if demands_approval(item.get("text") or "")
        ),
    )


@dataclass(frozen=True)
class LeadTerms:
    """What is asked of those who lead: hours a week, months of a term, and whether the charter itself says so."""

    hours_a_week: int
    months: int
    hours_stated: bool
    months_stated: bool


def lead_terms(charter: CharterVersion | None) -> LeadTerms:
    """From the words about the roles that lead; where they are silent, two hours a week for six months."""
    said = commitment_in(
        role.get("text") or ""
        for role in (charter.reading.get("roles") if charter else None) or []
        if power_of_role(role_name(role.get("name") or "")) == Power.MANAGE
    )
    return LeadTerms(
        hours_a_week=said.hours_a_week or DEFAULT_HOURS_A_WEEK,
        months=said.months or DEFAULT_TERM_MONTHS,
        hours_stated=said.hours_a_week is not None,
        months_stated=said.months is not None,
    )
