"""The conversation about notes, with browsers played by documents of their own and no network between."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

import pytest
from asgiref.sync import async_to_sync, sync_to_async
from django.db import OperationalError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from folkmoot.groups.actions import end_participation
from folkmoot.kit.errors import Refused
from folkmoot.ledger.actors import system
from folkmoot.live import notes_rooms, notes_socket
from folkmoot.live.actions import put_down
from folkmoot.live.domain import wire
from folkmoot.live.domain.shared_text import SharedText
from folkmoot.live.notes_rooms import rooms
from folkmoot.live.notes_socket import converse
from folkmoot.meetings.actions import (
    NotesWords,
    change_minutes_item,
    propose_minutes,
)
from folkmoot.meetings.models import MinutesItem
from folkmoot.people.models import Person
from tests.factories.groups import join
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def one_thread(monkeypatch):
    """All that asks the database does so where the test's transaction is."""

    async def run(action: Callable[..., Any], *given: Any, **named: Any) -> Any:
        return await sync_to_async(action)(*given, **named)

    async def look_when_told(_rooms: notes_rooms.Rooms, _room: notes_rooms.Room) -> None:
        """The tests say themselves when it is looked."""

    monkeypatch.setattr(notes_rooms, "in_thread", run)
    monkeypatch.setattr(notes_socket, "in_thread", run)
    monkeypatch.setattr(notes_rooms.Rooms, "_follow", look_when_told)


@dataclass
class Browser:
    """One end of a web socket, with the text as this browser has it."""

    person: Person | None
    text: SharedText = field(default_factory=SharedText)
    incoming: asyncio.Queue[Any] = field(default_factory=asyncio.Queue)
    told: list[dict[str, Any]] = field(default_factory=list)
    others: dict[int, Any] = field(default_factory=dict)
    kept: int = 0
    is_cut_off: bool = False
    closed: int | None = None
    task: asyncio.Task[None] | None = None

    async def accept(self) -> None:
        pass

    async def receive(self) -> bytes | str | None:
        return await self.incoming.get()

    async def send(self, message: bytes | str) -> None:
        assert isinstance(message, bytes)
        if message == wire.called() and not self.is_cut_off:
            self.say(wire.here())
        if message[0] == wire.SYNC:
            content = wire._Reader(message[2:]).words()
            if message[1] == wire.STEP_1:
                self.say(wire.step_2(self.text.since(content)))
            else:
                self.text.apply(content)
        elif message[0] == wire.TOLD:
            self.told.append(json.loads(wire._Reader(message[1:]).words()))
        elif message[0] == wire.KEPT:
            self.kept = wire._Reader(message[1:]).number()
        elif message[0] == wire.AWARENESS:
            reader = wire._Reader(wire._Reader(message[1:]).words())
            for _one in range(reader.number()):
                number, _clock, state = reader.number(), reader.number(), json.loads(reader.words())
                self.others[number] = state
                if state is None:
                    del self.others[number]

    async def close(self, code: int = 1000, reason: str = "") -> None:
        self.closed = code

    def say(self, message: bytes | str | None) -> None:
        self.incoming.put_nowait(message)

    def write(self, words: str) -> None:
        self.say(wire.update(self.text.take_over(words)))

    @property
    def names(self) -> list[str]:
        return sorted(state["user"]["name"] for state in self.others.values())

    async def come(self, item: MinutesItem) -> Browser:
        self.task = asyncio.create_task(converse(self, item.pk, lambda: self.person))
        await until(lambda: self.told)
        if self.told[0]["what"] == "hello":
            self.say(wire.step_1(self.text.state))
            await until(lambda: self.kept)
        return self

    async def go(self) -> None:
        self.say(None)
        assert self.task is not None
        await self.task


async def until(holds: Callable[[], Any]) -> None:
    for _turn in range(2_000):
        if holds():
            return
        await asyncio.sleep(0.001)
    raise AssertionError("It does not come.")


def play(scene: Callable[[], Awaitable[None]]) -> None:
    """Play a scene on an event loop whose database is the test's."""
    async_to_sync(scene)()


async def look(item: MinutesItem, where: notes_rooms.Rooms | None = None) -> None:
    found = where or rooms()
    await found.look(found.open[item.pk])


def words_of(item: MinutesItem) -> str:
    return MinutesItem.objects.get(pk=item.pk).notes


def test_two_write_at_once_and_what_they_write_stands_in_the_minutes(item, ada, ben):
    async def scene() -> None:
        one, other = await Browser(ada).come(item), await Browser(ben).come(item)
        one.write("The lamps are old. Ada.")
        other.write("The lamps are very old.")
        await until(lambda: one.text.text == other.text.text and len(one.text.text) > 24)
        assert sorted(one.text.text.replace(".", "").split()) == ["Ada", "The", "are", "lamps", "old", "very"]
        assert (one.names, other.names) == (["Ben Cole"], ["Ada Birch"])
        await one.go()
        assert other.names == []
        await other.go()
        assert await sync_to_async(words_of)(item) == one.text.text
        assert rooms().open == {}

    play(scene)


