"""The addresses of this part."""

from __future__ import annotations

from django.urls import URLPattern, path

from folkmoot.governance.views import results, results_officers

HERE = "groups/<slug:slug>/elections/<slug:key>/"

urlpatterns: list[URLPattern] = [
    path(f"{HERE}result/", results.result, name="election_result"),
    path(f"{HERE}result/bundle.zip", results.bundle, name="election_bundle"),
    path(f"{HERE}result/release/", results_officers.release, name="release_election"),
    path(f"{HERE}result/certify/", results_officers.certifying, name="certify_election"),
    path(f"{HERE}result/certify/<int:pk>/next/", results_officers.let_next_follow, name="pass_seat_on"),
    path(f"{HERE}result/<int:number>/", results.contest, name="contest_result"),
    path(f"{HERE}result/<int:number>/what-if/", results.what_if, name="contest_what_if"),
    path(f"{HERE}result/<int:number>/ballots/", results.published_ballots, name="contest_ballots"),
    path(f"{HERE}result/<int:number>/all-ballots/", results.all_ballots, name="contest_all_ballots"),
    path(f"{HERE}result/<int:number>/offline/", results.offline, name="contest_offline"),
    path(f"{HERE}signing/", results_officers.signing, name="election_signing"),
    path(f"{HERE}complaints/", results_officers.complaints, name="election_complaints"),
    path(f"{HERE}complaints/<int:pk>/answer/", results_officers.answer, name="answer_complaint"),
]
