from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from folkmoot.groups.models import GroupState
from folkmoot.kit.errors import Refused
from folkmoot.ledger.actors import system
from folkmoot.ledger.models import Entry
from folkmoot.notices.models import Telling
from folkmoot.people.models import Person
from folkmoot.plan import goal_tasks
from folkmoot.plan.actions import (
    add_task,
    change_task,
    drop_task,
    finish_line,
    finish_task,
    give_part,
    give_task,
    hand_over_line,
    hand_over_task,
    move_anchor,
    release_task,
    reopen_line,
    reopen_task,
    skip_line,
    start_checklist,
    take_task,
)
from folkmoot.plan.actions.activities import bring_year_in_order, change_activity, hand_activity
from folkmoot.plan.actions.goals import (
    change_goal,
    check_in,
    close_period,
    hand_goal,
    hand_key_result,
    note_value,
    set_goal,
    set_key_result,
)
from folkmoot.plan.actions.initiatives import (
    change_initiative,
    hand_initiative,
    move_initiative,
    propose_initiative,
    write_update,
)
from folkmoot.plan.actions.registers import (
    hand_risk,
    hand_stakeholder,
    keep_risk,
    keep_stakeholder,
    remove_stakeholder,
)
from folkmoot.plan.actions.reports import draft_report, edit_report, publish_correction, publish_report
from folkmoot.plan.actions.templates import change_template, copy_template, make_template, remove_step, save_step
from folkmoot.plan.actions.welcome import offer_welcome
from folkmoot.plan.domain.lifecycle import Stage
from folkmoot.plan.domain.periods import Month
from folkmoot.plan.models import ActivityState, Confidence
from tests.factories.people import PersonFactory
from tests.factories.plan import THIS_QUARTER, goal, initiative, key_result, owned, task, template

pytestmark = pytest.mark.django_db

TODAY = dt.date(2026, 11, 26)


@pytest.fixture
def steward(clock) -> Person:
    return PersonFactory(name="Wren", is_steward=True)


@pytest.fixture
def closed(lantern, ada, ben):
    """A group that was closed while everything in it was still under way; its roles stay, so that rules are asked."""
    bring_year_in_order(lantern, year=TODAY.year, by=system())
    template(lantern)
    people = {"owner": ben}
    made = {
        "task": owned(lantern, ben, by=ada),
        "free": task(lantern),
        "list": start_checklist("open-house", group=lantern, anchor=TODAY, people=people, by=system()),
        "goal": goal(lantern, owner=ben),
        "initiative": initiative(lantern, lead=ben),
        "risk": keep_risk(lantern, title="Rain", likelihood=2, impact=2, owner=ben, review_on=TODAY, by=system()),
        "friend": keep_stakeholder(lantern, name="Library", contact=ada, next_touch_on=TODAY, by=system()),
        "report": draft_report(lantern, Month(2026, 10), by=system()),
        "out": draft_report(lantern, Month(2026, 9), by=system()),
    }
    publish_report(made["out"], by=system())
    made["number"] = key_result(made["goal"], owner=ben)
    made["measured"] = key_result(made["goal"], measure="groups.people")
    made["done"] = owned(lantern, ben)
    finish_task(made["done"], by=ben)
    made["ticked"] = made["list"].lines.first()
    finish_line(made["ticked"], by=ben)
    lantern.state = GroupState.CLOSED
    lantern.save(update_fields=["state"])
    for one in made.values():
        one.refresh_from_db()
    return made


