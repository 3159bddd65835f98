"""Places on pages that rooms fill from their `apps.ready()`; this room knows none of them by name."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.safestring import SafeString

from folkmoot.kit.registry import Registry

Label = str | Promise
"""Words shown to people, usually `gettext_lazy("…")`."""


def always(_request: HttpRequest) -> bool:
    return True


@dataclass(frozen=True)
class Waiting:
    """How many things wait behind a link: the number for the eye, and the same in words for those who hear the page."""

    number: int
    words: str

    @property
    def shown(self) -> str:
        return str(self.number) if self.number < 100 else "99+"


def nothing_waits(_request: HttpRequest) -> Waiting | None:
    return None


@dataclass(frozen=True)
class MenuLine:
    """A link in a menu: words, the name of a URL without arguments, for whom it is shown, and what waits behind it.

    `visible` must not touch the session for people who are not signed in: see `chrome.signed_in_person`. `waiting` is
    asked on every page, so it asks no query.
    `keys` is its keyboard shortcut, keys parted by blanks: "g c".
    With `posts`, in the person's menu alone, it is a button that POSTs, with the way back as `next`.
    """

    label: Label
    url_name: str
    visible: Callable[[HttpRequest], bool] = always
    waiting: Callable[[HttpRequest], Waiting | None] = nothing_waits
    posts: bool = False
    keys: str = ""

    def url(self) -> str:
        return reverse(self.url_name)


@dataclass(frozen=True)
class GroupTab:
    """A page of a group, shown among its tabs.

    `url` makes the address from the group. `name` is what a page passes to `{% group_tabs group "name" %}`.
    """

    name: str
    label: Label
    url: Callable[[Any], str]
    visible: Callable[[HttpRequest, Any], bool] = lambda _request, _group: True


@dataclass(frozen=True)
class Panel:
    """Part of a group's page that belongs to another room.

    `render` gets the request and the group and gives finished HTML, or None when there is nothing to show.
    """

    name: str
    order: int
    render: Callable[[HttpRequest, Any], SafeString | None]


@dataclass(frozen=True)
class GroupCard:
    """What another room adds to each group in a list of groups.

    `render` gets the request and all groups of the list at once, so that it needs one query for all of them,
    and gives finished HTML by the group's primary key.
    """

    name: str
    order: int
    render: Callable[[HttpRequest, Sequence[Any]], Mapping[Any, SafeString]]


@dataclass(frozen=True)
class DeskPanel:
    """Part of the signed-in home; `render` gets the request and gives finished HTML, or None."""

    name: str
    order: int
    render: Callable[[HttpRequest], SafeString | None]


MAIN_MENU: Registry[MenuLine] = Registry("main menu line")
PERSON_MENU: Registry[MenuLine] = Registry("line of the person's menu")
FOOTER: Registry[MenuLine] = Registry("footer line")
GROUP_TABS: Registry[GroupTab] = Registry("group tab")
GROUP_PANELS: Registry[Panel] = Registry("group panel")
GROUP_MASTHEAD: Registry[Panel] = Registry("part of a group's masthead")
GROUP_CARDS: Registry[GroupCard] = Registry("part of a group's card")
DESK_PANELS: Registry[DeskPanel] = Registry("desk panel")


def add_group_tab(tab: GroupTab, *, order: int = 100) -> None:
    GROUP_TABS.register(tab.name, tab, order=order, by=tab.url.__module__)


def add_group_panel(panel: Panel) -> None:
    GROUP_PANELS.register(panel.name, panel, order=panel.order, by=panel.render.__module__)


def add_group_masthead(panel: Panel) -> None:
    GROUP_MASTHEAD.register(panel.name, panel, order=panel.order, by=panel.render.__module__)


def add_group_card(card: GroupCard) -> None:
    GROUP_CARDS.register(card.name, card, order=card.order, by=card.render.__module__)


def add_desk_panel(panel: DeskPanel) -> None:
    DESK_PANELS.register(panel.name, panel, order=panel.order, by=panel.render.__module__)


@dataclass(frozen=True)
class Link:
    """A link ready to be drawn."""

    label: Label
    url: str
    is_current: bool = False
    waiting: Waiting | None = None
    posts: bool = False
    keys: str = ""


def links(lines: Registry[MenuLine], request: HttpRequest | None) -> list[Link]:
    """The lines that this request may see, with the one marked under which its page stands."""
    path = request.path if request is not None else ""
    drawn = []
    for line in lines:
        if request is not None and not line.visible(request):
            continue
        try:
            url = line.url()
        except NoReverseMatch:
            continue
        is_current = path == url or (url != "/" and path.startswith(url))
        waiting = line.waiting(request) if request is not None else None
        drawn.append(Link(line.label, url, is_current, waiting, line.posts, line.keys))
    return drawn


def group_panels(request: HttpRequest, group: Any) -> list[SafeString]:
    """What the rooms above have to show on a group's page, in order, without those who have nothing."""
    return [html for panel in GROUP_PANELS if (html := panel.render(request, group))]


def group_masthead(request: HttpRequest, group: Any) -> list[SafeString]:
    """What lies beside a group's name at the head of its page, such as the time plate of its next meeting."""
    return [html for panel in GROUP_MASTHEAD if (html := panel.render(request, group))]


def group_cards(request: HttpRequest, groups: Sequence[Any]) -> dict[Any, list[SafeString]]:
    """What the rooms above add to each of these groups, by primary key."""
    found: dict[Any, list[SafeString]] = {group.pk: [] for group in groups}
    for card in GROUP_CARDS:
        for key, html in card.render(request, groups).items():
            found[key].append(html)
    return found


def desk_panels(request: HttpRequest) -> list[SafeString]:
    """What the rooms have to show on the signed-in home."""
    return [html for panel in DESK_PANELS if (html := panel.render(request))]


def describe() -> dict[str, list[tuple[str, int, str]]]:
    """Everything that hangs in a slot: per slot the names, their order and the module that put them there."""
    every: tuple[Registry[Any], ...] = (
        MAIN_MENU,
        PERSON_MENU,
        FOOTER,
        GROUP_TABS,
        GROUP_MASTHEAD,
        GROUP_PANELS,
        GROUP_CARDS,
        DESK_PANELS,
    )
    return {registry.what: registry.describe() for registry in every}
