"""Every address × every method × every role has the answer that `access.py` says, and no address is missing there."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

import pytest
from django.conf import settings
from django.core.cache import caches
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from folkmoot.ui import refusals
from tests.architecture.access import ACCESS, NEEDS_NO_TOKEN
from tests.architecture.access_row import Row
from tests.architecture.visits import ours
from tests.architecture.world import IDLE_STEWARD, ROLES, World, make_world
from tests.pango import need_pango

pytestmark = pytest.mark.django_db

SIGN_IN = "/accounts/login/"
# Who may least and who may most: enough for what does not hang on who asks.
OUTSIDE_AND_IN = ("anonymous", "steward")
# Enough where everybody who is signed in is answered alike: nobody in particular, who leads, who sees all.
ALIKE = ("anonymous", "stranger", "manager", "steward")
INSIDE = ("manager",)
NEVER = ("PUT", "PATCH", "DELETE", "OPTIONS", "TRACE")


def addresses() -> dict[str, URLPattern]:
    """Every address of the product by its route, those of packages too."""

    def walk(resolver: URLResolver, before: str) -> Iterator[tuple[str, URLPattern]]:
        for pattern in resolver.url_patterns:
            route = before + str(pattern.pattern)
            if isinstance(pattern, URLResolver):
                yield from walk(pattern, route)
            else:
                yield route, pattern

    return dict(walk(get_resolver(), ""))


def answer(response: HttpResponse) -> str:
    """The answer in the words of the table."""
    if response.status_code in (301, 302, 303, 307):
        return "in" if response["Location"].startswith(SIGN_IN) and "/code/" not in response["Location"] else "go"
    return str(response.status_code)


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker) -> Iterator[tuple[World, dict[str, str]]]:
    """One world for all rows, and a session for each role; every request is taken back afterwards."""
    with django_db_blocker.unblock(), transaction.atomic():
        made = make_world()
        sessions = {}
        for role, person in made.people.items():
            client = Client()
            client.force_login(person)
            sessions[role] = client.cookies[settings.SESSION_COOKIE_NAME].value
        idle = Client()
        idle.force_login(made.people["steward"])
        idle.post("/steward/mode/off/")
        sessions[IDLE_STEWARD] = idle.cookies[settings.SESSION_COOKIE_NAME].value
        yield made, sessions
        transaction.set_rollback(True)


@pytest.fixture(scope="module", autouse=True)
def _each_refusal_is_drawn_once() -> Iterator[None]:
    """The page that says no is one template for all; here it is drawn once for each thing that it says."""
    drawn: set[tuple[str, ...]] = set()

    def draw(request: HttpRequest, template: str, context: dict[str, Any], status: int) -> HttpResponse:
        says = (template, *(str(context.get(part)) for part in ("title", "sentences", "words")))
        if says in drawn:
            return HttpResponse(status=status)
        drawn.add(says)
        return render(request, template, context, status=status)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(refusals, "render", draw)
        yield


class Asking:
    """Asks for one address as each role, each time as if nothing had been asked before."""

    def __init__(self, world: tuple[World, dict[str, str]], route: str, row: Row) -> None:
        self.world, self.sessions = world
        if route.endswith(".pdf"):
            need_pango()
        self.row = row
        self.path = reverse(addresses()[route].name, kwargs=row.at(self.world) if row.at else {})

    def as_role(self, role: str, method: str, *, checks_token: bool = False) -> HttpResponse:
        for cache in caches.all():
            cache.clear()
        client = Client(enforce_csrf_checks=checks_token)
        if role in self.sessions:
            client.cookies[settings.SESSION_COOKIE_NAME] = self.sessions[role]
        data = self.row.data(self.world) if method == "POST" and self.row.data else {}
        before = transaction.savepoint()
        try:
            response = client.post(self.path, data) if method == "POST" else client.generic(method, self.path)
            if response.streaming:
                b"".join(response)  # so that the file behind it is closed
            return response
        finally:
            transaction.savepoint_rollback(before)

    def answers(self, method: str, roles: Sequence[str] = ROLES) -> dict[str, str]:
        return {role: answer(self.as_role(role, method)) for role in roles}


def test_every_address_has_its_row() -> None:
    assert sorted(addresses()) == sorted(ACCESS)


@pytest.mark.parametrize("route", ACCESS)
def test_address_answers_every_role_as_its_row_says(world, route) -> None:
    row = ACCESS[route]
    asking = Asking(world, route, row)
    ways = ways_to_ask(row)

    found = {method: asking.answers(method, roles) for method, roles in ways.items()}

    assert found == {method: {role: row.expected(method)[role] for role in roles} for method, roles in ways.items()}


def ways_to_ask(row: Row) -> dict[str, Sequence[str]]:
    """The roles to ask by each method; HEAD takes the place of somebody's GET where another one is answered alike."""
    get, post = row.expected("GET"), row.expected("POST")
    ways = {"GET": to_ask(get), "POST": to_ask(post)}
    if connection.vendor == "sqlite":
        by_head = "manager" if get["manager"] == get["steward"] else "steward"
        ways["HEAD"] = [by_head]
        if by_head == "manager":
            ways["GET"] = [role for role in ways["GET"] if role != by_head]
    return ways


