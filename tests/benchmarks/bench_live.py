"""Fifty people follow a running call; how long until all of them know that something has changed.

A real web process, real connections, and writes from another process. The baseline is what asking instead would cost
at the very least: the same process answers fifty requests for its health page, one after the other.
"""

from __future__ import annotations

import asyncio
import http.client
from statistics import median
from time import perf_counter

from folkmoot.live.actions import pulse
from folkmoot.live.presence import GATHERS
from folkmoot.live.threads import in_thread
from tests.live.served import Listener, web_process
from tests.live.world import cookie_of, participant, running_call

PEOPLE, CHANGES = 50, 20
LONGEST = 0.3
"""Seconds until the middle one of the listeners knows, on a small machine."""
BAR = 3.0


def run() -> list[tuple[str, float, float]]:
    call = running_call()
    cookies = [cookie_of(participant(call)) for _ in range(PEOPLE)]

    async def follow(port: int) -> list[float]:
        path = f"/live/calls/{call.pk}/changes"
        listeners = [await Listener.open(port, path, cookie) for cookie in cookies]
        # That people have come is a change as well, told together some time later; what is measured comes after it.
        await asyncio.sleep(GATHERS + 1)
        before = await in_thread(pulse, call, "queue")
        for listener in listeners:
            await heard_all(listener, before)
        delays = []
        for number in range(before + 1, before + CHANGES + 1):
            await asyncio.sleep(0.1 + number % 7 * 0.013)  # writes come at any time between two looks
            begin = perf_counter()
            waiting = [asyncio.ensure_future(known(listener, number)) for listener in listeners]
            assert await in_thread(pulse, call, "queue") == number
            delays += [await arrived - begin for arrived in waiting]
        for listener in listeners:
            await listener.close()
        return delays

    with web_process() as (port, _process):
        asked = seconds_of_asking(port)
        delays = asyncio.run(follow(port))
    middle = median(delays)
    return [
        (f"change at 50 open pages ({middle * 1000:.0f} ms), to 50 answers of the health page", middle / asked, BAR),
        ("change at 50 open pages, to 300 ms", middle / LONGEST, 1.0),
    ]


async def heard_all(listener: Listener, number: int) -> None:
    """Read what a listener was told until this change."""
    while (said := await listener.line("id:")) != f"id: {number}":
        assert said, "The stream has ended."


async def known(listener: Listener, number: int) -> float:
    """When a listener has read that this change happened, which is the next one."""
    assert await listener.line("id:") == f"id: {number}"
    return perf_counter()


def seconds_of_asking(port: int) -> float:
    asking = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    rounds = []
    for _ in range(5):
        begin = perf_counter()
        for _ in range(PEOPLE):
            asking.request("GET", "/healthz")
            asking.getresponse().read()
        rounds.append(perf_counter() - begin)
    asking.close()
    return median(rounds)
