"""Export, import into an empty group, export: the same files, from the database and back."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest

from folkmoot.decisions.actions import show_decision
from folkmoot.decisions.models import Status
from folkmoot.groups.models import Group, Power
from folkmoot.ledger.actors import machine
from folkmoot.meetings.actions import (
    NotesWords,
    add_minutes_item,
    begin_minutes,
    bring_in_order,
    correct_item,
    note_guest,
    record_attendance,
    take_in_minutes,
    take_in_resolution,
)
from folkmoot.meetings.bringing_in import plan_for
from folkmoot.meetings.domain.minutes import (
    Counts,
    MinutesRecord,
    Names,
    OpeningText,
    ReadAction,
    ReadDecision,
    ReadItem,
    ReadLink,
    ReadPerson,
    Resolution,
    write_minutes,
    write_series,
)
from folkmoot.meetings.domain.minutes.matching import Answers, PlannedRecord
from folkmoot.meetings.models import AgendaItem, Meeting
from folkmoot.meetings.taking_out import all_files, public_files
from tests.factories.decisions import recorded
from tests.factories.groups import group as charter_group
from tests.factories.groups import join
from tests.factories.meetings import held_call, meeting_group
from tests.factories.organisation import organisation
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db

DAY = dt.date(2024, 3, 5)
TELLING = MinutesRecord(
    title="A call with\ta title",
    group="Lantern Working Group",
    status="approved",
    date=DAY,
    until=dt.date(2024, 3, 6),
    starts=dt.time(17, 0),
    ends=dt.time(9, 30),
    zone="somewhere",
    present=(
        ReadPerson("Ada Birch", "adab", "Labs", "chair", initials="AB"),
        ReadPerson("Cleo Dee", guest=True),
        ReadPerson("", "dan"),
        ReadPerson("\u200b"),
    ),
    regrets=(ReadPerson("Eve Fox"),),
    unnamed=3,
    stated_count=7,
    moderator="AB, Cleo Dee",
    scribe="Eve",
    texts=(OpeningText("Antitrust", "Read out.\n\n## Really"),),
    items=(
        ReadItem("", notes="Above all topics."),
        ReadItem("x" * 300, 10, "decide", "Ada Birch and Cleo Dee", "  indented\n\n- list\n"),
    ),
    decisions=(
        ReadDecision(
            "Buy lamps.\n\nTwo of them.", "vote", "carried", Counts(2, 0), Names(("Ada Birch", "Cleo Dee")), "AB", "Eve"
        ),
        ReadDecision("Sell the chair", "", ""),
        ReadDecision("Wait", outcome="deferred"),
    ),
    actions=(ReadAction("buy lamps", "Ada Birch", dt.date(2024, 4, 1)), ReadAction("rest", "everybody", done=True)),
    links=(ReadLink("Recording", "https://example.org/r"),),
    approved="2024-03-12",
)
BARE = MinutesRecord(date=dt.date(2024, 2, 1), items=(ReadItem("Lamps"),))
RESOLVED = (
    Resolution(4, 2023, "Lights stay on", "The lights stay on.", "adopted", "vote", "carried", dt.date(2023, 5, 6)),
    Resolution(
        None,
        None,
        "No number",
        "Doors stay shut.",
        "",
        "",
        "declined",
        dt.date(2023, 6, 1),
        names=Names(("Ada Birch",)),
    ),
)


@pytest.fixture(autouse=True)
def clock(freeze):
    clock = freeze("2026-11-23T12:00Z")
    organisation()
    return clock


def bring_in(group: Group, files: dict[str, str]) -> None:
    found = plan_for(group, files, answers=Answers(), by=machine())
    for one in found.all:
        take = take_in_minutes if isinstance(one, PlannedRecord) else take_in_resolution
        take(group, replace(one, looked_at=True), by=machine())


def same_name() -> Group:
    return Group.objects.create(slug="empty", name="Lantern")


def test_what_is_brought_in_comes_out_as_it_was():
    files = write_series([BARE, TELLING], RESOLVED)
    group, other = meeting_group(), same_name()

    bring_in(group, files)
    assert all_files(group) == files

    bring_in(other, all_files(group))
    assert all_files(other) == files


def test_minutes_written_here_come_back_into_an_empty_group(clock):
    group = meeting_group()
    ada = join(PersonFactory(name="Ada Birch"), group, Power.MANAGE)
    call = held_call(group, ended=dt.timedelta(hours=1))
    AgendaItem.objects.create(meeting=call, title="Lamps", minutes=15, kind="decide", owner=ada)
    record_attendance(call, ada, by=ada)
    note_guest(call, name="Cleo Dee", affiliation="Labs", by=ada)
    minutes = begin_minutes(call, by=ada)
    add_minutes_item(minutes, NotesWords("Else", "- The door\n- The key"), by=ada)
    recorded(group, rationale="People fell.")
    recorded(group, title="No", status=Status.DECLINED)
    before = all_files(group)

    other = same_name()
    bring_in(other, before)

    assert all_files(other) == before
    assert set(before) == {
        "2026-11-23-minutes.md", "resolutions/RESOLUTION-2026-01.md", "resolutions/RESOLUTION-2026-02.md", "README.md",
    }  # fmt: skip
    assert "with Ada Birch" in before["2026-11-23-minutes.md"]


def test_what_was_corrected_and_who_came_to_the_list_since_comes_out_too():
    group = meeting_group()
    ada = join(PersonFactory(name="Ada Birch"), group, Power.MANAGE)
    bring_in(group, write_series([BARE]))
    call = Meeting.objects.get(brought_in__isnull=False)

    correct_item(call.minutes.items.get(), notes="Two lamps.", why="It was left out.", version=1, by=ada)
    record_attendance(call, ada, by=ada, why="She was there.")

    (path,) = set(all_files(group)) - {"README.md"}
    expected = replace(BARE, items=(ReadItem("Lamps", notes="Two lamps."),), present=(ReadPerson("Ada Birch"),))
    assert all_files(group)[path] == write_series([expected])[path]


def test_in_public_only_what_everybody_may_read_goes_out():
    group = meeting_group()
    bring_in(group, write_series([TELLING], RESOLVED))

    assert set(public_files(group)) == {"README.md"}

    decision = group.decisions.get(year=2023, title="No number")
    show_decision(decision, by=machine())
    (path,) = set(public_files(group)) - {"README.md"}
    assert "Doors stay shut." in public_files(group)[path]
    assert "Ada" not in "".join(public_files(group).values())


REAL = Path(__file__).resolve().parents[3] / "shared" / "charters" / "community-engagement.md"


@pytest.mark.skipif(not REAL.exists(), reason="the real charter is not here")
def test_older_minutes_find_their_place_in_the_group_of_a_real_charter():
    group = charter_group(text=REAL.read_text(encoding="utf-8"))
    bring_in_order(group, by=machine())
    record = replace(TELLING, group=group.name)

    bring_in(group, write_series([replace(BARE, group=group.name), record], RESOLVED))

    assert Meeting.objects.filter(group=group, brought_in__isnull=False, minutes__state="brought_in").count() == 2
    assert group.decisions.filter(is_inside=True).count() == 4
    assert write_minutes(record) in all_files(group).values()
