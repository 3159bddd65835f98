"""Search: what fits, in what order, and nothing that a reader may not see."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from folkmoot.groups.models import Agreement, Amendment, Group, GroupProposal, Power, Seat, Term
from folkmoot.ledger.actors import system
from folkmoot.meetings.actions import (
    NotesWords,
    add_minutes_item,
    begin_minutes,
    confirm_public,
    publish_minutes,
    set_level,
)
from folkmoot.meetings.models import (
    AgendaItem,
    CallRole,
    ItemState,
    Material,
    MaterialState,
    Meeting,
    Minutes,
    Status,
    Turn,
)
from folkmoot.people import searching
from folkmoot.people.domain import seeking
from folkmoot.people.domain.seeking import read_words
from folkmoot.people.models import Person, Profile, Upload
from folkmoot.people.searching import kinds, search
from folkmoot.plan.actions.registers import keep_risk
from folkmoot.plan.domain.lifecycle import Stage
from folkmoot.plan.models import Report, ReportPiece, ReportRevision, Task
from folkmoot.ui.times import plain_date
from tests.factories.decisions import recorded
from tests.factories.groups import CHARTER, group, join
from tests.factories.meetings import held_call
from tests.factories.organisation import organisation
from tests.factories.people import PersonFactory
from tests.factories.plan import goal, initiative

pytestmark = pytest.mark.django_db

ROLES = (
    "anonymous", "stranger", "observer", "participant", "manager", "other_manager", "root_manager", "seated", "scribe",
    "steward",
)  # fmt: skip
EVERYBODY = set(ROLES)
SIGNED_IN = EVERYBODY - {"anonymous"}
INSIDE = {"observer", "participant", "manager", "steward"}
WITH_SEAT = INSIDE | {"seated"}
"""The seat gives no power: what is for whoever has any office in the group."""

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
    ("proposals", "Zephyr proposed group"): {"stranger", "root_manager", "steward"},
    ("seats", "Zephyr seat"): EVERYBODY,
    ("amendments", "Amendment 1 of the charter of Zephyr Working Group"): EVERYBODY,
    ("amendments", "Amendment 2 of the charter of Zephyr Working Group"): {"participant"},
    ("minutes", "Zephyr Working Group (Zephyr call), minutes of {day}"): EVERYBODY,
    ("minutes", "Zephyr private"): WITH_SEAT | {"scribe"},
    ("minutes", "Zephyr draft"): WITH_SEAT,
    ("risks", "Zephyr risk"): INSIDE,
    ("reports", "Zephyr Working Group, January 2025"): EVERYBODY,
    ("reports", "Zephyr Working Group, February 2025"): {"manager", "root_manager", "steward"},
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
    root = group("Root Committee")
    Group.objects.filter(pk=home.pk).update(parent=root)
    people: dict[str, Person | None] = {role: PersonFactory(name=role.title()) for role in ROLES[1:]}
    people["anonymous"] = None
    for role, power in (("observer", Power.OBSERVE), ("participant", Power.TAKE_PART), ("manager", Power.MANAGE)):
        join(people[role], home, power)
    join(people["other_manager"], other, Power.MANAGE)
    join(people["root_manager"], root, Power.MANAGE)
    people["steward"].is_steward = True
    people["steward"].save()
    shown = PersonFactory(name="Zephyr Shown", has_public_profile=True)
    Profile.objects.create(person=shown, about="Hello.", seen={"about": "everyone"})
    PersonFactory(name="Zephyr Unseen")
    PersonFactory(name="Zephyr Merged", merged_into=people["stranger"], is_active=False, email=None)
    day = dt.date(2025, 2, 1)
    Agreement.objects.create(key="manners", number=1, title="Zephyr old manners", text="Be kind.", in_force_from=day)
    Agreement.objects.create(key="manners", number=2, title="Zephyr manners", text="Be kind.", in_force_from=day)
    recorded(home, title="Zephyr decided")
    _calls(home, people["scribe"])
    join(PersonFactory(name="Zephyr Taking Part"), home)  # now: the check of minutes would find the name
    _offices(home, people)
    _reports(home)
    keep_risk(home, title="Zephyr risk", likelihood=1, impact=1, by=system())
    initiative(home, "Zephyr accepted")
    initiative(home, "Zephyr proposed", stage=Stage.PROPOSED)
    goal(home, "Zephyr goal")
    Task.objects.create(group=home, title="Zephyr task")
    Task.objects.create(owner=people["stranger"], title="Zephyr own task")
    return people


def _offices(home: Group, people: dict[str, Person | None]) -> None:
    seat = Seat.objects.create(group=home, position=1, title="Zephyr seat", filling="elected")
    Term.objects.create(seat=seat, person=people["seated"], begins_on=dt.date(2025, 1, 1), how="elected")
    Seat.objects.create(
        group=home, position=2, title="Zephyr retired seat", filling="elected", retired_on=dt.date(2025, 2, 1)
    )
    GroupProposal.objects.create(name="Zephyr proposed group", why="It is time.", by=people["stranger"])
    for number, state in ((1, "proposed"), (2, "draft")):
        Amendment.objects.create(
            group=home, number=number, base=home.charters.get(), by=people["participant"], text="#", state=state,
            why="For zephyrs.",
        )  # fmt: skip


def _reports(home: Group) -> None:
    at = timezone.now()
    for month, is_public, published_at in ((1, True, at), (2, False, at), (3, True, None)):
        report = Report.objects.create(
            group=home, month=dt.date(2025, month, 1), is_public=is_public, published_at=published_at, drafted_at=at
        )
        if published_at:
            ReportRevision.objects.create(report=report, number=1, text="A zephyrless month.", published_at=at)
            ReportRevision.objects.create(report=report, number=2, text="A month of zephyrs.", published_at=at)
        else:
            ReportPiece.objects.create(report=report, name="events", position=1, generated="Zephyr draft of a report.")


def _minutes(call: Meeting, unpublished: Meeting, scribe: Person) -> None:
    """Published minutes with an item of each level, and a draft; what must not be found says so."""
    minutes = begin_minutes(call, by=system())
    for title, level in (("Zephyr private", "private"), ("Open wind", "open"), ("Hidden wind", "chatham")):
        item = add_minutes_item(minutes, NotesWords(title, f"{title}: zephyrnotes"), by=system())
        set_level(minutes, level, item=item, by=system())
    confirm_public(item, title="Some wind", text="Somebody spoke of a zephyr.", version=item.version, by=system())
    for laid_out in minutes.items.filter(agenda_item__isnull=False):
        set_level(minutes, "open", item=laid_out, by=system())
    Minutes.objects.filter(pk=minutes.pk).update(state="approved", approved_at=timezone.now())
    publish_minutes(Minutes.objects.get(pk=minutes.pk), by=system())
    draft = begin_minutes(unpublished, by=system())
    add_minutes_item(draft, NotesWords("Zephyr draft", ""), by=system())
    hidden = add_minutes_item(draft, NotesWords("Hidden zephyr", "Zephyr: hidden"), by=system())
    set_level(draft, "chatham", item=hidden, by=system())
    confirm_public(hidden, title="Zephyr to be public", text="Zephyr.", version=hidden.version, by=system())
    role = CallRole.objects.create(group=call.group, key="scribe", name="Scribe", position=1)
    Turn.objects.create(
        meeting=call, role=role, person=scribe, how="volunteered", state="taken", made_at=timezone.now(),
        answered_at=timezone.now(),
    )  # fmt: skip


def _calls(home: Group, scribe: Person) -> None:
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
    _minutes(Meeting.objects.get(pk=call.pk), held_call(home, ended=dt.timedelta(days=5)), scribe)


def found(words: str, seeker: Person | None) -> set[tuple[str, str]]:
    return {(part.kind, hit.found.title) for part in search(read_words(words), seeker, most=50) for hit in part.hits}


def test_everybody_finds_what_they_may_see_and_nothing_else(readers):
    day = plain_date(Minutes.objects.get(state="published").meeting.starts.date())
    expected = {
        role: {(kind, title.format(day=day)) for (kind, title), roles in SEEN.items() if role in roles}
        for role in ROLES
    }

    seen = {role: found("zephyr", readers[role]) for role in ROLES}

    assert seen == expected


def test_everything_found_leads_to_a_page_that_is_there_for_its_reader(readers, client):
    seen: set[str] = set()
    answers = set()

    for role in ROLES:  # what strangers may open, others may
        if readers[role] is not None:
            client.force_login(readers[role])
        paths = {hit.found.path for part in search(read_words("zephyr"), readers[role], most=50) for hit in part.hits}
        answers |= {(role, client.get(path).status_code) for path in paths - seen}
        seen |= paths if role == "anonymous" else set()

    assert {status for _, status in answers} == {200}
    assert {role for role, _ in answers} == set(ROLES)


def test_counts_tell_nothing_of_what_is_hidden(readers):
    counts = {
        role: {part.kind: part.count for part in search(read_words("zephyr"), readers[role], most=1)}
        for role in ("anonymous", "participant")
    }

    assert counts["anonymous"].get("tasks") is None
    assert [counts[role]["agenda_items"] for role in ("anonymous", "participant")] == [1, 2]
    assert [counts[role]["minutes"] for role in ("anonymous", "participant")] == [1, 3]


def test_somebody_who_cannot_sign_in_any_more_sees_what_strangers_see(readers):
    participant = readers["participant"]
    participant.is_active = False

    assert found("zephyr", participant) == found("zephyr", None)


def test_search_asks_as_many_queries_for_one_row_as_for_many(readers, django_assert_num_queries):
    words = read_words("zephyr")
    search(words, readers["participant"])
    with django_assert_num_queries(21):
        search(words, readers["participant"])
    for number in range(3):
        goal(Group.objects.get(name="Zephyr Working Group"), f"Zephyr goal {number}")
        Task.objects.create(owner=readers["participant"], title=f"Zephyr task {number}")

    with django_assert_num_queries(21):
        search(words, readers["participant"])


def test_exact_words_are_found_however_much_is_newer(readers, monkeypatch):
    monkeypatch.setattr("folkmoot.people.searching.CANDIDATES", 3)
    Task.objects.all().update(made_at=timezone.now() - dt.timedelta(days=900))
    for number in range(5):
        Task.objects.create(group=Group.objects.get(name="Zephyr Working Group"), title=f"Chairs {number}")

    assert ("tasks", "Zephyr task") in found("zephyr", readers["participant"])


def test_words_of_what_was_said_under_the_rule_are_found_in_their_public_wording_alone(readers):
    assert [found("hidden", readers[role]) for role in ROLES] == [set()] * len(ROLES)
    assert {title for kind, title in found("somebody spoke", None) if kind == "minutes"} == {
        title for kind, title in found("zephyr", None) if kind == "minutes"
    }


def test_files_are_found_by_their_names(readers):
    upload = Upload.objects.create(
        name="gales.pdf", media_type="application/pdf", size=1, sha256="0" * 64, handed_in_by=readers["participant"]
    )
    Material.objects.filter(title="Zephyr slides").update(kind="upload", upload=upload, url="")
    Material.objects.filter(title="Zephyr declined slides").update(kind="upload", upload=upload, url="")

    assert found("gales", None) == {("materials", "Zephyr slides")}


def test_a_search_reads_no_more_rows_and_letters_than_it_may(readers, monkeypatch):
    looked_at: list[int] = []
    plain = seeking.fold
    monkeypatch.setattr(seeking, "fold", lambda text: looked_at.append(len(text)) or plain(text))
    home = Group.objects.get(name="Zephyr Working Group")
    for number in range(6):
        goal(home, f"Goal {number}", words="Words upon words and no wind. " * 100)
    words = "windy"  # in no title, and in no text: nothing is found early

    search(read_words(words), None, only=["goals"])
    without_bound = sum(looked_at)
    monkeypatch.setattr(searching, "LETTERS", 4000)
    looked_at.clear()
    search(read_words(words), None, only=["goals"])
    of_letters = sum(looked_at)
    monkeypatch.setattr(searching, "CANDIDATES", 2)
    with CaptureQueriesContext(connection) as asked:
        search(read_words(words), readers["steward"])

    titles = 7 * len("Zephyr goal") + len("Zephyr Working Group") * 7
    assert without_bound > 6 * 2900
    assert of_letters <= 4000 + titles
    assert [query["sql"] for query in asked if " LIMIT 2" not in query["sql"]] == []


def test_whoever_searches_without_end_is_asked_to_wait(readers, client, monkeypatch):
    monkeypatch.setattr("folkmoot.desk.views.search.OF_A_NETWORK", "2/h")
    monkeypatch.setattr("folkmoot.desk.views.search.OF_A_PERSON", "3/h")

    def answers() -> list[int]:
        return [client.get("/search/", {"q": "zephyr"}).status_code for _ in range(4)]

    strangers, start = answers(), client.get("/search/").status_code
    client.force_login(readers["participant"])
    people = answers()

    assert (strangers, start, people) == ([200, 200, 429, 429], 200, [200, 200, 200, 429])


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
    assert 'kind=goals" aria-current="page">Goals <span class="tab-count">1</span></a>' in one
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
        "groups", "proposals", "people", "seats", "charters", "amendments", "decisions", "articles", "calls",
        "agenda_items", "materials", "minutes", "initiatives", "goals", "tasks", "risks", "reports", "agreements",
    ]  # fmt: skip
