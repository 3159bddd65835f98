from __future__ import annotations

from django.urls import path

from folkmoot.ui import views

urlpatterns = [
    path("ui/components/", views.components, name="ui_components"),
    path("ui/components/errors/<slug:state>/", views.component_error, name="ui_component_error"),
]
