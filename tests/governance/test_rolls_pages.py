"""The pages about rolls: why one may vote, what is asked, the roll for those who look after it, exceptions, proxies."""

from __future__ import annotations

import pytest
from django.urls import reverse
from django.utils import timezone

from folkmoot.governance.actions.rolls import allow_proxies
from folkmoot.governance.domain.roll_lines import is_line_of
from folkmoot.governance.models.elections import ElectionState
from folkmoot.governance.models.rolls import Voter
from folkmoot.governance.models.rolls_exceptions import Proxy, RollException
from folkmoot.groups.models import Power
from folkmoot.people.models import Person
from tests.factories.governance.elections import made_election
from tests.factories.groups import group, join
from tests.factories.organisation import organisation
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db


class Cast:
    """An announced election with an officer, a voter and an observer."""

    def __init__(self) -> None:
        organisation()
        self.group = group()
        self.officer = join(PersonFactory(name="Olga"), self.group, Power.MANAGE)
        self.ada = join(PersonFactory(name="Ada"), self.group)
        self.wim = join(PersonFactory(name="=Wim"), self.group, Power.OBSERVE)
        self.election = made_election(self.group, officers=[self.officer]).election

    def at(self, name: str, *more: object) -> str:
        return reverse(name, args=[self.group.slug, self.election.key, *more])


@pytest.fixture
def cast() -> Cast:
    return Cast()


def test_observer_reads_why_and_asks_and_appeals_and_may_vote(cast, client):
    second = join(PersonFactory(name="Uma"), cast.group)
    cast.election.officers.create(person=second, duty="officer", state="accepted")
    client.force_login(cast.wim)
    before = client.get(cast.at("roll_me")).content.decode()
    nothing = client.post(cast.at("ask_roll_exception"), {"reason": ""})
    client.post(cast.at("ask_roll_exception"), {"reason": "I keep the library."})
    asked = RollException.objects.get(person=cast.wim)
    client.force_login(cast.officer)
    there = client.get(cast.at("roll_exceptions")).content.decode()
    wrong = client.post(cast.at("answer_roll_exception", asked.pk), {f"{asked.pk}-granted": "no"})
    client.post(
        cast.at("answer_roll_exception", asked.pk), {f"{asked.pk}-granted": "no", f"{asked.pk}-why": "Too new."}
    )
    client.force_login(cast.wim)
    refused = client.get(cast.at("roll_me")).content.decode()
    client.post(cast.at("appeal_roll_exception"), {"reason": "Please look again."})
    client.force_login(second)
    client.post(cast.at("answer_roll_exception", asked.pk), {f"{asked.pk}-granted": "yes", f"{asked.pk}-why": "Yes."})
    client.force_login(cast.wim)
    after = client.get(cast.at("roll_me")).content.decode()

    assert "As things stand, you will not be on the roll" in before
    assert "Is in the group as: Observers." in before
    assert (nothing.status_code, wrong.status_code) == (400, 400)
    assert "I keep the library." in there
    assert "Too new." in refused
    assert "Ask for a second answer" in refused
    assert "The officers let you vote by exception." in after


def test_what_is_asked_is_changed_on_a_page_of_forms(cast, client):
    client.force_login(cast.officer)
    add = cast.at("add_roll_criterion", "voters", "takes_part_since")
    wrong = client.post(add, {"number": "1", "unit": "months", "before": "day"})
    client.post(add, {"number": "1", "unit": "months", "before": "nominations", "more": "on"})
    bare = client.post(cast.at("add_roll_criterion", "voters", "role"), {})
    client.post(cast.at("take_roll_suggestions"))
    client.post(cast.at("allow_proxies"), {"most": "2"})
    since, suggested, _proxies = cast.election.criteria.all()
    client.post(cast.at("change_roll_criterion", suggested.pk, "up"))
    page = client.get(cast.at("roll_criteria")).content.decode()
    public = client.get(cast.election.get_absolute_url()).content.decode()
    client.post(cast.at("change_roll_criterion", since.pk, "remove"))
    unknown = client.post(cast.at("change_roll_criterion", suggested.pk, "sideways"))
    limit = client.get(cast.at("add_roll_criterion", "voters", "term_limit"))

    assert (wrong.status_code, bare.status_code, unknown.status_code, limit.status_code) == (400, 400, 404, 404)
    assert "Please give the day." in wrong.content.decode()
    assert since.given == {"number": 1, "unit": "months", "before": "nominations", "more": True}
    assert page.index("Does more than observe.") < page.index("Has taken part for more than 1 month")
    assert "Has taken part for more than 1 month when nominations open" in public
    assert [one.name for one in cast.election.criteria.all()] == ["not_observer", "proxies"]


