"""Sessions on one subject: notes, themes, dots, and a summary without names."""

from __future__ import annotations

import datetime as dt

import pytest
from django.conf import settings
from django.utils import timezone

from folkmoot.connections.actions.interests import keep_apart
from folkmoot.connections.actions.spaces_sessions import (
    Board,
    gather_themes,
    move_on,
    open_session,
    put_dots,
    take_note_back,
    write_note,
)
from folkmoot.connections.actions.spaces_summary import keep_summary, publish_summary
from folkmoot.connections.models.spaces import Dot, SessionState, SummaryFor, ThemeNote, ThemeSession
from folkmoot.connections.models.spaces_sessions import LONGEST_SUMMARY
from folkmoot.connections.panels.spaces import circles_and_sessions
from folkmoot.connections.queries.spaces import dots_of, gathered, on_wall
from folkmoot.connections.queries.spaces_names import names_in
from folkmoot.groups.models import Power
from folkmoot.kit.errors import Refused
from folkmoot.ledger.actors import system
from folkmoot.ledger.models import Entry
from folkmoot.notices.models import Telling
from folkmoot.people.actions import erase_person, merge_people
from folkmoot.people.person_data import PERSON_DATA
from tests.connections.test_spaces import code_of, told
from tests.factories.connections.spaces import circle, session_at, session_with_notes, session_words
from tests.factories.groups import join
from tests.factories.meetings import charter_adopted
from tests.factories.organisation import organisation
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db
STATES = tuple(SessionState)


@pytest.fixture
def cast(freeze):
    """Ada leads a group in which Ben and Cleo take part; Dan is in none."""
    freeze("2026-11-23T12:00Z")
    organisation()
    group = charter_adopted()
    ada, ben, cleo, dan = (
        PersonFactory(name=name) for name in ("Ada Ogunleye", "Ben Carver", "Cleo Marsh", "Dan Ilves")
    )
    join(ada, group, Power.MANAGE)
    join(ben, group)
    join(cleo, group)
    return {"group": group, "ada": ada, "ben": ben, "cleo": cleo, "dan": dan}


def test_session_is_told_once_to_those_who_may_take_part_but_not_to_whom_its_host_is_kept_apart_from(cast):
    eve = join(PersonFactory(name="Eve"), cast["group"])
    keep_apart(eve, cast["ben"])

    made = open_session(session_words(), group=cast["group"], by=cast["ben"])

    assert told() == [("session_invites", "Ada Ogunleye"), ("session_invites", "Cleo Marsh")]
    assert "How might we make first visits less lonely?" in Telling.objects.first().text
    of_circle = open_session(session_words(), circle=circle(cast["ben"], None, cast["dan"]), by=cast["ben"])
    assert told()[-1] == ("session_invites", "Dan Ilves")
    open_session(session_words(), by=cast["ben"])
    assert len(told()) == 3
    assert (made.home, of_circle.home) == (cast["group"], None)


NO_SESSION = [
    ({"title": ""}, "title"),
    ({"prompts": ("", " ")}, "prompt_1"),
    ({"prompts": ("a", "b", "c", "d")}, "prompt_1"),
    ({"dots": 0}, "dots"),
    ({"dots": 11}, "dots"),
]


def test_what_makes_no_session_is_refused(cast):
    for changed, field in NO_SESSION:
        assert code_of(open_session, session_words(**changed), by=cast["ben"]) == field
    assert not ThemeSession.objects.exists()


WRITE, GATHER, MOVE, DOTS, KEEP, PUBLISH = "write", "gather", "move", "dots", "keep", "publish"


