from __future__ import annotations

import csv
import datetime as dt
import io

import pytest

from folkmoot.groups.models import Power
from folkmoot.ledger.actors import system
from folkmoot.meetings.actions import cancel_meeting
from folkmoot.people.actions import say_away
from folkmoot.plan.actions import add_task, finish_task, start_checklist
from folkmoot.plan.models import ChecklistTemplate, Task
from folkmoot.plan.queries import FILTERS
from tests.calendar.reading import words_of
from tests.factories.groups import group, join
from tests.factories.meetings import meeting_group, next_meeting
from tests.factories.organisation import organisation
from tests.factories.people import PersonFactory
from tests.factories.plan import checklist, owned, task, template

pytestmark = pytest.mark.django_db

TODAY = dt.date(2026, 11, 26)
DAY = dt.timedelta(days=1)


@pytest.fixture(autouse=True)
def clock(freeze):
    return freeze("2026-11-26T12:00Z")


@pytest.fixture
def lantern():
    organisation()
    return group()


@pytest.fixture
def ben(lantern, client):
    """A participant, who is signed in."""
    ben = join(PersonFactory(name="Ben"), lantern)
    client.force_login(ben)
    return ben


@pytest.fixture
def ada(lantern):
    return join(PersonFactory(name="Ada"), lantern, Power.MANAGE)


def page(client, path: str, **given) -> str:
    response = client.post(path, given["data"], follow=True) if "data" in given else client.get(path)
    assert response.status_code == given.get("status", 200)
    return words_of(response.content.decode())


# My tasks


def test_my_tasks_part_what_is_late_this_week_and_later(client, lantern, ben):
    for title, days in (("Late one", -2), ("Soon", 3), ("Far", 30), ("Some day", None)):
        owned(lantern, ben, title=title, due_on=None if days is None else TODAY + days * DAY)
    add_task(title="Call the dentist", due_on=TODAY, by=ben)
    task(lantern, title="Asked", owner=ben)
    template(lantern, {"title": "Say hello", "who": "owner", "offset": 1})
    checklist(lantern, ben, anchor=TODAY)

    words = page(client, "/me/tasks/")

    order = [
        "You were asked", "Asked", "Late", "Late one", "2 days late", "This week", "Call the dentist", "your own",
        "today", "Say hello", "Open house, Lantern Working Group", "Soon", "Later", "Far", "Some day",
    ]  # fmt: skip
    places = [words.index(one) for one in order[:3]] + [words.index(order[3])]
    assert places == sorted(places)
    assert all(one in words for one in order)


def test_my_tasks_teach_when_there_are_none(client, ben):
    assert "Nothing waits for you." in page(client, "/me/tasks/")


def test_one_s_own_task_is_written_down_ticked_and_taken_back(client, ben):
    assert "It is on your list." in page(client, "/me/tasks/", data={"title": "Call the dentist"})
    own = Task.objects.get()
    path = f"/tasks/{own.pk}/do/finish/"

    done = client.post(path, {"next": "/me/tasks/"}, follow=True)
    assert done.redirect_chain == [("/me/tasks/", 302)]
    assert f'action="/tasks/{own.pk}/do/reopen/"' in done.content.decode()
    client.post(f"/tasks/{own.pk}/do/reopen/")

    own.refresh_from_db()
    assert own.state == "open"


def test_title_that_is_missing_keeps_what_was_written(client, ben):
    response = client.post("/me/tasks/", {"title": " ", "due_on": "2026-12-24"})

    assert response.status_code == 400
    assert 'value="2026-12-24"' in response.content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_my_tasks_cost_the_same_for_any_number(client, lantern, ben, django_assert_num_queries, count):
    template(lantern, *({"title": f"Step {n}", "who": "owner"} for n in range(count)))
    checklist(lantern, ben, anchor=TODAY)
    for _ in range(count):
        owned(lantern, ben, due_on=TODAY)
        task(lantern, owner=ben)
    client.get("/me/tasks/")

    # Session and person; tasks, lines, what was offered, welcome paths.
    with django_assert_num_queries(6):
        client.get("/me/tasks/")


# A group's tasks


