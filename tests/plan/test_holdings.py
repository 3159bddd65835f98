from __future__ import annotations

import datetime as dt

import pytest

from folkmoot.groups.holdings import HOLDERS
from folkmoot.groups.models import Power
from folkmoot.kit.errors import Refused
from folkmoot.ledger.actors import system
from folkmoot.people.models import Person
from folkmoot.people.person_data import PERSON_DATA
from folkmoot.plan.actions import add_task, finish_line, finish_task
from folkmoot.plan.actions.welcome import offer_welcome
from folkmoot.plan.models import Task
from tests.factories.groups import group, join
from tests.factories.organisation import organisation
from tests.factories.people import PersonFactory
from tests.factories.plan import checklist, owned, task, template

pytestmark = pytest.mark.django_db

DUE = dt.date(2027, 3, 1)


@pytest.fixture
def lantern():
    organisation()
    return group()


@pytest.fixture
def ben(lantern):
    return join(PersonFactory(name="Ben"), lantern)


@pytest.fixture
def ada(lantern):
    return join(PersonFactory(name="Ada"), lantern, Power.MANAGE)


def test_open_tasks_are_held_and_handed_over_once(lantern, ben, ada):
    mine, done = owned(lantern, ben, due_on=DUE), owned(lantern, ben)
    finish_task(done, by=ben)
    task(by=ben)
    holder = HOLDERS["plan.tasks"]

    (holding,) = holder.held(ben, lantern)
    assert (holding.words, holding.path) == ("the task “Water the plants”, due on 1 March", mine.get_absolute_url())
    holder.hand_over(holding.key, to=ada, by=ben)
    holder.hand_over(holding.key, to=ada, by=system())

    mine.refresh_from_db()
    assert (mine.owner, list(holder.held(ben, lantern))) == (ada, [])


def test_open_lines_of_others_lists_are_held_and_handed_over(lantern, ben, ada):
    template(lantern, {"title": "Say hello", "who": "buddy"})
    running = checklist(lantern, anchor=DUE)
    running.lines.update(owner=ben)
    holder = HOLDERS["plan.lines"]

    (holding,) = holder.held(ben, lantern)
    assert holding.words == "the step “Say hello” of “Open house”"
    holder.hand_over(holding.key, to=ada, by=ben)

    assert running.lines.get().owner == ada
    finish_line(running.lines.get(), by=ada)
    assert list(holder.held(ada, lantern)) == []


@pytest.mark.parametrize("holder", ["plan.tasks", "plan.lines"])
@pytest.mark.parametrize("key", ["999999", "x", ""])
def test_what_is_not_there_is_not_handed_over(lantern, ada, holder, key):
    with pytest.raises(Refused) as refused:
        HOLDERS[holder].hand_over(key, to=ada, by=ada)
    assert refused.value.code == "not_found"


def answered() -> set[tuple[str, str]]:
    return {
        (model._meta.label, field)
        for entry in PERSON_DATA.entries()
        if entry.by == "plan"
        for model, field in entry.item.answers_for
    }


def test_every_field_of_this_room_that_points_at_a_person_is_answered_for():
    from django.apps import apps

    pointing = {
        (model._meta.label, field.name)
        for model in apps.get_app_config("plan").get_models()
        for field in model._meta.get_fields()
        if field.concrete and field.is_relation and field.related_model is Person
    }

    assert pointing - answered() == set()


def test_export_says_in_words_what_is_kept(lantern, ben):
    owned(lantern, ben, due_on=DUE)
    template(lantern)
    checklist(lantern, ben, anchor=DUE)
    offer_welcome(lantern, most=2, by=ben)

    assert PERSON_DATA["plan.tasks"].export(ben) == [
        {
            "title": "Water the plants",
            "words": "",
            "group": "Lantern Working Group",
            "due_on": "2027-03-01",
            "state": "open",
            "ended_at": None,
            "why": "",
        }
    ]
    assert [row["name"] for row in PERSON_DATA["plan.checklists"].export(ben)] == ["Open house"]
    assert [row["part"] for row in PERSON_DATA["plan.checklist_parts"].export(ben)] == ["owner"]
    assert len(PERSON_DATA["plan.checklist_lines"].export(ben)) == 3
    assert [row["at most"] for row in PERSON_DATA["plan.buddy_offers"].export(ben)] == [2]
    assert PERSON_DATA["plan.template_lines"].export(ben) == []


def test_erasing_frees_what_is_open_and_deletes_what_was_only_theirs(lantern, ben):
    open_one, done = owned(lantern, ben), owned(lantern, ben)
    finish_task(done, by=ben)
    add_task(title="Call the dentist", by=ben)
    asked = task(lantern, owner=ben)
    template(lantern)
    running = checklist(lantern, ben, anchor=DUE)
    offer_welcome(lantern, most=2, by=ben)

    for entry in PERSON_DATA.entries():
        if entry.by == "plan":
            entry.item.erase(ben)

    assert list(Task.objects.order_by("pk").values_list("title", "owner", "offered_to", "ended_by")) == [
        ("Water the plants", None, None, None),
        ("Water the plants", ben.pk, None, None),
        ("Water the plants", None, None, None),
    ]
    assert {open_one.pk, done.pk, asked.pk} == set(Task.objects.values_list("pk", flat=True))
    assert set(running.lines.values_list("owner", flat=True)) == {None}
    assert not running.parts.exists()
    assert not ben.buddy_offers.exists()


def test_merging_moves_what_was_the_other_s_and_parting_gives_it_back(lantern, ben):
    kept = join(PersonFactory(name="Ben B."), lantern)
    mine = owned(lantern, ben)
    template(lantern)
    running = checklist(lantern, ben, anchor=DUE)
    names = [entry.name for entry in PERSON_DATA.entries() if entry.by == "plan"]

    moved = {name: PERSON_DATA[name].merge(kept, ben) for name in names}
    mine.refresh_from_db()
    running.refresh_from_db()
    assert (mine.owner, running.person, running.parts.get().person) == (kept, kept, kept)
    for name in names:
        PERSON_DATA[name].part(kept, ben, moved[name])

    mine.refresh_from_db()
    running.refresh_from_db()
    assert (mine.owner, running.person, running.parts.get().person) == (ben, ben, ben)
