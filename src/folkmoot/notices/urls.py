from __future__ import annotations

from django.urls import path

from folkmoot.notices import views

urlpatterns = [
    path("outbox/", views.outbox, name="outbox"),
    path("outbox/<int:letter_id>/", views.letter, name="letter"),
]
