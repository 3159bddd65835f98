from __future__ import annotations

from django.urls import path

from folkmoot.invitations.views import answering, guests, wishes

urlpatterns = [
    path("calls/answer/<str:token>/", answering.answer, name="answer_by_link"),
    path("meetings/<int:pk>/invited/", guests.call_guests, name="call_guests"),
    path("meetings/<int:pk>/invited/<int:guest_id>/uninvite/", guests.uninvite, name="uninvite_guest"),
    path("me/invitations/", wishes.my_invitations, name="my_invitations"),
    path("calls/invitations/stop/<str:token>/", wishes.stop, name="stop_invitations"),
]
