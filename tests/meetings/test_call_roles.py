"""Which roles the calls of a group have: the charter's words, the usual ones, or what the group has set."""

from __future__ import annotations

import datetime as dt

import pytest

from folkmoot.groups.actions import adopt_charter, found_group
from folkmoot.groups.models import Group, Power
from folkmoot.kit.errors import Refused
from folkmoot.ledger.actors import system
from folkmoot.ledger.models import Entry
from folkmoot.meetings.actions.call_roles import add_call_role, bring_roles_in_order, change_call_role
from folkmoot.meetings.call_roles_page import origins
from folkmoot.meetings.call_roles_reading import all_roles_of, are_in_use, roles_of
from folkmoot.meetings.models import CallRole
from folkmoot.meetings.reactions import follow_call_roles
from tests.factories.groups import join
from tests.factories.meetings import actor, meeting_group
from tests.factories.organisation import organisation
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db

SAYS = "# Lantern\n\n## Calls\n\nEach call has a moderator and a **note taker**.\n"
OTHERWISE = "# Lantern\n\n## Calls\n\nEach call has a moderator and a timekeeper.\n"


@pytest.fixture(autouse=True)
def clock(freeze):
    organisation()
    return freeze("2026-11-23T12:00Z")


def reading(text: str) -> dict[str, object]:
    """A reading with its sections: the title, and the calls as § 2."""
    return {
        "title": "Lantern",
        "meetings": [],
        "roles": [],
        "sections": [
            {"heading": "Lantern", "level": 1, "kind": "title", "lines": [1, 5], "number": None, "anchor": "lantern"},
            {"heading": "Calls", "level": 2, "kind": "meetings", "lines": [3, 5], "number": "2", "anchor": "calls"},
        ],
    }


def lantern(text: str = SAYS) -> Group:
    return found_group(name="Lantern", text=text, reading=reading(text), in_force_from=dt.date(2025, 1, 8), by=system())


def amend(group: Group, text: str) -> None:
    adopt_charter(group, text=text, reading=reading(text), answers={}, in_force_from=dt.date(2026, 11, 1), by=system())


def named(group: Group) -> list[tuple[str, str, bool]]:
    return [(role.key, role.name, role.is_on) for role in all_roles_of(group)]


def test_charter_that_names_call_roles_gives_them_its_words_and_is_cited(settle):
    group = lantern()
    settle()
    follow_call_roles(Entry.objects.get(kind="groups.charter_adopted"))

    assert named(group) == [("moderator", "moderator", True), ("scribe", "note taker", True), ("crier", "crier", False)]
    assert are_in_use(group)
    assert [(one.number, one.path, one.is_stated) for one in origins(group, roles_of(group))] == [
        ("2", "/groups/lantern/charter/#calls", True)
    ] * 2


def test_charter_that_is_silent_leaves_the_usual_roles_and_writes_nothing(settle):
    group = meeting_group()
    settle()

    assert named(group) == [(key, key, True) for key in ("moderator", "scribe", "crier")]
    assert all(not role.clause_anchor for role in roles_of(group))
    assert (are_in_use(group), CallRole.objects.count()) == (False, 0)


def test_amended_charter_changes_what_it_had_named_and_not_what_the_group_has_set(settle):
    group = lantern()
    settle()
    ada = join(PersonFactory(), group, Power.MANAGE)
    change_call_role(group, "moderator", name="host", duties="Opens.", is_needed=True, is_on=True, by=ada)

    amend(group, OTHERWISE)
    settle()
    bring_roles_in_order(group)

    assert named(group) == [
        ("moderator", "host", True),
        ("scribe", "scribe", False),
        ("timekeeper", "timekeeper", True),
        ("crier", "crier", False),
    ]
    amend(group, "# Lantern\n\n## Calls\n\nWe talk.\n")
    settle()
    assert named(group) == [
        ("moderator", "host", True),
        ("scribe", "scribe", True),
        ("timekeeper", "timekeeper", False),
        ("crier", "crier", True),
    ]


def test_whoever_leads_renames_switches_off_and_adds_roles():
    group = meeting_group()
    ada = join(PersonFactory(), group, Power.MANAGE)

    change_call_role(group, "crier", name="crier", duties="", is_needed=True, is_on=False, by=ada)
    same = change_call_role(group, "crier", name=" crier ", duties="", is_needed=True, is_on=False, by=ada)
    made = add_call_role(group, name="Zeitwächter", duties="Minds\nthe clock.", is_needed=False, by=ada)

    assert (same.source, made.key, made.duties) == ("here", "zeitwachter", "Minds the clock.")
    assert [role.name for role in roles_of(group)] == ["moderator", "scribe", "Zeitwächter"]
    told = Entry.objects.filter(kind="meetings.call_role_changed").order_by("pk")
    assert [sorted(entry.changes) for entry in told] == [["duties", "is_on"], []]


@pytest.mark.parametrize(
    ("name", "code"),
    [("", "invalid"), ("\u200b", "invalid"), ("x" * 61, "invalid"), ("SCRIBE", "taken"), ("Manager", "invalid")],
)
def test_names_that_say_nothing_or_something_else_are_refused(name, code):
    group = meeting_group()

    with pytest.raises(Refused) as refused:
        add_call_role(group, name=name, duties="", is_needed=True, by=system())

    assert refused.value.code == code


def test_roles_of_another_script_have_a_key_and_there_are_not_too_many():
    group = meeting_group()
    made = [add_call_role(group, name=name, duties="", is_needed=True, by=system()) for name in ("書記", "司会")]
    assert [role.key for role in made] == ["role-4", "role-5"]
    for number in range(7):
        add_call_role(group, name=f"Helper {number}", duties="", is_needed=True, by=system())

    with pytest.raises(Refused, match="at most 12"):
        add_call_role(group, name="One more", duties="", is_needed=True, by=system())


@pytest.mark.parametrize("who", ["participant", "observer", "stranger", "other group's manager", "former manager"])
def test_others_set_no_roles(who):
    group = meeting_group()
    person = actor(who, group)

    with pytest.raises(Refused) as first:
        change_call_role(group, "crier", name="x", duties="", is_needed=True, is_on=True, by=person)
    with pytest.raises(Refused) as second:
        add_call_role(group, name="x", duties="", is_needed=True, by=person)

    assert (first.value.code, second.value.code) == ("forbidden", "forbidden")


def test_role_that_is_not_there_is_not_changed():
    with pytest.raises(Refused) as refused:
        change_call_role(meeting_group(), "juggler", name="x", duties="", is_needed=True, is_on=True, by=system())

    assert refused.value.code == "not_found"
