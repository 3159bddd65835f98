"""The page of an election: what matters in a state comes first, each reader's next step is in sight, nothing twice."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from django.test import Client

from folkmoot import governance
from folkmoot.governance.domain.days import Days, Step
from folkmoot.governance.models.elections import Election, ElectionState
from folkmoot.governance.models.officers import Duty, ElectionOfficer, OfficerState
from folkmoot.governance.models.rolls import Voter
from folkmoot.governance.panels.plan import step_lines
from folkmoot.groups.actions.seats import add_seat
from folkmoot.groups.models import Filling
from folkmoot.ledger.actors import system
from folkmoot.people.models import Person
from tests.factories.governance.elections import made_election
from tests.factories.groups import group, join
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db


def page(election: Election, reader: Person | None = None) -> str:
    client = Client()
    if reader is not None:
        client.force_login(reader)
    return " ".join(client.get(election.get_absolute_url()).content.decode().split())


def sections(html: str) -> list[str]:
    return re.findall(r'<section [^>]*class="section section-margin" id="([\w-]+)"', html)


@pytest.mark.parametrize(
    ("state", "first", "last"),
    [
        (ElectionState.ANNOUNCED, "days", "officers"),
        (ElectionState.OPEN, "voting", "days"),
        (ElectionState.CLOSED, "opening", "days"),
    ],
)
def test_what_matters_in_a_state_comes_first_and_the_days_last_once_people_vote(state, first, last):
    election = made_election(group(), state).election

    found = sections(page(election))

    assert (found[0], found[-1]) == (first, last)
    assert len(found) == page(election).count("<section ")


def test_the_days_are_short_and_all_of_them_can_be_unfolded():
    election = made_election(group(), ElectionState.OPEN).election

    days = page(election).partition('id="days"')[2]
    soon, _unfold, every = days.partition('id="all-days"')

    assert re.findall(r"</span><span>([A-Z][a-z ]+\w)", soon) == ["Voting", "Opening and counting"]
    assert (soon.count(">now<"), soon.count(">next<")) == (1, 1)
    assert every.partition("</ol>")[0].count("<li") == 11


def test_a_year_is_said_once_where_it_begins():
    days = {
        Step.CALL: Days(date(2026, 11, 1), date(2026, 11, 10)),
        Step.NOMINATIONS: Days(date(2026, 11, 1), date(2026, 11, 10)),
        Step.VOTING: Days(date(2026, 12, 20), date(2027, 1, 9)),
        Step.COUNT: Days(date(2027, 1, 10), date(2027, 1, 10)),
    }

    lines = step_lines(days, date(2026, 11, 2))

    assert [(line.words, line.labels, line.is_now, line.is_next) for line in lines] == [
        ("1 to 10 November", ("Call for candidates", "Nominations"), True, False),
        ("20 December to 9 January 2027", ("Voting",), False, True),
        ("10 January", ("Opening and counting",), False, False),
    ]


def test_who_is_asked_to_look_after_it_reads_so_first_and_nobody_else_does():
    election = made_election(group(), ElectionState.ANNOUNCED).election
    asked = ElectionOfficer.objects.create(election=election, person=PersonFactory(), duty=Duty.MONITOR)

    theirs, others = page(election, asked.person), page(election, PersonFactory())
    asked.state = OfficerState.ACCEPTED
    asked.save()

    assert (sections(theirs)[0], "You are asked to look after this election as monitor." in theirs) == (
        "next-step",
        True,
    )
    assert "next-step" not in sections(others)
    assert "next-step" not in sections(page(election, asked.person))


def test_the_roll_is_told_once_and_only_whoever_has_something_to_say_is_led_on():
    made = made_election(group(), ElectionState.OPEN)
    by_exception = made.voters[1]
    Voter.objects.filter(pk=by_exception.pk).update(by_exception=True)
    to_the_roll = f'{made.election.get_absolute_url()}roll/me/"'
    readers = (made.voters[0].person, by_exception.person, join(PersonFactory(), made.election.group))

    pages = [page(made.election, reader) for reader in readers]

    assert [html.count("You are on the roll") for html in pages] == [1, 1, 0]
    assert [to_the_roll in html for html in pages] == [False, True, True]


def test_an_hour_anywhere_on_earth_is_not_told_by_a_clock_that_nobody_reads():
    anywhere = made_election(group(), ElectionState.OPEN, zone="Etc/GMT+12").election
    somewhere = made_election(anywhere.group, ElectionState.OPEN, zone="Asia/Kolkata").election
    reader = PersonFactory(zone="Europe/Lisbon")

    assert "UTC-12" not in page(anywhere, reader)
    assert "Kolkata" in page(somewhere, reader)


def test_the_list_leads_to_empty_seats_where_there_are_seats():
    lantern = group()
    address = f"/groups/{lantern.slug}/elections/"
    to_empty_seats = f"/groups/{lantern.slug}/empty-seats/"

    without = Client().get(address).content.decode()
    add_seat(lantern, title="Chair", filling=Filling.ELECTED, by=system())

    assert to_empty_seats not in without
    assert to_empty_seats in Client().get(address).content.decode()


def test_what_sealing_protects_against_is_the_same_on_the_page_and_in_the_docs():
    top = Path(__file__).resolve().parents[2]
    template = Path(governance.__path__[0]) / "templates/governance/ballots/sealing.html"
    said = re.findall(r'{% translate "([^"]+)" %}', template.read_text(encoding="utf-8"))
    docs = (top / "docs/using/voting.md").read_text(encoding="utf-8")
    chapter = " ".join(re.sub(r"\[([^]]+)\]\([^)]+\)", r"\1", docs).replace("**", "").split())
    # The page goes on with the fingerprints themselves, the docs say where they stand.
    sentences = [one.partition(" These are their fingerprints")[0] for one in said]

    assert len(sentences) == 10
    assert [one for one in sentences if one not in chapter] == []
