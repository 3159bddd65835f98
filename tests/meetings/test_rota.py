"""Who is next: fair over a year, only the willing, and for a reason that is true. Pure."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime, time, timedelta
from itertools import permutations

from hypothesis import given, settings
from hypothesis import strategies as st

from folkmoot.meetings.domain.rota import Call, Served, Why, Willing, _assign, is_waking, propose

MODERATOR, SCRIBE, CRIER = 1, 2, 3
ROLES = (MODERATOR, SCRIBE, CRIER)
ADA, BEN, CLEO, DAN = 11, 12, 13, 14
FIRST = datetime(2026, 1, 7, 16, tzinfo=UTC)
LONG_AGO = date(2024, 1, 1)


def call(number: int = 0, roles=ROLES, **given) -> Call:
    starts_at = FIRST + timedelta(weeks=number)
    return Call(number, starts_at, starts_at.date(), tuple(roles), **given)


def willing(*people: int, roles=ROLES, since: date = LONG_AGO) -> list[Willing]:
    return [Willing(person, role, since) for person in people for role in roles]


def scribes(*calls: Call, ready, served=(), zones=None) -> list[int]:
    return [one.person for one in propose(calls, ready, served, zones or {})]


@settings(max_examples=30)
@given(people=st.integers(1, 9), roles=st.integers(1, 4), clocks=st.randoms(use_true_random=False))
def test_counts_over_a_year_differ_by_one_at_most_when_everybody_is_willing(people, roles, clocks):
    roles_of_group = tuple(range(1, roles + 1))
    everybody = range(100, 100 + max(people, roles))
    zones = {one: clocks.choice(["", "Asia/Tokyo", "Europe/Lisbon", "America/Los_Angeles"]) for one in everybody}

    found = propose(
        [call(number, roles_of_group) for number in range(52)],
        willing(*everybody, roles=roles_of_group, since=FIRST.date()),
        [],
        zones,
    )

    assert len(found) == 52 * roles
    for role in roles_of_group:
        counts = Counter(one.person for one in found if one.role == role)
        assert max(counts.values()) - min(counts[one] for one in everybody) <= 1
    assert all(not one.twice for one in found)


pairs = st.sets(st.tuples(st.integers(10, 15), st.sampled_from(ROLES)))


@settings(max_examples=50)
@given(ready=pairs, refused=pairs, busy=st.frozensets(st.integers(10, 15)))
def test_nobody_is_proposed_who_is_not_willing_or_was_asked_before(ready, refused, busy):
    one = call(busy=busy, not_again=frozenset((role, person) for person, role in refused))

    found = propose([one], [Willing(person, role, LONG_AGO) for person, role in ready], [], {})

    able = ready - refused
    assert {(p.person, p.role) for p in found} <= able
    assert {p.role for p in found} == {role for _person, role in able}
    assert found == propose([one], [Willing(person, role, LONG_AGO) for person, role in sorted(ready)], [], {})


costs = st.dictionaries(
    st.integers(0, 2), st.dictionaries(st.integers(10, 13), st.integers(0, 9), max_size=4), min_size=1, max_size=3
)


@settings(max_examples=60)
@given(costs)
def test_people_are_given_to_roles_as_well_as_can_be(costs):
    found = _assign(costs)

    everyone = [*range(10, 14), *[None] * len(costs)]
    ways = []
    for people in permutations(everyone, len(costs)):
        pairs = [(role, one) for role, one in zip(costs, people, strict=True) if one is not None]
        if all(one in costs[role] for role, one in pairs):
            ways.append((len(pairs), {role for role, _one in pairs}, sum(costs[role][one] for role, one in pairs)))
    assert len(found) == max(count for count, _roles, _cost in ways)
    assert len(set(found.values())) == len(found)
    assert sum(costs[role][one] for role, one in found.items()) == min(
        cost for _count, roles, cost in ways if roles == set(found)
    )


def test_whoever_had_it_longest_ago_is_next_and_it_is_said_so():
    served = [Served(ADA, SCRIBE, date(2025, 6, 3)), Served(BEN, SCRIBE, date(2025, 9, 2))]

    (found,) = propose([call(roles=[SCRIBE])], willing(ADA, BEN, roles=[SCRIBE]), served, {ADA: "Europe/Lisbon"})

    assert (found.person, found.why, found.last_on) == (ADA, Why.LONGEST, date(2025, 6, 3))
    assert (found.local, found.is_comfortable, found.twice) == (time(16), True, False)


def test_reasons_are_those_that_hold():
    ready = willing(ADA, BEN, roles=[SCRIBE])
    often = [Served(ADA, SCRIBE, date(2025, 6, 3)), *[Served(BEN, SCRIBE, date(2025, month, 1)) for month in (3, 4, 5)]]

    reasons = [
        propose([call(roles=[SCRIBE])], ready, [], {})[0],
        propose([call(roles=[SCRIBE])], ready, often, {})[0],
        propose([call(roles=[SCRIBE], busy=frozenset({ADA}))], ready, often[:1] * 2 + often[1:], {})[0],
        propose([call(roles=[SCRIBE], busy=frozenset({ADA}))], ready, [often[0], *[often[1]] * 3], {})[0],
    ]

    assert [(one.person, one.why) for one in reasons] == [
        (ADA, Why.FIRST),
        (ADA, Why.FEWEST),
        (BEN, Why.LONGEST),
        (BEN, Why.LONGEST),
    ]
    later = [Served(BEN, SCRIBE, date(2025, 12, 1)), *often]
    busy = propose([call(roles=[SCRIBE], busy=frozenset({ADA}))], ready, later, {})[0]
    assert (busy.person, busy.why) == (BEN, Why.FREE)


def test_a_call_in_somebodys_night_goes_to_somebody_who_is_awake_first():
    zones = {ADA: "Asia/Tokyo", BEN: "Europe/Lisbon"}  # 01:00 and 16:00

    found = propose([call(0, [SCRIBE]), call(1, [SCRIBE])], willing(ADA, BEN, roles=[SCRIBE]), [], zones)

    assert [(one.person, one.is_comfortable) for one in found] == [(BEN, True), (ADA, False)]
    assert [is_waking(time(hour)) for hour in (6, 7, 21, 22)] == [False, True, True, False]


def test_somebody_new_has_one_turn_and_then_waits_like_the_others():
    served = [
        Served(one, SCRIBE, FIRST.date() - timedelta(weeks=week))
        for week in range(1, 50, 2)
        for one in [(ADA, BEN, CLEO)[week // 2 % 3]]
    ]
    ready = [
        *willing(ADA, BEN, CLEO, roles=[SCRIBE]),
        *willing(DAN, roles=[SCRIBE], since=FIRST.date() - timedelta(days=9)),
    ]

    turns = scribes(*[call(number, [SCRIBE]) for number in range(0, 12, 2)], ready=ready, served=served)

    assert turns[0] == DAN
    assert turns.count(DAN) <= 2


def test_two_roles_at_one_call_only_while_too_few_are_willing():
    alone = propose([call()], willing(ADA), [], {})
    three = propose([call()], willing(ADA, BEN, CLEO), [], {})
    taken = propose([call(roles=[SCRIBE], busy=frozenset({ADA}))], willing(ADA, roles=[SCRIBE]), [], {})

    assert [(one.person, one.twice) for one in alone] == [(ADA, False), (ADA, True), (ADA, True)]
    assert {one.person for one in three} == {ADA, BEN, CLEO}
    assert [(one.person, one.twice) for one in taken] == [(ADA, True)]


def test_nobody_is_proposed_where_nobody_is_willing():
    assert propose([call()], [], [], {}) == []
