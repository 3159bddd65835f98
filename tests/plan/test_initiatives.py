from __future__ import annotations

import datetime as dt

import pytest

from folkmoot.groups.actions import adopt_charter, end_participation
from folkmoot.kit.errors import Refused
from folkmoot.ledger.actors import machine, system
from folkmoot.ledger.models import Entry
from folkmoot.plan.actions.initiatives import (
    change_initiative,
    hand_initiative,
    move_initiative,
    propose_initiative,
    write_update,
)
from folkmoot.plan.domain.lifecycle import Stage
from folkmoot.plan.models import Initiative
from folkmoot.plan.objectives import Objectives, Served
from tests.factories.meetings import actor
from tests.factories.people import PersonFactory
from tests.factories.plan import initiative, last_entry, tellings, told_since

pytestmark = pytest.mark.django_db

WHO = [
    "stranger",
    "observer",
    "participant",
    "manager",
    "other group's manager",
    "former manager",
    "steward",
    "machine",
]


def changed(of: Initiative, *, by, **given):
    values = {
        "title": of.title, "words": of.words, "objective": of.objective, "lead": of.lead, "helpers": [],
        "starts_on": of.starts_on, "ends_on": of.ends_on, "links": [],
    }  # fmt: skip
    return change_initiative(of, **{**values, **given}, by=by)


def test_proposal_names_its_objective_and_lead_and_managers_are_told(lantern, ada, ben):
    before = last_entry()

    made = propose_initiative(lantern, title=" Coffee  across zones ", words="Two by two.", objective="warmth", by=ben)

    assert (made.title, made.objective, made.objective_anchor, made.lead, made.stage) == (
        "Coffee across zones", "Warmth", "warmth", ben, "proposed",
    )  # fmt: skip
    assert told_since(before) == ["plan.initiative_proposed"]
    assert tellings() == [("Ada", "plan.initiative_waits")]


@pytest.mark.parametrize("who", WHO)
def test_who_may_propose_and_accept(lantern, ben, who):
    by, waiting = actor(who, lantern), initiative(lantern, stage=Stage.PROPOSED, lead=ben)

    if who in ("participant", "manager", "steward", "machine"):
        propose_initiative(lantern, title="Another", by=by)
    else:
        with pytest.raises(Refused, match="Only those who take part"):
            propose_initiative(lantern, title="Another", by=by)
    if who in ("manager", "steward", "machine"):
        assert move_initiative(waiting, to=Stage.SANDBOX, why="Try it.", by=by).stage == "sandbox"
    else:
        with pytest.raises(Refused, match="Only a manager of Lantern Working Group may accept"):
            move_initiative(waiting, to=Stage.SANDBOX, why="Try it.", by=by)


def test_lead_may_move_what_was_accepted_but_not_accept_it(lantern, ben):
    waiting = initiative(lantern, stage=Stage.PROPOSED, lead=ben)
    running = initiative(lantern, "Running", lead=ben)

    with pytest.raises(Refused):
        move_initiative(waiting, to=Stage.SANDBOX, why="Mine.", by=ben)
    assert move_initiative(running, to=Stage.INCUBATING, why="It works.", by=ben).stage == "incubating"


def test_lead_who_has_left_the_group_changes_nothing_any_more(lantern, ben):
    running = initiative(lantern, lead=ben)
    end_participation(ben.participations.get(), by=system(), force=True)

    with pytest.raises(Refused, match="Only who leads this initiative, or a manager"):
        write_update(running, words="From afar.", by=ben)


def test_each_move_has_its_reason_and_day_in_the_ledger(lantern, ben):
    waiting, before = initiative(lantern, stage=Stage.PROPOSED, lead=ben), last_entry()

    moved = move_initiative(waiting, to=Stage.SANDBOX, why="  Try\nit. ", by=system())

    assert (moved.stage_since, moved.starts_on) == (dt.date(2026, 11, 26), dt.date(2026, 11, 26))
    assert told_since(before) == ["plan.initiative_moved", "plan.initiative_led"]
    entry = Entry.objects.get(kind="plan.initiative_moved")
    assert entry.payload == {
        "initiative_id": moved.pk, "title": "Coffee across zones", "was": "proposed", "now": "sandbox",
        "on": "2026-11-26",
    }  # fmt: skip
    assert entry.detail.words == {"why": "Try it."}
    assert tellings() == [("Ben", "plan.made_lead")]


