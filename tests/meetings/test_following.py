"""Calls that were set apart from the charter, and go back to it."""

from __future__ import annotations

import datetime as dt

import pytest

from folkmoot.groups.actions import adopt_amendment
from folkmoot.groups.following import FOLLOWED, followed
from folkmoot.groups.models import Group, Power
from folkmoot.groups.queries import charter_in_force
from folkmoot.kit.errors import Refused
from folkmoot.ledger.actors import system
from folkmoot.ledger.models import Entry
from folkmoot.meetings.actions import bring_in_order, change_series, return_to_charter
from folkmoot.meetings.models import SeriesChange
from folkmoot.meetings.queries import upcoming_meetings
from tests.factories.amendments import proposal
from tests.factories.groups import CHARTER, group, join
from tests.factories.organisation import organisation
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db
LATER = dt.date(2026, 12, 20)
HOUR = dt.timedelta(minutes=60)


@pytest.fixture
def lantern(freeze) -> Group:
    freeze("2026-11-26T10:00Z")
    organisation()
    made = group()
    bring_in_order(made, by=system())
    return made


@pytest.fixture
def chair(lantern):
    return join(PersonFactory(), lantern, Power.MANAGE)


def coming(lantern: Group) -> list[tuple[str, str, int]]:
    """Day, wall time with zone, and minutes of the next calls."""
    found = upcoming_meetings(lantern, now=dt.datetime(2026, 11, 26, 10, tzinfo=dt.UTC))[:4]
    return [
        (f"{one.starts:%m-%d}", f"{one.starts:%H:%M} {one.zone}", round(one.duration.total_seconds() / 60))
        for one in found
    ]


def differences(lantern: Group) -> list[str]:
    return [one.set_here for one in followed(lantern, charter_in_force(lantern)) if one.differs]


def at_ten(lantern: Group, by, **changes) -> None:
    wanted = {"from_day": LATER, "local_time": dt.time(10), "zone": "America/Los_Angeles", "duration": HOUR, **changes}
    change_series(lantern, 0, by=by, **wanted)


def test_all_calls_from_a_day_on_are_otherwise_and_the_earlier_ones_stay(lantern, chair):
    at_ten(lantern, chair, duration=dt.timedelta(minutes=45))

    here = "America/Los_Angeles"
    assert coming(lantern) == [
        ("12-09", f"08:00 {here}", 60),
        ("12-23", f"10:00 {here}", 45),
        ("01-06", f"10:00 {here}", 45),
        ("01-20", f"10:00 {here}", 45),
    ]
    assert differences(lantern) == ["every second Wednesday at 10:00, Los Angeles time, for 45 minutes"]
    fact = Entry.objects.get(kind="meetings.series_changed")
    assert (fact.actor, fact.payload["local_time"], fact.payload["zone"], fact.payload["minutes"]) == (
        chair, "10:00", "", 45,
    )  # fmt: skip


def test_doing_it_again_and_bringing_in_order_changes_nothing(lantern, chair):
    at_ten(lantern, chair)
    before = coming(lantern), Entry.objects.count()

    bring_in_order(lantern, by=system())

    assert (coming(lantern), Entry.objects.count()) == before


def test_going_back_makes_them_as_the_charter_says(lantern, chair):
    before = coming(lantern)
    at_ten(lantern, chair)

    return_to_charter(lantern, 0, from_day=LATER, by=chair)
    return_to_charter(lantern, 0, from_day=LATER, by=chair)

    assert [(day, clock) for day, clock, _minutes in coming(lantern)] == [(day, clock) for day, clock, _m in before]
    assert differences(lantern) == []
    assert Entry.objects.filter(kind="meetings.series_follows_charter").count() == 1


def test_setting_what_the_charter_says_is_no_difference(lantern, chair):
    at_ten(lantern, chair, local_time=dt.time(8))

    assert not SeriesChange.objects.exists()


def test_amendment_of_the_same_meeting_ends_the_difference_and_another_one_leaves_it(lantern, chair):
    at_ten(lantern, chair)

    adopt_amendment(proposal(lantern, CHARTER.replace("Words that everyone can read", "Words")), by=chair, reason="x")
    bring_in_order(lantern, by=system())
    assert len(differences(lantern)) == 1

    text = CHARTER.replace("08:00", "10:00")
    adopt_amendment(proposal(lantern, text), by=chair, reason="As we do.", in_force_from=dt.date(2026, 12, 21))
    bring_in_order(lantern, by=system())
    assert coming(lantern)[1][1] == "10:00 America/Los_Angeles"
    assert SeriesChange.objects.count() == 1


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"from_day": dt.date(2026, 11, 25)}, "past"),
        ({"duration": dt.timedelta(minutes=1)}, "invalid"),
        ({"zone": "Nowhere/Land"}, "zone_unknown"),
    ],
)
def test_what_cannot_be_is_refused(lantern, chair, change, code):
    with pytest.raises(Refused) as refused:
        at_ten(lantern, chair, **change)

    assert refused.value.code == code
    assert not SeriesChange.objects.exists()


def test_only_those_who_lead_change_all_calls(lantern):
    for who in (PersonFactory(), join(PersonFactory(), lantern), join(PersonFactory(), lantern, Power.OBSERVE)):
        with pytest.raises(Refused) as refused:
            at_ten(lantern, who)
        assert refused.value.code == "forbidden"


def test_difference_is_said_on_the_calls_page_and_on_the_page_of_clauses(client, lantern, chair):
    client.force_login(chair)
    url = f"/groups/{lantern.slug}/meetings/series/0/"
    sent = {"from_day": "2026-12-20", "at": "10:00", "zone": "America/Los_Angeles", "minutes": "60"}
    sent |= {"kind": "weeks", "every": "2", "weekdays": "2"}

    assert "The charter says: every second Wednesday at 08:00" in client.get(url).content.decode()
    client.post(url, sent)

    for address in (f"/groups/{lantern.slug}/meetings/", f"/groups/{lantern.slug}/clauses/", url):
        assert "Differs from the charter" in client.get(address).content.decode()
    assert client.post(url, {**sent, "from_day": "2026-11-01"}).status_code == 400
    client.post(url, {**sent, "back": "1"})
    assert "Differs from the charter" not in client.get(f"/groups/{lantern.slug}/meetings/").content.decode()
    assert client.get(f"/groups/{lantern.slug}/meetings/series/7/").status_code == 404


def test_every_rule_on_the_pages_has_its_clause(lantern):
    rows = followed(lantern, charter_in_force(lantern))

    assert [name for name, _order, _by in FOLLOWED.describe()] == ["groups", "meetings"]
    assert {"Purpose", "Objective", "Who may join", "The year", "Role: Managers", "Regular calls"} <= {
        row.label for row in rows
    }
    assert all(row.clause_path.startswith(f"/groups/{lantern.slug}/charter/") for row in rows)