@pytest.mark.parametrize(
    ("who", "may"),
    [
        ("ben", {WRITE, GATHER, MOVE, DOTS, KEEP, PUBLISH}),
        ("ada", {WRITE, GATHER, MOVE, DOTS, KEEP, PUBLISH}),
        ("cleo", {WRITE, DOTS}),
        ("dan", set()),
    ],
)
def test_who_may_do_what_in_a_session_of_a_group(cast, who, may):
    person, where = cast[who], {"group": cast["group"]}
    gathering = session_with_notes(cast["ben"], **where)
    clustering = session_at(SessionState.CLUSTERING, cast["ben"], **where)
    voting = session_at(SessionState.VOTING, cast["ben"], **where)
    done = session_at(SessionState.SUMMARY, cast["ben"], cast["ben"], **where)
    here = SummaryFor.HERE
    tried = {
        WRITE: code_of(write_note, gathering, "Light", by=person),
        GATHER: code_of(gather_themes, clustering, Board(), version=clustering.board_version, by=person),
        MOVE: code_of(move_on, gathering, SessionState.CLUSTERING, by=person),
        DOTS: code_of(put_dots, voting, {voting.themes.first().pk: 1}, by=person),
        KEEP: code_of(keep_summary, done, "Words", version=1, by=person),
        PUBLISH: code_of(publish_summary, done, "Words", version=2 if KEEP in may else 1, readers=here, by=person),
    }

    assert tried == {what: "" if what in may else "forbidden" for what in tried}


@pytest.mark.parametrize("state", STATES)
def test_each_thing_is_done_at_its_part_of_the_session_alone(cast, state):
    made = session_at(state, cast["ben"], cast["cleo"])
    theme = made.themes.first()
    at = {SessionState.SUMMARY, SessionState.PUBLISHED}

    assert code_of(write_note, made, "Late", by=cast["cleo"]) == ("" if state == "gathering" else "not_now")
    assert code_of(gather_themes, made, Board(), version=2, by=cast["ben"]) == (
        "" if state == "clustering" else "not_now"
    )
    assert code_of(put_dots, made, {theme.pk: 1} if theme else {}, by=cast["cleo"]) == (
        "" if state == "voting" else "not_now"
    )
    may_move = {"gathering": ["clustering"], "clustering": ["gathering", "voting"], "voting": ["summary"]}
    for to in STATES:
        if to != state and to not in may_move.get(state, []):
            assert code_of(move_on, made, to, by=cast["ben"]) == "not_now"
    assert made.shows_results == (state in at)


def test_note_without_a_name_is_without_one_for_hosts_too_and_is_taken_back_by_whoever_wrote_it(cast, client):
    made = open_session(session_words(), group=cast["group"], by=cast["ben"])
    write_note(made, "A  <i>quiet</i>\n room", unsigned=True, by=cast["cleo"])
    write_note(made, "Bread", by=cast["cleo"])
    address = made.get_absolute_url()

    client.force_login(cast["ben"])
    for headers in ({}, {"HX-Request": "true"}):
        page = client.get(address, headers=headers).content.decode()
        wall = page.partition('id="wall"')[2].partition('id="hosting"')[0]
        assert "A &lt;i&gt;quiet&lt;/i&gt; room" in wall
        assert wall.count("Cleo Marsh") == 1
        assert wall.count("without a name") == 1
    assert "You see the same as everybody" in client.get(address).content.decode()
    assert not Entry.objects.filter(payload__icontains="quiet").exists()

    note = ThemeNote.objects.get(is_unsigned=True)
    assert code_of(take_note_back, note, by=cast["dan"]) == "forbidden"
    for _again in range(2):
        take_note_back(note, by=cast["cleo"])
    assert ThemeNote.objects.get().text == "Bread"


def test_who_sends_a_note_or_dots_too_late_is_told_and_has_their_words(cast, client):
    client.force_login(cast["cleo"])
    clustering = session_at(SessionState.CLUSTERING, cast["ben"], group=cast["group"])
    done = session_at(SessionState.SUMMARY, cast["ben"], cast["ben"], group=cast["group"])
    dots = {f"theme_{theme.pk}": "1" for theme in done.themes.all()}

    late = client.post(f"{clustering.get_absolute_url()}notes/", {"text": "A warm light", "prompt": "0"})
    voted = client.post(f"{done.get_absolute_url()}notes/", {"dots": "1", **dots})

    assert (late.status_code, voted.status_code) == (400, 400)
    assert b"no new ones are taken. You wrote: <bdi>A warm light</bdi>" in late.content
    assert b"Voting is not open." in voted.content
    assert ThemeNote.objects.filter(author=cast["cleo"]).count() == 0


