"""The pages of agendas: read by everybody, made together, and nothing that was typed is lost."""

from __future__ import annotations

import json
import re
from html import unescape

import pytest
from django.urls import reverse
from django.utils import timezone

from folkmoot.groups.models import Group, Power
from folkmoot.ledger.actors import system
from folkmoot.ledger.models import Entry
from folkmoot.meetings.actions import (
    ItemWords,
    UsualItem,
    add_action,
    cancel_meeting,
    change_item,
    fill_agenda,
    keep_usual_agenda,
    make_guest_link,
    prepare_agendas,
    propose_link,
    request_item,
)
from folkmoot.meetings.actions.agenda_guests import guest_path
from folkmoot.meetings.models import Agenda, AgendaItem, AgendaTemplate, Material, Meeting
from folkmoot.people.guards import stamp
from folkmoot.people.models import Person
from folkmoot.plan.models import Task
from tests.calendar.reading import read, words_of
from tests.factories.agendas import item, titles
from tests.factories.groups import join
from tests.factories.meetings import meeting_group, next_meeting
from tests.factories.organisation import organisation
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db

XSS = "<script>alert(1)</script>"


@pytest.fixture(autouse=True)
def clock(freeze):
    clock = freeze("2026-11-23T12:00Z")
    organisation()
    return clock


@pytest.fixture
def group(clock) -> Group:
    return meeting_group()


@pytest.fixture
def call(group) -> Meeting:
    return next_meeting(group)


@pytest.fixture
def ada(group) -> Person:
    return join(PersonFactory(name="Ada"), group, Power.MANAGE)


@pytest.fixture
def ben(group) -> Person:
    return join(PersonFactory(name="Ben"), group)


def page_of(call: Meeting) -> str:
    return reverse("agenda", args=[call.pk])


def said(client, path: str) -> str:
    return words_of(read(client, path))


def hidden(page: str, name: str) -> str:
    found = re.search(rf'<input type="hidden" name="{name}" value="([^"]*)"', page)
    assert found, name
    return unescape(found[1])


def test_everybody_reads_what_is_accepted_and_only_the_group_what_is_asked_for(client, group, call, ada, ben):
    item(call, "A room for spring", text=f"**Which?** {XSS}", minutes=50, owner=ada)
    item(call, "New address", minutes=0, is_consent=True)
    mine = item(call, "Letter", minutes=22, owner_name="Odalys")
    propose_link(mine, title="Draft", url="https://example.org/draft", by=ada)
    propose_link(mine, title="Secret", url="https://example.org/secret", by=ben)
    request_item(call, ItemWords("May we record?"), by=ben)
    task = add_action(mine, title="Write to the hosts", owner=ben, due_on=None, agreed=True, by=ada)

    words = said(client, page_of(call))

    assert "12 minutes too long 72 of 60" in words
    assert words.index("Passes together") < words.index("New address") < words.index("One by one")
    assert "1 A room for spring 50 min to talk about Which?" in words
    assert "2 Letter 22 min to talk about Draft" in words
    for hidden_words in (
        "Ada",
        "Odalys",
        "May we record?",
        "Secret",
        "Write to the hosts",
        "Add an item",
        "Ask for an item",
    ):
        assert hidden_words not in words
    assert XSS not in read(client, page_of(call))
    client.force_login(PersonFactory())
    assert "2 Letter 22 min to talk about Odalys (guest) Draft" in said(client, page_of(call))
    client.force_login(ben)
    inside = said(client, page_of(call))
    assert "1 A room for spring 50 min to talk about Ada Which?" in inside
    assert "Ask for an item" in inside
    assert "May we record?" in inside
    assert "Open actions" in inside
    assert "1 thing to read is proposed" in inside
    assert "Talk about it" in inside
    assert "Say yes or no" not in inside
    assert "Secret" in said(client, reverse("agenda_item", args=[mine.pk]))
    client.post(reverse("do_task", args=[task.pk, "finish"]), {"next": page_of(call)})
    assert "Open actions" not in said(client, page_of(call))


def test_call_page_says_shortly_what_it_is_about(client, call):
    assert "whole agenda" not in said(client, call.get_absolute_url())

    item(call, "A room for spring", minutes=50)

    assert "Agenda A room for spring 50 min 50 of 60 minutes planned; 10 minutes are left. The whole agenda" in said(
        client, call.get_absolute_url()
    )


