"""Signing in with an account elsewhere, the whole way there and back, with a provider on this machine."""

from __future__ import annotations

import html
import re
from http.client import HTTPConnection
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount, SocialApp, SocialToken
from django.test import Client

from folkmoot.ledger.actors import system
from folkmoot.ledger.models import Entry
from folkmoot.notices.models import Letter
from folkmoot.people.actions import add_person
from folkmoot.people.models import Person
from folkmoot.people.providers import is_unclaimed
from tests.factories.organisation import organisation
from tests.people.providers_on import LOGIN, provider  # noqa: F401
from tests.people.signing_up import PASSWORD
from tests.people.test_sign_in import code_in

pytestmark = [pytest.mark.sqlite, pytest.mark.django_db]
ALL = sorted(LOGIN)


def way_out(client: Client, name: str, **query: str) -> str:
    """Press the button, and say where it leads."""
    page = client.post(f"{LOGIN[name]}?{urlencode(query)}", follow=False)
    assert page.status_code == 200, (page.status_code, page.headers)
    found = re.search(r'http-equiv="refresh" content="0;url=([^"]+)"', page.content.decode())
    assert found
    return html.unescape(found[1])


def at_provider(address: str) -> str:
    """Go there as a browser does, and say where it sends one back."""
    parts = urlsplit(address)
    connection = HTTPConnection(parts.hostname, parts.port, timeout=5)
    connection.request("GET", f"{parts.path}?{parts.query}")
    back = connection.getresponse().headers["Location"]
    connection.close()
    return back.removeprefix("http://testserver")


def there_and_back(client: Client, name: str, **query: str):
    return client.get(at_provider(way_out(client, name, **query)), follow=True)


def known_person(email: str = "ada@example.org") -> Person:
    """Somebody with a password and a confirmed address."""
    person = Person.objects.create_user(email=email, password=PASSWORD, name="Ada Oakes")
    EmailAddress.objects.create(user=person, email=email, verified=True, primary=True)
    return person


def with_password(client: Client, email: str = "ada@example.org") -> None:
    client.post("/accounts/login/", {"login": email, "password": PASSWORD})


@pytest.mark.parametrize("name", ALL)
def test_somebody_new_comes_with_an_account_from_elsewhere(client, provider, name):  # noqa: F811
    organisation()

    done = there_and_back(client, name)

    person = Person.objects.get()
    assert done.wsgi_request.user == person
    assert (person.name, person.email, person.has_usable_password()) == (
        "ada" if name == "discord" else "Ada Oakes", "ada@example.org", False,
    )  # fmt: skip
    assert person.emailaddress_set.get().verified
    assert Entry.objects.get(kind="people.added").about == person
    assert not Letter.objects.exists()
    assert not provider.refusals


@pytest.mark.parametrize("name", ALL)
def test_they_are_known_when_they_come_again(provider, name):  # noqa: F811
    organisation()
    there_and_back(Client(), name)
    provider.person.email = "moved@example.org"

    again = there_and_back(Client(), name)

    assert again.wsgi_request.user == Person.objects.get()


@pytest.mark.parametrize("name", ALL)
def test_somebody_invited_becomes_that_same_person(client, provider, name):  # noqa: F811
    organisation()
    invited = add_person(name="Ada from the list", email="Ada@example.org", by=system())

    done = there_and_back(client, name)

    assert done.wsgi_request.user == invited
    assert Person.objects.count() == 1
    assert invited.emailaddress_set.get().verified
    assert invited.socialaccount_set.count() == 1


@pytest.mark.parametrize(
    ("name", "verified"),
    [
        ("discord", False),  # Discord says true or false and nothing else
        *((name, verified) for name in ("github", "oidc") for verified in (False, "false", "true", None, 1)),
    ],
)
def test_unverified_address_claims_nobody(client, provider, name, verified):  # noqa: F811
    organisation()
    invited = add_person(name="Ada", email="ada@example.org", by=system())
    provider.person.verified = verified

    done = there_and_back(client, name)

    assert not done.wsgi_request.user.is_authenticated
    assert Person.objects.get() == invited
    assert not SocialAccount.objects.exists()
    assert not invited.emailaddress_set.get().verified


