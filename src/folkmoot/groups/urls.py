from __future__ import annotations

from django.urls import path

from folkmoot.groups.views import group_pages as views
from folkmoot.groups.views import handover, seats, structure

urlpatterns = [
    path("", views.home, name="home"),
    path("groups/", views.group_list, name="groups"),
    path("groups/new/", views.new_group, name="new_group"),
    path("groups/drafts/<uuid:draft_id>/", views.charter_draft, name="charter_draft"),
    path("groups/drafts/<uuid:draft_id>/discard/", views.discard_draft, name="discard_draft"),
    path("groups/propose/", structure.propose, name="propose_group"),
    path("groups/proposals/", structure.proposals, name="proposals"),
    path("groups/proposals/<int:pk>/", structure.proposal, name="proposal"),
    path("groups/proposals/<int:pk>/take-up/", structure.take_up, name="take_up_proposal"),
    path("groups/proposals/<int:pk>/decline/", structure.decline, name="decline_proposal"),
    path("groups/administration/", structure.administration, name="groups_administration"),
    path("groups/<slug:slug>/administration/", structure.group_administration, name="group_administration"),
    path("groups/<slug:slug>/close/", structure.close, name="close_group"),
    path("groups/<slug:slug>/reopen/", structure.reopen, name="reopen_group"),
    path("groups/<slug:slug>/activate/", structure.activate, name="activate_group"),
    path("groups/<slug:slug>/", views.group, name="group"),
    path("groups/<slug:slug>/charter/", views.charter, name="charter"),
    path("groups/<slug:slug>/charter.md", views.charter_text, name="charter_text"),
    path("groups/<slug:slug>/seats/", seats.seats, name="seats"),
    path("groups/<slug:slug>/seats.csv", seats.seats_csv, name="seats_csv"),
    path("groups/<slug:slug>/seats/new/", seats.new_seat, name="new_seat"),
    path("seats/<int:pk>/", seats.seat, name="seat"),
    path("seats/<int:pk>/edit/", seats.edit_seat, name="edit_seat"),
    path("seats/<int:pk>/retire/", seats.retire, name="retire_seat"),
    path("seats/<int:pk>/give/", seats.begin, name="begin_term"),
    path("seats/terms/<int:pk>/end/", seats.end, name="end_term"),
    path("seats/terms/<int:pk>/extend/", seats.extend, name="extend_term"),
    path("groups/<slug:slug>/handover/", handover.handovers, name="handovers"),
    path("handovers/<int:pk>/", handover.handover, name="handover"),
    path("handovers/<int:pk>/answer/", handover.answer, name="answer_handover"),
    path("handovers/<int:pk>/sign/", handover.sign, name="sign_handover"),
    path("handovers/<int:pk>/withdraw/", handover.withdraw, name="withdraw_handover"),
    path("handovers/unowned/<int:pk>/take/", handover.take, name="take_unowned"),
]
