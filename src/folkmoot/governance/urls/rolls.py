"""The addresses of this part."""

from __future__ import annotations

from django.urls import URLPattern, path

from folkmoot.governance.views import rolls, rolls_criteria, rolls_exceptions, rolls_proxies

AT = "groups/<slug:slug>/elections/<slug:key>/roll/"

urlpatterns: list[URLPattern] = [
    path(AT, rolls.roll, name="election_roll"),
    path(f"{AT}roll.csv", rolls.table, name="roll_table"),
    path(f"{AT}me/", rolls.me, name="roll_me"),
    path(f"{AT}me/ask/", rolls_exceptions.ask, name="ask_roll_exception"),
    path(f"{AT}me/appeal/", rolls_exceptions.appeal, name="appeal_roll_exception"),
    path(f"{AT}exceptions/", rolls_exceptions.exceptions, name="roll_exceptions"),
    path(f"{AT}exceptions/<int:pk>/", rolls_exceptions.answer, name="answer_roll_exception"),
    path(f"{AT}criteria/", rolls_criteria.criteria, name="roll_criteria"),
    path(f"{AT}criteria/suggested/", rolls_criteria.take, name="take_roll_suggestions"),
    path(f"{AT}criteria/proxies/", rolls_criteria.proxies, name="allow_proxies"),
    path(f"{AT}criteria/reach/", rolls_criteria.reach, name="set_election_reach"),
    path(f"{AT}criteria/<int:pk>/<slug:what>/", rolls_criteria.change, name="change_roll_criterion"),
    path(f"{AT}criteria/<slug:whom>/<slug:name>/", rolls_criteria.add, name="add_roll_criterion"),
    path(f"{AT}proxy/", rolls_proxies.proxy, name="roll_proxy"),
    path(f"{AT}proxy/<int:pk>/<slug:what>/", rolls_proxies.change, name="change_roll_proxy"),
]
