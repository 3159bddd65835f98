"""Who gets what at the addresses of this part of connections, and which of its pages a browser looks at."""

from __future__ import annotations

from tests.architecture.access_row import Row, Values

HERE = "connections/mentoring/"
PAIR = f"{HERE}pairs/<int:pk>/"
OF_THE_TWO = "in 404 404 {0} 404 404 404"
"""The participant is one of the two. Nobody else is, whatever they lead, with steward mode on as well."""


def of(name: str, **more: str) -> Values:
    return lambda world: {"pk": world.made[name], **more}


def with_meeting(world):
    return {"pk": world.made["mentor_pair"], "meeting": world.made["pair_meeting"]}


def _of_two(get: int = 200, post: int = 405) -> Row:
    if post == 405:
        return Row(OF_THE_TWO.format(get), at=of("mentor_pair"))
    return Row("in 405", OF_THE_TWO.format(post), at=of("mentor_pair"))


ROWS: dict[str, Row] = {
    HERE: Row("in 200"),
    f"{HERE}new/": Row("in 403 403 403 200 200 200", "in 403 403 403 400 400 400"),
    f"{HERE}<int:pk>/": Row("in 200", at=of("mentoring")),
    f"{HERE}<int:pk>/change/": Row("in 403 403 403 200 403 200", "in 403 403 403 400 403 400", at=of("mentoring_open")),
    f"{HERE}<int:pk>/apply/<slug:side>/": Row(
        "in 403 200 200 200 403 403", "in 403 400 400 400 403 403", at=of("mentoring_open", side="mentee")
    ),
    f"{HERE}<int:pk>/withdraw/<slug:side>/": Row(
        "in 405", "in 403 go go go 403 403", at=of("mentoring_open", side="mentor")
    ),
    f"{HERE}<int:pk>/again/<slug:side>/": Row("in 405", "in 404 404 go 404 404 404", at=of("mentoring", side="mentee")),
    f"{HERE}<int:pk>/pairs/": Row("in 403 403 403 200 403 200", "in 403 403 403 go 403 go", at=of("mentoring")),
    PAIR: _of_two(),
    f"{PAIR}answer/": _of_two(post=400),
    f"{PAIR}goals/": _of_two(post=400),
    f"{PAIR}next/": _of_two(post=400),
    f"{PAIR}next.ics": _of_two(),
    f"{PAIR}met/": _of_two(post=400),
    f"{PAIR}met/<int:meeting>/remove/": Row("in 405", "in 404 404 go 404 404 404", at=with_meeting),
    f"{PAIR}check-in/": _of_two(post=400),
    f"{PAIR}end/": Row("in 404 404 200 404 404 404", "in 404 404 go 404 404 404", at=of("mentor_pair")),
    f"{PAIR}reflection/": _of_two(post=400),
}
"""As in `tests.architecture.access`; what an address needs is in `world.made`."""

PAGES: dict[str, tuple[str, str]] = {
    "a programme of mentoring": ("participant", "/connections/mentoring/{made[mentoring_open]}/"),
    "people and pairs of a programme": ("manager", "/connections/mentoring/{made[mentoring]}/pairs/"),
    "page of a pair": ("participant", "/connections/mentoring/pairs/{made[mentor_pair]}/"),
}
"""As `SIGNED_IN` in tests/browser/test_pages.py: name, who looks, and address with `{group}` or `{made[key]}` in it."""
