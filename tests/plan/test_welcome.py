from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from folkmoot.groups.actions import end_participation, give_role
from folkmoot.groups.actions.agreements import agree, publish_agreement
from folkmoot.groups.actions.structure import close_group
from folkmoot.groups.agreements import agreements_of, codes_of_conduct
from folkmoot.groups.models import GroupState, Participation, Power
from folkmoot.groups.queries import charter_in_force
from folkmoot.kit.errors import Refused
from folkmoot.ledger.actors import system
from folkmoot.ledger.models import Entry
from folkmoot.notices.models import Telling
from folkmoot.people.actions import change_preferences, change_profile
from folkmoot.people.actions.profiles import ProfileWords
from folkmoot.plan import checks
from folkmoot.plan import tasks as jobs
from folkmoot.plan.actions import finish_line, finish_task, take_task
from folkmoot.plan.actions.reminders import remind_all
from folkmoot.plan.actions.welcome import offer_welcome
from folkmoot.plan.models import BuddyOffer, Checklist
from folkmoot.plan.queries import checklists_in, first_tasks, lines_of, waiting_for_hello
from folkmoot.plan.reactions import look_at_once, say_goodbye, welcome
from tests.factories.groups import CHARTER, group, join, role
from tests.factories.meetings import actor
from tests.factories.organisation import organisation
from tests.factories.people import PersonFactory
from tests.factories.plan import task

pytestmark = pytest.mark.django_db

TODAY = dt.date(2026, 11, 26)
LONG_AGO = dt.timedelta(days=200)


@pytest.fixture(autouse=True)
def clock(freeze):
    return freeze("2026-11-26T12:00Z")


@pytest.fixture
def lantern():
    organisation()
    return group()


@pytest.fixture
def by_turns(monkeypatch):
    """No room above finds buddies in a better way."""
    monkeypatch.setattr("folkmoot.plan.actions.welcome.looked_after", lambda group: False)


def long_here(name: str, lantern, power: Power = Power.TAKE_PART):
    """Somebody who arrived long ago, so that nothing begins for them."""
    person = PersonFactory(name=name)
    give_role(person, lantern, role(lantern, power), by=system(), at=timezone.now() - LONG_AGO)
    return person


def newcomer(name: str, lantern, power: Power = Power.TAKE_PART, **fields):
    return join(PersonFactory(name=name, **{"zone": "", **fields}), lantern, power)


def path_of(person) -> Checklist:
    return Checklist.objects.get(person=person)


def lines(checklist: Checklist) -> dict[str, str]:
    return dict(checklist.lines.order_by("position").values_list("title", "state"))


def told() -> list[tuple[str, str]]:
    return list(Telling.objects.order_by("pk").values_list("person__name", "kind"))


# Arriving


def test_participant_is_welcomed_by_a_buddy_and_both_are_told_once(lantern, settle, by_turns):
    rosa, manager = long_here("Rosa", lantern), long_here("Ada", lantern, Power.MANAGE)
    offer_welcome(lantern, most=2, by=rosa)
    pim = newcomer("Pim", lantern)

    settle()
    entry = Entry.objects.get(kind="groups.role_taken", about=pim)
    welcome(entry)
    settle()

    path = path_of(pim)
    assert (path.template_key, path.anchor_on) == ("welcome", TODAY)
    assert [(part.who, part.person.name) for part in path.parts.all()] == [("buddy", "Rosa"), ("newcomer", "Pim")]
    assert list(lines(path)) == [
        "Say hello",
        "Set your time zone",
        "Read what the group is for",
        "Agree to the code of conduct",
        "Fill in your profile",
        "Say who you are",
        "Come to the next call",
        "A first small task",
        "Ask how it is going",
    ]
    assert told() == [("Pim", "plan.welcome"), ("Rosa", "plan.buddy")]
    assert "Rosa will say hello to you" in Telling.objects.get(person=pim).text
    assert [(one.person, one.buddy, one.days) for one in waiting_for_hello(lantern, today=TODAY)] == [(pim, rosa, 0)]
    assert manager.checklists.count() == 0


def test_observer_has_a_shorter_path(lantern, settle):
    kim = newcomer("Kim", lantern, Power.OBSERVE)

    settle()

    assert list(lines(path_of(kim))) == [
        "Say hello",
        "Set your time zone",
        "Read what the group is for",
        "Agree to the code of conduct",
        "Have the calls in your calendar",
    ]