def changes(lantern, made, by):
    """Everything that somebody could do to a group's plan, by name."""
    one, activity, open_line = made["task"], lantern.year_activities.first(), made["list"].lines.filter(state="open")[0]
    own, goal_, ini, risk = lantern.checklist_templates.get(), made["goal"], made["initiative"], made["risk"]
    same = {"title": "New", "words": "", "objective": "", "by": by}
    return {
        "add task": lambda: add_task(title="More", group=lantern, by=by),
        "change task": lambda: change_task(one, title="New", by=by),
        "take task": lambda: take_task(made["free"], by=by),
        "give task": lambda: give_task(one, by, by=by),
        "release task": lambda: release_task(one, by=by),
        "hand over task": lambda: hand_over_task(one, by, by=by),
        "finish task": lambda: finish_task(one, by=by),
        "reopen task": lambda: reopen_task(made["done"], by=by),
        "drop task": lambda: drop_task(one, by=by),
        "start list": lambda: start_checklist("open-house", group=lantern, anchor=TODAY, by=by),
        "move list": lambda: move_anchor(made["list"], TODAY + dt.timedelta(days=9), by=by),
        "give part": lambda: give_part(made["list"], "owner", by, by=by),
        "hand over line": lambda: hand_over_line(open_line, by, by=by),
        "tick": lambda: finish_line(open_line, by=by),
        "leave out": lambda: skip_line(open_line, "No time", by=by),
        "open again": lambda: reopen_line(made["ticked"], by=by),
        "make template": lambda: make_template(key="k", group=lantern, name="K", anchor_label="day", by=by),
        "copy template": lambda: copy_template(template(key="common"), lantern, by=by),
        "change template": lambda: change_template(own, name="K", words="", anchor_label="day", by=by),
        "change step": lambda: save_step(own, title="Eat", by=by),
        "remove step": lambda: remove_step(own.lines.first(), by=by),
        "propose": lambda: propose_initiative(lantern, title="More", by=by),
        "change initiative": lambda: change_initiative(
            ini, lead=None, helpers=[], starts_on=None, ends_on=None, links=[], **same
        ),
        "move initiative": lambda: move_initiative(ini, to=Stage.INCUBATING, why="It is time.", by=by),
        "hand initiative": lambda: hand_initiative(ini, to=by, by=by),
        "update": lambda: write_update(ini, words="Well.", by=by),
        "set goal": lambda: set_goal(lantern, title="More", period=THIS_QUARTER, by=by),
        "change goal": lambda: change_goal(goal_, owner=None, period=THIS_QUARTER, **same),
        "key result": lambda: set_key_result(goal_, words="n", baseline=Decimal(0), target=Decimal(1), by=by),
        "value": lambda: note_value(made["number"], value=Decimal(1), words="Seen.", by=by),
        "check in": lambda: check_in(goal_, confidence=Confidence.ON_TRACK, words="Well.", by=by),
        "close period": lambda: close_period(lantern, THIS_QUARTER, by=by),
        "hand goal": lambda: hand_goal(goal_, to=by, by=by),
        "hand key result": lambda: hand_key_result(made["number"], to=by, by=by),
        "year": lambda: bring_year_in_order(lantern, year=2027, by=by),
        "activity": lambda: change_activity(
            activity, state=ActivityState.DONE, owner=None, quarter=0, starts_on=None, ends_on=None, words="",
            initiative=None, by=by,
        ),
        "hand activity": lambda: hand_activity(activity, to=by, by=by),
        "risk": lambda: keep_risk(lantern, title="Snow", likelihood=1, impact=1, by=by),
        "change risk": lambda: keep_risk(lantern, title="Snow", likelihood=1, impact=1, risk=risk, by=by),
        "hand risk": lambda: hand_risk(risk, to=by, by=by),
        "stakeholder": lambda: keep_stakeholder(lantern, name="Press", by=by),
        "hand stakeholder": lambda: hand_stakeholder(made["friend"], to=by, by=by),
        "draft": lambda: draft_report(lantern, Month(2026, 11), by=by),
        "edit": lambda: edit_report(made["report"], texts={}, seen={}, is_public=True, by=by),
        "publish": lambda: publish_report(made["report"], by=by),
        "correct": lambda: publish_correction(made["out"], why="A slip.", by=by),
    }  # fmt: skip


MANAGES = {
    "start list", "move list", "give part", "make template", "copy template", "change template", "change step",
    "remove step", "set goal", "change goal", "key result", "close period", "hand goal", "hand key result", "year",
    "stakeholder", "hand stakeholder", "draft", "edit", "publish", "correct", "drop task",
    "activity", "hand activity",
}  # fmt: skip


@pytest.mark.parametrize("who", ["steward", "ada", "ben"])
def test_nothing_in_a_closed_group_is_changed_by_anybody(lantern, closed, ada, ben, steward, who):
    by = {"steward": steward, "ada": ada, "ben": ben}[who]
    answers = {}
    doing = changes(lantern, closed, by)
    before = Entry.objects.exclude(kind="plan.template_changed").count()

    for name, act in doing.items():
        try:
            answers[name] = act()
        except Refused as refused:
            answers[name] = (refused.code, refused.message)

    said = ("forbidden", "Lantern Working Group is closed; nothing in it changes any more.")
    for_other_reasons = {"take task"} if who == "steward" else MANAGES if who == "ben" else set()
    # What is theirs already, and what is given to whom it belongs, changes nothing and needs no refusal.
    unchanged = {"give task", "hand over task", "hand over line"} if who == "ben" else set()
    assert {name for name, answer in answers.items() if answer != said} - unchanged <= for_other_reasons
    assert Entry.objects.exclude(kind="plan.template_changed").count() == before


def test_people_are_taken_off_the_list_of_a_closed_group_and_drafts_can_be_read(client, lantern, closed, steward):
    client.force_login(steward)
    here = f"/groups/{lantern.slug}/plan"

    listed = client.get(f"{here}/stakeholders/").content.decode()
    drafts = client.get(f"/groups/{lantern.slug}/reports/").content.decode()
    shown = client.get(closed["friend"].get_absolute_url()).content.decode()
    remove_stakeholder(closed["friend"], by=steward)

    assert "Library" in listed
    assert "nothing in it changes any more" in listed
    assert "October 2026" in drafts
    assert "Draft November" not in drafts
    assert "Take Library off the list" in shown
    assert "Keep it so" not in shown
    assert lantern.stakeholders.count() == 0


def test_jobs_leave_closed_groups_alone(lantern, closed, settle):
    before = Entry.objects.count()

    goal_tasks.measure_key_results.enqueue()
    goal_tasks.remind_of_dates.enqueue()
    goal_tasks.keep_the_year.enqueue()
    goal_tasks.draft_reports.enqueue()
    settle()

    assert Entry.objects.count() == before
    assert not Telling.objects.filter(kind__in=("plan.risk_waits", "plan.touch_waits", "plan.report_waits")).exists()


def test_offer_to_welcome_makes_no_sense_in_a_closed_group(lantern, closed, ben):
    with pytest.raises(Refused, match="nothing in it changes any more"):
        offer_welcome(lantern, most=1, by=ben)