def test_group_s_tasks_by_filter(client, lantern, ben, ada):
    owned(lantern, ben, title="Mine", due_on=TODAY - DAY)
    task(lantern, title="Free")
    task(lantern, title="Small", is_first_task=True)
    finish_task(owned(lantern, ben, title="Ended"), by=ben)
    expected = {
        "open": ["Mine", "Free", "Small"],
        "mine": ["Mine"],
        "unowned": ["Free", "Small"],
        "first": ["Small"],
        "overdue": ["Mine"],
        "done": ["Ended"],
        "dropped": [],
    }

    found = {}
    for which in FILTERS:
        html = client.get(f"/groups/{lantern.slug}/tasks/?show={which}").content.decode()
        found[which] = [t for t in ("Mine", "Free", "Small", "Ended") if f"<bdi>{t}</bdi></a>" in html]

    assert found == expected
    assert "1 day late" in page(client, f"/groups/{lantern.slug}/tasks/?show=no-such")


def test_group_s_tasks_by_order(client, lantern, ben):
    for title, days in (("B", 1), ("a", 3), ("C", None)):
        task(lantern, title=title, due_on=None if days is None else TODAY + days * DAY)

    found = {
        order: [row.title for row in client.get(f"/groups/{lantern.slug}/tasks/?order={order}").context["rows"]]
        for order in ("due", "newest", "title", "no-such")
    }

    assert found == {
        "due": ["B", "a", "C"],
        "newest": ["C", "a", "B"],
        "title": ["a", "B", "C"],
        "no-such": ["B", "a", "C"],
    }


@pytest.mark.parametrize("count", [1, 3])
def test_group_s_tasks_cost_the_same_for_any_number(client, lantern, ben, ada, django_assert_num_queries, count):
    for _ in range(count):
        owned(lantern, ben)
        task(lantern, owner=ada)
    client.get(f"/groups/{lantern.slug}/tasks/")

    # Session and person; group, standing, how many, tasks.
    with django_assert_num_queries(6):
        client.get(f"/groups/{lantern.slug}/tasks/")


@pytest.mark.parametrize("shown", [True, False])
def test_late_tasks_say_to_those_who_lead_until_when_somebody_is_away_where_they_may(client, lantern, ben, ada, shown):
    owned(lantern, ben, due_on=TODAY - DAY)
    owned(lantern, ada, title="Mine", due_on=TODAY - DAY)
    say_away(ben, first_day=TODAY, last_day=TODAY + 6 * DAY, shown=shown)
    address = f"/groups/{lantern.slug}/tasks/?show=overdue"

    assert "away" not in page(client, address)
    client.force_login(ada)

    words = page(client, address)
    assert ("Ben · away until 2 December" in words, words.count("away until")) == (shown, int(shown))
    assert "Mine" in words


def test_observer_sees_why_they_do_not_add(client, lantern):
    client.force_login(join(PersonFactory(), lantern, Power.OBSERVE))
    task(lantern)

    words = page(client, f"/groups/{lantern.slug}/tasks/")

    assert "Those who contribute to Lantern Working Group add its tasks." in words
    assert "I take it" in words


def test_csv_is_whole_and_no_cell_is_a_formula(client, lantern, ben):
    task(lantern, title="=cmd|'/c calc'!A1", due_on=TODAY)

    response = client.get(f"/groups/{lantern.slug}/tasks.csv")

    columns, row = csv.reader(io.StringIO(response.content.decode("utf-8-sig"), newline=""))
    assert response["Content-Disposition"] == f'attachment; filename="{lantern.slug}-tasks.csv"'
    assert dict(zip(columns, row, strict=True)) | {"number": ""} == {
        "number": "", "title": "'=cmd|'/c calc'!A1", "words": "", "owner": "", "asked": "", "due_on": "2026-11-26",
        "due_at": "", "state": "open", "ended_on": "", "why": "", "serves": "",
    }  # fmt: skip


def test_task_is_added_with_its_clause_and_its_owner_asked(client, lantern, ben, ada):
    anchor = lantern.charters.get().clauses.get(heading="Warmth").anchor
    form = page(client, f"/groups/{lantern.slug}/tasks/new/")
    assert "Good for somebody who has just come" not in form

    words = page(
        client,
        f"/groups/{lantern.slug}/tasks/new/",
        data={"title": "Book a room", "owner": str(ada.pk), "due_on": "2026-12-03", "clause_anchor": anchor},
    )

    assert "The task is on the list." in words
    assert "Ada was asked, and has not answered yet" in words
    assert "Thursday 3 December 2026" in words
    assert "Warmth" in words