@pytest.mark.parametrize("name", ALL)
def test_verified_address_of_somebody_who_was_here_opens_nothing_unasked(client, provider, name):  # noqa: F811
    organisation()
    known_person()

    done = there_and_back(client, name)

    assert not done.wsgi_request.user.is_authenticated
    assert not SocialAccount.objects.exists()
    letter = Letter.objects.get()
    assert letter.recipient == "ada@example.org"
    assert "link it under Linked accounts" in letter.text


def test_unverified_address_of_nobody_is_confirmed_by_a_code_first(client, provider):  # noqa: F811
    organisation()
    provider.person.verified = False

    there_and_back(client, "github")
    before = client.get("/accounts/email/").status_code
    done = client.post("/accounts/confirm-email/", {"code": code_in(Letter.objects.get())}, follow=True)

    assert before == 302
    assert done.wsgi_request.user == Person.objects.get()


def test_password_that_a_stranger_chose_does_not_survive_a_claim(client, provider):  # noqa: F811
    organisation()
    squatter = Person.objects.create_user(email="ada@example.org", password=PASSWORD, name="Not Ada")
    EmailAddress.objects.create(user=squatter, email="ada@example.org", verified=False, primary=True)

    done = there_and_back(client, "github")

    squatter.refresh_from_db()
    assert done.wsgi_request.user == squatter
    assert not squatter.has_usable_password()


def test_somebody_without_a_name_is_asked_for_one(client, provider):  # noqa: F811
    organisation()
    provider.person.name = provider.person.username = "\u200b"

    page = there_and_back(client, "oidc")

    assert "One more thing" in page.content.decode()
    assert "Oak House" in page.content.decode()
    assert not Person.objects.exists()


def test_what_they_add_makes_the_account(client, provider):  # noqa: F811
    from tests.people.signing_up import filled_in

    organisation()
    provider.person.name = provider.person.username = "\u200b"
    there_and_back(client, "oidc")

    done = client.post("/accounts/3rdparty/signup/", filled_in(email="ada@example.org", name="Ada"), follow=True)

    assert done.wsgi_request.user == Person.objects.get()
    assert Person.objects.get().name == "Ada"


def test_trap_on_the_form_after_a_provider_makes_nothing(client, provider):  # noqa: F811
    from tests.people.signing_up import filled_in

    organisation()
    provider.person.name = provider.person.username = "\u200b"
    there_and_back(client, "oidc")

    client.post("/accounts/3rdparty/signup/", filled_in(email="ada@example.org", name="Ada", homepage="http://spam"))

    assert not Person.objects.exists()
    assert not Letter.objects.exists()


@pytest.mark.parametrize("name", ALL)
def test_way_out_carries_state_and_a_challenge(client, provider, name):  # noqa: F811
    organisation()

    query = {key: values[0] for key, values in parse_qs(urlsplit(way_out(client, name)).query).items()}

    assert query["code_challenge_method"] == "S256"
    assert len(query["code_challenge"]) >= 43
    assert len(query["state"]) >= 16
    assert query["redirect_uri"].startswith("http://testserver/accounts/")


def test_code_without_its_verifier_is_refused_by_the_provider(client, provider, monkeypatch):  # noqa: F811
    """The provider does look: without the proof that PKCE asks for the same way ends in a refusal."""
    organisation()
    monkeypatch.setattr("allauth.socialaccount.providers.oauth2.provider.generate_code_challenge", lambda: {
        "code_verifier": "", "code_challenge": "x" * 43, "code_challenge_method": "S256",
    })  # fmt: skip

    done = there_and_back(client, "github")

    assert done.status_code == 401
    assert provider.refusals == ["no proof of the key"]
    assert not Person.objects.exists()