def test_buddies_are_chosen_in_turn_and_managers_stand_in(lantern, settle, by_turns):
    rosa, lina = long_here("Rosa", lantern), long_here("Lina", lantern)
    long_here("Ada", lantern, Power.MANAGE)
    offer_welcome(lantern, most=1, by=rosa)
    offer_welcome(lantern, most=2, by=lina)

    for name in ("One", "Two", "Three", "Four"):
        newcomer(name, lantern)
        settle()

    chosen = [path.parts.get(who="buddy").person.name for path in Checklist.objects.order_by("pk")]
    assert chosen == ["Rosa", "Lina", "Lina", "Ada"]


def test_nobody_who_could_say_hello_leaves_the_line_open_for_those_who_lead(lantern, settle):
    pim = newcomer("Pim", lantern)

    settle()

    hello = path_of(pim).lines.get(title="Say hello")
    assert (hello.owner, told()) == (None, [("Pim", "plan.welcome")])


def test_manager_is_brought_in_with_an_onboarding(lantern, settle):
    ada = newcomer("Ada", lantern, Power.MANAGE)

    settle()
    welcome(Entry.objects.get(kind="groups.role_taken", about=ada))

    path = path_of(ada)
    assert (path.template_key, path.person) == ("new-manager", ada)
    assert {line.owner for line in path.lines.all()} == {ada}
    assert path.lines.get(title="Set the agenda of your first call").due_on == TODAY + dt.timedelta(days=14)


@pytest.mark.parametrize("why", ["long ago", "left already", "group closed", "not active"])
def test_nothing_begins_where_it_makes_no_sense(lantern, settle, why):
    if why == "long ago":
        long_here("Pim", lantern)
    else:
        pim = newcomer("Pim", lantern)
    if why == "left already":
        end_participation(Participation.objects.get(), by=pim)
    elif why == "group closed":
        lantern.state = GroupState.CLOSED
        lantern.save()
    elif why == "not active":
        pim.is_active = False
        pim.save()

    settle()

    assert not Checklist.objects.exists()


def test_who_changes_over_is_not_welcomed_again(lantern, settle):
    pim = newcomer("Pim", lantern, Power.OBSERVE)
    settle()

    join(pim, lantern, Power.TAKE_PART)
    settle()

    assert (path_of(pim).template_key, path_of(pim).state) == ("welcome-observer", "open")


# Leaving


def test_path_stops_when_the_person_leaves(lantern, settle):
    pim = newcomer("Pim", lantern)
    settle()

    end_participation(Participation.objects.get(person=pim), by=pim)
    settle()
    say_goodbye(Entry.objects.get(kind="groups.role_left"))

    assert (path_of(pim).state, path_of(pim).why) == ("stopped", "They have left the group.")
    assert Entry.objects.filter(kind="plan.checklist_ended").count() == 1


def test_path_and_offers_end_when_the_group_closes(lantern, settle):
    rosa = long_here("Rosa", lantern)
    offer_welcome(lantern, most=2, by=rosa)
    pim = newcomer("Pim", lantern)
    settle()

    close_group(lantern, why="The work is done.", by=system())
    settle()
    say_goodbye(Entry.objects.filter(kind="groups.role_left", about=pim).get())

    assert (path_of(pim).state, BuddyOffer.objects.count()) == ("stopped", 0)


def test_onboarding_stops_when_somebody_no_longer_leads(lantern, settle):
    ada = newcomer("Ada", lantern, Power.MANAGE)
    settle()

    join(ada, lantern, Power.TAKE_PART)
    settle()

    assert [(one.template_key, one.state) for one in ada.checklists.all()] == [("new-manager", "stopped")]


def test_another_buddy_is_found_when_the_first_one_leaves(lantern, settle, by_turns):
    rosa, lina = long_here("Rosa", lantern), long_here("Lina", lantern)
    offer_welcome(lantern, most=2, by=rosa)
    pim = newcomer("Pim", lantern)
    settle()
    offer_welcome(lantern, most=2, by=lina)

    end_participation(Participation.objects.get(person=rosa), by=rosa)
    settle()

    path = path_of(pim)
    assert (path.parts.get(who="buddy").person, path.lines.get(title="Say hello").owner) == (lina, lina)
    assert not BuddyOffer.objects.filter(person=rosa).exists()
    assert told()[-1] == ("Lina", "plan.buddy")