def test_what_was_written_without_a_line_comes_with_the_next_one_and_nothing_twice(item, ada, ben):
    async def scene() -> None:
        one, other = await Browser(ada).come(item), await Browser(ben).come(item)
        await one.go()
        one.text.take_over("The lamps are old. Away.")
        other.write("So the lamps are old.")
        await until(lambda: other.kept == 2)
        again = await Browser(ada, text=one.text).come(item)
        await until(lambda: again.text.text == other.text.text)
        assert "Away." in again.text.text
        assert again.text.text.startswith("So the lamps are old.")
        await again.go()
        await other.go()

    play(scene)


def test_another_process_is_heard_and_the_form_is_followed(item, minutes, ada, ben):
    async def scene() -> None:
        one = await Browser(ada).come(item)
        elsewhere = notes_rooms.Rooms()
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("folkmoot.live.notes_socket.rooms", lambda: elsewhere)
            other = await Browser(ben).come(item)
            other.write("The lamps are old. Elsewhere.")
            await until(lambda: other.kept == 2)
        await look(item)
        await until(lambda: one.text.text == "The lamps are old. Elsewhere.")
        one.write("The lamps are old. Elsewhere. Here.")
        await until(lambda: one.kept == 2)
        await look(item, elsewhere)
        await until(lambda: other.text.text == "The lamps are old. Elsewhere. Here.")

        def by_form() -> None:
            put_down(item.pk)
            now = MinutesItem.objects.get(pk=item.pk)
            change_minutes_item(
                now, NotesWords("Lamps", "The lamps are new. Elsewhere. Here."), version=now.version, by=ben
            )

        await sync_to_async(by_form)()
        await look(item)
        await until(lambda: one.text.text == "The lamps are new. Elsewhere. Here.")
        await one.go()
        await elsewhere.leave(next(iter(elsewhere.open.values())), next(iter(elsewhere.open[item.pk].writers)))

    play(scene)


@pytest.mark.parametrize(
    ("act", "code", "words"),
    [
        (lambda minutes, ada: propose_minutes(minutes, by=ada), 4410, "These minutes are frozen"),
        (lambda minutes, ada: None, 4401, "You are signed out."),
    ],
)
def test_writing_ends_with_a_sentence(settle, item, minutes, ada, act, code, words):
    async def scene() -> None:
        one = await Browser(ada).come(item)
        await sync_to_async(act)(minutes, ada)
        if code == 4401:
            one.person = None
        await look(item)
        assert one.task is not None
        await one.task
        assert (one.closed, one.told[-1]["words"][: len(words)]) == (code, words)

    play(scene)


def test_who_lost_the_role_is_closed_at_once_and_who_never_had_it_reads_nothing(group, item, ada, ben):
    cleo = join(PersonFactory(name="Cleo Dale"), group)

    async def scene() -> None:
        one = await Browser(ben).come(item)
        await look(item)
        await sync_to_async(lambda: end_participation(ben.participations.get(), by=system(), force=True))()
        one.write("Ben writes on.")
        assert one.task is not None
        await one.task
        stranger = await Browser(cleo).come(item)
        nobody = await Browser(None).come(item)
        assert (one.closed, stranger.closed, nobody.closed) == (4403, 4403, 4401)
        assert (stranger.text.text, stranger.others) == ("", {})

    play(scene)
    assert words_of(item) == "The lamps are old."


def test_names_are_those_of_the_session_whatever_a_browser_claims(item, ada, ben):
    async def scene() -> None:
        one, other = await Browser(ada).come(item), await Browser(ben).come(item)
        claim = json.dumps({"user": {"name": "Ada Birch"}, "cursor": {"anchor": 1, "head": 2}}).encode()
        inner = bytes((1, 9, 1)) + wire._words(claim)
        other.say(bytes((wire.AWARENESS,)) + wire._words(inner))
        await until(lambda: one.others and next(iter(one.others.values()))["cursor"])
        (state,) = one.others.values()
        assert (state["user"]["name"], state["cursor"]) == ("Ben Cole", {"anchor": 1, "head": 2})
        await one.go()
        await other.go()

    play(scene)


def test_a_database_that_is_away_loses_nothing(monkeypatch, item, ada):
    def away(*_given: Any, **_named: Any) -> int:
        raise OperationalError("away")

    async def scene() -> None:
        one = await Browser(ada).come(item)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(notes_rooms, "keep_change", away)
            one.write("The lamps are old. Typed meanwhile.")
            assert one.task is not None
            await one.task
        assert (one.closed, one.kept) == (4503, 1)
        again = await Browser(ada, text=one.text).come(item)
        await again.go()

    play(scene)
    assert words_of(item) == "The lamps are old. Typed meanwhile."


