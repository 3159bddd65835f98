"""How things stand for those who follow a call: asked for all of them at once, however many wake at the same time.

One change wakes every page that shows the call. Each asks for itself, and gets its own answer; what they all need is
read once, and who they are and whether they may is read for all of them together.
"""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Final

from django.utils import timezone

from folkmoot.live.actions import note_here
from folkmoot.live.domain.pulses import Pulse
from folkmoot.live.queries import pulse_of
from folkmoot.live.rules import may_follow_call, people_of_call
from folkmoot.live.threads import in_thread
from folkmoot.live.visitors import people_asking
from folkmoot.meetings.queries import meeting_numbered

GATHERS: Final = 0.005
"""Seconds for which it is waited whether others ask too."""


@dataclass(frozen=True)
class Look:
    """Why one session may not follow, or who it is and whether they have just come; and the pulse of the call."""

    why: str = ""
    person: int = 0
    has_arrived: bool = False
    pulse: Pulse = field(default_factory=Pulse)


def look(meeting: int, sessions: Collection[str]) -> dict[str, Look]:
    """How things stand now for each of these sessions; who may follow is seen to be here."""
    # Before the rights: so nobody hears of what was written after they had lost them.
    pulse = pulse_of(meeting)
    people = people_asking(sessions)
    found = meeting_numbered(meeting) if people else None
    looks = dict.fromkeys(sessions, Look("signed_out"))
    if found is None:
        return looks | dict.fromkeys(people, Look("not_there"))
    of_call = people_of_call(found, among=[person.pk for person in people.values()])
    allowed = {key: who for key, who in people.items() if may_follow_call(who, found, of_call=of_call)}
    has_arrived = note_here(meeting, {person.pk for person in allowed.values()}, now=timezone.now())
    looks |= dict.fromkeys(people, Look("not_allowed"))
    return looks | {key: Look("", person.pk, has_arrived, pulse) for key, person in allowed.items()}


class Lookers:
    """Gathers those who ask about the same call at nearly the same time."""

    def __init__(self) -> None:
        self._asking: defaultdict[int, dict[str, list[asyncio.Future[Look]]]] = defaultdict(lambda: defaultdict(list))

    async def look(self, meeting: int, session: str) -> Look:
        """How things stand for one session; at least as new as the moment of asking."""
        loop = asyncio.get_running_loop()
        answer: asyncio.Future[Look] = loop.create_future()
        if meeting not in self._asking:
            loop.call_later(GATHERS, self._begin, meeting)
        self._asking[meeting][session].append(answer)
        return await answer

    def _begin(self, meeting: int) -> None:
        asking = self._asking.pop(meeting)
        working = asyncio.ensure_future(in_thread(look, meeting, list(asking)))
        working.add_done_callback(lambda done: _hand_out(done, asking))


def _hand_out(done: asyncio.Future[dict[str, Look]], asking: dict[str, list[asyncio.Future[Look]]]) -> None:
    fault = None if done.cancelled() else done.exception()
    for session, answers in asking.items():
        for answer in answers:
            if answer.done():
                continue
            if done.cancelled():
                answer.cancel()
            elif fault is not None:
                answer.set_exception(fault)
            else:
                answer.set_result(done.result()[session])


LOOKERS: Final = Lookers()