# Offering


@pytest.mark.parametrize(
    ("who", "may"),
    [("manager", True), ("participant", True), ("observer", False), ("stranger", False), ("steward", False)],
)
def test_who_contributes_may_offer_to_welcome(lantern, who, may):
    by = actor(who, lantern)

    if may:
        offer_welcome(lantern, most=3, by=by)
        offer_welcome(lantern, most=3, by=by)
        offer_welcome(lantern, most=0, by=by)
        told = Entry.objects.filter(kind="plan.buddy_offer_changed").order_by("pk")
        assert [entry.payload for entry in told] == [{"most": 3}, {"most": 0}]
    else:
        with pytest.raises(Refused) as refused:
            offer_welcome(lantern, most=3, by=by)
        assert refused.value.code == "forbidden"


def test_offer_for_more_than_one_can_bear_is_refused(lantern):
    with pytest.raises(Refused):
        offer_welcome(lantern, most=10, by=long_here("Rosa", lantern))


def test_managers_hear_of_a_hello_that_nobody_said(lantern, settle, freeze):
    long_here("Ada", lantern, Power.MANAGE)
    pim = newcomer("Pim", lantern)
    settle()
    Telling.objects.all().delete()

    remind_all(today=TODAY + dt.timedelta(days=2))
    remind_all(today=TODAY + dt.timedelta(days=5))
    remind_all(today=TODAY + dt.timedelta(days=6))

    assert told() == [("Ada", "plan.line_due"), ("Ada", "plan.line_overdue")]
    assert pim.name in Telling.objects.get(kind="plan.line_overdue").text


# Lists tick themselves


def test_zone_ticks_its_line_with_the_entry_as_evidence(lantern, settle):
    pim = newcomer("Pim", lantern)
    settle()

    change_preferences(pim, zone="Europe/Lisbon", clock="24", theme="system")
    settle()
    entry = Entry.objects.get(kind="people.preferences_changed")
    checks.reconsider(entry)

    line = path_of(pim).lines.get(check_name="people.zone")
    assert (line.state, line.by_itself, line.evidence, line.ended_by) == ("done", True, entry, None)
    assert Entry.objects.filter(kind="plan.line_ended", payload__line_id=line.pk).count() == 1
    assert lines(path_of(pim))["Say who you are"] == "open"


def test_what_was_done_before_is_ticked_when_the_list_begins(lantern, settle):
    pim = newcomer("Pim", lantern, zone="Europe/Lisbon")

    settle()
    look_at_once(Entry.objects.get(kind="plan.checklist_started"))

    assert lines(path_of(pim))["Set your time zone"] == "done"


def test_profile_ticks_zone_and_profile_once_it_says_who_somebody_is(lantern, settle):
    pim = newcomer("Pim", lantern)
    settle()

    change_profile(pim, ProfileWords(name="Pim", zone="Europe/Lisbon"), by=pim)
    settle()
    zone_alone = lines(path_of(pim))
    change_profile(pim, ProfileWords(name="Pim", zone="Europe/Lisbon", about="I like maps."), by=pim)
    settle()

    assert (zone_alone["Set your time zone"], zone_alone["Fill in your profile"]) == ("done", "open")
    assert lines(path_of(pim))["Fill in your profile"] == "done"
    assert path_of(pim).lines.get(check_name="people.profile").evidence.kind == "people.profile_changed"


def test_code_of_conduct_of_the_charter_or_the_organisation_ticks_once_agreed_to(settle):
    organisation()
    lantern = group(text=CHARTER + "\n## Policies\n\n* [Code of Conduct](https://oak.example/conduct)\n")
    early, pim, kim = PersonFactory(zone=""), newcomer("Pim", lantern), newcomer("Kim", lantern)
    (code,) = codes_of_conduct(agreements_of(lantern, charter_in_force(lantern)))
    agree([code], by=early)
    join(early, lantern)
    settle()

    agree([code], by=pim)
    settle()
    step = "Agree to the code of conduct"
    states = [lines(path_of(person))[step] for person in (early, pim, kim)]
    publish_agreement(title="Our code of conduct", text="Be kind.", by=system())
    line = path_of(pim).lines.get(title=step)

    assert states == ["done", "done", "open"]
    assert line.evidence == Entry.objects.get(kind="groups.agreement_given", about=pim)
    assert checks.has_agreed_to_conduct(line) is False


