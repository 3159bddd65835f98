"""The count of visits itself: it finds what is ours, and misses nothing that nobody visited."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from tests.architecture import visits

GROUP = "groups/<slug:slug>/"
TEMPLATE = str(visits.ROOMS / "groups" / "templates" / "groups" / "home.html")


def test_our_addresses_are_found_and_those_of_packages_are_not() -> None:
    assert GROUP in visits.own_routes()
    assert "accounts/login/" not in visits.own_routes()


def test_our_templates_are_found() -> None:
    assert TEMPLATE in visits.own_templates()


def test_what_nobody_visited_is_missing(monkeypatch) -> None:
    monkeypatch.setattr(visits, "_routes", visits.own_routes() - {GROUP, "healthz"})
    monkeypatch.setattr(visits, "_templates", visits.own_templates() - {TEMPLATE})

    assert visits.missing() == [f"address /{GROUP}", "template groups/templates/groups/home.html"]


@pytest.mark.django_db
def test_visit_is_noted(client, monkeypatch) -> None:
    monkeypatch.setattr(visits, "_routes", set())
    monkeypatch.setattr(visits, "_templates", set())

    client.get("/groups/")

    assert visits._routes == {"groups/"}
    assert str(visits.ROOMS / "groups" / "templates" / "groups" / "list.html") in visits._templates


@pytest.mark.sqlite
@pytest.mark.parametrize(
    ("arguments", "chosen", "full"),
    [
        (["tests"], {}, True),
        (["/somewhere/folkmoot/tests"], {}, True),
        (["tests/kit"], {}, False),
        (["tests", "tests/kit"], {}, False),
        (["tests"], {"keyword": "zones"}, False),
        (["tests"], {"markexpr": "not slow"}, False),
        (["tests"], {"maxfail": 1}, False),
    ],
)
def test_only_a_run_of_everything_is_full(arguments, chosen, full) -> None:
    option = dict.fromkeys(("keyword", "markexpr", "deselect", "collectonly", "maxfail"))

    assert visits.is_full(SimpleNamespace(args=arguments, option=SimpleNamespace(**option | chosen))) == full
