"""Who may vote and who may stand: judged ahead, in bulk, and frozen for good."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from folkmoot.governance.actions.rolls import (
    add_criterion,
    allow_proxies,
    freeze_roll,
    move_criterion,
    remove_criterion,
    take_suggested,
)
from folkmoot.governance.domain.freezing import roll_hash
from folkmoot.governance.domain.roll_alike import Alike, Because
from folkmoot.governance.domain.roll_lines import is_line_of
from folkmoot.governance.models.elections import ElectionState, Stage
from folkmoot.governance.models.rolls import ElectionCriterion, Voter, Whom
from folkmoot.governance.queries.rolls import (
    criteria_of,
    judge_candidate,
    judge_voter,
    proxies_most,
    roll_lines,
    roll_now,
    with_likenesses,
)
from folkmoot.groups.models import Filling, Participation, Power, Term
from folkmoot.kit.errors import Refused
from folkmoot.ledger.actors import machine, system
from folkmoot.ledger.models import Entry
from folkmoot.meetings.models import Attendance, Source
from folkmoot.people.actions import erase_person
from tests.factories.governance.elections import made_election
from tests.factories.groups import group, join, role
from tests.factories.meetings import held_call, meeting_group
from tests.factories.organisation import organisation
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db
SINCE = {"number": 1, "unit": "months", "more": True, "before": "nominations"}


class Cast:
    """A group whose election has its nominations from 1 September 2026 on, and people of every kind."""

    def __init__(self, **values: Any) -> None:
        organisation()
        self.group = group()
        self.officer = join(PersonFactory(name="Olga"), self.group, Power.MANAGE)
        self.ada = join(PersonFactory(name="Ada"), self.group)
        self.watcher = join(PersonFactory(name="Wim"), self.group, Power.OBSERVE)
        self.stranger = PersonFactory(name="Sam")
        self.made = made_election(self.group, officers=[self.officer], **values)
        self.election, self.contest = self.made.election, self.made.contest
        stages = {stage.stage: stage for stage in self.election.stages.all()}
        begins = stages[Stage.NOMINATIONS].first
        for stage in stages.values():
            shift = date(2026, 9, 1) - begins
            stage.first, stage.last = stage.first + shift, stage.last + shift
            stage.save()

    def since(self, person: Any, instant: str) -> None:
        Participation.objects.filter(person=person).update(began_at=datetime.fromisoformat(instant))

    def asks(self, name: str, whom: Whom = Whom.VOTERS, **given: Any) -> ElectionCriterion:
        return add_criterion(self.election, whom, name, given, by=self.officer)


@pytest.fixture
def cast(freeze) -> Cast:
    freeze("2026-08-10T12:00:00Z")
    return Cast()


def at(day: str) -> datetime:
    return datetime.fromisoformat(f"{day}T12:00:00+00:00")


def test_observers_have_no_vote_where_nothing_is_said_and_strangers_never(cast):
    now = timezone.now()

    verdicts = [judge_voter(cast.election, one, now) for one in (cast.ada, cast.officer, cast.watcher, cast.stranger)]

    assert [bool(one) for one in verdicts] == [True, True, False, False]
    assert verdicts[2].reason == (
        "What is asked: Does more than observe. What was found: Is in the group as: Observers."
    )
    assert verdicts[3].findings[0].found == "Takes part in the group: no."
    assert verdicts[3].findings[0].can_do == "Joining the group is possible on its page."


def test_more_than_a_month_before_nominations_is_told_months_ahead(cast):
    cast.asks("takes_part_since", **SINCE)
    cast.since(cast.ada, "2026-07-31T10:00:00+00:00")
    cast.since(cast.officer, "2026-08-01T10:00:00+00:00")

    in_time, late = (
        judge_voter(cast.election, cast.ada, at("2026-08-10")),
        judge_voter(cast.election, cast.officer, at("2026-08-10")),
    )

    assert (bool(in_time), in_time.holds_from) == (True, date(2026, 9, 1))
    assert in_time.findings[1].found == (
        "Takes part since 31 July 2026; that is long enough from 1 September 2026 on, in time for 1 September 2026."
    )
    assert (bool(late), late.findings[1].asked, late.findings[1].found) == (
        False,
        "Has taken part for more than 1 month when nominations open (1 September 2026).",
        "Takes part since 1 August 2026; that is long enough from 2 September 2026 on, and 1 September 2026 is the "
        "day that counts.",
    )


def test_days_are_those_of_the_elections_zone(cast):
    cast.asks("takes_part_since", **SINCE)
    cast.since(cast.ada, "2026-08-01T03:00:00+00:00")
    cast.election.zone = "America/Los_Angeles"

    assert judge_voter(cast.election, cast.ada, at("2026-08-10"))
    cast.election.zone = "UTC"
    assert not judge_voter(cast.election, cast.ada, at("2026-08-10"))


def test_whoever_left_before_the_day_is_not_on_the_roll_and_after_it_they_are(cast):
    left = timezone.now()
    frozen_on = cast.election.stages.get(stage=Stage.FREEZE).first
    Participation.objects.filter(person=cast.ada).update(ended_at=at((frozen_on + timedelta(days=1)).isoformat()))

    after = judge_voter(cast.election, cast.ada, at("2026-09-20"))
    Participation.objects.filter(person=cast.ada).update(ended_at=left)
    before = judge_voter(cast.election, cast.ada, at("2026-09-20"))
    assert [bool(after), bool(before)] == [True, False]
    assert before.findings[0].can_do == ""


def test_calls_offices_and_terms_are_read_from_the_group(freeze):
    freeze("2026-08-10T12:00:00Z")
    organisation()
    here = meeting_group()
    ada, bo = join(PersonFactory(name="Ada"), here), join(PersonFactory(name="Bo"), here)
    call = held_call(here)
    Attendance.objects.create(meeting=call, person=ada, source=Source.TAP, noted_at=call.starts_at)
    seat = here.seats.create(position=0, title="Chair", filling=Filling.ELECTED, term_months=24)
    here.has_seats = True
    here.save()
    made = made_election(here, officers=[ada], seats=[seat])
    Term.objects.create(seat=seat, person=bo, begins_on=date(2024, 8, 1), ends_on=date(2026, 12, 1), how="elected")
    for name, given in (
        ("last_calls", {"needed": 1, "of_last": 2}),
        ("calls_since", {"needed": 1, "since": "2020-01-01"}),
    ):
        add_criterion(made.election, Whom.VOTERS, name, given, by=ada)
    add_criterion(made.election, Whom.CANDIDATES, "office", {"holds": "no"}, by=ada)
    add_criterion(made.election, Whom.CANDIDATES, "term_limit", {"most": 1}, by=ada)
    now = timezone.now()

    there, away = judge_voter(made.election, ada, now), judge_voter(made.election, bo, now)
    free, seated = judge_candidate(made.contest, ada, now), judge_candidate(made.contest, bo, now)

    assert [bool(one) for one in (there, away, free, seated)] == [True, False, True, False]
    assert [one.found for one in away.findings[1:]] == ["Was at 0 of 1 call that was held."] * 2
    assert away.findings[1].can_do.startswith("1 more call before ")
    assert [one.found for one in seated.findings] == ["Holds: Chair.", "1 term running so far."]
    assert seated.findings[1].can_do == "A term that begins on 2 December 2027 or later counts anew."


def test_roll_is_read_in_as_many_queries_for_three_as_for_thirty(cast, django_assert_num_queries):
    cast.asks("takes_part_since", **SINCE)
    cast.asks("role", powers=["manage", "take_part"], roles=[])
    cast.asks("last_calls", needed=1, of_last=3)
    call = held_call(cast.group)
    for person in (cast.ada, cast.officer):
        Attendance.objects.create(meeting=call, person=person, source=Source.TAP, noted_at=call.starts_at)
    now = timezone.now()
    with django_assert_num_queries(8):
        few = roll_now(cast.election, now)
    at_once = role(cast.group, Power.TAKE_PART)
    Participation.objects.bulk_create(
        Participation(person=PersonFactory(), group=cast.group, role=at_once, began_at=at("2026-01-01"))
        for _ in range(27)
    )

    with django_assert_num_queries(8):
        many = roll_now(cast.election, now)

    assert (len(few.people), len(many.people), len(many.voters)) == (3, 30, 0)
    assert few.is_small


def test_roll_says_the_same_of_everybody_as_asking_for_each(cast):
    cast.asks("takes_part_since", **SINCE)
    cast.since(cast.ada, "2026-07-31T10:00:00+00:00")
    now = timezone.now()

    together = {one.person: one.judged for one in roll_now(cast.election, now).people}

    assert together == {one: judge_voter(cast.election, one, now) for one in (cast.ada, cast.officer, cast.watcher)}


def test_records_that_may_be_one_person_are_shown_before_freezing(cast):
    first = join(PersonFactory(name="Bo", email="bo.marsh@gmail.com"), cast.group)
    second = join(PersonFactory(name="Bob", email="bomarsh+a@gmail.com"), cast.group)
    third = join(PersonFactory(name="Аda"), cast.group)

    roll = with_likenesses(roll_now(cast.election, timezone.now()), cast.election)

    assert roll.alike == [
        Alike(Because.ADDRESS, (first.pk, second.pk)),
        Alike(Because.NAME, (cast.ada.pk, third.pk)),
    ]


def test_frozen_roll_stays_whatever_becomes_of_people(cast):
    last = Entry.objects.latest("pk").pk

    lines = freeze_roll(cast.election)

    voters = {voter.person: voter for voter in Voter.objects.filter(election=cast.election)}
    assert set(voters) == {cast.ada, cast.officer}
    assert lines == roll_lines(cast.election) == sorted(voter.line for voter in voters.values())
    assert is_line_of(voters[cast.ada].line, cast.ada.pk, "Ada", voters[cast.ada].salt)
    assert [(entry.kind, entry.payload) for entry in Entry.objects.filter(pk__gt=last)] == [
        ("governance.roll_frozen", {"election_id": cast.election.pk, "voters": 2, "exceptions": 0})
    ]

    erase_person(cast.ada, by=machine())
    before = roll_hash(lines, b"nonce")
    gone = Voter.objects.get(election=cast.election, person=cast.ada)
    assert roll_hash(roll_lines(cast.election), b"nonce") == before
    assert (gone.salt, gone.person.name) == ("", "Someone who left")
    with pytest.raises(Refused) as refused:
        freeze_roll(cast.election)
    assert refused.value.code == "frozen"


def test_frozen_roll_alone_says_who_votes(freeze):
    freeze("2026-08-10T12:00:00Z")
    cast = Cast()
    opened = made_election(cast.group, ElectionState.OPEN, officers=[cast.officer], voters=[cast.watcher]).election

    on, off = (judge_voter(opened, one, timezone.now()) for one in (cast.watcher, cast.ada))

    assert [bool(on), bool(off)] == [True, False]
    assert off.reason == "You are not on the roll of this election, and the roll is frozen."
    with pytest.raises(Refused):
        add_criterion(opened, Whom.VOTERS, "not_observer", {}, by=cast.officer)


def test_empty_roll_cannot_be_frozen(cast):
    cast.asks("calls_since", needed=1, since="2020-01-01")

    with pytest.raises(Refused) as refused:
        freeze_roll(cast.election)

    assert (refused.value.code, Voter.objects.filter(election=cast.election).count()) == ("nobody", 0)


def test_nothing_that_is_asked_is_passed_over_by_the_freeze(cast):
    ElectionCriterion.objects.create(election=cast.election, whom=Whom.VOTERS, name="gone", position=9)

    with pytest.raises(Refused) as refused:
        freeze_roll(cast.election)

    assert refused.value.code == "unknown_criterion"


def test_charter_alone_says_who_votes_where_nothing_is_asked(cast):
    leading = role(cast.group, Power.MANAGE)
    leading.text = "Lead the calls and have a vote."
    leading.save()

    voters = [one.person for one in roll_now(cast.election, timezone.now()).voters]

    assert voters == [cast.officer]
    freeze_roll(cast.election)
    assert [(one.name, one.given["roles"]) for one in cast.election.criteria.all()] == [("role", [leading.pk])]


def test_criteria_are_put_in_order_and_removed_by_who_prepares(cast):
    since, not_observer = cast.asks("takes_part_since", **SINCE), cast.asks("not_observer")
    allow_proxies(cast.election, 2, by=cast.officer)

    move_criterion(not_observer, up=True, by=cast.officer)
    move_criterion(not_observer, up=True, by=cast.officer)

    cast.election.refresh_from_db()
    assert [one.name for one in criteria_of(cast.election, Whom.VOTERS)] == ["not_observer", "takes_part_since"]
    assert proxies_most(cast.election) == 2
    remove_criterion(since, by=cast.officer)
    remove_criterion(since, by=cast.officer)
    allow_proxies(cast.election, 0, by=cast.officer)
    assert [one.name for one in cast.election.criteria.all()] == ["not_observer"]
    with pytest.raises(Refused) as refused:
        add_criterion(cast.election, Whom.VOTERS, "term_limit", {"most": 1}, by=cast.officer)
    assert refused.value.code == "invalid"
    with pytest.raises(Refused) as refused:
        add_criterion(cast.election, Whom.VOTERS, "not_observer", {}, by=cast.ada)
    assert refused.value.code == "forbidden"


def test_charter_that_speaks_of_votes_suggests_a_criterion_with_its_clause(cast):
    observers = role(cast.group, Power.OBSERVE)
    observers.text = "Follow without a vote."
    observers.save()

    taken = take_suggested(cast.election, by=system())

    assert [(one.name, one.given["clause"]["text"]) for one in taken] == [("not_observer", "Follow without a vote.")]
    assert take_suggested(cast.election, by=system()) == []
    found = judge_voter(cast.election, cast.watcher, timezone.now()).findings[1]
    assert (found.clause.text, found.clause_path.startswith(f"/groups/{cast.group.slug}/charter/")) == (
        "Follow without a vote.",
        True,
    )