def test_place_of_a_note_without_a_name_does_not_tell_who_wrote_it(cast, client):
    made = session_with_notes(cast["ben"], group=cast["group"])
    write_note(made, "Zinnias", by=cast["ben"])
    for text, unsigned in (("Apples", False), ("Plums", True), ("Bread", False)):
        write_note(made, text, unsigned=unsigned, by=cast["cleo"])
    write_note(made, "Oats", unsigned=True, by=cast["ben"])

    assert [note.text for note in on_wall(made)] == ["Zinnias", "Apples", "Bread", "Oats", "Plums"]

    move_on(made, SessionState.CLUSTERING, by=cast["ben"])
    gather_themes(made, Board(added={"new_1": "Table"}), version=1, by=cast["ben"])
    assert gathered(made)[1] == sorted(["Zinnias", "Apples", "Plums", "Bread", "Oats"])


def test_one_person_opens_no_more_than_some_sessions_a_day(cast, freeze, monkeypatch):
    monkeypatch.setattr("folkmoot.connections.actions.spaces_sessions.MOST_A_DAY", 1)
    open_session(session_words(), group=cast["group"], by=cast["ben"])

    assert code_of(open_session, session_words(), group=cast["group"], by=cast["ben"]) == "too_many"
    assert code_of(open_session, session_words(), group=cast["group"], by=cast["cleo"]) == ""
    freeze("2026-11-24T12:00:01Z")
    assert code_of(open_session, session_words(), group=cast["group"], by=cast["ben"]) == ""


def test_one_person_fills_no_wall_and_writes_no_empty_note(cast, client, monkeypatch):
    monkeypatch.setattr("folkmoot.connections.actions.spaces_sessions.MOST_NOTES", 2)
    made = session_with_notes(cast["ben"], cast["cleo"], cast["cleo"], group=cast["group"])

    assert code_of(write_note, made, "Third", by=cast["cleo"]) == "too_many"
    assert code_of(write_note, made, " ", by=cast["ben"]) == "text"
    assert code_of(write_note, made, "x" * 281, by=cast["ben"]) == "text"
    assert code_of(write_note, made, "x", prompt=1, by=cast["ben"]) == "prompt"
    client.force_login(cast["cleo"])
    answer = client.post(f"{made.get_absolute_url()}notes/", {"text": "What I thought of", "prompt": "0"})
    assert answer.status_code == 400
    assert "What I thought of" in answer.content.decode()


def test_notes_are_gathered_into_themes_which_are_renamed_swapped_and_dissolved(cast):
    made = session_at(SessionState.CLUSTERING, cast["ben"], cast["cleo"], cast["cleo"])
    doors, rooms = made.themes.all()
    first, second = made.notes.all()
    assert (first.theme, second.theme) == (doors, rooms)

    gather_themes(
        made, Board({doors.pk: "Rooms", rooms.pk: "Doors"}, {}, {second.pk: str(doors.pk)}), version=2, by=cast["ben"]
    )
    assert [one.name for one in made.themes.all()] == ["Rooms", "Doors"]
    assert {one.theme_id for one in made.notes.all()} == {doors.pk}
    assert code_of(gather_themes, made, Board({doors.pk: "DOORS"}), version=3, by=cast["ben"]) == "themes"

    gather_themes(made, Board({doors.pk: ""}), version=3, by=cast["ben"])
    assert [one.name for one in made.themes.all()] == ["Doors"]
    assert [one.theme for one in made.notes.all()] == [None, None]


def test_second_of_two_hosts_is_told_with_both_choices_and_loses_nothing(cast, client):
    made = session_at(SessionState.CLUSTERING, cast["ben"], cast["cleo"])
    doors, rooms = made.themes.all()
    note = made.notes.get()
    sent = {
        "version": "2",
        f"theme_{doors.pk}": "Doors that open",
        f"theme_{rooms.pk}": "Rooms",
        f"note_{note.pk}": "new_1",
        "new_1": "Mine",
    }
    gather_themes(made, Board(places={note.pk: str(rooms.pk)}), version=2, by=cast["ben"])
    client.force_login(cast["ben"])
    address = f"{made.get_absolute_url()}themes/"

    answer = client.post(address, sent)

    page = answer.content.decode()
    assert answer.status_code == 409
    assert "The board has it in: Rooms" in page
    assert 'value="Doors that open"' in page
    assert 'name="version" value="3"' in page
    note.refresh_from_db()
    assert note.theme == rooms
    assert client.post(address, {**sent, "new_1": "", "version": "3"}).status_code == 400
    assert client.post(address, {**sent, "version": "3"}).status_code == 302
    note.refresh_from_db()
    assert (note.theme.name, made.themes.get(pk=doors.pk).name) == ("Mine", "Doors that open")