def to_ask(wanted: dict[str, str]) -> Sequence[str]:
    """Rules are Python and are asked of all roles on SQLite; elsewhere it matters that the queries are answered.

    A method that is refused before anybody is looked at is refused alike for all who get as far.
    """
    if connection.vendor != "sqlite":
        return INSIDE
    answers = {wanted[role] for role in ROLES if role != "anonymous"}
    if answers == {"405"}:
        return OUTSIDE_AND_IN
    return ALIKE if len(answers) == 1 else ROLES


OF_A_GROUP = [route for route in ACCESS if route.startswith("groups/<slug:slug>/") and route.endswith("/")]


@pytest.mark.sqlite
@pytest.mark.parametrize("route", OF_A_GROUP)
def test_page_of_a_group_begins_its_way_up_with_all_groups_and_the_group(world, route) -> None:
    response = Asking(world, route, ACCESS[route]).as_role("steward", "GET")
    group = world[0].group
    way = [("/groups/", "Groups"), (group.get_absolute_url(), group.name)]

    html = response.content.decode() if response.status_code == 200 else ""
    trail = html.partition('<nav class="breadcrumbs"')[2].partition("</nav>")[0]
    found = re.findall('<li><a href="([^"]*)">([^<]*)</a></li>', trail)

    # The group's own page is where the way begins; what answers with no page has none.
    has_none = not html or route == "groups/<slug:slug>/"
    assert found[:2] == ([] if has_none else way)


# Where a steward whose mode is off is answered otherwise than somebody who takes part nowhere: by GET, and by POST.
UNLIKE_A_STRANGER = {
    "steward/": ("200", "405"),  # the way into steward mode
    "steward/mode/on/": ("405", "go"),
    # What the stranger of the table was told, and proposed
    "me/notices/told/<int:telling_id>/": ("404", "405"),
    "groups/proposals/<int:pk>/": ("404", "405"),
    "groups/proposals/<int:pk>/take-up/": ("405", "404"),
    "groups/proposals/<int:pk>/decline/": ("405", "404"),
}


# Where being a steward adds something; elsewhere there is nothing that the mode could take away.
FOR_STEWARDS = [
    route
    for route, row in ACCESS.items()
    if any(row.expected(method)["steward"] != row.expected(method)["stranger"] for method in ("GET", "POST"))
]


@pytest.mark.sqlite
@pytest.mark.parametrize("route", sorted({*FOR_STEWARDS, *UNLIKE_A_STRANGER}))
def test_steward_without_the_mode_has_the_powers_of_an_ordinary_person(world, route) -> None:
    row = ACCESS[route]
    asking = Asking(world, route, row)
    get, post = UNLIKE_A_STRANGER.get(route, (row.expected("GET")["stranger"], row.expected("POST")["stranger"]))

    found = {method: asking.answers(method, [IDLE_STEWARD])[IDLE_STEWARD] for method in ("GET", "POST")}

    assert found == {"GET": get, "POST": post}


@pytest.mark.sqlite
@pytest.mark.parametrize("route", ACCESS)
def test_address_refuses_other_methods(world, route) -> None:
    asking = Asking(world, route, ACCESS[route])
    get, post = ACCESS[route].expected("GET"), ACCESS[route].expected("POST")
    strict = ours(addresses()[route].callback)

    # What refuses one method refuses them all: each address is asked two of them, by turns, from outside and inside.
    turn = list(ACCESS).index(route)
    for role, method in zip(OUTSIDE_AND_IN, (NEVER[turn % len(NEVER)], NEVER[(turn + 2) % len(NEVER)]), strict=True):
        (found,) = asking.answers(method, [role]).values()
        gates = {get[role], post[role]} & {"in", "403", "404"}
        # Packages answer OPTIONS, take PUT as POST, and send people elsewhere before they look at the method.
        allowed = {"405"} | gates | (set() if strict else {get[role], post[role], "200"})
        assert found in allowed, (method, role, found)


@pytest.mark.sqlite
@pytest.mark.parametrize(
    "route", [route for route, row in ACCESS.items() if row.post != "405" and route not in NEEDS_NO_TOKEN]
)
def test_form_without_its_token_is_refused(world, route) -> None:
    asking = Asking(world, route, ACCESS[route])

    for role in OUTSIDE_AND_IN:
        assert asking.as_role(role, "POST", checks_token=True).status_code == 403, role


def test_table_notices_an_answer_that_is_not_as_it_says(world) -> None:
    asking = Asking(world, "outbox/", ACCESS["outbox/"])

    assert asking.answers("GET") != Row("200").expected("GET")
