from __future__ import annotations

from django.urls import include, path

from folkmoot.people import views

urlpatterns = [
    path("preferences/", views.preferences, name="preferences"),
    path("sign-in/once/<str:token>/", views.sign_in_by_link, name="sign_in_by_link"),
    path("setup/", views.set_up, name="set_up_waiting"),
    path("setup/<str:code>/", views.set_up, name="set_up"),
    path("accounts/", include("allauth.urls")),
]