def test_roll_is_searched_and_its_file_holds_no_formula(cast, client, django_assert_num_queries):
    client.force_login(cast.officer)
    client.get(cast.at("election_roll"))
    with django_assert_num_queries(16):
        page = client.get(cast.at("election_roll")).content.decode()
    for number in range(3):
        join(PersonFactory(name=f"Voter {number}"), cast.group)
    with django_assert_num_queries(16):
        client.get(cast.at("election_roll"))

    found = client.get(cast.at("election_roll"), {"q": "ÁDA"}).context["page"].object_list
    file = client.get(cast.at("roll_table"))

    assert "As things stand, 2 people may vote." in page
    assert ">Why<" in page
    assert [cells[0] for _line, cells in found] == ["Ada"]
    assert "\r\n'=Wim,no," in file.content.decode()


def test_frozen_roll_is_read_by_officers_and_strangers_learn_nothing_of_others(cast, client):
    opened = made_election(cast.group, ElectionState.OPEN, officers=[cast.officer], voters=[cast.ada]).election
    at = [cast.group.slug, opened.key]
    client.force_login(cast.ada)
    mine = client.get(reverse("roll_me", args=at)).content.decode()
    closed = [client.get(reverse(name, args=at)).status_code for name in ("election_roll", "roll_table")]
    client.force_login(PersonFactory())
    theirs = client.get(reverse("roll_me", args=at), {"person": cast.ada.pk}).content.decode()
    page = client.get(opened.get_absolute_url()).content.decode()
    client.force_login(cast.officer)
    roll = client.get(reverse("election_roll", args=at)).content.decode()
    file = client.get(reverse("roll_table", args=at)).content.decode().splitlines()
    Voter.objects.filter(election=opened).update(line=file[1].split(",")[2].replace("\t", "\t0"))
    forged = client.get(reverse("election_roll", args=at)).content.decode()

    assert "You are on the roll" in mine
    assert closed == [403, 403]
    assert ("You are not on the roll" in theirs, "Ada" in theirs) == (True, False)
    assert ("1 person is on the roll, which is frozen." in page, "Ada</" in page) == (True, False)
    assert "1 person may vote. The roll is frozen." in roll
    assert ">Why<" not in roll
    assert "Its lines give the hash that was frozen when voting opened." in roll
    assert "This is not the roll that was frozen" in forged
    voter_line = file[1].split(",")
    assert is_line_of(voter_line[2], cast.ada.pk, "Ada", voter_line[3])


def test_exceptions_are_read_in_as_many_queries_for_three_as_for_one(cast, client, django_assert_num_queries):
    client.force_login(cast.officer)

    def ask(person: Person) -> None:
        RollException.objects.create(election=cast.election, person=person, reason="Please.", asked_at=timezone.now())

    ask(cast.wim)
    client.get(cast.at("roll_exceptions"))
    with django_assert_num_queries(9):
        client.get(cast.at("roll_exceptions"))
    for _number in range(2):
        ask(join(PersonFactory(), cast.group, Power.OBSERVE))
    with django_assert_num_queries(9):
        page = client.get(cast.at("roll_exceptions")).content.decode()

    assert page.count("Yes, let them vote") == 3


def test_vote_is_given_taken_and_taken_back_on_pages(cast, client):
    bo = join(PersonFactory(name="Bo"), cast.group)
    client.force_login(cast.ada)
    closed = client.get(cast.at("roll_proxy")).content.decode()
    allow_proxies(cast.election, 1, by=cast.officer)
    client.post(cast.at("roll_proxy"), {"holder": bo.pk})
    given = Proxy.objects.get(giver=cast.ada)
    again = client.post(cast.at("roll_proxy"), {"holder": bo.pk})
    client.force_login(bo)
    asked = client.get(cast.at("roll_proxy")).content.decode()
    client.post(cast.at("change_roll_proxy", given.pk, "accept"))
    client.force_login(cast.ada)
    taken = client.get(cast.at("roll_proxy")).content.decode()
    nonsense = client.post(cast.at("change_roll_proxy", given.pk, "burn"))
    client.post(cast.at("change_roll_proxy", given.pk, "back"))

    assert "In this election everybody votes for themselves." in closed
    assert (again.status_code, nonsense.status_code) == (400, 404)
    assert "Yes, I vote for them" in asked
    assert "may cast your vote." in taken
    given.refresh_from_db()
    assert (given.state, given.ended_at <= timezone.now()) == ("taken_back", True)