@pytest.mark.parametrize("count", [1, 3])
def test_agenda_costs_the_same_for_any_number_of_items(client, group, call, ada, ben, django_assert_num_queries, count):
    for number in range(count):
        one = item(call, f"Item {number}", owner=ben, is_consent=bool(number % 2))
        propose_link(one, title="Read", url="https://example.org/a", by=ada)
        add_action(one, title="Write", owner=ben, due_on=None, agreed=True, by=ada)
        request_item(call, ItemWords(f"Asked {number}"), by=ben)
    client.get("/groups/")

    with django_assert_num_queries(5):  # newest entry, call, agenda, items, what to read
        read(client, page_of(call))
    client.force_login(ada)
    client.get(page_of(call))
    # session, person; call, role, agenda, items, what to read, open actions, actions of items
    with django_assert_num_queries(9):
        read(client, page_of(call))


def test_agenda_as_a_file_shows_words_as_they_are(client, call, ada):
    mine = item(call, "A *room* [x](y)", text="One\n\n- two", minutes=15, kind="decide", owner=ada)
    propose_link(mine, title="The ] draft", url="https://example.org/<a>", by=ada)
    item(call, "Address", minutes=0, is_consent=True)

    path = reverse("agenda_file", args=[call.pk])
    assert "Ada" not in client.get(path).content.decode()
    client.force_login(PersonFactory())

    response = client.get(path)

    assert response["Content-Type"] == "text/markdown; charset=utf-8"
    assert response["Content-Disposition"] == 'attachment; filename="agenda-lantern-working-group-2026-11-25.md"'
    assert response.content.decode() == (
        "# Agenda: Lantern Working Group, 2026-11-25\n\n"
        "08:00 Los Angeles time. 15 of 60 minutes planned; 45 minutes are left.\n\n"
        "## Passes together, unless somebody takes it out\n\n"
        "- **Address** (to talk about)\n\n"
        "## Items\n\n"
        "1. **A \\*room\\* \\[x\\](y)** (15 min, to decide, Ada)\n\n"
        "   One\n\n   - two\n\n"
        "   - [The \\] draft](<https://example.org/%3Ca%3E>)\n"
    )


def test_manager_adds_an_item_with_undo_and_a_participant_asks_for_one(client, call, ada, ben):
    path = reverse("add_agenda_item", args=[call.pk])
    form = {"title": "A room", "kind": "decide", "minutes": "15", "text": "Which?", "owner": str(ben.pk)}
    client.force_login(ada)
    assert "Put it on the agenda" in said(client, path)

    wrong = client.post(path, {**form, "minutes": "many", "owner_name": "Odalys"})
    assert wrong.status_code == 400
    assert 'value="A room"' in wrong.content.decode()
    assert "One leads an item" in words_of(wrong.content.decode())
    done = client.post(path, form, follow=True)

    made = AgendaItem.objects.get()
    assert done.redirect_chain == [(f"{page_of(call)}#item-{made.pk}", 302)]
    assert reverse("remove_agenda_item", args=[made.pk]) in done.content.decode()
    client.force_login(ben)
    assert "Ask for it" in said(client, path)
    client.post(path, {**form, "title": "Asked", "is_consent": "on"})
    asked = AgendaItem.objects.get(title="Asked")
    assert (asked.state, asked.is_consent, asked.asked_by) == ("requested", False, ben)


def test_manager_answers_a_request(client, call, ada, ben):
    yes, nope = (request_item(call, ItemWords(title, "Some *words*."), by=ben) for title in ("Yes", "No"))
    client.force_login(ada)
    path = reverse("answer_agenda_item", args=[nope.pk])
    assert "Asked for by Ben. 10 minutes, to talk about. Some words" in said(client, path)

    assert client.post(path, {"decline": "1", "why": ""}).status_code == 400
    client.post(path, {"decline": "1", "why": "Not now."})
    client.post(reverse("answer_agenda_item", args=[yes.pk]), {"accept": "1"})

    assert dict(AgendaItem.objects.values_list("title", "state")) == {"Yes": "accepted", "No": "declined"}
    assert "This was answered already: declined. Not now." in said(client, path)


def test_two_people_edit_one_item_and_no_word_is_lost(client, call, ada, ben):
    mine = item(call, text="First words", minutes=10, owner=ben)
    path = reverse("change_agenda_item", args=[mine.pk])
    client.force_login(ben)
    opened = read(client, path)
    typed = {
        "title": "A room for spring",
        "kind": "decide",
        "minutes": "10",
        "text": "My own long thoughts",
        "owner": str(ben.pk),
        "version": hidden(opened, "version"),
        "seen": hidden(opened, "seen"),
    }
    change_item(mine, ItemWords("Their title", "Their thoughts", owner=ben), version=1, by=ada)

    conflict = client.post(path, typed)

    page, words = conflict.content.decode(), words_of(conflict.content.decode())
    assert conflict.status_code == 409
    assert "Ada has changed this item since you opened it." in words
    assert "Their thoughts" in words
    assert '<textarea name="text"' in page
    assert ">\nMy own long thoughts</textarea>" in page
    assert 'value="Their title"' in page
    assert re.search(r'value="decide"[^>]*checked', page)
    mine.refresh_from_db()
    assert (mine.title, mine.text) == ("Their title", "Their thoughts")
    again = {**typed, "title": "Their title", "version": hidden(page, "version"), "seen": hidden(page, "seen")}
    assert json.loads(again["seen"])["text"] == "Their thoughts"
    assert client.post(path, again).status_code == 302
    mine.refresh_from_db()
    assert (mine.title, mine.text, mine.kind, mine.version) == ("Their title", "My own long thoughts", "decide", 3)
    for broken in ("", "null", "[1]", "{"):
        stale = client.post(path, {**typed, "version": "1", "seen": broken})
        assert stale.status_code == 409
        assert "My own long thoughts" in stale.content.decode()


