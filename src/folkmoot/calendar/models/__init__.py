"""What has a time here, and what other calendars say."""

from folkmoot.calendar.models.items import Audience, CalendarItem, FeedStamp, JoinedItem, Status
from folkmoot.calendar.models.layers import Layer, LayerItem
from folkmoot.calendar.models.own_feeds import OwnFeed

__all__ = ["Audience", "CalendarItem", "FeedStamp", "JoinedItem", "Layer", "LayerItem", "OwnFeed", "Status"]
