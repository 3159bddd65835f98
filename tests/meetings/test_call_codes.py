"""The code that is shown on a call: made, used by people and guests, guessed at."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.cache import caches
from django.test import Client

from folkmoot.groups.models import Power
from folkmoot.kit.errors import Refused
from folkmoot.ledger.models import Entry
from folkmoot.meetings.actions import call_of_code, close_attendance, make_code, use_code
from folkmoot.meetings.attendance_reading import Counted, attendance_of, counted
from folkmoot.meetings.models import Attendance, CallCode, Status
from folkmoot.people.guards import stamp
from tests.calendar.reading import words_of
from tests.factories.groups import join
from tests.factories.meetings import held_call, meeting_group
from tests.factories.organisation import organisation
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db

HOUR = dt.timedelta(hours=1)


@pytest.fixture(autouse=True)
def clock(freeze):
    clock = freeze("2026-11-24T12:00Z")
    organisation()
    return clock


@pytest.fixture
def group():
    return meeting_group()


@pytest.fixture
def call(group):
    return held_call(group, ended=-HOUR / 2)


@pytest.fixture
def ada(group):
    return join(PersonFactory(name="Ada"), group, Power.MANAGE)


def as_guest(code: str, **more: str) -> dict[str, str]:
    opened = dt.datetime(2026, 11, 24, 11, 59, tzinfo=dt.UTC).timestamp()
    return {"code": code, "name": "Jo Marsh", "affiliation": "", "email": "", "opened": stamp(opened), **more}


def test_person_outside_the_group_is_on_the_list_by_the_code(call, ada):
    code = make_code(call, by=ada).code
    outsider = PersonFactory()

    use_code(f" {code[:3].lower()} {code[3:]} ", by=outsider)
    use_code(code, by=outsider)

    assert [(row.person, row.source) for row in attendance_of(call).people] == [(outsider, "code")]
    assert Entry.objects.filter(kind="meetings.attended").count() == 1


def test_another_code_takes_the_place_of_the_last_and_history_has_neither(call, ada):
    first = make_code(call, by=ada).code
    second = make_code(call, by=ada).code

    assert CallCode.objects.get().code == second != first
    with pytest.raises(Refused):
        call_of_code(first)
    assert call_of_code(second) == call
    entries = Entry.objects.filter(kind="meetings.code_shown")
    assert [entry.payload for entry in entries] == [{"meeting_id": call.pk}] * 2


@pytest.mark.parametrize("why", ["early", "late", "cancelled", "closed", "wrong", "empty", "long", "not latin"])
def test_code_that_does_not_hold_is_refused_in_the_same_words(group, ada, why, freeze):
    call = held_call(group, ended=-HOUR / 2)
    code = make_code(call, by=ada).code
    match why:
        case "early":
            freeze("2026-11-24T11:14Z")
        case "late":
            freeze("2026-11-26T00:00Z")
        case "cancelled":
            call.status = Status.CANCELLED
            call.save()
        case "closed":
            freeze("2026-11-24T13:00Z")
            close_attendance(call, by=ada)
    typed = {"wrong": "CCCCCC", "empty": "", "long": code + "C", "not latin": "КВМАСН"}.get(why, code)

    with pytest.raises(Refused) as refused:
        use_code(typed, by=PersonFactory())

    assert refused.value.code == "not_found"
    assert refused.value.message.startswith("This code holds for no call at present.")
    assert not Attendance.objects.exists()


@pytest.mark.parametrize(("ended", "may"), [(-27 * HOUR, False), (-25 * HOUR, True), (HOUR, True), (50 * HOUR, False)])
def test_code_can_be_made_from_the_day_before(group, ada, ended, may):
    call = held_call(group, ended=ended)

    if may:
        assert make_code(call, by=ada).code
    else:
        with pytest.raises(Refused):
            make_code(call, by=ada)


def test_page_shows_the_code_in_large_letters_once_it_is_made(call, ada):
    browser, path = Client(), f"/meetings/{call.pk}/here/show-code/"
    browser.force_login(ada)
    assert "Make a code" in words_of(browser.get(path).content.decode())
    assert not CallCode.objects.exists()

    page = browser.post(path, follow=True).content.decode()

    code = CallCode.objects.get().code
    assert f'<p class="code-shown" id="code">{code[:3]} {code[3:]}</p>' in page
    assert f"http://testserver/c/{code}/" in page


def test_opening_the_address_of_a_code_changes_nothing_and_tells_nothing(call, ada, ben_outside):
    """A scanner that opens every address of a mail notes nobody, and learns of no code whether it holds."""
    code = make_code(call, by=ada).code
    signed_in = Client()
    signed_in.force_login(ben_outside)

    for browser in (Client(), signed_in):
        right, wrong = (browser.get(f"/c/{typed}/").content.decode() for typed in (code, "CCCCCC"))
        assert words_of(right) == words_of(wrong)
        assert f'value="{code}"' in right
        browser.head(f"/c/{code}/")
    assert not Attendance.objects.exists()


@pytest.fixture
def ben_outside():
    return PersonFactory(name="Ben")


def test_signed_in_person_types_the_code_alone(call, ada, ben_outside):
    browser = Client()
    browser.force_login(ben_outside)
    page = browser.get("/c/").content.decode()
    assert 'name="name"' not in page

    assert browser.post("/c/", {"code": "CCCCCC"}).status_code == 400
    response = browser.post("/c/", {"code": make_code(call, by=ada).code})

    assert response["Location"] == f"/meetings/{call.pk}/here/"
    assert attendance_of(call).names == ["Ben"]


def test_guest_without_an_account_is_noted_by_code_and_name(call, ada):
    code = make_code(call, by=ada).code

    done = Client().post(f"/c/{code}/", as_guest(code, affiliation="The Library", email="jo@example.org"))

    assert "Welcome, Jo Marsh . You are noted as a guest of Lantern Working Group." in words_of(done.content.decode())
    row = Attendance.objects.get()
    assert (row.guest_name, row.affiliation, row.guest_email, row.source, row.noted_by) == (
        "Jo Marsh",
        "The Library",
        "jo@example.org",
        "guest",
        None,
    )
    Client().post("/c/", as_guest(code, affiliation="The Library"))
    assert counted(call) == Counted(0, 1)


@pytest.mark.parametrize(
    "more",
    [{"name": "\u200b"}, {"name": ""}, {"email": "nowhere"}, {"code": ""}, {"code": "CCCCCC"}, {"opened": ""}],
)
def test_guest_form_keeps_what_was_typed_and_says_what_is_missing(call, ada, more):
    code = make_code(call, by=ada).code

    response = Client().post("/c/", {**as_guest(code, affiliation="The Library"), **more})

    assert response.status_code == 400
    assert 'value="The Library"' in response.content.decode()
    assert not Attendance.objects.exists()


def test_machine_that_fills_in_the_trap_is_thanked_and_noted_nowhere(call, ada):
    code = make_code(call, by=ada).code

    response = Client().post("/c/", as_guest(code, homepage="https://example.org"))

    assert response.status_code == 200
    assert "You are on the list" in words_of(response.content.decode())
    assert not Attendance.objects.exists()


def test_guessing_ends_soon_for_a_person_and_at_last_for_a_network(call, ada, ben_outside, monkeypatch):
    code = make_code(call, by=ada).code
    browser = Client()
    browser.force_login(ben_outside)

    answers = [browser.post("/c/", {"code": "CCCCCC"}).status_code for _try in range(16)]
    assert answers == [400] * 15 + [429]
    # Too late, though right by now.
    assert browser.post("/c/", {"code": code}).status_code == 429

    for cache in caches.all(initialized_only=True):
        cache.clear()
    monkeypatch.setattr("folkmoot.meetings.views.entrance.TRIES_OF_A_NETWORK", "3/h")
    guest = Client()
    assert [guest.post("/c/", as_guest("CCCCCC")).status_code for _try in range(4)] == [400, 400, 400, 429]
    assert guest.post("/c/", as_guest(code)).status_code == 429
    assert not Attendance.objects.exists()
