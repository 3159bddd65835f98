"""Choosing which calls come as invitations, and stopping them from within a mail program."""

from __future__ import annotations

import re

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from folkmoot.invitations.actions import wish_invitations
from folkmoot.invitations.models import InvitationWish
from folkmoot.invitations.stopping import stop_path
from folkmoot.people.actions import erase_person
from tests.calendar.reading import words_of
from tests.invitations.letters import letters

pytestmark = pytest.mark.django_db


def wishes(person) -> list[tuple[str | None, bool]]:
    return list(InvitationWish.objects.filter(person=person).order_by("pk").values_list("group__slug", "is_wanted"))


def said(response) -> tuple[int, str]:
    return response.status_code, re.search("<h1>(.*?)</h1>", response.content.decode())[1]


def test_boxes_say_which_calls_come_and_whether_one_may_be_a_guest(group, call, ben, client):
    client.force_login(ben)
    page = reverse("my_invitations")
    assert "Other groups may invite me" in words_of(client.get(page).content.decode())

    client.post(page, {"groups": [str(group.pk)]})
    assert wishes(ben) == [(group.slug, True), (None, False)]
    client.post(page, {"as_guest": "on"})
    assert wishes(ben) == [(group.slug, False), (None, True)]
    assert client.post(page, {"groups": ["999"]}).status_code == 400

    assert (wishes(ben), len(letters(ben.email))) == ([(group.slug, False), (None, True)], 1)


def test_page_asks_few_queries(group, ben, client, django_assert_num_queries):
    client.force_login(ben)
    client.get(reverse("my_invitations"))

    with django_assert_num_queries(4):
        client.get(reverse("my_invitations"))


def test_mail_is_stopped_by_one_click_without_signing_in_and_opening_the_link_stops_nothing(group, call, ben):
    wish_invitations(group, by=ben)
    (letter,) = letters(ben.email)
    address = stop_path(ben.pk, group.pk)
    assert letter.headers["List-Unsubscribe"] == f"<{settings.PUBLIC_ADDRESS}{address}>"
    assert letter.headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    outside = Client(enforce_csrf_checks=True)

    assert [said(outside.get(address)), outside.head(address).status_code] == [(200, "Stop these invitations?"), 200]
    assert wishes(ben) == [(group.slug, True)]
    for _time in range(2):
        assert said(outside.post(address, {"List-Unsubscribe": "One-Click"})) == (200, "Stopped")
    assert wishes(ben) == [(group.slug, False)]
    assert said(outside.get(address)) == (200, "Stopped")
    assert said(outside.post(address, {"again": "yes"})) == (200, "They come again")
    assert wishes(ben) == [(group.slug, True)]


def test_stop_link_that_is_not_ours_or_of_a_record_that_is_gone_is_unknown(group, ben):
    address = stop_path(ben.pk, group.pk)
    erase_person(ben, by=ben)

    answers = [Client().post(address), Client().post(address[:-3] + "/"), Client().get(stop_path(999, None))]

    assert [said(one) for one in answers] == [(404, "This link is not one of ours")] * 3
