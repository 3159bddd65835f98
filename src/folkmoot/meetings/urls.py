from __future__ import annotations

from django.urls import path

from folkmoot.meetings.views import agenda, agenda_files, agenda_guests, agenda_items, agenda_usual, calls

urlpatterns = [
    path("meetings/<int:pk>/", calls.meeting, name="meeting"),
    path("meetings/<int:pk>.ics", calls.meeting_file, name="meeting_file"),
    path("meetings/<int:pk>/move/", calls.move, name="move_meeting"),
    path("meetings/<int:pk>/cancel/", calls.cancel, name="cancel_meeting"),
    path("meetings/<int:pk>/restore/", calls.restore, name="restore_meeting"),
    path("meetings/<int:pk>/agenda/", agenda.agenda, name="agenda"),
    path("meetings/<int:pk>/agenda.md", agenda.agenda_file, name="agenda_file"),
    path("meetings/<int:pk>/agenda/add/", agenda.add, name="add_agenda_item"),
    path("meetings/<int:pk>/agenda/order/", agenda.order, name="order_agenda"),
    path("meetings/<int:pk>/agenda/fill/", agenda.fill, name="fill_agenda"),
    path("meetings/<int:pk>/agenda/guests/", agenda_guests.share, name="share_agenda"),
    path("agenda-requests/<str:token>/", agenda_guests.ask, name="ask_as_guest"),
    path("agenda-items/<int:pk>/", agenda_items.item, name="agenda_item"),
    path("agenda-items/<int:pk>/change/", agenda_items.change, name="change_agenda_item"),
    path("agenda-items/<int:pk>/answer/", agenda_items.answer, name="answer_agenda_item"),
    path("agenda-items/<int:pk>/remove/", agenda_items.remove, name="remove_agenda_item"),
    path("agenda-items/<int:pk>/restore/", agenda_items.restore, name="restore_agenda_item"),
    path("agenda-items/<int:pk>/done/", agenda_items.finish, name="finish_agenda_item"),
    path("agenda-items/<int:pk>/reopen/", agenda_items.reopen, name="reopen_agenda_item"),
    path("agenda-items/<int:pk>/take-out/", agenda_items.take_out, name="take_out_of_consent"),
    path("agenda-items/<int:pk>/materials/", agenda_items.propose, name="propose_material"),
    path("agenda-items/<int:pk>/files/", agenda_files.hand_in, name="hand_in_material"),
    path("agenda-items/<int:pk>/action/", agenda_items.action, name="add_agenda_action"),
    path("agenda-materials/<int:pk>/answer/", agenda_items.answer_proposal, name="answer_material"),
    path("agenda-materials/<int:pk>/delete/", agenda_files.delete, name="delete_material"),
    path("groups/<slug:slug>/agenda/", agenda_usual.usual, name="usual_agenda"),
    path("groups/<slug:slug>/meetings/", calls.group_meetings, name="group_meetings"),
    path("groups/<slug:slug>/meetings/series/<int:position>/", calls.series, name="change_series"),
    path("groups/<slug:slug>/meetings/new/", calls.add, name="add_meeting"),
]
