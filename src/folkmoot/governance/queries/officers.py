"""Who looks after an election, what their keys are, and who has heard whose fingerprint."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from folkmoot.governance.domain.sealed.envelopes import spoken
from folkmoot.governance.models.elections import Election
from folkmoot.governance.models.officers import (
    Duty,
    ElectionOfficer,
    OfficerKey,
    OfficerState,
    PrintHeard,
    Rehearsal,
)
from folkmoot.people.models import Person


@dataclass(frozen=True)
class KeyLine:
    """One serving officer with their key, where they have one, and who of the others heard its fingerprint."""

    officer: ElectionOfficer
    key: OfficerKey | None
    heard_by: tuple[ElectionOfficer, ...] = ()
    not_heard_by: tuple[ElectionOfficer, ...] = ()

    @property
    def name(self) -> str:
        return self.officer.person.name

    @property
    def opens(self) -> bool:
        """Whether ballots can be opened with it, as far as anybody said."""
        return self.key is not None and self.key.lost_at is None and self.key.destroyed_at is None

    @property
    def spoken(self) -> str:
        return spoken(self.key.print_of) if self.key is not None else ""

    @property
    def is_heard_by_all(self) -> bool:
        return self.key is not None and not self.not_heard_by


@dataclass(frozen=True)
class Team:
    """The officers who serve, in the order in which ballots are sealed to them, and the monitors."""

    needed: int
    officers: tuple[KeyLine, ...]
    monitors: tuple[ElectionOfficer, ...]
    asked: tuple[ElectionOfficer, ...]

    @property
    def openers(self) -> tuple[KeyLine, ...]:
        """Those who can open ballots."""
        return tuple(line for line in self.officers if line.opens)

    @property
    def prints(self) -> list[str]:
        return [line.key.print_of for line in self.openers if line.key is not None]

    @property
    def can_open(self) -> bool:
        return len(self.openers) >= self.needed

    @property
    def may_lose(self) -> int:
        """How many more may lose their key until ballots cannot be opened; below 0 it is too late."""
        return len(self.openers) - self.needed

    def line_of(self, person: Person | None) -> KeyLine | None:
        """The officer that somebody is."""
        return next(
            (line for line in self.officers if person is not None and line.officer.person_id == person.pk), None
        )


def team_of(election: Election) -> Team:
    """Everybody who looks after an election. Two queries, however many they are."""
    live = election.officers.filter(state__in=(OfficerState.ASKED, OfficerState.ACCEPTED))
    rows = list(live.select_related("person", "key").order_by("place", "pk"))
    heard: dict[int, set[int]] = {}
    for key, by in PrintHeard.objects.filter(key__officer__election=election).values_list("key_id", "by_id"):
        heard.setdefault(key, set()).add(by)
    serving = [row for row in rows if row.is_serving and row.duty == Duty.OFFICER]
    return Team(
        needed=election.needed,
        officers=tuple(_line(row, serving, heard) for row in serving),
        monitors=tuple(row for row in rows if row.is_serving and row.duty == Duty.MONITOR),
        asked=tuple(row for row in rows if not row.is_serving),
    )


def _line(officer: ElectionOfficer, serving: Iterable[ElectionOfficer], heard: dict[int, set[int]]) -> KeyLine:
    key = getattr(officer, "key", None)
    if key is None:
        return KeyLine(officer, None)
    by = heard.get(key.pk, set())
    others = [one for one in serving if one.pk != officer.pk]
    return KeyLine(
        officer,
        key,
        tuple(one for one in others if one.pk in by),
        tuple(one for one in others if one.pk not in by),
    )


def those_who_look_after(election: Election, *, but: Person | None = None) -> list[Person]:
    """Officers and monitors."""
    serving = election.officers.filter(state=OfficerState.ACCEPTED).select_related("person")
    return [row.person for row in serving if but is None or row.person_id != but.pk]


def those_who_prepare(election: Election, *, but: Person | None = None) -> list[Person]:
    """Whom to tell how the preparation goes: the officers, and whoever began it."""
    serving = election.officers.filter(state=OfficerState.ACCEPTED, duty=Duty.OFFICER).select_related("person")
    found = {row.person_id: row.person for row in serving}
    if election.made_by is not None:
        found[election.made_by.pk] = election.made_by
    return [person for pk, person in found.items() if but is None or pk != but.pk]


def rehearsal_of(election: Election, team: Team) -> Rehearsal | None:
    """The rehearsal, if it was sealed to just the keys that are there now."""
    found = Rehearsal.objects.filter(election=election).first()
    if found is None or found.prints != team.prints or found.needed != team.needed:
        return None
    return found
