"""Mentoring: programmes, applications, bringing together, and the pages of pairs."""

from __future__ import annotations

from django.urls import URLPattern, path

from folkmoot.connections.views import mentoring, mentoring_pairs, mentoring_running

HERE = "connections/mentoring/"
PAIR = f"{HERE}pairs/<int:pk>/"

urlpatterns: list[URLPattern] = [
    path(HERE, mentoring.mentoring, name="mentoring"),
    path(f"{HERE}new/", mentoring.new, name="new_mentoring"),
    path(f"{HERE}<int:pk>/", mentoring.programme, name="mentoring_programme"),
    path(f"{HERE}<int:pk>/change/", mentoring.change, name="change_mentoring"),
    path(f"{HERE}<int:pk>/apply/<slug:side>/", mentoring.apply, name="apply_for_mentoring"),
    path(f"{HERE}<int:pk>/withdraw/<slug:side>/", mentoring.withdraw, name="withdraw_from_mentoring"),
    path(f"{HERE}<int:pk>/again/<slug:side>/", mentoring.again, name="look_again_for_mentoring"),
    path(f"{HERE}<int:pk>/pairs/", mentoring_running.matching, name="mentoring_matching"),
    path(PAIR, mentoring_pairs.pair, name="mentor_pair"),
    path(f"{PAIR}answer/", mentoring_pairs.answer, name="answer_mentor_pair"),
    path(f"{PAIR}goals/", mentoring_pairs.goals, name="mentor_pair_goals"),
    path(f"{PAIR}next/", mentoring_pairs.next_meeting, name="mentor_pair_next"),
    path(f"{PAIR}next.ics", mentoring_pairs.next_file, name="mentor_pair_file"),
    path(f"{PAIR}met/", mentoring_pairs.met, name="mentor_pair_met"),
    path(f"{PAIR}met/<int:meeting>/remove/", mentoring_pairs.not_met, name="mentor_pair_not_met"),
    path(f"{PAIR}check-in/", mentoring_pairs.check_in, name="mentor_pair_check_in"),
    path(f"{PAIR}end/", mentoring_pairs.end, name="end_mentor_pair"),
    path(f"{PAIR}reflection/", mentoring_pairs.reflection, name="mentor_pair_reflection"),
]
