"""Search: what fits, in what order, and nothing that a reader may not see."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from folkmoot.groups.models import Agreement, Group, Power
from folkmoot.meetings.models import AgendaItem, ItemState, Material, MaterialState, Meeting, Status
from folkmoot.people.domain.seeking import read_words
from folkmoot.people.models import Person, Profile
from folkmoot.people.searching import kinds, search
from folkmoot.plan.domain.lifecycle import Stage
from folkmoot.plan.models import Task
from tests.factories.decisions import recorded
from tests.factories.groups import CHARTER, group, join
from tests.factories.meetings import held_call
from tests.factories.organisation import organisation
from tests.factories.people import PersonFactory
from tests.factories.plan import goal, initiative

pytestmark = pytest.mark.django_db

ROLES = ("anonymous", "stranger", "observer", "participant", "manager", "other_manager", "steward")
EVERYBODY = set(ROLES)
SIGNED_IN = EVERYBODY - {"anonymous"}
INSIDE = {"observer", "participant", "manager", "steward"}

SEEN = {
    ("groups", "Zephyr Working Group"): EVERYBODY,
    ("people", "Zephyr Shown"): EVERYBODY,
    ("people", "Zephyr Taking Part"): SIGNED_IN,
    ("people", "Zephyr Unseen"): {"steward"},
    ("charters", "§ 6 Annual activities"): EVERYBODY,
    ("charters", "§ 6.1 Zephyr day"): EVERYBODY,
    ("agreements", "Charter of Zephyr Working Group"): EVERYBODY,
    ("agreements", "Zephyr manners"): EVERYBODY,
    ("decisions", "Zephyr decided"): EVERYBODY,
    ("calls", "Zephyr call"): EVERYBODY,
    ("agenda_items", "Zephyr item"): EVERYBODY,
    ("agenda_items", "Zephyr asked for"): INSIDE,
    ("materials", "Zephyr slides"): EVERYBODY,
    ("materials", "Zephyr proposed slides"): INSIDE,
    ("materials", "Zephyr slides for what is asked for"): INSIDE,
    ("initiatives", "Zephyr accepted"): EVERYBODY,
    ("initiatives", "Zephyr proposed"): INSIDE,
    ("goals", "Zephyr goal"): EVERYBODY,
    ("tasks", "Zephyr task"): INSIDE,
    ("tasks", "Zephyr own task"): {"stranger"},
}
"""Everything in the world that says Zephyr and that anybody finds, with those who do."""


@pytest.fixture
def readers() -> dict[str, Person | None]:
    """Somebody of every role, in a world with one thing of every kind, and things that nobody finds."""
    organisation()
    home = group("Zephyr Working Group", text=CHARTER.replace("Open house", "Zephyr day"))
    other = group("Other Working Group")
    people: dict[str, Person | None] = {role: PersonFactory(name=role.title()) for role in ROLES[1:]}
    people["anonymous"] = None
    for role, power in (("observer", Power.OBSERVE), ("participant", Power.TAKE_PART), ("manager", Power.MANAGE)):
        join(people[role], home, power)
    join(people["other_manager"], other, Power.MANAGE)
    people["steward"].is_steward = True
    people["steward"].save()
    shown = PersonFactory(name="Zephyr Shown", has_public_profile=True)
    Profile.objects.create(person=shown, about="Hello.", seen={"about": "everyone"})
    join(PersonFactory(name="Zephyr Taking Part"), home)
    PersonFactory(name="Zephyr Unseen")
    PersonFactory(name="Zephyr Merged", merged_into=people["stranger"], is_active=False, email=None)
    day = dt.date(2025, 2, 1)
    Agreement.objects.create(key="manners", number=1, title="Zephyr old manners", text="Be kind.", in_force_from=day)
    Agreement.objects.create(key="manners", number=2, title="Zephyr manners", text="Be kind.", in_force_from=day)
    recorded(home, title="Zephyr decided")
    _calls(home)
    initiative(home, "Zephyr accepted")
    initiative(home, "Zephyr proposed", stage=Stage.PROPOSED)
    goal(home, "Zephyr goal")
    Task.objects.create(group=home, title="Zephyr task")
    Task.objects.create(owner=people["stranger"], title="Zephyr own task")
    return people


def _calls(home: Group) -> None:
    call = held_call(home)
    Meeting.objects.filter(pk=call.pk).update(title="Zephyr call")
    dropped = held_call(home, ended=dt.timedelta(days=3))
    Meeting.objects.filter(pk=dropped.pk).update(title="Zephyr dropped call", status=Status.DROPPED)
    item = AgendaItem.objects.create(meeting=call, title="Zephyr item")
    AgendaItem.objects.create(meeting=dropped, title="Zephyr item of a dropped call")
    asked = AgendaItem.objects.create(meeting=call, title="Zephyr asked for", state=ItemState.REQUESTED)
    AgendaItem.objects.create(meeting=call, title="Zephyr declined", state=ItemState.DECLINED, why="Not now.")
    for of, title, state in (
        (item, "Zephyr slides", MaterialState.ACCEPTED),
        (item, "Zephyr proposed slides", MaterialState.PROPOSED),
        (item, "Zephyr declined slides", MaterialState.DECLINED),
        (asked, "Zephyr slides for what is asked for", MaterialState.ACCEPTED),
    ):
        Material.objects.create(item=of, title=title, url="https://example.org/slides", state=state)


def found(words: str, seeker: Person | None) -> set[tuple[str, str]]:
    return {(part.kind, hit.found.title) for part in search(read_words(words), seeker, most=50) for hit in part.hits}


def test_everybody_finds_what_they_may_see_and_nothing_else(readers):
    expected = {role: {what for what, roles in SEEN.items() if role in roles} for role in ROLES}

    seen = {role: found("zephyr", readers[role]) for role in ROLES}

    assert seen == expected


def test_everything_found_leads_to_a_page_that_is_there_for_its_reader(readers, client):
    answers = set()
    for role in ("anonymous", "participant", "steward"):
        if readers[role] is not None:
            client.force_login(readers[role])
        for part in search(read_words("zephyr"), readers[role], most=50):
            answers |= {(role, client.get(hit.found.path).status_code) for hit in part.hits}

    assert answers == {("anonymous", 200), ("participant", 200), ("steward", 200)}


def test_counts_tell_nothing_of_what_is_hidden(readers):
    counts = {
        role: {part.kind: part.count for part in search(read_words("zephyr"), readers[role], most=1)}
        for role in ("anonymous", "participant")
    }

    assert counts["anonymous"].get("tasks") is None
    assert [counts[role]["agenda_items"] for role in ("anonymous", "participant")] == [1, 2]


def test_somebody_who_cannot_sign_in_any_more_sees_what_strangers_see(readers):
    participant = readers["participant"]
    participant.is_active = False

    assert found("zephyr", participant) == found("zephyr", None)


def test_search_asks_as_many_queries_for_one_row_as_for_many(readers, django_assert_num_queries):
    words = read_words("zephyr")
    search(words, readers["participant"])
    with django_assert_num_queries(12):
        search(words, readers["participant"])
    for number in range(3):
        goal(Group.objects.get(name="Zephyr Working Group"), f"Zephyr goal {number}")
        Task.objects.create(owner=readers["participant"], title=f"Zephyr task {number}")

    with django_assert_num_queries(12):
        search(words, readers["participant"])


def test_exact_words_are_found_however_much_is_newer(readers, monkeypatch):
    monkeypatch.setattr("folkmoot.people.searching.CANDIDATES", 3)
    Task.objects.all().update(made_at=timezone.now() - dt.timedelta(days=900))
    for number in range(5):
        Task.objects.create(group=Group.objects.get(name="Zephyr Working Group"), title=f"Chairs {number}")

    assert ("tasks", "Zephyr task") in found("zephyr", readers["participant"])


def test_page_shows_what_was_found_with_its_words_marked(readers, client):
    recorded(Group.objects.get(name="Other Working Group"), title="Quiet room", text="The zéphyr room is quiet.")

    page = client.get("/search/", {"q": "zefyr"})  # one letter for two is a near miss
    deep = client.get("/search/", {"q": "zephyr quiet"})

    assert page.status_code == deep.status_code == 200
    assert page.headers["Cache-Control"] == "max-age=0, no-cache, no-store, must-revalidate, private"
    assert "sessionid" not in page.cookies
    words = " ".join(deep.content.decode().split())
    assert "<mark>Quiet</mark> room" in words
    assert "The <mark>zéphyr</mark> room is <mark>quiet</mark>." in words


def test_page_narrows_to_one_kind_and_is_empty_handed_kindly(readers, client):
    one = client.get("/search/", {"q": "zephyr", "kind": "goals"}).content.decode()
    none = client.get("/search/", {"q": "xylophonist"}).content.decode()
    start = client.get("/search/").content.decode()

    assert "<mark>Zephyr</mark> goal" in one
    assert "decided" not in one
    assert "Nothing that you may see fits these words." in none
    assert "Nothing that you may see" not in start


@pytest.mark.parametrize("asked", [{"q": "a" * 1001}, {"q": "zep\x00hyr"}, {"q": "zephyr", "kind": "secrets"}])
def test_what_nobody_would_search_for_is_refused(readers, client, asked):
    assert client.get("/search/", asked).status_code == 400


def test_page_escapes_what_was_typed(readers, client):
    page = client.get("/search/", {"q": '"><script>alert(1)</script>'}).content.decode()

    assert "<script>alert(1)" not in page


def test_every_kind_has_words(readers):
    assert list(kinds()) == [
        "groups", "people", "charters", "decisions", "calls", "agenda_items", "materials", "initiatives", "goals",
        "tasks", "agreements",
    ]  # fmt: skip
