"""The offices of the sample community: a committee above the groups, a handover, a closed group, a proposal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta

from folkmoot.groups.actions import found_group, give_role, managing_role
from folkmoot.groups.actions.handover import begin_handover, offer_handover, write_handover
from folkmoot.groups.actions.proposals import propose_group
from folkmoot.groups.actions.seats import add_seat, begin_term, end_term
from folkmoot.groups.actions.structure import close_group, set_parent
from folkmoot.groups.domain.offices import months_after, staggered
from folkmoot.groups.intake import take_in
from folkmoot.groups.models import Begun, Ended, Filling, Group, Seat
from folkmoot.ledger.actors import Actor
from folkmoot.people.models import Person

STEERING = "steering-committee"
# Title, how it is filled, who holds it now, who held it before; nobody holds the last one.
SEATS = (
    ("Chair", Filling.ELECTED, "salma", "lina"),
    ("Treasurer", Filling.ELECTED, "ewan", "ewan"),
    ("Secretary", Filling.ELECTED, "yuki", "amos"),
    ("Elected member 1", Filling.ELECTED, "lina", "greta"),
    ("Elected member 2", Filling.ELECTED, "mateo", "mateo"),
    ("Appointed member 1", Filling.APPOINTED, "binita", "dana"),
    ("Appointed member 2", Filling.APPOINTED, "", "pim"),
)
MONTHS = 24
NEWSLETTER = """\
# Newsletter Working Group

The Newsletter Working Group exists to send a letter each quarter to everybody who follows the commons.

## Roles

* **Editors**: Write and gather what has happened.
* **Managers**: See that the letter goes out.
"""


def add_offices(groups: Sequence[Group], people: Mapping[str, Person], *, today: date, by: Actor) -> None:
    """Let the groups answer to the steering committee, fill its seats, and let offices change hands."""
    steering = next((group for group in groups if group.slug == STEERING), None)
    if steering is None:
        return
    for group in groups:
        if group != steering:
            set_parent(group, steering, by=by)
    _fill_seats(steering, people, today, by)
    _closed_group(steering, people, today, by)
    for group in groups:
        if group.slug.startswith("community-care"):
            _hand_over(group, people, today)
    propose_group(
        name="Translation Working Group",
        why="Half of those who come to our calls read our pages in a language that is not their own. We would like to "
        "translate what people need first: how to join, when we meet, what binds us.",
        who="Noor and I would begin with Arabic and Portuguese; Yuki would like to help with Japanese.",
        by=people["tomas"],
    )


def _fill_seats(steering: Group, people: Mapping[str, Person], today: date, by: Actor) -> None:
    turn = date(today.year if today >= date(today.year, 11, 1) else today.year - 1, 11, 1)
    clause = steering.charters.get().clauses.filter(heading__endswith="Seats").first()
    turns = staggered(turn, MONTHS, len(SEATS), 2)
    for (title, filling, now, before), turns_on in zip(SEATS, turns, strict=True):
        seat = add_seat(
            steering,
            title=title,
            filling=filling,
            term_months=MONTHS,
            turns_on=turns_on,
            most_terms=2,
            clause_anchor=clause.anchor if clause else "",
            role=managing_role(steering) if title == "Chair" else None,
            by=by,
        )
        begins = turns_on if turns_on <= today else months_after(turns_on, -MONTHS)
        how = Begun.ELECTED if filling == Filling.ELECTED else Begun.APPOINTED
        _past_term(seat, people[before], months_after(begins, -MONTHS), begins, how, by)
        if now:
            begin_term(seat, people[now], how=how, begins_on=begins, by=by, at=_morning(begins))


def _past_term(seat: Seat, person: Person, begins: date, ends: date, how: Begun, by: Actor) -> None:
    term = begin_term(seat, person, how=how, begins_on=begins, ends_on=ends, by=by, at=_morning(begins))
    # Told by the day itself at the time, not by a letter of today.
    end_term(term, because=Ended.OVER, by=by, at=_morning(ends))


def _closed_group(steering: Group, people: Mapping[str, Person], today: date, by: Actor) -> None:
    began = today - timedelta(days=400)
    intake = take_in(NEWSLETTER.encode(), {}, today=began)
    group = found_group(
        name=intake.name,
        text=intake.charter.text,
        reading=intake.reading(),
        in_force_from=began,
        at=_morning(began),
        by=by,
    )
    set_parent(group, steering, by=by)
    give_role(people["isolde"], group, managing_role(group), by=by, at=_morning(began))
    close_group(
        group,
        why="The letter is written by the Community Care Working Group now, together with its calls.",
        by=by,
        at=_morning(today),
    )


def _hand_over(group: Group, people: Mapping[str, Person], today: date) -> None:
    leaver, taker = people["jonas"], people["priya"]
    handover = begin_handover(group, by=leaver)
    write_handover(
        handover,
        taker=taker,
        notes="The agenda of each call lives in the shared folder “Care”, one page for each call.\n\n"
        "Adaeze knows whom to ask about the server. The key to the mailing list is in the safe of the commons; ask "
        "Wren for access.",
        shadow_until=today + timedelta(days=30),
        stays=True,
        emeritus=True,
        lines={},
        by=leaver,
    )
    offer_handover(handover, by=leaver)


def _morning(day: date) -> datetime:
    return datetime.combine(day, time(9), UTC)
