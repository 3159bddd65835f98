"""The addresses of this part."""

from __future__ import annotations

from django.urls import URLPattern, path

from folkmoot.governance.views import ballots, ballots_receipts

OF_ELECTION = "groups/<slug:slug>/elections/<slug:key>/"

urlpatterns: list[URLPattern] = [
    path(f"{OF_ELECTION}vote/", ballots.vote, name="vote"),
    path(f"{OF_ELECTION}vote/link/<str:token>/", ballots.by_link, name="ballot_by_link"),
    path(f"{OF_ELECTION}vote/replace/", ballots_receipts.replace, name="replace_ballots"),
    path(f"{OF_ELECTION}practice-ballot/", ballots_receipts.practice_ballot, name="practice_ballot"),
    path(f"{OF_ELECTION}receipts/", ballots_receipts.receipts, name="receipts"),
]
