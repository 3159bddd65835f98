"""Seats without a vote, surveys without names, and the way to Belenios."""

from __future__ import annotations

from django.urls import URLPattern, path

from folkmoot.governance.views import kinds, kinds_belenios, kinds_surveys

ELECTION = "groups/<slug:slug>/elections/<slug:key>"
urlpatterns: list[URLPattern] = [
    path("groups/<slug:slug>/empty-seats/", kinds.empty, name="empty_seats"),
    path("groups/<slug:slug>/empty-seats/rule/", kinds.rule, name="vacancy_rule"),
    path("groups/<slug:slug>/empty-seats/ask/", kinds_surveys.ask, name="ask_body"),
    path("groups/<slug:slug>/empty-seats/<int:pk>/appoint/", kinds.appoint, name="appoint_to_seat"),
    path("seats/offers/<int:pk>/", kinds.appointment, name="seat_appointment"),
    path("surveys/<int:pk>/", kinds_surveys.survey, name="survey"),
    path(f"{ELECTION}/belenios/", kinds_belenios.page, name="belenios"),
    path(f"{ELECTION}/belenios/questions.json", kinds_belenios.questions, name="belenios_questions"),
    path(f"{ELECTION}/belenios/voters.txt", kinds_belenios.roll, name="belenios_voters"),
]
