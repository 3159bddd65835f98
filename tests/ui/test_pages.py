from __future__ import annotations

import re
from itertools import pairwise

import pytest
from django.db import connection
from django.test import Client, RequestFactory
from django.utils.html import escape

from folkmoot.ui import refusals
from tests.factories.organisation import organisation
from tests.factories.people import PersonFactory
from tests.ui.hostile import CORPUS, assert_inert, parsed

pytestmark = [pytest.mark.urls("tests.ui.addresses"), pytest.mark.django_db]

HOSTILE_PLACES = re.compile(
    r"""<style|\sstyle=|\son\w+=|<script(?![^>]*(src=|type="application/json"))""", re.IGNORECASE
)
SIGN_IN_PAGES = ("login", "signup", "login/code", "password/reset", "password/reset/done", "inactive")


def ids_of(page: str) -> list[str]:
    return [str(attrs["id"]) for _tag, attrs in parsed(page).tags if "id" in attrs]


def headings_of(page: str) -> list[int]:
    return [int(tag[1]) for tag, _attrs in parsed(page).tags if re.fullmatch(r"h[1-6]", tag)]


@pytest.mark.parametrize("query", ["", "?theme=dark&direction=rtl", "?theme=%22%3E&direction=up"])
def test_page_of_components_is_whole(client: Client, query) -> None:
    page = client.get(f"/ui/components/{query}").content.decode()

    ids = ids_of(page)
    assert len(ids) == len(set(ids)), [name for name in ids if ids.count(name) > 1]
    levels = headings_of(page)
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels)), levels
    assert not HOSTILE_PLACES.search(page)
    links = [
        str(attrs["href"]) for tag, attrs in parsed(page).tags if tag == "a" and str(attrs["href"]).startswith("#")
    ]
    assert {link[1:] for link in links if link != "#"} <= set(ids)


def test_page_of_components_can_be_worn_otherwise(client: Client) -> None:
    root = parsed(client.get("/ui/components/?theme=dark&direction=rtl").content.decode()).one("html")

    assert root == {"lang": "en-gb", "dir": "rtl", "data-theme": "dark", "data-zone": "unknown"}


def test_page_for_strangers_can_be_kept_for_everyone(client: Client) -> None:
    response = client.get("/ui/components/")

    assert not response.cookies
    assert "Cookie" not in response.get("Vary", "")
    assert b"csrfmiddlewaretoken" not in response.content
    assert b"nonce" not in response.content
    assert client.get("/ui/components/").content.count(b"<form") == response.content.count(b"<form")


def test_choices_of_a_stranger_dress_the_page(client: Client) -> None:
    client.cookies.load({"zone": "Asia/Calcutta", "theme": "dark", "clock": "12"})

    page = client.get("/ui/components/").content.decode()

    assert parsed(page).one("html")["data-theme"] == "dark"
    assert parsed(page).one("html")["data-zone"] == "known"
    assert "Times in Kolkata" in page
    assert "\u00a0pm" in page


def test_frame_of_someone_signed_in(client: Client) -> None:
    person = PersonFactory(name="<i>Ada</i>")
    client.force_login(person)

    page = client.get("/ui/components/").content.decode()

    assert "<bdi>&lt;i&gt;Ada&lt;/i&gt;</bdi>" in page
    assert 'action="/accounts/logout/" data-sign-out' in page
    # The choice is kept with the person, so scripts must not pretend to have made it.
    assert "data-theme-to" not in page


@pytest.mark.parametrize("bad", CORPUS[:4])
def test_frame_writes_the_organisations_name_as_words(client: Client, bad) -> None:
    organisation(name=bad[:120])

    page = client.get("/accounts/login/").content.decode()

    assert escape(bad) in page
    assert bad not in page


def test_sample_is_marked_on_every_page(client: Client) -> None:
    from folkmoot.organisation.models import Organisation
    from folkmoot.organisation.queries import forget_kept_organisation

    organisation()
    before = client.get("/ui/components/").content.decode()

    Organisation.objects.update(is_sample=True)
    forget_kept_organisation()

    assert 'class="banner"' not in before
    for address in ("/ui/components/", "/accounts/login/", "/nothing/"):
        assert 'class="banner"' in client.get(address).content.decode()