def test_step_about_a_code_of_conduct_is_left_out_where_there_is_none(lantern, settle):
    pim = newcomer("Pim", lantern)
    settle()
    checks.reconsider_all()

    line = path_of(pim).lines.get(check_name="groups.code_of_conduct")
    assert (line.state, line.by_itself, line.why) == ("skipped", True, "There is no code of conduct here.")
    assert line not in lines_of(path_of(pim))
    assert checklists_in(lantern).get().count == path_of(pim).lines.count() - 1
    assert Entry.objects.filter(kind="plan.line_ended").count() == 1


def test_zone_of_somebody_else_ticks_nothing(lantern, settle):
    pim, kim = newcomer("Pim", lantern), newcomer("Kim", lantern)
    settle()

    change_preferences(kim, zone="Europe/Lisbon", clock="24", theme="system")
    settle()

    assert (lines(path_of(pim))["Set your time zone"], lines(path_of(kim))["Set your time zone"]) == ("open", "done")


def test_first_small_task_is_offered_and_ticks_its_line_when_finished(lantern, settle):
    manager = long_here("Ada", lantern, Power.MANAGE)
    small = task(lantern, title="Read a page aloud", is_first_task=True, by=manager)
    pim = newcomer("Pim", lantern)
    settle()
    assert list(first_tasks(lantern)) == [small]

    take_task(small, by=pim)
    finish_task(small, by=pim)
    settle()

    assert lines(path_of(pim))["A first small task"] == "done"
    assert list(first_tasks(lantern)) == []


def test_line_that_was_opened_again_ticks_itself_the_next_night(lantern, settle):
    pim = newcomer("Pim", lantern)
    settle()
    type(pim).objects.filter(pk=pim.pk).update(zone="Europe/Lisbon")

    assert lines(path_of(pim))["Set your time zone"] == "open"
    jobs.ask_checks_again.enqueue()
    settle()

    line = path_of(pim).lines.get(check_name="people.zone")
    assert (line.state, line.by_itself, line.evidence) == ("done", True, None)


def test_line_ticked_by_hand_is_left_as_it_is(lantern, settle):
    pim = newcomer("Pim", lantern)
    settle()
    line = path_of(pim).lines.get(check_name="people.zone")
    finish_line(line, by=pim)

    change_preferences(pim, zone="Europe/Lisbon", clock="24", theme="system")
    settle()

    line.refresh_from_db()
    assert (line.by_itself, line.ended_by) == (False, pim)


@pytest.mark.parametrize(
    ("name", "before", "after"),
    [
        ("people.signed_in", False, True),
        ("people.zone", False, True),
        ("groups.has_role", True, True),
        ("groups.has_manager", False, True),
        ("plan.finished_a_task", False, True),
    ],
)
def test_checks_answer_about_a_line(lantern, settle, name, before, after):
    pim = newcomer("Pim", lantern)
    settle()
    line = path_of(pim).lines.select_related("checklist").get(title="Set your time zone")
    check = checks.CHECKS[name]

    assert check.is_done(line) is before
    join(PersonFactory(), lantern, Power.MANAGE)
    pim.zone, pim.last_login = "Europe/Lisbon", timezone.now()
    pim.save()
    done = task(lantern)
    take_task(done, by=pim)
    finish_task(done, by=pim)
    line = type(line).objects.select_related("checklist").get(pk=line.pk)

    assert check.is_done(line) is after


@pytest.mark.parametrize(
    "name",
    ["people.signed_in", "people.zone", "people.profile", "groups.code_of_conduct", "groups.has_role",
     "plan.finished_a_task"],
)  # fmt: skip
def test_check_that_has_nobody_to_ask_about_cannot_tell(lantern, settle, name):
    newcomer("Pim", lantern)
    settle()
    line = Checklist.objects.get().lines.get(title="Say hello")
    line.checklist.person = None

    assert checks.CHECKS[name].is_done(line) is None


def test_two_checks_of_one_name_are_refused():
    with pytest.raises(ValueError, match="already registered"):
        checks.offer_check(checks.CHECKS["people.zone"])
