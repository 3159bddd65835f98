"""A running call over real connections: a web process of its own, on the database of the tests."""

from __future__ import annotations

import asyncio
import signal
import time

import pytest

from folkmoot.live.actions import pulse
from tests.live.served import Listener, health, web_process
from tests.live.world import cookie_of, done, participant, running_call, within

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("processes"), pytest.mark.django_db(transaction=True)]


def test_streams_hear_what_another_process_writes_and_end_when_the_server_stops() -> None:
    call = running_call()
    cookies = [cookie_of(participant(call)) for _ in range(2)]
    path = f"/live/calls/{call.pk}/changes?since=0"

    async def go(port: int, stop) -> tuple[list[str], list[str], float]:
        listeners = [await Listener.open(port, path, cookie) for cookie in cookies]
        await done(pulse, call, "queue")
        heard = [await listener.line("data:") for listener in listeners]
        assert await asyncio.to_thread(health, port) in (200, 503)  # pages are answered meanwhile
        begin = time.monotonic()
        stop()
        ends = [await listener.line("event:") for listener in listeners]
        took = time.monotonic() - begin
        for listener in listeners:
            await listener.close()
        return heard, ends, took

    with web_process() as (port, process):
        heard, ends, took = within(30, go(port, lambda: process.send_signal(signal.SIGTERM)))
        process.wait(10)

    assert heard == ['data: {"number": 1, "what": ["queue"]}'] * 2
    assert ends == ["", ""]
    assert took < 4  # granian would kill the process after 5 seconds
