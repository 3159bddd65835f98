"""Circles with a host and an end, and sessions on one subject."""

from __future__ import annotations

from django.urls import URLPattern, path

from folkmoot.connections.views import spaces, spaces_hosting, spaces_sessions, spaces_summary

urlpatterns: list[URLPattern] = [
    path("connections/circles/", spaces.circles, name="circles"),
    path("connections/circles/new/", spaces.new, name="new_circle"),
    path("connections/circles/<int:pk>/", spaces.circle, name="circle"),
    path("connections/circles/<int:pk>/calendar.ics", spaces.calendar, name="circle_calendar"),
    path("connections/circles/<int:pk>/change/", spaces_hosting.change, name="change_circle"),
    path("connections/circles/<int:pk>/end/", spaces_hosting.end, name="end_circle"),
    path("connections/circles/<int:pk>/host/", spaces_hosting.host, name="host_circle"),
    path("connections/circles/<int:pk>/<slug:what>/", spaces_hosting.do, name="do_circle"),
    path("connections/sessions/new/", spaces_sessions.new, name="new_session"),
    path("connections/sessions/<int:pk>/", spaces_sessions.session, name="theme_session"),
    path("connections/sessions/<int:pk>/notes/", spaces_sessions.notes, name="session_notes"),
    path("connections/sessions/<int:pk>/notes/<int:note>/remove/", spaces_sessions.remove, name="remove_session_note"),
    path("connections/sessions/<int:pk>/themes/", spaces_sessions.themes, name="session_themes"),
    path("connections/sessions/<int:pk>/next/", spaces_sessions.move, name="move_session"),
    path("connections/sessions/<int:pk>/summary/", spaces_summary.summary, name="session_summary"),
    path("connections/sessions/<int:pk>/summary/write/", spaces_summary.write, name="write_summary"),
    path("connections/sessions/<int:pk>/summary.md", spaces_summary.markdown, name="summary_file"),
]
