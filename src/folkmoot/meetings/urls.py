from __future__ import annotations

from django.urls import path

from folkmoot.meetings.views import attendance, calls, entrance, host, opening

urlpatterns = [
    path("meetings/<int:pk>/", calls.meeting, name="meeting"),
    path("meetings/<int:pk>.ics", calls.meeting_file, name="meeting_file"),
    path("meetings/<int:pk>/move/", calls.move, name="move_meeting"),
    path("meetings/<int:pk>/cancel/", calls.cancel, name="cancel_meeting"),
    path("meetings/<int:pk>/restore/", calls.restore, name="restore_meeting"),
    path("groups/<slug:slug>/meetings/", calls.group_meetings, name="group_meetings"),
    path("groups/<slug:slug>/meetings/series/<int:position>/", calls.series, name="change_series"),
    path("meetings/<int:pk>/here/", attendance.here, name="attendance"),
    path("meetings/<int:pk>/here/not/", attendance.not_here, name="not_here"),
    path("meetings/<int:pk>/here/list/", host.host_list, name="attendance_list"),
    path("meetings/<int:pk>/here/names/", host.names, name="attendance_names"),
    path("meetings/<int:pk>/here/guests/<int:guest_id>/", host.guest, name="call_guest"),
    path("meetings/<int:pk>/here/show-code/", host.code, name="call_code"),
    path("meetings/<int:pk>/here/close/", host.close, name="close_attendance"),
    path("meetings/<int:pk>/here/opening/", host.opening_read, name="opening_read"),
    path("c/", entrance.entrance, name="guest_entrance"),
    path("c/<str:code>/", entrance.entrance, name="guest_entrance_with"),
    path("me/attendance/", attendance.my_attendance, name="my_attendance"),
    path("groups/<slug:slug>/meetings/opening/", opening.choose, name="choose_opening"),
    path("groups/<slug:slug>/meetings/opening/text/", opening.word, name="new_opening_text"),
    path("groups/<slug:slug>/meetings/opening/text/<slug:key>/", opening.word, name="opening_text"),
    path("groups/<slug:slug>/meetings/new/", calls.add, name="add_meeting"),
]
