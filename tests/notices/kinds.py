"""Notices for the tests of telling."""

from __future__ import annotations

from dataclasses import dataclass

from folkmoot.notices.kinds import Notice


@dataclass(frozen=True)
class Moved(Notice):
    """A call moved; lists hear of it too."""

    kind = "notices.test_moved"
    topic = "calls"
    for_lists = True

    name: str
    key: str = ""

    def subject(self) -> str:
        return f"“{self.name}” moves"

    def path(self) -> str:
        return "/meetings/1/"

    def action(self) -> str:
        return "See the call"

    def once(self) -> str:
        return self.key

    @property
    def template(self) -> str:
        return "notices/notices/list_paused.txt"

    address = "the call"
    problem = ""


@dataclass(frozen=True)
class Answer(Moved):
    """Something one asked for."""

    kind = "notices.test_answer"
    needed = True
