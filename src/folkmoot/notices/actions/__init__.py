"""Telling people things, and everything that changes how and whether they are told."""

from __future__ import annotations

from folkmoot.notices.actions.addresses import confirm_address, send_address_code
from folkmoot.notices.actions.arriving import receive
from folkmoot.notices.actions.fetching import fetch_mail, fetch_mail_when_due
from folkmoot.notices.actions.lists import add_list, confirm_list, remove_list, send_list_code
from folkmoot.notices.actions.sending import send_digests, send_due
from folkmoot.notices.actions.telling import tell, untell
from folkmoot.notices.actions.wishes import mark_read, set_hours, set_wishes, stop_topic, take_topic_up

__all__ = [
    "add_list",
    "confirm_address",
    "confirm_list",
    "fetch_mail",
    "fetch_mail_when_due",
    "mark_read",
    "receive",
    "remove_list",
    "send_address_code",
    "send_digests",
    "send_due",
    "send_list_code",
    "set_hours",
    "set_wishes",
    "stop_topic",
    "take_topic_up",
    "tell",
    "untell",
]