def test_theme_that_another_host_dissolved_meanwhile_is_no_dead_end(cast, client):
    made = session_at(SessionState.CLUSTERING, cast["ben"], cast["cleo"])
    doors, rooms = made.themes.all()
    note = made.notes.get()
    gather_themes(made, Board({doors.pk: ""}), version=2, by=cast["ben"])
    client.force_login(cast["ben"])
    address = f"{made.get_absolute_url()}themes/"
    sent = {"version": "2", f"theme_{rooms.pk}": "Rooms", f"note_{note.pk}": str(doors.pk)}

    answer = client.post(address, sent)

    page = answer.content.decode()
    assert (answer.status_code, "Another host changed the themes" in page) == (409, True)
    assert "The board has it in: No theme yet" in page
    assert client.post(address, {**sent, "version": "3", f"note_{note.pk}": str(rooms.pk)}).status_code == 302


def test_dots_are_put_anew_never_too_many_and_are_seen_by_nobody_until_voting_closes(cast, client):
    made = session_at(SessionState.VOTING, cast["ben"], cast["cleo"], cast["cleo"], group=cast["group"])
    doors, rooms = made.themes.all()
    other = session_at(SessionState.VOTING, cast["ben"]).themes.first()

    assert put_dots(made, {doors.pk: 2, rooms.pk: 1}, by=cast["cleo"]) == 3
    assert put_dots(made, {rooms.pk: 2}, by=cast["cleo"]) == 2
    assert dots_of(made, cast["cleo"]) == {rooms.pk: 2}
    assert code_of(put_dots, made, {doors.pk: 2, rooms.pk: 2}, by=cast["cleo"]) == "too_many"
    assert code_of(put_dots, made, {doors.pk: 4, rooms.pk: -1}, by=cast["cleo"]) == "too_many"
    assert code_of(put_dots, made, {other.pk: 1}, by=cast["cleo"]) == "invalid"
    assert dots_of(made, cast["cleo"]) == {rooms.pk: 2}

    client.force_login(cast["ben"])
    page = client.get(made.get_absolute_url()).content.decode()
    assert "One person has put theirs." in page
    assert client.get(f"{made.get_absolute_url()}summary/").status_code == 404
    dots = {"dots": "1", f"theme_{doors.pk}": "3", f"theme_{rooms.pk}": "3"}
    assert client.post(f"{made.get_absolute_url()}notes/", dots).status_code == 400
    assert client.post(f"{made.get_absolute_url()}notes/", {**dots, f"theme_{rooms.pk}": "0"}).status_code == 302

    done = move_on(made, SessionState.SUMMARY, by=cast["ben"])
    assert [(one.name, one.counted) for one in made.themes.all()] == [("Doors", 3), ("Rooms", 2)]
    assert (done.voters, Dot.objects.filter(session=made).count()) == (2, 0)
    assert done.summary.index("1. Doors") < done.summary.index("3 dots") < done.summary.index("2. Rooms")
    move_on(made, SessionState.SUMMARY, by=cast["ben"])
    assert Entry.objects.filter(kind="connections.session_moved_on", payload__now="summary").count() == 1
    results = client.get(made.get_absolute_url()).content.decode()
    assert "2 people put dots." in results
    assert "Make a task of it" in results
    task = client.get(f"/groups/{cast['group'].slug}/tasks/new/?title=Doors").content.decode()
    assert 'value="Doors"' in task
    decision = client.get(f"/groups/{cast['group'].slug}/decisions/propose/?title=Doors").content.decode()
    assert 'value="Doors"' in decision
    assert "Propose a decision" in results


