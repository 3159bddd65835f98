"""Decisions that were brought in: for people of the group, until somebody who leads it shows them."""

from __future__ import annotations

import datetime as dt

import pytest

from folkmoot.decisions.actions import record_decision, show_decision
from folkmoot.decisions.models import Decision, Status
from folkmoot.decisions.own_search import decisions as sought
from folkmoot.decisions.report_part import decided
from folkmoot.kit.errors import Refused
from folkmoot.ledger.actors import machine
from folkmoot.people.domain.seeking import read_words
from folkmoot.plan.domain.periods import Month
from tests.factories.decisions import recorded, wording
from tests.factories.meetings import actor
from tests.factories.plan import last_entry, told_since

pytestmark = pytest.mark.django_db

DAY = dt.date(2021, 3, 4)


@pytest.fixture
def kept(lantern) -> Decision:
    return record_decision(lantern, wording(), on_day=DAY, number=9, is_inside=True, by=machine())


def test_what_is_brought_in_keeps_its_number_and_is_told_to_the_group_alone(lantern, ada):
    before = last_entry()

    first = record_decision(lantern, wording(), on_day=DAY, number=9, is_inside=True, by=ada)
    again = record_decision(lantern, wording(), on_day=DAY, number=9, is_inside=True, by=ada)
    declined = record_decision(
        lantern, wording(), on_day=DAY, status=Status.DECLINED, reason="So it says.", is_inside=True, by=ada
    )

    assert [one.label for one in (first, again, declined)] == ["2021-9", "2021-10", "2021-11"]
    assert (first.proposed_by, first.settled_by) == (None, ada)
    assert told_since(before) == ["decisions.brought_in"] * 3


@pytest.mark.parametrize("who", ["stranger", "observer", "manager", "other group's manager"])
def test_only_people_of_the_group_find_and_read_it(client, lantern, kept, who):
    recorded(lantern, title="Doors stay open", on_day=DAY)
    reader = actor(who, lantern)
    client.force_login(reader)
    inside = who in ("observer", "manager")

    page = client.get(kept.get_absolute_url())
    file = client.get(f"/groups/{lantern.slug}/decisions/{kept.label}.md")
    listed = client.get(f"/groups/{lantern.slug}/decisions/")
    found = [one.title for one in sought(reader, read_words("lights")) if one.title == kept.title]

    assert page.status_code == file.status_code == (200 if inside else 404)
    assert ("Lights stay on" in listed.content.decode(), len(found)) == (inside, int(inside))
    assert "Doors stay open" in listed.content.decode()


def test_nobody_outside_reads_it_in_feed_list_or_report(client, lantern, kept):
    assert client.get(kept.get_absolute_url()).status_code == 404
    assert "Lights" not in client.get(f"/groups/{lantern.slug}/decisions/").content.decode()
    assert "Lights" not in client.get(f"/groups/{lantern.slug}/decisions/feed.atom").content.decode()
    assert decided(lantern, Month(2021, 3)) == ""


def test_who_leads_shows_it_once(client, lantern, ada, ben, kept):
    with pytest.raises(Refused):
        show_decision(kept, by=ben)
    client.force_login(ada)
    before = last_entry()

    shown = client.post(f"/groups/{lantern.slug}/decisions/{kept.label}/show/")
    show_decision(kept, by=ada)

    assert shown.url == kept.get_absolute_url()
    assert told_since(before) == ["decisions.shown"]
    client.logout()
    assert client.get(kept.get_absolute_url()).status_code == 200
