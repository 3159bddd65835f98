"""How groups come about, stand to each other, are called, end and begin again: who may, what follows, what is told."""

from __future__ import annotations

import datetime as dt
import threading

import pytest
from django.db import connections

from folkmoot.groups.actions import give_role, managing_role, structure
from folkmoot.groups.actions.handover import begin_handover
from folkmoot.groups.actions.proposals import MOST_OPEN, decline_proposal, propose_group, take_up_proposal
from folkmoot.groups.actions.seats import add_seat, begin_term
from folkmoot.groups.actions.structure import activate_group, close_group, rename_group, reopen_group, set_parent
from folkmoot.groups.intake import apply, take_in
from folkmoot.groups.models import Begun, Group, GroupProposal, Participation, Power, Term, UnownedHolding
from folkmoot.groups.queries import ancestors, has_power, managers_of
from folkmoot.groups.rules import is_joinable, is_open_for_work, may_manage
from folkmoot.kit.errors import Refused
from folkmoot.ledger.actors import system
from folkmoot.ledger.models import Entry
from folkmoot.notices.models import Telling
from tests.factories.groups import CHARTER, group, join, role
from tests.factories.meetings import actor
from tests.factories.organisation import organisation
from tests.factories.people import PersonFactory

ACTORS = [
    "stranger", "observer", "participant", "manager", "other group's manager", "former manager", "manager above",
    "steward", "system", "machine",
]  # fmt: skip
OVERSEE = {"manager above", "steward", "system", "machine"}


def named(name: str, parent: Group | None = None) -> Group:
    made = group(name, text=f"# {name}\n\n## Roles\n\n* **Managers**: Lead.\n")
    Group.objects.filter(pk=made.pk).update(parent=parent)
    made.refresh_from_db()
    return made


@pytest.fixture
def above(db) -> Group:
    organisation()
    return named("Steering")


@pytest.fixture
def lantern(above) -> Group:
    made = group()
    Group.objects.filter(pk=made.pk).update(parent=above)
    made.refresh_from_db()
    return made


def told(kind: str) -> list[Entry]:
    return list(Entry.objects.filter(kind=f"groups.{kind}").order_by("pk"))


def refusal(act, *args, **given) -> str:
    with pytest.raises(Refused) as refused:
        act(*args, **given)
    return refused.value.code


def outcome(act) -> str:
    try:
        act()
    except Refused as refused:
        return refused.code
    return "done"


def acting(who: str, lantern: Group):
    return join(PersonFactory(), lantern.parent, Power.MANAGE) if who == "manager above" else actor(who, lantern)


@pytest.mark.parametrize("who", ACTORS)
def test_only_those_who_oversee_a_group_rename_move_close_and_reopen_it(lantern, who):
    by = acting(who, lantern)
    below = named("Below", lantern.parent)
    acts = [
        lambda: rename_group(lantern, name="Lamp", by=by),
        lambda: set_parent(below, lantern, by=by),
        lambda: set_parent(below, lantern.parent, by=by),
        lambda: close_group(lantern, why="Done.", by=by),
        lambda: reopen_group(lantern, why="Not done.", by=by),
    ]

    assert [outcome(act) for act in acts] == ["done" if who in OVERSEE else "forbidden"] * len(acts)


@pytest.mark.parametrize("who", ACTORS)
def test_only_a_steward_lets_a_group_answer_to_none(lantern, who):
    expected = "done" if who in OVERSEE - {"manager above"} else "forbidden"

    assert outcome(lambda: set_parent(lantern, None, by=acting(who, lantern))) == expected


