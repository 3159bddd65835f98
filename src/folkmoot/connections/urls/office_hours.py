"""Office hours: who offers them, which slots there are, who booked."""

from __future__ import annotations

from django.urls import URLPattern, path

from folkmoot.connections.views import office_hours, office_hours_holding

urlpatterns: list[URLPattern] = [
    path("connections/office-hours/", office_hours.office_hours, name="office_hours"),
    path("connections/office-hours/new/", office_hours_holding.offer, name="offer_office_hours"),
    path("connections/office-hours/<int:pk>/", office_hours.office_hours_page, name="office_hours_of"),
    path("connections/office-hours/<int:pk>/book/", office_hours.book_slot, name="book_office_hour"),
    path("connections/office-hours/<int:pk>/change/", office_hours_holding.change, name="change_office_hours"),
    path("connections/office-hours/<int:pk>/days/", office_hours_holding.days, name="office_days"),
    path(
        "connections/office-hours/<int:pk>/days/<int:day>/back/", office_hours_holding.day_back, name="office_day_back"
    ),
    path("connections/office-hours/<int:pk>/stop/", office_hours_holding.stop, name="stop_office_hours"),
    path("connections/office-hours/bookings/<int:pk>/", office_hours.booking, name="office_booking"),
    path(
        "connections/office-hours/bookings/<int:pk>/calendar.ics",
        office_hours.booking_file,
        name="office_booking_file",
    ),
    path(
        "connections/office-hours/give-back/<str:token>/",
        office_hours.give_back_by_link,
        name="give_office_hour_back_by_link",
    ),
]
