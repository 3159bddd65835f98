"""Votes on motions: opened, taken part in, counted, reminded of."""

from __future__ import annotations

import datetime as dt

import pytest

from folkmoot.decisions import actions
from folkmoot.decisions.domain.paragraphs import Change
from folkmoot.decisions.domain.tally import Value
from folkmoot.decisions.models import Position, Voter
from folkmoot.decisions.motion_queries import asked_of
from folkmoot.groups.actions import end_participation
from folkmoot.groups.models import Participation
from folkmoot.kit.errors import Refused
from folkmoot.ledger.models import Entry
from folkmoot.notices.models import Telling
from tests.factories.amendments import proposal
from tests.factories.groups import CHARTER, group, join
from tests.factories.motions import LAST_DAY, VOTING, council, motion, opened, vote
from tests.factories.people import PersonFactory
from tests.factories.plan import last_entry, told_since

pytestmark = pytest.mark.django_db

END = dt.datetime(2026, 12, 4, 12, tzinfo=dt.UTC)  # the third of December is over anywhere on Earth


@pytest.fixture
def here(clock):
    return council()


def refusal(act) -> str:
    with pytest.raises(Refused) as caught:
        act()
    return caught.value.code


def told(kind: str) -> list[str]:
    return sorted(Telling.objects.filter(kind=f"decisions.{kind}").values_list("person__name", flat=True))


# The roll and the terms


def test_opening_freezes_terms_and_roll(here):
    before = last_entry()
    put = opened(here.group, by=here.ben)

    assert put.closes_at == END
    assert put.terms["threshold_said"] == {
        "text": "Motions are carried by a simple majority of all voting members.",
        "number": "7.1",
        "anchor": "decisions-1",
    }  # fmt: skip
    assert [(one.person.name, one.binding, one.leads, one.role) for one in put.voters.all()] == [
        ("Ada", True, True, "Managers"),
        ("Ben", True, False, "Participants"),
        ("Cleo", True, False, "Participants"),
        ("Dan", True, False, "Participants"),
        ("Eve", False, False, "Observers"),
    ]
    assert told_since(before) == ["decisions.motion_put", "decisions.vote_opened"]
    assert told("vote_is_open") == ["Ada", "Ben", "Cleo", "Dan", "Eve"]
    late = join(PersonFactory(name="Fay"), here.group)
    assert refusal(lambda: vote(put, "approve", late)) == "forbidden"
    end_participation(Participation.objects.get(person=here.dan, ended_at=None), by=here.dan)
    assert put.voters.count() == 5


@pytest.mark.parametrize(
    ("closes_on", "zone", "ends"),
    [
        (dt.date(2026, 11, 26), "Etc/GMT+12", "2026-11-27T12:00:00+00:00"),
        (dt.date(2026, 11, 27), "Asia/Kolkata", "2026-11-27T18:30:00+00:00"),
        (dt.date(2026, 11, 25), "Asia/Kolkata", "past"),
        (dt.date(2028, 1, 1), "Asia/Kolkata", "invalid"),
        (dt.date(9999, 12, 31), "Asia/Kolkata", "invalid"),
    ],
)
def test_vote_ends_when_its_day_is_over_in_its_zone(here, closes_on, zone, ends):
    put = motion(here.group)

    if ends in ("past", "invalid"):
        assert refusal(lambda: actions.open_vote(put, closes_on=closes_on, zone=zone, by=here.ada)) == ends
    else:
        opened = actions.open_vote(put, closes_on=closes_on, zone=zone, by=here.ada)
        assert opened.closes_at.astimezone(dt.UTC).isoformat() == ends


def test_vote_is_not_opened_over_open_amendments_or_twice(here):
    put = motion(here.group)
    made = actions.amend_motion(put, by=here.ben, change=Change.DELETE, paragraph=1)
    act = lambda: actions.open_vote(put, closes_on=LAST_DAY, by=here.ada)  # noqa: E731

    assert refusal(act) == "open_amendments"
    actions.withdraw_motion_amendment(made, by=here.ben)
    act()
    assert refusal(act) == "settled"
    assert refusal(lambda: actions.amend_motion(put, by=here.ben, change=Change.DELETE, paragraph=1)) == "forbidden"


def test_nobody_with_a_vote_means_nobody_to_ask(clock):
    empty = group()

    assert refusal(lambda: opened(empty)) == "no_voters"


