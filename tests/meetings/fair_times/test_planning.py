from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from folkmoot.kit import zones
from folkmoot.kit.errors import Refused
from folkmoot.meetings.domain.fair_times import (
    USUAL_SCALE,
    Hours,
    Level,
    Party,
    Planner,
    Slot,
    Span,
    all_slots,
    instant,
    level_of_call,
)

AUCKLAND, BERLIN, LONDON, LORD_HOWE, LOS_ANGELES = (
    "Pacific/Auckland",
    "Europe/Berlin",
    "Europe/London",
    "Australia/Lord_Howe",
    "America/Los_Angeles",
)
TUESDAYS = tuple(date(2026, 9, 29) + timedelta(weeks=week) for week in range(13))
"""Clocks change within: on 4 and 25 October and on 1 November."""
ZONES = (AUCKLAND, BERLIN, LONDON, LORD_HOWE, LOS_ANGELES, "Asia/Kathmandu", "America/Sao_Paulo", "UTC")


FIVE_PM = (Slot(time(17), 1),)


def planner(*parties, today=FIVE_PM, days=TUESDAYS, zone=LONDON, minutes=60, **more):
    return Planner(days, zone, minutes, tuple(today), parties, **more)


@st.composite
def planners(draw):
    start = date(2026, 1, 1) + timedelta(days=draw(st.integers(0, 365)))
    days = tuple(start + timedelta(weeks=week) for week in range(draw(st.integers(3, 6))))
    spans = st.builds(Span, st.integers(0, 23).map(lambda n: n * 60), st.integers(0, 23).map(lambda n: n * 60 + 30))
    hours = st.builds(Hours, st.none() | spans, st.none() | spans)
    parties = st.builds(Party, st.sampled_from(ZONES), hours, st.integers(1, 3))
    slots = st.builds(lambda hour, day: Slot(time(hour), day), st.integers(0, 23), st.integers(0, 6))
    return Planner(
        days,
        draw(st.sampled_from(ZONES)),
        draw(st.sampled_from((30, 45, 60, 90))),
        tuple(draw(st.lists(slots, min_size=1, max_size=2))),
        tuple(draw(st.lists(parties, min_size=1, max_size=5))),
        tuple(draw(st.lists(slots, min_size=1, max_size=6))),
    )


def each_person_bears(plan, slots):
    """What everybody bears, the most first, worked out one person and one call at a time."""
    found = []
    for party in plan.parties:
        total = 0
        for place, day in enumerate(plan.days):
            slot = slots[place % len(slots)]
            monday = day - timedelta(days=day.weekday())
            wall = datetime.combine(monday + timedelta(days=slot.weekday), slot.at)
            local = zones.local_to_utc(wall, plan.zone).utc.astimezone(zones.zone(party.zone))
            minute = local.weekday() * 1440 + local.hour * 60 + local.minute
            total += plan.scale.cost(level_of_call(plan.scale, party.hours, minute, plan.minutes))
        found += [total] * party.people
    return sorted(found, reverse=True)


@settings(max_examples=40, deadline=None)
@given(planners(), st.integers(1, 3))
def test_proposal_is_as_fair_as_any_choice_and_never_worse_than_today(plan, turns):
    found = plan.fairest(turns)

    today = each_person_bears(plan, plan.today)
    best = min(each_person_bears(plan, slots) for slots in product(plan.slots, repeat=turns))
    assert each_person_bears(plan, found.slots) == min(best, today)
    assert [share.cost for share in found.shares for _ in range(share.party.people)] == min(best, today)
    assert found.worst.cost <= plan.now().worst.cost


@settings(max_examples=15, deadline=None)
@given(planners(), st.randoms(use_true_random=False))
def test_order_of_people_changes_nothing(plan, random):
    one_by_one = [Party(party.zone, party.hours) for party in plan.parties for _ in range(party.people)]
    random.shuffle(one_by_one)

    mixed = Planner(plan.days, plan.zone, plan.minutes, plan.today, tuple(one_by_one), plan.slots)

    assert mixed.proposal(2) == plan.proposal(2)


def test_more_turns_are_proposed_only_where_they_are_fairer():
    alone = planner(Party(BERLIN))

    assert alone.proposal(3) == alone.now()
    assert len(planner(Party(AUCKLAND), Party(BERLIN), Party(LOS_ANGELES)).proposal(3).slots) == 3


def test_people_are_asked_by_their_own_clocks_at_each_call():
    outlook = planner(Party(AUCKLAND)).now()

    times = [local.time() for local, _level in outlook.worst.calls]

    # 17:00 in London is 05:00 in Auckland in its summer, and 06:00 once London's clocks have gone back.
    assert times == [time(5)] * 4 + [time(6)] * 9


def test_call_in_a_gap_and_in_an_overlap_is_where_the_house_has_it():
    spring, autumn = date(2026, 3, 25), date(2026, 10, 21)  # clocks change on the Sundays of these weeks

    assert instant(Slot(time(2, 30), 6), spring, BERLIN) == datetime(2026, 3, 29, 1, 30, tzinfo=UTC)
    assert instant(Slot(time(2, 30), 6), autumn, BERLIN) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


def test_slots_without_weekday_stay_on_the_planned_days():
    monthly = (date(2026, 10, 13), date(2026, 11, 10), date(2026, 12, 8))
    plan = planner(Party(AUCKLAND), Party(BERLIN), today=[Slot(time(17))], days=monthly, slots=tuple(all_slots([None])))

    found = plan.fairest(1)

    berlin = next(share for share in found.shares if share.party.zone == BERLIN)
    assert {local.day for local, _level in berlin.calls} == {13, 10, 8}
    assert found.slots[0].weekday is None
    assert found.worst.cost < plan.now().worst.cost


def test_equally_fair_slots_are_chosen_near_to_today():
    found = planner(Party(BERLIN), today=[Slot(time(3), 2)]).fairest(1)

    assert found.slots == (Slot(time(7), 2),)  # 08:00 in Berlin, on the same day
    assert found.worst.cost == 0


def test_cost_of_a_share_counts_its_calls():
    share = planner(Party(LOS_ANGELES), today=[Slot(time(7), 1)]).now().worst

    # 07:00 in London is 23:00 in Los Angeles, and 00:00 in the week between both changes.
    assert share.times() == (time(0), time(23))
    assert (share.count(Level.NIGHT), share.cost) == (13, 13 * USUAL_SCALE.night)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"parties": ()}, "no_zones"),
        ({"days": ()}, "invalid"),
        ({"today": ()}, "invalid"),
        ({"today": (Slot(time(17)),)}, "invalid"),
        ({"days": TUESDAYS * 5}, "too_many"),
        ({"parties": (Party(BERLIN, people=0),)}, "invalid"),
        ({"parties": (Party("Europe/Atlantis"),)}, "zone_unknown"),
    ],
)
def test_what_cannot_be_planned_is_refused(change, code):
    given = {
        "days": TUESDAYS,
        "zone": LONDON,
        "minutes": 60,
        "today": (Slot(time(17), 1),),
        "parties": (Party(BERLIN),),
    }

    with pytest.raises(Refused) as refused:
        Planner(**(given | change))

    assert refused.value.code == code


@pytest.mark.parametrize("turns", [0, 5])
def test_turns_are_between_one_and_four_and_no_more_than_calls(turns):
    with pytest.raises(Refused):
        planner(Party(BERLIN)).fairest(turns)
    with pytest.raises(Refused):
        planner(Party(BERLIN), days=TUESDAYS[:2]).fairest(3)
