from __future__ import annotations

from django.urls import include, path

from folkmoot.people import views
from folkmoot.people.views import own, profiles, stewarding

urlpatterns = [
    path("preferences/", views.preferences, name="preferences"),
    path("sign-in/once/<str:token>/", views.sign_in_by_link, name="sign_in_by_link"),
    path("setup/", views.set_up, name="set_up_waiting"),
    path("setup/<str:code>/", views.set_up, name="set_up"),
    path("me/profile/", own.my_profile, name="my_profile"),
    path("me/data/", own.my_data, name="my_data"),
    path("me/data/file/", own.my_data_file, name="my_data_file"),
    path("me/data/erase/", own.erase_me, name="erase_me"),
    path("people/", stewarding.people, name="people"),
    path("people/<int:pk>/", profiles.person, name="person"),
    path("people/<int:pk>/record/", stewarding.person_record, name="person_record"),
    path("people/<int:pk>/record/standing/", stewarding.change_standing, name="change_standing"),
    path("people/<int:pk>/record/file/", stewarding.person_file, name="person_file"),
    path("people/<int:pk>/record/merge/", stewarding.merge, name="merge_person"),
    path("people/<int:pk>/record/erase/", stewarding.erase, name="erase_person"),
    path("people/merges/<int:pk>/undo/", stewarding.undo, name="undo_merge"),
    path("accounts/", include("allauth.urls")),
]
