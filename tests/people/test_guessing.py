"""Guessing and asking around: limits by account and network, the same answer and work for everybody, and mailed links
that no scanner uses up."""

from __future__ import annotations

import re

import pytest
from allauth.account import app_settings as account_settings
from django.conf import settings as django_settings
from django.contrib.auth import hashers
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from folkmoot.ledger.actors import system
from folkmoot.notices.models import Letter
from folkmoot.people.actions import add_person, make_sign_in_link
from folkmoot.people.models import Person, SignInLink
from tests.factories.organisation import organisation
from tests.factories.people import PersonFactory
from tests.people.signing_up import PASSWORD, filled_in, sign_up
from tests.people.test_providers import known_person
from tests.people.test_sign_in import code_in

pytestmark = pytest.mark.django_db
LOGIN, CODE, RESET = "/accounts/login/", "/accounts/login/code/", "/accounts/password/reset/"


def address(n: int, kind: str) -> str:
    """The nth address of one /64, or n different ones."""
    return {"one /64": f"2001:db8:0:1::{n:x}", "one IPv4": "192.0.2.1", "many": f"2001:db8:0:{n:x}::1"}[kind]


def guess(n: int, kind: str, email: str = "ada@example.org", password: str = "wrong guess"):
    return Client().post(LOGIN, {"login": email, "password": password}, REMOTE_ADDR=address(n, kind))


def test_guessing_one_account_from_many_networks_is_limited():
    organisation()
    known_person()
    for n in range(1, 6):
        guess(n, "many")

    right = guess(77, "many", password=PASSWORD)

    assert right.status_code == 200
    assert "Too many failed login attempts" in right.content.decode()


@pytest.mark.parametrize("kind", ["one /64", "one IPv4"])
def test_guessing_many_accounts_from_one_network_is_limited(kind):
    organisation()
    known_person()
    for n in range(1, 11):
        guess(n, kind, email=f"somebody{n}@example.org")

    from_there = guess(20, kind, password=PASSWORD)
    from_elsewhere = guess(21, "many", password=PASSWORD)

    assert from_there.status_code == 200
    assert from_elsewhere.status_code == 302


@pytest.mark.parametrize("path", [CODE, RESET])
def test_asking_for_mails_to_one_address_is_limited(path):
    organisation()
    known_person()

    answers = [Client().post(path, {"email": "ada@example.org"}, REMOTE_ADDR=address(n, "many")) for n in range(1, 6)]

    assert len(Letter.objects.all()) == 3
    assert [answer.status_code for answer in answers[:3]] == [302, 302, 302]
    assert [answer.status_code for answer in answers[3:]] == [answers[3].status_code] * 2
    assert answers[3].status_code in (200, 429)


@pytest.mark.parametrize("path", [CODE, RESET])
def test_asking_for_mails_from_one_network_is_limited(path):
    organisation()

    for n in range(25):
        Client().post(path, {"email": f"p{n}@example.org"}, REMOTE_ADDR=address(n + 1, "one /64"))

    assert Letter.objects.count() == 20


def test_signing_up_from_one_network_is_limited_with_a_page_in_words():
    organisation()

    answers = [sign_up(Client(), address(n, "one /64"), email=f"p{n}@example.org") for n in range(1, 13)]

    assert [answer.status_code for answer in answers] == [302] * 10 + [429] * 2
    assert "That was often" in answers[-1].content.decode()


def test_trying_sign_in_links_is_limited():
    organisation()

    answers = [Client().get(f"/sign-in/once/guess{n}/", REMOTE_ADDR=address(n + 1, "one /64")) for n in range(32)]

    assert [answer.status_code for answer in answers] == [410] * 30 + [429] * 2


def test_code_from_the_mail_is_used_up_by_three_wrong_ones(client):
    organisation()
    known_person()
    client.post(CODE, {"email": "ada@example.org"})
    code = code_in(Letter.objects.get())
    for _ in range(3):
        client.post(f"{CODE}confirm/", {"code": "ABCDEF"})

    late = client.post(f"{CODE}confirm/", {"code": code}, follow=True)

    assert not late.wsgi_request.user.is_authenticated


def plain(response) -> tuple[int, str, str]:
    """What somebody sees who asks around, without tokens and their own words."""
    text = re.sub(r'value="[^"]*"', "", response.content.decode())
    return response.status_code, response.get("Location", ""), re.sub(r"[a-z]+@example\.org", "ADDRESS", text)


@pytest.mark.parametrize(
    ("path", "fields"),
    [
        (LOGIN, lambda email: {"login": email, "password": "wrong guess"}),
        (CODE, lambda email: {"email": email}),
        (RESET, lambda email: {"email": email}),
        ("/accounts/signup/", lambda email: filled_in(email=email)),
    ],
)
def test_known_and_unknown_addresses_get_the_same_answer_and_the_next_page(path, fields):
    organisation()
    known_person()
    one, other = Client(), Client()

    known, unknown = one.post(path, fields("ada@example.org")), other.post(path, fields("eve@example.org"))
    after = [plain(client.get(known["Location"])) for client in (one, other)] if known.status_code == 302 else []

    assert plain(known) == plain(unknown)
    assert len(set(after)) <= 1
    assert Letter.objects.count() in (0, 2)


@pytest.fixture
def hashed(monkeypatch) -> list[str]:
    """Every hash of a password that is computed."""
    done: list[str] = []
    hasher = hashers.get_hasher()
    encode = type(hasher).encode

    def noting(self, password, salt, *args):
        done.append(password)
        return encode(self, password, salt, *args)

    monkeypatch.setattr(type(hasher), "encode", noting)
    return done


