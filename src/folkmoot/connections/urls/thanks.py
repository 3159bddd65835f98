"""Thanks, and who may see them."""

from __future__ import annotations

from django.urls import URLPattern, path

from folkmoot.connections.views import thanks

urlpatterns: list[URLPattern] = [
    path("thanks/", thanks.mine, name="my_thanks"),
    path("thanks/new/", thanks.new, name="thank"),
    path("thanks/wish/", thanks.wish, name="thanks_wish"),
    path("thanks/years/<int:year>/", thanks.year, name="year_in_thanks"),
    path("thanks/<int:pk>/show/", thanks.show, name="show_thanks"),
    path("thanks/<int:pk>/remove/", thanks.remove, name="remove_thanks"),
    path("thanks/<int:pk>/take-back/", thanks.take_it_back, name="take_thanks_back"),
]