def test_charter_that_gives_managers_the_vote(clock):
    here = council(CHARTER.replace("set the agenda.", "set the agenda. Vote on motions."))

    put = opened(here.group)

    assert [(v.person.name, v.because) for v in put.voters.filter(binding=True)] == [("Ada", "Vote on motions.")]
    assert put.terms["quorum_said"] is None


# Positions


def test_positions_are_kept_and_one_stands(here):
    put = opened(here.group)
    before = last_entry()

    vote(put, "decline", here.ben, text="Too dear.")
    vote(put, "approve", here.ben)
    vote(put, "approve", here.ben)

    voter = put.voters.get(person=here.ben)
    assert [(one.value, one.text, one.stands) for one in voter.positions.all()] == [
        ("decline", "Too dear.", False),
        ("approve", "", True),
    ]
    assert told_since(before) == ["decisions.position_taken"] * 2
    assert Entry.objects.order_by("pk").last().payload == {
        "motion_id": put.pk, "label": "2026-1", "value": "approve", "was": "decline"
    }  # fmt: skip


def test_block_says_why_and_is_cleared_with_a_reason(here):
    put = opened(here.group, by=here.dan)
    assert refusal(lambda: actions.take_position(put, by=here.ben, value=Value.BLOCK)) == "block_needs_words"
    assert refusal(lambda: vote(put, "block", here.eve)) == "advisory"
    assert refusal(lambda: actions.clear_block(put, by=here.ben, to=Value.APPROVE, why="x")) == "no_block"
    vote(put, "block", here.ben)
    assert told("block_was_raised") == ["Ada", "Dan"]

    assert refusal(lambda: actions.clear_block(put, by=here.ben, to=Value.APPROVE, why=" ")) == "reason_needed"
    assert refusal(lambda: actions.clear_block(put, by=here.ben, to=Value.BLOCK, why="x")) == "invalid"
    assert refusal(lambda: actions.clear_block(put, by=here.ada, to=Value.APPROVE, why="x")) == "no_block"
    before = last_entry()
    actions.clear_block(put, by=here.ben, to=Value.ABSTAIN, why="There are two switches.")

    block = Position.objects.get(value="block")
    assert (block.stands, block.cleared_because, block.cleared_at is not None) == (
        False,
        "There are two switches.",
        True,
    )
    assert told_since(before) == ["decisions.position_taken", "decisions.block_cleared"]
    assert told("block_was_cleared") == ["Ada", "Dan"]


def test_block_with_other_words_is_not_cleared(here):
    put = opened(here.group)
    vote(put, "block", here.ben)
    vote(put, "block", here.ben, text="Too bright.")

    assert list(Position.objects.values_list("text", "stands", "cleared_at")) == [
        ("It is too dark.", False, None),
        ("Too bright.", True, None),
    ]


def test_late_position_is_refused(here, freeze):
    put = opened(here.group)

    freeze(END - dt.timedelta(seconds=1))
    vote(put, "approve", here.ben)
    freeze(END)

    assert refusal(lambda: vote(put, "approve", here.cleo)) == "over"


def test_desk_asks_until_a_position_is_taken(here, freeze):
    put = opened(here.group)
    assert [one.motion for one in asked_of(here.ben)] == [put]

    vote(put, "abstain", here.ben)

    assert asked_of(here.ben) == []
    freeze(END)
    assert asked_of(here.cleo) == []


# Counting


@pytest.mark.parametrize(
    ("positions", "state", "status", "reason"),
    [
        ({"approve": 3}, "carried", "adopted", ""),
        ({"approve": 2, "decline": 2}, "failed", "declined",
            "Not carried: 2 of 4 who have a vote approved; "
            "more than half of all 4 who have a vote, so 3, were needed."),
        ({"approve": 3, "block": 1}, "failed", "declined", "Not carried: a block stood at the end. 3 of 4 approved."),
        ({"approve": 2}, "no_quorum", "open", ""),
    ],
)  # fmt: skip
def test_vote_that_is_over_is_counted_once(here, freeze, settle, positions, state, status, reason):
    put = opened(here.group)
    people = iter((here.ada, here.ben, here.cleo, here.dan))
    for value, number in positions.items():
        vote(put, value, *(next(people) for _ in range(number)))
    freeze(END)
    before = last_entry()

    assert (actions.settle_due(), actions.settle_due()) == (1, 0)

    put.refresh_from_db()
    assert (put.state, put.decision.status, put.decision.reason) == (state, status, reason)
    expected = {"adopted": ["decisions.adopted"], "declined": ["decisions.settled"], "open": []}[status]
    assert told_since(before) == [*expected, "decisions.motion_counted"]
    assert told("motion_was_counted") == ["Ada", "Ben", "Cleo", "Dan", "Eve"]
    assert refusal(lambda: actions.settle_vote(put, by=here.ada)) == "settled"


