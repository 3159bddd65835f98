"""The addresses of this part."""

from __future__ import annotations

from django.urls import URLPattern, path

from folkmoot.governance.views import officers, officers_freezing, officers_keys

OF_ELECTION = "groups/<slug:slug>/elections/<slug:key>/"

urlpatterns: list[URLPattern] = [
    path(f"{OF_ELECTION}officers/", officers.officers, name="election_officers"),
    path(f"{OF_ELECTION}officers/duty/", officers.duty, name="election_duty"),
    path(f"{OF_ELECTION}officers/keys/", officers_keys.keys, name="election_keys"),
    path(f"{OF_ELECTION}officers/keys/rehearsal.json", officers_keys.rehearsal, name="election_rehearsal"),
    path(f"{OF_ELECTION}freeze/", officers_freezing.freeze, name="freeze_election"),
    path(f"{OF_ELECTION}frozen/", officers_freezing.frozen, name="frozen_election"),
    path(f"{OF_ELECTION}frozen/text.json", officers_freezing.text, name="frozen_text"),
]
