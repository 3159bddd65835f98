"""How long sessions last, where they are, and what ends them."""

from __future__ import annotations

import pytest
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.sessions.models import Session
from django.test import Client

from folkmoot.people.domain.devices import Device, device_of
from tests.factories.organisation import organisation
from tests.people.second_steps import ACTIVATE, code_of, proved
from tests.people.signing_up import PASSWORD
from tests.people.test_providers import known_person, with_password

pytestmark = pytest.mark.django_db
PRIVATE = "/accounts/email/"
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
SAFARI = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Version/18.0 Safari/604.1"


def signed_in(agent: str = FIREFOX, address: str = "192.0.2.7") -> Client:
    client = Client(HTTP_USER_AGENT=agent, REMOTE_ADDR=address)
    with_password(client)
    return client


def is_in(client: Client) -> bool:
    return client.get(PRIVATE).status_code == 200


def test_session_ends_after_thirty_days_of_daily_use(freeze):
    clock = freeze("2026-05-01T12:00Z")
    organisation()
    known_person()
    client = signed_in()
    kept = client.cookies[settings.SESSION_COOKIE_NAME].value

    days = []
    for _ in range(31):
        clock.shift(24 * 3600)
        client.cookies[settings.SESSION_COOKIE_NAME] = kept  # whatever the browser was told about its age
        days.append(is_in(client))

    assert days == [True] * 30 + [False]
    assert not Session.objects.filter(session_key=kept).exists()


def test_session_ends_after_two_weeks_without_use(freeze):
    clock = freeze("2026-05-01T12:00Z")
    organisation()
    known_person()
    used, left = signed_in(), signed_in()
    clock.shift(13 * 24 * 3600)
    used_then = is_in(used)
    clock.shift(2 * 24 * 3600)

    assert used_then
    assert is_in(used)
    assert not is_in(left)


def test_signing_out_ends_the_session_on_the_server():
    organisation()
    known_person()
    client = signed_in()
    kept = client.cookies[settings.SESSION_COOKIE_NAME].value
    thief = Client()
    thief.cookies[settings.SESSION_COOKIE_NAME] = kept
    before = is_in(thief)

    client.post("/accounts/logout/")

    assert before
    thief.cookies[settings.SESSION_COOKIE_NAME] = kept
    assert not is_in(thief)
    assert not UserSession.objects.exists()


def test_new_password_ends_all_other_sessions():
    organisation()
    known_person()
    here, elsewhere = signed_in(), signed_in()

    new = "another lamp entirely"
    here.post("/accounts/password/change/", {"oldpassword": PASSWORD, "password1": new, "password2": new})

    assert is_in(here)
    assert not is_in(elsewhere)


def test_second_step_ends_all_other_sessions(django_capture_on_commit_callbacks):
    organisation()
    known_person()
    here, elsewhere = proved(Client()), signed_in()
    here.get(ACTIVATE)

    with django_capture_on_commit_callbacks(execute=True):
        here.post(ACTIVATE, {"code": code_of(here.session["mfa.totp.secret"])})

    assert is_in(here)
    assert not is_in(elsewhere)


def test_switching_the_second_step_off_ends_all_other_sessions(django_capture_on_commit_callbacks, freeze):
    freeze("2026-05-01T12:00Z")
    organisation()
    known_person()
    here, elsewhere = proved(Client()), signed_in()
    here.get(ACTIVATE)
    here.post(ACTIVATE, {"code": code_of(here.session["mfa.totp.secret"])})
    before = is_in(elsewhere)

    with django_capture_on_commit_callbacks(execute=True):
        here.post("/accounts/2fa/totp/deactivate/")

    assert before
    assert is_in(here)
    assert not is_in(elsewhere)


def test_devices_are_listed_and_one_is_signed_out():
    organisation()
    known_person()
    here, phone, third = signed_in(), signed_in(SAFARI, "2001:db8::1"), signed_in()

    page = here.get("/accounts/sessions/").content.decode()
    row = UserSession.objects.get(user_agent=SAFARI)
    done = here.post(f"/accounts/sessions/{row.pk}/end/", follow=True)

    assert "Firefox on Linux" in page
    assert "Safari on iPhone" in page
    assert "2001:db8::1" in page
    assert page.count("Sign it out") == 2
    assert "That device is signed out." in done.content.decode()
    assert [is_in(client) for client in (here, phone, third)] == [True, False, True]


def test_all_other_devices_are_signed_out_at_once():
    organisation()
    known_person()
    here, phone = signed_in(), signed_in(SAFARI)

    here.post("/accounts/sessions/")

    assert [is_in(client) for client in (here, phone)] == [True, False]


def test_device_of_somebody_else_is_not_there():
    organisation()
    known_person()
    known_person("ben@example.org")
    ada, ben = signed_in(), Client()
    with_password(ben, "ben@example.org")
    row = UserSession.objects.get(user__email="ada@example.org")

    answer = ben.post(f"/accounts/sessions/{row.pk}/end/")

    assert answer.status_code == 404
    assert is_in(ada)


@pytest.mark.parametrize("count", [1, 3])
def test_devices_are_listed_with_the_same_number_of_queries(django_assert_num_queries, count):
    organisation()
    known_person()
    clients = [signed_in() for _ in range(count)]
    clients[0].get("/")

    with django_assert_num_queries(4):
        clients[0].get("/accounts/sessions/")


@pytest.mark.parametrize("path", ["/", "/groups/", "/accounts/email/", "/accounts/sessions/", "/preferences/"])
def test_pages_of_somebody_signed_in_stay_out_of_stores(path):
    organisation()
    known_person()

    answer = signed_in().get(path)

    assert answer.status_code == 200
    assert {"no-store", "private"} <= {part.strip() for part in answer["Cache-Control"].split(",")}


def test_use_is_noted_once_an_hour(freeze, django_assert_num_queries):
    clock = freeze("2026-05-01T12:00Z")
    organisation()
    known_person()
    client = signed_in()
    noted = [UserSession.objects.get().last_seen_at.isoformat()]

    for _ in range(3):
        clock.shift(40 * 60)
        client.get("/preferences/")
        noted.append(UserSession.objects.get().last_seen_at.isoformat())

    assert [moment[11:16] for moment in noted] == ["12:00", "12:00", "13:20", "13:20"]


@pytest.mark.parametrize(
    ("said", "device"),
    [
        (FIREFOX, Device("Firefox", "Linux")),
        (SAFARI, Device("Safari", "iPhone")),
        ("Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/140.0 Safari/537.36 Edg/140.0", Device("Edge", "Windows")),
        ("Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 Chrome/140.0 Mobile", Device("Chrome", "Android")),
        ("curl/8.0", Device("", "")),
        ("", Device("", "")),
    ],
)
def test_device_is_named_in_few_words(said, device):
    assert device_of(said) == device