def test_what_was_on_its_way_when_its_writer_left_reaches_the_others_here(monkeypatch, item, ada, ben):
    async def scene() -> None:
        one, other = await Browser(ada).come(item), await Browser(ben).come(item)
        begun, may_end = asyncio.Event(), asyncio.Event()
        in_thread = notes_rooms.in_thread

        async def slowly(action: Callable[..., Any], *given: Any, **named: Any) -> Any:
            if action is notes_rooms.keep_change and not may_end.is_set():
                begun.set()
                await may_end.wait()
            return await in_thread(action, *given, **named)

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(notes_rooms, "in_thread", slowly)
            one.write("The lamps are old. Ada's last words.")
            await begun.wait()
            (writer,) = [one for one in rooms().open[item.pk].writers if one.person == ada]
            writer.end(Refused("", code="again"))
            assert one.task is not None
            await one.task
            may_end.set()
            await until(lambda: other.text.text == one.text.text)
        other.write("The lamps are old. Ada's last words, and Ben's.")
        await until(lambda: other.kept == 2)
        await other.go()

    play(scene)
    assert words_of(item) == "The lamps are old. Ada's last words, and Ben's."


def test_change_that_is_not_kept_hides_none_that_another_process_kept(item, ada, ben):
    def away(*_given: Any, **_named: Any) -> int:
        raise OperationalError("away")

    async def scene() -> None:
        one, other = await Browser(ada).come(item), await Browser(ben).come(item)
        elsewhere = notes_rooms.Rooms()
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("folkmoot.live.notes_socket.rooms", lambda: elsewhere)
            third = await Browser(ben).come(item)
            third.write("The lamps are old. Elsewhere.")
            await until(lambda: third.kept == 2)
            await third.go()
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(notes_rooms, "keep_change", away)
            one.write("The lamps are old. Here.")
            assert one.task is not None
            await one.task
        await until(lambda: other.text.text == "The lamps are old. Elsewhere.")
        await other.go()

    play(scene)


def test_who_comes_back_after_the_database_was_away_meets_nothing_that_was_not_kept(item, ada, ben):
    def away(*_given: Any, **_named: Any) -> Any:
        raise OperationalError("away")

    async def scene() -> None:
        one = await Browser(ada).come(item)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(notes_rooms, "keep_change", away)
            patch.setattr(notes_rooms.notes_reading, "since", away)
            one.write("The lamps are old. Lost.")
            (room,) = rooms().open.values()
            await until(lambda: all(writer.ended.done() for writer in room.writers))
        assert (room.document.text, rooms().open) == ("The lamps are old. Lost.", {})
        assert one.task is not None
        await one.task

    play(scene)


def test_whose_line_was_cut_unheard_is_gone_and_who_only_reads_stays(monkeypatch, item, ada, ben):
    monkeypatch.setattr(notes_socket, "QUIET", 0.25)

    async def scene() -> None:
        reads = await Browser(ada).come(item)
        cut_off = await Browser(ben, is_cut_off=True).come(item)
        assert reads.names == ["Ben Cole"]
        assert cut_off.task is not None
        await cut_off.task
        assert (cut_off.closed, reads.closed, reads.names) == (4503, None, [])
        await reads.go()

    play(scene)


def test_who_does_not_read_is_not_waited_for(monkeypatch, item, ada):
    monkeypatch.setattr(notes_socket, "CLOSES_WITHIN", 0.05)

    class Stuck(Browser):
        async def send(self, message: bytes | str) -> None:
            if message[0] != wire.TOLD or self.told:
                await asyncio.Event().wait()
            await super().send(message)

    async def scene() -> None:
        stuck = Stuck(ada)
        stuck.task = asyncio.create_task(converse(stuck, item.pk, lambda: ada))
        await until(lambda: stuck.told)
        stuck.say(wire.step_1(stuck.text.state))
        (room,) = rooms().open.values()
        room.end("again")
        async with asyncio.timeout(3):
            await stuck.task
        assert rooms().open == {}

    play(scene)


def test_floods_and_what_is_too_large_end_politely(monkeypatch, item, ada):
    monkeypatch.setattr(notes_rooms, "LONGEST_WHILE_WRITING", 50)

    async def scene() -> None:
        flood = await Browser(ada).come(item)
        for _message in range(400):
            flood.say(wire.here())
        assert flood.task is not None
        await flood.task
        large = await Browser(ada).come(item)
        large.write("a" * 60)
        assert large.task is not None
        await large.task
        assert (flood.closed, large.closed) == (4429, 4413)

    play(scene)
    assert words_of(item) == "The lamps are old."


@settings(max_examples=3, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=80) | st.text(max_size=5) | st.binary(max_size=60).map(wire.update))
def test_whatever_is_sent_closes_politely_or_is_passed_over(item, ada, message):
    async def scene() -> None:
        one, other = await Browser(ada).come(item), await Browser(ada).come(item)
        one.say(message)
        await one.go()
        assert one.closed in (None, 4400)
        other.write("The lamps are old. Still here.")
        await until(lambda: other.kept == 2)
        other.write("The lamps are old.")
        await other.go()

    play(scene)
    assert words_of(item) == "The lamps are old."