def test_no_circles_and_five_levels_at_most(above):
    line = [above]
    for number in range(2, 6):
        line.append(named(f"Level {number}", line[-1]))
    alone = named("Alone")

    assert refusal(set_parent, above, line[2], by=system()) == "circle"
    assert refusal(set_parent, alone, line[4], by=system()) == "too_deep"
    assert refusal(set_parent, above, alone, by=system()) == "too_deep"
    set_parent(alone, line[3], by=system())
    set_parent(alone, line[3], by=system())

    alone.refresh_from_db()
    assert [one.name for one in ancestors(alone)] == ["Level 4", "Level 3", "Level 2", "Steering"]
    assert [(e.payload["parent"], e.changes["parent"]) for e in told("moved")] == [("Level 4", [None, line[3].pk])]


def test_old_addresses_lead_to_a_renamed_group_for_good(client, lantern):
    rename_group(lantern, name="Lamp", by=system())
    rename_group(lantern, name="Torch", by=system())

    moved = [client.get(f"/groups/{slug}/{rest}") for slug, rest in (
        ("lantern-working-group", ""), ("lamp", "charter/?view=source"), ("lamp", "charter.md"),
    )]  # fmt: skip

    assert [(answer.status_code, answer["Location"]) for answer in moved] == [
        (301, "/groups/torch/"), (301, "/groups/torch/charter/?view=source"), (301, "/groups/torch/charter.md"),
    ]  # fmt: skip
    assert client.get("/groups/never/").status_code == 404
    assert client.get("/groups/lamp/no-such-page/").status_code == 301
    assert client.get("/groups/torch/no-such-page/").status_code == 404
    assert group("Lamp", text="# Lamp\n").slug == "lamp-2"


def test_a_group_may_have_its_own_old_name_again(lantern):
    was = lantern.slug
    rename_group(lantern, name="Lamp", by=system())
    rename_group(lantern, name="Lantern Working Group", by=system())

    lantern.refresh_from_db()
    assert lantern.slug == was
    assert [old.slug for old in lantern.old_slugs.all()] == ["lamp"]


@pytest.mark.parametrize(("name", "code"), [("steering", "name_taken"), (" \u200b ", "invalid")])
def test_names_that_cannot_be_leave_the_group_as_it_was(lantern, name, code):
    assert refusal(rename_group, lantern, name=name, by=system()) == code
    lantern.refresh_from_db()
    assert (lantern.name, lantern.slug) == ("Lantern Working Group", "lantern-working-group")


def test_closing_ends_all_that_is_open_in_one_go(lantern, things):
    ada, ben = join(PersonFactory(), lantern, Power.MANAGE), join(PersonFactory(), lantern)
    term = begin_term(add_seat(lantern, title="Chair", by=system()), ada, how=Begun.ELECTED, by=system())
    handover = begin_handover(lantern, by=ada)
    things.owner = {"lamp": ben}
    Telling.objects.all().delete()

    close_group(lantern, why="The work is done.", by=system())
    close_group(lantern, why="Again.", by=system())

    for row in (lantern, term, handover):
        row.refresh_from_db()
    assert (lantern.state, lantern.state_why) == ("closed", "The work is done.")
    assert (term.ended_because, handover.state) == ("closed", "withdrawn")
    assert not Participation.objects.filter(ended_at=None).exists()
    assert [one.words for one in UnownedHolding.objects.all()] == ["the lamp"]
    assert [entry.payload["why"] for entry in told("closed")] == ["The work is done."]
    assert set(Telling.objects.filter(kind="groups.closed").values_list("person", flat=True)) == {ada.pk, ben.pk}


def test_an_heir_takes_what_was_held(lantern, above, things):
    ben, heir = join(PersonFactory(), lantern), join(PersonFactory(), above, Power.MANAGE)
    things.owner = {"lamp": ben}

    close_group(lantern, why="Done.", heir=heir, by=heir)

    assert things.owner == {"lamp": heir}
    assert not UnownedHolding.objects.exists()