def test_task_for_somebody_outside_the_group_is_no_choice(client, lantern, ben):
    stranger = PersonFactory()

    page(client, f"/groups/{lantern.slug}/tasks/new/", data={"title": "Book", "owner": str(stranger.pk)}, status=400)

    assert not Task.objects.exists()


# One task


def test_task_page_offers_what_the_reader_may_do(client, lantern, ben, ada):
    one = task(lantern, title="Book a room", owner=ben, by=ada)
    assert "You were asked to take this on" in page(client, f"/tasks/{one.pk}/")

    assert "“Book a room” is yours now." in page(client, f"/tasks/{one.pk}/do/take/", data={})
    assert "It is done" in page(client, f"/tasks/{one.pk}/")
    assert "Ada was asked." in page(client, f"/tasks/{one.pk}/give/", data={"to": str(ada.pk)})
    assert "waits for somebody" in page(client, f"/tasks/{one.pk}/do/release/", data={})
    page(client, f"/tasks/{one.pk}/drop/", data={"why": "no"}, status=403)
    page(client, f"/tasks/{one.pk}/do/explode/", data={}, status=404)


def test_task_is_changed_and_dropped_by_who_asked(client, lantern, ben):
    one = task(lantern, by=ben, due_on=TODAY, due_at=dt.time(9))

    words = page(client, f"/tasks/{one.pk}/change/", data={"title": "Water them", "due_on": ""})
    assert "The task was changed." in words
    assert "no day set" in words
    assert "Nobody needs it" in page(client, f"/tasks/{one.pk}/drop/", data={"why": "Nobody needs it"})
    assert "is open again" in page(client, f"/tasks/{one.pk}/do/reopen/", data={})


def test_task_shows_where_it_comes_from_and_markup_as_text(client, lantern, ben):
    one = add_task(title="<script>alert(1)</script>", words="<b>bold</b>", group=lantern, source=lantern, by=ben)

    html = client.get(f"/tasks/{one.pk}/").content.decode()

    assert "<script>alert(1)" not in html
    assert "&lt;b&gt;bold" in html
    assert f'<a href="{lantern.get_absolute_url()}"><bdi>Lantern Working Group</bdi></a>' in html


def test_own_task_is_changed_and_hidden_from_others(client, lantern, ben):
    own = add_task(title="Call the dentist", by=ben)
    assert "Call them" in page(client, f"/tasks/{own.pk}/change/", data={"title": "Call them"})
    page(client, f"/tasks/{own.pk}/give/", status=403)

    client.force_login(PersonFactory(is_steward=True))

    page(client, f"/tasks/{own.pk}/", status=404)


# Checklists


def test_list_is_started_ticked_moved_and_stopped_by_a_manager(client, lantern, ada, ben):
    client.force_login(ada)
    template(lantern)
    start = {"template": "open-house", "anchor": "2027-03-01", "person": str(ben.pk)}

    words = page(client, f"/groups/{lantern.slug}/checklists/start/", data=start)
    assert "For Ben" in words
    assert "Mon 15 Feb 2027 Find hosts" in words
    one = lantern.checklists.get()
    line = one.lines.get(title="Find hosts")
    assert "Done: “Find hosts”." in page(client, f"/checklists/steps/{line.pk}/tick/", data={})
    assert "ticked by Ada on 26 November" in page(client, f"/checklists/{one.pk}/")
    assert "is open again" in page(client, f"/checklists/steps/{line.pk}/reopen/", data={})
    assert "left out by Ada: No hosts" in page(
        client, f"/checklists/steps/{line.pk}/skip/", data={"reason": "No hosts"}
    )
    moved = page(client, f"/checklists/{one.pk}/move/", data={"anchor": "2026-11-28"})
    assert "“Invite” moves from 21 November 2026 to 26 November 2026." in moved
    assert "This checklist was stopped" in page(client, f"/checklists/{one.pk}/stop/", data={})


