"""The addresses of this part."""

from __future__ import annotations

from django.urls import URLPattern, path

from folkmoot.governance.views import opening

HERE = "groups/<slug:slug>/elections/<slug:key>/opening/"

urlpatterns: list[URLPattern] = [
    path(HERE, opening.opening, name="election_opening"),
    path(f"{HERE}close/", opening.close, name="close_election"),
    path(f"{HERE}envelopes/<int:position>/", opening.envelopes, name="election_envelopes"),
    path(f"{HERE}envelopes.json", opening.envelopes_file, name="election_envelopes_file"),
    path(f"{HERE}got/<int:position>/", opening.got, name="election_shares_got"),
    path(f"{HERE}shares/", opening.shares, name="election_shares"),
    path(f"{HERE}rankings/", opening.rankings, name="election_rankings"),
    path(f"{HERE}count/", opening.count, name="count_election"),
    path(f"{HERE}key-destroyed/", opening.key_destroyed, name="election_key_destroyed"),
]