def test_names_keep_a_summary_from_going_out_until_they_are_taken_out_or_let_stand(cast, client):
    made = session_at(SessionState.SUMMARY, cast["ben"], cast["cleo"], group=cast["group"])
    client.force_login(cast["ben"])
    address = f"{made.get_absolute_url()}summary/"
    words = f"{made.summary}\n\n**Cleo** Marsh said so. Ben&#32;Carver too."
    sent = {"summary": words, "readers": "everyone", "version": "1", "publish": "1"}

    answer = client.post(f"{address}write/", sent)

    assert answer.status_code == 409
    found = names_in(made, words)
    assert {one.words.replace("*", "").replace("&#32;", " ") for one in found} >= {"Cleo Marsh", "Ben Carver"}
    assert all(one.mark in answer.content.decode() for one in found)
    made.refresh_from_db()
    assert made.state == SessionState.SUMMARY
    assert client.get(address).status_code == 404

    assert client.post(f"{address}write/", {**sent, "stand": [one.mark for one in found]}).status_code == 302
    facts = Entry.objects.get(kind="connections.summary_published").payload
    assert facts == {"session_id": made.pk, "readers": "everyone", "version": 2, "let_stand": len(found)}


@pytest.mark.parametrize(
    ("readers", "stranger", "dan", "cleo"),
    [("invited", 302, 404, 200), ("here", 302, 200, 200), ("everyone", 200, 200, 200)],
)
def test_summary_is_read_by_those_whom_its_host_chose_and_told_once(cast, client, readers, stranger, dan, cleo):
    made = session_at(SessionState.SUMMARY, cast["ben"], cast["cleo"], group=cast["group"])
    words = f"{made.summary}\n<script>alert(1)</script> and [more](javascript:x)"
    publish_summary(made, words, version=1, readers=SummaryFor(readers), by=cast["ben"])
    publish_summary(made, words, version=2, readers=SummaryFor(readers), by=cast["ben"])
    address = f"{made.get_absolute_url()}summary"

    for path in (f"{address}/", f"{address}.md"):
        client.logout()
        assert client.get(path).status_code == stranger
        client.force_login(cast["dan"])
        assert client.get(path).status_code == dan
        client.force_login(cast["cleo"])
        assert client.get(path).status_code == cleo
    page = client.get(f"{address}/").content.decode()
    assert "<script>alert" not in page
    assert 'href="javascript' not in page
    assert "Cleo" not in page.partition("<main")[2]
    assert client.get(f"{address}.md").content.decode().startswith("# First visits\n\n## What we asked")
    assert [one for one in told() if one[0] == "summary_is_out"] == [
        ("summary_is_out", "Ada Ogunleye"),
        ("summary_is_out", "Cleo Marsh"),
    ]


def test_second_of_two_who_write_the_summary_sees_both(cast, client):
    made = session_at(SessionState.SUMMARY, cast["ben"], group=cast["group"])
    keep_summary(made, "What she wrote", version=1, by=cast["ada"])
    client.force_login(cast["ben"])

    sent = {"summary": "What he wrote", "readers": "here", "version": "1", "keep": "1"}
    answer = client.post(f"{made.get_absolute_url()}summary/write/", sent)

    page = answer.content.decode()
    assert (answer.status_code, "What she wrote" in page, "What he wrote" in page) == (409, True, True)
    made.refresh_from_db()
    assert made.summary == "What she wrote\n"


