"""The pages on which groups are proposed, arranged, closed and read afterwards."""

from __future__ import annotations

import pytest

from folkmoot.groups.actions.proposals import propose_group, take_up_proposal
from folkmoot.groups.actions.structure import close_group
from folkmoot.groups.models import Group, GroupProposal, Power
from folkmoot.ledger.actors import system
from tests.factories.groups import group, join
from tests.factories.organisation import organisation
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def lantern():
    organisation()
    return group()


@pytest.fixture
def steward(client, lantern):
    found = PersonFactory(is_steward=True)
    client.force_login(found)
    return found


def test_a_proposal_is_made_read_by_its_maker_and_taken_up(client, lantern):
    ada = PersonFactory()
    client.force_login(ada)
    made = client.post("/groups/propose/", {"name": "Kites", "why": "The wind is good."})
    path = GroupProposal.objects.get().get_absolute_url()
    hers = client.get(path).content.decode()
    client.force_login(PersonFactory())
    to_others = client.get(path).status_code
    client.force_login(PersonFactory(is_steward=True))
    taken = client.post(f"{path}take-up/", {"parent": lantern.pk, "managers": [ada.pk]})

    assert made["Location"] == path
    assert ("The wind is good." in hers, "Let it form" in hers) == (True, False)
    assert to_others == 404
    assert taken["Location"] == "/groups/kites/"
    assert "forming" in client.get("/groups/kites/").content.decode()
    assert Group.objects.get(slug="kites").parent == lantern


def test_a_proposal_is_declined_with_words(client, steward):
    proposal = propose_group(name="Kites", why="Wind.", by=PersonFactory())
    path = proposal.get_absolute_url()

    silent = client.post(f"{path}decline/", {"answer": ""})
    client.post(f"{path}decline/", {"answer": "There is no wind."})

    assert silent.status_code == 400
    assert "There is no wind." in client.get(path).content.decode()


def test_the_list_shows_who_answers_to_whom_and_closed_groups_apart(client, lantern):
    below = group("Below", text="# Below\n")
    Group.objects.filter(pk=below.pk).update(parent=lantern)
    take_up_proposal(propose_group(name="Kites", why="Wind.", by=PersonFactory()), parent=below, by=system())
    close_group(group("Old", text="# Old\n"), why="Done.", by=system())

    page = client.get("/groups/").content.decode()
    home = client.get("/").content.decode()

    order = [page.index(words) for words in (
        ">Lantern Working Group</a>", "Groups of Lantern Working Group", ">Below</a>", ">Kites</a>",
        "Closed groups", ">Old</a>",
    )]  # fmt: skip
    assert order == sorted(order)
    assert "It answers to Below." in page
    assert "forming" in page
    assert (">Below</a>" in home, ">Old</a>" in home) == (True, False)


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_for_any_number_of_groups(client, django_assert_num_queries, lantern, count):
    for number in range(count):
        made = group(f"Below {number}", text=f"# Below {number}\n")
        Group.objects.filter(pk=made.pk).update(parent=lantern)
    client.get("/preferences/")

    # The ledger's newest number, groups, their charters, their next calls, own and joined.
    with django_assert_num_queries(5):
        client.get("/groups/")


def test_a_closed_group_has_an_archive(client, lantern):
    join(PersonFactory(name="Ada Alder"), lantern, Power.MANAGE)
    close_group(lantern, why="The work is done.", by=system())

    page = client.get(f"/groups/{lantern.slug}/").content.decode()

    for words in ("Closed group", "The work is done.", "1 person took part.", "The charter, version 1"):
        assert words in page
    assert "Ada Alder" not in page
    assert client.get(f"/groups/{lantern.slug}/charter/").status_code == 200
    assert client.get(f"/groups/{lantern.slug}/meetings/").status_code == 200


def test_a_steward_renames_moves_closes_and_reopens(client, lantern, steward):
    other = group("Other", text="# Other\n")

    renamed = client.post(f"/groups/{lantern.slug}/administration/", {"name": "Lamp", "parent": other.pk})
    refused = client.post("/groups/other/administration/", {"name": "Other", "parent": lantern.pk})
    overview = client.get("/groups/administration/").content.decode()
    listed = client.get("/groups/lamp/close/").content.decode()
    client.post("/groups/lamp/close/", {"why": "The work is done."})
    state = Group.objects.get(slug="lamp").state
    silent = client.post("/groups/lamp/reopen/", {"why": ""})
    client.post("/groups/lamp/reopen/", {"why": "There is more."})

    assert renamed["Location"] == "/groups/lamp/administration/"
    assert refused.status_code == 400
    assert "would be a circle" in refused.content.decode()
    assert "Lamp" in overview
    assert "What is still open" in listed
    assert (state, silent.status_code, Group.objects.get(slug="lamp").state) == ("closed", 400, "forming")
