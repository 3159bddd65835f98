"""The groups of the sample community, founded from the example charters, and who takes part in them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

from folkmoot.groups.actions import found_group, give_role
from folkmoot.groups.actions.agreements import agree, publish_agreement
from folkmoot.groups.actions.invitations import invite_by_mail, make_invitation_link
from folkmoot.groups.actions.managers import offer_lead
from folkmoot.groups.domain.joining import Asks
from folkmoot.groups.intake import take_in
from folkmoot.groups.joining import Entrance, entrance_of
from folkmoot.groups.models import (
    AppointmentState,
    Group,
    ManagerAppointment,
    MembershipAnswer,
    Participation,
    Power,
)
from folkmoot.groups.sample_amendments import earlier_texts, lived_through
from folkmoot.groups.sample_offices import add_offices
from folkmoot.ledger.actors import Actor
from folkmoot.people.models import Person

EXAMPLES = Path(__file__).resolve().parents[3] / "examples"

MANAGERS: dict[str, tuple[str, ...]] = {"community-care.md": ("adaeze", "jonas"), "steering.md": ("wren",)}
PARTICIPANTS = {
    "community-care.md": (
        *("tomas", "rosa", "lina", "priya", "mateo", "yuki", "ewan", "salma", "binita", "ravi", "amos", "temperance"),
        *("itziar", "oyelaran", "minh", "sorcha", "dilnoza", "hemi", "katarzyna", "abebe", "makoto", "lourdes"),
    ),
    "library.md": (
        *("tomas", "pim", "salma", "isolde", "tuuli", "zoran", "aroha", "thandeka", "eun", "ines", "farrukh"),
        *("despina", "bolor", "ximena", "kofi"),
    ),
    "steering.md": ("salma", "ewan", "yuki", "lina", "mateo", "binita"),
}
OBSERVERS = {
    "community-care.md": ("keoni", "greta", "noor", "dana", "liv", "sunniva", "anahit", "pavan", "leilani", "margaux"),
    "library.md": ("keoni", "yohannes", "tamar", "rashida", "joaquim", "wiremu", "oksana", "beatriu"),
    "steering.md": ("tomas", "adaeze", "siti", "graeme"),
}


CONDUCT = """We are here to help one another, and people do that best where they feel safe.

Be kind, and be patient with those who write in a language that is not their first. Talk about ideas, not about people. Ask before you take somebody's picture, share their words or give their address to somebody else.

Nobody is harassed, belittled or left out here, for whatever reason, in calls, in writing or in a corridor.

Whoever sees or suffers anything else writes to conduct@example.org. Two people read it. They listen first, tell nobody without your leave, and answer within two days."""  # noqa: E501


def found_groups(people: Mapping[str, Person], *, today: date, by: Actor) -> list[Group]:
    """Found every example group as if a year ago, and let people join it over the months that followed."""
    publish_agreement(title="Code of conduct", text=CONDUCT, in_force_from=today - timedelta(days=380), by=by)
    groups = [_found(file, people, today, by) for file in sorted(EXAMPLES.glob("*.md")) if file.name != "README.md"]
    for group in groups:
        _let_them_agree(group)
        _appoint(group, today)
    open_doors(groups, people, today=today, by=by)
    add_offices(groups, people, today=today, by=by)
    return groups


def _found(file: Path, people: Mapping[str, Person], today: date, by: Actor) -> Group:
    began = today - timedelta(days=365)
    founded_at = datetime.combine(began, time(9), UTC)
    first, *later = earlier_texts(file.name, file.read_text(encoding="utf-8"))
    intake = take_in(first.encode(), {}, today=began)
    group = found_group(
        name=intake.name,
        text=intake.charter.text,
        reading=intake.reading(),
        in_force_from=began,
        at=founded_at,
        by=by,
    )
    who = {
        Power.MANAGE: MANAGERS.get(file.name, ("lina",)),
        Power.TAKE_PART: PARTICIPANTS.get(file.name, ("tomas", "pim", "salma", "isolde")),
        Power.OBSERVE: OBSERVERS.get(file.name, ("keoni",)),
    }
    for power, names in who.items():
        role = group.roles.filter(power=power, retired_at=None).first()
        if role is None:
            continue
        for number, name in enumerate(names):
            # The managers are there from the first day; the others come in over ten months.
            came = founded_at + timedelta(days=0 if power == Power.MANAGE else 7 + number * 300 // len(names))
            give_role(people[name], group, role, by=by, at=came)
    if later:
        lived_through(group, later, people, began=began)
    return group


ANSWERS = (
    "I run the docs days at a tool that nobody has heard of, and would like company.",
    "Ten years of meetups; I know a good room when I see one.",
    "I answer questions in our chat most evenings.",
)
TERMS = ((-160, 21), (-60, 120))
"""From when to when those who lead do so, in days from today; the first term is about to end."""


def _let_them_agree(group: Group) -> None:
    """Everybody has agreed and answered on the day on which they came."""
    asked = entrance_of(group)
    for number, here in enumerate(group.participations.filter(ended_at=None).select_related("person")):
        agree(asked.agreements, by=here.person, at=here.began_at)
        MembershipAnswer.objects.bulk_create(_answers(asked, here, ANSWERS[number % len(ANSWERS)]))


def _answers(asked: Entrance, here: Participation, words: str) -> list[MembershipAnswer]:
    return [
        MembershipAnswer(
            person=here.person,
            group=here.group,
            rule=rule.text,
            answer=words if rule.asks == Asks.WORDS else "",
            given_at=here.began_at,
        )
        for rule in asked.terms.rules
        if rule.asks in (Asks.AFFIRMATION, Asks.WORDS)
    ]


def _appoint(group: Group, today: date) -> None:
    """Those who lead have accepted a term and agreed to be named."""
    leading = group.participations.filter(ended_at=None, role__power=Power.MANAGE).select_related("person", "role")
    for here, (first, last) in zip(leading, TERMS, strict=False):
        offered = datetime.combine(today + timedelta(days=first - 10), time(9), UTC)
        ManagerAppointment.objects.create(
            person=here.person,
            group=group,
            role=here.role,
            participation=here,
            starts_on=today + timedelta(days=first),
            ends_on=today + timedelta(days=last),
            hours_a_week=2,
            names_publicly=True,
            state=AppointmentState.ACCEPTED,
            offered_at=offered,
            answered_at=offered + timedelta(days=2),
        )


def open_doors(groups: list[Group], people: Mapping[str, Person], *, today: date, by: Actor) -> None:
    """In the first group a seat is offered, and invitations are open, by link and by mail."""
    group = groups[0]
    roles = {role.power: role for role in group.roles.filter(retired_at=None)}
    offer_lead(
        people["rosa"],
        group,
        starts_on=today + timedelta(days=14),
        ends_on=today + timedelta(days=196),
        hours_a_week=2,
        by=by,
    )
    make_invitation_link(group, roles[Power.OBSERVE], days=30, most_uses=50, by=people["adaeze"])
    invite_by_mail(group, roles[Power.TAKE_PART], "ines@example.org", name="Inês Falcão", by=people["jonas"])
