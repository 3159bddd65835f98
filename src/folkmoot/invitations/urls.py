from __future__ import annotations

from django.urls import path

from folkmoot.invitations.views import answering

urlpatterns = [
    path("calls/answer/<str:token>/", answering.answer, name="answer_by_link"),
]
