"""Guards of public forms: the trap, the stamp, and limits by network and account."""

from __future__ import annotations

import time

import pytest
from django.core import signing
from django.test import Client, RequestFactory
from hypothesis import given
from hypothesis import strategies as st

from folkmoot.people.guards import GuardedForm, limited, network, plain_address, stamp
from folkmoot.people.models import Person
from tests.factories.organisation import organisation
from tests.people.signing_up import PASSWORD, filled_in, sign_up


def request_from(address: str):
    return RequestFactory().post("/", REMOTE_ADDR=address)


def sent(**fields: str) -> GuardedForm:
    form = GuardedForm({"opened": stamp(time.time() - 30), **fields})
    form.is_valid()
    return form


def test_form_that_was_open_for_a_while_passes():
    form = sent()

    assert form.is_valid()
    assert not form.trapped


def test_filled_trap_is_noticed_and_is_no_error():
    form = sent(homepage="http://spam.example")

    assert form.is_valid()
    assert form.trapped


@pytest.mark.parametrize(
    "opened",
    [
        "",
        "nonsense",
        lambda: stamp(),
        lambda: stamp(time.time() - 1.9),
        lambda: stamp(time.time() - 24 * 3600 - 1),
        lambda: stamp(time.time() + 3600),
        lambda: signing.dumps(1.0, salt="something else"),
        lambda: signing.dumps("words", salt="folkmoot.form"),
        lambda: signing.dumps(None, salt="folkmoot.form"),
    ],
)
def test_form_sent_too_soon_or_with_a_stamp_that_is_not_ours_is_shown_again(opened):
    form = sent(opened=opened() if callable(opened) else opened)

    assert form.too_quick
    assert form.non_field_errors() == ["That was very quick. Please look at it once more and send it again."]
    assert 'value="' in str(form["opened"])
    assert GuardedForm({"opened": form.data["opened"]}).data["opened"] != opened


def test_trap_is_out_of_reach_of_people():
    trap = str(GuardedForm()["homepage"])

    assert 'class="sr-only" aria-hidden="true"' in trap
    assert 'tabindex="-1" autocomplete="off"' in trap


@given(st.ip_addresses(v=6), st.integers(0, 2**64 - 1))
def test_one_slash_64_is_one_network(address, rest):
    neighbour = type(address)((int(address) >> 64 << 64) | rest)

    assert network(str(address)) == network(str(neighbour))


@given(st.ip_addresses(v=4), st.ip_addresses(v=4))
def test_each_ipv4_address_is_a_network_of_its_own(one, other):
    assert (network(str(one)) == network(str(other))) == (one == other)


@given(st.ip_addresses(v=4))
def test_ipv4_in_ipv6_clothes_is_ipv4(address):
    assert plain_address(f"::ffff:{address}") == str(address)


def test_limit_counts_a_household_not_an_address():
    answers = [limited(request_from(f"2001:db8:0:1::{n:x}"), "try", "3/m") for n in range(1, 6)]
    neighbour = limited(request_from("2001:db8:0:2::1"), "try", "3/m")

    assert answers == [False, False, False, True, True]
    assert not neighbour


def test_limit_counts_an_account_from_wherever_it_is_tried():
    answers = [limited(request_from(f"192.0.2.{n}"), "try", "3/m", about="ada") for n in range(1, 6)]

    assert answers == [False, False, False, True, True]
    assert not limited(request_from("192.0.2.1"), "try", "3/m", about="ben")
    assert not limited(request_from("192.0.2.1"), "something else", "3/m", about="ada")


def test_limit_ends_with_its_period(freeze):
    clock = freeze("2026-05-01T12:00Z")
    assert [limited(request_from("192.0.2.1"), "try", "1/m") for _ in range(2)] == [False, True]

    clock.shift(60)

    assert not limited(request_from("192.0.2.1"), "try", "1/m")


@pytest.mark.django_db
def test_signing_up_too_quickly_loses_nothing(client):
    organisation()

    page = sign_up(client, opened=stamp(), name="Nia").content.decode()

    assert "That was very quick." in page
    assert 'value="Nia"' in page
    assert 'value="new@example.org"' in page
    assert f'value="{PASSWORD}"' in page
    assert not Person.objects.exists()


@pytest.mark.django_db
def test_signing_up_with_another_mistake_gives_no_password_back(client):
    organisation()

    page = sign_up(client, name="\u200b").content.decode()

    assert PASSWORD not in page


@pytest.mark.django_db
def test_page_itself_gives_what_is_needed_to_sign_up(client, freeze):
    clock = freeze("2026-05-01T12:00Z")
    organisation()
    form = client.get("/accounts/signup/").context["form"]
    clock.shift(20)

    client.post("/accounts/signup/", filled_in(opened=form["opened"].value()))

    assert Person.objects.get().name == "Nia Novak"


@pytest.mark.django_db
def test_machine_in_the_trap_is_answered_as_if_all_was_well():
    from folkmoot.notices.models import Letter

    organisation()
    honest, machine = Client(), Client()

    real = sign_up(honest, email="nia@example.org")
    faked = sign_up(machine, email="bot@example.org", homepage="http://spam.example")
    pages = [client.get("/accounts/confirm-email/") for client in (honest, machine)]

    assert (real.status_code, real["Location"]) == (faked.status_code, faked["Location"])
    assert [page.status_code for page in pages] == [200, 200]
    assert [person.email for person in Person.objects.all()] == ["nia@example.org"]
    assert [letter.recipient for letter in Letter.objects.all()] == ["nia@example.org"]
