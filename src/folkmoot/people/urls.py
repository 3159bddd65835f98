from __future__ import annotations

from django.urls import include, path

from folkmoot.people import account_pages, views
from folkmoot.people.views import absences, files, own, profiles, stewarding

urlpatterns = [
    path("preferences/", views.preferences, name="preferences"),
    path("sign-in/once/<str:token>/", views.sign_in_by_link, name="sign_in_by_link"),
    path("setup/", views.set_up, name="set_up_waiting"),
    path("setup/<str:code>/", views.set_up, name="set_up"),
    path("me/profile/", own.my_profile, name="my_profile"),
    path("me/hours/", own.my_hours, name="my_hours"),
    path("me/away/", absences.my_absences, name="my_absences"),
    path("me/away/<int:pk>/end/", absences.end, name="end_absence"),
    path("me/data/", own.my_data, name="my_data"),
    path("me/data/file/", own.my_data_file, name="my_data_file"),
    path("me/data/erase/", own.erase_me, name="erase_me"),
    path("steward/mode/on/", stewarding.steward_mode_on, name="steward_mode_on"),
    path("steward/mode/off/", stewarding.steward_mode_off, name="steward_mode_off"),
    path("people/", stewarding.people, name="people"),
    path("people/<int:pk>/", profiles.person, name="person"),
    path("people/<int:pk>/record/", stewarding.person_record, name="person_record"),
    path("people/<int:pk>/record/standing/", stewarding.change_standing, name="change_standing"),
    path("people/<int:pk>/record/file/", stewarding.person_file, name="person_file"),
    path("people/<int:pk>/record/merge/", stewarding.merge, name="merge_person"),
    path("people/<int:pk>/record/erase/", stewarding.erase, name="erase_person"),
    path("people/merges/<int:pk>/undo/", stewarding.undo, name="undo_merge"),
    path("files/<uuid:pk>/<str:name>", files.upload, name="upload"),
    path("sign-in/waiting/", account_pages.sign_up_waiting, name="sign_up_waiting"),
    path("people/waiting/", account_pages.waiting_people, name="waiting_people"),
    path("people/waiting/<int:held_id>/let-in/", account_pages.let_in_person, name="let_in_person"),
    path("people/waiting/<int:held_id>/turn-away/", account_pages.turn_person_away, name="turn_person_away"),
    path("accounts/prove/", account_pages.prove_by_code, name="prove_by_code"),
    path("accounts/sessions/<int:session_id>/end/", account_pages.end_session, name="end_session"),
    path("accounts/sessions/", account_pages.devices, name="usersessions_list"),
    path("accounts/", include("allauth.account.urls")),
    path("accounts/2fa/", include("allauth.mfa.urls")),
    path("accounts/3rdparty/", include("allauth.socialaccount.urls")),
    path("accounts/", include("allauth.socialaccount.providers.discord.urls")),
    path("accounts/", include("allauth.socialaccount.providers.github.urls")),
    path("accounts/", include("allauth.socialaccount.providers.openid_connect.urls")),
]
