from __future__ import annotations

from django.urls import path

from folkmoot.groups.views import group_pages as views
from folkmoot.groups.views import invitations, joining, managers, people, roster

urlpatterns = [
    path("", views.home, name="home"),
    path("groups/", views.group_list, name="groups"),
    path("groups/new/", views.new_group, name="new_group"),
    path("groups/drafts/<uuid:draft_id>/", views.charter_draft, name="charter_draft"),
    path("groups/drafts/<uuid:draft_id>/discard/", views.discard_draft, name="discard_draft"),
    path("agreements/", joining.agreements, name="agreements"),
    path("agreements/new/", joining.new_agreement, name="new_agreement"),
    path("agreements/<int:pk>/", joining.agreement, name="agreement"),
    path("appointments/<int:pk>/", managers.appointment, name="appointment"),
    path("appointments/<int:pk>/end/", managers.end, name="end_appointment"),
    path("invitations/<str:token>/", invitations.invitation, name="invitation"),
    path("groups/<slug:slug>/", views.group, name="group"),
    path("groups/<slug:slug>/charter/", views.charter, name="charter"),
    path("groups/<slug:slug>/charter.md", views.charter_text, name="charter_text"),
    path("groups/<slug:slug>/people/", people.group_people, name="group_people"),
    path("groups/<slug:slug>/people/add/", people.add_participant, name="add_participant"),
    path("groups/<slug:slug>/people/<int:pk>/", people.participant, name="participant"),
    path("groups/<slug:slug>/people/lead/", managers.offer, name="offer_lead"),
    path("groups/<slug:slug>/join/", joining.join, name="join_group"),
    path("groups/<slug:slug>/role/", joining.my_role, name="my_role"),
    path("groups/<slug:slug>/leave/", joining.leave, name="leave_group"),
    path("groups/<slug:slug>/leave/undo/", joining.undo_leave, name="undo_leaving"),
    path("groups/<slug:slug>/agree/", joining.agree_again, name="agree_again"),
    path("groups/<slug:slug>/requests/", joining.requests, name="join_requests"),
    path("groups/<slug:slug>/requests/withdraw/", joining.withdraw, name="withdraw_request"),
    path("groups/<slug:slug>/requests/<int:pk>/", joining.decide, name="decide_request"),
    path("groups/<slug:slug>/invite/", invitations.invite, name="invite"),
    path("groups/<slug:slug>/invitations/<int:pk>/revoke/", invitations.revoke, name="revoke_invitation"),
    path("groups/<slug:slug>/invitations/<int:pk>/resend/", invitations.resend, name="resend_invitation"),
    path("groups/<slug:slug>/roster/", roster.roster, name="roster"),
    path("groups/<slug:slug>/roster.csv", roster.roster_file, name="roster_file"),
    path("groups/<slug:slug>/roster/<uuid:draft_id>/", roster.roster_draft, name="roster_draft"),
]
