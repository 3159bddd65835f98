"""What is kept for strangers is never what was meant for one reader."""

from __future__ import annotations

import pytest
from django.core.cache import caches
from django.test import Client

from tests.factories.groups import group
from tests.factories.organisation import organisation
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db


def test_message_to_one_reader_is_not_kept_for_others():
    organisation()
    ada = Client()
    ada.force_login(PersonFactory())

    after_sign_out = ada.post("/accounts/logout/", follow=True).content.decode()
    stranger = Client().get("/").content.decode()

    assert "signed out" in after_sign_out
    assert "signed out" not in stranger


def test_page_of_someone_signed_in_is_not_kept_for_others():
    organisation()
    lantern = group()
    ada = Client()
    ada.force_login(PersonFactory(name="Ada Oakes"))

    mine = ada.get(lantern.get_absolute_url()).content.decode()
    stranger = Client().get(lantern.get_absolute_url()).content.decode()

    assert "Ada Oakes" in mine
    assert "Ada Oakes" not in stranger
    assert "csrfmiddlewaretoken" not in stranger


@pytest.mark.parametrize(
    ("cookie", "value", "shown"), [("zone", "Asia/Tokyo", "Tokyo"), ("theme", "dark", 'data-theme="dark"')]
)
def test_preferences_of_one_reader_do_not_reach_another(cookie, value, shown):
    organisation()
    reader = Client()
    reader.cookies[cookie] = value

    with_preference = reader.get("/").content.decode()
    stranger = Client().get("/").content.decode()

    assert shown in with_preference
    assert shown not in stranger


def test_pages_with_a_query_are_not_kept():
    """Otherwise anyone could fill the shelf with as many pages as there are queries."""
    organisation()
    lantern = group()
    Client().get(lantern.get_absolute_url())
    kept = len(caches["pages"]._cache)

    for number in range(3):
        Client().get(f"{lantern.get_absolute_url()}?page={number}")

    assert len(caches["pages"]._cache) == kept