@pytest.mark.parametrize("name", ALL)
def test_state_missing_wrong_reused_or_from_another_session_is_refused(provider, name):  # noqa: F811
    organisation()
    mine, other = Client(), Client()
    back = at_provider(way_out(mine, name))
    path, query = back.split("?")
    code = parse_qs(query)["code"][0]

    missing = mine.get(path, {"code": code})
    wrong = mine.get(path, {"code": code, "state": "0123456789abcdef"})
    elsewhere = other.get(back)
    before = Person.objects.count()
    right = mine.get(back, follow=True)
    reused = mine.get(back)

    assert [missing.status_code, wrong.status_code, elsewhere.status_code, before] == [401, 401, 401, 0]
    assert right.wsgi_request.user.is_authenticated
    assert reused.status_code == 401
    assert Person.objects.count() == 1


def test_code_works_once(provider):  # noqa: F811
    organisation()
    first, second = Client(), Client()
    used = parse_qs(urlsplit(at_provider(way_out(first, "github"))).query)["code"][0]
    first.get(f"/accounts/github/login/callback/?{urlencode({'code': used, 'state': _state_of(first)})}")
    way_out(second, "github")

    replayed = second.get(f"/accounts/github/login/callback/?{urlencode({'code': used, 'state': _state_of(second)})}")

    assert replayed.status_code == 401
    assert provider.refusals == ["unknown or used code"]


def _state_of(client: Client) -> str:
    return next(iter(client.session["socialaccount_states"]))


def test_two_people_in_one_answer_are_refused(client, provider):  # noqa: F811
    organisation()
    provider.other_sub = "somebody-else"

    done = there_and_back(client, "oidc")

    assert done.status_code == 401
    assert not Person.objects.exists()


def test_turning_round_at_the_provider_is_no_error(client, provider):  # noqa: F811
    organisation()
    provider.says_no = True

    page = there_and_back(client, "discord")

    assert page.status_code == 200
    assert "You turned round on the way" in page.content.decode()


def test_provider_out_of_reach_says_so(client, provider, monkeypatch):  # noqa: F811
    organisation()
    back = at_provider(way_out(client, "github"))
    monkeypatch.setattr(
        "allauth.socialaccount.providers.github.views.GitHubOAuth2Adapter.access_token_url", "http://127.0.0.1:9/token"
    )

    page = client.get(back)

    assert page.status_code == 401
    assert "That did not work" in page.content.decode()


def test_buttons_stand_only_for_what_is_on(client, provider, settings):  # noqa: F811
    organisation()

    with_all = client.get("/accounts/login/").content.decode()
    settings.SOCIALACCOUNT_PROVIDERS = {}
    with_none = client.get("/accounts/login/").content.decode()

    assert [f"Go on with {name}" in with_all for name in ("Discord", "GitHub", "Oak House")] == [True] * 3
    assert "Go on with" not in with_none


@pytest.mark.parametrize("name", ALL)
def test_what_is_off_is_not_there(client, name):
    organisation()

    answers = [client.get(LOGIN[name]), client.post(LOGIN[name]), client.get(f"{LOGIN[name]}callback/")]

    assert [answer.status_code for answer in answers] == [404, 404, 404]


def test_applications_in_the_database_count_for_nothing(client):
    organisation()
    SocialApp.objects.create(provider="github", name="Planted", client_id="x", secret="y")

    assert client.post("/accounts/github/login/").status_code == 404
    assert "Planted" not in client.get("/accounts/login/").content.decode()


def test_opening_the_way_out_leads_nowhere_by_itself(client, provider):  # noqa: F811
    organisation()

    page = client.get("/accounts/github/login/")

    assert page.status_code == 200
    assert "Go on with GitHub?" in page.content.decode()
    assert provider.asked == []


def test_linking_asks_for_the_password_again(client, provider, freeze):  # noqa: F811
    clock = freeze("2026-05-01T12:00Z")
    organisation()
    ada = known_person()
    with_password(client)
    clock.shift(3600)

    asked = there_and_back(client, "github", process="connect")
    linked_before = SocialAccount.objects.count()
    client.post("/accounts/reauthenticate/", {"password": PASSWORD}, follow=True)

    assert "Is it you?" in asked.content.decode()
    assert linked_before == 0
    assert SocialAccount.objects.get().user == ada


