"""The terms of a vote by a group's charter, who has one, and both as they are kept with a motion."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date
from fractions import Fraction
from typing import Any

from folkmoot.decisions.domain.amounts import Of
from folkmoot.decisions.domain.franchise import RoleSaid, RoleVote, who_votes
from folkmoot.decisions.domain.tally import Counts, Result, Tally, Value, Voice
from folkmoot.decisions.domain.thresholds import Quorum, Said, VotingTerms, voting_terms
from folkmoot.decisions.models import Motion, Voter
from folkmoot.groups.models import CharterVersion, Group, Power, Term
from folkmoot.groups.naming import role_name
from folkmoot.groups.queries import charter_in_force, participations_now
from folkmoot.organisation.queries import today_here
from folkmoot.people.models import Person


@dataclass(frozen=True)
class OnTheRoll:
    """A person with a vote or a voice: by which role or seat, and the sentence of the charter that says so."""

    person: Person
    binding: bool
    leads: bool
    role: str
    said: Said | None


def terms_of(group: Group, *, charter_change: bool = False, on: date | None = None) -> VotingTerms:
    """What the charter in force on a day (today by default) asks of a vote."""
    charter = charter_in_force(group, on=on)
    return voting_terms(_rules(charter), charter=charter_change)


def _rules(charter: CharterVersion | None) -> list[Mapping[str, Any]]:
    return list((charter.reading.get("decision_rules") if charter else None) or [])


def roll_of(group: Group, terms: VotingTerms) -> list[OnTheRoll]:
    """Who is on the roll today, those with a vote first: everybody who takes part, or holds a seat with a role.

    Where the charter gives the vote to the seats, whoever holds one has it and nobody else. A person with several
    roles has a vote when one of them gives it.
    """
    by_role = role_votes(group, terms)
    found: dict[int, OnTheRoll] = {}
    seats_vote = terms.of_seats and group.has_seats
    for term in _seated(group):
        seat = term.seat
        if seats_vote:
            vote = RoleVote(True, terms.threshold_said)
        elif seat.role is None:
            continue
        else:
            vote = by_role.get(seat.role.name, RoleVote(seat.role.power != Power.OBSERVE))
        leads = seat.role is not None and seat.role.power == Power.MANAGE
        _enter(found, OnTheRoll(term.person, vote.binding, leads, seat.title, vote.said))
    for here in participations_now(group):
        role = here.role
        vote = by_role.get(role.name, RoleVote(role.power != Power.OBSERVE))
        if seats_vote:
            vote = RoleVote(False, terms.threshold_said)
        _enter(found, OnTheRoll(here.person, vote.binding, role.power == Power.MANAGE, role.name, vote.said))
    return sorted(
        (one for one in found.values() if one.person.is_active),
        key=lambda one: (not one.binding, not one.leads, one.person.name, one.person.pk),
    )


def _seated(group: Group) -> list[Term]:
    if not group.has_seats:
        return []
    terms = Term.objects.on(today_here()).filter(seat__group=group, seat__retired_on=None)
    return list(terms.select_related("person", "seat__role").order_by("seat__position", "pk"))


def role_votes(group: Group, terms: VotingTerms) -> Mapping[str, RoleVote]:
    """By the name of each role whether its votes are binding, by the charter in force."""
    charter = charter_in_force(group)
    said = {
        role_name(item.get("name") or ""): item for item in ((charter.reading.get("roles") if charter else None) or [])
    }
    roles = []
    for role in group.roles.filter(retired_at=None):
        item = said.get(role.name, {})
        sentence = Said(role.text, str(item.get("number") or ""), str(item.get("anchor") or ""))
        roles.append(RoleSaid(role.name, role.power, sentence))
    return who_votes(roles, terms)


def _enter(found: dict[int, OnTheRoll], one: OnTheRoll) -> None:
    before = found.get(one.person.pk)
    if before is None:
        found[one.person.pk] = one
        return
    better = one if one.binding and not before.binding else before
    found[one.person.pk] = replace(better, leads=one.leads or before.leads)


def voices(roll: Iterable[tuple[Voter, str | None]]) -> list[Voice]:
    """Voters with the value of the position that stands, or None, for counting."""
    return [Voice(voter.binding, voter.leads, Value(value) if value else None) for voter, value in roll]


def kept(terms: VotingTerms) -> dict[str, Any]:
    """Terms as they are kept with a motion; fractions as "2/3"."""
    words = asdict(terms)
    words["threshold"] = str(terms.threshold)
    words["quorum"]["share"] = None if terms.quorum.share is None else str(terms.quorum.share)
    return words


def kept_terms(motion: Motion) -> VotingTerms:
    """The terms by which a motion is or was voted on; before the vote is opened, those of the charter in force."""
    if not motion.terms:
        return terms_of(motion.decision.group, charter_change=motion.decision.amendment_id is not None)
    words = dict(motion.terms)
    quorum = dict(words["quorum"])
    quorum["share"] = Fraction(quorum["share"]) if quorum["share"] else None
    return VotingTerms(
        threshold=Fraction(words["threshold"]),
        more=words["more"],
        of=Of(words["of"]),
        of_leaders=words["of_leaders"],
        of_seats=words["of_seats"],
        quorum=Quorum(**quorum),
        **{
            key: Said(**words[key]) if words[key] else None
            for key in ("threshold_said", "quorum_said", "consensus_said")
        },
    )


def counted(tally: Tally) -> dict[str, Any]:
    """A count as it is kept with a motion."""
    return asdict(tally)


def kept_tally(motion: Motion) -> Tally | None:
    """The count by which a motion was settled last; None while it was not counted."""
    if not motion.result:
        return None
    words = dict(motion.result)
    words["binding"], words["advisory"] = Counts(**words["binding"]), Counts(**words["advisory"])
    words["result"] = Result(words["result"])
    return Tally(**words)
