"""The registry that slots and offered words share."""

from __future__ import annotations

import pytest

from folkmoot.kit.registry import Registry


@pytest.fixture
def tabs() -> Registry[str]:
    registry: Registry[str] = Registry("tab")
    registry.register("minutes", "Minutes", order=20)
    registry.register("about", "About", order=10)
    registry.register("charter", "Charter", order=10)
    return registry


def test_things_come_in_order_and_then_by_name(tabs):
    tabs.register("zebra", "Zebra", order=-1)

    assert list(tabs) == ["Zebra", "About", "Charter", "Minutes"]
    assert len(tabs) == 4


def test_register_hands_the_thing_back(tabs):
    def panel():
        """A panel."""

    panels: Registry[object] = Registry("panel")

    assert panels.register("next", panel) is panel
    assert panels["next"] is panel
    assert panels.describe() == [("next", 100, __name__)]


def test_name_that_is_taken_is_refused_with_its_holder(tabs):
    tabs.register("votes", "Votes", by="folkmoot.governance")

    with pytest.raises(ValueError, match=r"the tab 'votes' is already registered by folkmoot\.governance"):
        tabs.register("votes", "Others")

    assert tabs["votes"] == "Votes"


def test_empty_name_is_refused(tabs):
    with pytest.raises(ValueError, match="a tab needs a name"):
        tabs.register("", "Nothing")


def test_missing_name_says_what_there_is(tabs):
    assert tabs.get("plan") is None
    assert "plan" not in tabs
    with pytest.raises(KeyError, match="there is no tab 'plan'; there are: about, charter, minutes"):
        tabs["plan"]


def test_describe_lists_names_order_and_origin(tabs):
    tabs.register("votes", "Votes", order=30, by="folkmoot.governance")

    assert tabs.describe() == [
        ("about", 10, ""),
        ("charter", 10, ""),
        ("minutes", 20, ""),
        ("votes", 30, "folkmoot.governance"),
    ]
