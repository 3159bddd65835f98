"""The stewards' page of how it is doing, and everyone's desk."""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta

import pytest

from folkmoot.desk.domain.finding import Finding
from folkmoot.desk.findings import backups_finding, documents_finding, layers_finding
from folkmoot.groups.models import Power
from tests.calendar.reading import words_of
from tests.calendar.test_layers import failing, layer
from tests.factories.groups import group, join
from tests.factories.meetings import meeting_group
from tests.factories.organisation import organisation
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _here(settings, tmp_path):
    organisation()
    settings.BACKUP_FOLDER = tmp_path


def test_overview_says_what_wants_attention(client):
    client.force_login(PersonFactory(is_steward=True))

    page = words_of(client.get("/steward/").content.decode())

    assert "Something wants your attention." in page
    assert "worker broken no worker runs" in page
    assert "ledger well every seal fits." in page


@pytest.mark.sqlite
def test_backups_are_fresh_old_or_missing(tmp_path):
    now = datetime(2026, 11, 26, 12, tzinfo=UTC)
    assert backups_finding(now).state == "warning"

    for name, age in (("folkmoot-20261120T030000Z.tar.gz", 6), ("folkmoot-20261123T030000Z.tar.gz", 3)):
        (tmp_path / name).write_bytes(b"")
        made = (now - timedelta(days=age)).timestamp()
        os.utime(tmp_path / name, (made, made))
    old = backups_finding(now)
    assert (old.state, "3 days old" in old.words) == ("warning", True)

    (tmp_path / "folkmoot-20261126T030000Z.tar.gz").write_bytes(b"")
    os.utime(tmp_path / "folkmoot-20261126T030000Z.tar.gz", (now.timestamp(), now.timestamp()))
    assert backups_finding(now).state == "well"


def test_calendar_that_cannot_be_read_is_found():
    from folkmoot.calendar.actions import read_layer

    assert layers_finding().words == "there are none."
    one = layer()
    assert layers_finding().state == "well"
    read_layer(one, now=datetime(2026, 11, 26, tzinfo=UTC), ask=failing)

    found = layers_finding()
    assert (found.state, found.words) == (
        "warning",
        "“Foundation” cannot be read: The server takes too long to answer.",
    )


def test_desk_of_someone_new_leads_to_the_groups(client):
    client.force_login(PersonFactory())

    assert "You take part in no group yet." in words_of(client.get("/me/").content.decode())


def test_desk_names_my_groups_once_each(client):
    ada = PersonFactory()
    for name in ("Lantern", "Oak"):
        join(ada, group(name, text=f"# {name}\n\n## Roles\n\n* **Participants**: Help.\n"))
    client.force_login(ada)

    page = words_of(client.get("/me/").content.decode())

    assert "Lantern · Oak" in page
    assert "You take part in no group yet." not in page


@pytest.mark.parametrize("count", [1, 3])
def test_desk_shows_the_next_calls_of_my_groups_at_the_same_cost(client, django_assert_num_queries, count):
    ada = PersonFactory()
    for number in range(count):
        join(ada, meeting_group(name=f"Group {number}"), Power.OBSERVE)
    other = meeting_group(name="Other")
    client.force_login(ada)
    client.get("/me/")

    # Session, person, groups twice, handovers, next calls; offers to lead, groups, charters, documents, consents;
    # who joins these calls, what was answered; notices, calls just over, calls that are on, polls, minutes to approve
    # and to write, tasks, steps, turns; running silences, objections, votes.
    with django_assert_num_queries(32):
        page = words_of(client.get("/me/").content.decode())

    assert page.count("Group 0") == 4  # among my groups, what is to be read in it, and two calls
    assert other.name not in page


def test_where_pango_is_missing_it_is_said_what_to_install(monkeypatch) -> None:
    monkeypatch.setattr("folkmoot.desk.findings.pdf_can_be_made", lambda: True)
    assert documents_finding().state == "well"

    monkeypatch.setattr("folkmoot.desk.findings.pdf_can_be_made", lambda: False)

    assert documents_finding() == Finding(
        "documents",
        "warning",
        "no PDF file can be made here. Install Pango (Debian: libpango-1.0-0 and libpangoft2-1.0-0), then restart.",
    )