@pytest.mark.parametrize(
    ("address", "status", "words"),
    [
        ("/nothing/", 404, "nothing at this address"),
        ("/denied/", 403, "Only managers of this group may change its charter."),
        ("/suspicious/", 400, "cannot make sense of"),
        ("/ui/components/errors/refused/", 409, "This call was cancelled yesterday."),
        ("/ui/components/errors/forbidden/", 403, "Only managers"),
        ("/ui/components/errors/missing/", 404, "nothing at this address"),
        ("/ui/components/errors/stale/", 403, "open for too long"),
        ("/ui/components/errors/broken/", 500, "wrong on our side"),
        ("/ui/components/errors/other/", 404, "nothing at this address"),
    ],
)
def test_error_page_says_what_happened(client: Client, address, status, words) -> None:
    response = client.get(address)

    page = response.content.decode()
    assert response.status_code == status
    assert words in page
    assert headings_of(page) == [1]
    assert "details for the log" not in page
    assert not HOSTILE_PLACES.search(page)


def test_stranger_who_may_not_is_shown_where_to_sign_in(client: Client) -> None:
    links = [attrs["href"] for attrs in parsed(client.get("/denied/").content.decode()).all("a")]

    assert "/accounts/login/?next=%2Fdenied%2F" in links


def test_error_of_ours_needs_no_database_and_tells_no_secret(django_assert_num_queries) -> None:
    client = Client(raise_request_exception=False)
    organisation()
    client.get("/nothing/")

    with django_assert_num_queries(0):
        response = client.get("/broken/")

    assert response.status_code == 500
    assert b"secret" not in response.content
    assert re.search(r"please mention [0-9a-f]{16}", response.content.decode())


def test_error_of_ours_is_told_even_where_no_page_can_be_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    def without_manifest(*args: object) -> str:
        raise ValueError("Missing staticfiles manifest entry")

    monkeypatch.setattr(refusals, "render_to_string", without_manifest)

    response = refusals.broken(RequestFactory().get("/"))

    assert response.status_code == 500
    assert b"Something went wrong" in response.content


@pytest.mark.parametrize("address", SIGN_IN_PAGES)
def test_sign_in_page_looks_like_ours(client: Client, address) -> None:
    page = client.get(f"/accounts/{address}/").content.decode()

    assert 'class="entrance"' in page
    assert 'class="skip-link"' in page
    assert headings_of(page) == [1]
    assert not HOSTILE_PLACES.search(page)
    ids = ids_of(page)
    assert len(ids) == len(set(ids))
    labels = {label["for"] for label in parsed(page).all("label")}
    boxes = {box["id"] for box in parsed(page).all("input") if box.get("type") not in {"hidden", "submit"}}
    assert boxes <= labels


def test_wrong_password_is_answered_beside_the_form(client: Client) -> None:
    page = client.post("/accounts/login/", {"login": "x", "password": "y"}).content.decode()

    assert 'class="error-summary"' in page
    assert "<title>Error:" in page
    assert_inert(
        client.post("/accounts/login/", {"login": CORPUS[1], "password": "y"})
        .content.decode()
        .split("<main")[1]
        .split('<p class="or"')[0]
    )


def test_sign_in_by_code_asks_for_the_code(client: Client) -> None:
    PersonFactory(email="ada@example.org")

    response = client.post("/accounts/login/code/", {"email": "ada@example.org"}, follow=True)

    page = response.content.decode()
    assert "Enter the code" in page
    assert "We sent a code to" in page
    assert 'autocomplete="one-time-code"' in page


@pytest.mark.parametrize(
    "address", ["email", "password/change", "2fa", "2fa/recovery-codes/generate", "logout", "2fa/webauthn"]
)
def test_account_page_looks_like_ours(client: Client, address) -> None:
    person = PersonFactory(email="ada@example.org")
    person.set_password("correct horse battery")
    person.save()
    from allauth.account.models import EmailAddress

    EmailAddress.objects.get_or_create(user=person, email=person.email, defaults={"verified": True, "primary": True})
    client.post("/accounts/login/", {"login": "ada@example.org", "password": "correct horse battery"})

    response = client.get(f"/accounts/{address}/", follow=True)

    page = response.content.decode()
    assert response.status_code == 200
    assert 'class="manage"' in page or "Is it you?" in page or 'class="entrance"' in page
    levels = headings_of(page)
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert not HOSTILE_PLACES.search(page)


def test_frame_asks_the_database_nothing_of_its_own(client: Client) -> None:
    organisation()
    client.get("/ui/components/")

    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as queries:
        client.get("/ui/components/")

    assert len(queries) == 0