def test_vote_closes_early_only_when_everybody_has_spoken(here):
    put = opened(here.group)
    vote(put, "approve", here.ada, here.ben, here.cleo)

    assert refusal(lambda: actions.settle_vote(put, by=here.ada)) == "too_early"
    vote(put, "absent", here.dan)
    assert refusal(lambda: actions.settle_vote(put, by=here.ben)) == "forbidden"

    assert actions.settle_vote(put, by=here.ada).result == "carried"


def test_vote_without_quorum_goes_on_once_with_its_positions(here, freeze):
    put = opened(here.group)
    vote(put, "approve", here.ada, here.ben)
    longer = lambda: actions.extend_vote(put, closes_on=LAST_DAY + dt.timedelta(days=7), by=here.ada)  # noqa: E731
    assert refusal(longer) == "not_extendable"
    freeze(END)
    actions.settle_due()
    Telling.objects.all().delete()

    longer()

    assert told("vote_is_open") == ["Cleo", "Dan", "Eve"]
    freeze(END + dt.timedelta(days=7))
    actions.settle_due()
    put.refresh_from_db()
    assert put.state == "no_quorum"
    assert refusal(longer) == "not_extendable"


def test_motion_taken_up_again_has_another_roll_and_the_old_positions_stay(here, freeze):
    put = opened(here.group)
    vote(put, "approve", here.ada)
    assert refusal(lambda: actions.reopen_motion(put, by=here.ada)) == "settled"
    freeze(END)
    actions.settle_due()

    actions.reopen_motion(put, by=here.ada)
    again = actions.open_vote(put, closes_on=LAST_DAY + dt.timedelta(days=9), by=here.ada)

    assert (again.round, Voter.objects.filter(motion=put).count(), Position.objects.count()) == (2, 10, 1)
    assert again.voters.filter(round=2, positions__isnull=False).count() == 0


def test_change_of_the_charter_takes_its_own_majority_and_is_adopted_with_the_motion(here):
    change = proposal(here.group, VOTING.replace("08:00", "09:00"), by=here.ben)
    put = opened(here.group, amendment=change)
    vote(put, "approve", here.ada, here.ben)
    vote(put, "decline", here.cleo)
    vote(put, "absent", here.dan)

    assert put.terms["threshold"] == "2/3"
    actions.settle_vote(put, by=here.ada)

    change.refresh_from_db()
    put.refresh_from_db()
    assert (put.state, change.state, change.version.number) == ("carried", "adopted", 2)


def test_change_of_the_charter_that_was_settled_otherwise_cannot_be_carried(here):
    change = proposal(here.group, VOTING.replace("08:00", "09:00"), by=here.ben)
    put = opened(here.group, amendment=change)
    vote(put, "approve", here.ada, here.ben, here.cleo, here.dan)
    type(change).objects.filter(pk=change.pk).update(state="withdrawn")

    actions.settle_vote(put, by=here.ada)

    put.refresh_from_db()
    assert (put.state, put.decision.status) == ("failed", "declined")
    assert put.decision.reason.endswith("This amendment is withdrawn; there is nothing left to decide.")


# Reminders


def test_who_has_a_vote_and_is_silent_is_reminded_once_for_each_distance(here, freeze):
    put = opened(here.group)
    vote(put, "approve", here.ada)

    told_at = {}
    for hours in (49, 48, 47, 30, 24, 2):
        freeze(END - dt.timedelta(hours=hours))
        told_at[hours] = actions.remind_voters()
        if hours == 30:
            vote(put, "abstain", here.ben)
    freeze(END)

    assert told_at == {49: 0, 48: 3, 47: 0, 30: 0, 24: 2, 2: 0}
    assert actions.remind_voters() == 0
    assert told("position_is_missing") == ["Ben", "Cleo", "Cleo", "Dan", "Dan"]


def test_clock_that_jumps_reminds_of_the_nearest_distance_alone(here, freeze):
    opened(here.group)
    freeze(END - dt.timedelta(hours=3))

    assert (actions.remind_voters(), actions.remind_voters()) == (4, 0)


def test_short_vote_is_not_reminded_of_at_its_beginning(here, freeze):
    opened(here.group, closes_on=dt.date(2026, 11, 26))  # ends in 24 hours

    assert actions.remind_voters() == 4
    freeze("2026-11-27T11:00Z")
    assert actions.remind_voters() == 0