def test_closed_groups_refuse_every_change(lantern):
    ada = join(PersonFactory(), lantern, Power.MANAGE)
    seat = add_seat(lantern, title="Chair", by=system())
    stale = Group.objects.get(pk=lantern.pk)
    close_group(lantern, why="Done.", by=system())
    lantern.refresh_from_db()
    acts = [
        lambda: give_role(ada, stale, role(lantern, Power.MANAGE), by=system()),
        lambda: add_seat(stale, title="Clerk", by=system()),
        lambda: begin_term(seat, ada, how=Begun.ELECTED, by=system()),
        lambda: rename_group(stale, name="Lamp", by=system()),
        lambda: set_parent(stale, None, by=system()),
        lambda: set_parent(named("Other"), stale, by=system()),
        lambda: begin_handover(lantern, by=ada),
        lambda: activate_group(stale, by=system()),
    ]

    assert [outcome(act) for act in acts] == ["forbidden"] * len(acts)
    assert (bool(is_open_for_work(lantern)), bool(is_joinable(lantern))) == (False, False)
    assert not may_manage(system(), lantern)
    assert not Term.objects.exists()


def test_a_group_with_open_groups_below_it_stays_open(lantern, above):
    assert refusal(close_group, above, why="Done.", by=system()) == "has_open_groups"
    close_group(lantern, why="Done.", by=system())
    close_group(above, why="Done.", by=system())

    assert refusal(reopen_group, lantern, why="Not done.", by=system()) == "forbidden"
    assert refusal(close_group, named("Other"), why=" ", by=system()) == "why_missing"


def test_a_reopened_group_forms_until_it_is_led(lantern):
    close_group(lantern, why="Done.", by=system())
    reopen_group(lantern, why="There is more to do.", by=system())
    reopen_group(lantern, why="Again.", by=system())
    lantern.refresh_from_db()
    unled = refusal(activate_group, lantern, by=system())
    give_role(PersonFactory(), lantern, managing_role(lantern), by=system())
    activate_group(lantern, by=system())
    activate_group(lantern, by=system())

    lantern.refresh_from_db()
    assert (unled, lantern.state) == ("no_manager", "active")
    assert (len(told("reopened")), len(told("activated"))) == (1, 1)


def test_anyone_signed_in_proposes_and_those_who_oversee_are_told(lantern, above):
    ada, head = PersonFactory(), join(PersonFactory(), above, Power.MANAGE)
    steward = PersonFactory(is_steward=True)

    proposal = propose_group(name="Kites", why="The wind is good.", who="Ada and Ben.", by=ada)
    again = propose_group(name="KITES", why="Still good.", by=ada)

    assert again == proposal
    assert {telling.person for telling in Telling.objects.all()} == {head, steward}
    assert [entry.about for entry in told("proposed")] == [ada]
    assert not Group.objects.filter(name="Kites").exists()


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"name": " "}, "invalid"),
        ({"why": " \u200b"}, "why_missing"),
        ({"why": "x" * 4001}, "invalid"),
        ({"name": "STEERING"}, "name_taken"),
    ],
)
def test_proposals_that_say_nothing_are_refused(above, wrong, code):
    assert refusal(propose_group, **{"name": "Kites", "why": "Wind.", "by": PersonFactory(), **wrong}) == code
    assert not GroupProposal.objects.exists()


def test_one_person_has_a_few_proposals_open_at_most(above):
    ada = PersonFactory()
    for number in range(MOST_OPEN):
        propose_group(name=f"Kites {number}", why="Wind.", by=ada)

    assert refusal(propose_group, name="One more", why="Wind.", by=ada) == "too_many"


@pytest.mark.parametrize("who", ACTORS)
def test_those_who_lead_a_root_group_and_stewards_answer_proposals(lantern, who):
    by = acting(who, lantern)
    first, second = (propose_group(name=name, why="Wind.", by=PersonFactory()) for name in ("Kites", "Sails"))

    found = [
        outcome(lambda: take_up_proposal(first, parent=lantern.parent, by=by)),
        outcome(lambda: decline_proposal(second, answer="Not now.", by=by)),
    ]

    assert found == ["done" if who in OVERSEE else "forbidden"] * 2


