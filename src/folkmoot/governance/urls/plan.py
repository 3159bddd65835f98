"""The addresses of this part."""

from __future__ import annotations

from django.urls import URLPattern, path

from folkmoot.governance.views import plan, plan_contests, plan_messages

OF_ONE = "groups/<slug:slug>/elections/<slug:key>"

urlpatterns: list[URLPattern] = [
    path("groups/<slug:slug>/elections/begin/", plan.begin, name="begin_election"),
    path(f"{OF_ONE}/announce/", plan.announce, name="announce_election"),
    path(f"{OF_ONE}/days/", plan.days, name="election_days"),
    path(f"{OF_ONE}/change/", plan.change, name="change_election"),
    path(f"{OF_ONE}/cancel/", plan.cancel, name="cancel_election"),
    path(f"{OF_ONE}/contests/", plan_contests.contests, name="election_contests"),
    path(f"{OF_ONE}/contests/add/", plan_contests.add, name="add_contest"),
    path(f"{OF_ONE}/contests/<int:position>/change/", plan_contests.change, name="change_contest"),
    path(f"{OF_ONE}/contests/<int:position>/remove/", plan_contests.remove, name="remove_contest"),
    path(f"{OF_ONE}/messages/", plan_messages.messages, name="election_messages"),
    path(f"{OF_ONE}/messages/<slug:kind>/", plan_messages.message, name="election_message"),
    path(f"{OF_ONE}/messages/<slug:kind>/send/", plan_messages.send, name="send_election_message"),
    path(f"{OF_ONE}/messages/<slug:kind>/set-aside/", plan_messages.set_aside, name="set_aside_election_message"),
]
