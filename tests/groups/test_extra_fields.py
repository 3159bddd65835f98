"""What a form does not ask for, it does not take: extra fields on every write of joining change nothing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import product
from typing import Any

import pytest
import time_machine
from django.db import transaction
from django.urls import reverse
from pytest_django import DjangoDbBlocker

from folkmoot.groups.models import (
    Agreement,
    Group,
    Invitation,
    JoinRequest,
    ManagerAppointment,
    MembershipAnswer,
    Participation,
    Power,
)
from folkmoot.organisation.queries import today_here
from folkmoot.people.models import Person
from tests.architecture.world import World, make_world
from tests.factories.groups import entry, role

pytestmark = [pytest.mark.sqlite, pytest.mark.django_db]

NAMES = (
    "is_steward", "is_staff", "is_superuser", "is_active", "role", "role_id", "power", "seats", "group", "group_id",
    "person", "person_id", "by", "by_id", "approved_by", "state", "uses", "most_uses", "names_publicly", "ended_at",
    "began_at", "decided_at", "invited", "number", "key", "affiliation", "parent",
)  # fmt: skip
PREFIXES = ("", "link-", "mail-", "wish1-")
SEEN: dict[Any, tuple[str, ...]] = {
    Person: ("email", "name", "is_steward", "is_active"),
    Group: ("slug", "name", "state", "parent"),
    Participation: ("person__email", "group__slug", "role__name", "began_at", "ended_at", "affiliation"),
    JoinRequest: ("person__email", "group__slug", "role__name", "state", "words"),
    Invitation: ("group__slug", "role__name", "person__email", "by__email", "most_uses", "uses", "revoked_at"),
    ManagerAppointment: ("person__email", "group__slug", "role__name", "state", "names_publicly", "ends_on"),
    MembershipAnswer: ("person__email", "group__slug", "rule", "answer"),
    Agreement: ("title", "group__slug", "key", "number"),
}


def writes(world: World) -> dict[str, tuple[str, str, dict[str, Any]]]:
    """Every write: who sends it, where to, and what its form asks for."""
    slug, observers = world.group.slug, role(world.group, Power.OBSERVE).pk
    today = today_here()
    of_group = [slug]
    return {
        "join": ("stranger", reverse("join_group", args=of_group), entry(world.group)),
        "come in": ("stranger", world.invitation_path, entry(world.group)),
        "role": ("participant", reverse("my_role", args=of_group), {"role": observers}),
        "leave": ("participant", reverse("leave_group", args=of_group), {}),
        "agree": ("participant", reverse("agree_again", args=of_group), {"documents": str(world.agreement.pk)}),
        "decide": ("manager", reverse("decide_request", args=[slug, world.request.pk]), {"answer": "no"}),
        "mail": (
            "manager",
            reverse("invite", args=of_group),
            {"mail": "1", "mail-email": "i@example.org", "mail-role": observers},
        ),
        "link": (
            "manager",
            reverse("invite", args=of_group),
            {"link": "1", "link-role": observers, "link-days": 3, "link-most_uses": 2},
        ),
        "add": ("manager", reverse("add_participant", args=of_group), {"email": "i@example.org", "role": observers}),
        "take out": ("manager", reverse("participant", args=[slug, world.participation.pk]), {"why": "A reason."}),
        "columns": ("manager", reverse("roster_draft", args=[slug, world.roster.pk]), {"name": "0", "email": "1"}),
        "answer": ("participant", reverse("appointment", args=[world.appointment.pk]), {"answer": "yes"}),
        "take back": ("steward", reverse("end_appointment", args=[world.appointment.pk]), {}),
        "offer": (
            "steward",
            reverse("offer_lead", args=of_group),
            {
                "person": world.people["observer"].pk,
                "starts_on": today.isoformat(),
                "ends_on": today.replace(year=today.year + 1).isoformat(),
                "hours_a_week": 1,
            },
        ),
        "publish": (
            "steward",
            reverse("new_agreement"),
            {"title": "B", "text": "B", "in_force_from": today.isoformat()},
        ),
    }


# Where a form does ask for a field of that name, it is no extra one.
ASKED = {"answer": {"names_publicly"}, "join": {"role"}, "columns": {"role", "affiliation"}}


def effect(client, person: Person, path: str, data: dict[str, Any]) -> list[Any]:
    """What stands in the database after a write, which is then taken back."""
    client.force_login(person)
    before = transaction.savepoint()
    answer = client.post(path, data)
    found = [sorted(map(repr, model.objects.values_list(*fields))) for model, fields in SEEN.items()]
    transaction.savepoint_rollback(before)
    assert answer.status_code in (200, 302), answer.content.decode()
    return found


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[World]:
    """One world for all writes, each of which is taken back."""
    moment = datetime(2026, 3, 2, 12, tzinfo=UTC)
    with django_db_blocker.unblock(), time_machine.travel(moment, tick=False), transaction.atomic():
        yield make_world()
        transaction.set_rollback(True)


WRITES = (
    "join", "come in", "role", "leave", "agree", "decide", "mail", "link", "add", "take out", "columns", "answer",
    "take back", "offer", "publish",
)  # fmt: skip


@pytest.mark.parametrize("name", WRITES)
def test_extra_fields_are_ignored(client, world, name):
    who, path, data = writes(world)[name]
    person = world.people[who]
    plain = effect(client, person, path, data)
    managers = role(world.group, Power.MANAGE).pk
    values = ("1", "true", str(managers), str(world.other_group.pk), str(person.pk), "manage", "accepted", "")

    for value in values:
        extra = {
            f"{prefix}{field}": value
            for prefix, field in product(PREFIXES, NAMES)
            if f"{prefix}{field}" not in {*data, *ASKED.get(name, ())}
        }
        assert effect(client, person, path, {**extra, **data}) == plain, value


def test_every_write_is_among_them(world):
    assert set(writes(world)) == set(WRITES)


def test_effect_of_a_write_is_seen(client, world):
    """The test above proves something only if a field that is taken shows."""
    who, path, data = writes(world)["mail"]

    assert effect(client, world.people[who], path, data) != effect(
        client, world.people[who], path, {**data, "mail-role": role(world.group, Power.TAKE_PART).pk}
    )