def test_linking_without_a_password_asks_for_a_code(client, provider, freeze):  # noqa: F811
    clock = freeze("2026-05-01T12:00Z")
    organisation()
    ada = add_person(name="Ada", email="ada@example.org", by=system())
    client.post("/accounts/login/code/", {"email": "ada@example.org"})
    client.post("/accounts/login/code/confirm/", {"code": code_in(Letter.objects.get())})
    clock.shift(3600)

    refused = client.post("/accounts/github/login/?process=connect")
    client.post(refused["Location"])
    code = code_in(Letter.objects.order_by("pk").last())
    proved = client.post("/accounts/prove/", {"code": code, "next": "/accounts/3rdparty/"})
    page = there_and_back(client, "github", process="connect")

    assert refused["Location"] == "/accounts/prove/?next=%2Faccounts%2F3rdparty%2F"
    assert proved["Location"] == "/accounts/3rdparty/"
    assert SocialAccount.objects.get().user == ada
    assert "ada" in page.content.decode()


def test_linking_takes_no_account_of_somebody_else(provider):  # noqa: F811
    organisation()
    there_and_back(Client(), "github")
    known_person("ben@example.org")
    ben = Client()
    with_password(ben, "ben@example.org")
    ben.post("/accounts/reauthenticate/", {"password": PASSWORD})

    there_and_back(ben, "github", process="connect")

    assert SocialAccount.objects.get().user.email == "ada@example.org"


def test_linking_claims_no_invited_person(provider):  # noqa: F811
    organisation()
    invited = add_person(name="Ada", email="ada@example.org", by=system())
    ben = known_person("ben@example.org")
    client = Client()
    with_password(client, "ben@example.org")
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})

    there_and_back(client, "github", process="connect")

    assert SocialAccount.objects.get().user == ben
    assert is_unclaimed(invited)


def test_unlinking_works_also_when_the_provider_is_off(client, provider, settings):  # noqa: F811
    organisation()
    ada = known_person()
    with_password(client)
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    there_and_back(client, "oidc", process="connect")
    settings.SOCIALACCOUNT_PROVIDERS = {}

    page = client.get("/accounts/3rdparty/")
    client.post("/accounts/3rdparty/", {"account": ada.socialaccount_set.get().pk})

    assert "ada" in page.content.decode()
    assert not SocialAccount.objects.exists()


def test_second_step_is_asked_after_a_provider(client, provider):  # noqa: F811
    from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

    organisation()
    there_and_back(Client(), "github")
    TOTP.activate(Person.objects.get(), generate_totp_secret())

    page = there_and_back(client, "github")

    assert not page.wsgi_request.user.is_authenticated
    assert "Second step" in page.content.decode()


def test_only_what_somebody_is_called_there_is_kept(client, provider):  # noqa: F811
    organisation()

    there_and_back(client, "oidc")

    assert SocialAccount.objects.get().extra_data == {
        "name": "Ada Oakes", "preferred_username": "ada", "username": "ada",
    }  # fmt: skip
    assert not SocialToken.objects.exists()


def test_somebody_without_a_password_unlinks_and_still_gets_in_by_a_code(client, provider):  # noqa: F811
    organisation()
    there_and_back(client, "github")
    ada = Person.objects.get()

    client.post("/accounts/3rdparty/", {"account": ada.socialaccount_set.get().pk})

    assert not SocialAccount.objects.exists()


def test_only_way_in_is_not_cut(client, provider):  # noqa: F811
    organisation()
    there_and_back(client, "github")
    ada = Person.objects.get()
    ada.emailaddress_set.all().delete()

    page = client.post("/accounts/3rdparty/", {"account": ada.socialaccount_set.get().pk})

    assert "This is your only way in." in page.content.decode()
    assert SocialAccount.objects.exists()