def test_agenda_is_ordered_by_buttons_and_numbers(client, call, ada):
    together = item(call, "Together", is_consent=True)
    one, two, three = (item(call, title) for title in "ABC")
    client.force_login(ada)
    path = reverse("order_agenda", args=[call.pk])

    def form() -> dict[str, str]:
        page = read(client, page_of(call))
        return {name: hidden(page, name) for name in ("version", "together", "order")}

    assert form() == {"version": "5", "together": f"{together.pk}", "order": f"{one.pk},{two.pk},{three.pk}"}

    moved = client.post(path, {**form(), "move": f"up-{three.pk}"})
    assert moved["Location"] == f"{page_of(call)}?moved=up-{three.pk}"
    assert f'value="up-{three.pk}" autofocus' in read(client, moved["Location"])
    assert titles(call) == ["Together", "A", "C", "B"]
    client.post(path, {**form(), "numbers": "1", f"place-{one.pk}": "3", f"place-{two.pk}": "x"})
    assert titles(call) == ["Together", "C", "B", "A"]
    client.post(path, {**form(), "order": f"{one.pk},{two.pk},{three.pk}"})
    assert titles(call) == ["Together", "A", "B", "C"]
    before = form()
    item(call, "New")
    stale = client.post(path, {**before, "move": f"down-{one.pk}"})

    assert stale.status_code == 409
    words = words_of(stale.content.decode())
    assert "As it is now A 10 min B 10 min C 10 min New 10 min As you wanted it B 10 min A 10 min C 10 min New" in words
    assert titles(call) == ["Together", "A", "B", "C", "New"]
    page = stale.content.decode()
    client.post(path, {name: hidden(page, name) for name in ("version", "together", "order")})
    assert titles(call) == ["Together", "B", "A", "C", "New"]
    assert client.post(path, {"order": "1,x,,²", "version": "-"}).status_code == 409


def test_item_is_taken_off_put_back_dealt_with_and_taken_out(client, clock, call, ada, ben):
    mine, together = item(call, owner=ada), item(call, "Together", is_consent=True)
    client.force_login(ben)
    client.post(reverse("take_out_of_consent", args=[together.pk]))
    client.force_login(ada)
    assert "Take it off the agenda" in said(client, reverse("change_agenda_item", args=[mine.pk]))

    off = client.post(reverse("remove_agenda_item", args=[mine.pk]), follow=True)
    assert reverse("restore_agenda_item", args=[mine.pk]) in off.content.decode()
    client.post(reverse("restore_agenda_item", args=[mine.pk]))
    assert titles(call) == ["A room for spring", "Together"]
    clock.move_to(call.starts_at, tick=False)
    client.force_login(ada)
    assert "Dealt with" in said(client, page_of(call))
    client.post(reverse("finish_agenda_item", args=[mine.pk]))
    assert "Not after all" in said(client, page_of(call))
    client.post(reverse("reopen_agenda_item", args=[mine.pk]))

    assert list(AgendaItem.objects.values_list("state", "is_consent")) == [("accepted", False), ("accepted", False)]
    clock.move_to(call.ends_at, tick=False)
    prepare_agendas(now=timezone.now(), by=system())
    assert "goes on at the next call" in said(client, page_of(call))
    later = next_meeting(call.group)
    assert "carried over from 25 November" in said(client, page_of(later))
    assert "This call is over; its agenda stays as it is." in said(client, page_of(call))


def test_materials_and_actions_have_their_forms(client, call, ada, ben):
    mine = item(call)
    client.force_login(ben)
    propose, act = (reverse(name, args=[mine.pk]) for name in ("propose_material", "add_agenda_action"))
    assert "Propose it" in said(client, propose)
    wrong = client.post(propose, {"title": "Draft", "url": "http://example.org"})
    assert (wrong.status_code, 'value="Draft"' in wrong.content.decode()) == (400, True)
    client.post(propose, {"title": "Draft", "url": "https://example.org"})
    assert "Note it" in said(client, act)
    assert client.post(act, {"title": "", "due_on": "soon"}).status_code == 400
    client.post(act, {"title": "Write", "owner": str(ben.pk), "due_on": "2026-12-01", "agreed": "on"})

    assert Task.objects.get().owner == ben
    assert "What is to be done Write , Ben" in said(client, reverse("agenda_item", args=[mine.pk]))
    client.force_login(ada)
    answer = reverse("answer_material", args=[Material.objects.get().pk])
    for sent, state in (({"accept": "1"}, "accepted"), ({"decline": "1"}, "declined")):
        client.post(answer, sent)
        assert Material.objects.get().state == state