def test_wrong_steps_and_moves_without_a_reason_are_refused(lantern):
    running, before = initiative(lantern), last_entry()

    for to, why, code in ((Stage.GRADUATED, "Now.", "wrong_step"), (Stage.INCUBATING, " \n", "reason_needed")):
        with pytest.raises(Refused) as refused:
            move_initiative(running, to=to, why=why, by=system())
        assert refused.value.code == code
    move_initiative(running, to=Stage.SANDBOX, why="", by=system())

    assert told_since(before) == []


def test_change_names_helpers_and_a_new_lead_who_is_told(lantern, ada, ben, cleo):
    running, before = initiative(lantern, lead=ben), last_entry()

    changed(running, lead=cleo, helpers=[ben, ada], links=["Plan https://x.example/a", "https://x.example"], by=ada)

    running.refresh_from_db()
    assert running.lead == cleo
    assert {one.person for one in running.helpers.all()} == {ada, ben}
    assert running.links == [{"name": "Plan", "url": "https://x.example/a"}, {"name": "", "url": "https://x.example"}]
    assert told_since(before) == ["plan.initiative_changed", "plan.initiative_led"]
    assert tellings()[-1] == ("Cleo", "plan.made_lead")


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"links": ["Plan javascript:alert(1)"]}, "invalid_link"),
        ({"links": ["ftp://x.example"]}, "invalid_link"),
        ({"title": " \u200b "}, "invalid"),
        ({"title": "x" * 201}, "invalid"),
        ({"words": "x" * 10_001}, "invalid"),
        ({"starts_on": dt.date(2026, 5, 2), "ends_on": dt.date(2026, 5, 1)}, "invalid"),
        ({"objective": "Darkness"}, "no_such_objective"),
    ],
)
def test_what_cannot_be_kept_is_refused_and_nothing_is_half_done(lantern, ben, given, code):
    running, before = initiative(lantern, lead=ben), last_entry()

    with pytest.raises(Refused) as refused:
        changed(running, **{"title": "Another", **given}, by=system())

    assert refused.value.code == code
    assert (Initiative.objects.get().title, told_since(before)) == ("Coffee across zones", [])


def test_nobody_from_outside_leads_or_helps(lantern, ada):
    running, stranger = initiative(lantern), PersonFactory()

    for given in ({"lead": stranger}, {"helpers": [stranger]}):
        with pytest.raises(Refused) as refused:
            changed(running, **given, by=ada)
        assert refused.value.code == "not_in_group"


def test_objective_that_the_charter_has_no_more_is_said_to_be_gone_and_may_stay(lantern, ada):
    running = initiative(lantern, objective="Light")
    version = lantern.charters.get()
    reading = {**version.reading, "objectives": version.reading["objectives"][:1]}
    adopt_charter(lantern, text="# Lantern", reading=reading, answers={}, by=system())

    assert Objectives(lantern).served(running) == Served("Light", is_gone=True)
    assert changed(running, title="Renamed", by=ada).objective == "Light"


def test_update_is_dated_and_told(lantern, ben, cleo):
    running, before = initiative(lantern, lead=ben), last_entry()

    made = write_update(running, words="It *goes*.", on=dt.date(2026, 11, 20), by=ben)

    assert (made.on, made.by) == (dt.date(2026, 11, 20), ben)
    assert told_since(before) == ["plan.initiative_updated"]
    for words, on, by, code in (
        (" ", None, ben, "invalid"), ("x", dt.date(2026, 11, 27), ben, "invalid"), ("x", None, cleo, "forbidden"),
    ):  # fmt: skip
        with pytest.raises(Refused) as refused:
            write_update(running, words=words, on=on, by=by)
        assert refused.value.code == code


def test_handing_it_on_twice_is_done_once(lantern, ada, ben):
    running = initiative(lantern, lead=ben)

    hand_initiative(running, to=ada, by=ben)
    before = last_entry()
    hand_initiative(running, to=ada, by=machine())

    assert told_since(before) == []
    running.refresh_from_db()
    assert running.lead == ada