@pytest.mark.parametrize("email", ["ada@example.org", "eve@example.org"])
def test_wrong_password_costs_one_hash_whether_or_not_somebody_has_the_address(hashed, email):
    organisation()
    known_person()
    hashed.clear()

    Client().post(LOGIN, {"login": email, "password": "wrong guess"})

    assert hashed == ["wrong guess"]


@pytest.mark.parametrize("fields", [{"email": "ada@example.org"}, {"email": "eve@example.org"}, {"homepage": "spam"}])
def test_signing_up_costs_one_hash_whoever_it_is(hashed, fields):
    organisation()
    known_person()
    hashed.clear()

    sign_up(Client(), **fields)

    assert hashed == [PASSWORD]


def test_limits_of_the_library_count_a_slash_64():
    from allauth import app_settings

    assert app_settings.RATE_LIMIT_IPV6_PREFIX == 64
    assert set(account_settings.RATE_LIMITS) >= set(django_settings.ACCOUNT_RATE_LIMITS)


REDIS_AWAY = {
    "default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": "redis://127.0.0.1:9/0"},
    "pages": {"BACKEND": "folkmoot.organisation.shelf.PatientRedis", "LOCATION": "redis://127.0.0.1:9/0"},
}


@pytest.mark.parametrize(
    ("path", "fields"),
    [
        (LOGIN, {"login": "ada@example.org", "password": PASSWORD}),
        (CODE, {"email": "ada@example.org"}),
        (RESET, {"email": "ada@example.org"}),
        ("/accounts/signup/", filled_in()),
        (None, {"myself": "on"}),
    ],
)
def test_without_redis_nobody_is_signed_in(client, settings, path, fields):
    organisation()
    ada = known_person()
    link = make_sign_in_link(ada)
    settings.CACHES = REDIS_AWAY

    answer = client.post(path or link, fields)

    assert answer.status_code == 503
    assert "Signing in rests for a moment" in answer.content.decode()
    assert not Letter.objects.exists()
    assert not SignInLink.objects.exclude(used_at=None).exists()
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize("path", ["/", "/groups/", "/calendar/", LOGIN, "/preferences/"])
def test_without_redis_pages_are_there(client, settings, path):
    organisation()
    settings.CACHES = REDIS_AWAY

    assert client.get(path).status_code == 200


def test_scanner_that_opens_a_mailed_link_uses_nothing_up(client):
    organisation()
    ada = known_person()
    client.post(RESET, {"email": "ada@example.org"})
    reset = re.search(r"http://testserver(\S+)", Letter.objects.get().text)[1]
    once = make_sign_in_link(ada)

    for link in (reset, once):
        for method in ("get", "head", "get"):
            getattr(Client(), method)(link, follow=True)

    page = client.get(reset, follow=True)
    new = "another lamp entirely"
    client.post(page.request["PATH_INFO"], {"password1": new, "password2": new})
    done = Client().post(once, {"myself": "on"}, follow=True)
    ada.refresh_from_db()
    assert ada.check_password(new)
    assert done.wsgi_request.user == ada


def test_scanner_that_presses_the_first_button_uses_nothing_up():
    organisation()
    ada = PersonFactory(name="Ada Oakes")
    link = make_sign_in_link(ada)
    scanner = Client()
    scanner.get(link)

    pressed = scanner.post(link, {})
    done = Client().post(link, {"myself": "on"}, follow=True)

    assert pressed.status_code == 200
    assert "Please tick this first. The link still works." in pressed.content.decode()
    assert not scanner.get("/").wsgi_request.user.is_authenticated
    assert done.wsgi_request.user == ada


def test_password_chosen_before_the_address_was_proved_is_dropped(client):
    """Somebody signs up with Ada's address and waits; Ada signs in by a code and is alone in her account."""
    organisation()
    sign_up(Client(), email="ada@example.org")
    client.post(CODE, {"email": "ada@example.org"})

    done = client.post(f"{CODE}confirm/", {"code": code_in(Letter.objects.order_by("pk").last())}, follow=True)
    stranger = Client().post(LOGIN, {"login": "ada@example.org", "password": PASSWORD}, follow=True)

    assert done.wsgi_request.user == Person.objects.get()
    assert not stranger.wsgi_request.user.is_authenticated


def test_password_of_one_s_own_sign_up_stays(client):
    organisation()
    sign_up(client)

    client.post("/accounts/confirm-email/", {"code": code_in(Letter.objects.get())})

    assert Person.objects.get().check_password(PASSWORD)


def all_paths() -> list[str]:
    """Every address that takes no values."""

    def walk(resolver: URLResolver, before: str):
        for pattern in resolver.url_patterns:
            route = f"{before}{pattern.pattern}"
            if isinstance(pattern, URLResolver):
                yield from walk(pattern, route)
            elif isinstance(pattern, URLPattern) and not re.search(r"[<(^]", route):
                yield f"/{route}"

    return sorted(set(walk(get_resolver(), "")))


def test_there_is_no_other_sign_in_page():
    organisation()
    add_person(name="Ada", email="ada@example.org", by=system())

    asking = {path for path in all_paths() if 'autocomplete="current-password"' in Client().get(path).content.decode()}

    assert asking == {LOGIN}
    assert "django.contrib.admin" not in django_settings.INSTALLED_APPS
    assert not any("/admin/" in path for path in all_paths())


def test_only_sign_in_and_sign_up_take_a_password_from_strangers():
    organisation()

    taking = {path for path in all_paths() if 'type="password"' in Client().get(path).content.decode()}

    assert taking == {LOGIN, "/accounts/signup/"}