def test_list_that_is_too_late_is_only_started_all_the_same(client, lantern, ada):
    client.force_login(ada)
    template(lantern, {"title": "Call for names", "offset": -30, "minimum": 21})
    start = {"template": "open-house", "anchor": "2026-12-01"}

    words = page(client, f"/groups/{lantern.slug}/checklists/start/", data=start, status=400)
    assert "can only be done by 17 December 2026: too late." in words
    assert not lantern.checklists.exists()
    page(client, f"/groups/{lantern.slug}/checklists/start/", data={**start, "all_the_same": "on"})

    assert lantern.checklists.get().lines.get().due_on == dt.date(2026, 12, 17)


def test_group_s_checklists_show_those_about_people_to_who_leads(client, lantern, ada, ben):
    template(lantern)
    checklist(lantern, ada, anchor=TODAY)
    start_checklist("open-house", group=lantern, anchor=TODAY, subject=lantern, by=system())

    mine = page(client, f"/groups/{lantern.slug}/checklists/")
    client.force_login(ada)
    hers = page(client, f"/groups/{lantern.slug}/checklists/")

    assert "Open house: Ada" not in mine
    assert "3 of 3 steps open" in mine
    assert "Open house: Ada" in hers


@pytest.mark.parametrize("count", [1, 3])
def test_lists_cost_the_same_for_any_number(client, lantern, ada, django_assert_num_queries, count):
    client.force_login(ada)
    template(lantern, *({"title": f"Step {n}", "who": "owner", "link": "charter"} for n in range(count)))
    for _ in range(count):
        one = checklist(lantern, join(PersonFactory(), lantern), anchor=TODAY)
    client.get("/groups/")

    # Session and person; group, standing, whether she leads, how many, lists with their counts.
    with django_assert_num_queries(7):
        client.get(f"/groups/{lantern.slug}/checklists/")
    # Session and person; list, whether she leads (to see, run and stop it), steps, parts.
    with django_assert_num_queries(8):
        client.get(f"/checklists/{one.pk}/")


def test_templates_are_copied_and_rewritten_by_a_manager(client, lantern, ada):
    client.force_login(ada)
    base = f"/groups/{lantern.slug}/checklists/templates/"
    assert "Copy it, to change it" in page(client, base)
    page(client, f"/groups/{lantern.slug}/checklists/start/")
    assert not ChecklistTemplate.objects.exists()  # looking writes nothing

    words = page(client, base, data={"key": "welcome"})
    assert "Say hello" in words
    own = ChecklistTemplate.objects.get(group=lantern)
    step = own.lines.get(title="Say hello")
    form = {
        "title": "Say hello warmly", "who": "buddy", "days": "1", "side": "after", "minimum": "0", "remind": "3, 0",
        "escalate": "2", "check_name": "", "link": "",
    }  # fmt: skip
    assert "1 day after Say hello warmly" in page(client, f"/checklists/templates/steps/{step.pk}/", data=form)
    before = {**form, "title": "Bake", "days": "2", "side": "before"}
    assert "2 days before Bake" in page(client, f"/checklists/templates/{own.pk}/steps/new/", data=before)
    assert "was taken out" in page(client, f"/checklists/templates/steps/{step.pk}/remove/", data={})
    called = {"name": "How we welcome", "words": "", "anchor_label": "the day they came"}
    assert "How we welcome" in page(client, f"/checklists/templates/{own.pk}/", data=called)
    page(client, base, data={"key": "no-such"}, status=400)


@pytest.mark.parametrize("remind", ["x", "1, -2", "1,2,3,4,5,6"])
def test_reminders_that_are_no_days_are_said_to_be_so(client, lantern, ada, remind):
    client.force_login(ada)
    own = template(lantern)
    form = {"title": "Eat", "days": "1", "side": "after", "minimum": "0", "remind": remind}

    words = page(client, f"/checklists/templates/{own.pk}/steps/new/", data=form, status=400)

    assert "Please write up to five numbers with commas between them." in words


def test_group_makes_a_template_of_its_own(client, lantern, ada):
    client.force_login(ada)
    path = f"/groups/{lantern.slug}/checklists/templates/new/"
    given = {"name": "Open house", "anchor_label": "the day of the open house"}

    assert "No steps yet." in page(client, path, data=given)
    page(client, path, data=given, status=400)
    page(client, path, data={**given, "name": "東京"}, status=400)

    assert ChecklistTemplate.objects.get(group=lantern).key == "open-house"


