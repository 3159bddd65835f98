"""The pages on which people choose, read and stop."""

from __future__ import annotations

import re

import pytest
from django.test import RequestFactory
from django.utils import timezone

from folkmoot.notices.actions import receive, set_wishes, tell
from folkmoot.notices.domain.timing import Choice
from folkmoot.notices.models import Hours, Letter, Telling, Wish
from folkmoot.notices.panels import desk_panel
from folkmoot.notices.queries import unread_count, wishes_of
from folkmoot.notices.return_path import return_path
from folkmoot.notices.stopping import DIGEST, stop_path
from tests.factories.organisation import organisation
from tests.factories.people import PersonFactory
from tests.notices.kinds import Moved
from tests.notices.mails import bounce

pytestmark = pytest.mark.django_db


@pytest.fixture
def ada():
    organisation()
    return PersonFactory(name="Ada")


@pytest.fixture
def as_ada(client, ada):
    client.force_login(ada)
    return client


CHOICES = {"every": "day", "weekday": "4", "hour": "17", "quiet_from": "22:00", "quiet_until": "07:30"}


def test_choices_are_kept_and_shown(as_ada, ada):
    answer = as_ada.post("/me/notices/", {**CHOICES, "wish-calls-mail": "digest", "wish-groups-app": "not"})

    page = as_ada.get("/me/notices/").content.decode()
    hours = Hours.objects.get(person=ada)
    assert answer["Location"] == "/me/notices/"
    assert {key: choice for key, choice in wishes_of(ada).items() if choice != Choice.NOW} == {
        ("calls", "mail"): Choice.DIGEST,
        ("groups", "app"): Choice.NOT,
    }
    assert (hours.digest_every, hours.digest_weekday, hours.digest_hour) == ("day", 4, 17)
    assert [str(time)[:5] for time in hours.quiet] == ["22:00", "07:30"]
    assert 'value="22:00"' in page
    assert re.search(r'name="wish-calls-mail".*?<option value="digest" selected', page, re.S)


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"quiet_until": ""}, "both a beginning and an end"),
        ({"quiet_until": "22:00"}, "at the same time are none"),
        ({"hour": "24"}, "Hour"),
        ({"wish-calls-mail": "loudly"}, "Calls, By mail"),
        ({"wish-calls-app": "digest"}, "Calls, On this site"),
    ],
)
def test_choice_that_is_none_is_said_and_nothing_is_kept(as_ada, wrong, words):
    answer = as_ada.post("/me/notices/", {**CHOICES, "wish-groups-mail": "not", **wrong})

    assert answer.status_code == 400
    assert words in answer.content.decode()
    assert not Wish.objects.exists()
    assert not Hours.objects.exists()


def test_settings_name_the_readers_zone_and_a_paused_address(as_ada, ada, settings):
    settings.BOUNCE_ADDRESS = "in@example.com"
    tell([ada], Moved("Planning"))
    receive(bounce(return_path(Letter.objects.get().pk)), now=timezone.now())

    page = as_ada.get("/me/notices/").content.decode()

    assert "on your own clock, in Lisbon" in page
    assert "Mail to you comes back" in page


def test_list_is_read_one_by_one_and_all_at_once(as_ada, ada):
    first = tell([ada], Moved("Planning"))[0]
    tell([ada], Moved("Review"))
    tell([PersonFactory()], Moved("Secret"))

    listed = as_ada.get("/me/notices/told/").content.decode()
    head = as_ada.head(f"/me/notices/told/{first.pk}/"), unread_count(ada)
    one = as_ada.get(f"/me/notices/told/{first.pk}/").content.decode()
    left = unread_count(ada)
    as_ada.post("/me/notices/told/read/", {"topic": "groups"})
    of_other_topic = unread_count(ada)
    after = as_ada.post("/me/notices/told/read/", follow=True).content.decode()

    assert ["Planning" in listed, "Review" in listed, "Secret" in listed] == [True, True, False]
    assert "2 notices are new" in listed
    assert head[1] == 2
    assert "See the call" in one
    assert (left, of_other_topic, unread_count(ada)) == (1, 1, 0)
    assert "One notice is marked as read." in after
    assert "You have read everything." in after


def new_in_frame(client, path: str = "/preferences/") -> list[str]:
    """What the frame of a page says is new: on the closed menu and beside the line in it, for the eye and in words."""
    page = client.get(path).content.decode()
    marks = r'aria-hidden="true"><span class="badge[^>]*>([^<]*)</span></span><span class="sr-only">([^<]*)<'
    return re.findall(marks, page)


def test_frame_of_every_page_says_how_much_is_new(as_ada, ada, client):
    nothing_new = new_in_frame(as_ada)
    first = tell([ada], Moved("Planning"))[0]
    tell([ada], Moved("Review"))
    tell([ada], Moved("Later"), not_before=timezone.now() + timezone.timedelta(days=1))
    tell([PersonFactory()], Moved("Secret"))

    two_new = new_in_frame(as_ada)
    while_reading = new_in_frame(as_ada, f"/me/notices/told/{first.pk}/")
    opened_again = new_in_frame(as_ada, f"/me/notices/told/{first.pk}/")
    as_ada.post("/me/notices/told/read/")

    assert nothing_new == []
    assert two_new == [("2", "2 new notices.")] * 2
    assert while_reading == opened_again == [("1", "1 new notice.")] * 2
    assert new_in_frame(as_ada) == []


@pytest.mark.parametrize("count", [0, 1, 3])
def test_frame_asks_nothing_more_to_know_it(as_ada, ada, django_assert_num_queries, count):
    for number in range(count):
        tell([ada], Moved(f"Call {number}"))
    as_ada.get("/preferences/")

    # The session, and the person with their count.
    with django_assert_num_queries(2):
        as_ada.get("/preferences/")