def test_usual_agenda_is_written_and_a_stale_one_keeps_what_was_typed(client, group, call, ada):
    path = reverse("usual_agenda", args=[group.slug])
    client.force_login(ada)
    assert "Until you save it, nothing is laid out by itself" in said(client, path)
    rows = [("Thanks", 2, "on"), ("Welcome", 1, ""), (" ", 3, "")]
    form = {"form-TOTAL_FORMS": "3", "form-INITIAL_FORMS": "3", "days_before": "5", "version": "0"}
    for number, (title, place, end) in enumerate(rows):
        form |= {f"form-{number}-title": title, f"form-{number}-place": str(place), f"form-{number}-minutes": "5"}
        form |= {f"form-{number}-kind": "inform", f"form-{number}-at_end": end}

    assert client.post(path, {**form, "form-1-minutes": "-1"}).status_code == 400
    assert client.post(path, form).status_code == 302
    stale = client.post(path, {**form, "form-1-title": "My own welcome"})

    assert (stale.status_code, hidden(stale.content.decode(), "version")) == (409, "1")
    assert 'value="My own welcome"' in stale.content.decode()
    template = AgendaTemplate.objects.get()
    assert list(template.items.values_list("title", "at_end")) == [("Welcome", False), ("Thanks", True)]
    assert "laid out for every regular call" in said(client, path)
    assert "Lay out the usual agenda" in said(client, page_of(call))
    client.post(reverse("fill_agenda", args=[call.pk]))
    assert titles(call) == ["Welcome", "Thanks"]
    assert Agenda.objects.get(meeting=call).is_filled


def test_guest_asks_by_the_link_and_opening_it_changes_nothing(client, clock, call, ada):
    share = reverse("share_agenda", args=[call.pk])
    client.force_login(ada)
    assert "Make the link" in said(client, share)
    page = client.post(share, {"make": "1"}, follow=True).content.decode()
    address = re.search(r"http://testserver(/agenda-requests/[^<\"]+)", page)[1]
    client.logout()
    facts = Entry.objects.count()
    opened = stamp()
    clock.shift(5)
    form = {"title": "Lanterns", "text": "", "minutes": "10", "name": "Odalys", "mail": "", "opened": opened}

    assert "Wednesday 25 November" in said(client, address)
    assert client.head(address).status_code == 200
    assert Entry.objects.count() == facts
    trapped = client.post(address, {**form, "homepage": "https://spam.example"})
    assert "Thank you" in words_of(trapped.content.decode())
    assert not AgendaItem.objects.exists()
    quick = client.post(address, {**form, "opened": stamp(), "title": XSS})
    assert quick.status_code == 400
    assert "That was very quick." in words_of(quick.content.decode())
    assert "Thank you" in words_of(client.post(address, form).content.decode())
    assert AgendaItem.objects.get().asker_name == "Odalys"
    assert [client.post(address, form).status_code for _n in range(5)] == [200, 200, 200, 200, 429]
    assert client.get("/agenda-requests/nonsense/").status_code == 404
    client.force_login(ada)
    client.post(share, {"revoke": "1"})
    assert "This link was taken back." in said(client, address)
    assert client.post(address, form).status_code == 409


def test_agenda_of_a_cancelled_call_says_why_it_is_closed(client, call, ada):
    cancel_meeting(call, why="Away", by=ada)
    client.force_login(ada)

    assert "comes to the next one by itself" in said(client, page_of(call))
    assert "comes to the next one by itself" in said(client, reverse("add_agenda_item", args=[call.pk]))
    assert "comes to the next one by itself" in said(client, reverse("share_agenda", args=[call.pk]))


def test_link_of_whoever_leads_no_more_works_no_more(client, call, ada):
    address = guest_path(make_guest_link(call, by=ada))
    ada.participations.update(ended_at=timezone.now())

    assert "does not lead the group any more" in said(client, address)


def test_usual_items_are_laid_out_for_nobody_who_has_not_asked(group, call, ada):
    assert prepare_agendas(now=timezone.now(), by=system()) == 0
    keep_usual_agenda(group, [UsualItem("Hello")], days_before=0, version=0, by=ada)
    assert prepare_agendas(now=timezone.now(), by=system()) == 0

    assert fill_agenda(call, None, by=ada) == 4
