"""What a group's charter says of votes, as criteria that whoever prepares an election can take over."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from folkmoot.decisions.domain.franchise import RoleVote
from folkmoot.decisions.domain.thresholds import Said
from folkmoot.decisions.motion_terms import role_votes, terms_of
from folkmoot.governance.models.elections import Election
from folkmoot.governance.roll_criteria import Clause
from folkmoot.groups.models import Group, Power, Role


@dataclass(frozen=True)
class Suggestion:
    """A criterion for voters, with the sentence of the charter because of which it is suggested, if there is one."""

    name: str
    given: Mapping[str, Any]
    clause: Clause | None


def suggested(election: Election) -> list[Suggestion]:
    """What the charter in force asks of those who vote; where it is silent, that they do more than observe.

    A charter says who decides in its own group. Where people of the groups below elect too, their charters do not say
    the same, and doing more than observe is asked.
    """
    if election.reaches_below:
        return [Suggestion("not_observer", {}, None)]
    return _by_charter(election.group)


def _by_charter(group: Group) -> list[Suggestion]:
    terms = terms_of(group)
    if terms.of_seats and group.has_seats:
        return [_suggestion("office", {"holds": "yes"}, terms.threshold_said)]
    votes = role_votes(group, terms)
    roles = list(group.roles.filter(retired_at=None))
    with_vote = [role for role in roles if _has_vote(role, votes)]
    said = next((vote.said for vote in votes.values() if vote.said is not None), None)
    if not with_vote or {role.pk for role in with_vote} == {role.pk for role in roles if role.power != Power.OBSERVE}:
        without = next(
            (votes[role.name].said for role in roles if role.name in votes and not _has_vote(role, votes)), None
        )
        return [_suggestion("not_observer", {}, without or said)]
    return [_suggestion("role", {"roles": [role.pk for role in with_vote], "powers": []}, said)]


def _has_vote(role: Role, votes: Mapping[str, RoleVote]) -> bool:
    vote = votes.get(role.name)
    return vote.binding if vote is not None else role.power != Power.OBSERVE


def _suggestion(name: str, given: Mapping[str, Any], said: Said | None) -> Suggestion:
    if said is None:
        return Suggestion(name, given, None)
    clause = Clause(said.text, said.number, said.anchor)
    kept = {"text": clause.text, "number": clause.number, "anchor": clause.anchor}
    return Suggestion(name, {**given, "clause": kept}, clause)
