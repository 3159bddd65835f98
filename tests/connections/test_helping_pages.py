"""The pages of help desks: asking, answering, the queue, the settings, the numbers."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from folkmoot.connections.actions.helping import Question, ask_for_help, say
from folkmoot.connections.actions.helping_care import point_at
from folkmoot.connections.actions.helping_ending import accept_answer, rate
from folkmoot.connections.domain.clocks import Counts
from folkmoot.connections.models.helping import Face, HelpDesk, HelpRequest, Urgency
from folkmoot.connections.offered_answers import AFTER_SOLVED, AfterSolved
from folkmoot.groups.models import Power
from folkmoot.people.person_data import PERSON_DATA
from tests.factories.connections.helping import desk
from tests.factories.groups import group, join
from tests.factories.organisation import organisation
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db


class Here:
    def __init__(self) -> None:
        organisation()
        self.group = group()
        self.ada = join(PersonFactory(name="Ada"), self.group, Power.MANAGE)
        self.ben = join(PersonFactory(name="Ben"), self.group)
        self.cleo = PersonFactory(name="Cleo", zone="Asia/Tokyo")
        self.desk = desk(self.group, self.ada, self.ben)
        self.address = f"/groups/{self.group.slug}/help/"

    def ask(self, title: str, **more) -> HelpRequest:
        return ask_for_help(self.desk, Question(title, **more), by=self.cleo)

    def solve(self, title: str, **more) -> HelpRequest:
        request = self.ask(title, **more)
        return accept_answer(request, say(request, "Press the blue button.", by=self.ben), by=self.cleo)


@pytest.fixture
def here(freeze) -> Here:
    freeze("2026-11-25T12:00Z")
    return Here()


def words(response) -> str:
    return " ".join(response.content.decode().replace("&nbsp;", " ").split())


def test_whoever_asks_is_shown_what_answers_it_first_and_then_asks(here, client, django_assert_num_queries):
    solved, private = here.solve("How do I join the call?"), here.solve("I cannot join the call", is_private=True)
    client.force_login(here.cleo)

    with django_assert_num_queries(4):
        client.get("/help/")
    page = words(client.get(f"{here.address}ask/"))
    assert "It holds up what I do today: an answer by" in page
    found = words(client.post("/help/offered/", {"title": "join call", "text": ""}))
    assert (solved.get_absolute_url() in found, private.get_absolute_url() in found) == (True, False)
    assert words(client.post("/help/offered/", {"title": "jo"})) == ""
    # What is being written stands in no address: it may be private, and servers keep those.
    assert client.get("/help/offered/", {"title": "join call"}).status_code == 405
    assert 'hx-get="/help/offered/"' not in page

    given = {"title": "Joining the call", "text": "By phone", "topic": "Calls", "urgency": "high", "once": "a"}
    looked = words(client.post(f"{here.address}ask/", given))
    assert ("None of these, ask" in looked, solved.get_absolute_url() in looked, "By phone" in looked) == (True,) * 3
    for _again in range(2):
        sent = client.post(f"{here.address}ask/", {**given, "sure": "1"})
    asked = HelpRequest.objects.first()
    assert (sent["Location"], asked.title, HelpRequest.objects.count()) == (f"/help/{asked.pk}/", "Joining the call", 3)
    assert client.post(f"{here.address}ask/", {**given, "topic": "Nothing", "once": "b"}).status_code == 400
    with django_assert_num_queries(4):
        assert "Joining the call" in words(client.get("/help/"))


def test_conversation_goes_over_its_page_from_answer_to_feedback(here, client):
    asked, other = here.ask("One"), here.solve("Two")
    at = f"/help/{asked.pk}/"
    client.force_login(here.ben)
    page = words(client.get(at))
    assert "Ada</bdi>: helps here, and has nothing open" in page
    assert client.post(f"{at}wish/", {"owner": here.ada.pk}).status_code == 302
    assert client.post(f"{at}take/").status_code == 302
    assert client.post(f"{at}say/", {"text": " "}).status_code == 400
    assert client.post(f"{at}say/", {"text": "Which one?", "asks_back": "on"}).status_code == 302
    assert client.post(f"{at}urgency/", {"urgency": "low", "reason": "No hurry"}).status_code == 302
    assert client.post(f"{at}urgency/", {"urgency": "low", "reason": "No hurry"}).status_code == 400
    assert client.post(f"{at}give/", {"owner": here.ada.pk}).status_code == 302
    assert client.post(f"{at}same/", {"other": 99999}).status_code == 400
    assert client.post(f"{at}nothing/").status_code == 404

    client.force_login(here.cleo)
    assert "wait for your reply" in words(client.get(at))
    assert f'href="{at}"' in words(client.get("/me/"))
    client.post(f"{at}say/", {"text": "The blue one"})
    assert client.post(f"{at}take/").status_code == 403
    assert client.post(f"{at}confirm/").status_code == 409

    client.force_login(here.ben)
    answer = asked.messages.filter(is_answer=True, sort="said").get()
    client.post(f"{at}solve/", {"answer": answer.pk})
    client.force_login(here.cleo)
    assert "Yes, it is solved" in words(client.get(at))
    client.post(f"{at}confirm/")
    assert client.post(f"{at}rate/", {"face": "well", "text": "Quick"}).status_code == 302

    client.force_login(here.ada)
    page = words(client.get(at))
    for told in (
        "whoever asked said that it is solved",
        "It helped.",
        "Quick",
        "urgency is now",
        "No hurry",
        "<bdi>Ada",
    ):
        assert told in page
    client.post(f"{at}reopen/")
    client.post(f"{at}same/", {"other": other.pk})
    client.force_login(here.cleo)
    assert f'href="/help/{other.pk}/"' in words(client.get(at))
    client.post(f"{at}reopen/")
    client.post(f"{at}take-back/")
    assert "needs it no more" in words(client.get(at))


def test_nobody_is_led_to_a_private_question_that_is_not_for_them(here, client):
    private, asked = here.ask("In private", is_private=True), here.ask("In public")
    point_at(asked, private, by=here.ada)
    shown = []

    for person in (here.cleo, here.ben, join(PersonFactory(), here.group)):
        client.force_login(person)
        shown.append(f"See question {private.pk}" in words(client.get(asked.get_absolute_url())))

    assert shown == [True, True, False]


def test_helpers_of_public_solved_requests_are_offered_what_others_hang_there(here, client, monkeypatch):
    solved, private = here.solve("One"), here.solve("Two", is_private=True)
    monkeypatch.setattr(AFTER_SOLVED, "_entries", {})
    monkeypatch.setattr(AFTER_SOLVED, "_in_order", None)
    AFTER_SOLVED.register("article", AfterSolved("Make an article of it", lambda one: f"/articles/{one.pk}/"))
    shown = []

    for person in (here.ben, here.cleo):
        client.force_login(person)
        shown += [f"/articles/{one.pk}/" in words(client.get(one.get_absolute_url())) for one in (solved, private)]

    assert shown == [True, False, False, False]


def test_queue_is_sorted_by_time_left_says_it_in_words_and_asks_as_much_for_three_as_for_one(
    here, client, freeze, django_assert_num_queries
):
    late = here.ask("Late one", urgency=Urgency.CRITICAL)
    client.force_login(here.ada)
    freeze("2026-11-25T17:00Z")
    client.get(here.address)
    with django_assert_num_queries(10):
        client.get(here.address)
    here.ask("Slow one", urgency=Urgency.LOW)
    here.ask("Soon one", urgency=Urgency.HIGH)
    here.solve("Done one")

    with django_assert_num_queries(10):
        page = words(client.get(here.address))

    assert [page.index(one) for one in ("Late one", "Soon one", "Slow one")] == sorted(
        page.index(one) for one in ("Late one", "Soon one", "Slow one")
    )
    assert ("late by 1 hour" in page, "1 day left" in page, "Done one" in page) == (True, True, False)
    assert "Nothing waits here" in words(client.get(here.address, {"show": "mine"}))
    assert "answered in time" in words(client.get(here.address, {"show": "all"}))
    client.force_login(here.cleo)
    page = words(client.get(here.address))
    assert (late.title in page, "Done one" in page) == (False, True)


def test_desk_is_opened_and_changed_by_who_leads(here, client):
    HelpDesk.objects.all().delete()
    client.force_login(here.ada)
    assert "Open a help desk" in words(client.get(here.address))
    assert "Open a help desk" in words(client.get(f"/groups/{here.group.slug}/connections/"))
    form = client.get(f"{here.address}settings/").context["form"]
    data = {name: form[name].value() for name in form.fields}
    data = {name: value for name, value in data.items() if value not in (None, False)}

    for wrong in ({"day_0": "9 to 5", "closed_days": "soon"}, {"low_aim": "900"}):
        assert client.post(f"{here.address}settings/", {**data, **wrong}).status_code == 400
    given = {**data, "day_5": "22:00–02:00, 9-12:30", "country": "PT", "closed_days": "2026-12-24", "low_open": "on"}
    assert client.post(f"{here.address}settings/", given).status_code == 302

    made = HelpDesk.objects.get()
    assert made.week[0] == [[540, 1020]]
    assert made.week[5] == [[1320, 120], [540, 750]]
    assert (made.holidays, made.closed_days, made.promised["low"].counts) == (
        [["PT", ""]], ["2026-12-24"], Counts.OPEN,
    )  # fmt: skip
    again = client.get(f"{here.address}settings/").context["form"]
    assert (again["day_5"].value(), again["low_open"].value()) == ("22:00-02:00, 09:00-12:30", True)
    client.force_login(here.cleo)
    assert "of open hours" in words(client.get(here.address))


def test_numbers_are_shown_from_five_on(here, client, freeze):
    client.force_login(here.ada)
    for number in range(4):
        here.solve(f"Question {number}", urgency=Urgency.HIGH)
    page = words(client.get(f"{here.address}numbers/"))
    assert ("fewer than 5" in page, "100 %" in page) == (True, False)

    last = here.ask("Late", urgency=Urgency.HIGH)
    freeze(timezone.now() + dt.timedelta(days=2))
    accept_answer(last, say(last, "At last", by=here.ben), by=here.cleo)
    for request in HelpRequest.objects.all():
        rate(request, Face.WELL, by=here.cleo)

    page = words(client.get(f"{here.address}numbers/"))
    assert ("80 %" in page, "Shown once" in page) == (True, False)


def test_the_way_to_help_says_what_waits(here, client):
    client.force_login(here.ben)
    asked = here.ask("One")
    say(asked, "So", by=here.ben)
    assert "One question waits for you" in words(client.get("/connections/"))
    assert here.address in words(client.get(f"/groups/{here.group.slug}/connections/"))


def test_files_of_helpers_hold_no_title_of_what_others_asked_in_private(here):
    here.solve("Somebody was unkind", is_private=True)
    here.solve("Where is the link?")

    told = [PERSON_DATA[f"connections.help_{kind}"].export(here.ben) for kind in ("messages", "owned")]

    assert [sorted({str(row.get("title", row["request"])) for row in rows}) for rows in told] == [
        ["", "Where is the link?"],
        ["", "Where is the link?"],
    ]
