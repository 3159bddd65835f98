"""What somebody is asked who wishes to join a group, and where they stand in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext_lazy as _lazy

from folkmoot.groups.agreements import agreements_among, agreements_of, documents_of, not_agreed
from folkmoot.groups.domain.joining import Asks
from folkmoot.groups.models import (
    Agreement,
    CharterVersion,
    Group,
    JoinRequest,
    Participation,
    Power,
    RequestState,
    Role,
)
from folkmoot.groups.pages import YOU_CAN, as_one_of
from folkmoot.groups.queries import charter_in_force, charters_of_groups, groups_of, managers_of
from folkmoot.groups.terms import MembershipTerms, membership_terms
from folkmoot.people.models import Person
from folkmoot.people.queries import stewards

LEFT_OUT = {Power.TAKE_PART: _lazy("Participants"), Power.OBSERVE: _lazy("Observers")}
"""What the roles are called that a charter without any role does not name."""


@dataclass(frozen=True)
class RoleChoice:
    """A role that one may take by oneself, with what a form sends for it; without `role` its first holder makes it."""

    key: str
    name: str
    power: Power
    words: str
    role: Role | None = None

    @property
    def you_can(self) -> str:
        """What one can do in it: "As an observer you can follow…"."""
        return f"{as_one_of(self.name)} {YOU_CAN[self.power]}"


@dataclass(frozen=True)
class ToldRule:
    """A rule of membership as it is shown: its words, its clause, and where that stands."""

    text: str
    number: str
    href: str


@dataclass(frozen=True)
class Entrance:
    """All that a group asks of somebody who comes in."""

    group: Group
    charter: CharterVersion | None
    terms: MembershipTerms
    roles: Sequence[RoleChoice]
    agreements: Sequence[Agreement]

    @property
    def told(self) -> list[ToldRule]:
        """The rules that are only shown, with a link to their clause."""
        url = reverse("charter", args=[self.group.slug])
        return [
            ToldRule(rule.text, rule.number, f"{url}#{rule.anchor}" if rule.anchor else "")
            for rule in self.terms.rules
            if rule.asks in (Asks.NOTHING, Asks.APPROVAL)
        ]

    def choice(self, key: str) -> RoleChoice | None:
        """The role of a form's value; None for anything that cannot be taken by oneself."""
        return next((choice for choice in self.roles if choice.key == key), None)

    def choice_of(self, role: Role) -> RoleChoice | None:
        return self.choice(str(role.pk))

    def needs_approval(self, choice: RoleChoice) -> bool:
        """Whether the charter wants somebody to say yes to whoever takes this role."""
        return self.terms.needs_approval(choice.role or Role(name=choice.name))


def entrance_of(group: Group) -> Entrance:
    """What a group asks today, in three queries."""
    charter = charter_in_force(group)
    return Entrance(
        group,
        charter,
        membership_terms(charter),
        role_choices(list(group.roles.filter(retired_at=None))),
        agreements_of(group, charter),
    )


def role_choices(roles: Sequence[Role]) -> list[RoleChoice]:
    """The roles that one may take by oneself: what the charter names, or a plain pair where it names none."""
    open_to_all = [role for role in roles if role.power != Power.MANAGE]
    if open_to_all:
        return [RoleChoice(str(role.pk), role.name, Power(role.power), role.text, role) for role in open_to_all]
    return [RoleChoice(power.value, str(name), power, "") for power, name in LEFT_OUT.items()]


def present_of(person: Person, group: Group) -> Participation | None:
    """How a person takes part in a group now."""
    return group.participations.filter(person=person, ended_at=None).select_related("role").first()


def open_request_of(person: Person, group: Group) -> JoinRequest | None:
    """The person's wish to join that nobody has answered yet."""
    return group.join_requests.filter(person=person, state=RequestState.OPEN).select_related("role").first()


def open_agreements(person: Person, group: Group) -> list[Agreement]:
    """What somebody who takes part has not agreed to yet, in the versions of today."""
    return not_agreed(person, agreements_of(group, charter_in_force(group)))


def to_read_by(person: Person) -> list[Group]:
    """The groups in which somebody takes part and has not agreed to all that is asked today; at most four queries."""
    groups = list(groups_of(person).distinct())
    if not groups:
        return []
    charters, documents = charters_of_groups(groups), documents_of(groups)
    wanted = {group: agreements_among(documents, group, charters.get(group.pk)) for group in groups}
    every = {agreement.pk: agreement for agreements in wanted.values() for agreement in agreements}
    open_ids = {agreement.pk for agreement in not_agreed(person, list(every.values()))}
    return [group for group, agreements in wanted.items() if any(one.pk in open_ids for one in agreements)]


def who_leads(group: Group) -> list[Person]:
    """Those who act for a group: its managers, or the stewards while nobody leads it."""
    return managers_of(group) or stewards()


def unaffirmed(terms: MembershipTerms, answers: Mapping[int, str]) -> list[int]:
    """The places of the rules that want an affirmation and got none."""
    return [place for place, rule in enumerate(terms.rules) if rule.asks == Asks.AFFIRMATION and not answers.get(place)]
