"""The addresses of this part."""

from __future__ import annotations

from django.urls import URLPattern, path

from folkmoot.governance.views import nominations, nominations_candidates, nominations_questions

AT = "groups/<slug:slug>/elections/<slug:key>/"

urlpatterns: list[URLPattern] = [
    path(AT + "candidates/", nominations_candidates.candidates, name="candidates"),
    path(AT + "candidates/<int:pk>/", nominations_candidates.candidate, name="candidate"),
    path(AT + "candidates/<int:pk>/endorse/", nominations_candidates.endorse_candidate, name="endorse_candidate"),
    path(
        AT + "candidates/<int:pk>/endorse/take-back/",
        nominations_candidates.take_back,
        name="take_endorsement_back",
    ),
    path(AT + "candidates/<int:pk>/judge/", nominations_candidates.judge, name="judge_candidate"),
    path(AT + "candidates/<int:pk>/let-stand/", nominations_candidates.let_candidate_stand, name="let_candidate_stand"),
    path(AT + "nominate/", nominations.new, name="nominate"),
    path(AT + "nominations/<int:pk>/", nominations.mine, name="my_nomination"),
    path(AT + "nominations/<int:pk>/decline/", nominations.decline, name="decline_nomination"),
    path(AT + "nominations/<int:pk>/withdraw/", nominations.withdraw, name="withdraw_candidacy"),
    path(AT + "nominations/<int:pk>/appeal/", nominations.appeal_to_officers, name="appeal_nomination"),
    path(AT + "nominations/<int:pk>/take-back/", nominations.take_back, name="take_nomination_back"),
    path(AT + "nominations/no/<str:token>/", nominations.decline_by_link, name="decline_nomination_by_link"),
    path(AT + "questions/", nominations_questions.questions, name="candidate_questions"),
    path(AT + "questions/ask/", nominations_questions.ask, name="ask_candidates"),
    path(AT + "questions/<int:pk>/answer/", nominations_questions.answer, name="answer_question"),
    path(AT + "questions/<int:pk>/take-off/", nominations_questions.take_off, name="take_question_off"),
]
