"""Motions of the sample community: one carried with an amendment, one without a quorum, one that is voted on now."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta

from folkmoot.decisions.actions import clear_block, open_vote, put_motion, second_motion, take_position
from folkmoot.decisions.actions.keeping import adopt, write_decision
from folkmoot.decisions.actions.motion_amendments import amended_text
from folkmoot.decisions.actions.votes import ANYWHERE, end_of, write_roll
from folkmoot.decisions.domain.tally import Result, Value
from folkmoot.decisions.facts import MotionCounted, MotionPut, VoteOpened
from folkmoot.decisions.models import Motion, MotionAmendment, MotionState, Position, Way
from folkmoot.decisions.motion_queries import count_now
from folkmoot.decisions.motion_terms import counted, kept, roll_of, terms_of
from folkmoot.decisions.wording import Wording
from folkmoot.groups.models import Group
from folkmoot.ledger.actions import record
from folkmoot.ledger.actors import Actor
from folkmoot.people.models import Person

CARE, LIBRARY = "community-care", "library"
TEXTS = (
    "The first twenty minutes of each call belong to people who are there for the second time.",
    "Whoever moderates asks them what they came for, and who would like to work with them.",
    "We look at how it went after three months.",
)
HANDBOOK = (
    "Every tool in the library gets a page that says who looks after it.\n\n"
    "A tool without anybody is marked so, and lent to nobody until somebody is found."
)
QUIET_ROOM = (
    "Every event of ours has a quiet room, with a door that closes.\n\n"
    "It is written in the invitation where it is and that nobody has to say why they use it.\n\n"
    "Where a venue has no such room, we choose another venue or say so beforehand."
)


def vote_on_motions(groups: Sequence[Group], people: Mapping[str, Person], *, today: date, by: Actor) -> None:
    """Let the groups vote, on days seen from today."""
    care = next((group for group in groups if group.slug.startswith(CARE)), None)
    library = next((group for group in groups if LIBRARY in group.slug), None)
    if care is not None:
        _carried(care, people, today - timedelta(days=40), by)
        _voted_on_now(care, people, today)
    if library is not None:
        _without_quorum(library, people, today - timedelta(days=20), by)


def _carried(group: Group, people: Mapping[str, Person], day: date, by: Actor) -> None:
    motion = _put(group, "Second calls matter more than first ones", "\n\n".join(TEXTS), people["rosa"], day)
    motion.seconder = people["ewan"]
    MotionAmendment.objects.create(
        motion=motion,
        number=1,
        change=MotionAmendment.Kind.REPLACE,
        paragraph=1,
        text=TEXTS[0].replace("twenty", "ten"),
        why="Twenty is a third of the call, and often only one person is there for the second time.",
        by=people["yuki"],
        at=_noon(day + timedelta(days=2)),
        state=MotionAmendment.State.ACCEPTED,
        answered_by=people["rosa"],
        answered_at=_noon(day + timedelta(days=3)),
    )
    motion.decision.text = amended_text(motion, list(motion.amendments.all()))
    motion.decision.save(update_fields=["text"])
    _vote(
        motion,
        {
            Value.APPROVE: ("rosa", "ewan", "yuki", "adaeze", "mateo", "salma", "priya"),
            Value.DECLINE: ("amos",),
            Value.ABSTAIN: ("jonas",),
        },
        people,
        day + timedelta(days=4),
        by,
    )


def _without_quorum(group: Group, people: Mapping[str, Person], day: date, by: Actor) -> None:
    motion = _put(group, "A page and a keeper for every tool", HANDBOOK, people["pim"], day)
    _vote(motion, {Value.APPROVE: ("pim", "tuuli", "zoran")}, people, day + timedelta(days=3), by)


def _voted_on_now(group: Group, people: Mapping[str, Person], today: date) -> None:
    motion = put_motion(
        group,
        Wording(
            title="A quiet room at every event",
            text=QUIET_ROOM,
            rationale="Three of us left the last open day early because there was nowhere to be alone for a while.",
        ),
        by=people["priya"],
    )
    second_motion(motion, by=people["mateo"])
    open_vote(motion, closes_on=today + timedelta(days=5), by=people["adaeze"])
    take_position(motion, by=people["priya"], value=Value.APPROVE)
    take_position(
        motion,
        by=people["ravi"],
        value=Value.BLOCK,
        text="Two of our three venues have no room to spare. With the last paragraph we could not meet in town.",
    )
    take_position(motion, by=people["mateo"], value=Value.APPROVE, text="I have asked all three venues since.")
    clear_block(
        motion,
        by=people["ravi"],
        to=Value.APPROVE,
        why="Mateo asked: both would lend us their office for the day. That has a door.",
    )
    take_position(motion, by=people["keoni"], value=Value.APPROVE, text="It would have let me stay.")


def _put(group: Group, title: str, text: str, mover: Person, day: date) -> Motion:
    at = _noon(day)
    wording = Wording(title=title, text=text)
    decision = write_decision(group, wording, way=Way.MOTION, year=day.year, proposed_by=mover, at=at)
    motion = Motion.objects.create(decision=decision, text=decision.text)
    fact = MotionPut(motion_id=motion.pk, label=decision.label, title=decision.title)
    record(fact, by=mover, on=motion, within=group, at=at)
    return motion


def _vote(
    motion: Motion, positions: Mapping[Value, Sequence[str]], people: Mapping[str, Person], opened: date, by: Actor
) -> None:
    """A vote of a week, opened and counted long ago; nobody is told of it any more."""
    decision = motion.decision
    terms, last_day = terms_of(decision.group), opened + timedelta(days=7)
    motion.terms, motion.vote_opened_at, motion.state = kept(terms), _noon(opened), MotionState.VOTING
    motion.closes_on, motion.zone = last_day, ANYWHERE
    motion.closes_at = end_of(last_day, ANYWHERE, _noon(opened))
    motion.save()
    roll = roll_of(decision.group, terms)
    voters = {voter.person.pk: voter for voter in write_roll(motion, roll)}
    told = VoteOpened(
        motion_id=motion.pk,
        label=decision.label,
        round=1,
        closes_at=motion.closes_at.isoformat(),
        binding=sum(one.binding for one in roll),
        advisory=sum(not one.binding for one in roll),
    )
    record(told, by=by, on=motion, within=decision.group, at=motion.vote_opened_at)
    Position.objects.bulk_create(
        Position(voter=voters[people[name].pk], value=value.value, at=_noon(opened + timedelta(days=1 + number % 5)))
        for value, names in positions.items()
        for number, name in enumerate(names)
        if people[name].pk in voters
    )
    tally = count_now(motion)
    motion.result, motion.counted_at = counted(tally), motion.closes_at
    motion.state = MotionState.CARRIED if tally.result == Result.CARRIED else MotionState.NO_QUORUM
    motion.save()
    fact = MotionCounted(
        motion_id=motion.pk,
        label=decision.label,
        round=1,
        result=tally.result.value,
        approve=tally.binding.approve,
        voters=tally.binding.voters,
    )
    record(fact, by=by, on=motion, within=decision.group, at=motion.closes_at)
    if tally.result == Result.CARRIED:
        adopt(decision, by=by, on_day=last_day, at=motion.closes_at)


def _noon(day: date) -> datetime:
    return datetime.combine(day, time(12), UTC)
