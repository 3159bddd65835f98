"""The group page against the empty view behind the product's own middleware."""

from __future__ import annotations

from django.conf import settings
from django.test import Client

from folkmoot.ledger.reactions import delivering
from tests.benchmarks.requests import Requests
from tests.factories.groups import group, join
from tests.factories.organisation import organisation
from tests.factories.people import PersonFactory

ANONYMOUS, SIGNED_IN = 4.0, 15.0


def run() -> list[tuple[str, float, float]]:
    """Anonymous and signed in, on a group of forty people with a year of calls ahead."""
    organisation()
    with delivering():
        lantern = group()
    for _ in range(40):
        join(PersonFactory(), lantern)
    client = Client()
    client.force_login(PersonFactory())
    cookie = {"HTTP_COOKIE": f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}"}
    path = lantern.get_absolute_url()
    with Requests() as requests:
        empty = requests.empty()
        return [
            ("group page, anonymous, to the empty view", requests.cost(path) / empty, ANONYMOUS),
            ("group page, signed in, to the empty view", requests.cost(path, **cookie) / empty, SIGNED_IN),
            ("list of groups, anonymous, to the empty view", requests.cost("/groups/") / empty, ANONYMOUS),
        ]