def test_a_proposal_taken_up_forms_below_and_gets_its_charter_and_begins(lantern, above):
    ada = PersonFactory()
    proposal = propose_group(name="Kites", why="Wind.", by=ada)

    kites = take_up_proposal(proposal, parent=above, managers=[ada], by=system())
    again = take_up_proposal(proposal, parent=None, by=system())
    early = refusal(activate_group, kites, by=system())
    intake = take_in(CHARTER.replace("Lantern Working Group", "Kites").encode(), {}, today=dt.date(2025, 1, 8))
    same = apply(intake, by=system())
    activate_group(kites, by=system())

    kites.refresh_from_db()
    assert again == same == kites
    assert (early, kites.state, kites.parent) == ("no_charter", "active", above)
    assert managers_of(kites) == [ada]
    assert [one.name for one in kites.roles.all()] == ["Managers", "Participants", "Observers"]
    assert Telling.objects.filter(person=ada, kind="groups.proposal_answered").count() == 1
    assert refusal(decline_proposal, proposal, answer="No.", by=system()) == "not_open"


def test_a_proposal_is_declined_with_words_once(above):
    proposal = propose_group(name="Kites", why="Wind.", by=PersonFactory())

    silent = refusal(decline_proposal, proposal, answer=" ", by=system())
    decline_proposal(proposal, answer="There is no wind.", by=system())
    decline_proposal(proposal, answer="Again.", by=system())

    proposal.refresh_from_db()
    assert (silent, proposal.answer) == ("why_missing", "There is no wind.")
    assert "There is no wind." in Telling.objects.get(kind="groups.proposal_answered").text
    assert len(told("proposal_declined")) == 1
    assert refusal(take_up_proposal, proposal, by=system()) == "not_open"


def test_a_name_taken_meanwhile_is_refused_and_the_proposal_stays_open(above):
    proposal = propose_group(name="Kites", why="Wind.", by=PersonFactory())
    named("kites")

    assert refusal(take_up_proposal, proposal, by=system()) == "name_taken"
    proposal.refresh_from_db()
    assert proposal.state == "open"


def test_a_manager_of_the_group_above_leads_it_by_seat_too(lantern, above):
    ada = PersonFactory()
    seat = add_seat(above, title="Seat 1", role=role(above, Power.MANAGE), by=system())
    begin_term(seat, ada, how=Begun.ELECTED, by=system())

    rename_group(lantern, name="Lamp", by=ada)

    assert has_power(ada, above, Power.MANAGE)
    assert not has_power(ada, lantern, Power.MANAGE)


def move_under_each_other(one: Group, other: Group) -> int:
    """How many of two groups stand below another after each was moved below the other at once."""
    start = threading.Barrier(2)

    def run(group: Group, parent: Group) -> None:
        start.wait()
        try:
            set_parent(group, parent, by=system())
        except Refused:
            pass
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=pair) for pair in ((one, other), (other, one))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return Group.objects.exclude(parent=None).count()


@pytest.mark.django_db(transaction=True)
def test_two_groups_moved_below_each_other_at_once_form_no_circle():
    organisation()

    assert move_under_each_other(named("One"), named("Two")) == 1


@pytest.mark.django_db(transaction=True)
def test_control_without_the_guard_they_form_a_circle(monkeypatch):
    organisation()
    together = threading.Barrier(2)

    def look_together() -> dict[int, int | None]:
        seen = dict(Group.objects.values_list("pk", "parent"))
        together.wait(timeout=20)
        return seen

    monkeypatch.setattr(structure, "hold_all_groups", look_together)
    monkeypatch.setattr(structure, "record", lambda *args, **kwargs: None)
    monkeypatch.setattr("tests.groups.test_structure.set_parent", set_parent.__wrapped__)

    assert move_under_each_other(named("One"), named("Two")) == 2
