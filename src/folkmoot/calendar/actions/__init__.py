"""Every change of the calendar: what rooms above bring in, and calendars that others keep."""

from folkmoot.calendar.actions.items import announce_again, keep_components, publish, withdraw
from folkmoot.calendar.actions.layers import add_layer, change_layer, read_layer, read_soon, remove_layer
from folkmoot.calendar.actions.own_feeds import make_own_feed, revoke_own_feed
from folkmoot.calendar.planned import AlsoIn, Published

__all__ = [
    "AlsoIn",
    "Published",
    "add_layer",
    "announce_again",
    "change_layer",
    "keep_components",
    "make_own_feed",
    "publish",
    "read_layer",
    "read_soon",
    "remove_layer",
    "revoke_own_feed",
    "withdraw",
]
