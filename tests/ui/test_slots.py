from __future__ import annotations

from types import SimpleNamespace

import pytest
from django.utils.safestring import SafeString, mark_safe

from folkmoot.kit.registry import Registry
from folkmoot.ui import slots
from folkmoot.ui.slots import GroupTab, MenuLine, Panel, Waiting
from tests.ui.conftest import request_for
from tests.ui.hostile import parsed


@pytest.fixture
def empty_slots(monkeypatch: pytest.MonkeyPatch) -> None:
    """Slots that no room has filled, for this test alone."""
    for name in ("MAIN_MENU", "PERSON_MENU", "FOOTER", "GROUP_TABS", "GROUP_PANELS", "DESK_PANELS"):
        monkeypatch.setattr(slots, name, Registry(getattr(slots, name).what))


def test_menu_shows_its_lines_in_order_and_marks_where_we_are() -> None:
    menu: Registry[MenuLine] = Registry("line")
    menu.register("second", MenuLine("Second", "account_login"), order=20)
    menu.register("first", MenuLine("First", "ui_components"), order=10)
    menu.register("hidden", MenuLine("Hidden", "ui_components", lambda request: False), order=5)
    menu.register("gone", MenuLine("Gone", "no_such_address"), order=6)

    drawn = slots.links(menu, request_for("/ui/components/errors/refused/"))

    assert [(link.label, link.is_current) for link in drawn] == [("First", True), ("Second", False)]


def test_line_says_how_much_waits_behind_it() -> None:
    menu: Registry[MenuLine] = Registry("line")
    many, few = Waiting(140, "140 letters."), Waiting(99, "99 letters.")
    menu.register("letters", MenuLine("Letters", "ui_components", waiting=lambda request: many))
    menu.register("quiet", MenuLine("Quiet", "account_login"))

    drawn = slots.links(menu, request_for())

    assert [(link.label, link.waiting) for link in drawn] == [("Letters", many), ("Quiet", None)]
    assert (many.shown, few.shown) == ("99+", "99")


@pytest.mark.usefixtures("empty_slots")
def test_panels_without_anything_to_show_leave_no_trace() -> None:
    def full(request: object, group: object) -> SafeString:
        return mark_safe(f"<p>{group}</p>")

    def nothing(request: object, group: object) -> None:
        return None

    slots.add_group_panel(Panel("late", 20, full))
    slots.add_group_panel(Panel("early", 10, nothing))

    assert slots.group_panels(request_for(), "Garden") == ["<p>Garden</p>"]
    assert slots.describe()["group panel"] == [("early", 10, __name__), ("late", 20, __name__)]


@pytest.mark.usefixtures("empty_slots")
def test_tabs_of_a_group_appear_once_there_are_two(draw) -> None:
    group = SimpleNamespace(slug="garden")
    source = '{% group_tabs group "charter" %}'
    slots.add_group_tab(GroupTab("home", "Home", lambda group: f"/groups/{group.slug}/"), order=10)
    alone = draw(source, group=group)

    slots.add_group_tab(GroupTab("charter", "Charter", lambda group: f"/groups/{group.slug}/charter/"), order=20)
    slots.add_group_tab(GroupTab("secret", "Secret", lambda group: "/secret/", lambda request, group: False))
    links = parsed(draw(source, group=group)).all("a")

    assert alone == ""
    assert links == [{"href": "/groups/garden/"}, {"href": "/groups/garden/charter/", "aria-current": "page"}]


def test_two_rooms_cannot_take_one_name() -> None:
    menu: Registry[MenuLine] = Registry("line")
    menu.register("groups", MenuLine("Groups", "ui_components"))

    with pytest.raises(ValueError, match="already"):
        menu.register("groups", MenuLine("Others", "ui_components"))