def test_frame_says_nothing_of_it_to_strangers(client, ada):
    tell([ada], Moved("Planning"))

    assert new_in_frame(client) == []


def test_notice_of_somebody_else_or_for_later_is_not_there(as_ada, ada):
    (others,) = tell([PersonFactory()], Moved("Secret"))
    (later,) = tell([ada], Moved("Later"), not_before=timezone.now() + timezone.timedelta(days=1))

    assert as_ada.get(f"/me/notices/told/{others.pk}/").status_code == 404
    assert as_ada.get(f"/me/notices/told/{later.pk}/").status_code == 404
    assert "Later" not in as_ada.get("/me/notices/told/").content.decode()


def test_list_is_filtered_by_subject(as_ada, ada):
    tell([ada], Moved("Planning"))

    assert "Planning" in as_ada.get("/me/notices/told/?topic=calls").content.decode()
    assert "Nothing here yet" in as_ada.get("/me/notices/told/?topic=groups").content.decode()
    assert "Planning" in as_ada.get("/me/notices/told/?topic=nonsense").content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_list_costs_the_same_for_any_number(as_ada, ada, django_assert_num_queries, count):
    for number in range(count):
        tell([ada], Moved(f"Call {number}"))
    as_ada.get("/me/notices/told/")

    with django_assert_num_queries(5):
        as_ada.get("/me/notices/told/")


def test_settings_cost_few_queries(as_ada, django_assert_num_queries):
    as_ada.get("/me/notices/")

    with django_assert_num_queries(6):
        as_ada.get("/me/notices/")


def test_desk_shows_what_is_new_in_one_query(ada, django_assert_num_queries):
    request = RequestFactory().get("/")
    request.user = ada
    for number in range(5):
        tell([ada], Moved(f"Call {number}"))

    with django_assert_num_queries(1):
        panel = desk_panel(request)
    Telling.objects.update(read_at=timezone.now())

    assert panel is not None
    assert panel.count("moves") == 4
    assert "All notices" in panel
    assert desk_panel(request) is None


def test_opening_the_link_in_a_mail_changes_nothing(client, ada):
    path = stop_path(ada.pk, "calls")

    for _time in range(3):
        page = client.get(path).content.decode()

    assert "Stop these mails?" in page
    assert "Nothing has changed yet" in page
    assert not Wish.objects.exists()


def test_mail_program_stops_a_topic_without_signing_in_and_twice_is_once(client, ada):
    tell([ada], Moved("Planning"))
    link = Letter.objects.get().headers["List-Unsubscribe"].strip("<>").removeprefix("http://localhost:8000")

    answers = [client.post(link, {"List-Unsubscribe": "One-Click"}).status_code for _time in range(2)]
    tell([ada], Moved("Review"))

    assert answers == [200, 200]
    assert wishes_of(ada)["calls", "mail"] == Choice.NOT
    assert wishes_of(ada)["groups", "mail"] == Choice.NOW
    assert Letter.objects.count() == 1
    assert unread_count(ada) == 2


def test_stopping_is_undone_as_it_was(client, ada):
    set_wishes(ada, {("calls", "mail"): Choice.DIGEST})
    path = stop_path(ada.pk, "calls")

    stopped = client.post(path).content.decode()
    (before,) = re.findall(r'name="again" value="(\w+)"', stopped)
    undone = client.post(path, {"again": before}).content.decode()

    assert before == "digest"
    assert "They come again" in undone
    assert wishes_of(ada)["calls", "mail"] == Choice.DIGEST


def test_digest_is_stopped_and_taken_up_again(client, ada):
    set_wishes(ada, {("calls", "mail"): Choice.DIGEST})
    tell([ada], Moved("Planning"))
    path = stop_path(ada.pk, DIGEST)

    client.post(path, {"List-Unsubscribe": "One-Click"})
    stopped = Hours.objects.get().digest_every
    client.post(path, {"again": "week"})

    assert (stopped, Hours.objects.get().digest_every) == ("never", "week")


@pytest.mark.parametrize("change", [lambda path: path.replace("calls", "groups"), lambda path: path[:-3] + "xx/"])
def test_link_that_is_not_ours_stops_nothing(client, ada, change):
    answer = client.post(change(stop_path(ada.pk, "calls")))

    assert answer.status_code == 404
    assert "not one of ours" in answer.content.decode()
    assert not Wish.objects.exists()


def test_nonsense_in_the_undo_is_refused(client, ada):
    assert client.post(stop_path(ada.pk, "calls"), {"again": "loudly"}).status_code == 400
    assert client.post(stop_path(ada.pk, DIGEST), {"again": "loudly"}).status_code == 400


def test_paused_address_is_confirmed_on_its_page(as_ada, ada, settings):
    settings.BOUNCE_ADDRESS = "in@example.com"
    tell([ada], Moved("Planning"))
    receive(bounce(return_path(Letter.objects.get().pk)), now=timezone.now())

    before = as_ada.get("/me/notices/address/").content.decode()
    letters = Letter.objects.count()
    sent = as_ada.post("/me/notices/address/", follow=True).content.decode()
    code = Letter.objects.order_by("-pk")[0].subject.split()[0]
    wrong = as_ada.post("/me/notices/address/", {"code": "BBBB"})
    right = as_ada.post("/me/notices/address/", {"code": code}, follow=True).content.decode()
    after = as_ada.get("/me/notices/address/").content.decode()

    assert "No such person here" in before
    assert (letters, Letter.objects.count()) == (1, 2)
    assert "A code is on its way" in sent
    assert (wrong.status_code, "not the newest one" in wrong.content.decode()) == (400, True)
    assert "One mail that was held back comes now" in right
    assert "nothing to confirm" in after