def test_draft_as_long_as_a_summary_may_be_is_kept_as_browsers_send_it(cast, client):
    made = session_at(SessionState.SUMMARY, cast["ben"], cast["ben"], group=cast["group"])
    draft = "x\n" * (LONGEST_SUMMARY // 2 - 1) + "x"
    client.force_login(cast["ben"])

    sent = {"summary": draft.replace("\n", "\r\n"), "readers": "here", "version": str(made.summary_version)}
    assert client.post(f"{made.get_absolute_url()}summary/write/", {**sent, "keep": "1"}).status_code == 302

    made.refresh_from_db()
    assert made.summary == f"{draft}\n"


def test_notes_of_who_is_forgotten_go_but_stay_without_a_name_behind_a_published_summary(cast):
    open_one = session_with_notes(cast["ben"], cast["cleo"], group=cast["group"])
    voting = session_at(SessionState.VOTING, cast["ben"], group=cast["group"])
    put_dots(voting, {voting.themes.first().pk: 2}, by=cast["cleo"])
    published = session_at(SessionState.PUBLISHED, cast["ben"], cast["cleo"], group=cast["group"])
    kept = [row for data in PERSON_DATA for row in data.export(cast["cleo"]) if "session" in row]
    assert len(kept) == 4

    erase_person(cast["cleo"], by=system())

    assert not open_one.notes.exists()
    assert [one.author for one in published.notes.all()] == [None]
    assert not Dot.objects.exists()
    erase_person(cast["ben"], by=system())
    assert not published.hosts.exists()


def test_person_who_was_merged_meanwhile_counts_once(cast):
    made = session_at(SessionState.VOTING, cast["ben"], group=cast["group"])
    doors, rooms = made.themes.all()
    put_dots(made, {doors.pk: 3}, by=cast["cleo"])
    put_dots(made, {rooms.pk: 2}, by=cast["ada"])

    merge_people(cast["cleo"], cast["ada"], by=system())

    done = move_on(made, SessionState.SUMMARY, by=cast["ben"])
    assert [one.counted for one in made.themes.all()] == [3, 0]
    assert done.voters == 1


def test_session_is_opened_on_its_page_with_a_time_by_its_clock(cast, client):
    client.force_login(cast["ben"])
    sent = {
        "title": "Doors",
        "prompt_1": "How might we ",
        "day": "2026-12-01",
        "at": "",
        "zone": "Asia/Tokyo",
        "dots": "2",
    }
    address = f"/connections/sessions/new/?group={cast['group'].slug}"

    refused = client.post(address, sent).content.decode()
    assert ("Please go on: how might we do what?" in refused, "both the day and the time" in refused) == (True, True)
    client.post(address, {**sent, "prompt_1": "How might we open doors?", "prompt_3": "And close?", "at": "09:00"})

    made = ThemeSession.objects.get()
    assert made.prompts == ["How might we open doors?", "And close?"]
    assert made.starts_at == dt.datetime(2026, 12, 1, tzinfo=dt.UTC)
    assert client.get(made.get_absolute_url()).status_code == 200
    assert made.starts_at > timezone.now()


def test_page_asks_as_much_for_one_note_as_for_three(cast, client, django_assert_num_queries):
    made = session_with_notes(cast["ben"], cast["cleo"], group=cast["group"])
    client.force_login(cast["cleo"])
    client.get(made.get_absolute_url())

    with django_assert_num_queries(9):
        client.get(made.get_absolute_url())
    write_note(made, "Second", by=cast["ben"])
    write_note(made, "Third", by=cast["ada"])
    with django_assert_num_queries(9):
        client.get(made.get_absolute_url())


def test_host_walks_it_from_notes_to_a_summary_by_buttons(cast, client):
    made = session_with_notes(cast["ben"], cast["cleo"], circle=circle(cast["ben"], None, cast["cleo"]))
    address = made.get_absolute_url()
    client.force_login(cast["ben"])

    assert client.post(f"{address}next/", {"to": "clustering"}).url == f"{address}themes/"
    assert client.post(f"{address}next/", {"to": "voting"}).status_code == 409
    note = made.notes.get()
    client.post(f"{address}themes/", {"version": "1", "new_2": "Light", f"note_{note.pk}": "new_2"})
    client.post(f"{address}next/", {"to": "voting"})
    assert client.post(f"{address}next/", {"to": "nonsense"}).status_code == 400
    assert client.post(f"{address}next/", {"to": "summary"}).url == f"{address}summary/write/"
    assert "No name was found in it." in client.get(f"{address}summary/write/").content.decode()
    hub = client.get("/connections/").content.decode()
    assert ("Circles and sessions" in hub, "Slow reading" in hub) == (True, True)
    assert made.hosts.get().person == cast["ben"]


def test_way_on_the_hub_asks_two_queries(cast, rf, django_assert_num_queries):
    for number in range(2):
        session_with_notes(cast["ben"], circle=circle(cast["ben"], cast["group"], name=f"Circle {number}"))
    request = rf.get("/connections/")
    request.user, request.COOKIES = cast["ben"], {settings.SESSION_COOKIE_NAME: "x"}
    for group in (None, cast["group"]):
        with django_assert_num_queries(2):
            assert "Circle 1" in str(circles_and_sessions(request, group))


def test_refused_words_are_whole_sentences(cast):
    made = session_at(SessionState.VOTING, cast["ben"], group=cast["group"])
    with pytest.raises(Refused, match="You have 3 dots to put in all"):
        put_dots(made, {made.themes.first().pk: 4}, by=cast["ben"])
