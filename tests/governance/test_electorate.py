"""Elections for the people of the groups below: who votes and nominates, whom messages reach, who finds them."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from folkmoot.governance.actions.plan_messages import send_due, write_message
from folkmoot.governance.actions.rolls import add_criterion, freeze_roll, set_reach
from folkmoot.governance.listing import listed
from folkmoot.governance.models.elections import ElectionState
from folkmoot.governance.models.rolls import Voter, Whom
from folkmoot.governance.queries.electorate import electing_groups
from folkmoot.governance.queries.plan import people_of
from folkmoot.governance.queries.rolls import criteria_of, judge_voter, roll_now
from folkmoot.governance.queries.rolls_proxies import can_be_asked
from folkmoot.governance.rules.elections import may_see_election
from folkmoot.governance.rules.nominations import takes_part
from folkmoot.governance.rules.rolls import may_ask_exception
from folkmoot.groups.models import Participation, Power
from folkmoot.kit.errors import Refused
from folkmoot.notices.models import Telling
from tests.factories.governance.elections import made_election
from tests.factories.groups import group, join
from tests.factories.organisation import organisation
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db


class Cast:
    """A committee above a group above another one, and a group that answers to nobody; each with its people."""

    def __init__(self) -> None:
        organisation()
        self.committee = group("The committee")
        self.below, self.deeper, self.apart = group("Below"), group("Deeper"), group("Apart")
        self.below.parent, self.deeper.parent = self.committee, self.below
        self.below.save()
        self.deeper.save()
        self.officer = join(PersonFactory(name="Olga"), self.committee, Power.MANAGE)
        self.bea = join(PersonFactory(name="Bea"), self.below)
        self.dan = join(PersonFactory(name="Dan"), self.deeper)
        join(self.dan, self.below)
        self.wim = join(PersonFactory(name="Wim"), self.deeper, Power.OBSERVE)
        self.ann = join(PersonFactory(name="Ann"), self.apart)
        self.made = made_election(self.committee, officers=[self.officer])
        self.election = self.made.election

    def at(self, name: str) -> str:
        return reverse(name, args=[self.committee.slug, self.election.key])


@pytest.fixture
def cast() -> Cast:
    return Cast()


def names(people):
    return sorted(person.name for person in people)


def test_people_of_the_groups_below_elect_once_it_is_said_and_each_once(cast):
    now = timezone.now()
    alone = names(one.person for one in roll_now(cast.election, now).voters)
    apart = judge_voter(cast.election, cast.bea, now)

    set_reach(cast.election, below=True, by=cast.officer)

    cast.election.refresh_from_db()
    assert electing_groups(cast.election) == [cast.committee.pk, cast.below.pk, cast.deeper.pk]
    assert alone == ["Olga"]
    assert "Takes part in The committee on" in apart.reason
    assert names(one.person for one in roll_now(cast.election, now).voters) == ["Bea", "Dan", "Olga"]
    for person, allowed in ((cast.dan, True), (cast.wim, False), (cast.ann, False)):
        assert bool(judge_voter(cast.election, person, now)) == allowed
    said = judge_voter(cast.election, cast.wim, now).findings[1].found
    assert said == "Takes part as: Observers (Deeper)."
    found = judge_voter(cast.election, cast.ann, now).findings[0]
    assert "in a group that answers to it" in found.asked
    assert found.can_do == "Joining a group is possible on its page."
    freeze_roll(cast.election)
    assert names(voter.person for voter in Voter.objects.all()) == ["Bea", "Dan", "Olga"]


def test_they_nominate_ask_hold_votes_and_are_written_to(cast):
    now = timezone.now()

    def may(person):
        return (
            bool(takes_part(person, cast.election)),
            bool(may_ask_exception(person, cast.election, now)),
            person in people_of(cast.election),
            person in can_be_asked(cast.bea, cast.election),
        )

    before = may(cast.dan)
    set_reach(cast.election, below=True, by=cast.officer)
    cast.election.refresh_from_db()

    assert before == (False,) * 4
    assert may(cast.dan) == (True,) * 4
    # Bea is in no group with them, so nobody tells her that they are there.
    assert may(cast.wim) == may(cast.officer) == (True, True, True, False)
    assert may(cast.ann) == (False,) * 4
    write_message(cast.election, "call_for_candidates")
    assert send_due(now + timedelta(days=1)) == 4
    told = Telling.objects.filter(kind="governance.election_message")
    assert names(one.person for one in told) == ["Bea", "Dan", "Olga", "Wim"]
    Participation.objects.filter(person=cast.dan).update(ended_at=now)
    assert may(cast.dan) == (False,) * 4


def test_what_followed_from_the_charter_is_asked_anew_and_what_people_said_stays(cast):
    set_reach(cast.election, below=True, by=cast.officer)
    cast.election.refresh_from_db()
    assert [one.name for one in criteria_of(cast.election, Whom.VOTERS)] == ["not_observer"]
    add_criterion(cast.election, Whom.VOTERS, "office", {"holds": "no"}, by=cast.officer)

    set_reach(cast.election, below=False, by=cast.officer)
    set_reach(cast.election, below=False, by=cast.officer)

    cast.election.refresh_from_db()
    assert not cast.election.reaches_below
    assert [one.name for one in cast.election.criteria.filter(whom=Whom.VOTERS)][-1] == "office"
    with pytest.raises(Refused) as refused:
        set_reach(cast.election, below=True, by=cast.bea)
    assert refused.value.code == "forbidden"
    opened = made_election(cast.committee, ElectionState.OPEN, officers=[cast.officer]).election
    with pytest.raises(Refused) as refused:
        set_reach(opened, below=True, by=cast.officer)
    assert refused.value.code == "forbidden"


def test_group_below_lists_it_and_draft_and_practice_stay_where_they_are(cast, client):
    now = timezone.now()
    draft = made_election(cast.committee, ElectionState.DRAFT, title="Draft", reaches_below=True).election
    practice = made_election(cast.committee, title="Practice", kind="practice", reaches_below=True).election
    assert [line.election for line in listed(cast.deeper, cast.dan, now)] == [practice]
    leader = join(PersonFactory(), cast.deeper, Power.MANAGE)

    set_reach(cast.election, below=True, by=cast.officer)

    for reader, shown in ((None, {cast.election}), (leader, {cast.election, practice}), (cast.ann, {cast.election})):
        assert {line.election for line in listed(cast.deeper, reader, now)} == shown
    assert may_see_election(cast.dan, practice)
    assert not may_see_election(cast.ann, practice)
    assert not may_see_election(cast.dan, draft)
    assert listed(cast.apart, cast.dan, now) == []
    assert "The committee" in client.get(f"/groups/{cast.deeper.slug}/elections/").content.decode()


def test_who_elects_is_chosen_on_a_page_where_groups_are_below(cast, client):
    client.force_login(cast.officer)
    page = client.get(cast.at("roll_criteria")).content.decode()
    nothing = client.post(cast.at("set_election_reach"), {})
    chosen = client.post(cast.at("set_election_reach"), {"below": "yes"}, follow=True).content.decode()
    public = client.get(cast.election.get_absolute_url()).content.decode()
    alone = made_election(cast.apart, officers=[cast.officer]).election
    without = client.get(reverse("roll_criteria", args=[cast.apart.slug, alone.key])).content.decode()

    assert "of those that answer to it" in page
    assert nothing.status_code == 400
    assert "This is kept." in chosen
    assert "Whoever takes part in The committee or in a group that answers to it, and:" in public
    assert "Of which groups" not in without