def test_organisation_s_templates_are_the_steward_s(client, lantern):
    client.force_login(PersonFactory(is_steward=True))

    assert "Onboarding of a manager" in page(client, "/checklists/templates/")
    assert not ChecklistTemplate.objects.exists()
    assert "Set your time zone" in page(client, "/checklists/templates/", data={"key": "welcome"})
    page(client, f"/checklists/templates/{ChecklistTemplate.objects.get().pk}/")
    page(client, "/checklists/templates/", data={"key": "no-such"}, status=400)


# Welcome


def test_welcome_page_shows_newcomer_buddy_and_manager_what_is_theirs(client, lantern, ben, ada):
    pim = PersonFactory(name="Pim", zone="")
    join(pim, lantern)
    task(lantern, title="Read a page aloud", is_first_task=True)
    path = f"/groups/{lantern.slug}/welcome/"
    people = {"newcomer": pim, "buddy": ben}
    one = start_checklist("welcome", group=lantern, anchor=TODAY - 2 * DAY, people=people, by=system())

    buddy = page(client, path)
    client.force_login(ada)
    manager = page(client, path)
    client.force_login(pim)
    newcomer = page(client, path)

    assert "Whom you welcome Pim" in buddy
    assert "for 2 days Pim , Ben was asked to say it" in manager
    assert "Ben is your buddy" in newcomer
    assert "0 of 9 done" in newcomer
    assert "Ticks itself once the time zone is set." in newcomer
    assert "Read a page aloud" in newcomer
    assert f'href="/groups/{lantern.slug}/meetings/"' in client.get(path).content.decode()
    assert "Welcome to Lantern Working Group Your first steps" in page(client, "/me/tasks/")
    one.lines.exclude(title="Say who you are").update(state="done", ended_at="2026-11-26T12:00Z")
    line = one.lines.get(title="Say who you are")
    assert "You have arrived" in page(client, f"/checklists/steps/{line.pk}/tick/", data={"next": path})


def test_offer_to_welcome_is_made_and_taken_back(client, lantern, ben):
    path = f"/groups/{lantern.slug}/welcome/offer/"

    assert "You will be told when somebody comes." in page(client, path, data={"most": "2"})
    assert ben.buddy_offers.get().most == 2
    assert "You will not be asked at present." in page(client, path, data={"most": "0"})
    page(client, path, data={"most": "x"}, status=400)

    assert not ben.buddy_offers.exists()


@pytest.mark.parametrize("count", [1, 3])
def test_welcome_page_costs_the_same_for_any_number(client, lantern, ada, django_assert_num_queries, count):
    client.force_login(ada)
    for _ in range(count):
        newcomer = join(PersonFactory(), lantern)
        people = {"newcomer": newcomer, "buddy": ada}
        start_checklist("welcome", group=lantern, anchor=TODAY, people=people, by=system())
        task(lantern, is_first_task=True)
    client.get("/groups/")

    # Session and person; group, standing, her own path, the next call of its own and of other groups, first tasks, whom
    # she welcomes, whether she may offer it and does, who waits, who is willing; and three of what other rooms add.
    with django_assert_num_queries(16):
        client.get(f"/groups/{lantern.slug}/welcome/")


def test_welcome_page_says_when_the_next_call_is(client):
    organisation()
    oak = meeting_group(name="Oak")
    cancel_meeting(next_meeting(oak), why="Holiday", by=system())
    client.force_login(join(PersonFactory(zone="Asia/Kolkata"), oak))

    words = page(client, "/groups/oak/welcome/")

    assert "The next call: Wed 23 Dec, 21:30" in words


def test_list_names_parts_in_words_and_who_does_what_has_no_name(client, lantern, ada, ben):
    client.force_login(ada)
    template(lantern, {"title": "Open the door", "who": "manager"}, {"title": "Come in", "who": "newcomer"})
    one = start_checklist("open-house", group=lantern, anchor=TODAY, people={"newcomer": ben}, by=system())

    words = page(client, f"/checklists/{one.pk}/")

    assert "Open the door a manager Done" in words
    assert "Ben (the newcomer)" in words
